#include "extract/resolve/descriptions.h"

#include <algorithm>
#include <string>

#include "extract/resolve/internal/document_reader.h"

namespace verbale::extract {
namespace {

/// One description: how far it goes, and whether that says which thing is meant.
class Description {
 public:
  Description(const Words& words, const Analysis& analysis, std::uint32_t chunk)
      : words_(words),
        analysis_(analysis),
        noun_(analysis.chunks[chunk]),
        of_(chunk),
        last_(chunk) {
    first_ = FirstToken();
    premodifiers_ = Contents(BehindOwner(), noun_.head).words;
    Extend(chunk);
  }

  std::uint32_t first_token() const { return first_; }
  std::uint32_t end_token() const { return analysis_.chunks[last_].last; }

  /// "the agreement between A and B", "the call of A to end it", "the arms trade treaty".
  bool TellsApart() const {
    constexpr std::uint32_t kEnough = 2;
    const Content behind = Contents(BehindAuthor(), end_token());
    // "initiatives of A" are some of many.
    if (noun_.plural) {
      return behind.named && (noun_.tags & kDefinite) != 0 && At(of_ + 1).word != "of" &&
             Is(of_ + 1, ChunkKind::kPreposition);
    }
    // "the Union's proposal", "the European Union proposal": which of them?
    if (words_.AimsAtDeed(noun_.word) && behind.words == 0 && IsOnlyNamed()) return false;
    return behind.named || behind.words >= kEnough || premodifiers_ >= kEnough ||
           (behind.words > 0 && (premodifiers_ > 0 || BehindAuthor() > noun_.head + 1));
  }

 private:
  /// What stands in a stretch of the sentence: words that say something, and whether a name does.
  struct Content {
    std::uint32_t words = 0;
    bool named = false;
  };

  /// Before the noun stands a name and nothing else.
  bool IsOnlyNamed() const {
    for (std::uint32_t i = BehindOwner(); i < noun_.head; ++i) {
      if (!IsNamed(i) && !analysis_.tokens[i].joined) return false;
    }
    return true;
  }

  bool Is(std::uint32_t i, ChunkKind kind) const {
    return i < analysis_.chunks.size() && analysis_.chunks[i].kind == kind;
  }
  const Chunk& At(std::uint32_t i) const { return analysis_.chunks[i]; }

  /// Behind what is no part of a name: "a new", "the third".
  std::uint32_t FirstToken() const {
    std::uint32_t first = noun_.core;
    // "the two-State solution"
    while (first > noun_.first && analysis_.tokens[first].joined) --first;
    while (first < noun_.head && !IsNamed(first)) {
      const WordInfo* info = words_.Find(analysis_.tokens[first]);
      const bool passing = info != nullptr && info->Is(kIncidental | kConjunction | kAdverb);
      if (!passing && analysis_.tokens[first].kind == TokenKind::kWord &&
          !words_.IsPraising(analysis_.tokens[first].folded)) {
        break;
      }
      if (analysis_.tokens[first + 1].joined) break;  // "two-State"
      ++first;
    }
    return first;
  }

  /// "the Minister's call": whose it is says not which.
  std::uint32_t BehindOwner() const {
    std::uint32_t begin = first_;
    for (std::uint32_t i = first_; i < noun_.head; ++i) {
      if (analysis_.tokens[i].possessive) begin = i + 1;
    }
    return begin;
  }

  /// "the decision of A", "the call by A": whose it is says not which, either.
  std::uint32_t BehindAuthor() const {
    const bool by = words_.AimsAtDeed(noun_.word) && Is(of_ + 1, ChunkKind::kPreposition) &&
                    words_.NamesAuthor(At(of_ + 1).word) && Is(of_ + 2, ChunkKind::kNoun) &&
                    last_ >= of_ + 2 && (At(of_ + 2).capital || IsNamed(At(of_ + 2).head));
    return by ? At(of_ + 2).last : noun_.head + 1;
  }

  bool IsNamed(std::uint32_t token) const {
    return std::any_of(analysis_.mentions.begin(), analysis_.mentions.end(),
                       [&](const Mention& m) { return m.first <= token && token < m.last; });
  }

  bool IsDate(std::uint32_t token) const {
    return std::any_of(analysis_.mentions.begin(), analysis_.mentions.end(), [&](const Mention& m) {
      return m.kind == Mention::Kind::kDate && m.first <= token && token < m.last;
    });
  }

