#pragma once

// Many RE2 patterns over one sentence after the other. Nearly every pattern needs certain words
// ("resolution"; one of "law", "act" and "decree"), which RE2 derives from it, and is run only
// where one of them stands. Of each word of the vocabulary it is known beforehand which patterns
// wait for it, so that a sentence costs a look at a table a word.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/mention/token.h"
#include "extract/rules/pack_data.h"

namespace re2 {
class RE2;
}

namespace verbale::extract {

/// Immutable after Build(); shared by threads.
class GatedPatterns {
 public:
  GatedPatterns();
  ~GatedPatterns();
  GatedPatterns(const GatedPatterns&) = delete;
  GatedPatterns& operator=(const GatedPatterns&) = delete;

  /// What one question after another uses, so that none asks for memory. One a thread.
  class Room {
   public:
    /// The words of the text that is asked about from here on; borrows them.
    void Set(const std::vector<Token>& tokens) {
      tokens_ = &tokens;
      asked_ = nullptr;
      lower_of_ = {};
    }

   private:
    friend class GatedPatterns;
    const std::vector<Token>* tokens_ = nullptr;
    const GatedPatterns* asked_ = nullptr;  ///< Whose patterns are in possible_.
    std::vector<char> possible_;            ///< Of each of them, whether it could find something.
    std::string_view lower_of_;             ///< The text of which lower_ is the lower case.
    std::string lower_;
  };

  /// Its number, from 0 on; equal patterns have one. Error(kSyntax) says why it is no RE2. Not
  /// after Build().
  std::uint32_t Add(const std::string& pattern);
  /// Without it every pattern is run everywhere. Patterns wait for words of no closed class of the
  /// lexicon where they can. What the vocabulary gets later is looked at where it is met.
  void Build(const Vocabulary& vocabulary, const Lexicon& lexicon);

  const re2::RE2& At(std::uint32_t number) const;
  /// Numbers of the patterns that could find something where these words stand, ascending.
  void Possible(const std::vector<Token>& tokens, std::vector<std::uint32_t>& numbers) const;
  /// What the pattern finds first in `text`, whose words `room` was given (it may have others,
  /// too); nullopt for nothing.
  std::optional<std::string_view> Find(std::uint32_t number, std::string_view text,
                                       Room& room) const;

 private:
  struct Impl;

  /// The same as Possible(), a mark each.
  void MarkPossible(Room& room) const;

  std::unique_ptr<Impl> impl_;
};

}  // namespace verbale::extract
