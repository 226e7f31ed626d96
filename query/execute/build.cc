#include "query/execute/build.h"

#include <algorithm>

#include "query/execute/operators.h"
#include "query/execute/threads.h"

namespace verbale::query {
namespace {

template <typename... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

void Normalize(std::vector<Slot>& slots) {
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
}

std::vector<Slot> Union(std::vector<Slot> a, const std::vector<Slot>& b) {
  a.insert(a.end(), b.begin(), b.end());
  Normalize(a);
  return a;
}

std::vector<Slot> Without(const std::vector<Slot>& a, const std::vector<Slot>& b) {
  std::vector<Slot> rest;
  for (const Slot slot : a) {
    if (std::find(b.begin(), b.end(), slot) == b.end()) rest.push_back(slot);
  }
  return rest;
}

/// Makes operators from the root down; on the way it finds out which slots each has to give.
class Builder {
 public:
  Builder(const LogicalPlan& plan, const OuterRows* outer) : plan_(plan), outer_(outer) {}

  OperatorPtr Make(const LogicalNode& node, std::vector<Slot> needed) {
    Normalize(needed);
    if (std::holds_alternative<LogicalParts>(node.op)) return MakeInParts(node, needed);
    std::vector<OperatorPtr> inputs;
    if (const auto* op = std::get_if<LogicalUnion>(&node.op)) {
      for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        inputs.push_back(Make(*node.inputs[i], op->branches[i]));
      }
    } else if (!node.inputs.empty()) {
      inputs.push_back(Make(*node.inputs[0], NeededOf(node, needed)));
    }
    OperatorPtr made;
    if (node.inputs.size() == 2 && !std::holds_alternative<LogicalUnion>(node.op)) {
      BuiltPlan inner = Build(*node.inputs[1], plan_, InnerNeeded(node, needed));
      made = MakeWithInner(node, std::move(inner.outer));
      inputs.push_back(std::move(inner.root));
    } else {
      made = MakeSimple(node);
    }
    if (DropsRest(node)) OperatorParts::SetOuter(*made, Without(needed, WritesOf(node)), outer_);
    OperatorParts::Set(*made, std::move(inputs), std::move(needed));
    return made;
  }

 private:
  /// Whether its rows have nothing of what the rows of its input have.
  static bool DropsRest(const LogicalNode& node) {
    if (const auto* op = std::get_if<LogicalCountWalks>(&node.op)) return !op->each_row;
    return std::holds_alternative<LogicalAggregate>(node.op) ||
           std::holds_alternative<LogicalDistinct>(node.op) ||
           std::holds_alternative<LogicalUnion>(node.op);
  }

  /// A copy of the input for each thread that there may be.
  OperatorPtr MakeInParts(const LogicalNode& node, std::vector<Slot> needed) {
    std::vector<OperatorPtr> inputs;
    std::vector<ScanPartPtr> parts;
    for (unsigned i = 0; i < MostThreads(); ++i) {
      parts.push_back(std::make_unique<ScanPart>());
      part_ = parts.back().get();
      inputs.push_back(Make(*node.inputs.front(), needed));
    }
    part_ = nullptr;
    OperatorPtr made = MakeParts(std::move(parts));
    OperatorParts::Set(*made, std::move(inputs), std::move(needed));
    return made;
  }

  /// What the first input has to give.
  std::vector<Slot> NeededOf(const LogicalNode& node, const std::vector<Slot>& needed) const {
    std::vector<Slot> reads = ReadsOf(node, plan_);
    if (DropsRest(node)) return reads;
    if (node.inputs.size() == 2) reads = Union(reads, ReadsOfTree(*node.inputs[1], plan_));
    return Union(Without(needed, WritesOf(node)), reads);
  }

  std::vector<Slot> InnerNeeded(const LogicalNode& node, const std::vector<Slot>& needed) const {
    if (const auto* op = std::get_if<LogicalOptional>(&node.op)) return Union(needed, {op->row});
    if (const auto* op = std::get_if<LogicalApply>(&node.op)) return op->slots;
    if (const auto* op = std::get_if<LogicalMerge>(&node.op)) return op->slots;
    if (const auto* op = std::get_if<LogicalRepeat>(&node.op)) {
      std::vector<Slot> slots = Union(op->inner_rels, op->trace);
      for (const auto& [inner, list] : op->lists) slots.push_back(inner);
      slots.push_back(op->inner_to);
      return slots;
    }
    return {};
  }

