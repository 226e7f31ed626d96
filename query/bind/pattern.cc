// Patterns of MATCH and of expressions.
//
// In two steps, since a condition may read what stands further right: first all names of all paths
// are declared, from left to right, then the paths are bound with all names in scope. A quantified
// group is a scope of its own: inside, its names stand for one repetition; behind it, for lists.

#include <algorithm>

#include <fmt/format.h>

#include "query/bind/internal/binder.h"

namespace verbale::query {
namespace {

using graph::ValueType;

bool IsLegacyShortest(const PathPattern& path) {
  return path.selector == PathSelector::kShortestPath ||
         path.selector == PathSelector::kAllShortestPaths;
}

BoundLength LengthOf(const Repetition& repetition) { return {repetition.min, repetition.max}; }

}  // namespace

BoundPattern Binder::BindPattern(std::span<const PathPattern> paths, const Expr* where,
                                 bool may_declare) {
  PatternState state;
  state.may_declare = may_declare;
  for (const PathPattern& path : paths) {
    CheckSelector(path);
    DeclareElements(path.elements, state);
    if (path.variable)
      state.fresh.insert(Declare(*path.variable, SlotKind::kPath, TypeOf(SlotKind::kPath)).slot);
  }
  BoundPattern bound;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const Setting<std::set<Slot>> beside(beside_, Behind(paths.subspan(i), state));
    bound.paths.push_back(BindPath(paths[i], state));
  }
  if (where != nullptr) state.conditions.push_back(BindPredicate(*where));
  bound.where = Conjunction(std::move(state.conditions));
  return bound;
}

BoundExprPtr Binder::Conjunction(std::vector<BoundExprPtr> conditions) {
  if (conditions.empty()) return nullptr;
  if (conditions.size() == 1) return std::move(conditions.front());
  auto both = std::make_shared<BoundExpr>();
  both->kind = BoundKind::kAnd;
  both->span = conditions.back()->span;
  both->args = std::move(conditions);
  return both;
}

void Binder::CheckSelector(const PathPattern& path) const {
  if (!IsLegacyShortest(path)) return;
  const bool single = path.elements.size() == 3 &&
                      std::holds_alternative<RelPattern>(path.elements[1]) &&
                      !std::get<RelPattern>(path.elements[1]).quantifier;
  if (!single) {
    throw Fault(path.span, "UnexpectedSyntax",
                "shortestPath takes two nodes and one relationship between them");
  }
}

// ---- First step: names --------------------------------------------------------------------------

void Binder::DeclareElements(const std::vector<PathElement>& elements, PatternState& state) {
  for (const PathElement& element : elements) {
    if (const auto* node = std::get_if<NodePattern>(&element)) {
      if (node->variable) DeclareInPattern(*node->variable, SlotKind::kNode, state);
    } else if (const auto* rel = std::get_if<RelPattern>(&element)) {
      const SlotKind kind = rel->length || rel->quantifier ? SlotKind::kRelList : SlotKind::kRel;
      if (rel->variable) DeclareInPattern(*rel->variable, kind, state);
    } else {
      DeclareGroup(*std::get<GroupPatternPtr>(element), state);
    }
  }
}

// Behind a quantified group its nodes are lists of nodes, its relationships lists of relationships.
void Binder::DeclareGroup(const GroupPattern& group, PatternState& state) {
  if (!group.quantifier) {
    DeclareElements(group.path.elements, state);
    return;
  }
  if (group.path.variable || group.path.selector != PathSelector::kAll) {
    throw Error(ErrorCode::kUnsupported, "Inside a quantified group a path has no name",
                LocateInText(ast_.text, group.path.span.begin, group.path.span.size()));
  }
  std::set<std::string_view> seen;
  for (const PathElement& element : group.path.elements) {
    if (const auto* node = std::get_if<NodePattern>(&element)) {
      if (!node->variable || !seen.insert(node->variable->text).second) continue;
      const StaticType nodes{ValueType::kList, ValueType::kNode};
      state.fresh.insert(Declare(*node->variable, SlotKind::kValue, nodes).slot);
    } else if (const auto* rel = std::get_if<RelPattern>(&element)) {
      if (rel->length || rel->quantifier) FailNestedGroup(rel->span);
      if (rel->variable) DeclareInPattern(*rel->variable, SlotKind::kRelList, state);
    } else {
      FailNestedGroup(std::get<GroupPatternPtr>(element)->span);
    }
  }
}