  Content Contents(std::uint32_t begin, std::uint32_t end) const {
    Content content;
    for (std::uint32_t i = begin; i < end; ++i) {
      const Token& token = analysis_.tokens[i];
      if (token.kind != TokenKind::kWord || IsDate(i) || words_.IsMonth(token.folded)) continue;
      const WordInfo* info = words_.Find(token);
      const bool named = IsNamed(i) || (token.capital && i > 0 && info == nullptr);
      content.named |= named;
      constexpr std::uint32_t kEmpty = kIncidental | kAdjective | kDeterminer | kPossessive |
                                       kQuantifier | kPreposition | kConjunction | kTo | kAdverb |
                                       kPronoun;
      if (named || token.joined || info == nullptr || !info->Is(kEmpty)) ++content.words;
      content.words += token.joined;  // "two-State" says as much as two words.
    }
    return content;
  }

  /// A phrase that says something by itself: not "this", "their efforts", "that initiative".
  bool SaysWhich(std::uint32_t i) const {
    if (!Is(i, ChunkKind::kNoun) || (At(i).tags & (kPronoun | kUnspecific | kPossessive)) != 0) {
      return false;
    }
    return !words_.IsDemonstrative(analysis_.tokens[At(i).first].folded) &&
           !words_.IsPointing(analysis_.tokens[At(i).head].folded);
  }

  /// Takes in what belongs to the phrase that ends with chunk `i`.
  void Extend(std::uint32_t i) {
    constexpr std::uint32_t kLongest = 24;  // In words; the rest adds nothing.
    bool deed = false, told = false;        // "to convene …" and "reached at …" come once.
    while (Is(i + 1, ChunkKind::kPreposition) || Is(i + 1, ChunkKind::kVerb)) {
      if (At(i).paren_last > 0) break;
      std::uint32_t next = i;
      if (Is(i + 1, ChunkKind::kPreposition)) {
        next = AfterPhrase(i, told);
      } else if (At(i + 1).shape == VerbShape::kReduced && !told) {
        told = true;
        next = AfterTold(i);
      } else if (!deed && !At(i + 1).passive && SaysWhatFor(i + 1)) {
        deed = true;
        next = AfterDeed(i);
      }
      if (next == i || At(next).last > noun_.head + kLongest) break;
      last_ = i = next;
    }
  }

  /// "a call to end the war", "a law prohibiting plastics"
  bool SaysWhatFor(std::uint32_t verb) const {
    return (At(verb).shape == VerbShape::kInfinitive && words_.AimsAtDeed(noun_.word)) ||
           (At(verb).shape == VerbShape::kGerund && verb == of_ + 1);
  }

  /// "between A and B", "on limiting the use", "of the Union"; `i` where it is no part of the name.
  std::uint32_t AfterPhrase(std::uint32_t i, bool told) const {
    const std::string& preposition = At(i + 1).word;
    const bool joins = words_.JoinsDescription(preposition);
    // "held in Geneva in March" belongs to what is told, "the plan in March" to the plan's verb.
    const bool adjoins = At(i).kind == ChunkKind::kVerb || told || &At(i) == &noun_;
    if (!joins && !(adjoins && words_.TellsWhere(preposition))) return i;
    if (Is(i + 2, ChunkKind::kVerb) && At(i + 2).shape == VerbShape::kGerund && joins) {
      return SaysWhich(i + 3) ? i + 3 : i;
    }
    if (!SaysWhich(i + 2)) return i;
    if (IsDate(At(i + 2).core) && !told) return i;
    const bool several = preposition == "between" || preposition == "among";
    std::uint32_t end = i + 2;
    // "between the Government of A and the movement B"
    while (several && Is(end + 1, ChunkKind::kPreposition) && At(end + 1).word == "of" &&
           SaysWhich(end + 2)) {
      end += 2;
    }
    while (several && Is(end + 1, ChunkKind::kComma) && SaysWhich(end + 2)) end += 2;
    const std::uint32_t and_at = end + 1 + Is(end + 1, ChunkKind::kComma);
    if (several && Is(and_at, ChunkKind::kConjunction) && SaysWhich(and_at + 1)) end = and_at + 1;
    // "by A and B to end it"
    if (words_.NamesAuthor(preposition) && Is(end + 1, ChunkKind::kConjunction) &&
        SaysWhich(end + 2) && Is(end + 3, ChunkKind::kVerb) &&
        At(end + 3).shape == VerbShape::kInfinitive) {
      end += 2;
    }
    // "on the economic and environmental goals": an adjective is no end.
    const WordInfo* head = words_.Find(analysis_.tokens[At(end).head]);
    if (head != nullptr && head->Is(kAdjective) && Is(end + 1, ChunkKind::kConjunction) &&
        SaysWhich(end + 2)) {
      end += 2;
    }
    return end;
  }

