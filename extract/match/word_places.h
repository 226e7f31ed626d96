#pragma once

// What a word cannot be where it stands, told by the words beside it, before anything is parsed: no
// verb behind an article ("the support"), no head of a phrase that goes on ("group positions"), no
// name where nothing around it has a capital. It never says so of what the parser (chunk.cc) could
// read otherwise.

#include <cstdint>
#include <vector>

#include "extract/match/words.h"
#include "extract/mention/mention.h"
#include "extract/mention/token.h"

namespace verbale::extract {

/// The words of a sentence with the place where a list item begins after its lead-in.
struct WordLine {
  const std::vector<Token>& tokens;
  const std::vector<Mention>& mentions;
  std::uint32_t item_token;
};

/// Immutable after Build(); shared by threads.
class WordPlaces {
 public:
  /// All words that have a number by then; of later ones nothing is known.
  void Build(const Words& words, const Vocabulary& vocabulary);

  bool MayBeVerb(const WordLine& line, std::size_t at) const;
  /// Of a phrase, so that its label is that of this noun.
  bool MayBeHead(const WordLine& line, std::size_t at) const;
  /// The noun that a name has at its end, or before what it is called: "operation Sunrise".
  bool MayBeInName(const WordLine& line, std::size_t at) const {
    return line.tokens[at].capital || CapitalFollows(line, at);
  }

 private:
  /// A set.
  enum Trait : std::uint8_t {
    kOpensPhrase = 1,   ///< Nothing but a determiner.
    kOpenClass = 2,     ///< No small word and no adverb.
    kGoesOnPhrase = 4,  ///< Behind a noun another noun or an adjective, no verb.
    kEndsPhrase = 8,    ///< A small word before which a phrase ends.
    kUnknown = 16,      ///< To the lexicon.
  };

  std::uint8_t TraitsOf(const Token& token) const {
    return token.word < traits_.size() ? traits_[token.word] : 0;
  }
  bool GoesOnPhrase(const Token& token) const;
  /// Whether the phrase of this word may have a capital behind it.
  bool CapitalFollows(const WordLine& line, std::size_t at) const;

  std::vector<std::uint8_t> traits_;  ///< Of each word of the vocabulary.
};

}  // namespace verbale::extract
