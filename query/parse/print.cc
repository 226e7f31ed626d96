#include "query/parse/print.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "graph/value_text.h"
#include "query/parse/internal/printer.h"
#include "query/parse/lexer.h"

namespace verbale::query {
namespace {

// How tightly an expression holds together; the order of expression.cc.
enum Power : int {
  kOr = 1,
  kXor,
  kAnd,
  kNot,
  kCompare,
  kPredicate,
  kSum,
  kProduct,
  kPower,
  kSign,
  kPostfix,
  kPrimary,
};

struct BinaryForm {
  std::string_view text;
  int power;
};

BinaryForm FormOf(BinaryOp op) {
  switch (op) {
    case BinaryOp::kXor:
      return {"XOR", kXor};
    case BinaryOp::kAdd:
      return {"+", kSum};
    case BinaryOp::kConcat:
      return {"||", kSum};
    case BinaryOp::kSubtract:
      return {"-", kSum};
    case BinaryOp::kMultiply:
      return {"*", kProduct};
    case BinaryOp::kDivide:
      return {"/", kProduct};
    case BinaryOp::kModulo:
      return {"%", kProduct};
    case BinaryOp::kPower:
      return {"^", kPower};
    case BinaryOp::kIn:
      return {"IN", kPredicate};
    case BinaryOp::kStartsWith:
      return {"STARTS WITH", kPredicate};
    case BinaryOp::kEndsWith:
      return {"ENDS WITH", kPredicate};
    case BinaryOp::kContains:
      return {"CONTAINS", kPredicate};
    case BinaryOp::kRegexMatch:
      return {"=~", kPredicate};
  }
  return {};
}

constexpr std::array<std::string_view, 6> kCompareText = {"=", "<>", "<", "<=", ">", ">="};
constexpr std::array<std::string_view, 4> kQuantifierText = {"all", "any", "none", "single"};
constexpr std::array<std::string_view, 3> kSubqueryText = {"EXISTS", "COUNT", "COLLECT"};

bool IsNegative(const graph::Value& value) {
  return (value.is_int() && value.as_int() < 0) ||
         (value.is_double() && std::signbit(value.as_double()));
}

int PowerOf(const Expr& expr) {
  if (const auto* literal = std::get_if<LiteralExpr>(&expr.node)) {
    return IsNegative(literal->value) ? kSign : kPrimary;
  }
  if (const auto* unary = std::get_if<UnaryExpr>(&expr.node)) {
    if (unary->op == UnaryOp::kNot) return kNot;
    return unary->op == UnaryOp::kMinus || unary->op == UnaryOp::kPlus ? kSign : kPredicate;
  }
  if (const auto* binary = std::get_if<BinaryExpr>(&expr.node)) return FormOf(binary->op).power;
  if (const auto* logic = std::get_if<LogicExpr>(&expr.node)) return logic->is_and ? kAnd : kOr;
  if (std::holds_alternative<CompareExpr>(expr.node)) return kCompare;
  if (std::holds_alternative<TypeCheckExpr>(expr.node)) return kPredicate;
  const bool is_postfix = std::holds_alternative<PropertyExpr>(expr.node) ||
                          std::holds_alternative<IndexExpr>(expr.node) ||
                          std::holds_alternative<SliceExpr>(expr.node) ||
                          std::holds_alternative<HasLabelsExpr>(expr.node);
  return is_postfix ? kPostfix : kPrimary;
}

std::string InBackQuotes(std::string_view name) {
  std::string quoted;
  graph::AppendBackquoted(quoted, name);
  return quoted;
}

}  // namespace

std::string QuotedName(std::string_view name) {
  const TokenList list = Lex(name);
  const Token& token = list.tokens.front();
  const bool plain =
      list.tokens.size() == 2 && token.kind == TokenKind::kWord && token.span.size() == name.size();
  const bool reserved = token.lexeme.is_keyword() && token.lexeme.keyword().reserved;
  return plain && !reserved ? std::string(name) : InBackQuotes(name);
}

std::string ToText(const Ast& ast) {
  Printer printer;
  printer.Print(ast);
  return printer.Take();
}

std::string ToText(const Query& query) {
  Printer printer;
  printer.Print(query);
  return printer.Take();
}

std::string ToText(const Expr& expr) {
  Printer printer;
  printer.Print(expr);
  return printer.Take();
}

std::string ToText(const PathPattern& path) {
  Printer printer;
  printer.Print(path);
  return printer.Take();
}

std::string ToText(const LabelExpr& labels) {
  Printer printer;
  printer.Print(labels);
  return printer.Take();
}

void Printer::Print(const LabelExpr& labels) {
  const auto operand = [&](const LabelExpr& part) {
    const bool bracketed = part.op == LabelOp::kOr || part.op == LabelOp::kAnd;
    if (bracketed) Text("(");
    Print(part);
    if (bracketed) Text(")");
  };
  switch (labels.op) {
    case LabelOp::kName:
      PrintName(labels.name);
      break;
    case LabelOp::kAny:
      Text("%");
      break;
    case LabelOp::kNot:
      Text("!");
      operand(labels.operands.front());
      break;
    case LabelOp::kAnd:
      Join(labels.operands, "&", operand);
      break;
    case LabelOp::kOr:
      Join(labels.operands, "|", operand);
      break;
  }
}

void Printer::PrintFilter(const LabelExpr* labels, const ExprPtr& properties,
                          const ExprPtr& where) {
  if (properties) {
    if (labels != nullptr) Text(" ");
    Print(*properties);
  }
  PrintWith(" WHERE ", where);
}

void Printer::Print(const NodePattern& node) {
  Text("(");
  if (node.variable) PrintName(node.variable->text);
  if (node.labels) {
    Text(":");
    Print(*node.labels);
  }
  if (node.properties && node.variable && !node.labels) Text(" ");
  PrintFilter(node.labels ? &*node.labels : nullptr, node.properties, node.where);
  Text(")");
}

void Printer::PrintRepetition(const Repetition& repetition) {
  Text(fmt::format("{{{},", repetition.min));
  if (repetition.max) Text(std::to_string(*repetition.max));
  Text("}");
}

void Printer::Print(const RelPattern& rel) {
  Text(rel.arrow == Arrow::kIn ? "<-[" : "-[");
  if (rel.variable) PrintName(rel.variable->text);
  if (rel.types) {
    Text(":");
    Print(*rel.types);
  }
  if (rel.length) {
    Text(fmt::format("*{}..", rel.length->min));
    if (rel.length->max) Text(std::to_string(*rel.length->max));
  }
  if (rel.properties && rel.variable && !rel.types) Text(" ");
  PrintFilter(rel.types ? &*rel.types : nullptr, rel.properties, rel.where);
  Text(rel.arrow == Arrow::kOut ? "]->" : "]-");
  if (rel.quantifier) PrintRepetition(*rel.quantifier);
}

void Printer::Print(const GroupPattern& group) {
  Text("(");
  Print(group.path);
  PrintWith(" WHERE ", group.where);
  Text(")");
  if (group.quantifier) PrintRepetition(*group.quantifier);
}

void Printer::PrintElements(const std::vector<PathElement>& elements) {
  for (const PathElement& element : elements) {
    if (const auto* node = std::get_if<NodePattern>(&element)) {
      Print(*node);
    } else if (const auto* rel = std::get_if<RelPattern>(&element)) {
      Print(*rel);
    } else {
      Print(*std::get<GroupPatternPtr>(element));
    }
  }
}

void Printer::Print(const PathPattern& path) {
  if (path.variable) {
    PrintName(path.variable->text);
    Text(" = ");
  }
  switch (path.selector) {
    case PathSelector::kAll:
      break;
    case PathSelector::kAny:
      Text(fmt::format("ANY {} ", path.count));
      break;
    case PathSelector::kShortest:
      Text(fmt::format("SHORTEST {} ", path.count));
      break;
    case PathSelector::kAllShortest:
      Text("ALL SHORTEST ");
      break;
    case PathSelector::kShortestGroups:
      Text(fmt::format("SHORTEST {} GROUPS ", path.count));
      break;
    case PathSelector::kShortestPath:
      Text("shortestPath(");
      break;
    case PathSelector::kAllShortestPaths:
      Text("allShortestPaths(");
      break;
  }
  PrintElements(path.elements);
  const bool bracketed = path.selector == PathSelector::kShortestPath ||
                         path.selector == PathSelector::kAllShortestPaths;
  if (bracketed) Text(")");
}

void Printer::Print(const Expr& expr) {
  std::visit([&](const auto& node) { Print(node); }, expr.node);
}

void Printer::PrintOperand(const Expr& expr, int least) {
  const bool bracketed = PowerOf(expr) < least;
  if (bracketed) Text("(");
  Print(expr);
  if (bracketed) Text(")");
}

// First in a bracket, `x IN list` and `x = …` would begin a comprehension or the like.
void Printer::PrintItem(const Expr& expr) {
  const auto* binary = std::get_if<BinaryExpr>(&expr.node);
  const bool begins_form = std::holds_alternative<CompareExpr>(expr.node) ||
                           (binary != nullptr && binary->op == BinaryOp::kIn);
  PrintOperand(expr, begins_form ? kPrimary : kOr);
}

void Printer::PrintWith(std::string_view keyword, const ExprPtr& expr) {
  if (!expr) return;
  Text(keyword);
  Print(*expr);
}

void Printer::Print(const LiteralExpr& literal) {
  const graph::Value& value = literal.value;
  if (value.is_string()) {
    std::string text;
    graph::AppendCypherString(text, value.as_string());
    Text(text);
  } else if (value.is_int()) {
    Text(std::to_string(value.as_int()));
  } else if (value.is_double()) {
    Text(graph::FloatText(value.as_double()));
  } else if (value.is_bool()) {
    Text(value.as_bool() ? "true" : "false");
  } else {
    Text("null");
  }
}

void Printer::Print(const ParameterExpr& parameter) {
  Text("$");
  PrintName(parameter.name);
}

void Printer::Print(const VariableExpr& variable) { PrintName(variable.name); }

void Printer::Print(const PropertyExpr& property) {
  PrintOperand(*property.subject, kPostfix);
  Text(".");
  PrintName(property.key.text);
}

void Printer::Print(const IndexExpr& index) {
  PrintOperand(*index.subject, kPostfix);
  Text("[");
  Print(*index.index);
  Text("]");
}

void Printer::Print(const SliceExpr& slice) {
  PrintOperand(*slice.subject, kPostfix);
  Text("[");
  if (slice.from) Print(*slice.from);
  Text("..");
  if (slice.to) Print(*slice.to);
  Text("]");
}

void Printer::Print(const UnaryExpr& unary) {
  switch (unary.op) {
    case UnaryOp::kNot:
      Text("NOT ");
      PrintOperand(*unary.operand, kNot);
      return;
    case UnaryOp::kMinus:
    case UnaryOp::kPlus: {
      // A sign before a number would be read as part of it.
      const bool is_literal = std::holds_alternative<LiteralExpr>(unary.operand->node);
      Text(unary.op == UnaryOp::kMinus ? "-" : "+");
      PrintOperand(*unary.operand, is_literal ? kPrimary + 1 : kSign);
      return;
    }
    case UnaryOp::kIsNull:
    case UnaryOp::kIsNotNull:
      PrintOperand(*unary.operand, kPredicate);
      Text(unary.op == UnaryOp::kIsNull ? " IS NULL" : " IS NOT NULL");
      return;
  }
}

void Printer::Print(const BinaryExpr& binary) {
  const BinaryForm form = FormOf(binary.op);
  PrintOperand(*binary.left, form.power);
  Text(fmt::format(" {} ", form.text));
  PrintOperand(*binary.right, form.power + 1);
}

void Printer::Print(const LogicExpr& logic) {
  Join(logic.operands, logic.is_and ? " AND " : " OR ",
       [&](const ExprPtr& operand) { PrintOperand(*operand, (logic.is_and ? kAnd : kOr) + 1); });
}

void Printer::Print(const CompareExpr& compare) {
  PrintOperand(*compare.operands.front(), kCompare + 1);
  for (std::size_t i = 0; i < compare.ops.size(); ++i) {
    Text(fmt::format(" {} ", kCompareText[static_cast<std::size_t>(compare.ops[i])]));
    PrintOperand(*compare.operands[i + 1], kCompare + 1);
  }
}

void Printer::Print(const HasLabelsExpr& has) {
  // `(n:A):B` without its brackets would be one condition, `n:A&B`.
  const bool twice = std::holds_alternative<HasLabelsExpr>(has.subject->node);
  PrintOperand(*has.subject, twice ? kPostfix + 1 : kPostfix);
  const bool bracketed = has.labels.op == LabelOp::kOr;
  Text(bracketed ? ":(" : ":");
  Print(has.labels);
  if (bracketed) Text(")");
}

void Printer::Print(const TypeCheckExpr& check) {
  PrintOperand(*check.operand, kPredicate);
  Text(check.negated ? " IS NOT :: " : " IS :: ");
  Text(check.type);
}

// Where even a keyword that is not reserved would be read as one: `count {`, `INDEX on`.
void Printer::PrintNoKeyword(std::string_view name) {
  const bool is_keyword = !Lexeme::OfWord(name).is_none();
  Text(is_keyword ? InBackQuotes(name) : QuotedName(name));
}

void Printer::PrintDotted(std::string_view name) {
  while (true) {
    const std::size_t dot = name.find('.');
    PrintName(name.substr(0, dot));
    if (dot == std::string_view::npos) return;
    Text(".");
    name.remove_prefix(dot + 1);
  }
}

void Printer::Print(const CallExpr& call) {
  PrintDotted(call.name.text);
  Text(call.distinct ? "(DISTINCT " : "(");
  Join(call.arguments, ", ", [&](const ExprPtr& argument) { PrintItem(*argument); });
  Text(")");
}

void Printer::Print(const CountStarExpr& /*count*/) { Text("count(*)"); }

void Printer::Print(const ListExpr& list) {
  Text("[");
  Join(list.items, ", ", [&](const ExprPtr& item) { PrintItem(*item); });
  Text("]");
}

void Printer::Print(const MapExpr& map) {
  Text("{");
  Join(map.entries, ", ", [&](const auto& entry) {
    PrintName(entry.first.text);
    Text(": ");
    Print(*entry.second);
  });
  Text("}");
}

void Printer::Print(const MapProjectionExpr& projection) {
  PrintNoKeyword(std::get<VariableExpr>(projection.subject->node).name);
  Text(" {");
  Join(projection.items, ", ", [&](const MapItem& item) {
    if (item.kind == MapItemKind::kAllProperties) {
      Text(".*");
      return;
    }
    if (item.kind == MapItemKind::kProperty) Text(".");
    PrintName(item.key.text);
    PrintWith(": ", item.value);
  });
  Text("}");
}

void Printer::Print(const ListComprehensionExpr& comprehension) {
  Text("[");
  PrintName(comprehension.variable.text);
  PrintWith(" IN ", comprehension.list);
  PrintWith(" WHERE ", comprehension.where);
  PrintWith(" | ", comprehension.projection);
  Text("]");
}

void Printer::Print(const PatternComprehensionExpr& comprehension) {
  Text("[");
  Print(comprehension.path);
  PrintWith(" WHERE ", comprehension.where);
  PrintWith(" | ", comprehension.projection);
  Text("]");
}

void Printer::Print(const QuantifierExpr& quantifier) {
  Text(kQuantifierText[static_cast<std::size_t>(quantifier.kind)]);
  Text("(");
  PrintName(quantifier.variable.text);
  PrintWith(" IN ", quantifier.list);
  PrintWith(" WHERE ", quantifier.where);
  Text(")");
}

void Printer::Print(const ReduceExpr& reduce) {
  Text("reduce(");
  PrintName(reduce.accumulator.text);
  PrintWith(" = ", reduce.initial);
  Text(", ");
  PrintName(reduce.variable.text);
  PrintWith(" IN ", reduce.list);
  PrintWith(" | ", reduce.body);
  Text(")");
}

void Printer::Print(const CaseSubjectExpr& /*subject*/) {}

void Printer::Print(const CaseExpr& choice) {
  Text("CASE");
  PrintWith(" ", choice.subject);
  for (const CaseBranch& branch : choice.branches) {
    Text(" WHEN ");
    Join(branch.tests, ", ", [&](const ExprPtr& test) { Print(*test); });
    PrintWith(" THEN ", branch.then);
  }
  PrintWith(" ELSE ", choice.otherwise);
  Text(" END");
}

void Printer::Print(const PatternExpr& pattern) { Print(pattern.path); }

void Printer::Print(const SubqueryExpr& subquery) {
  Text(kSubqueryText[static_cast<std::size_t>(subquery.kind)]);
  Text(" { ");
  Print(*subquery.query);
  Text(" }");
}

}  // namespace verbale::query
