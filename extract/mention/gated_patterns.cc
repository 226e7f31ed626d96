#include "extract/mention/gated_patterns.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include <re2/filtered_re2.h>

#include "extract/text/pieces.h"
#include "graph/ascii.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

/// Of a pattern's automaton.
constexpr std::int64_t kBudget = std::int64_t{16} << 20;
/// Bytes of what RE2 says a text must have, and of the part of it that is waited for.
constexpr std::size_t kShortest = 2;

using SmallWords = std::set<std::string, std::less<>>;

RE2::Options OptionsOfPatterns() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kBudget);
  return options;
}

/// Words that stand in every other sentence.
SmallWords SmallWordsOf(const Lexicon& lexicon) {
  SmallWords small;
  for (const char* of_class :
       {"determiner", "definite", "indefinite", "possessive", "pronoun", "author_pronoun",
        "weak_pronoun", "preposition", "conjunction", "relative", "be", "have", "do", "to"}) {
    const auto words = lexicon.words.find(of_class);
    if (words != lexicon.words.end()) small.insert(words->second.begin(), words->second.end());
  }
  return small;
}

/// What may be waited for, the less often it stands somewhere the better: how good it is.
std::size_t WorthOf(std::string_view part, const SmallWords& small) {
  return small.contains(part) ? 0 : part.size();
}

/// The best of what stands in one word wherever the atom stands: the tokenizer parts no letters and
/// figures that are side by side.
std::string_view BestPart(std::string_view atom, const SmallWords& small) {
  std::string_view best;
  for (std::size_t begin = 0; begin < atom.size(); ++begin) {
    std::size_t end = begin;
    while (end < atom.size() && IsAlnum(atom[end])) ++end;
    const std::string_view part = atom.substr(begin, end - begin);
    if (best.empty() || WorthOf(part, small) > WorthOf(best, small)) best = part;
    begin = end;
  }
  return best;
}

/// A pattern with what RE2 says of it.
class Gate {
 public:
  explicit Gate(const std::string& pattern) {
    int number = 0;
    if (filter_.Add(pattern, OptionsOfPatterns(), &number) != RE2::NoError) {
      throw Error(ErrorCode::kSyntax, RE2(pattern, OptionsOfPatterns()).error());
    }
    filter_.Compile(&atoms_);
  }

  const RE2& pattern() const { return filter_.GetRE2(0); }
  /// Parts of words: a text that has none of them has no match. As few as suffice, and rather long
  /// and rare ones; nullopt where a text without any may have a match.
  std::optional<std::vector<std::string>> Needed(const SmallWords& small) const;
  /// Whether a text may have a match that is so in lower case.
  bool MayMatch(std::string_view lower) const;

 private:
  /// Whether a text that has of all atoms only these may have a match.
  bool MayMatchWith(const std::vector<int>& atoms) const {
    std::vector<int> patterns;
    filter_.AllPotentials(atoms, &patterns);
    return !patterns.empty();
  }

  re2::FilteredRE2 filter_{kShortest};
  std::vector<std::string> atoms_;
};

std::optional<std::vector<std::string>> Gate::Needed(const SmallWords& small) const {
  std::multimap<std::size_t, int> by_worth;
  std::vector<int> others;  // What may be there without a match.
  for (std::size_t i = 0; i < atoms_.size(); ++i) {
    const std::string_view part = BestPart(atoms_[i], small);
    if (part.size() < kShortest) {
      others.push_back(static_cast<int>(i));
    } else {
      by_worth.emplace(WorthOf(part, small), static_cast<int>(i));
    }
  }
  if (MayMatchWith(others)) return std::nullopt;
  std::vector<std::string> needed;
  for (const auto& [worth, atom] : by_worth) {
    others.push_back(atom);
    if (!MayMatchWith(others)) continue;
    others.pop_back();
    needed.emplace_back(BestPart(atoms_[static_cast<std::size_t>(atom)], small));
  }
  return needed;
}

bool Gate::MayMatch(std::string_view lower) const {
  std::vector<int> found;
  for (std::size_t i = 0; i < atoms_.size(); ++i) {
    // Only of ASCII it is known here what is its lower case.
    if (!IsAscii(atoms_[i]) || lower.find(atoms_[i]) != std::string_view::npos) {
      found.push_back(static_cast<int>(i));
    }
  }
  return MayMatchWith(found) || Pieces::HasOtherCases(lower);
}

}  // namespace

struct GatedPatterns::Impl {
  using Numbers = std::vector<std::uint32_t>;
  static constexpr std::uint32_t kNone = 0, kUnknown = 1;

