// What it was done to: the members of a list, not what only qualifies them.

#include <algorithm>

#include "extract/match/internal/match_reader.h"

namespace verbale::extract {

std::uint32_t MatchReader::Read(const PatternMatch& match) {
  base_.rule = pattern_.rule;
  base_.pattern = pattern_.number;
  const auto at = [&](std::uint32_t place) {
    return place == kNoChunk ? kNoChunk : line_.chunks[place];
  };
  const auto [first, last] =
      std::minmax_element(line_.chunks.begin() + match.first, line_.chunks.begin() + match.last);
  base_.first = *first;
  base_.last = *last + 1;
  base_.verb = at(match.verb);
  base_.named_only = rule_.named_only;
  base_.described = rule_.described;
  // What stands left of a passive has moved behind it.
  const bool turned = base_.verb != kNoChunk && base_.verb == line_.active;
  const std::uint32_t next = match.first + 1;
  if (turned && pattern_.compiled.left == LeftOfVerb::kObject) return next;
  std::vector<std::uint32_t> objects =
      pattern_.compiled.left == LeftOfVerb::kObject
          ? SubjectsAsObjects()
          : ListedObjects({line_.chunks.begin() + match.object_first,
                           line_.chunks.begin() + match.object_last});
  if (!objects.empty()) ReadSubjects(at(match.subject), objects);
  return match.first == match.object_first && IsWholeList(match, objects) ? match.object_last
                                                                          : next;
}

bool MatchReader::IsWholeList(const PatternMatch& match,
                              const std::vector<std::uint32_t>& objects) const {
  std::size_t members = 0;
  for (std::uint32_t place = match.object_first; place < match.object_last; ++place) {
    const std::uint32_t i = line_.chunks[place];
    if (IsKind(i, ChunkKind::kNoun)) {
      if (members == objects.size() || objects[members] != i) return false;
      ++members;
    } else if (!IsKind(i, ChunkKind::kComma) && !IsKind(i, ChunkKind::kConjunction)) {
      return false;
    }
  }
  return true;
}

std::uint32_t MatchReader::FittingModifier(std::uint32_t i) const {
  // "the United Nations initiatives": where names count, these are its initiatives.
  const bool nameless = rule_.named_only && At(i).mention == kNoChunk && !At(i).capital;
  if ((Fits(i) && !nameless) || !IsVia(i)) return kNoChunk;
  // "the Union's Clean Rivers Campaign" has a name of its own; "the Indian Computer Emergency
  // Response Team" acts for India.
  const bool body = words_.IsActingLabel(At(i).label);
  if (At(i).capital && At(i).head > At(i).core && !At(i).label.empty() && !body) return kNoChunk;
  for (const std::uint32_t modifier : At(i).modifiers) {
    const std::string_view label = analysis_.mentions[modifier].label;
    if (body && At(i).capital && !words_.IsActorLabel(label)) continue;
    const bool part = !pattern_.compiled.before_head && NamesPart(i, modifier);
    if (!part && pattern_.compiled.labels.count(label) > 0) return modifier;
  }
  return kNoChunk;
}

bool MatchReader::NamesPart(std::uint32_t i, std::uint32_t modifier) const {
  const Mention& owner = analysis_.mentions[modifier];
  if (words_.IsPart(At(i).word, owner.label)) return true;
  // "the Union's initiative to end the war" goes by what it is about.
  if (!At(i).plural && (At(i).tags & kDefinite) != 0 && words_.AimsAtDeed(At(i).word) &&
      words_.IsOwnerLabel(owner.label)) {
    return true;
  }
  for (std::uint32_t token = owner.last; token < At(i).head; ++token) {
    if (words_.IsPart(analysis_.tokens[token].folded, owner.label)) return true;
  }
  return false;
}

std::vector<std::uint32_t> MatchReader::SubjectsAsObjects() const {
  std::vector<std::uint32_t> objects;
  for (const std::uint32_t noun : SubjectsOf(At(base_.verb))) {
    // "the call to support A is heard": not A.
    if (IsPurposeOfNoun(analysis_.chunks, noun) || IsOfSeveral(noun) || IsOfOtherDeed(noun))
      continue;
    if (const std::uint32_t called = NamedBehind(noun); called != kNoChunk) {
      objects.push_back(called);
      continue;
    }
    if (Fits(noun)) {
      if (!IsPlace(noun)) objects.push_back(noun);
      AddExamples(noun, objects);
    } else if (IsVia(noun)) {
      // "the work of A", "the reports produced by A", "the entry into force of A"
      std::uint32_t next =
          noun +
          (IsKind(noun + 1, ChunkKind::kVerb) && At(noun + 1).shape == VerbShape::kReduced ? 2 : 1);
      if (IsKind(next, ChunkKind::kPreposition) && IsKind(next + 1, ChunkKind::kNoun) &&
          IsVia(next + 1) && !Fits(next + 1)) {
        next += 2;
      }
      if (IsKind(next, ChunkKind::kPreposition) && next + 1 < analysis_.chunks.size() &&
          Fits(next + 1) && !words_.IsPart(At(noun).word, At(next + 1).label)) {
        objects.push_back(next + 1);
      }
    }
  }
  if (!objects.empty()) AddCompanions(objects);
  return objects;
}

bool MatchReader::IsOfSeveral(std::uint32_t noun) const {
  while (noun > 0 && (IsKind(noun, ChunkKind::kNoun) || IsKind(noun, ChunkKind::kComma) ||
                      IsKind(noun, ChunkKind::kConjunction))) {
    --noun;
  }
  return IsKind(noun, ChunkKind::kPreposition) && At(noun).word == "between";
}

bool MatchReader::IsOfOtherDeed(std::uint32_t noun) const {
  while (noun > 0 && (IsKind(noun, ChunkKind::kNoun) || IsKind(noun, ChunkKind::kConjunction))) {
    --noun;
  }
  return !At(base_.verb).passive && IsKind(noun, ChunkKind::kVerb) &&
         At(noun).shape == VerbShape::kGerund && !pattern_.compiled.via_verbs.empty() &&
         pattern_.compiled.via_verbs.count(At(noun).word) == 0;
}

void MatchReader::AddCompanions(std::vector<std::uint32_t>& objects) const {
  std::uint32_t i = base_.verb + 1;
  while (IsKind(i, ChunkKind::kPreposition) && IsKind(i + 1, ChunkKind::kNoun)) i += 2;
  if (IsKind(i, ChunkKind::kComma)) ++i;
  if (i >= analysis_.chunks.size() || !words_.IsCompany(At(i).word)) return;
  if (IsKind(i + 1, ChunkKind::kNoun) && Fits(i + 1) && !words_.IsActorLabel(At(i + 1).label) &&
      At(i + 1).label == At(objects.front()).label) {
    objects.push_back(i + 1);
  }
}

std::uint32_t MatchReader::NamedBehind(std::uint32_t noun) const {
  if (At(noun).mention != kNoChunk || At(noun).capital || At(noun).plural ||
      !IsKind(noun + 1, ChunkKind::kComma) || !IsKind(noun + 2, ChunkKind::kNoun)) {
    return kNoChunk;
  }
  const Chunk& name = At(noun + 2);
  std::uint32_t end = noun + 3;
  while (IsKind(end, ChunkKind::kPreposition) && IsKind(end + 1, ChunkKind::kNoun)) end += 2;
  const bool apposed = IsKind(end, ChunkKind::kComma) && end + 1 == base_.verb;
  return apposed && name.capital && name.label == At(noun).label && Fits(noun + 2) ? noun + 2
                                                                                   : kNoChunk;
}

void MatchReader::AddExamples(std::uint32_t noun, std::vector<std::uint32_t>& objects) const {
  if (!At(noun).plural || At(noun).mention != kNoChunk) return;
  std::uint32_t i = noun + 1;
  const auto skip_phrases = [&] {
    while (IsKind(i, ChunkKind::kPreposition) && IsKind(i + 1, ChunkKind::kNoun)) i += 2;
  };
  skip_phrases();
  // "laws to combat violence, namely A"
  if (IsKind(i, ChunkKind::kVerb) && At(i).shape == VerbShape::kInfinitive &&
      IsKind(i + 1, ChunkKind::kNoun)) {
    i += 2;
    skip_phrases();
  }
  // "laws were passed in that year, namely A"
  if (i == base_.verb) {
    ++i;
    skip_phrases();
  }
  if (IsKind(i, ChunkKind::kComma)) ++i;
  if (!IsKind(i, ChunkKind::kIncluding)) return;
  for (++i; i < analysis_.chunks.size() && At(i).kind != ChunkKind::kVerb; ++i) {
    if (IsKind(i, ChunkKind::kStop) || IsKind(i, ChunkKind::kRelative)) break;
    if (Fits(i) && !IsKind(i - 1, ChunkKind::kPreposition)) objects.push_back(i);
  }
}

std::vector<std::uint32_t> MatchReader::ListedObjects(
    const std::vector<std::uint32_t>& chunks) const {
  std::vector<std::uint32_t> objects;
  bool in_phrase = false;  // "the presence of A and B": B goes with A.
  std::string of_part;     // "the decision of A and B"
  // "the importance of reaching an agreement": there is none yet.
  if (rule_.described && !chunks.empty() && chunks[0] > 0 && IsNameless(chunks[0]) &&
      (At(chunks[0]).tags & kIndefinite) != 0 && IsKind(chunks[0] - 1, ChunkKind::kVerb) &&
      At(chunks[0] - 1).shape == VerbShape::kGerund) {
    return objects;
  }
  for (std::size_t k = 0; k < chunks.size(); ++k) {
    const std::uint32_t i = chunks[k];
    if (At(i).kind == ChunkKind::kIncluding) in_phrase = false;
    // "talks between A and B" are neither A nor B.
    in_phrase |= At(i).kind == ChunkKind::kPreposition && At(i).word == "between";
    // "efforts to persuade A and B" are not B's.
    in_phrase |= At(i).kind == ChunkKind::kVerb && At(i).shape == VerbShape::kInfinitive &&
                 !LedByVerb(chunks, k + 1);
    // "of A, of B" is one list, "support A, in view of B" is not.
    if (k > 0 && At(i).kind == ChunkKind::kPreposition &&
        At(chunks[k - 1]).kind == ChunkKind::kComma &&
        (chunks[0] == 0 || At(chunks[0] - 1).word != At(i).word)) {
      break;
    }
    if (IsCompanion(i)) break;
    if (!Fits(i) &&
        (FittingModifier(i) == kNoChunk || (!pattern_.compiled.before_head && LeadsOn(i))))
      continue;
    // "the adoption by A of B" is not A's.
    if (k > 0 && At(chunks[k - 1]).kind == ChunkKind::kPreposition &&
        words_.IsByAgent(At(chunks[k - 1]).word) && LeadsOn(i) && At(i + 1).word == "of") {
      continue;
    }
    // "the reform of A and B" is neither's; "the decision of A to establish B" is about B.
    if (IsOfPart(chunks, k)) {
      if (k + 2 >= chunks.size() || !LedByVerb(chunks, k + 2)) of_part = At(i).label;
      continue;
    }
    if (!of_part.empty() && At(i).label == of_part) continue;
    const bool member = IsMember(chunks, k);
    // "the mechanism of A and B" where the mechanism itself is a member: B may be one, too.
    in_phrase |= !member && !(k >= 2 && Fits(chunks[k - 2]));
    if (in_phrase || !member) continue;
    if (k > 0 && OpensClause(i)) break;
    if (IsOfComplement(chunks, k)) continue;
    if (k == 0 && QualifiesFitting(i)) continue;
    if (k > 0 && !objects.empty() && IsApposition(objects.back(), i)) continue;
    // "held its own exercise, Blue Lake"
    if (IsNamedNext(i)) continue;
    // "launched the Harbour Pledge, a voluntary initiative", where no pledge is asked for
    if (k >= 2 && IsKind(chunks[k - 2], ChunkKind::kNoun) && At(chunks[k - 2]).capital &&
        IsApposition(chunks[k - 2], i)) {
      continue;
    }
    // "the initiative to adopt A": A is what is meant.
    if (IsVia(i) && LeadsToObject(chunks, k)) continue;
    // "negotiations on an agreement" are not the agreement.
    if (rule_.described && IsNameless(i) && k >= 2 && At(chunks[k - 1]).word == "on") continue;
    // "the proposal to found a centre" is what has no name here, "efforts to reach an agreement"
    // have not reached it.
    if (const auto lead = LedByVerb(chunks, k);
        lead && rule_.described && IsNameless(i) &&
        (IsDescribedBy(chunks[*lead], i) || (At(i).tags & kIndefinite) != 0)) {
      continue;
    }
    // "the authority of A" is no body of that name.
    const bool common = At(i).mention == kNoChunk && !At(i).capital && !At(i).plural;
    if (common && words_.IsActingLabel(At(i).label) && IsVia(i) && k + 2 < chunks.size() &&
        At(i + 1).word == "of" && Fits(chunks[k + 2]) && At(chunks[k + 2]).mention != kNoChunk) {
      continue;
    }
    objects.push_back(i);
  }
  return objects;
}

bool MatchReader::IsOfPart(const std::vector<std::uint32_t>& chunks, std::size_t k) const {
  if (k < 2 || !IsKind(chunks[k - 1], ChunkKind::kPreposition)) return false;
  std::size_t noun = k - 2;
  // "the campaign launched by A", "the statement made by B on behalf of A"
  std::size_t told = noun;
  while (told >= 2 && IsKind(chunks[told], ChunkKind::kNoun) &&
         IsKind(chunks[told - 1], ChunkKind::kPreposition)) {
    told -= 2;
  }
  const bool held = words_.IsHeldLabel(At(chunks[k]).label);  // "the decision taken at A"
  if (told > 0 && QualifiesNoun(chunks[told]) && !held) noun = told - 1;
  if (words_.IsPart(At(chunks[noun]).word, At(chunks[k]).label)) return true;
  // "the reform efforts of A"
  if (const Chunk& part = At(chunks[noun]);
      part.head > part.core && part.mention == kNoChunk &&
      words_.IsPart(analysis_.tokens[part.head - 1].folded, At(chunks[k]).label)) {
    return true;
  }
  // "the initiative of A to end the war" has a name of its own to go by.
  return rule_.described && Fits(chunks[noun]) && IsNameless(chunks[noun]) &&
         !At(chunks[noun]).plural && words_.AimsAtDeed(At(chunks[noun]).word) &&
         words_.IsOwnerLabel(At(chunks[k]).label) && IsKind(chunks[k] + 1, ChunkKind::kVerb) &&
         At(chunks[k] + 1).shape == VerbShape::kInfinitive;
}

bool MatchReader::LeadsToObject(const std::vector<std::uint32_t>& chunks, std::size_t k) const {
  for (std::size_t to = k + 2; to < chunks.size(); ++to) {
    if (!Fits(chunks[to]) || LedByVerb(chunks, to) != k) continue;
    if (!IsDescribedBy(chunks[k], chunks[to])) return true;
  }
  return false;
}

bool MatchReader::IsCompanion(std::uint32_t i) const {
  return i > 0 && !IsKind(i - 1, ChunkKind::kPreposition) && words_.IsCompany(At(i - 1).word) &&
         std::none_of(pattern_.compiled.labels.begin(), pattern_.compiled.labels.end(),
                      [&](const auto& label) { return words_.IsActorLabel(label); });
}

bool MatchReader::IsApposition(std::uint32_t named, std::uint32_t i) const {
  // "the creation of A, a body for B": what A is, even where another noun says it.
  const bool alike = At(named).label == At(i).label || rule_.described || !Fits(named);
  if (!IsKind(i - 1, ChunkKind::kComma) || !alike) return false;
  const bool name = At(named).mention != kNoChunk || (At(named).capital && !At(named).plural);
  const bool common = At(i).mention == kNoChunk && !At(i).capital && !At(i).plural;
  if (!name || !common) return false;
  if ((At(i).tags & kIndefinite) != 0) return true;
  // "held Blue Lake, its largest exercise to date": with no "and", it is no further member.
  return (At(i).tags & (kDefinite | kPossessive)) != 0 && EndsList(i);
}

bool MatchReader::IsOfComplement(const std::vector<std::uint32_t>& chunks, std::size_t k) const {
  if (k < 3 || !IsKind(chunks[k - 1], ChunkKind::kConjunction) ||
      !IsKind(chunks[k - 2], ChunkKind::kNoun) || !IsKind(chunks[k - 3], ChunkKind::kPreposition)) {
    return false;
  }
  const Chunk& noun = At(chunks[k]);
  return noun.tags == 0 && !noun.capital && !noun.plural && noun.mention == kNoChunk &&
         noun.modifiers.empty() && (At(chunks[k - 2]).tags & kDefinite) != 0 &&
         !At(chunks[k - 2]).capital && At(chunks[k - 2]).mention == kNoChunk;
}

bool MatchReader::EndsList(std::uint32_t i) const {
  std::uint32_t next = i + 1;
  while (IsKind(next, ChunkKind::kPreposition) && IsKind(next + 1, ChunkKind::kNoun)) next += 2;
  if (IsKind(next, ChunkKind::kConjunction)) return false;
  return !IsKind(next, ChunkKind::kComma) ||
         (!IsKind(next + 1, ChunkKind::kNoun) && !IsKind(next + 1, ChunkKind::kConjunction));
}

bool MatchReader::IsNamedNext(std::uint32_t i) const {
  const bool common = At(i).mention == kNoChunk && !At(i).capital && !At(i).plural &&
                      (At(i).tags & (kIndefinite | kPossessive)) != 0;
  if (!common || !IsKind(i + 1, ChunkKind::kComma) || !IsKind(i + 2, ChunkKind::kNoun))
    return false;
  const Chunk& name = At(i + 2);
  return name.capital && !name.plural && name.label == At(i).label &&
         (name.tags & kIndefinite) == 0 && EndsList(i + 2);
}

bool MatchReader::IsMember(const std::vector<std::uint32_t>& chunks, std::size_t k) const {
  if (k == 0) return true;
  if (const auto lead = LedByVerb(chunks, k)) return IsMember(chunks, *lead);
  if (At(chunks[k - 1]).kind != ChunkKind::kPreposition) {
    // "efforts to strengthen A" and "the report published by A" are not A.
    if (IsKind(chunks[k - 1], ChunkKind::kNoun) || IsKind(chunks[k - 1], ChunkKind::kVerb)) {
      return false;
    }
    return !BelongsBefore(chunks, k);
  }
  // "the principles enshrined in A", "the role given to A"
  if (k >= 3 && QualifiesNoun(chunks[k - 2]) && IsVia(chunks[k - 3])) {
    return IsMember(chunks, k - 3);
  }
  // "the reform of B, including of A"
  if (k >= 2 && At(chunks[k - 2]).kind == ChunkKind::kIncluding && At(chunks[k - 1]).word == "of") {
    return false;
  }
  // "with B and with A", "partners (from A, B)"
  if (k >= 2 && At(chunks[k - 2]).kind != ChunkKind::kNoun &&
      At(chunks[k - 2]).kind != ChunkKind::kVerb) {
    return IsLedAlike(chunks, k);
  }
  // "the work of A": the noun before the preposition must be one that leads to the object.
  if (k < 2 || !IsVia(chunks[k - 2])) return false;
  // "the Organization of Audit Institutions" is one name, though an organization of A leads to A.
  const Chunk& lead = At(chunks[k - 2]);
  if (lead.capital && Fits(chunks[k - 2]) && At(chunks[k]).capital &&
      At(chunks[k]).mention == kNoChunk) {
    return false;
  }
  // "a forum within A" is itself what is described.
  if (rule_.described && Fits(chunks[k - 2]) && IsNameless(chunks[k - 2]) &&
      !IsNameless(chunks[k]) && words_.TellsWhere(At(chunks[k - 1]).word)) {
    return false;
  }
  // "the Mission of A" is the Mission, where that is known.
  if (lead.mention != kNoChunk && Fits(chunks[k - 2]) && At(chunks[k - 1]).word == "of" &&
      !words_.IsActorLabel(At(chunks[k]).label)) {
    return false;
  }
  // "attacks in A" are not A's; "development at the Summit" is no Summit's.
  const std::string& preposition = At(chunks[k - 1]).word;
  if (preposition == "at") return false;
  if (words_.IsActorLabel(At(chunks[k]).label) && preposition != "of" && preposition != "by" &&
      !words_.IsColleague(At(chunks[k - 2]).word)) {
    return false;
  }
  return IsMember(chunks, k - 2);
}

bool MatchReader::IsLedAlike(const std::vector<std::uint32_t>& chunks, std::size_t k) const {
  const std::string& preposition = At(chunks[k - 1]).word;
  if (IsKind(chunks[k - 2], ChunkKind::kIncluding)) return true;
  if (chunks[0] == 0 || !IsKind(chunks[0] - 1, ChunkKind::kPreposition)) return true;
  const std::string& first = At(chunks[0] - 1).word;  // "in_the_framework_of"
  return first == preposition || first.ends_with("_" + preposition) ||
         std::any_of(chunks.begin(), chunks.begin() + k - 1, [&](std::uint32_t i) {
           return IsKind(i, ChunkKind::kPreposition) && At(i).word == preposition;
         });
}

bool MatchReader::BelongsBefore(const std::vector<std::uint32_t>& chunks, std::size_t k) const {
  const Chunk& first = At(chunks[0]);
  if (first.kind != ChunkKind::kNoun || Fits(chunks[0]) || IsVia(chunks[0])) return false;
  const bool example = IsKind(chunks[k - 1], ChunkKind::kIncluding);
  std::size_t before = k - 1;
  while (before > 0 &&
         !(IsKind(chunks[before], ChunkKind::kNoun) && (!example || At(chunks[before]).plural))) {
    --before;
  }
  // "in agencies and funds, including A"
  while (before >= 2 && IsKind(chunks[before - 1], ChunkKind::kConjunction)) before -= 2;
  if (before < 2 || !IsKind(chunks[before - 1], ChunkKind::kPreposition)) return false;
  // "a series of laws, including A"
  if (example) return At(chunks[before - 1]).word != "of" && !IsMember(chunks, before);
  return IsVia(chunks[k]) && !Fits(chunks[k]) && At(chunks[k]).tags == 0 &&
         At(chunks[k]).modifiers.empty();
}

std::optional<std::size_t> MatchReader::LedByVerb(const std::vector<std::uint32_t>& chunks,
                                                  std::size_t k) const {
  if (k < 2 || !IsKind(chunks[k - 1], ChunkKind::kVerb)) return std::nullopt;
  // "to revitalize and refocus A"
  const bool two = k >= 4 && IsKind(chunks[k - 2], ChunkKind::kConjunction) &&
                   IsKind(chunks[k - 3], ChunkKind::kVerb);
  if (two) k -= 2;
  const Chunk& verb = At(chunks[k - 1]);
  if (verb.passive || pattern_.compiled.via_verbs.count(verb.word) == 0) return std::nullopt;
  std::size_t noun = k - 2;
  if (verb.shape == VerbShape::kGerund && IsKind(chunks[noun], ChunkKind::kPreposition)) {
    if (noun-- == 0) return std::nullopt;
  } else if (verb.shape != VerbShape::kInfinitive) {
    return std::nullopt;
  }
  // "efforts aimed at strengthening A"
  if (noun > 0 && QualifiesNoun(chunks[noun])) --noun;
  // "the decision of B to establish A", "the decision taken at B in June to establish A"
  while (!IsVia(chunks[noun])) {
    if (noun < 2 || !IsKind(chunks[noun - 1], ChunkKind::kPreposition)) return std::nullopt;
    noun -= noun > 2 && QualifiesNoun(chunks[noun - 2]) ? 3 : 2;
    if (!IsKind(chunks[noun], ChunkKind::kNoun)) return std::nullopt;
  }
  return noun;
}

bool MatchReader::OpensClause(std::uint32_t noun) const {
  for (std::uint32_t i = noun + 1; i < analysis_.chunks.size(); ++i) {
    if (At(i).kind == ChunkKind::kPreposition || At(i).kind == ChunkKind::kNoun) continue;
    if (At(i).kind != ChunkKind::kVerb || At(i).shape != VerbShape::kFinite) return false;
    if (i == base_.verb) return false;
    return IsSubjectOf(noun, At(i));
  }
  return false;
}

}  // namespace verbale::extract
