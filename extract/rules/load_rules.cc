// Rule files of a pack (docs/rules.md).

#include <algorithm>
#include <iterator>

#include "extract/rules/load_internal.h"

namespace verbale::extract {
namespace {

using graph::Value;

graph::Attributes FixedAttributes(const YamlFile& file, const YamlNode& node) {
  graph::Attributes attributes;
  for (const auto& [name, value] : MapFields(file, node)) {
    attributes.emplace_back(name, Value(ScalarText(file, value)));
  }
  std::sort(attributes.begin(), attributes.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return attributes;
}

void LoadAttributes(const YamlFile& file, const YamlNode& node, Rule& rule) {
  for (const auto& [name, value] : MapFields(file, node)) {
    if (value.kind == YamlNode::Kind::kScalar) {
      rule.attributes.emplace_back(name, Value(value.text));
      continue;
    }
    auto& words = rule.word_attributes[name];
    for (const auto& [word, meaning] : MapFields(file, value)) {
      words.emplace_back(word, ScalarText(file, meaning));
    }
  }
  std::sort(rule.attributes.begin(), rule.attributes.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
}

RuleExample LoadExample(const YamlFile& file, const YamlNode& node, const Rule& rule,
                        UsedWords& used) {
  const YamlMap map(file, node, {"text", "lead_in", "author", "expect", "todo"});
  RuleExample example;
  example.text = map.RequiredString("text");
  example.lead_in = map.String("lead_in", "");
  example.author = map.String("author", example.author);
  NoteWords(file, map.Find("author"), used.names);
  example.todo = map.String("todo", "");
  example.file = file.path;
  example.line = node.line;
  const YamlNode* expect = map.Find("expect");
  if (expect == nullptr) return example;
  for (const YamlNode& item : ListItems(file, *expect)) {
    const YamlMap fields(file, item, {"subject", "relation", "object", "attributes", "modality"});
    ExpectedFact fact;
    fact.subject = fields.String("subject", example.author);
    fact.relation = fields.String("relation", rule.relation);
    NoteWords(file, fields.Find("relation"), used.relations);
    fact.object = fields.RequiredString("object");
    if (const YamlNode* attributes = fields.Find("attributes")) {
      fact.attributes = FixedAttributes(file, *attributes);
    }
    if (fields.Find("modality") != nullptr) {
      try {
        fact.modality = graph::ModalityFromName(fields.RequiredString("modality"));
      } catch (const Error& error) {
        file.Fail(fields.Get("modality").offset, 1, error.what());
      }
    }
    example.expect.push_back(std::move(fact));
  }
  return example;
}

void LoadPlaces(const YamlFile& file, const YamlNode& node, Rule& rule) {
  const bool is_one = node.kind == YamlNode::Kind::kScalar;
  for (const YamlNode& item : is_one ? std::vector{node} : ListItems(file, node)) {
    const std::string& name = ScalarText(file, item);
    const auto place = std::find_if(std::begin(kRulePlaces), std::end(kRulePlaces),
                                    [&](const RulePlace& known) { return known.name == name; });
    if (place == std::end(kRulePlaces)) {
      std::vector<std::string> names;
      for (const RulePlace& known : kRulePlaces) names.emplace_back(known.name);
      file.Fail(item.offset, name.size(), "'where' knows no '" + name + "'",
                DidYouMean(name, names, "", "'", "'"));
    }
    rule.*(place->flag) = true;
  }
}

Rule LoadRule(const YamlFile& file, const YamlNode& node, const std::string& relation,
              UsedWords& used) {
  const YamlMap map(
      file, node,
      {"id", "relation", "note", "patterns", "where", "unless", "only", "attributes", "examples"});
  Rule rule;
  rule.id = map.RequiredString("id");
  rule.relation = map.String("relation", relation);
  rule.note = map.RequiredString("note");
  rule.file = file.path;
  rule.line = node.line;
  const YamlNode& patterns = map.Get("patterns");
  for (const YamlNode& pattern : ListItems(file, patterns)) {
    rule.patterns.push_back(ScalarText(file, pattern));
    rule.pattern_offsets.push_back(pattern.offset);
  }
  if (rule.patterns.empty()) file.Fail(patterns.offset, 1, "a rule needs a pattern");
  if (const YamlNode* where = map.Find("where")) LoadPlaces(file, *where, rule);
  rule.unless = map.Strings("unless");
  rule.only = map.Strings("only");
  if (const YamlNode* attributes = map.Find("attributes")) LoadAttributes(file, *attributes, rule);
  if (const YamlNode* examples = map.Find("examples")) {
    for (const YamlNode& example : ListItems(file, *examples)) {
      rule.examples.push_back(LoadExample(file, example, rule, used));
    }
  }
  return rule;
}

Rule& FindRule(const YamlFile& file, std::size_t offset, const std::string& id, PackData& pack) {
  std::vector<std::string> ids;
  for (Rule& rule : pack.rules) {
    if (rule.id == id) return rule;
    ids.push_back(rule.id);
  }
  file.Fail(offset, id.size(), "no rule '" + id + "'", DidYouMean(id, ids, "", "'", "'"));
}

}  // namespace

void LoadRules(const YamlFile& file, PackData& pack) {
  const YamlMap map(file, file.root, {"format", "relation", "rules"});
  CheckFormat(file, map, "verbale-rules/1");
  const std::string relation = map.String("relation", "");
  for (const YamlNode& node : ListItems(file, map.Get("rules"))) {
    pack.rules.push_back(LoadRule(file, node, relation, pack.used));
  }
}

void LoadExamples(const YamlFile& file, PackData& pack) {
  const YamlMap map(file, file.root, {"format", "examples"});
  CheckFormat(file, map, "verbale-examples/1");
  const YamlNode& rules = map.Get("examples");
  for (std::size_t i = 0; i < MapFields(file, rules).size(); ++i) {
    const auto& [id, examples] = rules.fields[i];
    Rule& rule = FindRule(file, rules.field_offsets[i], id, pack);
    for (const YamlNode& example : ListItems(file, examples)) {
      rule.examples.push_back(LoadExample(file, example, rule, pack.used));
    }
  }
}

}  // namespace verbale::extract
