// Where a MATCH begins and in which order it walks.
//
//   NodeScan a > Expand (a)-[r]->(b) > Filter b.name = 'x'
//   →  NodeScan b > Filter b.name = 'x' > Expand (b)<-[r]-(a)
//
// A chain of scans, walks and filters is taken apart into nodes, walks and predicates and put
// together again: from what is bound already or, where nothing is, from the node that fewest are
// expected of; then always the walk that adds the fewest rows; a predicate stands as soon as all
// that it reads is there, so filters move down on the way. Ends of steps that a constraint and a
// value tell from all others come before everything else: what leads from one of them to another is
// then looked up from both sides, however many relationships either has.
//
// Preconditions: the operators of the chain only scan, walk and filter, so their order does not
// change the rows; predicates are deterministic. A pair of relationships that may not be the same
// is kept as a pair, whichever comes first.

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "query/functions/registry.h"
#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

/// One relationship type of an expression that names just one.
const std::string* OneType(const std::optional<LabelExpr>& types) {
  return types && types->op == LabelOp::kName ? &types->name : nullptr;
}

class WalkOrder {
 public:
  WalkOrder(const LogicalPlan& plan, const graph::View& view) : plan_(plan), view_(view) {}

  /// Takes the chain that ends at `top` apart; what it stands on is returned and still owned here.
  LogicalNode& Take(LogicalPtr top) {
    std::vector<LogicalPtr> chain;
    LogicalPtr node = std::move(top);
    while (CanTake(*node)) {
      LogicalPtr next = std::move(node->inputs.front());
      chain.push_back(std::move(node));
      node = std::move(next);
    }
    below_ = std::move(node);
    std::reverse(chain.begin(), chain.end());
    for (LogicalPtr& op : chain) TakeApart(std::move(op));
    return *below_;
  }

  LogicalPtr PutTogether() {
    DropNeedlessPairs();
    FindBound();
    NoteReads();
    LogicalPtr plan = AddPredicates(std::move(below_));
    if (bound_.empty()) plan = AddOnlyOnes(std::move(plan));
    while (!scans_.empty() || !walks_.empty()) {
      const std::size_t walk = CheapestWalk();
      if (walk != kNone) {
        plan = AddWalk(walk, std::move(plan));
      } else {
        plan = AddScan(std::move(plan));
      }
      plan = AddPredicates(std::move(plan));
    }
    for (const BoundExprPtr& predicate : predicates_) {
      plan = MakeNode(LogicalFilter{{predicate}}, std::move(plan));
    }
    return plan;
  }

 private:
  static constexpr std::size_t kNone = SIZE_MAX;

  struct Walk {
    LogicalPtr op;
    Slot from, rel, to;
    const std::string* type;  ///< Where there is just one.
  };

  struct Asked {
    BoundExprPtr predicate;
    std::vector<Slot> reads;
  };

  bool CanTake(const LogicalNode& node) const {
    if (node.inputs.size() != 1) return false;
    if (const auto* filter = std::get_if<LogicalFilter>(&node.op)) {
      return std::all_of(filter->predicates.begin(), filter->predicates.end(), IsDeterministic);
    }
    if (const auto* walk = std::get_if<LogicalVarExpand>(&node.op)) {
      return IsDeterministic(walk->element_where);
    }
    return std::holds_alternative<LogicalNodeScan>(node.op) ||
           std::holds_alternative<LogicalExpand>(node.op);
  }

