// Why a fact was not read. Every sentence in which both ends can be found is an attempt. How near
// it came is told by the traces that the engine itself leaves: a candidate that is no assertion,
// one that was stopped, a name that is there in no place of its own, words that name nothing. The
// change that would let it through is found by trying: changes are applied to the pack, smallest
// first, and the sentence is read again.

#include <algorithm>
#include <optional>
#include <set>

#include "extract/match/pattern.h"
#include "extract/pack.h"
#include "extract/rules_tool.h"
#include "extract/tools/naming.h"
#include "extract/tools/pack_change.h"
#include "graph/ascii.h"
#include "graph/error.h"

namespace verbale::extract {

std::string_view Name(Obstacle obstacle) {
  constexpr std::string_view kNames[] = {"stated",  "modality",  "guard",   "stopped",
                                         "subject", "qualifier", "no rule", "slot type",
                                         "overlap", "no mention"};
  return kNames[static_cast<std::size_t>(obstacle)];
}

namespace {

/// One end of the fact: what it may be called.
struct Wanted {
  std::string given;
  std::vector<graph::Entity> entities;  ///< Of the gazetteers.
  std::vector<std::string> spellings;   ///< Lower-case.
};

/// Where `spelling` stands as whole words in `text`, both lower-case; npos where it does not. A
/// plural of the last word counts.
std::size_t FindWords(const std::string& text, const std::string& spelling) {
  const auto is_word = [&](std::size_t i) { return i < text.size() && IsAlnum(text[i]); };
  for (std::size_t at = text.find(spelling); at != std::string::npos;
       at = text.find(spelling, at + 1)) {
    std::size_t end = at + spelling.size();
    if (end < text.size() && text[end] == 's') ++end;
    if ((at == 0 || !is_word(at - 1)) && (!is_word(end) || !is_word(at + spelling.size()))) {
      return at;
    }
  }
  return std::string::npos;
}

class Explainer {
 public:
  Explainer(const Pack& pack, const std::string& subject, const std::string& relation,
            const std::string& object)
      : pack_(pack),
        data_(static_cast<const LoadedPack&>(pack).compiled().data),
        naming_(pack),
        subject_(Want(subject)),
        object_(Want(object)),
        object_label_(LabelOfObject()),
        relation_(FindRelation(relation)) {}

  std::optional<Attempt> Explain(const SentenceTrace& trace) const {
    if (!HasSubject(trace)) return std::nullopt;
    Attempt attempt;
    attempt.section = trace.section;
    attempt.sentence = trace.sentence;
    attempt.span = trace.span;
    const bool known = ByCandidate(trace, attempt) || ByMention(trace, attempt) ||
                       ByOverlap(trace, attempt) || ByWords(trace, attempt);
    if (!known) return std::nullopt;
    return attempt;
  }

  void FindChange(const SentenceTrace& trace, Attempt& attempt) const {
    if (attempt.obstacle == Obstacle::kStated || attempt.obstacle == Obstacle::kOtherSubject)
      return;
    if (attempt.obstacle == Obstacle::kModality) {
      attempt.change =
          "none is needed to see it: verbale readings lists it, and build "
          "--keep-unasserted stores it under a type of its own";
      return;
    }
    for (const PackChange& change : Changes(trace, attempt)) {
      const std::optional<graph::Modality> modality = LetsThrough(trace, change);
      if (!modality) continue;
      attempt.change = Describe(pack_, change);
      if (*modality != graph::Modality::kAsserted) {
        attempt.change += "; it would be " + std::string(graph::Name(*modality));
      }
      attempt.edit = change;
      return;
    }
  }

 private:
  Wanted Want(const std::string& name) const {
    Wanted wanted;
    wanted.given = name;
    wanted.entities = pack_.FindEntities(name, "");
    std::set<std::string> spellings = {LowerCase(name), naming_.Norm(name)};
    for (const graph::Entity& entity : wanted.entities) {
      spellings.insert(LowerCase(entity.name));
      for (const std::string& alias : entity.aliases) spellings.insert(LowerCase(alias));
    }
    wanted.spellings.assign(spellings.begin(), spellings.end());
    return wanted;
  }

