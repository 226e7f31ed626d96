#include "query/procedures/algorithm_call.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "graph/value_text.h"

namespace verbale::query {

namespace {

const graph::Map kNoOptions;

}  // namespace

AlgorithmCall::AlgorithmCall(const CallContext& context, Arguments arguments)
    : context_(context),
      options_(arguments.front().is_map() ? arguments.front().as_map() : kNoOptions),
      work_{context.threads, context.check, context.hold, context.tell} {
  if (!arguments.front().is_map()) {
    throw Error(ErrorCode::kInvalidArgument, "options are a map");
  }
}

const Value* AlgorithmCall::Take(std::string_view key) {
  asked_.push_back(key);
  const auto found = std::find_if(options_.begin(), options_.end(),
                                  [&](const auto& option) { return option.first == key; });
  return found == options_.end() || found->second.is_null() ? nullptr : &found->second;
}

Error AlgorithmCall::Wrong(std::string_view key, const std::string& what) const {
  Error error(ErrorCode::kInvalidArgument, what);
  if (context_.place) std::move(error).WithPosition(context_.place(key));
  return std::move(error).WithTck(ErrorPhase::kRuntime, "ArgumentError", "InvalidArgumentValue");
}

Error AlgorithmCall::WrongType(std::string_view key, std::string_view wanted,
                               const Value& got) const {
  return Wrong(key,
               fmt::format("option '{}' is {}, not {}", key, wanted, graph::TypeName(got.type())));
}

bool AlgorithmCall::Flag(std::string_view key, bool otherwise) {
  const Value* value = Take(key);
  if (value == nullptr) return otherwise;
  if (!value->is_bool()) throw WrongType(key, "true or false", *value);
  return value->as_bool();
}

double AlgorithmCall::Number(std::string_view key, double otherwise, double least, double most) {
  const Value* value = Take(key);
  if (value == nullptr) return otherwise;
  if (!value->is_number()) throw WrongType(key, "a number", *value);
  const double number = value->as_number();
  if (!(number >= least && number <= most)) {
    const std::string got = graph::DisplayText(*value);
    throw Wrong(
        key, std::isinf(most)
                 ? fmt::format("option '{}' is at least {}, not {}", key, least, got)
                 : fmt::format("option '{}' is between {} and {}, not {}", key, least, most, got));
  }
  return number;
}

std::int64_t AlgorithmCall::Integer(std::string_view key, std::int64_t otherwise,
                                    std::int64_t least, std::int64_t most) {
  const Value* value = Take(key);
  if (value == nullptr) return otherwise;
  if (!value->is_int()) throw WrongType(key, "a whole number", *value);
  const std::int64_t number = value->as_int();
  if (number < least) {
    throw Wrong(key, fmt::format("option '{}' is at least {}, not {}", key, least, number));
  }
  if (number > most) {
    throw Wrong(key, fmt::format("option '{}' is at most {}, not {}", key, most, number));
  }
  return number;
}

std::size_t AlgorithmCall::Choice(std::string_view key, std::size_t otherwise,
                                  std::span<const std::string_view> choices) {
  const Value* value = Take(key);
  if (value == nullptr) return otherwise;
  if (!value->is_string()) throw WrongType(key, "a string", *value);
  const auto found = std::find(choices.begin(), choices.end(), value->as_string());
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  throw Wrong(key, fmt::format("option '{}' is one of {}, not '{}'", key, fmt::join(choices, ", "),
                               value->as_string()))
      .WithHint(DidYouMean(value->as_string(), choices, "", "'", "'"));
}

std::string AlgorithmCall::Text(std::string_view key) {
  const Value* value = Take(key);
  if (value == nullptr) return {};
  if (!value->is_string()) throw WrongType(key, "a string", *value);
  return std::string(value->as_string());
}

std::optional<std::vector<std::string>> AlgorithmCall::Texts(std::string_view key) {
  const Value* value = Take(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return {{std::string(value->as_string())}};
  if (!value->is_list()) throw WrongType(key, "a string or a list of strings", *value);
  std::vector<std::string> texts;
  for (const Value& element : value->as_list()) {
    if (!element.is_string()) throw WrongType(key, "a list of strings", element);
    texts.emplace_back(element.as_string());
  }
  return texts;
}

std::optional<std::vector<std::string>> AlgorithmCall::Known(
    std::string_view key, const std::vector<std::string_view>& known, std::string_view kind) {
  std::optional<std::vector<std::string>> names = Texts(key);
  if (!names) return names;
  for (const std::string& name : *names) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw Wrong(key, fmt::format("the graph has no {} '{}'", kind, name))
        .WithHint(DidYouMean(name, known, "", "'", "'"));
  }
  return names;
}

std::optional<std::uint64_t> AlgorithmCall::Seed() {
  const std::int64_t seed = Integer("seed", -1, 0);
  return seed < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(seed));
}

std::optional<graph::NodeNo> AlgorithmCall::OptionalNode(std::string_view key) {
  const Value* value = Take(key);
  if (value == nullptr) return std::nullopt;
  if (!value->is_node()) throw WrongType(key, "a node", *value);
  return value->as_node().no;
}

graph::NodeNo AlgorithmCall::Node(std::string_view key) {
  const auto node = OptionalNode(key);
  if (!node) throw Wrong(key, fmt::format("option '{}' is needed: a node", key));
  return *node;
}