  void TakeApart(LogicalPtr op) {
    if (auto* filter = std::get_if<LogicalFilter>(&op->op)) {
      for (BoundExprPtr& predicate : filter->predicates) predicates_.push_back(predicate);
    } else if (auto* expand = std::get_if<LogicalExpand>(&op->op)) {
      AddPairs(expand->rel, expand->distinct_from);
      walks_.push_back({nullptr, expand->from, expand->rel, expand->to, OneType(expand->types)});
      if (!expand->into) nodes_.insert(expand->to);
      walks_.back().op = std::move(op);
    } else if (auto* var = std::get_if<LogicalVarExpand>(&op->op)) {
      AddPairs(var->rel, var->distinct_from);
      walks_.push_back({nullptr, var->from, var->rel, var->to, OneType(var->types)});
      if (!var->into) nodes_.insert(var->to);
      walks_.back().op = std::move(op);
    } else {
      const auto& scan = std::get<LogicalNodeScan>(op->op);
      nodes_.insert(scan.node);
      if (scan.label) labels_.emplace_back(scan.node, *scan.label);
      scans_.push_back(scan.node);
    }
  }

  void AddPairs(Slot rel, const std::vector<Slot>& others) {
    for (const Slot other : others) pairs_.emplace_back(rel, other);
  }

  /// Relationships of different types are different anyway.
  void DropNeedlessPairs() {
    const auto type_of = [this](Slot rel) -> const std::string* {
      for (const Walk& walk : walks_) {
        if (walk.rel == rel) return walk.type;
      }
      return nullptr;
    };
    std::erase_if(pairs_, [&](const auto& pair) {
      const std::string* a = type_of(pair.first);
      const std::string* b = type_of(pair.second);
      return a != nullptr && b != nullptr && *a != *b;
    });
  }

  /// Everything that the chain reads and does not bind itself is there before it.
  void FindBound() {
    for (const Walk& walk : walks_) {
      for (const Slot end : {walk.from, walk.to}) {
        if (nodes_.count(end) == 0) bound_.insert(end);
      }
    }
    own_ = nodes_;
    for (const Walk& walk : walks_) own_.insert(walk.rel);
  }

  /// What is asked of each node, so that not every predicate is looked at for each of many nodes.
  void NoteReads() {
    for (const BoundExprPtr& predicate : predicates_) {
      std::vector<Slot> reads;
      CollectReads(predicate, plan_, reads);
      for (const Slot slot : std::set<Slot>(reads.begin(), reads.end())) {
        asked_[slot].push_back({predicate, reads});
      }
    }
  }

  /// The predicates that read a node which is not bound yet: so none of them has been placed.
  std::span<const Asked> AskedOf(Slot slot) const {
    const auto found = asked_.find(slot);
    if (found == asked_.end()) return {};
    return found->second;
  }

  /// Scans for the ends of steps of which there is one at most.
  LogicalPtr AddOnlyOnes(LogicalPtr plan) {
    for (const Walk& walk : walks_) {
      if (!std::holds_alternative<LogicalExpand>(walk.op->op)) continue;
      for (const Slot end : {walk.from, walk.to}) {
        if (!IsBound(end) && IsOnlyOne(end)) plan = AddPredicates(AddScan(end, std::move(plan)));
      }
    }
    return plan;
  }

  bool IsOnlyOne(Slot slot) const {
    const std::span<const Asked> asked = AskedOf(slot);
    return std::any_of(asked.begin(), asked.end(), [&](const Asked& asks) {
      return ReadsNoOther(asks, slot) && AsksForOne(*asks.predicate, slot);
    });
  }

  /// Whether it reads, beside `slot`, only what is bound.
  bool ReadsNoOther(const Asked& asks, Slot slot) const {
    return std::all_of(asks.reads.begin(), asks.reads.end(),
                       [&](Slot other) { return other == slot || IsBound(other); });
  }

  bool IsBound(Slot slot) const { return own_.count(slot) == 0 || bound_.count(slot) != 0; }

  LogicalPtr AddPredicates(LogicalPtr plan) {
    std::vector<BoundExprPtr> ready;
    std::vector<BoundExprPtr> rest;
    for (BoundExprPtr& predicate : predicates_) {
      std::vector<Slot> reads;
      CollectReads(predicate, plan_, reads);
      const bool is_ready =
          std::all_of(reads.begin(), reads.end(), [this](Slot slot) { return IsBound(slot); });
      (is_ready ? ready : rest).push_back(std::move(predicate));
    }
    predicates_ = std::move(rest);
    if (ready.empty()) return plan;
    return MakeNode(LogicalFilter{std::move(ready)}, std::move(plan));
  }

