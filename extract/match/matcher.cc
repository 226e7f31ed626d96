#include "extract/match/matcher.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include <re2/re2.h>

#include "extract/match/pattern.h"
#include "extract/match/rendering.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

using graph::Modality;

/// Of a guard's automaton.
constexpr std::int64_t kGuardBudget = std::int64_t{16} << 20;

struct Pattern {
  std::uint32_t rule = 0;
  std::uint32_t number = 0;  ///< Among the patterns of its rule.
  CompiledPattern compiled;
};

/// Whether the line has all that every match of the pattern has.
bool HasNeeds(const CompiledPattern& pattern, const SymbolLine& line) {
  if (pattern.anything) return true;
  return line.HasLabel(pattern.label_set) &&
         std::all_of(pattern.needs.begin(), pattern.needs.end(), [&](const PatternNeed& need) {
           switch (need.kind) {
             case PatternNeed::Kind::kVerb:
               return line.HasVerb(need.set);
             case PatternNeed::Kind::kWord:
               return line.HasWord(need.set);
             case PatternNeed::Kind::kLabel:
               break;
           }
           return line.HasLabel(need.set);
         });
}

RE2::Options GuardOptions() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kGuardBudget);
  return options;
}

}  // namespace

/// A rule with what is made of it.
struct Matcher::CompiledRule {
  CompiledRule(const PackData& pack, std::uint32_t number, Rule rule_of_it, PatternSets& sets);

  const Rule rule;
  std::vector<Pattern> patterns;
  std::vector<std::unique_ptr<RE2>> unless;
};

struct Matcher::Impl {
  explicit Impl(const Words& lexicon) : words(lexicon) {}

  const Words& words;
  std::vector<std::shared_ptr<const CompiledRule>> rules;  ///< Shared with variants of this one.
  std::vector<const Pattern*> patterns;                    ///< Of all rules.
  PatternSets sets;                                        ///< That these patterns ask for.
  std::optional<MemberSets> word_sets, label_sets;         ///< Made of `sets`.

  // Which patterns to try on a sentence: of a variant, those that `base` tries, and always all of
  // the rule that is another.
  std::shared_ptr<const Impl> base;
  std::uint32_t changed = 0;
  Prefilter prefilter;

  /// After `rules` are there.
  void Build();
  /// Numbers of patterns of `base` as those of this one, and those of the changed rule.
  void Renumber(std::vector<int>& numbers) const;
  void Possible(const std::vector<Token>& tokens, const std::vector<Mention>& mentions,
                Prefilter::Room& room, std::vector<int>& numbers) const;
  /// What rules the rule out in this sentence; empty where nothing does.
  std::string GuardOf(std::uint32_t rule, std::string_view sentence) const;
  void Try(const Pattern& pattern, const Analysis& analysis, std::string_view sentence,
           const Context& context, Room& room, std::vector<Candidate>& out) const;
};

namespace {

constexpr const char* kNobodyAtHome =
    "nobody is named who did it, and nothing says that it was done at home";

/// One match of one pattern, and what becomes of it: `ruled_out` says why nothing may; empty where
/// something may.
class MatchReader {
 public:
  MatchReader(const Words& words, const Rule& rule, const Pattern& pattern,
              const Analysis& analysis, const Matcher::Context& context, const SentenceLine& line,
              const std::string& ruled_out, std::vector<Candidate>& out)
      : words_(words),
        rule_(rule),
        pattern_(pattern),
        analysis_(analysis),
        context_(context),
        line_(line),
        ruled_out_(ruled_out),
        out_(out) {}

  void Read(const PatternMatch& match) {
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
    base_.named_only = rule_.named_only || line_.active != kNoChunk;
    // What stands left of a passive has moved behind it.
    const bool turned = base_.verb != kNoChunk && base_.verb == line_.active;
    if (turned && pattern_.compiled.left == LeftOfVerb::kObject) return;
    std::vector<std::uint32_t> objects =
        pattern_.compiled.left == LeftOfVerb::kObject
            ? SubjectsAsObjects()
            : ListedObjects({line_.chunks.begin() + match.object_first,
                             line_.chunks.begin() + match.object_last});
    if (!objects.empty()) ReadSubjects(at(match.subject), objects);
  }

