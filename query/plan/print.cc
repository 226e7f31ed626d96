// Plans and expressions as text: short enough for a golden line, complete enough for EXPLAIN.

#include <algorithm>

#include "query/bind/procedure.h"
#include "query/functions/registry.h"
#include "query/plan/logical_plan.h"
#include "query/query.h"

namespace verbale::query {
namespace {

template <typename... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <typename... F>
Overloaded(F...) -> Overloaded<F...>;

constexpr std::size_t kMaxExprDepth = 40;

class Printer {
 public:
  explicit Printer(const LogicalPlan& plan) : plan_(plan) {}

  std::string Name(Slot slot) const {
    if (slot == kNoSlot) return "-";
    const std::string& name = plan_.slots[slot.value].name;
    return name.empty() ? "#" + std::to_string(slot.value) : name;
  }

  std::string Names(const std::vector<Slot>& slots) const {
    std::string text;
    for (const Slot slot : slots) text += (text.empty() ? "" : ", ") + Name(slot);
    return text;
  }

  std::string Expr(const BoundExprPtr& expr, std::size_t depth = 0) const {  // one switch
    if (!expr) return "";
    if (depth > kMaxExprDepth) return "…";
    const auto arg = [&](std::size_t i) { return Expr(expr->args[i], depth + 1); };
    switch (expr->kind) {
      case BoundKind::kConstant:
        return ToCypher(expr->value, nullptr);
      case BoundKind::kParameter:
        return "$" + expr->name;
      case BoundKind::kSlot:
        return Name(expr->slot);
      case BoundKind::kProperty:
        return arg(0) + "." + expr->name;
      case BoundKind::kCall:
        return std::string(expr->function->name) + "(" + Args(*expr, ", ", depth) + ")";
      case BoundKind::kAnd:
        return "(" + Args(*expr, " AND ", depth) + ")";
      case BoundKind::kOr:
        return "(" + Args(*expr, " OR ", depth) + ")";
      case BoundKind::kNot:
        return "NOT " + arg(0);
      case BoundKind::kNegate:
        return "-" + arg(0);
      case BoundKind::kIdentity:
        return "+" + arg(0);
      case BoundKind::kIsNull:
        return arg(0) + " IS NULL";
      case BoundKind::kIsNotNull:
        return arg(0) + " IS NOT NULL";
      case BoundKind::kCompare:
        return arg(0) + " " + Symbol(expr->compare) + " " + arg(1);
      case BoundKind::kBinary:
        return arg(0) + " " + Symbol(expr->binary) + " " + arg(1);
      case BoundKind::kIndex:
        return arg(0) + "[" + arg(1) + "]";
      case BoundKind::kSlice:
        return arg(0) + "[" + arg(1) + ".." + arg(2) + "]";
      case BoundKind::kTypeCheck:
        return arg(0) + (expr->flag ? " IS NOT :: " : " IS :: ") + expr->name;
      case BoundKind::kList:
        return "[" + Args(*expr, ", ", depth) + "]";
      case BoundKind::kMap:
      case BoundKind::kMapProject:
        return "{" + Args(*expr, ", ", depth) + "}";
      case BoundKind::kListComprehension:
        return "[" + Name(expr->slot) + " IN " + arg(0) + "]";
      case BoundKind::kQuantifier:
        return "quantifier(" + Name(expr->slot) + " IN " + arg(0) + ")";
      case BoundKind::kReduce:
        return "reduce(" + Name(expr->slot) + ", " + arg(1) + ")";
      case BoundKind::kCase:
        return "CASE";
      case BoundKind::kHasLabels:
        return arg(0) + ":" + Labels(expr->labels);
      case BoundKind::kSubquery:
        return Subquery(*expr->subquery);
    }
    return "";
  }

  static std::string Labels(const LabelExpr& labels) {
    switch (labels.op) {
      case LabelOp::kName:
        return labels.name;
      case LabelOp::kAny:
        return "%";
      case LabelOp::kNot:
        return "!" + Labels(labels.operands.front());
      case LabelOp::kAnd:
      case LabelOp::kOr:
        break;
    }
    std::string text;
    for (const LabelExpr& operand : labels.operands) {
      if (!text.empty()) text += labels.op == LabelOp::kAnd ? "&" : "|";
      text += Labels(operand);
    }
    return "(" + text + ")";
  }

