// Clauses that write: CREATE, MERGE, SET, REMOVE, DELETE, FOREACH.

#include <algorithm>

#include <fmt/format.h>

#include "query/bind/internal/binder.h"

namespace verbale::query {

using graph::ValueType;

// ---- What is created ----------------------------------------------------------------------------

BoundCreate Binder::Bind(const CreateClause& create) {
  BoundCreate bound;
  Creation creation;
  for (const PathPattern& path : create.paths) bound.paths.push_back(BindCreation(path, creation));
  return bound;
}

BoundMerge Binder::Bind(const MergeClause& merge) {
  BoundMerge bound;
  Creation creation;
  creation.merges = true;
  bound.path = BindCreation(merge.path, creation);
  for (const auto& [name, variable] : creation.fresh) scope_.Add(name, variable);
  bound.on_create = BindSetItems(merge.on_create);
  bound.on_match = BindSetItems(merge.on_match);
  return bound;
}

// What CREATE has made can be read by what stands further right in it; MERGE makes all at once.
BoundPath Binder::BindCreation(const PathPattern& path, Creation& creation) {
  if (path.selector != PathSelector::kAll) {
    throw Fault(path.span, "UnexpectedSyntax", "Only plain paths can be created");
  }
  BoundPath bound;
  bound.span = path.span;
  const bool alone = path.elements.size() == 1;
  for (const PathElement& element : path.elements) {
    if (const auto* rel = std::get_if<RelPattern>(&element)) {
      BoundStep step;
      step.rel = CreateRel(*rel, creation);
      bound.steps.push_back(std::move(step));
    } else if (const auto* node = std::get_if<NodePattern>(&element)) {
      BoundNode created = CreateNode(*node, alone, creation);
      (bound.steps.empty() ? bound.start : bound.steps.back().node) = std::move(created);
    } else {
      throw Fault(std::get<GroupPatternPtr>(element)->span, "CreatingVarLength",
                  "Only plain paths can be created");
    }
  }
  if (path.variable) {
    bound.slot = DeclareCreated(*path.variable, SlotKind::kPath, creation);
  }
  return bound;
}

const Variable* Binder::FindCreated(const Name& name, const Creation& creation) const {
  const auto fresh = creation.fresh.find(name.text);
  return fresh != creation.fresh.end() ? &fresh->second : scope_.Find(name.text);
}

Slot Binder::DeclareCreated(const Name& name, SlotKind kind, Creation& creation) {
  if (FindCreated(name, creation) != nullptr) FailBound(name);
  const Slot slot = NewSlot(name.text, kind);
  const Variable variable{slot, kind, TypeOf(kind)};
  creation.fresh.insert_or_assign(name.text, variable);
  if (!creation.merges) scope_.Add(name.text, variable);
  return slot;
}

// A node that is there already may only be an end of a relationship, with nothing said about it.
BoundNode Binder::CreateNode(const NodePattern& node, bool alone, Creation& creation) {
  BoundNode bound;
  if (node.where) throw Fault(node.where->span, "UnexpectedSyntax", "WHERE creates nothing");
  const Variable* known = node.variable ? FindCreated(*node.variable, creation) : nullptr;
  if (known != nullptr) {
    if (!known->type.CanBe(ValueType::kNode)) {
      throw Fault(node.variable->span, "VariableTypeConflict",
                  fmt::format("Variable '{}' is already defined as {}", node.variable->text,
                              Describe(known->type.types)));
    }
    if (alone || node.labels || node.properties) FailBound(*node.variable);
    bound.slot = known->slot;
    bound.bound = creation.fresh.count(node.variable->text) == 0;
    return bound;
  }
  if (node.labels) {
    bound.labels = PlainLabels(*node.labels);
    MakeLabels(*node.labels);
  }
  CreateProperties(node.properties, creation.merges, bound.properties, bound.property_map);
  bound.slot = node.variable ? DeclareCreated(*node.variable, SlotKind::kNode, creation)
                             : NewSlot({}, SlotKind::kNode);
  return bound;
}

BoundRel Binder::CreateRel(const RelPattern& rel, Creation& creation) {
  if (rel.variable && FindCreated(*rel.variable, creation) != nullptr) FailBound(*rel.variable);
  if (rel.length || rel.quantifier) {
    throw Fault(rel.span, "CreatingVarLength",
                "A relationship of variable length cannot be created");
  }
  if (rel.where) throw Fault(rel.where->span, "UnexpectedSyntax", "WHERE creates nothing");
  if (!rel.types || rel.types->op != LabelOp::kName) {
    throw Fault(rel.span, "NoSingleRelationshipType",
                "A relationship is created with exactly one type: -[:TYPE]->");
  }
  if (!creation.merges && rel.arrow == Arrow::kBoth) {
    throw Fault(rel.span, "RequiresDirectedRelationship",
                "A relationship is created in one direction: -[:TYPE]-> or <-[:TYPE]-");
  }
  BoundRel bound;
  bound.arrow = rel.arrow;
  bound.types = rel.types;
  made_.types.insert(rel.types->name);
  CreateProperties(rel.properties, creation.merges, bound.properties, bound.property_map);
  bound.slot = rel.variable ? DeclareCreated(*rel.variable, SlotKind::kRel, creation)
                            : NewSlot({}, SlotKind::kRel);
  return bound;
}

// A name, or names joined by '&' or ':'.
LabelExpr Binder::PlainLabels(const LabelExpr& labels) const {
  const auto is_name = [](const LabelExpr& part) { return part.op == LabelOp::kName; };
  bool plain = is_name(labels);
  if (labels.op == LabelOp::kAnd) {
    plain = std::all_of(labels.operands.begin(), labels.operands.end(), is_name);
  }
  if (!plain) {
    throw Fault(labels.span, "UnexpectedSyntax", "What is created has plain labels: (n:A:B)");
  }
  return labels;
}

void Binder::CreateProperties(const ExprPtr& properties, bool merges,
                              std::vector<BoundProperty>& list, BoundExprPtr& map) {
  if (!properties) return;
  MakeKeys(properties.get());
  if (const auto* written = std::get_if<MapExpr>(&properties->node)) {
    for (const auto& [key, value] : written->entries) list.push_back({key.text, BindValue(*value)});
    return;
  }
  if (merges) {
    throw Fault(properties->span, "InvalidParameterUse",
                "Where a pattern is matched, properties are written out: {key: $value}");
  }
  map = BindValue(*properties);
}

// ---- SET, REMOVE, DELETE, FOREACH ---------------------------------------------------------------

BoundSet Binder::Bind(const SetClause& set) { return {BindSetItems(set.items)}; }

std::vector<BoundSetItem> Binder::BindSetItems(const std::vector<SetItem>& items) {
  std::vector<BoundSetItem> bound;
  for (const SetItem& item : items) {
    bound.push_back(BindSetItem(item));
    if (item.kind == SetKind::kLabels) {
      for (const Name& label : item.labels) made_.labels.insert(label.text);
    } else if (item.kind == SetKind::kProperty) {
      made_.keys.insert(bound.back().key);
    } else {
      MakeKeys(item.kind == SetKind::kDynamic ? nullptr : item.value.get());
    }
  }
  return bound;
}

// Without a value, of REMOVE, a property is set to null.
BoundSetItem Binder::BindSetItem(const SetItem& item) {
  BoundSetItem bound;
  bound.kind = item.kind;
  bound.span = item.span;
  TypeSet wanted = kEntityType;
  const Expr* target = item.target.get();
  if (item.kind == SetKind::kProperty) {
    const auto& property = std::get<PropertyExpr>(item.target->node);
    bound.key = property.key.text;
    target = property.subject.get();
  } else if (item.kind == SetKind::kDynamic) {
    const auto& index = std::get<IndexExpr>(item.target->node);
    bound.key_value = BindValue(*index.index);
    target = index.subject.get();
  } else if (item.kind == SetKind::kLabels) {
    wanted = ValueType::kNode;
    for (const Name& label : item.labels) bound.labels.push_back(label.text);
  }
  Typed subject = BindExpr(*target);
  if (!subject.type.CanBe(wanted)) FailType(target->span, wanted, subject.type);
  bound.target = std::move(subject.expr);
  if (item.value) {
    bound.value = BindValue(*item.value);
  } else if (item.kind != SetKind::kLabels) {
    bound.value = New(BoundKind::kConstant, *item.target);
  }
  return bound;
}

void Binder::BindRemove(const RemoveClause& remove, ByteSpan span, std::vector<BoundClause>& out) {
  BoundSet properties;
  BoundRemove labels;
  for (const SetItem& item : remove.items) {
    auto& items = item.kind == SetKind::kLabels ? labels.items : properties.items;
    items.push_back(BindSetItem(item));
  }
  if (!properties.items.empty()) out.push_back({span, std::move(properties)});
  if (!labels.items.empty()) out.push_back({span, std::move(labels)});
}

BoundDelete Binder::Bind(const DeleteClause& clause) {
  BoundDelete bound;
  bound.detach = clause.detach;
  for (const ExprPtr& target : clause.targets) {
    if (std::holds_alternative<HasLabelsExpr>(target->node)) {
      throw Fault(target->span, "InvalidDelete",
                  "DELETE takes nodes, relationships and paths; labels are taken away by REMOVE");
    }
    const TypeSet wanted = kEntityType | ValueType::kPath;
    Typed value = BindExpr(*target);
    if (!value.type.CanBe(wanted)) FailType(target->span, wanted, value.type);
    bound.targets.push_back(std::move(value.expr));
  }
  return bound;
}

BoundForeach Binder::Bind(const ForeachClause& loop) {
  BoundForeach bound;
  const Typed list = BindList(*loop.list);
  bound.list = list.expr;
  const Setting<Scope> inside(scope_, scope_);
  bound.slot = Declare(loop.variable, SlotKind::kValue, {list.type.element, TypeSet::Any()}).slot;
  for (const Clause& clause : loop.body) BindClause(clause, bound.body);
  return bound;
}

}  // namespace verbale::query