 private:
  const Chunk& At(std::uint32_t i) const { return analysis_.chunks[i]; }
  bool IsKind(std::uint32_t i, ChunkKind kind) const {
    return i < analysis_.chunks.size() && At(i).kind == kind;
  }
  bool Fits(std::uint32_t i) const {
    return At(i).kind == ChunkKind::kNoun && pattern_.compiled.labels.count(At(i).label) > 0;
  }
  /// The name before the head of "the Union's efforts", kNoChunk where there is none that fits.
  std::uint32_t FittingModifier(std::uint32_t i) const {
    if (Fits(i) || !IsVia(i)) return kNoChunk;
    // "the Union's Clean Rivers Campaign" has a name of its own.
    if (At(i).capital && At(i).head > At(i).core && !At(i).label.empty()) return kNoChunk;
    for (const std::uint32_t modifier : At(i).modifiers) {
      if (pattern_.compiled.labels.count(analysis_.mentions[modifier].label) > 0) return modifier;
    }
    return kNoChunk;
  }
  bool IsVia(std::uint32_t i) const {
    return At(i).kind == ChunkKind::kNoun && pattern_.compiled.via.count(At(i).word) > 0;
  }

  /// Of the verb; of a comma that stands for one, of whom it says something.
  const std::vector<std::uint32_t>& SubjectsOf(const Chunk& verb) const {
    const bool copula = line_.copula != kNoChunk && &verb == &At(line_.copula);
    return copula ? line_.bearers : verb.subjects;
  }

  /// What the grammatical subject of a passive names.
  std::vector<std::uint32_t> SubjectsAsObjects() const {
    std::vector<std::uint32_t> objects;
    for (const std::uint32_t noun : SubjectsOf(At(base_.verb))) {
      if (Fits(noun)) {
        if (!IsPlace(noun)) objects.push_back(noun);
        AddExamples(noun, objects);
      } else if (IsVia(noun)) {
        // "the work of A", "the reports produced by A"
        const std::uint32_t next =
            noun + (IsKind(noun + 1, ChunkKind::kVerb) && At(noun + 1).shape == VerbShape::kReduced
                        ? 2
                        : 1);
        if (IsKind(next, ChunkKind::kPreposition) && next + 1 < analysis_.chunks.size() &&
            Fits(next + 1)) {
          objects.push_back(next + 1);
        }
      }
    }
    return objects;
  }

  /// "Two conventions of the Organization, namely A and B, were ratified."
  void AddExamples(std::uint32_t noun, std::vector<std::uint32_t>& objects) const {
    if (!At(noun).plural || At(noun).mention != kNoChunk) return;
    std::uint32_t i = noun + 1;
    while (IsKind(i, ChunkKind::kPreposition) && IsKind(i + 1, ChunkKind::kNoun)) i += 2;
    if (IsKind(i, ChunkKind::kComma)) ++i;
    if (!IsKind(i, ChunkKind::kIncluding)) return;
    for (++i; i < analysis_.chunks.size() && At(i).kind != ChunkKind::kVerb; ++i) {
      if (IsKind(i, ChunkKind::kStop) || IsKind(i, ChunkKind::kRelative)) break;
      if (Fits(i) && !IsKind(i - 1, ChunkKind::kPreposition)) objects.push_back(i);
    }
  }

  /// "the war in A that threatened us": A is only where it is.
  bool IsPlace(std::uint32_t noun) const {
    return noun > 0 && words_.IsActorLabel(At(noun).label) &&
           IsKind(noun - 1, ChunkKind::kPreposition) && At(noun - 1).word != "of" &&
           At(noun - 1).word != "by";
  }

  /// Members of the list, not what only qualifies them.
  std::vector<std::uint32_t> ListedObjects(const std::vector<std::uint32_t>& chunks) const {
    std::vector<std::uint32_t> objects;
    bool in_phrase = false;  // "the presence of A and B": B goes with A.
    for (std::size_t k = 0; k < chunks.size(); ++k) {
      const std::uint32_t i = chunks[k];
      if (At(i).kind == ChunkKind::kIncluding) in_phrase = false;
      // "talks between A and B" are neither A nor B.
      in_phrase |= At(i).kind == ChunkKind::kPreposition && At(i).word == "between";
      // "efforts to persuade A and B" are not B's.
      in_phrase |= At(i).kind == ChunkKind::kVerb && At(i).shape == VerbShape::kInfinitive;
      // "of A, of B" is one list, "support A, in view of B" is not.
      if (k > 0 && At(i).kind == ChunkKind::kPreposition &&
          At(chunks[k - 1]).kind == ChunkKind::kComma &&
          (chunks[0] == 0 || At(chunks[0] - 1).word != At(i).word)) {
        break;
      }
      if (!Fits(i) &&
          (FittingModifier(i) == kNoChunk || (!pattern_.compiled.before_head && LeadsOn(i))))
        continue;
      const bool member = IsMember(chunks, k);
      // "the mechanism of A and B" where the mechanism itself is a member: B may be one, too.
      in_phrase |= !member && !(k >= 2 && Fits(chunks[k - 2]));
      if (in_phrase || !member) continue;
      if (k > 0 && OpensClause(i)) break;
      if (k == 0 && QualifiesFitting(i)) continue;
      objects.push_back(i);
    }
    return objects;
  }

