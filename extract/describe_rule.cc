#include "extract/describe_rule.h"

#include <string_view>

#include "extract/match/pattern.h"
#include "graph/value_text.h"

namespace verbale::extract {
namespace {

void AppendAttributes(std::string& out, const graph::Attributes& attributes) {
  if (!attributes.empty()) graph::AppendText(out += ' ', graph::Value::OfMap(attributes));
}

void AppendExample(std::string& out, const RuleExample& example) {
  out += "  example: " + example.text + "\n";
  if (!example.lead_in.empty()) out += "    under: " + example.lead_in + "\n";
  for (const ExpectedFact& fact : example.expect) {
    out += "    " + fact.subject + " " + fact.relation + " " + fact.object;
    if (fact.modality != graph::Modality::kAsserted) {
      out += " (" + std::string(graph::Name(fact.modality)) + ")";
    }
    AppendAttributes(out, fact.attributes);
    out += "\n";
  }
  if (example.expect.empty()) out += "    nothing\n";
  if (!example.todo.empty()) out += "    not yet: " + example.todo + "\n";
}

}  // namespace

std::string DescribeRule(const PackData& pack, const Rule& rule, bool expanded) {
  std::string out = rule.id + " → " + rule.relation + "\n  " + rule.note + "\n";
  for (const std::string& pattern : rule.patterns) {
    out += "  pattern: " + (expanded ? ExpandPattern(pack, pattern) : pattern) + "\n";
  }
  for (const RulePlace& place : kRulePlaces) {
    if (rule.*place.flag) out.append("  ").append(place.meaning) += "\n";
  }
  for (const std::string& guard : rule.unless) out += "  unless: " + guard + "\n";
  for (const std::string& guard : rule.only) out += "  only: " + guard + "\n";
  if (!rule.attributes.empty()) {
    out += "  attributes:";
    AppendAttributes(out, rule.attributes);
    out += "\n";
  }
  for (const auto& [attribute, words] : rule.word_attributes) {
    for (const auto& [word, value] : words) {
      out += "  " + attribute + ": '" + value + "' where the clause has '" + word + "'\n";
    }
  }
  for (const RuleExample& example : rule.examples) AppendExample(out, example);
  return out;
}

}  // namespace verbale::extract
