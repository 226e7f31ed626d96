#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/mention/aho_corasick.h"
#include "extract/mention/mention.h"
#include "extract/mention/token.h"
#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// Which spellings in a document stand for something only there: acronyms that it defines.
using LocalNames = std::map<std::string, Mention, std::less<>>;

/// Finds the names of a gazetteer in sentences. Immutable; shared by threads. Borrows the entries.
///
/// Policy of overlaps: the longest name wins; of equally long ones the one that is read later,
/// which is the pack's own over those of the packs that it extends.
class NameIndex {
 public:
  NameIndex(const std::vector<NameEntry>& names, Vocabulary& vocabulary);

  /// Room that one search after another uses, so that none asks for memory. One a thread.
  struct Room {
    std::vector<std::uint32_t> words, places;
    std::vector<AhoCorasick::Hit> hits;
    std::vector<bool> taken;
  };
  /// Names in `tokens`, not overlapping, in order. `local` may be nullptr.
  void Find(std::span<const Token> tokens, const LocalNames* local, Room& room,
            std::vector<Mention>& mentions) const;

  /// The entry that is called exactly `name` (case ignored) with `label` (any where empty), or
  /// nullptr. Of several the one with the name over those with the alias.
  std::vector<const NameEntry*> Lookup(std::string_view name, std::string_view label) const;

 private:
  using ByText = std::map<std::string, std::vector<std::uint32_t>, std::less<>>;
  enum class Form : std::uint8_t { kName, kAcronym, kAdjective };
  struct Spelling {
    std::uint32_t entry = 0;
    Form form = Form::kName;
    bool exact = false;
    bool nested = false;  ///< See Mention.
    std::vector<NameToken> tokens;
  };

  void AddSpelling(std::uint32_t entry, std::string_view text, Form form, bool exact);
  /// `places[at + i]` is the token that stands for the i-th word of the spelling.
  bool Agrees(const Spelling& spelling, std::span<const Token> tokens,
              const std::vector<std::uint32_t>& places, std::uint32_t at) const;
  void FindLocal(std::span<const Token> tokens, const LocalNames& local, const Room& room,
                 std::vector<Mention>& mentions) const;
  ByText::const_iterator FindText(std::string_view name) const;
  /// False where the first word of `name` begins no name with `label`.
  bool MayBeName(std::string_view name, std::string_view label) const;
  std::vector<std::uint32_t> Numbers(const Spelling& spelling) const;
  void MarkNested();

  const std::vector<NameEntry>& names_;
  Vocabulary& vocabulary_;  ///< Filled by the constructor only.
  std::vector<Spelling> spellings_;
  AhoCorasick automaton_;
  ByText by_text_;
  std::map<std::string, Vocabulary, std::less<>> first_words_;  ///< Of by_text_, by label.
};

}  // namespace verbale::extract