  std::string Step(Slot from, Slot rel, Slot to, Arrow arrow, const std::optional<LabelExpr>& types,
                   const std::string& length) const {
    std::string text = "(" + Name(from) + ")";
    text += arrow == Arrow::kIn ? "<-[" : "-[";
    text += Name(rel) + (types ? ":" + Labels(*types) : "") + length;
    text += arrow == Arrow::kOut ? "]->" : "]-";
    return text + "(" + Name(to) + ")";
  }

  static std::string Length(const BoundLength& length) {
    return "*" + std::to_string(length.min) + ".." +
           (length.max ? std::to_string(*length.max) : "");
  }

  std::string Args(const BoundExpr& expr, std::string_view separator, std::size_t depth) const {
    std::string text;
    for (const BoundExprPtr& part : expr.args) {
      if (!part) continue;
      if (!text.empty()) text += separator;
      text += Expr(part, depth + 1);
    }
    return text;
  }

  std::string Exprs(const std::vector<BoundExprPtr>& exprs, std::string_view separator) const {
    std::string text;
    for (const BoundExprPtr& expr : exprs) {
      if (!text.empty()) text += separator;
      text += Expr(expr);
    }
    return text;
  }

  std::string Items(const std::vector<BoundItem>& items) const {
    std::string text;
    for (const BoundItem& item : items) {
      if (!text.empty()) text += ", ";
      const std::string value = Expr(item.value);
      text += value == Name(item.slot) ? value : value + " AS " + Name(item.slot);
    }
    return text;
  }

 private:
  static std::string Symbol(CompareOp op) {
    static constexpr const char* kSymbols[] = {"=", "<>", "<", "<=", ">", ">="};
    return kSymbols[static_cast<std::size_t>(op)];
  }
  static std::string Symbol(BinaryOp op) {
    static constexpr const char* kSymbols[] = {"XOR",       "+",        "||", "-",  "*",
                                               "/",         "%",        "^",  "IN", "STARTS WITH",
                                               "ENDS WITH", "CONTAINS", "=~"};
    return kSymbols[static_cast<std::size_t>(op)];
  }
  std::string Subquery(const BoundSubquery& subquery) const {
    static constexpr const char* kNames[] = {"EXISTS", "COUNT", "COLLECT"};
    const auto found = plan_.subplans.find(&subquery);
    const std::string name = kNames[static_cast<std::size_t>(subquery.kind)];
    if (found == plan_.subplans.end()) return name + "{}";
    return name + "{" + Line(*found->second.root) + "}";
  }

 public:
  std::string Line(const LogicalNode& node) const {
    std::string text;
    if (node.inputs.size() > 1 && std::holds_alternative<LogicalUnion>(node.op)) {
      for (const LogicalPtr& input : node.inputs) {
        text += (text.empty() ? "[" : " | ") + Line(*input);
      }
      text += "]";
    } else if (!node.inputs.empty()) {
      text = Line(*node.inputs[0]);
    }
    if (!text.empty()) text += " > ";
    text += OperatorName(node);
    const std::string arguments = OperatorArguments(node, plan_);
    if (!arguments.empty()) text += " " + arguments;
    if (node.inputs.size() == 2 && !std::holds_alternative<LogicalUnion>(node.op)) {
      text += " {" + Line(*node.inputs[1]) + "}";
    }
    return text;
  }