  std::deque<Gate> gates;
  std::map<std::string, std::uint32_t> number_of;  ///< By the pattern.
  Numbers always;                                  ///< Patterns that wait for no word.
  Pieces parts;  ///< Of words for which patterns wait, whose numbers they have.
  std::vector<Numbers> lists = {{}, {}};
  /// The patterns that wait for each word of the vocabulary: place in `lists`.
  std::vector<std::uint32_t> list_of_word = {kUnknown};

  void AddWaiting(std::string_view word, Numbers& numbers) const;
  /// Calls `take` with lists of the patterns that could find something where these words stand.
  template <typename Take>
  void ForPossible(const std::vector<Token>& tokens, const Take& take) const;
};

GatedPatterns::GatedPatterns() : impl_(std::make_unique<Impl>()) {}
GatedPatterns::~GatedPatterns() = default;

std::uint32_t GatedPatterns::Add(const std::string& pattern) {
  if (const auto known = impl_->number_of.find(pattern); known != impl_->number_of.end()) {
    return known->second;
  }
  const auto number = static_cast<std::uint32_t>(impl_->gates.size());
  impl_->gates.emplace_back(pattern);
  impl_->always.push_back(number);
  impl_->number_of.emplace(pattern, number);
  return number;
}

/// The patterns that wait for this word.
void GatedPatterns::Impl::AddWaiting(std::string_view word, Numbers& numbers) const {
  parts.Find(word, [&](const std::vector<int>& ids) {
    numbers.insert(numbers.end(), ids.begin(), ids.end());
  });
  if (!Pieces::HasOtherCases(word)) return;
  for (std::uint32_t i = 0; i < gates.size(); ++i) numbers.push_back(i);
}

void GatedPatterns::Build(const Vocabulary& vocabulary, const Lexicon& lexicon) {
  const SmallWords small = SmallWordsOf(lexicon);
  impl_->always.clear();
  for (std::uint32_t i = 0; i < impl_->gates.size(); ++i) {
    const auto needed = impl_->gates[i].Needed(small);
    if (!needed) impl_->always.push_back(i);
    if (!needed) continue;
    for (const std::string& part : *needed) impl_->parts.Add(part, static_cast<int>(i));
  }
  impl_->parts.Build();
  std::map<Impl::Numbers, std::uint32_t> known = {{{}, Impl::kNone}};
  for (std::uint32_t word = 1; word < vocabulary.size(); ++word) {
    Impl::Numbers waiting;
    impl_->AddWaiting(vocabulary.Word(word), waiting);
    const auto [at, fresh] =
        known.try_emplace(waiting, static_cast<std::uint32_t>(impl_->lists.size()));
    if (fresh) impl_->lists.push_back(std::move(waiting));
    impl_->list_of_word.push_back(at->second);
  }
}

const RE2& GatedPatterns::At(std::uint32_t number) const { return impl_->gates[number].pattern(); }

template <typename Take>
void GatedPatterns::Impl::ForPossible(const std::vector<Token>& tokens, const Take& take) const {
  take(always);
  Numbers unknown;
  for (const Token& token : tokens) {
    const std::uint32_t list =
        token.word < list_of_word.size() ? list_of_word[token.word] : kUnknown;
    if (list == kUnknown) {
      unknown.clear();
      AddWaiting(token.folded, unknown);
      take(unknown);
    } else if (list != kNone) {
      take(lists[list]);
    }
  }
}

void GatedPatterns::Possible(const std::vector<Token>& tokens,
                             std::vector<std::uint32_t>& numbers) const {
  numbers.clear();
  impl_->ForPossible(tokens, [&](const Impl::Numbers& some) {
    numbers.insert(numbers.end(), some.begin(), some.end());
  });
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

void GatedPatterns::MarkPossible(Room& room) const {
  room.asked_ = this;
  room.possible_.assign(impl_->gates.size(), false);
  impl_->ForPossible(*room.tokens_, [&](const Impl::Numbers& some) {
    for (const std::uint32_t number : some) room.possible_[number] = true;
  });
}

std::optional<std::string_view> GatedPatterns::Find(std::uint32_t number, std::string_view text,
                                                    Room& room) const {
  if (room.asked_ != this) MarkPossible(room);
  if (!room.possible_[number]) return std::nullopt;
  // To run a pattern for the first time costs a thousand times as much as to look for words.
  if (room.lower_of_.data() != text.data() || room.lower_of_.size() != text.size()) {
    room.lower_ = LowerCase(text);
    room.lower_of_ = text;
  }
  if (!impl_->gates[number].MayMatch(room.lower_)) return std::nullopt;
  const re2::StringPiece whole(text.data(), text.size());
  re2::StringPiece found;
  if (!At(number).Match(whole, 0, whole.size(), RE2::UNANCHORED, &found, 1)) return std::nullopt;
  return std::string_view(found.data(), found.size());
}

}  // namespace verbale::extract