std::optional<std::vector<graph::NodeNo>> AlgorithmCall::OptionalNodes(std::string_view key) {
  const Value* value = Take(key);
  if (value == nullptr) return std::nullopt;
  if (value->is_node()) return std::vector{value->as_node().no};
  if (!value->is_list()) throw WrongType(key, "a node or a list of nodes", *value);
  std::vector<graph::NodeNo> nodes;
  for (const Value& element : value->as_list()) {
    if (!element.is_node()) throw WrongType(key, "a list of nodes", element);
    nodes.push_back(element.as_node().no);
  }
  return nodes;
}

std::vector<graph::NodeNo> AlgorithmCall::Nodes(std::string_view key) {
  return OptionalNodes(key).value_or(std::vector<graph::NodeNo>());
}

algorithms::Convergence AlgorithmCall::Convergence() {
  algorithms::Convergence convergence;
  convergence.iterations =
      static_cast<std::uint32_t>(Integer("iterations", convergence.iterations, 1, 1'000'000));
  convergence.tolerance = Number("tolerance", convergence.tolerance, 1e-15, 1);
  return convergence;
}

void AlgorithmCall::RefuseOthers() const {
  for (const auto& [key, value] : options_) {
    if (std::find(asked_.begin(), asked_.end(), key) != asked_.end()) continue;
    std::vector<std::string_view> known = asked_;
    std::sort(known.begin(), known.end());
    throw Wrong(key, "there is no option '" + key + "'")
        .WithHint(
            DidYouMean(key, asked_, fmt::format("known: {}", fmt::join(known, ", ")), "'", "'"));
  }
}

void AlgorithmCall::Project(Direction direction, bool weights) {
  static constexpr std::string_view kDirections[] = {"out", "in", "both"};
  static constexpr algorithms::Orientation kOrientations[] = {
      algorithms::Orientation::kOut, algorithms::Orientation::kIn, algorithms::Orientation::kBoth};
  algorithms::ProjectionOptions options;
  options.labels = Known("labels", graph::LabelNames(view().catalog()), "label");
  options.relations = Known("relations", graph::TypeNames(view().catalog()), "relationship type");
  options.orientation = direction == Direction::kUndirected
                            ? algorithms::Orientation::kBoth
                            : kOrientations[Choice("direction", 0, kDirections)];
  if (weights) options.weight = Text("weight");
  if (const auto nodes = OptionalNodes("nodes")) {
    std::vector<bool> chosen(view().NodeLimit());
    for (const graph::NodeNo node : *nodes) chosen.at(node.value) = true;
    options.keep_node = [chosen = std::move(chosen)](graph::NodeNo node) {
      return chosen[node.value];
    };
  }
  if (const Value* rels = Take("relationships")) {
    if (!rels->is_list()) throw WrongType("relationships", "a list of relationships", *rels);
    std::vector<bool> chosen(view().RelLimit());
    for (const Value& rel : rels->as_list()) {
      if (!rel.is_rel()) throw WrongType("relationships", "a list of relationships", rel);
      chosen.at(rel.as_rel().no.value) = true;
    }
    options.keep_rel = [chosen = std::move(chosen)](graph::RelNo rel) { return chosen[rel.value]; };
  }
  RefuseOthers();
  projection_ = std::make_unique<algorithms::Projection>(view(), options, work_);
}

Index AlgorithmCall::IndexOf(std::string_view key, graph::NodeNo node) const {
  const Index index = projection_->IndexOf(node);
  if (index != algorithms::kNoIndex) return index;
  throw Wrong(key, fmt::format("the node of option '{}' is not in the part of the graph that "
                               "'labels' and 'nodes' name",
                               key));
}

std::vector<Index> AlgorithmCall::IndexesOf(std::string_view key,
                                            const std::vector<graph::NodeNo>& nodes) const {
  std::vector<Index> indexes;
  for (const graph::NodeNo node : nodes) indexes.push_back(IndexOf(key, node));
  return indexes;
}

Value AlgorithmCall::NodeAt(Index index) const {
  const graph::NodeNo node = projection_->node(index);
  return Value(graph::NodeRef{node, view().Id(node)});
}

Value AlgorithmCall::Rel(graph::RelNo rel) const {
  return Value(graph::RelRef{rel, view().Id(rel)});
}

Value AlgorithmCall::Rels(const std::vector<graph::RelNo>& rels) const {
  graph::List list;
  list.reserve(rels.size());
  for (const graph::RelNo rel : rels) list.push_back(Rel(rel));
  return Value(std::move(list));
}

Value AlgorithmCall::PathOf(const algorithms::Route& route) const {
  graph::Path path;
  const auto add = [&](Index index) {
    const graph::NodeNo node = projection_->node(index);
    path.nodes.push_back({node, view().Id(node)});
  };
  add(route.from);
  for (const Arc& arc : route.arcs) {
    path.rels.push_back({arc.rel, view().Id(arc.rel)});
    path.forward.push_back(view().Ends(arc.rel).source == projection_->node(arc.from));
    add(arc.to);
  }
  return Value(std::move(path));
}

Value StrongestFirst(const AlgorithmCall& call, Carriers carriers) {
  const graph::View& view = call.view();
  std::sort(carriers.begin(), carriers.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : view.Id(a.second) < view.Id(b.second);
  });
  std::vector<graph::RelNo> ordered;
  for (const auto& [strength, rel] : carriers) ordered.push_back(rel);
  return call.Rels(ordered);
}

}  // namespace verbale::query