  /// "the Network of A, to which …": the Network is the object, not A.
  bool QualifiesFitting(std::uint32_t i) const {
    return base_.first == i && i >= 2 && IsKind(i - 1, ChunkKind::kPreposition) &&
           At(i - 1).word == "of" && Fits(i - 2) && !words_.IsActorLabel(At(i).label);
  }

  /// "the Union's efforts within A": A is the object, not the Union.
  bool LeadsOn(std::uint32_t i) const {
    return IsKind(i + 1, ChunkKind::kPreposition) && IsKind(i + 2, ChunkKind::kNoun) && Fits(i + 2);
  }

  bool IsMember(const std::vector<std::uint32_t>& chunks, std::size_t k) const {
    if (k == 0) return true;
    if (At(chunks[k - 1]).kind != ChunkKind::kPreposition) {
      // "efforts to strengthen A" and "the report published by A" are not A.
      return At(chunks[k - 1]).kind != ChunkKind::kNoun &&
             At(chunks[k - 1]).kind != ChunkKind::kVerb;
    }
    // "the principles enshrined in A", "the role given to A"
    if (k >= 3 && At(chunks[k - 2]).kind == ChunkKind::kVerb &&
        At(chunks[k - 2]).shape == VerbShape::kReduced && IsVia(chunks[k - 3])) {
      return IsMember(chunks, k - 3);
    }
    // "the reform of B, including of A"
    if (k >= 2 && At(chunks[k - 2]).kind == ChunkKind::kIncluding &&
        At(chunks[k - 1]).word == "of") {
      return false;
    }
    // "with B and with A", "partners (from A, B)"
    if (k >= 2 && At(chunks[k - 2]).kind != ChunkKind::kNoun &&
        At(chunks[k - 2]).kind != ChunkKind::kVerb) {
      return true;
    }
    // "the work of A": the noun before the preposition must be one that leads to the object.
    if (k < 2 || !IsVia(chunks[k - 2])) return false;
    // "attacks in A" are not A's.
    const std::string& preposition = At(chunks[k - 1]).word;
    if (words_.IsActorLabel(At(chunks[k]).label) && preposition != "of" && preposition != "by") {
      return false;
    }
    return IsMember(chunks, k - 2);
  }

  /// "… supports A, and B has …": B is the subject of what follows.
  bool OpensClause(std::uint32_t noun) const {
    for (std::uint32_t i = noun + 1; i < analysis_.chunks.size(); ++i) {
      if (At(i).kind == ChunkKind::kPreposition || At(i).kind == ChunkKind::kNoun) continue;
      if (At(i).kind != ChunkKind::kVerb || At(i).shape != VerbShape::kFinite) return false;
      if (i == base_.verb) return false;
      return IsSubjectOf(noun, At(i));
    }
    return false;
  }

  /// Those that are named with `actor` in one list: "the accession of A, B and C to", "to which A
  /// and B acceded".
  std::vector<std::uint32_t> WithListed(std::uint32_t actor) const {
    const auto is_state = [&](std::uint32_t i) {
      return IsKind(i, ChunkKind::kNoun) && At(i).mention != kNoChunk &&
             words_.IsActorLabel(At(i).label);
    };
    if (base_.verb != kNoChunk && !At(base_.verb).passive) {
      const auto& subjects = At(base_.verb).subjects;
      if (IsSubjectOf(actor, At(base_.verb)) &&
          std::all_of(subjects.begin(), subjects.end(), is_state)) {
        return subjects;
      }
    }
    std::vector<std::uint32_t> actors = {actor};
    std::uint32_t last = actor;
    // "attended by experts from A, B and C"
    if (IsSentBy(words_, analysis_, At(actor))) last += 2;
    if (!is_state(last)) return actors;
    for (std::uint32_t i = last + 1; i + 1 < base_.last && is_state(i + 1); i += 2) {
      if (!IsKind(i, ChunkKind::kComma) && !IsKind(i, ChunkKind::kConjunction)) break;
      actors.push_back(i + 1);
    }
    return actors;
  }

