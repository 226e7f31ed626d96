#pragma once

// The tree of a statement, as parse/ makes it and bind/ reads it. Every node has the range of bytes
// in Ast::text that it was read from; nothing else of the text is kept, so the printer (print.h)
// writes a normal form of its own.
//
// Nodes are plain structs; expressions and clauses are a variant each, so that a reader who forgets
// a kind is told by the compiler. The tree owns its parts and is as deep as Limits::max_depth at
// most: chains of AND and OR, which programs write by the thousand, are one wide node.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "graph/span.h"
#include "graph/value.h"
#include "graph/view.h"

namespace verbale::query {

struct Expr;
struct Clause;
struct Query;
using ExprPtr = std::unique_ptr<Expr>;
using QueryPtr = std::unique_ptr<Query>;

/// An identifier as its author meant it: without back-quotes, escapes resolved.
struct Name {
  std::string text;
  ByteSpan span;
};

// ---- Labels and patterns ------------------------------------------------------------------------

enum class LabelOp : std::uint8_t {
  kName,  ///< `name`
  kAny,   ///< `%`: has at least one
  kNot,   ///< one operand
  kAnd,   ///< two operands or more; `:A:B` and `:A&B` are the same tree
  kOr,    ///< two operands or more
};

/// A condition over labels, or over the type of a relationship.
struct LabelExpr {
  LabelOp op = LabelOp::kName;
  ByteSpan span;
  std::string name;
  std::vector<LabelExpr> operands;
};

/// `(variable:Labels {properties} WHERE where)`; each part may be absent.
struct NodePattern {
  ByteSpan span;
  std::optional<Name> variable;
  std::optional<LabelExpr> labels;
  ExprPtr properties;  ///< A map literal or a parameter.
  ExprPtr where;
};

enum class Arrow : std::uint8_t { kOut, kIn, kBoth };
/// Seen from the other end.
constexpr Arrow Turned(Arrow arrow) {
  return arrow == Arrow::kBoth ? arrow : arrow == Arrow::kOut ? Arrow::kIn : Arrow::kOut;
}

/// How often a piece of a path repeats: `{2,5}`, `+`, `*`, and in the older form `*2..5`.
struct Repetition {
  ByteSpan span;
  std::uint64_t min = 0;
  std::optional<std::uint64_t> max;  ///< Absent: no bound.
};

/// `-[variable:TYPE {properties} WHERE where]->`.
struct RelPattern {
  ByteSpan span;
  Arrow arrow = Arrow::kBoth;
  std::optional<Name> variable;
  std::optional<LabelExpr> types;
  std::optional<Repetition> length;  ///< `*1..3` inside the brackets: variable is a list.
  ExprPtr properties;
  ExprPtr where;
  std::optional<Repetition> quantifier;  ///< `-[…]->+` after the arrow: a group of its own.
};

struct GroupPattern;
using GroupPatternPtr = std::unique_ptr<GroupPattern>;
using PathElement = std::variant<NodePattern, RelPattern, GroupPatternPtr>;

enum class PathSelector : std::uint8_t {
  kAll,             ///< None written: every match.
  kAny,             ///< `ANY k`
  kShortest,        ///< `SHORTEST k`; `ANY SHORTEST` is k = 1
  kAllShortest,     ///< `ALL SHORTEST`
  kShortestGroups,  ///< `SHORTEST k GROUPS`
  kShortestPath,    ///< `shortestPath(…)`
  kAllShortestPaths,
};

/// `variable = SELECTOR (a)-[r]->(b)…`. Begins and ends with a node or a group; between two nodes
/// stands a relationship, beside a group stand nodes or groups.
struct PathPattern {
  ByteSpan span;
  std::optional<Name> variable;
  PathSelector selector = PathSelector::kAll;
  std::uint64_t count = 1;  ///< The k of the selector.
  std::vector<PathElement> elements;
};

/// `((a)-[r]->(b) WHERE where){1,3}`; without a quantifier it is only a pair of brackets.
struct GroupPattern {
  ByteSpan span;
  PathPattern path;
  ExprPtr where;
  std::optional<Repetition> quantifier;
};

// ---- Expressions --------------------------------------------------------------------------------

enum class UnaryOp : std::uint8_t { kNot, kMinus, kPlus, kIsNull, kIsNotNull };

enum class BinaryOp : std::uint8_t {
  kXor,
  kAdd,
  kConcat,  ///< `||`
  kSubtract,
  kMultiply,
  kDivide,
  kModulo,
  kPower,
  kIn,
  kStartsWith,
  kEndsWith,
  kContains,
  kRegexMatch,
};

enum class CompareOp : std::uint8_t {
  kEqual,
  kNotEqual,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
};

enum class QuantifierKind : std::uint8_t { kAll, kAny, kNone, kSingle };
enum class SubqueryKind : std::uint8_t { kExists, kCount, kCollect };

struct LiteralExpr {
  graph::Value value;  ///< null, boolean, integer, float or string
};
struct ParameterExpr {
  std::string name;
};
struct VariableExpr {
  std::string name;
};
struct PropertyExpr {
  ExprPtr subject;
  Name key;
};
struct IndexExpr {
  ExprPtr subject;
  ExprPtr index;
};
/// `subject[from..to]`; either end may be absent.
struct SliceExpr {
  ExprPtr subject;
  ExprPtr from;
  ExprPtr to;
};
struct UnaryExpr {
  UnaryOp op;
  ExprPtr operand;
};
struct BinaryExpr {
  BinaryOp op;
  ExprPtr left;
  ExprPtr right;
};
/// AND or OR of two operands or more.
struct LogicExpr {
  bool is_and;
  std::vector<ExprPtr> operands;
};
/// `a < b <= c`: neighbours are compared, all must hold. One operator fewer than operands.
struct CompareExpr {
  std::vector<ExprPtr> operands;
  std::vector<CompareOp> ops;
};
/// `n:A:B`, `n IS A|B`.
struct HasLabelsExpr {
  ExprPtr subject;
  LabelExpr labels;
};
/// `x IS [NOT] :: INTEGER`; the type in capitals with single blanks.
struct TypeCheckExpr {
  ExprPtr operand;
  std::string type;
  bool negated;
};
struct CallExpr {
  Name name;  ///< With its namespace: "duration.between". Not resolved yet; as written.
  bool distinct = false;
  std::vector<ExprPtr> arguments;
};
struct CountStarExpr {};
struct ListExpr {
  std::vector<ExprPtr> items;
};
struct MapExpr {
  std::vector<std::pair<Name, ExprPtr>> entries;  ///< As written; of equal keys the last counts.
};
enum class MapItemKind : std::uint8_t {
  kProperty,       ///< `.key`
  kAllProperties,  ///< `.*`
  kVariable,       ///< `key`: the variable of that name
  kEntry,          ///< `key: value`
};
struct MapItem {
  MapItemKind kind;
  Name key;
  ExprPtr value;  ///< kEntry only.
};
/// `subject {.a, .*, b, c: 1}`; the subject is a variable.
struct MapProjectionExpr {
  ExprPtr subject;
  std::vector<MapItem> items;
};
/// `[variable IN list WHERE where | projection]`.
struct ListComprehensionExpr {
  Name variable;
  ExprPtr list;
  ExprPtr where;
  ExprPtr projection;
};
/// `[path WHERE where | projection]`.
struct PatternComprehensionExpr {
  PathPattern path;
  ExprPtr where;
  ExprPtr projection;
};
/// `all(variable IN list WHERE where)`; without WHERE the elements themselves are the condition.
struct QuantifierExpr {
  QuantifierKind kind;
  Name variable;
  ExprPtr list;
  ExprPtr where;
};
struct ReduceExpr {
  Name accumulator;
  ExprPtr initial;
  Name variable;
  ExprPtr list;
  ExprPtr body;
};
/// What stands left of a condition behind WHEN that begins with its operator: `WHEN > 5`.
struct CaseSubjectExpr {};
struct CaseBranch {
  /// With a subject, values or conditions on a CaseSubjectExpr, of which one must hold; without,
  /// one condition.
  std::vector<ExprPtr> tests;
  ExprPtr then;
};
struct CaseExpr {
  ExprPtr subject;  ///< Absent in the searched form.
  std::vector<CaseBranch> branches;
  ExprPtr otherwise;
};
/// A pattern where a value is expected: true where it matches; for shortestPath() the path itself,
/// for allShortestPaths() a list of them.
struct PatternExpr {
  PathPattern path;
};
/// `EXISTS { … }`, `COUNT { … }`, `COLLECT { … }`. A bare pattern in braces is a query of one
/// MATCH.
struct SubqueryExpr {
  SubqueryKind kind;
  QueryPtr query;
};

using ExprNode =
    std::variant<LiteralExpr, ParameterExpr, VariableExpr, PropertyExpr, IndexExpr, SliceExpr,
                 UnaryExpr, BinaryExpr, LogicExpr, CompareExpr, HasLabelsExpr, TypeCheckExpr,
                 CallExpr, CountStarExpr, ListExpr, MapExpr, MapProjectionExpr,
                 ListComprehensionExpr, PatternComprehensionExpr, QuantifierExpr, ReduceExpr,
                 CaseSubjectExpr, CaseExpr, PatternExpr, SubqueryExpr>;

struct Expr {
  ByteSpan span;
  ExprNode node;
  std::uint32_t height = 1;  ///< Of the tree below, this node included.
};

// ---- Clauses ------------------------------------------------------------------------------------

struct MatchClause {
  bool optional = false;
  std::vector<PathPattern> paths;
  ExprPtr where;
};

struct UnwindClause {
  ExprPtr list;
  Name alias;
};

struct ProjectionItem {
  ByteSpan span;
  ExprPtr value;
  std::optional<Name> alias;
};
struct SortItem {
  ExprPtr value;
  bool descending = false;
};
/// WITH and RETURN.
struct ProjectionClause {
  bool is_return = false;
  bool distinct = false;
  bool star = false;
  std::vector<ProjectionItem> items;
  std::vector<SortItem> order;
  ExprPtr skip;
  ExprPtr limit;
  ExprPtr where;  ///< WITH only.
};

struct CreateClause {
  std::vector<PathPattern> paths;
};

enum class SetKind : std::uint8_t {
  kProperty,  ///< `n.key = value`; target is a PropertyExpr
  kDynamic,   ///< `n[expr] = value`; target is an IndexExpr
  kReplace,   ///< `n = value`
  kMerge,     ///< `n += value`
  kLabels,    ///< `n:A:B`
};
struct SetItem {
  ByteSpan span;
  SetKind kind;
  ExprPtr target;
  ExprPtr value;
  std::vector<Name> labels;
};
struct SetClause {
  std::vector<SetItem> items;
};
/// `n.key`, `n[expr]` or `n:A:B`; never kReplace or kMerge, never a value.
struct RemoveClause {
  std::vector<SetItem> items;
};
struct DeleteClause {
  bool detach = false;
  std::vector<ExprPtr> targets;
};

struct MergeClause {
  PathPattern path;
  std::vector<SetItem> on_create;
  std::vector<SetItem> on_match;
};

struct ForeachClause {
  Name variable;
  ExprPtr list;
  std::vector<Clause> body;  ///< Writing clauses only.
};

struct YieldItem {
  Name field;
  std::optional<Name> alias;
};
struct CallClause {
  bool optional = false;
  Name procedure;                                 ///< With its namespace.
  std::optional<std::vector<ExprPtr>> arguments;  ///< Absent: taken from the parameters.
  bool yield_star = false;
  std::optional<std::vector<YieldItem>> yields;  ///< Absent: no YIELD was written.
  ExprPtr where;
};

struct SubqueryClause {
  bool optional = false;
  /// `CALL (x, y) { … }`; absent in the older form, in which the body imports by a leading WITH.
  std::optional<std::vector<Name>> imports;
  bool import_all = false;  ///< `CALL (*) { … }`
  QueryPtr body;
  bool in_transactions = false;
  ExprPtr batch_rows;  ///< Of `IN TRANSACTIONS OF n ROWS`.
};

struct LoadCsvClause {
  bool with_headers = false;
  ExprPtr source;
  Name alias;
  ExprPtr field_terminator;
};

struct Clause {
  ByteSpan span;
  std::variant<MatchClause, UnwindClause, ProjectionClause, CreateClause, MergeClause, SetClause,
               RemoveClause, DeleteClause, ForeachClause, CallClause, SubqueryClause, LoadCsvClause>
      node;
};

// ---- Statements ---------------------------------------------------------------------------------

struct SingleQuery {
  ByteSpan span;
  std::vector<Clause> clauses;
};

/// One single query, or several under UNION.
struct Query {
  ByteSpan span;
  std::vector<SingleQuery> branches;
  bool union_all = false;  ///< Of all the unions; they may not be mixed.
};

/// CREATE and DROP of INDEX and CONSTRAINT.
struct SchemaCommand {
  bool drop = false;
  bool if_absent_or_present = false;  ///< `IF NOT EXISTS` of CREATE, `IF EXISTS` of DROP.
  bool is_constraint = false;
  std::optional<Name> name;  ///< Always present under DROP.
  Name variable;
  bool on_relationship = false;
  Name label;  ///< Label or relationship type.
  std::vector<Name> keys;
  graph::SchemaKind kind = graph::SchemaKind::kIndex;
  std::string value_type;  ///< Of kType: in capitals with single blanks.
};

enum class ShowKind : std::uint8_t { kProcedures, kFunctions, kIndexes, kConstraints, kDatabases };

/// `SHOW … [YIELD …] [WHERE …] [RETURN …]`.
struct ShowCommand {
  ShowKind kind;
  bool yield_star = false;
  std::optional<std::vector<YieldItem>> yields;
  std::vector<SortItem> order;
  ExprPtr skip;
  ExprPtr limit;
  ExprPtr where;
  std::optional<Clause> returns;
};

enum class RunMode : std::uint8_t { kRun, kExplain, kProfile };

/// `USE graph.documents(…)`, `USE graph.asOf(…)`: the graph that the whole statement looks at.
struct UseGraph {
  ByteSpan span;
  Name function;
  std::vector<ExprPtr> arguments;
};

/// A whole statement with the text that all spans refer to.
struct Ast {
  std::string text;
  RunMode mode = RunMode::kRun;
  std::optional<UseGraph> use;
  std::variant<Query, SchemaCommand, ShowCommand> statement;
};

}  // namespace verbale::query
