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
  before_used_ = 0;
}

void SymbolLine::Add(const Phrase& phrase, const MemberSets& words, const MemberSets& labels) {
  Symbol& symbol = symbols_.emplace_back();
  const bool verb = phrase.kind == ChunkKind::kVerb;
  symbol.form = verb ? Symbol::Form(phrase.passive, phrase.shape) : Symbol::Form(phrase.kind);
  symbol.words = words.Find(phrase.word).data();
  symbol.before = symbol.labels = labels.Find(phrase.label).data();
  if (phrase.kind != ChunkKind::kNoun) return;
  symbol.flags = (phrase.actor ? Symbol::kActor : 0u) | (phrase.owned ? Symbol::kOwned : 0u);
  if (symbol.flags == 0 && phrase.before.empty()) symbol.flags = Symbol::kPlain;
  symbol.before = labels.Find({}).data();
  if (phrase.before.empty()) return;
  if (before_used_ == before_.size()) before_.emplace_back();
  std::vector<std::uint64_t>& all = before_[before_used_++];
  all.assign(labels.Find({}).size(), 0);
  for (const std::string_view label : phrase.before) {
    const auto sets = labels.Find(label);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] |= sets[i];
  }
  symbol.before = all.data();
}

}  // namespace verbale::extract
