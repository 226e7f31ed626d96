#include "query/execute/set_items.h"

namespace verbale::query {
namespace {

using graph::Value;

[[noreturn]] void FailTarget(const Value& target) {
  throw RuntimeError(ErrorCode::kInvalidArgument,
                     "only nodes and relationships can be written, not " +
                         std::string(graph::TypeName(target.type())),
                     "TypeError", "InvalidArgumentType");
}

void CheckExists(const ExecContext& ctx, const Value& target) {
  if (!ctx.has_deleted()) return;
  const bool exists = target.is_node() ? ctx.view().Exists(target.as_node().no)
                                       : ctx.view().Exists(target.as_rel().no);
  if (exists) return;
  throw RuntimeError(ErrorCode::kNotFound, "what is written was deleted", "EntityNotFound",
                     "DeletedEntityAccess");
}

void SetProperty(ExecContext& ctx, const Value& target, std::string_view name, const Value& value) {
  graph::Transaction& transaction = ctx.transaction();
  if (value.is_null() && !ctx.view().catalog().FindKey(name)) return;
  const graph::KeyId key = transaction.Key(name);
  const Value before = target.is_node() ? transaction.Property(target.as_node().no, key)
                                        : transaction.Property(target.as_rel().no, key);
  if (value.is_null() && before.is_null()) return;
  if (target.is_node()) {
    transaction.Set(target.as_node().no, key, value);
    ctx.NoteWritten(target.as_node().no);
  } else {
    transaction.Set(target.as_rel().no, key, value);
  }
  ++ctx.counts.properties_set;
}

graph::Map PropertiesOf(const ExecContext& ctx, const Value& source) {
  graph::Map map;
  const auto add = [&](const std::vector<std::pair<graph::KeyId, Value>>& properties) {
    for (const auto& [key, value] : properties) {
      map.emplace_back(std::string(ctx.view().catalog().KeyName(key)), value);
    }
  };
  if (source.is_map()) {
    map = source.as_map();
  } else if (source.is_node()) {
    add(ctx.view().Properties(source.as_node().no));
  } else if (source.is_rel()) {
    add(ctx.view().Properties(source.as_rel().no));
  } else if (!source.is_null()) {
    throw RuntimeError(
        ErrorCode::kInvalidArgument,
        "properties must be a map, got " + std::string(graph::TypeName(source.type())), "TypeError",
        "InvalidArgumentType");
  }
  return map;
}

void SetAll(ExecContext& ctx, const Value& target, const Value& source, bool replace) {
  const graph::Map wanted = PropertiesOf(ctx, source);
  if (replace) {
    for (const auto& [name, value] : PropertiesOf(ctx, target)) {
      bool stays = false;
      for (const auto& entry : wanted) stays |= entry.first == name;
      if (!stays) SetProperty(ctx, target, name, Value());
    }
  }
  for (const auto& [name, value] : wanted) SetProperty(ctx, target, name, value);
}

}  // namespace

SetItems::SetItems(const std::vector<BoundSetItem>& items,
                   const std::function<Expression*(const BoundExprPtr&)>& own) {
  for (const BoundSetItem& item : items) {
    items_.push_back({item.kind, own(item.target), item.key, own(item.key_value), own(item.value),
                      item.labels, item.span});
  }
}

void SetItems::Apply(ExecContext& ctx, const Batch& batch, std::size_t row) const {
  for (const Item& item : items_) {
    AtPlace(item.span, [&] { ApplyOne(item, ctx, batch, row); });
  }
}

void SetItems::ApplyOne(const Item& item, ExecContext& ctx, const Batch& batch, std::size_t row) {
  const Value target = EvaluateOne(*item.target, batch, row, ctx.view());
  if (target.is_null()) return;
  if (!target.is_node() && !target.is_rel()) FailTarget(target);
  CheckExists(ctx, target);
  if (item.kind == SetKind::kLabels) {
    if (!target.is_node()) FailTarget(target);
    for (const std::string& label : item.labels) {
      graph::Transaction& transaction = ctx.transaction();
      if (transaction.AddLabel(target.as_node().no, transaction.Label(label))) {
        ++ctx.counts.labels_added;
        ctx.NoteWritten(target.as_node().no);
      }
    }
    return;
  }
  const Value value = EvaluateOne(*item.value, batch, row, ctx.view());
  if (item.kind == SetKind::kProperty) {
    SetProperty(ctx, target, item.key, value);
  } else if (item.kind == SetKind::kDynamic) {
    const Value key = EvaluateOne(*item.key_value, batch, row, ctx.view());
    if (!key.is_string()) {
      throw RuntimeError(ErrorCode::kInvalidArgument, "a property name must be a string",
                         "TypeError", "InvalidArgumentType");
    }
    SetProperty(ctx, target, key.as_string(), value);
  } else {
    SetAll(ctx, target, value, item.kind == SetKind::kReplace);
  }
}

void SetItems::RemoveLabels(ExecContext& ctx, const Batch& batch, std::size_t row) const {
  for (const Item& item : items_) {
    AtPlace(item.span, [&] { RemoveLabels(item, ctx, batch, row); });
  }
}

void SetItems::RemoveLabels(const Item& item, ExecContext& ctx, const Batch& batch,
                            std::size_t row) {
  const Value target = EvaluateOne(*item.target, batch, row, ctx.view());
  if (target.is_null()) return;
  if (!target.is_node()) FailTarget(target);
  CheckExists(ctx, target);
  for (const std::string& name : item.labels) {
    const auto label = ctx.view().catalog().FindLabel(name);
    if (label && ctx.transaction().RemoveLabel(target.as_node().no, *label)) {
      ++ctx.counts.labels_removed;
      ctx.NoteWritten(target.as_node().no);
    }
  }
}

}  // namespace verbale::query