void Binder::FailNestedGroup(ByteSpan span) const {
  throw Error(ErrorCode::kUnsupported, "A repetition inside a repetition is not offered",
              LocateInText(ast_.text, span.begin, span.size()));
}

void Binder::DeclareInPattern(const Name& name, SlotKind kind, PatternState& state) {
  const Variable* known = scope_.Find(name.text);
  if (known == nullptr) {
    if (!state.may_declare || scope_.Hides(name.text)) throw Undefined(name.span, name.text);
    state.fresh.insert(Declare(name, kind, TypeOf(kind)).slot);
    return;
  }
  const bool fits = known->kind == kind ||
                    (known->kind == SlotKind::kValue && known->type.CanBe(TypeOf(kind).types));
  if (!fits) {
    throw Fault(name.span, "VariableTypeConflict",
                fmt::format("Variable '{}' is already defined as {}", name.text,
                            Describe(known->type.types)));
  }
  if (kind != SlotKind::kNode && state.fresh.count(known->slot) > 0) {
    throw Fault(name.span, "RelationshipUniquenessViolation",
                fmt::format("Relationship '{}' can be used only once in a pattern", name.text));
  }
}

// ---- Second step: paths -------------------------------------------------------------------------

BoundPath Binder::BindPath(const PathPattern& path, PatternState& state) {
  BoundPath bound;
  bound.span = path.span;
  bound.selector = path.selector;
  bound.count = path.count;
  if (path.variable) bound.slot = scope_.Find(path.variable->text)->slot;
  BindElements(path.elements, state, bound);
  return bound;
}

// The names that a path declares.
std::set<Slot> Binder::SlotsOf(const std::vector<PathElement>& elements) const {
  std::set<Slot> slots;
  const auto add = [&](const std::optional<Name>& name) {
    if (name) slots.insert(scope_.Find(name->text)->slot);
  };
  for (const PathElement& element : elements) {
    if (const auto* node = std::get_if<NodePattern>(&element)) {
      add(node->variable);
    } else if (const auto* rel = std::get_if<RelPattern>(&element)) {
      add(rel->variable);
    } else {
      slots.merge(SlotsOf(std::get<GroupPatternPtr>(element)->path.elements));
    }
  }
  return slots;
}

// Paths with a selector are looked for once the others are there, from left to right: one does not
// see what only the next ones find. shortestPath does not see itself either.
std::set<Slot> Binder::Behind(std::span<const PathPattern> paths, const PatternState& state) const {
  std::set<Slot> behind = beside_;
  const PathPattern& path = paths.front();
  if (path.selector == PathSelector::kAll) return behind;
  for (const PathPattern& other : paths.subspan(1)) {
    if (other.selector == PathSelector::kAll) continue;
    behind.merge(SlotsOf(other.elements));
    if (other.variable) behind.insert(scope_.Find(other.variable->text)->slot);
  }
  std::erase_if(behind, [&](Slot slot) { return state.fresh.count(slot) == 0; });
  for (const Slot slot : SlotsOf(path.elements)) behind.erase(slot);
  behind.insert(beside_.begin(), beside_.end());
  if (path.variable && IsLegacyShortest(path)) {
    behind.insert(scope_.Find(path.variable->text)->slot);
  }
  return behind;
}

void Binder::CheckReadable(ByteSpan span, const Variable& variable) const {
  if (beside_.count(variable.slot) == 0) return;
  throw Fault(
      span, "UndefinedVariable",
      fmt::format("'{}' has no value yet inside of this pattern; find it in a MATCH before, "
                  "or ask in the WHERE behind",
                  TextAt(span)));
}

