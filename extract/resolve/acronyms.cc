// Acronyms that a document defines hold in it from there on: "Community of … States (CELAC)",
// "CELAC (Community of … States)", "the National Cyber Agency (hereinafter “NCA”)".

#include <algorithm>
#include <optional>
#include <set>

#include "extract/resolve/internal/document_reader.h"
#include "graph/ascii.h"

namespace verbale::extract {
namespace {

/// Whether the letters of the acronym begin words of the name, in order, the first of them the
/// first: "NCSC" of "National Cyber Security Centre".
bool Abbreviates(std::string_view acronym, std::string_view name) {
  std::size_t at = 0;
  bool begins = true;
  for (const char c : name) {
    if (begins && at < acronym.size() && ToLower(c) == ToLower(acronym[at])) {
      ++at;
    } else if (begins && at == 0) {
      return false;
    }
    begins = c == ' ' || c == '-';
  }
  return at == acronym.size();
}

/// The words of a name that tell it from others: those of more than three letters.
std::set<std::string> ContentWords(std::string_view name) {
  std::set<std::string> words;
  for (std::size_t at = 0; at < name.size();) {
    std::size_t end = at;
    while (end < name.size() && (IsAlnum(name[end]) || (name[end] & 0x80) != 0)) ++end;
    if (end - at > 3) words.insert(LowerCase(name.substr(at, end - at)));
    at = end + 1;
  }
  return words;
}

/// "Inter-Government Authority on Development", "Intergovernmental Authority on Development":
/// names with half of their words in common are taken for one, told in two ways.
bool IsVariant(std::string_view one, std::string_view other) {
  const std::set<std::string> a = ContentWords(one), b = ContentWords(other);
  const auto shared =
      std::count_if(a.begin(), a.end(), [&](const std::string& word) { return b.contains(word); });
  return static_cast<std::size_t>(shared) * 2 >= std::min(a.size(), b.size());
}

/// What stands in quotation marks.
std::string_view WithoutMarks(std::string_view quote) {
  const auto inside = [](char c) { return IsAlnum(c); };
  const auto begin = std::find_if(quote.begin(), quote.end(), inside);
  const auto end = std::find_if(quote.rbegin(), quote.rend(), inside).base();
  return begin < end ? std::string_view(&*begin, static_cast<std::size_t>(end - begin))
                     : std::string_view();
}

bool IsAcronym(std::string_view word) {
  return word.size() >= 2 && std::all_of(word.begin(), word.end(), IsUpper);
}

}  // namespace

void DocumentReader::LearnAcronyms(const Analysis& analysis) {
  for (std::uint32_t i = 0; i < analysis.chunks.size(); ++i) {
    const Chunk& chunk = analysis.chunks[i];
    if (chunk.kind != ChunkKind::kNoun) continue;
    if (chunk.paren_last > chunk.paren_first) {
      LearnAcronym(analysis, i);
    } else if (const auto token = AcronymBehind(analysis, i)) {
      LearnMeaning(analysis, i, SurfaceOf(analysis.tokens[*token]), false);
    }
  }
}

/// "the National Cyber Agency, or NCA,": the token of the acronym.
std::optional<std::uint32_t> DocumentReader::AcronymBehind(const Analysis& analysis,
                                                           std::uint32_t number) const {
  const auto is = [&](std::uint32_t i, ChunkKind kind) {
    return i < analysis.chunks.size() && analysis.chunks[i].kind == kind;
  };
  if (!is(number + 1, ChunkKind::kComma) || !is(number + 2, ChunkKind::kConjunction) ||
      !is(number + 3, ChunkKind::kNoun) ||
      !(is(number + 4, ChunkKind::kComma) || is(number + 4, ChunkKind::kStop))) {
    return std::nullopt;
  }
  const Chunk& acronym = analysis.chunks[number + 3];
  const bool alone = acronym.mention == kNoChunk && acronym.core == acronym.head;
  if (!alone || !analysis.tokens[acronym.head].upper) return std::nullopt;
  return acronym.head;
}

std::string DocumentReader::SurfaceOf(const Token& token) const {
  return std::string(text().substr(token.begin, token.end - token.begin));
}

/// "the National Cyber Centre (NCC)": for whom NCC acts from there on; empty where it is nobody's
/// that is known.
std::string DocumentReader::ActsFor(const Analysis& analysis, std::uint32_t number) {
  const Chunk& body = analysis.chunks[number];
  const auto is_others = [&](std::uint32_t i) {
    const Mention& mention = analysis.mentions[i];
    return mention.kind == Mention::Kind::kName && !pack_.words.IsActorLabel(mention.label);
  };
  bool of_other = std::any_of(body.modifiers.begin(), body.modifiers.end(), is_others);
  // "the Harbours Office of the African Union (HOA)"
  if (number + 2 < analysis.chunks.size()) {
    const Chunk& link = analysis.chunks[number + 1];
    const Chunk& owner = analysis.chunks[number + 2];
    of_other |= link.kind == ChunkKind::kPreposition && pack_.words.IsFromSender(link.word) &&
                owner.kind == ChunkKind::kNoun && owner.mention != kNoChunk &&
                is_others(owner.mention);
  }
  if (of_other || body.plural || !pack_.words.IsActingLabel(body.label) ||
      IsOfOthers(pack_.words, analysis, body) ||
      (analysis.spoken && !IsOfHome(pack_.words, analysis, body))) {
    return {};
  }
  const Actor named = ActorNamedIn(analysis, number);
  const Actor actor = named ? named : author_;
  return actor ? table_[*actor].name : std::string();
}

/// "(NCA)", "(the “NCA”)", "(NCA; Agence nationale)": what is in brackets behind a phrase, if it is
/// an acronym with nothing but words in small letters before it. `bare`: it stands alone.
std::string DocumentReader::AcronymIn(const Analysis& analysis, const Chunk& chunk,
                                      bool& bare) const {
  std::uint32_t at = chunk.paren_first;
  const auto small = [&](const Token& token) {
    return token.kind == TokenKind::kWord && !token.capital;
  };
  while (at < chunk.paren_last && small(analysis.tokens[at])) ++at;
  if (at == chunk.paren_last) return {};
  const Token& token = analysis.tokens[at];
  bare = at == chunk.paren_first && at + 1 == chunk.paren_last && token.upper;
  const bool alone = at + 1 == chunk.paren_last || analysis.tokens[at + 1].folded == ";" ||
                     analysis.tokens[at + 1].folded == ",";
  if (!alone) return {};
  const std::string said = SurfaceOf(token);
  if (token.kind == TokenKind::kWord) return token.upper ? said : std::string();
  if (token.kind != TokenKind::kQuote) return {};
  const std::string_view quoted = WithoutMarks(said);
  return IsAcronym(quoted) ? std::string(quoted) : std::string();
}

void DocumentReader::LearnAcronym(const Analysis& analysis, std::uint32_t number) {
  const Chunk& chunk = analysis.chunks[number];
  bool bare = false;
  if (const std::string acronym = AcronymIn(analysis, chunk, bare); !acronym.empty()) {
    LearnMeaning(analysis, number, acronym, bare);
    return;
  }
  const Token& head = analysis.tokens[chunk.head];
  if (chunk.mention != kNoChunk || !head.upper || chunk.core != chunk.head) return;
  for (const Mention& mention : analysis.mentions) {
    if (mention.first != chunk.paren_first || mention.last != chunk.paren_last) continue;
    if (mention.kind != Mention::Kind::kName) return;
    local_[std::string(head.folded)] = mention;
    table_.AddAlias(table_.Add(mention), SurfaceOf(head));
  }
}

/// What phrase `number` names.
std::optional<NamedThing> DocumentReader::NamedBy(const Analysis& analysis,
                                                  std::uint32_t number) const {
  const Chunk& chunk = analysis.chunks[number];
  if (chunk.mention != kNoChunk) {
    const Mention& mention = analysis.mentions[chunk.mention];
    if (mention.kind == Mention::Kind::kName) return ThingOf(mention);
  } else if (!chunk.label.empty() && chunk.capital) {
    const std::vector<NamedThing> named = OpenNames(pack_.words, analysis, number, text());
    if (!named.empty()) return named.front();
  }
  return std::nullopt;
}

/// The phrase whose acronym stands behind phrase `number`: that one, or the one that it belongs to
/// ("the Alliance of Northern States (ANS)"), if it is one that the acronym abbreviates.
std::optional<std::uint32_t> DocumentReader::AbbreviatedBy(const Analysis& analysis,
                                                           std::uint32_t number,
                                                           std::string_view acronym) const {
  const Chunk& last = analysis.chunks[number];
  const std::string tail = SurfaceOf(analysis.tokens[last.head]);
  for (std::uint32_t i = number + 1; i-- > 0;) {
    const Chunk& chunk = analysis.chunks[i];
    if (chunk.kind == ChunkKind::kPreposition || chunk.kind == ChunkKind::kConjunction) continue;
    if (chunk.kind != ChunkKind::kNoun) break;
    const std::optional<NamedThing> thing = NamedBy(analysis, i);
    const bool reaches = i == number || (thing && thing->name.ends_with(tail));
    if (thing && reaches && Abbreviates(acronym, thing->name)) return i;
  }
  return std::nullopt;
}

/// From here on the acronym stands for what phrase `number` names, or the phrase that it belongs
/// to. Whether it abbreviates that matters less where nothing else is in the brackets.
void DocumentReader::LearnMeaning(const Analysis& analysis, std::uint32_t number,
                                  const std::string& acronym, bool bare) {
  std::optional<std::uint32_t> named = AbbreviatedBy(analysis, number, acronym);
  if (!named && bare) named = number;
  if (!named) return;
  const std::optional<NamedThing> thing = NamedBy(analysis, *named);
  if (thing) Learn(analysis, *named, *thing, acronym);
}

/// Whether the document may give the acronym this meaning. That it has another one elsewhere is
/// told.
bool DocumentReader::IsNewMeaning(const Chunk& chunk, const Analysis& analysis,
                                  const NamedThing& thing, const std::string& acronym) {
  for (const NameEntry* known : pack_.names.Lookup(acronym, "")) {
    if (known->name == thing.name) return false;
    if (known->of.empty() && IsVariant(known->name, thing.name)) return false;
    // "the third Summit of the Community (CEL)" is no new meaning of CEL.
    const std::uint32_t begin = analysis.tokens[chunk.core].begin;
    const std::string_view said = text().substr(begin, analysis.tokens[chunk.head].end - begin);
    if (!Abbreviates(acronym, thing.name) && !Abbreviates(acronym, said)) return false;
    if (!known->of.empty()) continue;  // The same agency, or one that is called alike.
    facts_.warnings.push_back("acronym " + acronym + " stands for " + thing.name +
                              " in this document and for " + known->name + " elsewhere");
  }
  return true;
}

void DocumentReader::Learn(const Analysis& analysis, std::uint32_t number, const NamedThing& thing,
                           const std::string& acronym) {
  if (!IsNewMeaning(analysis.chunks[number], analysis, thing, acronym)) return;
  Mention meaning;
  meaning.label = text_.Keep(thing.label);
  meaning.name = text_.Keep(thing.name);
  meaning.entry = thing.entry;
  meaning.of = thing.entry == Mention::kNoEntry
                   ? text_.Keep(ActsFor(analysis, number))
                   : std::string_view(pack_.data.names[thing.entry].of);
  local_[LowerCase(acronym)] = meaning;
  table_.AddAlias(table_.Add(thing), acronym);
}

/// "the NCA (National Cyber Agency)": learnt before the sentence is taken apart, since there the
/// acronym is who acts or what is spoken of.
void DocumentReader::LearnExpansions(Analysis& analysis) {
  const std::vector<Token>& tokens = analysis.tokens;
  const std::size_t names = analysis.mentions.size();
  for (std::uint32_t i = 1; i + 1 < tokens.size(); ++i) {
    if (tokens[i].folded != "(" || !tokens[i - 1].upper || !tokens[i + 1].capital) continue;
    std::uint32_t end = i + 1;
    while (end < tokens.size() && tokens[end].kind == TokenKind::kWord) ++end;
    const bool named = std::any_of(
        analysis.mentions.begin(), analysis.mentions.end(),
        [&](const Mention& mention) { return mention.first < end && mention.last >= i; });
    if (named || end < i + 3 || end == tokens.size() || tokens[end].folded != ")") continue;
    Analysis inside;
    inside.spoken = analysis.spoken;
    inside.tokens.assign(tokens.begin() + i + 1, tokens.begin() + end);
    FindChunks(pack_.words, inside);
    if (inside.chunks.empty() || inside.chunks[0].kind != ChunkKind::kNoun) continue;
    const std::optional<NamedThing> thing = NamedBy(inside, 0);
    const std::string acronym = SurfaceOf(tokens[i - 1]);
    if (!thing || !Abbreviates(acronym, thing->name)) continue;
    Learn(inside, 0, *thing, acronym);
    const auto known = local_.find(tokens[i - 1].folded);
    if (known == local_.end()) continue;
    Mention mention = known->second;
    mention.first = i - 1, mention.last = i;
    analysis.mentions.push_back(mention);
  }
  if (analysis.mentions.size() == names) return;
  std::sort(analysis.mentions.begin(), analysis.mentions.end(),
            [](const Mention& a, const Mention& b) { return a.first < b.first; });
}

}  // namespace verbale::extract