  /// `in_place`: what the pattern itself has for {subject}.
  void ReadSubjects(std::uint32_t in_place, const std::vector<std::uint32_t>& objects) {
    if (in_place != kNoChunk) {
      for (const std::uint32_t subject : WithListed(in_place)) Emit(subject, objects);
      return;
    }
    if (rule_.of_clause) return EmitOfClause(objects);
    const bool names_actor = pattern_.compiled.left == LeftOfVerb::kActor;
    if (rule_.home_only && !names_actor && IsAnybodys()) return Stop(objects, kNobodyAtHome);
    if (base_.verb == kNoChunk) return Emit(kNoChunk, objects);
    const Chunk& verb = At(base_.verb);
    if (names_actor) return EmitActors(verb, objects);
    if (!verb.passive || pattern_.compiled.has_subject) return Emit(kNoChunk, objects);
    if (verb.agent == kNoChunk) {
      if (BelongsElsewhere(objects)) return Stop(objects, "it is somebody else's");
      if (rule_.main_only && base_.verb > 0 && IsKind(base_.verb - 1, ChunkKind::kRelative)) {
        return Stop(objects, "it stands in a relative clause and nobody is named who did it");
      }
      if (rule_.agent_only && !IsHomeMade(objects)) {
        return Stop(objects, "nobody is named who did it");
      }
      if (IsAnybodys()) return Stop(objects, kNobodyAtHome);
      return Emit(kNoChunk, objects);
    }
    // "the blockade imposed by (the Government of) A": A is what is spoken of, by the author.
    if (pattern_.compiled.left == LeftOfVerb::kNothing &&
        std::any_of(objects.begin(), objects.end(), [&](std::uint32_t object) {
          return object == verb.agent || object == verb.agent + 2;
        })) {
      return Emit(kNoChunk, objects);
    }
    if (!ActsAsAgent(verb.agent)) return StopAtAgent(verb, objects);
    Emit(verb.agent, objects);
  }

  /// "the National Centre, founded in 2014": of a thing of home nobody needs to be told who did it.
  bool IsHomeMade(const std::vector<std::uint32_t>& objects) const {
    return std::all_of(objects.begin(), objects.end(), [&](std::uint32_t object) {
      return words_.IsActingLabel(At(object).label) && IsOfHome(words_, analysis_, At(object));
    });
  }

  /// What nobody is named for in a speech may be anybody's, unless "our", "national", or the
  /// author's own name stands in the sentence.
  bool IsAnybodys() const {
    return analysis_.spoken &&
           std::none_of(analysis_.tokens.begin(), analysis_.tokens.end(),
                        [&](const Token& token) { return words_.IsHome(token.folded); }) &&
           std::none_of(analysis_.mentions.begin(), analysis_.mentions.end(),
                        [&](const Mention& mention) { return mention.name == context_.author; });
  }

  /// The clause of an insertion: what it interrupts or ends, or what follows where it opens a
  /// clause, as at the start of a sentence and after "that".
  std::uint32_t VerbOfClause() const {
    std::uint32_t before = base_.first;
    if (before > 0 && IsKind(before - 1, ChunkKind::kComma)) --before;
    const bool opens = before == 0 || IsKind(before - 1, ChunkKind::kRelative) ||
                       IsKind(before - 1, ChunkKind::kSubordinator) ||
                       IsKind(before - 1, ChunkKind::kConjunction);
    for (std::uint32_t i = opens ? 0 : before; i-- > 0 && !IsKind(i, ChunkKind::kStop);) {
      if (IsFinite(i)) return i;
    }
    for (std::uint32_t i = base_.last; i < analysis_.chunks.size(); ++i) {
      if (IsKind(i, ChunkKind::kStop)) break;
      if (IsFinite(i) && !IsKind(i - 1, ChunkKind::kRelative)) return i;
    }
    // "Allow me, as a member of A, to say"
    for (std::uint32_t i = base_.last; i < analysis_.chunks.size(); ++i) {
      if (IsKind(i, ChunkKind::kVerb)) return i;
    }
    return kNoChunk;
  }
  bool IsFinite(std::uint32_t i) const {
    return IsKind(i, ChunkKind::kVerb) && At(i).shape == VerbShape::kFinite;
  }

  /// "share our practices as a member": a noun that neither acts nor names anything, nor is a way
  /// of becoming something.
  bool IsPlainThing(std::uint32_t noun) const {
    const std::string_view first = analysis_.tokens[At(noun).first].folded;
    return At(noun).mention == kNoChunk && !words_.IsThingsOwn(first) &&
           (At(noun).tags & kPronoun) == 0 && !CanAct(words_, analysis_, At(noun)) &&
           !words_.IsCandidacy(At(noun).word);
  }

