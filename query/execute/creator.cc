#include "query/execute/creator.h"

namespace verbale::query {
namespace {

using graph::Value;

/// Property values of the rows of a batch, to be set on what is made for each row.
class PropertyColumns {
 public:
  PropertyColumns(ExecContext& ctx, const Batch& batch,
                  const std::vector<Creator::Property>& properties, Expression* property_map)
      : ctx_(ctx) {
    for (const Creator::Property& property : properties) {
      columns_.push_back(
          {ctx.transaction().Key(property.key), property.value->Evaluate(batch), property.span});
    }
    if (property_map == nullptr) return;
    map_ = property_map->Evaluate(batch);
    map_span_ = property_map->span();
  }

  template <typename Number>
  void SetOn(Number made, std::size_t row) {
    for (const Column& column : columns_) {
      AtPlace(column.span, [&] { Set(made, column.key, column.values->At(row, ctx_.view())); });
    }
    if (map_) {
      AtPlace(map_span_, [&] { SetAll(made, map_->At(row, ctx_.view())); });
    }
  }

 private:
  struct Column {
    graph::KeyId key;
    ColumnPtr values;
    ByteSpan span;
  };

  template <typename Number>
  void SetAll(Number made, const Value& map) {
    if (map.is_null()) return;
    if (!map.is_map()) {
      throw RuntimeError(
          ErrorCode::kInvalidArgument,
          "properties must be a map, got " + std::string(graph::TypeName(map.type())), "TypeError",
          "InvalidArgumentType");
    }
    for (const auto& [name, value] : map.as_map()) {
      Set(made, ctx_.transaction().Key(name), value);
    }
  }

  template <typename Number>
  void Set(Number made, graph::KeyId key, const Value& value) {
    if (value.is_null()) return;
    ctx_.transaction().Set(made, key, value);
    ++ctx_.counts.properties_set;
  }

  ExecContext& ctx_;
  std::vector<Column> columns_;
  ColumnPtr map_;
  ByteSpan map_span_;
};

void CreateNodes(ExecContext& ctx, const Creator::Node& node, Batch& batch) {
  std::vector<graph::LabelId> labels;
  for (const std::string& label : node.labels) labels.push_back(ctx.transaction().Label(label));
  PropertyColumns properties(ctx, batch, node.properties, node.property_map);
  std::vector<std::uint32_t> numbers;
  numbers.reserve(batch.rows);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    const graph::NodeNo made = ctx.transaction().CreateNode(labels);
    ++ctx.counts.nodes_created;
    ctx.counts.labels_added += labels.size();
    properties.SetOn(made, row);
    ctx.NoteWritten(made);
    numbers.push_back(made.value);
  }
  batch.Set(node.slot, NewNumbers(ColumnKind::kNodes, std::move(numbers)));
}

graph::NodeNo EndAt(const ExecContext& ctx, const Batch& batch, Slot slot, std::size_t row) {
  const graph::NodeNo node = NodeAt(*batch.at(slot), row);
  if (node == graph::kNoNode) {
    throw RuntimeError(ErrorCode::kInvalidArgument,
                       "a relationship cannot be made at a node that is null", "SemanticError",
                       "NullNode");
  }
  if (!ctx.view().Exists(node)) {
    throw RuntimeError(ErrorCode::kNotFound, "a relationship cannot be made at a deleted node",
                       "EntityNotFound", "DeletedEntityAccess");
  }
  return node;
}

void CreateRels(ExecContext& ctx, const Creator::Rel& rel, Batch& batch) {
  const graph::TypeId type = ctx.transaction().Type(rel.type);
  PropertyColumns properties(ctx, batch, rel.properties, rel.property_map);
  std::vector<std::uint32_t> numbers;
  numbers.reserve(batch.rows);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    const auto [source, target] = AtPlace(rel.span, [&] {
      return std::pair(EndAt(ctx, batch, rel.source, row), EndAt(ctx, batch, rel.target, row));
    });
    const graph::RelNo made = ctx.transaction().CreateRel(source, type, target);
    ++ctx.counts.relationships_created;
    properties.SetOn(made, row);
    numbers.push_back(made.value);
  }
  batch.Set(rel.slot, NewNumbers(ColumnKind::kRels, std::move(numbers)));
}

void CheckProperties(const Batch& batch, const std::vector<Creator::Property>& properties) {
  for (const auto& [name, expr, span] : properties) {
    const ColumnPtr column = expr->Evaluate(batch);
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (!column->IsNull(row)) continue;
      Error error = RuntimeError(ErrorCode::kSemantic,
                                 "MERGE cannot look for a null: property '" + name + "'",
                                 "SemanticError", "MergeReadOwnWrites");
      PlaceError(error, span);
      throw error;
    }
  }
}

}  // namespace

Creator MakeCreator(const LogicalCreate& op,
                    const std::function<Expression*(const BoundExprPtr&)>& own) {
  const auto own_all = [&own](const std::vector<BoundProperty>& properties) {
    std::vector<Creator::Property> owned;
    for (const BoundProperty& property : properties) {
      owned.push_back({property.key, own(property.value), property.value->span});
    }
    return owned;
  };
  Creator creator;
  for (const CreateNode& node : op.nodes) {
    creator.nodes.push_back(
        {node.slot, node.labels, own_all(node.properties), own(node.property_map)});
  }
  for (const CreateRel& rel : op.rels) {
    creator.rels.push_back({rel.slot, rel.type, rel.source, rel.target, own_all(rel.properties),
                            own(rel.property_map), rel.span});
  }
  return creator;
}

void Creator::Create(ExecContext& ctx, Batch& batch) const {
  for (const Node& node : nodes) CreateNodes(ctx, node, batch);
  for (const Rel& rel : rels) CreateRels(ctx, rel, batch);
}

void Creator::CheckNoNulls(const Batch& batch) const {
  for (const Node& node : nodes) CheckProperties(batch, node.properties);
  for (const Rel& rel : rels) CheckProperties(batch, rel.properties);
}

}  // namespace verbale::query
