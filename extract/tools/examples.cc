// Runs the examples beside the rules. An example is met where every fact that it expects is read
// with the attributes that it names, and nothing else is asserted.

#include <algorithm>
#include <set>

#include "extract/pack.h"
#include "extract/rules/filter.h"
#include "extract/rules_tool.h"
#include "extract/tools/example_run.h"

namespace verbale::extract {

std::string_view Name(Outcome outcome) {
  constexpr std::string_view kNames[] = {"reported", "validated", "missing",   "noisy",
                                         "wrong",    "todo",      "fixed-todo"};
  return kNames[static_cast<std::size_t>(outcome)];
}

bool IsFailure(Outcome outcome) {
  return outcome == Outcome::kMissing || outcome == Outcome::kNoisy || outcome == Outcome::kWrong ||
         outcome == Outcome::kFixedTodo;
}

bool RuleTestReport::Passed() const {
  return lacking.empty() &&
         std::none_of(examples.begin(), examples.end(),
                      [](const ExampleResult& result) { return IsFailure(result.outcome); });
}

namespace {

std::string Shown(const std::string& subject, const std::string& relation,
                  const std::string& object, graph::Modality modality) {
  std::string text = subject + " " + relation + " " + object;
  if (modality != graph::Modality::kAsserted) text += ", " + std::string(graph::Name(modality));
  return text;
}

/// Judges one example against what was read from it.
class ExampleJudge {
 public:
  ExampleJudge(const RuleExample& example, const graph::DocumentFacts& facts)
      : example_(example), facts_(facts), met_(example.expect.size(), false) {}

  Outcome Judge(std::vector<std::string>& problems) {
    for (const graph::Fact& fact : facts_.facts) {
      if (fact.evidence.rule.rfind("document.", 0) != 0) Take(fact);
    }
    for (std::size_t i = 0; i < met_.size(); ++i) {
      if (!met_[i]) Miss(example_.expect[i]);
    }
    problems = std::move(problems_);
    if (wrong_) return Outcome::kWrong;
    if (missing_) return Outcome::kMissing;
    if (noisy_) return Outcome::kNoisy;
    return met_.empty() ? Outcome::kValidated : Outcome::kReported;
  }

 private:
  bool SameEnds(const ExpectedFact& want, const graph::Fact& fact) const {
    return want.subject == facts_.entities[fact.subject].name && want.relation == fact.type &&
           want.object == facts_.entities[fact.object].name;
  }

  void Take(const graph::Fact& fact) {
    bool expected = false;
    for (std::size_t i = 0; i < met_.size(); ++i) {
      const ExpectedFact& want = example_.expect[i];
      if (!SameEnds(want, fact) || want.modality != fact.evidence.modality) continue;
      expected = met_[i] = true;
      CompareAttributes(want.attributes, fact);
    }
    if (expected || fact.evidence.modality != graph::Modality::kAsserted) return;
    noisy_ = true;
    problems_.push_back("noisy: " + TextOf(fact) + " (rule " + fact.evidence.rule + ")");
  }

  void CompareAttributes(const graph::Attributes& wanted, const graph::Fact& fact) {
    const graph::Attributes& got = fact.evidence.attributes;
    for (const auto& [name, value] : wanted) {
      const auto at = std::find_if(got.begin(), got.end(),
                                   [&](const auto& attribute) { return attribute.first == name; });
      if (at == got.end() && value.as_string().empty()) continue;
      const std::string text = at == got.end()          ? "nothing"
                               : at->second.is_string() ? std::string(at->second.as_string())
                                                        : "no text";
      if (text == value.as_string()) continue;
      wrong_ = true;
      problems_.push_back("wrong: " + TextOf(fact) + ": " + name + " is " + text + ", not " +
                          std::string(value.as_string().empty() ? "there" : value.as_string()));
    }
  }

  void Miss(const ExpectedFact& want) {
    for (const graph::Fact& fact : facts_.facts) {
      if (!SameEnds(want, fact)) continue;
      wrong_ = true;
      problems_.push_back("wrong: " + TextOf(fact) + ": is " +
                          std::string(graph::Name(fact.evidence.modality)) + ", not " +
                          std::string(graph::Name(want.modality)));
      return;
    }
    missing_ = true;
    problems_.push_back("missing: " +
                        Shown(want.subject, want.relation, want.object, want.modality));
  }

  std::string TextOf(const graph::Fact& fact) const {
    return Shown(facts_.entities[fact.subject].name, fact.type, facts_.entities[fact.object].name,
                 fact.evidence.modality);
  }

  const RuleExample& example_;
  const graph::DocumentFacts& facts_;
  std::vector<bool> met_;
  std::vector<std::string> problems_;
  bool missing_ = false, noisy_ = false, wrong_ = false;
};

ExampleResult RunOne(const Reader& reader, const Rule& rule, const RuleExample& example) {
  ExampleResult result;
  result.rule = rule.id;
  result.relation = rule.relation;
  result.file = example.file;
  result.line = example.line;
  result.text = example.text;
  result.lead_in = example.lead_in;
  result.author = example.author;
  result.todo = example.todo;
  result.outcome = RunExample(reader, example, result.problems);
  if (!example.todo.empty()) {
    result.outcome = IsFailure(result.outcome) ? Outcome::kTodo : Outcome::kFixedTodo;
    if (result.outcome == Outcome::kFixedTodo) {
      result.problems = {"fixed-todo: is met now; take its 'todo' away"};
    }
  }
  return result;
}

void CountKinds(const Rule& rule, std::vector<LackingRule>& lacking) {
  constexpr std::size_t kLeast = 2;
  LackingRule count{rule.id, rule.file, rule.line, 0, 0};
  // What a rule of endings finds is over.
  const auto found = rule.ended ? graph::Modality::kEnded : graph::Modality::kAsserted;
  for (const RuleExample& example : rule.examples) {
    const bool asserted =
        std::any_of(example.expect.begin(), example.expect.end(),
                    [&](const ExpectedFact& fact) { return fact.modality == found; });
    ++(asserted ? count.positive : count.negative);
  }
  if (count.positive < kLeast || count.negative < kLeast) lacking.push_back(std::move(count));
}

const PackData& DataOf(const Pack& pack) {
  return static_cast<const LoadedPack&>(pack).compiled().data;
}

}  // namespace

Outcome RunExample(const Reader& reader, const RuleExample& example,
                   std::vector<std::string>& problems) {
  const graph::DocumentFacts facts =
      reader.ReadSentence(example.text, example.author, example.lead_in);
  return ExampleJudge(example, facts).Judge(problems);
}

RuleTestReport TestRules(const std::shared_ptr<const Pack>& pack, const std::string& filter) {
  const std::vector<std::string> ids = FilterIds(pack->RuleIds(), filter);
  const std::set<std::string> chosen(ids.begin(), ids.end());
  const Reader reader(pack);
  RuleTestReport report;
  for (const Rule& rule : DataOf(*pack).rules) {
    if (chosen.count(rule.id) == 0) continue;
    CountKinds(rule, report.lacking);
    for (const RuleExample& example : rule.examples) {
      report.examples.push_back(RunOne(reader, rule, example));
    }
  }
  return report;
}

std::vector<RuleSummary> ListRules(const Pack& pack) {
  std::vector<RuleSummary> rules;
  for (const Rule& rule : DataOf(pack).rules) {
    rules.push_back({rule.id, rule.relation, rule.note, rule.file, rule.line, rule.patterns.size(),
                     rule.unless.size(), rule.examples.size()});
  }
  return rules;
}

}  // namespace verbale::extract
