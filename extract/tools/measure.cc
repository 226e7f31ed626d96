// Rules measured over documents: how often each matches, what only it finds, what it costs; and
// what a pack's author may want to add.

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "extract/match/pattern.h"
#include "extract/match/rendering.h"
#include "extract/pack.h"
#include "extract/rules_tool.h"
#include "extract/tools/pack_change.h"
#include "graph/ascii.h"

namespace verbale::extract {
namespace {

const PackData& DataOf(const Pack& pack) {
  return static_cast<const LoadedPack&>(pack).compiled().data;
}

using FactKey = std::tuple<std::string, std::string, std::string, std::string>;

/// Which rules read which fact of which section.
std::map<FactKey, std::set<std::string>> RulesOfFacts(std::span<const TracedDocument> documents) {
  std::map<FactKey, std::set<std::string>> rules;
  for (const TracedDocument& document : documents) {
    for (const SentenceTrace& trace : document.traces) {
      for (const TraceCandidate& found : trace.candidates) {
        if (!found.stopped.empty() || found.modality != graph::Modality::kAsserted) continue;
        const std::string place = document.facts.document.symbol + "\n" + trace.section;
        rules[{place, found.subject, found.relation, found.object}].insert(found.rule);
      }
    }
  }
  return rules;
}

/// Pattern → phrases of the sentences in which it matched.
using Fired = std::map<std::uint32_t, std::vector<const std::string*>>;

/// Patterns of a rule that never matched, and of the others the words that stood in no match.
std::vector<std::string> SilentParts(const PackData& data, const Rule& rule, const Fired& fired) {
  std::vector<std::string> silent;
  for (std::uint32_t i = 0; i < rule.patterns.size(); ++i) {
    const auto at = fired.find(i);
    if (at == fired.end()) {
      silent.push_back(rule.patterns[i]);
      continue;
    }
    for (const Alternative& alternative : AlternativesOf(rule.patterns[i])) {
      if (MatchesAny(data, alternative.only, at->second)) continue;
      silent.push_back("'" + alternative.word + "' of " + rule.patterns[i]);
    }
  }
  return silent;
}

}  // namespace

std::vector<RuleStats> MeasureRules(const Pack& pack, std::span<const TracedDocument> documents,
                                    const Evaluation* evaluation) {
  const std::vector<Rule>& rules = DataOf(pack).rules;
  std::vector<RuleStats> stats(rules.size());
  std::map<std::string, std::size_t> numbers;
  std::vector<Fired> fired(rules.size());
  std::vector<std::uint64_t> times(rules.size(), 0);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    stats[i].rule = rules[i].id;
    numbers[rules[i].id] = i;
  }
  for (const TracedDocument& document : documents) {
    for (const SentenceTrace& trace : document.traces) {
      for (const TraceCandidate& found : trace.candidates) {
        const std::size_t rule = numbers.at(found.rule);
        stats[rule].matches += found.stopped.empty() ? 1 : 0;
        auto& places = fired[rule][found.pattern];
        if (places.empty() || places.back() != &trace.phrases) places.push_back(&trace.phrases);
      }
      for (const auto& [rule, nanoseconds] : trace.times) times[rule] += nanoseconds;
    }
  }
  for (const auto& [fact, readers] : RulesOfFacts(documents)) {
    if (readers.size() == 1) ++stats[numbers.at(*readers.begin())].unique;
  }
  if (evaluation != nullptr) {
    for (std::size_t i = 0; i < evaluation->predicted.size(); ++i) {
      const auto at = numbers.find(evaluation->predicted[i].rule);
      if (at == numbers.end()) continue;
      ++stats[at->second].judged;
      stats[at->second].right += evaluation->is_right[i] ? 1 : 0;
    }
  }
  std::uint64_t total = 0;
  for (const std::uint64_t time : times) total += time;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (total > 0) stats[i].time = static_cast<double>(times[i]) / static_cast<double>(total);
    stats[i].silent = SilentParts(DataOf(pack), rules[i], fired[i]);
  }
  return stats;
}

namespace {

/// Counts things, and keeps the first sentence of each.
class Tally {
 public:
  void Add(const std::string& what, const std::string& context) {
    const auto [at, fresh] = counts_.try_emplace(what, Suggestion{what, 0, context});
    ++at->second.count;
    static_cast<void>(fresh);
  }
  std::vector<Suggestion> Sorted() const {
    std::vector<Suggestion> list;
    for (const auto& [what, suggestion] : counts_) list.push_back(suggestion);
    std::stable_sort(list.begin(), list.end(),
                     [](const Suggestion& a, const Suggestion& b) { return a.count > b.count; });
    return list;
  }

 private:
  std::map<std::string, Suggestion> counts_;
};

/// Labels of what relations join.
struct Joined {
  explicit Joined(const PackData& data) {
    for (const RelationSignature& relation : data.relations) {
      from.insert(relation.from.begin(), relation.from.end());
      to.insert(relation.to.begin(), relation.to.end());
    }
  }
  std::set<std::string, std::less<>> from, to;
};

/// Verbs of a sentence that somebody who acts stands before, and something that a relation takes
/// behind: those that a rule could be made of, whether a fragment has them or not.
std::set<std::string> VerbsBetween(const std::string& phrases, const Joined& joined) {
  std::set<std::string> verbs;
  std::set<std::string> waiting;  // For something behind them.
  bool somebody = false;
  RenderingReader reader(phrases);
  for (Phrase phrase; reader.Next(phrase);) {
    if (phrase.kind == ChunkKind::kVerb && somebody) waiting.emplace(phrase.word);
    if (phrase.kind != ChunkKind::kNoun) continue;
    if (joined.to.contains(phrase.label)) verbs.merge(waiting);
    somebody |= phrase.actor || joined.from.contains(phrase.label);
  }
  for (const char* weak : {"be", "have", "do"}) verbs.erase(weak);
  return verbs;
}

/// "Arden Alliance", "tanker Sea Wolf": whether some word of a name has a capital.
bool HasProperName(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if ((i == 0 || name[i - 1] == ' ') && IsUpper(name[i])) return true;
  }
  return false;
}

}  // namespace

Suggestions Suggest(const Pack& pack, std::span<const TracedDocument> documents) {
  const PackData& data = DataOf(pack);
  const Joined joined(data);
  std::set<std::pair<std::string, std::string>> known;
  for (const NameEntry& entry : data.names) known.emplace(entry.label, entry.name);
  Tally names, verbs;
  for (const TracedDocument& document : documents) {
    for (const graph::Fact& fact : document.facts.facts) {
      const graph::Entity& object = document.facts.entities[fact.object];
      const bool own = fact.evidence.rule.rfind("document.", 0) == 0;
      if (own || !HasProperName(object.name)) continue;
      if (known.count({object.label, object.name}) > 0) continue;
      names.Add(object.label + " " + object.name, fact.evidence.sentence);
    }
    for (const SentenceTrace& trace : document.traces) {
      if (!trace.candidates.empty()) continue;
      for (const std::string& verb : VerbsBetween(trace.phrases, joined)) {
        verbs.Add(verb, trace.sentence);
      }
    }
  }
  return {names.Sorted(), verbs.Sorted()};
}

}  // namespace verbale::extract
