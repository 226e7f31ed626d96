#include "extract/match/rendering.h"

#include <algorithm>

namespace verbale::extract {
namespace {

constexpr std::string_view kKindLetters = "nvpc,;risx";  // As ChunkKind has them.
constexpr std::string_view kShapeLetters = "figrm";      // As VerbShape has them.

char LetterOf(ChunkKind kind) { return kKindLetters[static_cast<std::size_t>(kind)]; }
char LetterOf(VerbShape shape) { return kShapeLetters[static_cast<std::size_t>(shape)]; }

bool IsMark(ChunkKind kind) { return kind == ChunkKind::kComma || kind == ChunkKind::kStop; }

/// Cuts off what stands before the next colon.
std::string_view Field(std::string_view& word) {
  const std::size_t end = std::min(word.find(':'), word.size());
  const std::string_view field = word.substr(0, end);
  word.remove_prefix(std::min(end + 1, word.size()));
  return field;
}

void ReadFlags(std::string_view flags, Phrase& phrase) {
  const std::size_t names = std::min(flags.find('+'), flags.size());
  phrase.actor = flags.substr(0, names).find('s') != std::string_view::npos;
  phrase.owned = flags.substr(0, names).find('o') != std::string_view::npos;
  phrase.capital = flags.substr(0, names).find('c') != std::string_view::npos;
  flags.remove_prefix(names);
  while (!flags.empty()) {
    const std::size_t end = std::min(flags.find('+', 1), flags.size());
    phrase.before.push_back(flags.substr(1, end - 1));
    flags.remove_prefix(end);
  }
}

}  // namespace

void Describe(const Words& words, const Analysis& analysis, const Chunk& chunk, Phrase& phrase) {
  phrase.kind = chunk.kind;
  phrase.word = chunk.word;
  phrase.label = chunk.label;
  phrase.passive = chunk.passive;
  phrase.shape = chunk.shape;
  phrase.before.clear();
  if (chunk.kind != ChunkKind::kNoun) return;
  phrase.actor = CanAct(words, analysis, chunk);
  phrase.owned = IsOwned(words, analysis, chunk);
  phrase.capital =
      chunk.mention != kNoChunk && !phrase.actor && !analysis.mentions[chunk.mention].of.empty();
  for (const std::uint32_t modifier : chunk.modifiers) {
    const Mention& mention = analysis.mentions[modifier];
    if (mention.kind == Mention::Kind::kName || mention.kind == Mention::Kind::kAdjective) {
      phrase.before.push_back(mention.label);
    }
  }
}

std::string Render(const Words& words, const Analysis& analysis) {
  std::string out;
  Phrase phrase;
  for (std::size_t i = 0; i < analysis.chunks.size(); ++i) {
    Describe(words, analysis, analysis.chunks[i], phrase);
    out += LetterOf(phrase.kind);
    if (phrase.kind == ChunkKind::kNoun) {
      out.append(":").append(phrase.actor ? "s" : "").append(phrase.owned ? "o" : "");
      if (phrase.capital) out.append("c");
      for (const std::string_view label : phrase.before) out.append("+").append(label);
      out.append(":").append(phrase.label);
    }
    if (!IsMark(phrase.kind)) out.append(":").append(phrase.word);
    if (phrase.kind == ChunkKind::kVerb) {
      out.append(phrase.passive ? ":p:" : ":a:") += LetterOf(phrase.shape);
    }
    out += '@' + std::to_string(i) + ' ';
  }
  return out;
}

bool RenderingReader::Next(Phrase& phrase) {
  const std::size_t end = rest_.find(' ');
  if (end == std::string_view::npos) return false;
  std::string_view word = rest_.substr(0, end);
  rest_.remove_prefix(end + 1);
  word = word.substr(0, word.rfind('@'));
  phrase = {};
  const std::string_view kind = Field(word);
  phrase.kind = static_cast<ChunkKind>(std::min(kKindLetters.find(kind), kKindLetters.size() - 1));
  if (phrase.kind == ChunkKind::kNoun) {
    ReadFlags(Field(word), phrase);
    phrase.label = Field(word);
  }
  phrase.word = IsMark(phrase.kind) ? kind : word;
  if (phrase.kind == ChunkKind::kVerb) {
    phrase.word = Field(word);
    phrase.passive = Field(word) == "p";
    phrase.shape =
        static_cast<VerbShape>(std::min(kShapeLetters.find(word), kShapeLetters.size() - 1));
  }
  return true;
}

}  // namespace verbale::extract