  const RelationSignature& FindRelation(const std::string& name) const {
    std::vector<std::string> names;
    for (const RelationSignature& relation : data_.relations) {
      if (LowerCase(relation.name) == LowerCase(name)) return relation;
      names.push_back(relation.name);
    }
    throw Error(ErrorCode::kNotFound, "the pack has no relation '" + name + "'")
        .WithHint(DidYouMean(name, names));
  }

  static bool Matches(const Wanted& wanted, const std::string& label, const std::string& name) {
    return std::any_of(wanted.entities.begin(), wanted.entities.end(),
                       [&](const graph::Entity& entity) {
                         return entity.name == name && (label.empty() || entity.label == label);
                       });
  }
  bool IsObject(const std::string& label, const std::string& name) const {
    if (name.empty()) return false;
    if (Matches(object_, label, name) || naming_.Equal(name, object_.given)) return true;
    return object_.entities.empty() && (label.empty() || label == object_label_) &&
           naming_.Alike(name, object_.given);
  }
  /// A name that no gazetteer has, with the wanted one in it: "the “A” joint exercise".
  bool IsAroundObject(const TraceCandidate& found) const {
    if (found.object.empty() || !pack_.FindEntities(found.object, found.object_label).empty()) {
      return false;
    }
    const std::string text = LowerCase(found.object);
    return std::any_of(
        object_.spellings.begin(), object_.spellings.end(),
        [&](const std::string& words) { return FindWords(text, words) != std::string::npos; });
  }
  bool IsSubject(const std::string& name) const {
    return !name.empty() && (Matches(subject_, "", name) || naming_.Equal(name, subject_.given));
  }

  bool HasSubject(const SentenceTrace& trace) const {
    if (IsSubject(trace.author)) return true;
    for (const TraceMention& mention : trace.mentions) {
      if (IsSubject(mention.name)) return true;
    }
    const std::string text = LowerCase(trace.sentence);
    return std::any_of(
        subject_.spellings.begin(), subject_.spellings.end(),
        [&](const std::string& word) { return FindWords(text, word) != std::string::npos; });
  }

  // What a rule made of it.

  bool ByCandidate(const SentenceTrace& trace, Attempt& attempt) const {
    bool found = false;
    for (const TraceCandidate& candidate : trace.candidates) {
      if (candidate.relation != relation_.name) continue;
      if (!IsObject(candidate.object_label, candidate.object) && !IsAroundObject(candidate)) {
        continue;
      }
      Attempt here = attempt;
      Judge(candidate, here);
      if (found && here.obstacle >= attempt.obstacle) continue;
      attempt = std::move(here);
      found = true;
    }
    return found;
  }

  void Judge(const TraceCandidate& candidate, Attempt& attempt) const {
    attempt.rule = candidate.rule;
    if (!candidate.stopped.empty()) {
      const bool guard = candidate.stopped.rfind("its guard", 0) == 0;
      attempt.obstacle = guard ? Obstacle::kGuard : Obstacle::kStopped;
      attempt.why = "rule " + candidate.rule + " matched, but " + candidate.stopped;
    } else if (!IsSubject(candidate.subject)) {
      attempt.obstacle = Obstacle::kOtherSubject;
      attempt.why =
          "the sentence says it of " + candidate.subject + " (rule " + candidate.rule + ")";
    } else if (candidate.modality != graph::Modality::kAsserted) {
      attempt.obstacle = Obstacle::kModality;
      attempt.why = "it is " + std::string(graph::Name(candidate.modality)) + ", not stated" +
                    (candidate.guard.empty() ? "" : ": “" + candidate.guard + "”") + " (rule " +
                    candidate.rule + ")";
    } else {
      attempt.obstacle = Obstacle::kStated;
      attempt.why = "the sentence states it (rule " + candidate.rule + ")";
    }
  }

  // What the name does in the sentence.