  /// The walk that a bound node allows and that adds the fewest rows; one between two bound nodes
  /// adds none.
  std::size_t CheapestWalk() const {
    std::size_t best = kNone;
    double best_rows = 0;
    for (std::size_t i = 0; i < walks_.size(); ++i) {
      const bool from = IsBound(walks_[i].from);
      const bool to = IsBound(walks_[i].to);
      if (!from && !to) continue;
      double rows =
          from && to ? 0 : FanOut(walks_[i]) * Selectivity(from ? walks_[i].to : walks_[i].from);
      if (std::holds_alternative<LogicalVarExpand>(walks_[i].op->op)) rows = rows * rows + 1;
      if (best == kNone || rows < best_rows) {
        best = i;
        best_rows = rows;
      }
    }
    return best;
  }

  double RelsOf(const Walk& walk) const {
    if (walk.type == nullptr) return static_cast<double>(view_.RelCount());
    const auto type = view_.catalog().FindType(*walk.type);
    return type ? static_cast<double>(view_.RelCount(*type)) : 0;
  }

  double FanOut(const Walk& walk) const {
    return RelsOf(walk) / static_cast<double>(view_.NodeCount() + 1);
  }

  LogicalPtr AddWalk(std::size_t index, LogicalPtr plan) {
    Walk walk = std::move(walks_[index]);
    walks_.erase(walks_.begin() + static_cast<std::ptrdiff_t>(index));
    const bool turned = !IsBound(walk.from);
    if (auto* expand = std::get_if<LogicalExpand>(&walk.op->op)) {
      Place(*expand, turned);
    } else {
      auto& var = std::get<LogicalVarExpand>(walk.op->op);
      if (turned) var.reversed = !var.reversed;
      Place(var, turned);
    }
    for (const Slot slot : {walk.from, walk.rel, walk.to}) Bind(slot);
    walk.op->inputs.front() = std::move(plan);
    return std::move(walk.op);
  }

  template <typename Op>
  void Place(Op& op, bool turned) {
    if (turned) {
      std::swap(op.from, op.to);
      op.arrow = Turned(op.arrow);
    }
    op.into = IsBound(op.to);
    op.distinct_from.clear();
    for (const auto& [a, b] : pairs_) {
      if (a == op.rel && IsBound(b)) op.distinct_from.push_back(b);
      if (b == op.rel && IsBound(a)) op.distinct_from.push_back(a);
    }
  }

  void Bind(Slot slot) {
    bound_.insert(slot);
    std::erase(scans_, slot);
  }

  /// The node that is expected to give the fewest rows, with what the first walk from it adds; ends
  /// of walks first where the written plan scans them.
  LogicalPtr AddScan(LogicalPtr plan) {
    std::vector<Slot> candidates = scans_;
    for (const Walk& walk : walks_) {
      candidates.push_back(walk.from);
      candidates.push_back(walk.to);
    }
    Slot best = candidates.front();
    double best_rows = RowsFrom(best);
    for (const Slot slot : candidates) {
      const double rows = RowsFrom(slot);
      if (rows >= best_rows) continue;
      best = slot;
      best_rows = rows;
    }
    return AddScan(best, std::move(plan));
  }

  LogicalPtr AddScan(Slot slot, LogicalPtr plan) {
    LogicalNodeScan scan{slot, LabelOf(slot)};
    Bind(slot);
    return MakeNode(std::move(scan), std::move(plan));
  }

