#include "extract/text/gated_patterns.h"

#include <algorithm>
#include <array>
#include <deque>

#include <re2/filtered_re2.h>

#include "graph/ascii.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

/// Of a pattern's automaton.
constexpr std::int64_t kBudget = std::int64_t{16} << 20;
/// Letters of what is looked for: less is everywhere.
constexpr int kShortest = 3;
/// Where these stand a pattern that ignores case may find "s" and "k", which are none of them.
constexpr std::string_view kOtherCases[] = {"\u017F", "\u212A"};

RE2::Options OptionsOfPatterns() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kBudget);
  return options;
}

/// Only of ASCII it is known here what is its lower case.
std::string_view LongestAscii(std::string_view text) {
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  std::string_view longest;
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    std::size_t end = begin;
    while (end < text.size() && is_ascii(text[end])) ++end;
    if (end - begin > longest.size()) longest = text.substr(begin, end - begin);
    begin = end;
  }
  return longest;
}

/// Finds which of many pieces of text stand in another, upper case or lower: the automaton of Aho
/// and Corasick, a row of its table a state.
class Pieces {
 public:
  Pieces() { AddState(); }

  void Add(std::string_view piece, int id) {
    std::uint32_t state = 0;
    for (const char c : piece) {
      const std::size_t letter = LetterOf(c);
      std::uint32_t next = next_[state][letter];
      if (next == 0) next_[state][letter] = next = AddState();
      state = next;
    }
    ids_[state].push_back(id);
  }

  void Build() {
    std::vector<std::uint32_t> fail(next_.size(), 0);
    std::deque<std::uint32_t> open = {0};
    while (!open.empty()) {
      const std::uint32_t state = open.front();
      open.pop_front();
      // A state's failure is shorter than the state, hence complete.
      const std::vector<int>& shorter = ids_[fail[state]];
      if (state != 0) ids_[state].insert(ids_[state].end(), shorter.begin(), shorter.end());
      for (std::size_t letter = 0; letter < kLetters; ++letter) {
        const std::uint32_t otherwise = state == 0 ? 0 : next_[fail[state]][letter];
        std::uint32_t& next = next_[state][letter];
        if (next == 0) {
          next = otherwise;
          continue;
        }
        fail[next] = otherwise;
        open.push_back(next);
      }
    }
  }

  /// Calls `found` with the ids of what ends at a place.
  template <typename Found>
  void Find(std::string_view text, const Found& found) const {
    std::uint32_t state = 0;
    for (const char c : text) {
      state = next_[state][kLetterOf[static_cast<unsigned char>(c)]];
      if (!ids_[state].empty()) found(ids_[state]);
    }
  }

 private:
  /// Letters, figures and blank each stand for themselves, all else for each other: what is found
  /// is then a superset.
  static constexpr std::size_t kLetters = 38;
  static constexpr std::array<std::uint8_t, 256> kLetterOf = [] {
    std::array<std::uint8_t, 256> letters{};
    for (std::size_t byte = 0; byte < letters.size(); ++byte) {
      const char c = ToLower(static_cast<char>(byte));
      letters[byte] = static_cast<std::uint8_t>(IsLower(c)   ? 1 + (c - 'a')
                                                : IsDigit(c) ? 27 + (c - '0')
                                                : c == ' '   ? 37
                                                             : 0);
    }
    return letters;
  }();
  static std::size_t LetterOf(char c) { return kLetterOf[static_cast<unsigned char>(c)]; }

  std::uint32_t AddState() {
    next_.emplace_back();
    ids_.emplace_back();
    return static_cast<std::uint32_t>(next_.size() - 1);
  }

  std::vector<std::array<std::uint32_t, kLetters>> next_;
  std::vector<std::vector<int>> ids_;
};

}  // namespace

struct GatedPatterns::Impl {
  re2::FilteredRE2 patterns{kShortest};
  Pieces atoms;                   ///< What RE2 wants to know of a text.
  std::size_t count = 0;          ///< Of atoms.
  std::vector<int> found_always;  ///< Atoms that cannot be looked for.
  std::vector<char> without;      ///< What is possible where no other atom is found.

  void AddPossible(const std::vector<int>& found, std::vector<int>& numbers,
                   std::vector<char>& possible) const {
    patterns.AllPotentials(found, &numbers);
    for (const int number : numbers) possible[static_cast<std::size_t>(number)] = true;
  }
};

GatedPatterns::GatedPatterns() : impl_(std::make_unique<Impl>()) {}
GatedPatterns::~GatedPatterns() = default;

std::uint32_t GatedPatterns::Add(const std::string& pattern) {
  int number = 0;
  if (impl_->patterns.Add(pattern, OptionsOfPatterns(), &number) != RE2::NoError) {
    throw Error(ErrorCode::kSyntax, RE2(pattern, OptionsOfPatterns()).error());
  }
  return static_cast<std::uint32_t>(number);
}

void GatedPatterns::Build() {
  impl_->without.assign(static_cast<std::size_t>(impl_->patterns.NumRegexps()), false);
  if (impl_->without.empty()) return;
  std::vector<std::string> atoms;
  impl_->patterns.Compile(&atoms);
  impl_->count = atoms.size();
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const std::string_view ascii = LongestAscii(atoms[i]);
    if (ascii.empty()) {
      impl_->found_always.push_back(static_cast<int>(i));
    } else {
      impl_->atoms.Add(ascii, static_cast<int>(i));
    }
  }
  impl_->atoms.Build();
  std::vector<int> numbers;
  impl_->AddPossible(impl_->found_always, numbers, impl_->without);
}

const RE2& GatedPatterns::At(std::uint32_t number) const {
  return impl_->patterns.GetRE2(static_cast<int>(number));
}

void GatedPatterns::Look(std::string_view text, Room& room) const {
  room.looked_ = this;
  room.possible_ = impl_->without;
  const bool other_cases = std::any_of(
      std::begin(kOtherCases), std::end(kOtherCases),
      [&](std::string_view letter) { return text.find(letter) != std::string_view::npos; });
  if (other_cases) {
    std::fill(room.possible_.begin(), room.possible_.end(), true);
    return;
  }
  room.atoms_.clear();
  impl_->atoms.Find(text, [&](const std::vector<int>& ids) {
    room.found_.resize(impl_->count, false);
    for (const int id : ids) {
      if (room.found_[static_cast<std::size_t>(id)]) continue;
      room.found_[static_cast<std::size_t>(id)] = true;
      room.atoms_.push_back(id);
    }
  });
  if (room.atoms_.empty()) return;
  for (const int id : room.atoms_) room.found_[static_cast<std::size_t>(id)] = false;
  room.atoms_.insert(room.atoms_.end(), impl_->found_always.begin(), impl_->found_always.end());
  impl_->AddPossible(room.atoms_, room.patterns_, room.possible_);
}

std::optional<std::string_view> GatedPatterns::Find(std::uint32_t number, std::string_view text,
                                                    Room& room) const {
  if (room.looked_ != this) Look(text, room);
  if (!room.possible_[number]) return std::nullopt;
  const re2::StringPiece whole(text.data(), text.size());
  re2::StringPiece found;
  if (!At(number).Match(whole, 0, whole.size(), RE2::UNANCHORED, &found, 1)) return std::nullopt;
  return std::string_view(found.data(), found.size());
}

}  // namespace verbale::extract