  /// Whether the noun of the match is the subject of the verb behind it.
  bool IsSubjectHere() const {
    if (!IsFinite(base_.last)) return false;
    std::uint32_t noun = base_.first;
    while (!IsKind(noun, ChunkKind::kNoun)) ++noun;
    return IsSubjectOf(noun, At(base_.last));
  }

  void EmitOfClause(const std::vector<std::uint32_t>& objects) {
    // "served as a member", "its election as a member": somebody else may be meant.
    const bool after_word =
        base_.first > 0 &&
        (IsKind(base_.first - 1, ChunkKind::kVerb) ||
         (IsKind(base_.first - 1, ChunkKind::kNoun) && !IsPlainThing(base_.first - 1)));
    // "as members of A know": they are the subject, and no aside.
    const std::uint32_t verb = after_word || IsSubjectHere() ? kNoChunk : VerbOfClause();
    if (verb == kNoChunk) return Stop(objects, "it belongs to no clause");
    EmitActors(At(verb), objects);
  }

  /// A passive that was read as active: its agent, or at home the author.
  void EmitAgent(const Chunk& verb, const std::vector<std::uint32_t>& objects) {
    if (verb.agent == kNoChunk) {
      if (!rule_.home_only) return Stop(objects, "nobody is named who did it");
      if (HasOtherName(objects)) return Stop(objects, "it has the name of somebody else");
      if (IsAnybodys()) return Stop(objects, kNobodyAtHome);
      return Emit(kNoChunk, objects);
    }
    if (!ActsAsAgent(verb.agent)) return StopAtAgent(verb, objects);
    for (const std::uint32_t agent : WithListed(verb.agent)) Emit(agent, objects);
  }

  void StopAtAgent(const Chunk& verb, const std::vector<std::uint32_t>& objects) {
    Stop(objects, "'" + At(verb.agent).word + "' did it, who is no actor");
  }

  /// A body that is named only as an agent may be anybody's: "by the Committee of Ministers".
  bool ActsAsAgent(std::uint32_t agent) const {
    const Chunk& noun = At(agent);
    const WordInfo* head = words_.Find(noun.word);
    const bool part = head != nullptr && head->Is(kActorNoun);  // "by the Ministry of Justice"
    return CanAct(words_, analysis_, noun) &&
           (part || IsSentBy(words_, analysis_, noun) || !words_.IsActingLabel(noun.label));
  }

  /// "the Constitution of A": by its name it is another actor's.
  bool BelongsElsewhere(const std::vector<std::uint32_t>& objects) const {
    return std::any_of(objects.begin(), objects.end(), [&](std::uint32_t object) {
      if (!IsKind(object + 1, ChunkKind::kPreposition) || At(object + 1).word != "of" ||
          !IsKind(object + 2, ChunkKind::kNoun) || At(object + 2).mention == kNoChunk) {
        return false;
      }
      const Mention& owner = analysis_.mentions[At(object + 2).mention];
      return words_.IsActorLabel(owner.label) && owner.name != context_.author;
    });
  }

  /// "the Union's Centre", of which nobody says who founded it.
  bool HasOtherName(const std::vector<std::uint32_t>& objects) const {
    return std::any_of(objects.begin(), objects.end(), [&](std::uint32_t object) {
      const auto& names = At(object).modifiers;
      return words_.IsActingLabel(At(object).label) &&
             std::any_of(names.begin(), names.end(), [&](std::uint32_t name) {
               const Mention& mention = analysis_.mentions[name];
               return mention.kind == Mention::Kind::kName && mention.name != context_.author;
             });
    });
  }

  void EmitActors(const Chunk& verb, const std::vector<std::uint32_t>& objects) {
    if (line_.active == base_.verb && base_.verb != kNoChunk) return EmitAgent(verb, objects);
    if (pattern_.compiled.any_verb && Recommends(verb)) {
      return Stop(objects, "'" + verb.word + "' is about what others should do");
    }
    // "condemns B together with A": who is with whom would be a guess.
    const bool of_things = std::none_of(objects.begin(), objects.end(), [&](std::uint32_t object) {
      return words_.IsActorLabel(At(object).label);
    });
    for (const std::uint32_t companion : verb.company) {
      if (of_things) Emit(companion, objects);
    }
    const std::vector<std::uint32_t>& subjects = SubjectsOf(verb);
    if (subjects.empty()) {
      if (verb.implicit_subject) return Emit(kNoChunk, objects);
      return Stop(objects, "'" + verb.word + "' has no subject");
    }
    for (const std::uint32_t subject : subjects) {
      if (CanAct(words_, analysis_, At(subject))) {
        Emit(subject, objects);
      } else {
        Stop(objects, "the subject '" + At(subject).word + "' is no actor");
      }
    }
  }