  OperatorPtr MakeWithInner(const LogicalNode& node, OuterRowsPtr outer) const {
    if (const auto* op = std::get_if<LogicalOptional>(&node.op)) {
      return MakeOptional(*op, std::move(outer));
    }
    if (const auto* op = std::get_if<LogicalApply>(&node.op)) {
      return MakeApply(*op, plan_, std::move(outer));
    }
    if (const auto* op = std::get_if<LogicalMerge>(&node.op)) {
      return MakeMerge(*op, plan_, std::move(outer));
    }
    if (const auto* op = std::get_if<LogicalRepeat>(&node.op)) {
      return MakeRepeat(*op, std::move(outer));
    }
    if (const auto* op = std::get_if<LogicalForeach>(&node.op)) {
      return MakeForeach(*op, plan_, std::move(outer));
    }
    throw Error(ErrorCode::kInternal, "an operator has an inner plan that it does not run");
  }

  OperatorPtr MakeSimple(const LogicalNode& node) const {  // one switch
    return std::visit(
        Overloaded{
            [&](const LogicalStart&) { return MakeStart(outer_); },
            [&](const LogicalNodeScan& op) { return MakeNodeScan(op, part_); },
            [&](const LogicalRelScan& op) {
              if (part_ != nullptr) part_->is_of_rels = true;
              return MakeRelScan(op, part_);
            },
            [&](const LogicalIndexSeek& op) { return MakeIndexSeek(op, plan_); },
            [&](const LogicalRelEnds& op) { return MakeRelEnds(op); },
            [&](const LogicalExpand& op) { return op.into ? MakeExpandInto(op) : MakeExpand(op); },
            [&](const LogicalVarExpand& op) {
              return op.distinct_ends ? MakeReach(op, plan_) : MakeVarExpand(op, plan_);
            },
            [&](const LogicalRelListWalk& op) { return MakeRelListWalk(op); },
            [&](const LogicalShortestPath& op) { return MakeShortestPath(op, plan_); },
            [&](const LogicalSelectPaths& op) { return MakeSelectPaths(op); },
            [&](const LogicalIntersect& op) {
              return op.weight == kNoSlot ? MakeIntersect(op) : MakeCountIntersect(op);
            },
            [&](const LogicalCountWalks& op) { return MakeCountWalks(op, plan_); },
            [&](const LogicalPath& op) { return MakePath(op); },
            [&](const LogicalFilter& op) { return MakeFilter(op, plan_); },
            [&](const LogicalProject& op) { return MakeProject(op, plan_); },
            [&](const LogicalAggregate& op) { return MakeAggregate(op, plan_); },
            [&](const LogicalDistinct& op) { return MakeDistinct(op); },
            [&](const LogicalSort& op) { return MakeSort(op, plan_); },
            [&](const LogicalSkip& op) { return MakeSkip(op, plan_); },
            [&](const LogicalLimit& op) { return MakeLimit(op, plan_); },
            [&](const LogicalUnwind& op) { return MakeUnwind(op, plan_); },
            [&](const LogicalUnion& op) { return MakeUnion(op); },
            [&](const LogicalCall& op) { return MakeCall(op, plan_); },
            [&](const LogicalLoadCsv& op) { return MakeLoadCsv(op, plan_); },
            [&](const LogicalCreate& op) { return MakeCreate(op, plan_); },
            [&](const LogicalSet& op) { return MakeSet(op, plan_); },
            [&](const LogicalRemoveLabels& op) { return MakeRemoveLabels(op, plan_); },
            [&](const LogicalDelete& op) { return MakeDelete(op, plan_); },
            [&](const LogicalSchema& op) { return MakeSchema(op); },
            [](const auto&) -> OperatorPtr {
              throw Error(ErrorCode::kInternal, "an operator lacks its inner plan");
            },
        },
        node.op);
  }

  const LogicalPlan& plan_;
  const OuterRows* outer_;
  ScanPart* part_ = nullptr;  ///< Of the scan that is built next.
};

}  // namespace

BuiltPlan Build(const LogicalNode& root, const LogicalPlan& plan, std::vector<Slot> needed) {
  BuiltPlan built;
  built.outer = std::make_unique<OuterRows>();
  built.root = Builder(plan, built.outer.get()).Make(root, std::move(needed));
  return built;
}

}  // namespace verbale::query