// Puts the elements in steps. Beside a group stands a node, if need be one without a name.
void Binder::BindElements(const std::vector<PathElement>& elements, PatternState& state,
                          BoundPath& bound) {
  if (elements.size() == 1 && std::holds_alternative<GroupPatternPtr>(elements.front())) {
    const GroupPattern& group = *std::get<GroupPatternPtr>(elements.front());
    if (!group.quantifier) {
      BindBracketed(group, state, bound);
      return;
    }
  }
  bool started = false;
  std::optional<BoundStep> open;  // A relationship or group that waits for the node behind it.
  const auto add_node = [&](BoundNode node) {
    if (open) {
      open->node = std::move(node);
      bound.steps.push_back(std::move(*open));
      open.reset();
    } else {
      bound.start = std::move(node);
    }
    started = true;
  };
  for (const PathElement& element : elements) {
    if (const auto* node = std::get_if<NodePattern>(&element)) {
      add_node(BindNode(*node, state));
      continue;
    }
    if (!started || open) add_node(AnonymousNode());
    if (const auto* rel = std::get_if<RelPattern>(&element)) {
      open.emplace();
      if (rel->quantifier) {
        open->group = BindRepeatedRel(*rel, state);
      } else {
        open->rel = BindRel(*rel, state);
      }
    } else {
      const GroupPattern& group = *std::get<GroupPatternPtr>(element);
      if (!group.quantifier) {
        throw Error(ErrorCode::kUnsupported, "Brackets around a part of a path need a quantifier",
                    LocateInText(ast_.text, group.span.begin, group.span.size()));
      }
      open.emplace();
      open->group = BindGroup(group, state);
    }
  }
  if (open) add_node(AnonymousNode());
}

// `((a)-->(b) WHERE …)` without a quantifier is the path inside, with a condition. Behind a
// selector that is asked before the choice.
void Binder::BindBracketed(const GroupPattern& group, PatternState& state, BoundPath& bound) {
  if (group.path.variable || group.path.selector != PathSelector::kAll) {
    throw Error(ErrorCode::kUnsupported, "A path in brackets takes its name outside of them",
                LocateInText(ast_.text, group.span.begin, group.span.size()));
  }
  BindElements(group.path.elements, state, bound);
  if (!group.where) return;
  BoundExprPtr where = BindPredicate(*group.where);
  if (bound.selector == PathSelector::kAll) {
    state.conditions.push_back(std::move(where));
  } else {
    bound.where = std::move(where);
  }
}

BoundNode Binder::AnonymousNode() {
  BoundNode node;
  node.slot = NewSlot({}, SlotKind::kNode);
  return node;
}

BoundNode Binder::BindNode(const NodePattern& node, PatternState& state) {
  BoundNode bound;
  if (node.variable) {
    const Variable& variable = *scope_.Find(node.variable->text);
    bound.slot = variable.slot;
    bound.bound = state.fresh.count(bound.slot) == 0;
    if (bound.bound) CheckReadable(node.variable->span, variable);
  } else {
    bound = AnonymousNode();
  }
  bound.labels = node.labels;
  if (node.labels) NoteLabels(*node.labels, false);
  bound.properties = BindProperties(node.properties);
  if (node.where) bound.where = BindPredicate(*node.where);
  return bound;
}

BoundRel Binder::BindRel(const RelPattern& rel, PatternState& state) {
  BoundRel bound;
  bound.arrow = rel.arrow;
  bound.types = rel.types;
  if (rel.types) NoteLabels(*rel.types, true);
  if (rel.variable) {
    bound.slot = scope_.Find(rel.variable->text)->slot;
    bound.bound = state.fresh.count(bound.slot) == 0;
  } else {
    bound.slot = NewSlot({}, rel.length ? SlotKind::kRelList : SlotKind::kRel);
  }
  bound.properties = BindProperties(rel.properties);
  if (!rel.length) {
    if (rel.where) bound.where = BindPredicate(*rel.where);
    return bound;
  }
  bound.length = LengthOf(*rel.length);
  if (!rel.where) return bound;
  // The condition is that of each relationship, under the name of the list.
  const Scope outside = scope_;
  bound.element_slot = NewSlot(rel.variable ? rel.variable->text : "", SlotKind::kRel);
  if (rel.variable) {
    scope_.Add(rel.variable->text, {bound.element_slot, SlotKind::kRel, TypeOf(SlotKind::kRel)});
  }
  bound.where = BindPredicate(*rel.where);
  scope_ = outside;
  return bound;
}

