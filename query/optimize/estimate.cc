// How many rows each operator is expected to give, for EXPLAIN and PROFILE.
//
// Counts of the graph where there are some (nodes of a label, relationships of a type), degrees of
// a sample of the nodes that a walk starts from, and a fixed part for predicates that nothing is
// known of. An inner plan is estimated for all rows that go into it, as PROFILE counts them.

#include <algorithm>
#include <cmath>
#include <map>

#include "query/optimize/optimize.h"
#include "query/optimize/passes.h"

namespace verbale::query {
namespace {

bool Holds(const LabelExpr& types, std::string_view name) {
  const auto holds = [name](const LabelExpr& part) { return Holds(part, name); };
  switch (types.op) {
    case LabelOp::kName:
      return types.name == name;
    case LabelOp::kAny:
      return true;
    case LabelOp::kNot:
      return !holds(types.operands.front());
    case LabelOp::kAnd:
      return std::all_of(types.operands.begin(), types.operands.end(), holds);
    case LabelOp::kOr:
      return std::any_of(types.operands.begin(), types.operands.end(), holds);
  }
  return false;
}

}  // namespace

std::vector<graph::TypeId> TypesOf(const graph::View& view, const std::optional<LabelExpr>& types) {
  std::vector<graph::TypeId> wanted;
  for (std::uint32_t i = 0; i < view.catalog().TypeCount(); ++i) {
    const graph::TypeId type{i};
    if (!types || Holds(*types, view.catalog().TypeName(type))) wanted.push_back(type);
  }
  return wanted;
}

namespace {

constexpr double kEqualPart = 0.1;         // Of rows, for a property that must equal something.
constexpr double kOtherPart = 0.3;         // For any other predicate.
constexpr double kListLength = 10;         // Of a list that is not written out.
constexpr double kFileRows = 1000;         // Of a CSV file.
constexpr double kGroupPower = 0.75;       // n rows fall in n^0.75 groups.
constexpr std::uint64_t kLongestWalk = 8;  // Repetitions that are looked at.
constexpr std::size_t kSample = 1000;

double Part(double part, double whole) { return whole > 0 ? std::min(1.0, part / whole) : 0; }

class Estimator {
 public:
  explicit Estimator(const graph::View& view) : view_(view) {}

  /// `start`: rows that the plan's LogicalStart gives.
  double Run(LogicalNode& node, double start) {
    const bool has_inner =
        node.inputs.size() == 2 && !std::holds_alternative<LogicalUnion>(node.op);
    double in = start;
    if (!node.inputs.empty()) in = Run(*node.inputs[0], start);
    inner_ = 0;
    if (has_inner)
      inner_ = Run(*node.inputs[1], std::holds_alternative<LogicalRepeat>(node.op) ? 1 : in);
    for (std::size_t i = 1; !has_inner && i < node.inputs.size(); ++i) {
      in += Run(*node.inputs[i], start);
    }
    node.rows = std::visit([&](const auto& op) { return Rows(op, in); }, node.op);
    return node.rows;
  }

 private:
  double Nodes() const { return static_cast<double>(view_.NodeCount()); }
  double Nodes(const std::string& label) const {
    const auto id = view_.catalog().FindLabel(label);
    return id ? static_cast<double>(view_.NodeCount(*id)) : 0;
  }
  double Nodes(const std::optional<std::string>& label) const {
    return label ? Nodes(*label) : Nodes();
  }

  /// Relationships that a node met at `from` has of these types in these directions.
  double Degree(Slot from, Arrow arrow, const std::optional<LabelExpr>& types) const {
    const auto label = labels_.find(from);
    std::optional<graph::LabelId> id;
    if (label != labels_.end()) id = view_.catalog().FindLabel(label->second);
    const std::vector<graph::NodeNo> sample = Sample(id);
    if (sample.empty()) return 0;
    const std::vector<graph::TypeId> wanted = TypesOf(view_, types);
    std::size_t rels = 0;
    for (const graph::NodeNo node : sample) {
      for (const graph::TypeId type : wanted) {
        if (arrow != Arrow::kIn)
          rels += view_.Neighbours(node, graph::Direction::kOut, type).size();
        if (arrow != Arrow::kOut)
          rels += view_.Neighbours(node, graph::Direction::kIn, type).size();
      }
    }
    return static_cast<double>(rels) / static_cast<double>(sample.size());
  }