 private:
  const LogicalPlan& plan_;
};

}  // namespace

std::string OperatorName(const LogicalNode& node) {
  static constexpr const char* kNames[] = {
      "Start",      "NodeScan",     "RelScan", "IndexSeek",    "RelEnds",     "Expand",
      "VarExpand",  "RelListWalk",  "Repeat",  "ShortestPath", "SelectPaths", "Intersect",
      "CountWalks", "Path",         "Filter",  "Project",      "Aggregate",   "Parts",
      "Distinct",   "Sort",         "Skip",    "Limit",        "Unwind",      "Union",
      "Optional",   "Apply",        "Call",    "LoadCsv",      "Create",      "Merge",
      "Set",        "RemoveLabels", "Delete",  "Foreach",      "Schema"};
  static_assert(std::size(kNames) == std::variant_size_v<LogicalOp>);
  if (const auto* op = std::get_if<LogicalExpand>(&node.op); op != nullptr && op->into) {
    return "ExpandInto";
  }
  if (const auto* op = std::get_if<LogicalExpand>(&node.op); op != nullptr && op->optional) {
    return "OptionalExpand";
  }
  if (const auto* op = std::get_if<LogicalIndexSeek>(&node.op); op && !op->has_index) {
    return "ValueSeek";
  }
  if (const auto* op = std::get_if<LogicalExpand>(&node.op); op && op->distinct_ends) {
    return "DistinctExpand";
  }
  if (const auto* op = std::get_if<LogicalVarExpand>(&node.op); op && op->distinct_ends) {
    return "Reach";
  }
  if (const auto* op = std::get_if<LogicalSort>(&node.op); op != nullptr && op->limit) {
    return "Top";
  }
  return kNames[node.op.index()];
}

std::string OperatorArguments(const LogicalNode& node, const LogicalPlan& plan) {  // one switch
  const Printer p(plan);
  return std::visit(
      Overloaded{
          [&](const LogicalNodeScan& op) {
            return "(" + p.Name(op.node) + (op.label ? ":" + *op.label : "") + ")";
          },
          [&](const LogicalIndexSeek& op) {
            return "(" + p.Name(op.node) + (op.label ? ":" + *op.label : "") + " {" + op.key +
                   (op.any_of ? " IN " : ": ") + p.Expr(op.value) + "})";
          },
          [&](const LogicalRelScan& op) {
            const std::string step = p.Step(op.from, op.rel, op.to, op.arrow, op.types, "");
            return "(" + p.Name(op.from) + (op.from_label ? ":" + *op.from_label : "") +
                   step.substr(step.find(')')) + (op.to_label ? ":" + *op.to_label : "");
          },
          [&](const LogicalRelEnds& op) {
            return p.Step(op.from, op.rel, op.to, op.arrow, std::nullopt, "");
          },
          [&](const LogicalExpand& op) {
            return p.Step(op.from, op.rel, op.to, op.arrow, op.types, "") +
                   (op.to_label ? ":" + *op.to_label : "");
          },
          [&](const LogicalVarExpand& op) {
            return p.Step(op.from, op.rel, op.to, op.arrow, op.types, p.Length(op.length));
          },
          [&](const LogicalRelListWalk& op) {
            return p.Step(op.from, op.rel, op.to, op.arrow, op.types, p.Length(op.length));
          },
          [&](const LogicalRepeat& op) {
            return "(" + p.Name(op.from) + ")" + p.Length(op.length) + "(" + p.Name(op.to) + ")";
          },
          [&](const LogicalShortestPath& op) {
            return p.Step(op.from, op.rel, op.to, op.arrow, op.types, p.Length(op.length)) +
                   (op.where ? " WHERE " + p.Expr(op.where) : "");
          },
          [&](const LogicalSelectPaths& op) {
            return "(" + p.Name(op.from) + ")..(" + p.Name(op.to) + ")";
          },
          [&](const LogicalIntersect& op) {
            const auto step = [&p](const LogicalExpand& s) {
              return p.Step(s.from, s.rel, s.to, s.arrow, s.types, "");
            };
            return (op.weight == kNoSlot ? "" : "count ") + step(op.first) + ", " +
                   step(op.second) + (op.to_label ? ":" + *op.to_label : "");
          },
          [&](const LogicalCountWalks& op) {
            std::string text = op.is_optional() ? "each optional "
                               : op.any         ? "any "
                               : op.each_row    ? "each "
                                                : "";
            if (op.from_all) {
              text = "all (" + p.Name(op.from) + (op.from_label ? ":" + *op.from_label : "") + ")";
            }
            Slot from = op.from;
            for (const CountHop& hop : op.hops) {
              if (!text.empty() && !text.ends_with(' ')) text += ", ";
              const Slot rel = hop.rel_predicates.empty() ? kNoSlot : hop.rel;
              text += p.Step(from, rel, hop.to, hop.arrow, hop.types, "");
              if (hop.to_label) text += ":" + *hop.to_label;
              if (!hop.predicates.empty()) text += " " + p.Exprs(hop.predicates, " AND ");
              if (rel != kNoSlot) text += " " + p.Exprs(hop.rel_predicates, " AND ");
              if (!(op.each_row && op.by_middle)) from = hop.to;
            }
            if (op.by_middle) text += ", by " + p.Name(op.each_row ? op.from : op.given());
            return text + (op.leads_away ? ", elsewhere" : "");
          },
          [&](const LogicalPath& op) { return p.Name(op.path); },
          [&](const LogicalFilter& op) { return p.Exprs(op.predicates, " AND "); },
          [&](const LogicalProject& op) { return p.Items(op.items); },
          [&](const LogicalAggregate& op) {
            std::string text = p.Items(op.groups);
            for (const BoundAggregate& item : op.aggregates) {
              if (!text.empty()) text += ", ";
              text += item.function ? std::string(item.function->name) : "count";
              text += item.args.empty() ? "(*)"
                                        : "(" + std::string(item.distinct ? "DISTINCT " : "") +
                                              p.Exprs(item.args, ", ") + ")";
            }
            if (op.by_node) text += " BY " + p.Name(op.by_node->node);
            return op.where.empty() ? text : text + " WHERE " + p.Exprs(op.where, " AND ");
          },
          [&](const LogicalDistinct& op) { return p.Names(op.slots); },
          [&](const LogicalSort& op) {
            std::string text;
            for (const BoundSortKey& key : op.keys) {
              text +=
                  (text.empty() ? "" : ", ") + p.Expr(key.value) + (key.descending ? " DESC" : "");
            }
            if (op.limit) text += " LIMIT " + p.Expr(op.limit);
            return op.skip ? text + " + " + p.Expr(op.skip) : text;
          },
          [&](const LogicalSkip& op) { return p.Expr(op.count); },
          [&](const LogicalLimit& op) { return p.Expr(op.count); },
          [&](const LogicalUnwind& op) { return p.Expr(op.list) + " AS " + p.Name(op.slot); },
          [&](const LogicalUnion& op) { return p.Names(op.columns); },
          [&](const LogicalCall& op) { return op.procedure->name; },
          [&](const LogicalLoadCsv& op) { return p.Expr(op.source) + " AS " + p.Name(op.slot); },
          [&](const LogicalCreate& op) {
            std::string text;
            for (const CreateNode& item : op.nodes) {
              text += (text.empty() ? "(" : ", (") + p.Name(item.slot) + ")";
            }
            for (const CreateRel& rel : op.rels) {
              text += (text.empty() ? "(" : ", (") + p.Name(rel.source) + ")-[" + p.Name(rel.slot) +
                      ":" + rel.type + "]->(" + p.Name(rel.target) + ")";
            }
            return text;
          },
          [&](const LogicalDelete& op) { return p.Exprs(op.targets, ", "); },
          [&](const LogicalForeach& op) { return p.Name(op.slot) + " IN " + p.Expr(op.list); },
          [&](const LogicalSchema& op) { return op.command.item.name; },
          [](const auto&) { return std::string(); },
      },
      node.op);
}

std::string PlanLine(const LogicalPlan& plan) { return Printer(plan).Line(*plan.root); }

PlanNode ToPlanNode(const LogicalNode& node, const LogicalPlan& plan) {
  PlanNode shown;
  shown.name = OperatorName(node);
  shown.arguments = OperatorArguments(node, plan);
  shown.estimated_rows = node.rows;
  for (const LogicalPtr& input : node.inputs) shown.children.push_back(ToPlanNode(*input, plan));
  return shown;
}

}  // namespace verbale::query
