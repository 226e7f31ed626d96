// What a node, a relationship or a path consists of.

#include <string>

#include "query/functions/define.h"
#include "query/functions/errors.h"
#include "query/functions/text.h"

namespace verbale::query {
namespace {

using graph::List;
using graph::Map;
using graph::Value;
using graph::ValueType;
using graph::View;

constexpr std::string_view kCategory = "Graph";

constexpr TypeSet kWithProperties[] = {TypeSet(ValueType::kNode) | ValueType::kRelationship |
                                       ValueType::kMap};

[[noreturn]] void ThrowNot(std::string_view function, std::string_view wanted, const Value& v) {
  ThrowType(std::string(function) + "() takes a " + std::string(wanted) + ", not " + Describe(v),
            "InvalidArgumentValue");
}

graph::NodeNo LivingNode(const Value& v, const View& view, std::string_view function) {
  if (!v.is_node()) ThrowNot(function, "node", v);
  if (!view.Exists(v.as_node().no)) ThrowDeleted("node");
  return v.as_node().no;
}

graph::RelRef RelOf(const Value& v, std::string_view function) {
  if (!v.is_rel()) ThrowNot(function, "relationship", v);
  return v.as_rel();
}

Value NodeValue(const View& view, graph::NodeNo node) {
  return Value(graph::NodeRef{node, view.Id(node)});
}

Value Id(Args args, const FunctionContext&) {
  if (args[0].is_node()) return Value(ShownId(args[0].as_node().id.value));
  if (args[0].is_rel()) return Value(ShownId(args[0].as_rel().id.value));
  ThrowNot("id", "node or relationship", args[0]);
}

Value ElementIdOf(Args args, const FunctionContext&) {
  if (args[0].is_node()) return Value(ElementId(args[0].as_node().id));
  if (args[0].is_rel()) return Value(ElementId(args[0].as_rel().id));
  ThrowNot("elementId", "node or relationship", args[0]);
}

Value Labels(Args args, const FunctionContext& context) {
  const View& view = *context.view;
  const auto names = graph::LabelNames(view, LivingNode(args[0], view, "labels"));
  return Value(List(names.begin(), names.end()));
}

// Also of a relationship that the statement deleted: its type and ends never change.
Value Type(Args args, const FunctionContext& context) {
  const graph::RelRef rel = RelOf(args[0], "type");
  return Value(context.view->catalog().TypeName(context.view->Ends(rel.no).type));
}

Value StartNode(Args args, const FunctionContext& context) {
  const graph::RelRef rel = RelOf(args[0], "startNode");
  return NodeValue(*context.view, context.view->Ends(rel.no).source);
}

Value EndNode(Args args, const FunctionContext& context) {
  const graph::RelRef rel = RelOf(args[0], "endNode");
  return NodeValue(*context.view, context.view->Ends(rel.no).target);
}

Map PropertyMap(const View& view, const std::vector<std::pair<graph::KeyId, Value>>& properties) {
  Map map;
  for (const auto& [key, value] : properties) {
    map.emplace_back(std::string(view.catalog().KeyName(key)), value);
  }
  return map;
}

Value Properties(Args args, const FunctionContext& context) {
  const Value& v = args[0];
  if (v.is_map()) return v;
  const View& view = *context.view;
  if (v.is_node()) {
    const graph::NodeNo node = LivingNode(v, view, "properties");
    return Value::OfMap(PropertyMap(view, view.Properties(node)));
  }
  const graph::RelRef rel = RelOf(v, "properties");
  if (!view.Exists(rel.no)) ThrowDeleted("relationship");
  return Value::OfMap(PropertyMap(view, view.Properties(rel.no)));
}

Value Keys(Args args, const FunctionContext& context) {
  const Value properties = Properties(args, context);
  List keys;
  for (const auto& entry : properties.as_map()) keys.emplace_back(entry.first);
  return Value(std::move(keys));
}

const graph::Path& PathOf(const Value& v, std::string_view function) {
  if (!v.is_path()) ThrowNot(function, "path", v);
  return v.as_path();
}

Value Nodes(Args args, const FunctionContext&) {
  const graph::Path& path = PathOf(args[0], "nodes");
  return Value(List(path.nodes.begin(), path.nodes.end()));
}

Value Relationships(Args args, const FunctionContext&) {
  const graph::Path& path = PathOf(args[0], "relationships");
  return Value(List(path.rels.begin(), path.rels.end()));
}

Value Length(Args args, const FunctionContext&) {
  return Value(static_cast<std::int64_t>(PathOf(args[0], "length").rels.size()));
}

Value Exists(Args args, const FunctionContext&) { return Value(!args[0].is_null()); }

Function Row(std::string_view name, std::span<const TypeSet> argument, TypeSet result,
             decltype(Function::call) call, bool reads_graph, std::string_view description) {
  return {.name = name,
          .min_args = 1,
          .max_args = 1,
          .arguments = argument,
          .result = result,
          .call = call,
          .reads_graph = reads_graph,
          .category = kCategory,
          .description = description};
}

}  // namespace

std::span<const Function> GraphFunctions() {
  static const Function table[] = {
      Row("id", kEntityArg, ValueType::kInt, Strict<Id>, false,
          "The number of a node or relationship; it never changes."),
      Row("elementId", kEntityArg, ValueType::kString, Strict<ElementIdOf>, false,
          "The identity of a node or relationship as a string."),
      Row("labels", kNodeArg, ValueType::kList, Strict<Labels>, true, "Labels of a node, sorted."),
      Row("type", kRelArg, ValueType::kString, Strict<Type>, true, "Type of a relationship."),
      Row("startNode", kRelArg, ValueType::kNode, Strict<StartNode>, true,
          "Where a relationship starts."),
      Row("endNode", kRelArg, ValueType::kNode, Strict<EndNode>, true,
          "Where a relationship ends."),
      Row("properties", kWithProperties, ValueType::kMap, Strict<Properties>, true,
          "All properties as a map."),
      Row("keys", kWithProperties, ValueType::kList, Strict<Keys>, true,
          "Names of all properties, sorted."),
      Row("nodes", kPathArg, ValueType::kList, Strict<Nodes>, false, "Nodes of a path in order."),
      Row("relationships", kPathArg, ValueType::kList, Strict<Relationships>, false,
          "Relationships of a path in order."),
      Row("rels", kPathArg, ValueType::kList, Strict<Relationships>, false,
          "Older name of relationships()."),
      Row("length", kPathArg, ValueType::kInt, Strict<Length>, false,
          "Number of relationships in a path."),
      Row("exists", kAnyArg, ValueType::kBool, Exists, false,
          "Whether a property is there (is not null)."),
  };
  return table;
}

}  // namespace verbale::query