  /// At most kSample nodes, evenly spread over those with the label.
  std::vector<graph::NodeNo> Sample(std::optional<graph::LabelId> label) const {
    const std::size_t count = label ? view_.NodeCount(*label) : view_.NodeCount();
    const std::uint32_t step = view_.NodeLimit() / static_cast<std::uint32_t>(kSample) + 1;
    const bool all = count <= kSample;
    std::vector<graph::NodeNo> nodes(all ? count : 1);
    if (all) {
      nodes.resize(view_.ScanNodes(label, graph::NodeNo{0}, nodes));
      return nodes;
    }
    std::vector<graph::NodeNo> sample;
    for (std::uint32_t from = 0; from < view_.NodeLimit(); from = nodes[0].value + step) {
      if (view_.ScanNodes(label, graph::NodeNo{from}, nodes) == 0) break;
      sample.push_back(nodes[0]);
    }
    return sample;
  }

  /// The sum of the powers of `once` from `length.min` repetitions on.
  static double Repeated(double once, const BoundLength& length) {
    const std::uint64_t last =
        std::min(length.max.value_or(length.min + kLongestWalk), length.min + kLongestWalk);
    double sum = 0;
    for (std::uint64_t i = length.min; i <= last; ++i)
      sum += std::pow(once, static_cast<double>(i));
    return sum;
  }

  double PartOf(const BoundExpr& predicate) {
    if (predicate.kind == BoundKind::kHasLabels && predicate.labels.op == LabelOp::kName) {
      if (predicate.args[0]->kind == BoundKind::kSlot) {
        labels_.emplace(predicate.args[0]->slot, predicate.labels.name);
      }
      return Part(Nodes(predicate.labels.name), Nodes());
    }
    if (predicate.kind == BoundKind::kAnd) {
      double part = 1;
      for (const BoundExprPtr& arg : predicate.args) part *= PartOf(*arg);
      return part;
    }
    if (predicate.kind != BoundKind::kCompare) return kOtherPart;
    if (predicate.compare == CompareOp::kEqual) return kEqualPart;
    return predicate.compare == CompareOp::kNotEqual ? 1 - kEqualPart : kOtherPart;
  }

  static double CountOf(const BoundExprPtr& count, double otherwise) {
    const bool known = count && count->kind == BoundKind::kConstant && count->value.is_int();
    return known ? static_cast<double>(count->value.as_int()) : otherwise;
  }

  void Label(Slot slot, const std::optional<std::string>& label) {
    if (label) labels_.emplace(slot, *label);
  }

  // ---- Operators ----