  bool Recommends(const Chunk& verb) const {
    const WordInfo* info = words_.Find(verb.word);
    return info != nullptr && info->Is(kRecommending);
  }

  void Stop(const std::vector<std::uint32_t>& objects, const std::string& why) {
    if (!context_.explain) return;
    for (const std::uint32_t object : objects) {
      Candidate candidate = base_;
      candidate.object = object;
      candidate.stopped = why;
      out_.push_back(std::move(candidate));
    }
  }

  void Emit(std::uint32_t subject, const std::vector<std::uint32_t>& objects) {
    for (const std::uint32_t object : objects) {
      if (object == subject || (rule_.author_only && !IsAuthor(subject))) continue;
      // What the lead-in says for itself was read with the lead-in.
      const std::uint32_t last = std::max(object, base_.verb == kNoChunk ? object : base_.verb);
      if (last < analysis_.item_first) continue;
      if (rule_.item_only && !StartsItem()) {
        // Of what is no list item the rule has nothing to say.
        if (context_.list_item) Stop({object}, "it does not begin the list item");
        continue;
      }
      Candidate candidate = base_;
      candidate.subject = subject;
      candidate.object = object;
      if (pattern_.compiled.left != LeftOfVerb::kObject) {
        candidate.object_mention = FittingModifier(object);
      }
      candidate.stopped = ruled_out_;
      JudgeCandidate(candidate);
      out_.push_back(std::move(candidate));
    }
  }

  bool IsAuthor(std::uint32_t actor) const {
    if (actor == kNoChunk || (At(actor).tags & kAuthorPronoun) != 0) return true;
    return At(actor).mention != kNoChunk &&
           analysis_.mentions[At(actor).mention].name == context_.author;
  }

  bool StartsItem() const { return context_.list_item && base_.first == analysis_.item_first; }

  /// "We hope for our accession", "our accession will help": the verb that the noun is the subject
  /// of, else the verb before it, says whether it has come about.
  void JudgeByGovernor(Candidate& candidate) const {
    std::uint32_t noun = candidate.first;
    while (noun + 1 < candidate.last && !IsKind(noun, ChunkKind::kNoun)) ++noun;
    const std::uint32_t governor = Governor(noun);
    if (governor == kNoChunk) return;
    const Chunk& verb = At(governor);
    candidate.guard = verb.modality_word;
    candidate.modality = verb.modality;
    if (verb.modality == Modality::kDenied) return;
    if (words_.IsPerformative(verb.word) && verb.modality != Modality::kRecommended) {
      candidate.modality = Modality::kAsserted;
    }
    const Modality* makes = governor < noun ? words_.Catenative(verb.word) : nullptr;
    if (governor > noun) {
      // "hopes that its accession is near"
      for (std::uint32_t i = noun; i-- > 1 && !IsKind(i, ChunkKind::kComma);) {
        if (!IsKind(i, ChunkKind::kRelative) || !IsKind(i - 1, ChunkKind::kVerb)) continue;
        makes = words_.Catenative(At(i - 1).word);
        break;
      }
    }
    if (candidate.modality != Modality::kAsserted || makes == nullptr) return;
    candidate.modality = *makes;
    candidate.guard = verb.word;
  }

  std::uint32_t Governor(std::uint32_t noun) const {
    // "Talks on the accession will end": what the subject has in it ends with it.
    std::uint32_t head = noun;
    while (head >= 2 && IsKind(head - 1, ChunkKind::kPreposition) &&
           IsKind(head - 2, ChunkKind::kNoun)) {
      head -= 2;
    }
    if (head != noun && head == 0) noun = head;
    for (std::uint32_t i = noun + 1; i < analysis_.chunks.size(); ++i) {
      if (IsKind(i, ChunkKind::kVerb) && IsSubjectOf(noun, At(i))) return i;
    }
    // "does something to achieve something, through its membership of A": the main verb.
    const bool aside = noun >= 2 && IsKind(noun - 1, ChunkKind::kPreposition) &&
                       IsKind(noun - 2, ChunkKind::kComma);
    for (std::uint32_t i = noun; i-- > 0 && !IsKind(i, ChunkKind::kStop);) {
      if (aside ? IsFinite(i) : IsKind(i, ChunkKind::kVerb)) return i;
    }
    return kNoChunk;
  }