  bool ByMention(const SentenceTrace& trace, Attempt& attempt) const {
    const TraceMention* found = nullptr;
    for (const TraceMention& mention : trace.mentions) {
      if (!IsObject(mention.label, mention.name)) continue;
      if (found == nullptr || (!found->qualifies.empty() && mention.qualifies.empty())) {
        found = &mention;
      }
    }
    if (found == nullptr) return false;
    if (!TakesLabel(found->label)) {
      attempt.obstacle = Obstacle::kSlotType;
      attempt.why = SlotType(found->label) + UnassertedVerbs(trace);
    } else if (!found->qualifies.empty()) {
      attempt.obstacle = Obstacle::kQualifier;
      attempt.why = "“" + found->surface + "” only qualifies “" + found->qualifies + "”";
    } else {
      NoRule(trace, attempt);
    }
    return true;
  }

  bool TakesLabel(const std::string& label) const {
    return relation_.to.empty() ||
           std::find(relation_.to.begin(), relation_.to.end(), label) != relation_.to.end();
  }

  std::string SlotType(const std::string& label) const {
    std::string to;
    for (const std::string& one : relation_.to) to += (to.empty() ? "" : ", ") + one;
    return relation_.name + " takes " + to + "; '" + object_.given + "' is " + label;
  }

  /// The pattern of the relation that got furthest, and what it wanted next.
  void NoRule(const SentenceTrace& trace, Attempt& attempt) const {
    attempt.obstacle = Obstacle::kNoRule;
    attempt.why = "no rule of " + relation_.name + " matched between '" + subject_.given +
                  "' and '" + object_.given + "'";
    PatternReach best;
    const std::string* pattern = nullptr;
    for (const Rule& rule : data_.rules) {
      if (rule.relation != relation_.name) continue;
      for (const std::string& text : rule.patterns) {
        PatternReach reach = ReachOf(data_, text, trace.phrases);
        if (pattern != nullptr && reach.matched * best.total <= best.matched * reach.total)
          continue;
        best = std::move(reach);
        pattern = &text;
        attempt.rule = rule.id;
      }
    }
    if (pattern != nullptr && !best.missing.empty()) {
      attempt.why += "; the nearest, " + attempt.rule + ", found no " + best.missing + " of '" +
                     *pattern + "'";
    }
    for (const TraceCandidate& candidate : trace.candidates) {
      if (candidate.relation == relation_.name || !candidate.stopped.empty() ||
          !IsObject(candidate.object_label, candidate.object)) {
        continue;
      }
      attempt.why += "; it reads " + candidate.subject + " " + candidate.relation + " " +
                     candidate.object + " (rule " + candidate.rule + ")";
      break;
    }
    attempt.why += UnassertedVerbs(trace);
  }

  bool ByOverlap(const SentenceTrace& trace, Attempt& attempt) const {
    for (const TraceMention& mention : trace.mentions) {
      const std::string surface = LowerCase(mention.surface), name = LowerCase(mention.name);
      for (const std::string& spelling : object_.spellings) {
        const bool inside = FindWords(surface, spelling) != std::string::npos;
        if (!inside || surface.size() <= spelling.size() + 1) continue;
        attempt.obstacle = Obstacle::kOverlap;
        attempt.why = "'" + object_.given + "' stands only inside the longer name “" +
                      mention.surface + "” (" + mention.label + " " + mention.name + ")";
        return true;
      }
    }
    return false;
  }

  bool ByWords(const SentenceTrace& trace, Attempt& attempt) const {
    const std::string text = LowerCase(trace.sentence);
    const bool there = std::any_of(
        object_.spellings.begin(), object_.spellings.end(),
        [&](const std::string& word) { return FindWords(text, word) != std::string::npos; });
    if (!there && !SharesWords(text)) return false;
    attempt.obstacle = Obstacle::kNoMention;
    attempt.why = "“" + object_.given +
                  "” is the name of nothing: no gazetteer has it, and it has "
                  "no head noun of " +
                  relation_.name;
    if (object_label_.empty() || (!object_.entities.empty() && !IsSpelled(trace))) return true;
    if (!TakesLabel(object_label_)) {
      attempt.obstacle = Obstacle::kSlotType;
      attempt.why = SlotType(object_label_) + UnassertedVerbs(trace);
    } else {
      NoRule(trace, attempt);
    }
    return true;
  }