  /// Labels that a predicate or a scan asks of a node.
  std::vector<std::string> LabelsOf(Slot slot) const {
    std::vector<std::string> labels;
    for (const auto& [node, label] : labels_) {
      if (node == slot) labels.push_back(label);
    }
    for (const auto& [predicate, reads] : AskedOf(slot)) {
      if (predicate->kind != BoundKind::kHasLabels) continue;
      if (predicate->args[0]->kind != BoundKind::kSlot || predicate->args[0]->slot != slot)
        continue;
      if (predicate->labels.op == LabelOp::kName) labels.push_back(predicate->labels.name);
      if (predicate->labels.op != LabelOp::kAnd) continue;
      for (const LabelExpr& part : predicate->labels.operands) {
        if (part.op == LabelOp::kName) labels.push_back(part.name);
      }
    }
    return labels;
  }

  std::uint64_t CountOf(const std::string& label) const {
    const auto id = view_.catalog().FindLabel(label);
    return id ? view_.NodeCount(*id) : 0;
  }

  std::optional<std::string> LabelOf(Slot slot) const {
    std::optional<std::string> best;
    for (const std::string& label : LabelsOf(slot)) {
      if (!best || CountOf(label) < CountOf(*best)) best = label;
    }
    return best;
  }

  double Expected(Slot slot) const {
    const std::optional<std::string> label = LabelOf(slot);
    const std::uint64_t nodes = label ? CountOf(*label) : view_.NodeCount();
    return static_cast<double>(nodes) * Selectivity(slot);
  }

  double RowsFrom(Slot slot) const {
    double least = -1;
    for (const Walk& walk : walks_) {
      if (walk.from != slot && walk.to != slot) continue;
      least = least < 0 ? RelsOf(walk) : std::min(least, RelsOf(walk));
    }
    return Expected(slot) + Selectivity(slot) * std::max(least, 0.0);
  }

  /// Whether the predicate asks for one value of a property that no two nodes share.
  bool AsksForOne(const BoundExpr& predicate, Slot slot) const {
    if (predicate.kind != BoundKind::kCompare || predicate.compare != CompareOp::kEqual) {
      return false;
    }
    const std::vector<std::string> labels = LabelsOf(slot);
    return std::any_of(predicate.args.begin(), predicate.args.end(), [&](const auto& side) {
      return IsPropertyOf(*side, slot) &&
             std::any_of(labels.begin(), labels.end(), [&](const std::string& label) {
               return IsUnique(view_, label, side->name);
             });
    });
  }

  /// What part of the nodes the predicates on it let through: one where a constraint says so, else
  /// a guess by the kind of comparison.
  double Selectivity(Slot slot) const {
    double part = 1;
    for (const Asked& asks : AskedOf(slot)) {
      const BoundExprPtr& predicate = asks.predicate;
      if (!ReadsNoOther(asks, slot) || predicate->kind == BoundKind::kHasLabels) continue;
      if (AsksForOne(*predicate, slot)) return 1 / static_cast<double>(view_.NodeCount() + 1);
      part *= predicate->kind == BoundKind::kCompare && predicate->compare == CompareOp::kEqual
                  ? 0.001
                  : 0.3;
    }
    return part;
  }

  const LogicalPlan& plan_;
  const graph::View& view_;
  LogicalPtr below_;
  std::vector<Slot> scans_;  ///< Nodes that the written plan scans.
  std::vector<Walk> walks_;
  std::vector<BoundExprPtr> predicates_;
  std::map<Slot, std::vector<Asked>> asked_;
  std::vector<std::pair<Slot, Slot>> pairs_;  ///< Relationships that may not be the same.
  std::vector<std::pair<Slot, std::string>> labels_;
  std::set<Slot> nodes_;  ///< That the chain binds.
  std::set<Slot> own_;    ///< That the chain binds, relationships too.
  std::set<Slot> bound_;
};

void Order(const LogicalPlan& plan, LogicalPtr& node, const graph::View& view) {
  WalkOrder order(plan, view);
  for (LogicalPtr& input : order.Take(std::move(node)).inputs) Order(plan, input, view);
  node = order.PutTogether();
}

}  // namespace

void OrderWalks(LogicalPlan& plan, LogicalPtr& root, const graph::View& view) {
  Order(plan, root, view);
}

}  // namespace verbale::query