  double Rows(const LogicalStart&, double in) { return in; }
  double Rows(const LogicalNodeScan& op, double in) {
    Label(op.node, op.label);
    return in * Nodes(op.label);
  }
  double Rows(const LogicalRelScan& op, double in) {
    Label(op.from, op.from_label);
    Label(op.to, op.to_label);
    double rels = 0;
    for (const graph::TypeId type : TypesOf(view_, op.types)) {
      rels += static_cast<double>(view_.RelCount(type));
    }
    return in * rels;
  }
  double Rows(const LogicalParts&, double in) { return in; }
  double Rows(const LogicalIndexSeek& op, double in) {
    Label(op.node, op.label);
    if (op.label && IsUnique(view_, *op.label, op.key)) {
      return in * std::min(op.any_of ? kListLength : 1.0, Nodes(op.label));
    }
    return in * Nodes(op.label) * kEqualPart;
  }
  double Rows(const LogicalRelEnds& op, double in) {
    return op.arrow == Arrow::kBoth ? 2 * in : in;
  }
  double Rows(const LogicalExpand& op, double in) {
    Label(op.to, op.to_label);
    double rows = in * Degree(op.from, op.arrow, op.types);
    if (op.into) return rows * Part(1, Nodes());
    if (op.to_label) rows *= PartWith(*op.to_label, op);
    return op.optional ? std::max(rows, in) : rows;
  }
  double Rows(const LogicalVarExpand& op, double in) {
    double rows = in * Repeated(Degree(op.from, op.arrow, op.types), op.length);
    if (op.distinct_ends) rows = std::min(rows, in * Nodes());
    return op.into ? rows * Part(1, Nodes()) : rows;
  }
  double Rows(const LogicalRelListWalk&, double in) { return in; }
  double Rows(const LogicalRepeat& op, double in) { return in * Repeated(inner_, op.length); }
  double Rows(const LogicalShortestPath&, double in) { return in; }
  double Rows(const LogicalSelectPaths&, double in) { return in; }
  double Rows(const LogicalIntersect& op, double in) {
    return in * Degree(op.first.from, op.first.arrow, op.first.types) *
           Degree(op.second.from, op.second.arrow, op.second.types) * Part(1, Nodes());
  }
  double Rows(const LogicalCountWalks& op, double in) {
    if (op.is_optional()) return in;
    double rows = op.from_all ? Nodes(op.from_label) : in;
    Slot from = op.from;
    for (const CountHop& hop : op.hops) {
      rows *= Degree(from, hop.arrow, hop.types);
      from = hop.to;
      Label(hop.to, hop.to_label);
    }
    return std::min(rows, Nodes());
  }
  double Rows(const LogicalPath&, double in) { return in; }
  double Rows(const LogicalFilter& op, double in) {
    for (const BoundExprPtr& predicate : op.predicates) in *= PartOf(*predicate);
    return in;
  }
  double Rows(const LogicalProject&, double in) { return in; }
  double Rows(const LogicalAggregate& op, double in) {
    return op.groups.empty() ? 1 : std::pow(in, kGroupPower);
  }
  double Rows(const LogicalDistinct&, double in) { return std::pow(in, kGroupPower); }
  double Rows(const LogicalSort& op, double in) {
    return std::min(in, CountOf(op.limit, in) + CountOf(op.skip, 0));
  }
  double Rows(const LogicalSkip& op, double in) { return std::max(0.0, in - CountOf(op.count, 0)); }
  double Rows(const LogicalLimit& op, double in) { return std::min(in, CountOf(op.count, in)); }
  double Rows(const LogicalUnwind& op, double in) {
    return in * (op.list->kind == BoundKind::kList ? static_cast<double>(op.list->args.size())
                                                   : kListLength);
  }
  double Rows(const LogicalUnion&, double in) { return in; }
  double Rows(const LogicalOptional&, double in) { return std::max(in, inner_); }
  double Rows(const LogicalApply& op, double in) {
    if (op.unit) return in;
    return op.optional ? std::max(in, inner_) : inner_;
  }
  double Rows(const LogicalCall& op, double in) { return op.unit ? in : in * kListLength; }
  double Rows(const LogicalLoadCsv&, double in) { return in * kFileRows; }
  double Rows(const LogicalCreate&, double in) { return in; }
  double Rows(const LogicalMerge&, double in) { return std::max(in, inner_); }
  double Rows(const LogicalSet&, double in) { return in; }
  double Rows(const LogicalRemoveLabels&, double in) { return in; }
  double Rows(const LogicalDelete&, double in) { return in; }
  double Rows(const LogicalForeach&, double in) { return in; }
  double Rows(const LogicalSchema&, double) { return 0; }

  /// What part of the ends of the relationships has the label: those of the whole type, looked at
  /// from the other side.
  double PartWith(const std::string& label, const LogicalExpand& op) const {
    double rels = 0;
    for (const graph::TypeId type : TypesOf(view_, op.types)) {
      rels += static_cast<double>(view_.RelCount(type));
    }
    if (op.arrow == Arrow::kBoth) rels *= 2;
    return Part(Nodes(label) * Degree(op.to, Turned(op.arrow), op.types), rels);
  }

  const graph::View& view_;
  double inner_ = 0;                    // Rows of the inner plan of the operator at hand.
  std::map<Slot, std::string> labels_;  // That nodes are known to have.
};

}  // namespace

void EstimateRows(LogicalPlan& plan, const graph::View& view) {
  Estimator(view).Run(*plan.root, 1);
}

}  // namespace verbale::query