  /// The name stands there as a gazetteer has it, capitals and all: in quotation marks, say, where
  /// it is part of a title.
  bool IsSpelled(const SentenceTrace& trace) const {
    return std::any_of(object_.entities.begin(), object_.entities.end(),
                       [&](const graph::Entity& entity) {
                         return FindWords(trace.sentence, entity.name) != std::string::npos;
                       });
  }

  /// "its verb 'continue' is recommended (“should”)": what no rule matched may be no fact, either.
  static std::string UnassertedVerbs(const SentenceTrace& trace) {
    std::string text;
    for (const TraceVerb& verb : trace.verbs) {
      text += "; its verb '" + verb.lemma + "' is " + std::string(graph::Name(verb.modality));
      if (!verb.word.empty()) text += " (“" + verb.word + "”)";
    }
    return text;
  }

  /// An open-class name is rarely repeated word for word: most of its words do.
  bool SharesWords(const std::string& text) const {
    if (!object_.entities.empty()) return false;
    const auto words = naming_.ContentWords(object_.given);
    const auto known = naming_.ContentWords(text);
    const auto shared = std::count_if(
        words.begin(), words.end(), [&](const std::string& word) { return known.count(word) > 0; });
    return words.size() > 1 && static_cast<std::size_t>(shared) * 4 >= words.size() * 3;
  }

  /// Label of the wanted thing: that of the gazetteer, or what its head noun makes of it.
  std::string LabelOfObject() const {
    if (!object_.entities.empty()) return object_.entities.front().label;
    std::string name = naming_.Norm(object_.given);
    for (const HeadNoun& head : data_.heads) {  // "memorandum of understanding"
      const bool several = head.lemma.find(' ') != std::string::npos;
      if (several && name.rfind(head.lemma, 0) == 0) return head.label;
    }
    // "the United Nations workshop" is a workshop: a known name in front only says whose.
    for (std::size_t end = name.rfind(' '); end != std::string::npos && end > 0;
         end = name.rfind(' ', end - 1)) {
      if (pack_.FindEntities(name.substr(0, end), "").empty()) continue;
      name.erase(0, end + 1);
      break;
    }
    return HeadLabel(name);
  }

  /// Of the last word, or of the last before a preposition.
  std::string HeadLabel(const std::string& name) const {
    std::string label, word;
    const Words& words = static_cast<const LoadedPack&>(pack_).compiled().words;
    for (std::size_t i = 0; i <= name.size(); ++i) {
      if (i < name.size() && name[i] != ' ') {
        word.push_back(name[i]);
        continue;
      }
      const WordInfo* info = words.Find(word);
      if (info != nullptr && info->Is(kPreposition)) break;
      label = words.HeadLabel(Words::Singular(word));
      word.clear();
    }
    return label;
  }

  // What would let it through.

  std::vector<PackChange> Changes(const SentenceTrace& trace, const Attempt& attempt) const {
    using Kind = PackChange::Kind;
    std::vector<PackChange> changes;
    for (const Rule& rule : data_.rules) {
      if (rule.id != attempt.rule) continue;
      for (std::size_t i = 0; i < rule.unless.size(); ++i) {
        changes.push_back({Kind::kDropGuard, rule.id, i, ""});
      }
      if (rule.item_only) changes.push_back({Kind::kDropCondition, rule.id, 0, "item"});
      if (rule.main_only) changes.push_back({Kind::kDropCondition, rule.id, 0, "main"});
      if (rule.named_only) changes.push_back({Kind::kDropCondition, rule.id, 0, "named"});
      AddLexical(rule, trace, changes);
    }
    return changes;
  }