  /// "is committed to implementing A", "our commitment to uphold A": the deed is to come, the
  /// commitment is there.
  void JudgeCommitted(Candidate& candidate) const {
    const Chunk& verb = At(candidate.verb);
    const bool of_noun = verb.shape == VerbShape::kInfinitive && candidate.verb > 0 &&
                         words_.IsCommitting(At(candidate.verb - 1).word);
    if (of_noun ||
        (verb.modality == Modality::kPlanned && words_.IsCommitting(verb.modality_word))) {
      return;
    }
    candidate.modality = verb.modality;
    candidate.guard = verb.modality_word;
    if (candidate.stopped.empty()) candidate.stopped = "nobody is said to be committed to it";
  }

  void JudgeCandidate(Candidate& candidate) const {
    if (IsDenied(candidate)) {
      candidate.modality = Modality::kDenied;
      candidate.guard = "no";
      return;
    }
    if (rule_.told) return JudgeByGovernor(candidate);
    if (rule_.committed) return JudgeCommitted(candidate);
    if (candidate.verb != kNoChunk) {
      const Chunk& verb = At(candidate.verb);
      candidate.modality = verb.modality;
      candidate.guard = verb.modality_word;
      const bool own_clause = !verb.implicit_subject && verb.shape == VerbShape::kFinite;
      if (candidate.modality != Modality::kAsserted || own_clause) return;
    }
    if (context_.proposal) {
      candidate.modality = Modality::kRecommended;
      candidate.guard = "proposals";
    }
  }

  /// "takes no part in A", "supports no treaty".
  bool IsDenied(const Candidate& candidate) const {
    const auto denies = [&](std::uint32_t noun) {
      return IsKind(noun, ChunkKind::kNoun) &&
             words_.IsDenying(analysis_.tokens[At(noun).first].folded);
    };
    const bool behind_verb = candidate.verb != kNoChunk && candidate.verb + 1 < candidate.last;
    return denies(candidate.object) || (behind_verb && denies(candidate.verb + 1));
  }

  const Words& words_;
  const Rule& rule_;
  const Pattern& pattern_;
  const Analysis& analysis_;
  const Matcher::Context& context_;
  const SentenceLine& line_;
  const std::string& ruled_out_;
  std::vector<Candidate>& out_;
  Candidate base_;
};

}  // namespace

Matcher::CompiledRule::CompiledRule(const PackData& pack, std::uint32_t number, Rule rule_of_it,
                                    PatternSets& sets)
    : rule(std::move(rule_of_it)) {
  const auto fail = [&](const Error& error) {
    throw Error(ErrorCode::kSyntax, rule.file + ":" + std::to_string(rule.line) + ": rule '" +
                                        rule.id + "': " + error.what())
        .WithHint(error.hint());
  };
  for (const std::string& text : rule.patterns) {
    Pattern pattern;
    pattern.rule = number;
    pattern.number = static_cast<std::uint32_t>(&text - rule.patterns.data());
    try {
      pattern.compiled = CompilePattern(pack, text, sets);
    } catch (const Error& error) {
      fail(error);
    }
    patterns.push_back(std::move(pattern));
  }
  for (const std::string& text : rule.unless) {
    auto regex = std::make_unique<RE2>(text, GuardOptions());
    if (!regex->ok()) fail(Error(ErrorCode::kSyntax, "'unless' is no RE2: " + regex->error()));
    unless.push_back(std::move(regex));
  }
}

void Matcher::Impl::Build() {
  for (const auto& rule : rules) {
    for (const Pattern& pattern : rule->patterns) patterns.push_back(&pattern);
  }
  word_sets.emplace(sets.words);
  label_sets.emplace(sets.labels);
}

Matcher::Matcher(const PackData& pack, const Words& words, Vocabulary& vocabulary) {
  auto impl = std::make_shared<Impl>(words);
  for (std::uint32_t i = 0; i < pack.rules.size(); ++i) {
    impl->rules.push_back(std::make_shared<CompiledRule>(pack, i, pack.rules[i], impl->sets));
  }
  impl->Build();
  for (const Pattern* pattern : impl->patterns) impl->prefilter.Add(pattern->compiled);
  impl->prefilter.Build(pack, words, vocabulary);
  impl_ = std::move(impl);
}

