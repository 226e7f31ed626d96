#include "extract/match/word_places.h"

#include <algorithm>

namespace verbale::extract {
namespace {

constexpr std::uint32_t kSmall = kDeterminer | kPossessive | kPronoun | kPreposition |
                                 kConjunction | kSubordinator | kRelative | kNegation | kIncluding |
                                 kModal | kBe | kHave | kDo | kTo;
/// What a word that is nothing but a determiner may be besides.
constexpr std::uint32_t kOfDeterminers =
    kDeterminer | kPossessive | kDefinite | kIndefinite | kUnspecific;

bool IsInName(const std::vector<Mention>& mentions, std::size_t token) {
  return std::any_of(mentions.begin(), mentions.end(), [&](const Mention& mention) {
    return mention.first <= token && token < mention.last;
  });
}

}  // namespace

void WordPlaces::Build(const Words& words, const Vocabulary& vocabulary) {
  traits_.assign(vocabulary.size(), kUnknown);
  for (std::uint32_t word = 1; word < vocabulary.size(); ++word) {
    const WordInfo* info = words.Find(vocabulary.Word(word));
    if (info == nullptr) continue;
    std::uint8_t& traits = traits_[word] = 0;
    if (info->Is(kDeterminer | kPossessive) && (info->tags & ~kOfDeterminers) == 0 &&
        info->forms == 0 && !words.EndsExpression(word)) {
      traits |= kOpensPhrase;
    }
    if (!info->Is(kSmall | kAdverb | kQuantifier)) {
      traits |= kOpenClass;
      const bool plain = info->forms == 0 && !info->Is(kNaming) && !words.OpensExpression(word);
      if (plain) traits |= kGoesOnPhrase;
    }
    if (info->Is(kSmall) && !info->Is(kConjunction | kModal | kDo)) traits |= kEndsPhrase;
  }
}

bool WordPlaces::MayBeVerb(const WordLine& line, std::size_t at) const {
  return at == 0 || (TraitsOf(line.tokens[at]) & kOpenClass) == 0 ||
         (TraitsOf(line.tokens[at - 1]) & kOpensPhrase) == 0 || IsInName(line.mentions, at - 1);
}

bool WordPlaces::GoesOnPhrase(const Token& token) const {
  if (token.kind != TokenKind::kWord || token.capital || token.joined) return false;
  if (token.folded.ends_with("ly")) return false;  // It may be an adverb.
  const std::uint8_t traits = TraitsOf(token);
  if ((traits & kUnknown) != 0) return !Words::LooksPast(token);
  return (traits & kGoesOnPhrase) != 0;
}

bool WordPlaces::MayBeHead(const WordLine& line, std::size_t at) const {
  const std::size_t next = at + 1;
  if (next >= line.tokens.size() || next == line.item_token || !GoesOnPhrase(line.tokens[next])) {
    return true;
  }
  const bool joined = next + 1 < line.tokens.size() && line.tokens[next + 1].joined;
  return joined || IsInName(line.mentions, next) || CapitalFollows(line, at);
}

bool WordPlaces::CapitalFollows(const WordLine& line, std::size_t at) const {
  for (std::size_t i = at + 1; i < line.tokens.size(); ++i) {
    const Token& token = line.tokens[i];
    if (token.capital) return true;
    const bool joined = token.joined || (i + 1 < line.tokens.size() && line.tokens[i + 1].joined);
    const bool ends = token.kind == TokenKind::kMark || (TraitsOf(token) & kEndsPhrase) != 0;
    if (ends && !joined && !IsInName(line.mentions, i)) return false;
  }
  return false;
}

}  // namespace verbale::extract