  /// Lemmas of the sentence into the verb fragments of the rule, and a pattern from verb to object.
  void AddLexical(const Rule& rule, const SentenceTrace& trace,
                  std::vector<PackChange>& changes) const {
    using Kind = PackChange::Kind;
    std::set<std::string> fragments;
    for (const std::string& pattern : rule.patterns) {
      const std::size_t at = pattern.find("<verb:");
      if (at == std::string::npos) continue;
      const std::string name = pattern.substr(at + 1, pattern.find_first_of(".>", at) - at - 1);
      if (name != "verb:*") fragments.insert(name);
    }
    for (const std::string& lemma : Lemmas(trace.phrases)) {
      for (const std::string& fragment : fragments) {
        changes.push_back({Kind::kAddWord, fragment, 0, lemma});
      }
    }
    std::string labels;
    for (const std::string& label : relation_.to) {
      const auto is_label = [&](const graph::Entity& entity) { return entity.label == label; };
      if (!object_.entities.empty() &&
          std::none_of(object_.entities.begin(), object_.entities.end(), is_label)) {
        continue;
      }
      labels += (labels.empty() ? "" : "|") + label;
    }
    if (labels.empty()) return;
    const std::string slot = "{" + labels + "}";
    for (const char* before : {"{subject} <verb:*.any> ", "{subject} <verb:*.any> ... ",
                               "{subject} <verb:*.any> ... ... ", "<verb:*.any> ",
                               "<verb:*.any> ... ", "of|in|to|with|within|by|for|between "}) {
      changes.push_back({Kind::kAddPattern, rule.id, 0, before + slot});
    }
    changes.push_back({Kind::kAddPattern, rule.id, 0, slot + " <verb:*.any>"});
  }

  static std::vector<std::string> Lemmas(const std::string& phrases) {
    std::vector<std::string> lemmas;
    for (std::size_t at = phrases.find("v:"); at != std::string::npos;
         at = phrases.find(" v:", at + 1)) {
      const std::size_t begin = phrases.find(':', at) + 1;
      lemmas.push_back(phrases.substr(begin, phrases.find(':', begin) - begin));
    }
    return lemmas;
  }

  /// How the sentence is read with the changed pack; nullopt where it still says nothing.
  std::optional<graph::Modality> LetsThrough(const SentenceTrace& trace,
                                             const PackChange& change) const {
    const Reader reader(Changed(pack_, change, relation_.name));
    const graph::DocumentFacts facts =
        reader.ReadSentence(trace.sentence, trace.author, trace.lead_in);
    for (const graph::Fact& fact : facts.facts) {
      const graph::Entity& object = facts.entities[fact.object];
      if (fact.type == relation_.name && IsSubject(facts.entities[fact.subject].name) &&
          IsObject(object.label, object.name)) {
        return fact.evidence.modality;
      }
    }
    return std::nullopt;
  }

  const Pack& pack_;
  const PackData& data_;
  Naming naming_;
  Wanted subject_, object_;
  const std::string object_label_;
  const RelationSignature& relation_;
};

}  // namespace

void CheckIsNamed(const Pack& pack, std::span<const TracedDocument> documents,
                  const std::string& name) {
  if (!pack.FindEntities(name, "").empty()) return;
  const std::string wanted = LowerCase(name);
  std::set<std::string> known;
  for (const TracedDocument& document : documents) {
    for (const SentenceTrace& trace : document.traces) {
      if (FindWords(LowerCase(trace.sentence), wanted) != std::string::npos) return;
    }
    for (const graph::Entity& entity : document.facts.entities) known.insert(entity.name);
  }
  for (const NameEntry& entry : static_cast<const LoadedPack&>(pack).compiled().data.names) {
    known.insert(entry.name);
  }
  throw Error(ErrorCode::kNotFound, "nothing is called '" + name + "', nor does a sentence say it")
      .WithHint(DidYouMean(name, known, "", "'", "'"));
}

std::vector<Attempt> WhyNot(const Pack& pack, std::span<const SentenceTrace> traces,
                            const std::string& subject, const std::string& relation,
                            const std::string& object, const WhyNotOptions& options) {
  const Explainer explainer(pack, subject, relation, object);
  std::vector<std::pair<Attempt, const SentenceTrace*>> attempts;
  for (const SentenceTrace& trace : traces) {
    if (auto attempt = explainer.Explain(trace)) attempts.emplace_back(*std::move(attempt), &trace);
  }
  std::stable_sort(attempts.begin(), attempts.end(), [](const auto& a, const auto& b) {
    return a.first.obstacle < b.first.obstacle;
  });
  if (attempts.size() > options.limit) attempts.resize(options.limit);
  std::vector<Attempt> nearest;
  for (auto& [attempt, trace] : attempts) {
    if (options.find_changes) explainer.FindChange(*trace, attempt);
    nearest.push_back(std::move(attempt));
  }
  return nearest;
}

}  // namespace verbale::extract