  /// "to end the war", "to cooperate with the Union"
  std::uint32_t AfterDeed(std::uint32_t i) const {
    const std::uint32_t noun = i + 2 + Is(i + 2, ChunkKind::kPreposition);
    const bool says = Is(noun, ChunkKind::kNoun) &&
                      (At(noun).tags & (kPronoun | kUnspecific)) == 0 &&
                      analysis_.tokens[At(noun).head].kind == TokenKind::kWord;
    return says ? noun : i;
  }

  /// "reached at the talks", "based on two States": a participle, with what it goes with.
  std::uint32_t AfterTold(std::uint32_t i) const {
    if (!Is(i + 2, ChunkKind::kPreposition)) return i;
    // "aimed at finding a way": the deed and what is done.
    const bool deed = SaysWhich(i + 3) && At(i + 3).core == At(i + 3).head && SaysWhich(i + 4) &&
                      analysis_.tokens[At(i + 3).head].folded.ends_with("ing");
    if (deed) return i + 4;
    const std::uint32_t end = AfterPhrase(i + 1, true);
    return end > i + 1 ? end : i;
  }

  const Words& words_;
  const Analysis& analysis_;
  const Chunk& noun_;
  std::uint32_t of_, last_;  ///< Chunks: the noun, and the last that belongs to it.
  std::uint32_t first_ = 0;
  std::uint32_t premodifiers_ = 0;
};

/// Of the determiner; that of "a just, lasting and fair solution" stands with the first adjective.
std::uint32_t Determiners(const Words& words, const Analysis& analysis, const Chunk& noun) {
  const Chunk* first = &noun;
  const auto is_adjective = [&](const Chunk& chunk) {
    const WordInfo* info = words.Find(analysis.tokens[chunk.head]);
    return chunk.kind == ChunkKind::kNoun && chunk.mention == kNoChunk && info != nullptr &&
           info->Is(kAdjective);
  };
  while (first->tags == 0 && first - analysis.chunks.data() >= 2) {
    const Chunk* before = first - 1;
    if (before->kind == ChunkKind::kConjunction && (before - 1)->kind == ChunkKind::kComma) {
      --before;
    }
    const bool joins = before->kind == ChunkKind::kConjunction || before->kind == ChunkKind::kComma;
    if (!joins || before == analysis.chunks.data() || !is_adjective(*(before - 1))) break;
    first = before - 1;
  }
  return first->tags;
}

/// "the agreement", "India's initiative", not "this agreement" or "our plan".
bool MayBeDescribed(const Words& words, const Analysis& analysis, const Chunk& noun) {
  if (noun.kind != ChunkKind::kNoun || noun.mention != kNoChunk || noun.capital ||
      noun.quote != kNoChunk || !words.IsDescribable(noun.word)) {
    return false;
  }
  if ((noun.tags & (kPronoun | kUnspecific | kPossessive)) != 0 ||
      words.IsDemonstrative(analysis.tokens[noun.first].folded)) {
    return false;
  }
  const bool owned = std::any_of(noun.modifiers.begin(), noun.modifiers.end(), [&](auto i) {
    return analysis.tokens[analysis.mentions[i].last - 1].possessive;
  });
  return owned || (Determiners(words, analysis, noun) & (kDefinite | kIndefinite)) != 0;
}

}  // namespace

std::optional<NamedThing> Described(const Words& words, const Analysis& analysis,
                                    std::uint32_t chunk, std::string_view text) {
  const Chunk& noun = analysis.chunks[chunk];
  if (!MayBeDescribed(words, analysis, noun)) return std::nullopt;
  const Description description(words, analysis, chunk);
  if (!description.TellsApart()) return std::nullopt;
  const std::uint32_t begin = analysis.tokens[description.first_token()].begin;
  const std::uint32_t end = analysis.tokens[description.end_token() - 1].end;
  NamedThing thing;
  thing.label = noun.label;
  thing.name = WithSingleBlanks(text.substr(begin, end - begin));
  return thing;
}

}  // namespace verbale::extract
