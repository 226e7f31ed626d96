#include "cli/schema.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "cli/commands.h"

namespace verbale::cli {
namespace {

using graph::NodeNo;
using graph::View;

std::string LabelsText(const View& view, NodeNo node) {
  return fmt::format("{}", fmt::join(graph::LabelNames(view, node), ":"));
}

// What a label or a type has been seen with.
struct Shape {
  std::uint64_t count = 0;
  std::map<std::string, std::map<std::string, std::uint64_t>> keys;  // key → value type → how often

  void Add(const View& view, const std::vector<std::pair<graph::KeyId, graph::Value>>& properties) {
    ++count;
    for (const auto& [key, value] : properties) {
      ++keys[std::string(view.catalog().KeyName(key))][std::string(graph::TypeName(value.type()))];
    }
  }
};

void PrintShape(const Shape& shape) {
  for (const auto& [key, types] : shape.keys) {
    std::uint64_t present = 0;
    std::vector<std::string> names;
    for (const auto& [type, count] : types) present += count, names.push_back(type);
    fmt::print("    {}: {}{}\n", key, fmt::join(names, " | "), present == shape.count ? "" : "?");
  }
}

}  // namespace

void PrintSchema(const View& view) {
  std::map<std::string, Shape> nodes;
  std::map<std::tuple<std::string, std::string, std::string>, Shape> rels;
  const auto types = graph::TypeNames(view.catalog());
  const auto add = [&](NodeNo node) {
    const std::string labels = LabelsText(view, node);
    nodes[labels].Add(view, view.Properties(node));
    for (std::uint32_t t = 0; t < types.size(); ++t) {
      const auto out = view.Neighbours(node, graph::Direction::kOut, graph::TypeId{t});
      for (std::size_t i = 0; i < out.size(); ++i) {
        const std::string far = LabelsText(view, out.nodes[i]);
        rels[{std::string(types[t]), labels, far}].Add(view, view.Properties(out.rel(i)));
      }
    }
  };
  graph::VisitNodes(view, std::nullopt, [&](std::span<const NodeNo> some) {
    std::for_each(some.begin(), some.end(), add);
  });
  for (const auto& [labels, shape] : nodes) {
    fmt::print("(:{})  {}\n", labels, shape.count);
    PrintShape(shape);
  }
  for (const auto& [ends, shape] : rels) {
    fmt::print("(:{})-[:{}]->(:{})  {}\n", std::get<1>(ends), std::get<0>(ends), std::get<2>(ends),
               shape.count);
    PrintShape(shape);
  }
  for (const auto& item : view.Schema()) {
    fmt::print("{} {} on {}({})\n", item.kind == graph::SchemaKind::kIndex ? "index" : "constraint",
               item.name, item.label, fmt::join(item.keys, ", "));
  }
}

Command SchemaCommand() {
  Command command;
  command.name = "schema";
  command.summary = "Show labels, relationship types and their properties";
  command.text =
      "Shows which labels there are, which relationship types stand between which labels, and "
      "which "
      "properties they have with which types ('?': not all have it); then indexes and constraints.";
  command.examples = {{"verbale schema", "what can be asked of this graph"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    AddGraphOption(line, globals);
    return [&globals] {
      PrintSchema(*OpenToRead(globals)->Read());
      return kDone;
    };
  };
  return command;
}

}  // namespace verbale::cli
