#include "extract/match/symbols.h"

#include <algorithm>

namespace verbale::extract {

std::uint32_t SetList::Add(std::vector<std::string> members) {
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return numbers_.try_emplace(std::move(members), static_cast<std::uint32_t>(numbers_.size()))
      .first->second;
}

MemberSets::MemberSets(const SetList& list) : width_(list.numbers_.size() / 64 + 1) {
  for (const auto& [members, set] : list.numbers_) {
    for (const std::string& member : members) members_.Add(member);
  }
  bits_.resize(members_.size() * width_);
  for (const auto& [members, set] : list.numbers_) {
    for (const std::string& member : members) {
      bits_[members_.Find(member) * width_ + set / 64] |= std::uint64_t{1} << set % 64;
    }
  }
}

void SymbolLine::Clear() {
  symbols_.clear();
  places_ = {};
  before_used_ = 0;
  for (Bits* bits : {&verbs_, &words_, &labels_}) std::fill(bits->begin(), bits->end(), 0);
}

/// Of the symbol that is added last.
void SymbolLine::Place(std::uint32_t form) {
  const std::size_t at = symbols_.size() - 1;
  if (at >= kPlaces) return;
  std::size_t sort = 0;  // Every form is of one.
  while ((form & Symbol::kFormsOfSort[sort]) == 0) ++sort;
  places_[sort] |= std::uint64_t{1} << at;
}

void SymbolLine::Add(const Symbol& symbol) {
  symbols_.push_back(symbol);
  Place(symbol.form);
}

void SymbolLine::Unite(Bits& bits, std::span<const std::uint64_t> more) {
  if (bits.size() < more.size()) bits.resize(more.size(), 0);
  for (std::size_t i = 0; i < more.size(); ++i) bits[i] |= more[i];
}

void SymbolLine::Add(const Phrase& phrase, const MemberSets& words, const MemberSets& labels) {
  Symbol& symbol = symbols_.emplace_back();
  const bool verb = phrase.kind == ChunkKind::kVerb;
  symbol.form = verb ? Symbol::Form(phrase.passive, phrase.shape) : Symbol::Form(phrase.kind);
  Place(symbol.form);
  const auto word_sets = words.Find(phrase.word);
  const auto label_sets = phrase.label.empty() ? labels.None() : labels.Find(phrase.label);
  symbol.words = word_sets.data();
  symbol.before = symbol.labels = label_sets.data();
  if (word_sets.data() != words.None().data()) Unite(verb ? verbs_ : words_, word_sets);
  if (phrase.kind != ChunkKind::kNoun) return;
  symbol.flags = (phrase.actor ? Symbol::kActor : 0u) | (phrase.owned ? Symbol::kOwned : 0u) |
                 (phrase.capital ? Symbol::kCapital : 0u);
  if (symbol.flags == 0 && phrase.before.empty()) symbol.flags = Symbol::kPlain;
  if (!phrase.label.empty()) Unite(labels_, label_sets);
  symbol.before = labels.None().data();
  if (phrase.before.empty()) return;
  if (before_used_ == before_.size()) before_.emplace_back();
  Bits& all = before_[before_used_++];
  all.assign(label_sets.size(), 0);
  for (const std::string_view label : phrase.before) Unite(all, labels.Find(label));
  Unite(labels_, all);
  symbol.before = all.data();
}

}  // namespace verbale::extract