// Relationships without a name have a list behind the group too: what is matched further on may not
// take them again.
void Binder::ListUnnamed(BoundGroup& group) {
  for (const BoundStep& step : group.path.steps) {
    const Slot rel = step.rel.slot;
    const bool listed = std::any_of(group.lists.begin(), group.lists.end(),
                                    [rel](const auto& known) { return known.first == rel; });
    if (!listed) group.lists.emplace_back(rel, NewSlot({}, SlotKind::kRelList));
  }
}

// Inside a group its names are new; `lists` says what becomes of them behind it.
std::shared_ptr<const BoundGroup> Binder::BindGroup(const GroupPattern& pattern,
                                                    const PatternState& state) {
  auto group = std::make_shared<BoundGroup>();
  const Scope outside = scope_;
  PatternState inside;
  for (const PathElement& element : pattern.path.elements) {
    const auto* node = std::get_if<NodePattern>(&element);
    const std::optional<Name>& name =
        node != nullptr ? node->variable : std::get<RelPattern>(element).variable;
    if (!name) continue;
    const SlotKind kind = node != nullptr ? SlotKind::kNode : SlotKind::kRel;
    const Variable* one = scope_.Find(name->text);
    if (inside.fresh.count(one->slot) > 0) continue;
    const Slot slot = NewSlot(name->text, kind);
    group->lists.emplace_back(slot, one->slot);
    inside.fresh.insert(slot);
    scope_.Add(name->text, {slot, kind, TypeOf(kind)});
  }
  std::set<Slot> outer = state.fresh;
  outer.insert(beside_.begin(), beside_.end());
  const Setting<std::set<Slot>> beside(beside_, std::move(outer));
  group->path.span = pattern.path.span;
  BindElements(pattern.path.elements, inside, group->path);
  ListUnnamed(*group);
  if (pattern.where) inside.conditions.push_back(BindPredicate(*pattern.where));
  group->where = Conjunction(std::move(inside.conditions));
  group->length = LengthOf(*pattern.quantifier);
  scope_ = outside;
  return group;
}

// `-[r]->+` is a group of one relationship between two nodes without a name.
std::shared_ptr<const BoundGroup> Binder::BindRepeatedRel(const RelPattern& rel,
                                                          const PatternState& state) {
  auto group = std::make_shared<BoundGroup>();
  const Scope outside = scope_;
  PatternState inside;
  if (rel.variable) {
    const Slot list = scope_.Find(rel.variable->text)->slot;
    const Slot slot = NewSlot(rel.variable->text, SlotKind::kRel);
    group->lists.emplace_back(slot, list);
    inside.fresh.insert(slot);
    scope_.Add(rel.variable->text, {slot, SlotKind::kRel, TypeOf(SlotKind::kRel)});
  }
  std::set<Slot> outer = state.fresh;
  outer.insert(beside_.begin(), beside_.end());
  const Setting<std::set<Slot>> beside(beside_, std::move(outer));
  group->path.span = rel.span;
  group->path.start = AnonymousNode();
  BoundStep step;
  step.rel = BindRel(rel, inside);
  step.node = AnonymousNode();
  group->path.steps.push_back(std::move(step));
  ListUnnamed(*group);
  group->length = LengthOf(*rel.quantifier);
  scope_ = outside;
  return group;
}

// Of a pattern to match: a map as it is written, since a parameter could hide anything.
std::vector<BoundProperty> Binder::BindProperties(const ExprPtr& properties) {
  std::vector<BoundProperty> bound;
  if (!properties) return bound;
  const auto* map = std::get_if<MapExpr>(&properties->node);
  if (map == nullptr) {
    throw Fault(properties->span, "InvalidParameterUse",
                "Where a pattern is matched, properties are written out: {key: $value}");
  }
  for (const auto& [key, value] : map->entries) {
    NoteKey(key);
    bound.push_back({key.text, BindValue(*value)});
  }
  return bound;
}

}  // namespace verbale::query
