#include "tests/query/ast_tree.h"

#include <type_traits>

#include <fmt/format.h>

namespace verbale::query {
namespace {

std::string Tree(const Expr& expr);
std::string Tree(const ExprPtr& expr) { return expr ? Tree(*expr) : "_"; }
std::string Tree(const Query& query);
std::string Tree(const PathPattern& path);
std::string Tree(const Clause& clause);
std::string Tree(const SingleQuery& query);
std::string Tree(const LabelExpr& labels);
std::string Tree(const PathElement& element);
std::string Tree(const MapItem& item);
std::string Tree(const std::pair<Name, ExprPtr>& entry);
std::string Tree(const CaseBranch& branch);
std::string Tree(const SortItem& item);
std::string Tree(const ProjectionItem& item);
std::string Tree(const SetItem& item);
std::string Tree(const YieldItem& item);

std::string Tree(const std::optional<Name>& name) { return name ? name->text : "_"; }

std::string Tree(const Name& name) { return name.text; }

template <typename Range>
std::string Each(const Range& range) {
  std::string out;
  for (const auto& element : range) out += ' ' + Tree(element);
  return out;
}

std::string Tree(const LabelExpr& labels) {
  static constexpr const char* kOps[] = {"", "%", "!", "&", "|"};
  if (labels.op == LabelOp::kName) return labels.name;
  return fmt::format("({}{})", kOps[static_cast<int>(labels.op)], Each(labels.operands));
}

std::string Tree(const std::optional<LabelExpr>& labels) { return labels ? Tree(*labels) : "_"; }

std::string Tree(const std::optional<Repetition>& repetition) {
  if (!repetition) return "_";
  return fmt::format("{}..{}", repetition->min,
                     repetition->max ? std::to_string(*repetition->max) : "");
}

std::string Tree(const GroupPattern& group) {
  return fmt::format("(group {} {} {})", Tree(group.path), Tree(group.where),
                     Tree(group.quantifier));
}

std::string Tree(const PathElement& element) {
  static constexpr const char* kArrows[] = {"->", "<-", "--"};
  if (const auto* node = std::get_if<NodePattern>(&element)) {
    return fmt::format("(node {} {} {} {})", Tree(node->variable), Tree(node->labels),
                       Tree(node->properties), Tree(node->where));
  }
  if (const auto* rel = std::get_if<RelPattern>(&element)) {
    return fmt::format("({} {} {} {} {} {} {})", kArrows[static_cast<int>(rel->arrow)],
                       Tree(rel->variable), Tree(rel->types), Tree(rel->length),
                       Tree(rel->properties), Tree(rel->where), Tree(rel->quantifier));
  }
  return Tree(*std::get<GroupPatternPtr>(element));
}

std::string Tree(const PathPattern& path) {
  return fmt::format("(path {} {} {}{})", Tree(path.variable), static_cast<int>(path.selector),
                     path.count, Each(path.elements));
}

std::string Tree(const graph::Value& value) {
  if (value.is_null()) return "null";
  if (value.is_bool()) return value.as_bool() ? "true" : "false";
  if (value.is_int()) return std::to_string(value.as_int());
  if (value.is_double()) return fmt::format("{}f", value.as_double());
  return fmt::format("'{}'", value.as_string());
}

std::string Tree(const MapItem& item) {
  return fmt::format("({} {} {})", static_cast<int>(item.kind), item.key.text, Tree(item.value));
}

std::string Tree(const std::pair<Name, ExprPtr>& entry) {
  return fmt::format("({} {})", entry.first.text, Tree(entry.second));
}

std::string Tree(const CaseBranch& branch) {
  std::string tests;
  for (const ExprPtr& test : branch.tests) tests += Tree(test) + " ";
  return "(" + tests + Tree(branch.then) + ")";
}

std::string Node(const LiteralExpr& e) { return Tree(e.value); }
std::string Node(const ParameterExpr& e) { return '$' + e.name; }
std::string Node(const VariableExpr& e) { return e.name; }
std::string Node(const PropertyExpr& e) {
  return fmt::format("(. {} {})", Tree(e.subject), e.key.text);
}
std::string Node(const IndexExpr& e) {
  return fmt::format("([] {} {})", Tree(e.subject), Tree(e.index));
}
std::string Node(const SliceExpr& e) {
  return fmt::format("([..] {} {} {})", Tree(e.subject), Tree(e.from), Tree(e.to));
}
std::string Node(const UnaryExpr& e) {
  static constexpr const char* kOps[] = {"NOT", "neg", "pos", "null?", "some?"};
  return fmt::format("({} {})", kOps[static_cast<int>(e.op)], Tree(e.operand));
}
std::string Node(const BinaryExpr& e) {
  static constexpr const char* kOps[] = {"XOR", "+",  "||",     "-",    "*",        "/", "%",
                                         "^",   "IN", "STARTS", "ENDS", "CONTAINS", "=~"};
  return fmt::format("({} {} {})", kOps[static_cast<int>(e.op)], Tree(e.left), Tree(e.right));
}
std::string Node(const LogicExpr& e) {
  return fmt::format("({}{})", e.is_and ? "AND" : "OR", Each(e.operands));
}
std::string Node(const CompareExpr& e) {
  static constexpr const char* kOps[] = {"=", "<>", "<", "<=", ">", ">="};
  std::string ops;
  for (const CompareOp op : e.ops) ops += kOps[static_cast<int>(op)];
  return fmt::format("({}{})", ops, Each(e.operands));
}
std::string Node(const HasLabelsExpr& e) {
  return fmt::format("(: {} {})", Tree(e.subject), Tree(e.labels));
}
std::string Node(const TypeCheckExpr& e) {
  return fmt::format("({} {} {})", e.negated ? "not::" : "::", Tree(e.operand), e.type);
}
std::string Node(const CallExpr& e) {
  return fmt::format("({}{}{})", e.name.text, e.distinct ? " DISTINCT" : "", Each(e.arguments));
}
std::string Node(const CountStarExpr& /*e*/) { return "(count *)"; }
std::string Node(const ListExpr& e) { return fmt::format("(list{})", Each(e.items)); }
std::string Node(const MapExpr& e) { return fmt::format("(map{})", Each(e.entries)); }
std::string Node(const MapProjectionExpr& e) {
  return fmt::format("(project {}{})", Tree(e.subject), Each(e.items));
}
std::string Node(const ListComprehensionExpr& e) {
  return fmt::format("(for {} {} {} {})", e.variable.text, Tree(e.list), Tree(e.where),
                     Tree(e.projection));
}
std::string Node(const PatternComprehensionExpr& e) {
  return fmt::format("(forpath {} {} {})", Tree(e.path), Tree(e.where), Tree(e.projection));
}
std::string Node(const QuantifierExpr& e) {
  static constexpr const char* kKinds[] = {"all", "any", "none", "single"};
  return fmt::format("({} {} {} {})", kKinds[static_cast<int>(e.kind)], e.variable.text,
                     Tree(e.list), Tree(e.where));
}
std::string Node(const ReduceExpr& e) {
  return fmt::format("(reduce {} {} {} {} {})", e.accumulator.text, Tree(e.initial),
                     e.variable.text, Tree(e.list), Tree(e.body));
}
std::string Node(const CaseSubjectExpr&) { return "subject"; }
std::string Node(const CaseExpr& e) {
  return fmt::format("(case {}{} {})", Tree(e.subject), Each(e.branches), Tree(e.otherwise));
}
std::string Node(const PatternExpr& e) { return Tree(e.path); }
std::string Node(const SubqueryExpr& e) {
  static constexpr const char* kKinds[] = {"EXISTS", "COUNT", "COLLECT"};
  return fmt::format("({} {})", kKinds[static_cast<int>(e.kind)], Tree(*e.query));
}

std::string Tree(const Expr& expr) {
  return std::visit([](const auto& node) { return Node(node); }, expr.node);
}

std::string Tree(const SortItem& item) {
  return fmt::format("({} {})", item.descending ? "desc" : "asc", Tree(item.value));
}

std::string Tree(const ProjectionItem& item) {
  return fmt::format("({} {})", Tree(item.value), Tree(item.alias));
}

std::string Tree(const SetItem& item) {
  return fmt::format("({} {} {}{})", static_cast<int>(item.kind), Tree(item.target),
                     Tree(item.value), Each(item.labels));
}

std::string Tree(const YieldItem& item) {
  return fmt::format("({} {})", item.field.text, Tree(item.alias));
}

std::string Node(const MatchClause& c) {
  return fmt::format("({}{} {})", c.optional ? "OPTIONAL" : "MATCH", Each(c.paths), Tree(c.where));
}
std::string Node(const UnwindClause& c) {
  return fmt::format("(UNWIND {} {})", Tree(c.list), c.alias.text);
}
std::string Node(const ProjectionClause& c) {
  return fmt::format("({}{}{}{} order{} {} {} {})", c.is_return ? "RETURN" : "WITH",
                     c.distinct ? " DISTINCT" : "", c.star ? " *" : "", Each(c.items),
                     Each(c.order), Tree(c.skip), Tree(c.limit), Tree(c.where));
}
std::string Node(const CreateClause& c) { return fmt::format("(CREATE{})", Each(c.paths)); }
std::string Node(const MergeClause& c) {
  return fmt::format("(MERGE {} create{} match{})", Tree(c.path), Each(c.on_create),
                     Each(c.on_match));
}
std::string Node(const SetClause& c) { return fmt::format("(SET{})", Each(c.items)); }
std::string Node(const RemoveClause& c) { return fmt::format("(REMOVE{})", Each(c.items)); }
std::string Node(const DeleteClause& c) {
  return fmt::format("({}{})", c.detach ? "DETACH" : "DELETE", Each(c.targets));
}
std::string Node(const ForeachClause& c) {
  return fmt::format("(FOREACH {} {}{})", c.variable.text, Tree(c.list), Each(c.body));
}
std::string Node(const CallClause& c) {
  return fmt::format("(CALL {}{} args{} {} yield{} {})", c.optional ? "OPTIONAL " : "",
                     c.procedure.text, c.arguments ? Each(*c.arguments) : " none",
                     c.yield_star ? "*" : "", c.yields ? Each(*c.yields) : " none", Tree(c.where));
}
std::string Node(const SubqueryClause& c) {
  return fmt::format("(CALL {}{} {}{} {} {})", c.optional ? "OPTIONAL " : "",
                     c.imports ? Each(*c.imports) : " none", c.import_all ? "* " : "",
                     Tree(*c.body), c.in_transactions, Tree(c.batch_rows));
}
std::string Node(const LoadCsvClause& c) {
  return fmt::format("(LOAD {} {} {} {})", c.with_headers, Tree(c.source), c.alias.text,
                     Tree(c.field_terminator));
}

std::string Tree(const Clause& clause) {
  return std::visit([](const auto& node) { return Node(node); }, clause.node);
}

std::string Tree(const SingleQuery& query) { return fmt::format("(query{})", Each(query.clauses)); }

std::string Tree(const Query& query) {
  if (query.branches.size() == 1) return Tree(query.branches.front());
  return fmt::format("({}{})", query.union_all ? "UNION ALL" : "UNION", Each(query.branches));
}

std::string Node(const Query& query) { return Tree(query); }
std::string Node(const SchemaCommand& c) {
  return fmt::format("({} {} {} {} {} {}{} {} {})", c.drop ? "drop" : "create", c.is_constraint,
                     c.if_absent_or_present, Tree(c.name), c.on_relationship, c.label.text,
                     Each(c.keys), static_cast<int>(c.kind), c.value_type);
}
std::string Node(const ShowCommand& c) {
  return fmt::format("(SHOW {} yield{}{} order{} {} {} {} {})", static_cast<int>(c.kind),
                     c.yield_star ? "*" : "", c.yields ? Each(*c.yields) : " none", Each(c.order),
                     Tree(c.skip), Tree(c.limit), Tree(c.where),
                     c.returns ? Tree(*c.returns) : "_");
}

}  // namespace

std::string TreeOf(const Expr& expr) { return Tree(expr); }

std::string TreeOf(const Ast& ast) {
  static constexpr const char* kModes[] = {"", "EXPLAIN ", "PROFILE "};
  const std::string use =
      ast.use ? fmt::format("(USE {}{}) ", ast.use->function.text, Each(ast.use->arguments)) : "";
  return kModes[static_cast<int>(ast.mode)] + use +
         std::visit([](const auto& statement) { return Node(statement); }, ast.statement);
}

}  // namespace verbale::query