Matcher::Matcher(const Matcher& base, const PackData& pack, std::uint32_t number, Rule rule) {
  auto impl = std::make_shared<Impl>(base.impl_->words);
  impl->base = base.impl_;
  impl->changed = number;
  impl->rules = base.impl_->rules;
  impl->sets = base.impl_->sets;  // Their numbers stay; there may be more.
  impl->rules[number] = std::make_shared<CompiledRule>(pack, number, std::move(rule), impl->sets);
  impl->Build();
  impl_ = std::move(impl);
}

Matcher::~Matcher() = default;

const Rule& Matcher::RuleAt(std::uint32_t number) const { return impl_->rules[number]->rule; }

void Matcher::Impl::Renumber(std::vector<int>& numbers) const {
  const auto size_of = [&](const Impl& impl, std::uint32_t rule) {
    return static_cast<int>(impl.rules[rule]->patterns.size());
  };
  int first = 0;
  for (std::uint32_t i = 0; i < changed; ++i) first += size_of(*this, i);
  const int before = size_of(*base, changed), now = size_of(*this, changed);
  const auto end = std::lower_bound(numbers.begin(), numbers.end(), first + before);
  std::for_each(end, numbers.end(), [&](int& number) { number += now - before; });
  auto at = numbers.erase(std::lower_bound(numbers.begin(), numbers.end(), first), end);
  for (int i = now; i-- > 0;) at = numbers.insert(at, first + i);
}

void Matcher::Impl::Possible(const std::vector<Token>& tokens, const std::vector<Mention>& mentions,
                             Prefilter::Room& room, std::vector<int>& numbers) const {
  if (base == nullptr) return prefilter.Possible(tokens, mentions, room, numbers);
  base->Possible(tokens, mentions, room, numbers);
  Renumber(numbers);
}

std::string Matcher::Impl::GuardOf(std::uint32_t rule, std::string_view sentence) const {
  const re2::StringPiece text(sentence.data(), sentence.size());
  for (const auto& regex : rules[rule]->unless) {
    re2::StringPiece found;
    if (!regex->Match(text, 0, text.size(), RE2::UNANCHORED, &found, 1)) continue;
    return "its guard 'unless: " + regex->pattern() + "' found '" + found.as_string() + "'";
  }
  return {};
}

void Matcher::Impl::Try(const Pattern& pattern, const Analysis& analysis, std::string_view sentence,
                        const Context& context, Room& room, std::vector<Candidate>& out) const {
  if (!HasNeeds(pattern.compiled, room.lines.Whole())) return;
  room.lines.AddPlainLines();
  const Rule& rule = rules[pattern.rule]->rule;
  std::optional<std::string> guard;  // Asked for once there is a match.
  for (std::size_t i = 0; i < room.lines.size(); ++i) {
    const SentenceLine& line = room.lines.At(i, pattern.compiled.dated);
    // What is said in passing of a clause is told by where it stands.
    if (line.moved && rule.of_clause) continue;
    Automaton::Search search(pattern.compiled.automaton, line.symbols, room.search);
    // Matches may overlap: the next one begins behind the first chunk of the last.
    PatternMatch match;
    std::uint32_t from = 0;
    while (search.Next(from, match)) {
      from = match.first + 1;
      if (!guard) guard = GuardOf(pattern.rule, sentence);
      if (!guard->empty() && !context.explain) return;
      MatchReader reader(words, rule, pattern, analysis, context, line, *guard, out);
      reader.Read(match);
    }
  }
}

void Matcher::Possible(const std::vector<Token>& tokens, const std::vector<Mention>& mentions,
                       Room& room, std::vector<int>& patterns) const {
  impl_->Possible(tokens, mentions, room.filter, patterns);
}

void Matcher::Match(const Analysis& analysis, std::string_view sentence, const Context& context,
                    Room& room, std::vector<Candidate>& candidates) const {
  candidates.clear();
  room.lines.Set(impl_->words, analysis, *impl_->word_sets, *impl_->label_sets);
  const auto attempt = [&](const Pattern& pattern) {
    impl_->Try(pattern, analysis, sentence, context, room, candidates);
  };
  const auto attempt_timed = [&](const Pattern& pattern) {
    if (context.times == nullptr) return attempt(pattern);
    const auto begin = std::chrono::steady_clock::now();
    attempt(pattern);
    const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - begin;
    context.times->emplace_back(pattern.rule, static_cast<std::uint64_t>(took.count()));
  };
  if (context.possible == nullptr) {
    for (const Pattern* pattern : impl_->patterns) attempt_timed(*pattern);
    return;
  }
  for (const int which : *context.possible) {
    attempt_timed(*impl_->patterns[static_cast<std::size_t>(which)]);
  }
}

}  // namespace verbale::extract
