#include "tests/query/reference/small_graph.h"

#include <fmt/format.h>

#include "query/query.h"

namespace verbale::query::reference {
namespace {

constexpr std::pair<const char*, const char*> kIndexes[] = {{"A", "a"}, {"A", "i"}, {"B", "s"}};

std::string Show(const SmallGraph::Properties& properties) {
  std::string text;
  for (const auto& [key, literal] : properties) {
    text += fmt::format("{}{}: {}", text.empty() ? " {" : ", ", key, literal);
  }
  return text.empty() ? text : text + "}";
}

SmallGraph::Properties RandomProperties(Dice& dice, std::size_t number) {
  SmallGraph::Properties properties = {{"i", std::to_string(number)},
                                       {"k", dice.Pick({"'x'", "'y'", "'z'"})}};
  if (!dice.OneIn(4)) properties.emplace_back("a", dice.Pick({"0", "1", "2", "3", "-1"}));
  if (dice.OneIn(3)) properties.emplace_back("b", dice.Pick({"0.5", "-1.5", "2.5"}));
  if (dice.OneIn(2)) properties.emplace_back("s", dice.Pick({"''", "'a'", "'ab'", "'b'"}));
  if (dice.OneIn(3)) properties.emplace_back("l", dice.Pick({"[]", "[1]", "[2, 1]", "[1, 2, 3]"}));
  if (dice.OneIn(4)) {
    properties.emplace_back("d", dice.Pick({"date('2015-07-14')", "date('2016-02-29')"}));
  }
  if (dice.OneIn(3)) {
    properties.emplace_back(
        "m", dice.Pick({"1", "0.5", "'a'", "true", "false", "[1]", "date('2015-07-14')"}));
  }
  return properties;
}

}  // namespace

void SmallGraph::MakeIn(graph::Graph& graph) const {
  const auto transaction = graph.Begin();
  const auto set = [&](auto number, const Properties& properties) {
    for (const auto& [key, literal] : properties) {
      transaction->Set(number, transaction->Key(key), ParseLiteral(literal));
    }
  };
  std::vector<graph::NodeNo> made;
  for (const Node& node : nodes) {
    std::vector<graph::LabelId> labels;
    for (const std::string& label : node.labels) labels.push_back(transaction->Label(label));
    made.push_back(transaction->CreateNode(labels));
    set(made.back(), node.properties);
  }
  for (const Rel& rel : rels) {
    set(transaction->CreateRel(made[rel.source], transaction->Type(rel.type), made[rel.target]),
        rel.properties);
  }
  if (indexed) {
    for (const auto& [label, key] : kIndexes) {
      graph::SchemaItem item;
      item.name = fmt::format("on_{}_{}", label, key);
      item.label = label;
      item.keys = {key};
      transaction->CreateSchema(item);
    }
  }
  transaction->Commit();
}

std::string SmallGraph::ToCypher() const {
  std::string text;
  const auto add = [&](const std::string& part) {
    text += (text.empty() ? "CREATE " : ", ") + part;
  };
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    std::string labels;
    for (const std::string& label : nodes[i].labels) labels += ":" + label;
    add(fmt::format("(n{}{}{})", i, labels, Show(nodes[i].properties)));
  }
  for (const Rel& rel : rels) {
    add(fmt::format("(n{})-[:{}{}]->(n{})", rel.source, rel.type, Show(rel.properties),
                    rel.target));
  }
  if (!indexed) return text;
  for (const auto& [label, key] : kIndexes) {
    text +=
        fmt::format("{}CREATE INDEX FOR (n:{}) ON (n.{})", text.empty() ? "" : "; ", label, key);
  }
  return text;
}

SmallGraph RandomGraph(Dice& dice) {
  SmallGraph graph;
  const bool is_larger = dice.OneIn(12);
  const std::size_t node_count = is_larger ? 20 + dice.Below(50) : dice.Below(6);
  for (std::size_t i = 0; i < node_count; ++i) {
    SmallGraph::Node node;
    if (dice.OneIn(2)) node.labels.push_back("A");
    if (dice.OneIn(3)) node.labels.push_back("B");
    node.properties = RandomProperties(dice, i);
    graph.nodes.push_back(std::move(node));
  }
  const std::size_t rel_count = node_count == 0 ? 0 : dice.Below(is_larger ? 80 : 8);
  for (std::size_t i = 0; i < rel_count; ++i) {
    SmallGraph::Rel rel;
    rel.source = dice.Below(node_count);
    rel.target = dice.Below(node_count);
    rel.type = dice.Pick({"T", "T", "U"});
    rel.properties = RandomProperties(dice, i);
    graph.rels.push_back(std::move(rel));
  }
  graph.indexed = dice.OneIn(3);
  return graph;
}

}  // namespace verbale::query::reference
