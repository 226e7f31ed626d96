#pragma once

// What a statement means once its names are resolved: the output of bind/ and the input of plan/.
//
// Every variable is a Slot, a number that is unique in the whole statement, subqueries and the
// variables of comprehensions included; an inner query reads an outer variable by the same number.
// A slot is written by one clause. `WITH x` and `WITH x AS x` keep the slot of x, `WITH x AS y`
// makes a new one. Expressions are immutable and may be shared by the bound query and all plans
// made of it.
//
// What the binder writes in simpler terms, so that no later stage needs to know it:
//   - pattern predicates are EXISTS, pattern comprehensions COLLECT subqueries; shortestPath() as a
//     value is the head of a COLLECT subquery, allShortestPaths() a COLLECT subquery;
//   - `a < b < c` is an AND of two comparisons; REMOVE of a property sets it to null;
//   - aggregations are taken out of expressions (BoundProjection);
//   - SHOW is a CALL of a built-in procedure (`show.indexes`, …) followed by projections;
//   - map projections name their entries; `count(*)` is an aggregate without arguments.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "graph/span.h"
#include "graph/value.h"
#include "query/parse/ast.h"
#include "query/query.h"

namespace verbale::query {

struct Function;           // query/functions/registry.h
struct AggregateFunction;  // query/functions/registry.h
struct BoundExpr;
struct BoundClause;
struct BoundQuery;
struct BoundSubquery;

/// Shared by the bound query and the plans made of it.
using BoundExprPtr = std::shared_ptr<const BoundExpr>;

/// Number of a variable, unique in its statement.
using Slot = graph::TypedId<struct SlotTag, std::uint32_t>;
inline constexpr Slot kNoSlot{0xFFFFFFFF};

/// What a slot is known to hold. Everything may also be null.
enum class SlotKind : std::uint8_t {
  kValue,    ///< Anything.
  kNode,     ///< A node, bound by a pattern.
  kRel,      ///< A relationship, bound by a pattern.
  kRelList,  ///< A list of relationships, bound by a pattern of variable length.
  kPath,     ///< A path, bound by a pattern.
};

struct SlotInfo {
  std::string name;  ///< As written; empty where the author named nothing.
  SlotKind kind = SlotKind::kValue;
};

// ---- Expressions --------------------------------------------------------------------------------

enum class BoundKind : std::uint8_t {
  kConstant,    ///< value
  kParameter,   ///< name
  kSlot,        ///< slot
  kProperty,    ///< args[0].name: of a node, relationship, map or temporal value
  kCall,        ///< function(args…)
  kAnd,         ///< args, two or more
  kOr,          ///< args, two or more
  kNot,         ///< args[0]
  kNegate,      ///< -args[0]
  kIdentity,    ///< +args[0]: a number, or an error
  kIsNull,      ///< args[0]
  kIsNotNull,   ///< args[0]
  kCompare,     ///< args[0] compare args[1]
  kBinary,      ///< args[0] binary args[1]
  kIndex,       ///< args[0][args[1]]
  kSlice,       ///< args[0][args[1]..args[2]]; an absent end is nullptr
  kTypeCheck,   ///< args[0] IS [NOT] :: name; flag: negated
  kList,        ///< args…
  kMap,         ///< names[i]: args[i]
  kMapProject,  ///< args[0] {names[i]: args[i + 1]}; flag: with all properties of args[0] (`.*`)
  kListComprehension,  ///< [slot IN args[0] WHERE args[1] | args[2]]; the last two may be nullptr
  kQuantifier,         ///< quantifier(slot IN args[0] WHERE args[1]); args[1] may be nullptr
  kReduce,             ///< slot = args[0], then for second_slot IN args[1]: slot = args[2]
  kCase,  ///< args[0] the subject or nullptr, then condition, value, …, last the ELSE or nullptr
  kHasLabels,  ///< labels, of the node or relationship args[0]
  kSubquery,   ///< subquery
};

/// An expression. The comment of its kind says which members count; the others are empty.
struct BoundExpr {
  BoundKind kind = BoundKind::kConstant;
  ByteSpan span;                   ///< In the text of the statement.
  std::vector<BoundExprPtr> args;  ///< All direct parts, so that a walk needs no kinds.

  graph::Value value;
  std::string name;
  std::vector<std::string> names;
  Slot slot = kNoSlot;
  Slot second_slot = kNoSlot;
  const Function* function = nullptr;  ///< Borrowed from the registry, which is static.
  CompareOp compare = CompareOp::kEqual;
  BinaryOp binary = BinaryOp::kAdd;
  QuantifierKind quantifier = QuantifierKind::kAll;
  bool flag = false;
  LabelExpr labels;
  std::shared_ptr<const BoundSubquery> subquery;  ///< Shared like the expression itself.
};

/// Whether it has the same value each time, as far as its functions go; not asked of a subquery.
/// True for nullptr.
bool IsDeterministic(const BoundExprPtr& expr);
/// The value of a slot.
BoundExprPtr MakeSlotExpr(Slot slot, ByteSpan span = {});

/// EXISTS, COUNT or COLLECT over a query that reads outer slots. COLLECT takes the one column.
struct BoundSubquery {
  SubqueryKind kind = SubqueryKind::kExists;
  std::unique_ptr<BoundQuery> query;  ///< nullptr: made by the optimizer, which has its plan.
};

// ---- Patterns -----------------------------------------------------------------------------------

/// key: value inside a pattern.
struct BoundProperty {
  std::string key;
  BoundExprPtr value;
};

/// What stands at a node. In MATCH, all of it is a condition; in CREATE and MERGE it is what is
/// made.
struct BoundNode {
  Slot slot;           ///< Every node has one, named or not.
  bool bound = false;  ///< Its slot has a value before this clause (not merely before this node).
  std::optional<LabelExpr> labels;
  std::vector<BoundProperty> properties;
  BoundExprPtr property_map;  ///< A whole map from a parameter; CREATE and MERGE only.
  BoundExprPtr where;         ///< MATCH only.
};

/// Repetitions, both ends included.
struct BoundLength {
  std::uint64_t min = 1;
  std::optional<std::uint64_t> max;  ///< Absent: no bound.
};

struct BoundRel {
  Slot slot;  ///< Of kind kRelList where `length` is there. Every relationship has one.
  bool bound = false;
  Arrow arrow = Arrow::kBoth;
  std::optional<LabelExpr> types;
  std::optional<BoundLength> length;
  std::vector<BoundProperty> properties;  ///< With `length`, of each relationship.
  BoundExprPtr property_map;
  BoundExprPtr where;  ///< With `length` it reads `element_slot`, one relationship of the list.
  Slot element_slot = kNoSlot;
};

struct BoundGroup;

/// A piece of a path: a relationship and the node behind it, or a repeated group and the node
/// behind it (groups stand between nodes; the binder puts an anonymous node where none is written).
struct BoundStep {
  BoundRel rel;
  std::shared_ptr<const BoundGroup> group;  ///< Shared with nobody but copies; nullptr: rel counts.
  BoundNode node;
};

/// start (step)*
struct BoundPath {
  ByteSpan span;
  Slot slot = kNoSlot;  ///< Of the path itself where it has a name.
  PathSelector selector = PathSelector::kAll;
  std::uint64_t count = 1;  ///< The k of the selector.
  BoundNode start;
  std::vector<BoundStep> steps;
  BoundExprPtr where;  ///< Of all paths; the selector chooses among those where it holds.
};

/// `((a)-[r]->(b) WHERE where){min,max}`. Inside, a, r and b are one at a time (the slots of
/// `path`); behind the group they are lists.
struct BoundGroup {
  BoundPath path;
  BoundExprPtr where;
  BoundLength length;
  std::vector<std::pair<Slot, Slot>> lists;  ///< Inner slot → slot of its list behind the group.
};

/// The patterns of one MATCH: no relationship is taken twice over all of `paths`.
struct BoundPattern {
  std::vector<BoundPath> paths;
  BoundExprPtr where;
};

// ---- Clauses ------------------------------------------------------------------------------------

struct BoundMatch {
  bool optional = false;
  BoundPattern pattern;
};

struct BoundUnwind {
  BoundExprPtr list;
  Slot slot;
};

struct BoundItem {
  BoundExprPtr value;
  Slot slot;
};
struct BoundAggregate {
  const AggregateFunction* function = nullptr;  ///< Borrowed from the registry. nullptr: count(*).
  bool distinct = false;
  std::vector<BoundExprPtr> args;
  Slot slot;
  ByteSpan span;
};
struct BoundSortKey {
  BoundExprPtr value;
  bool descending = false;
};

/// WITH and RETURN, in this order:
///   1. aggregating: `groups` are evaluated over incoming rows, `aggregates` over each group;
///      only their slots remain. Not aggregating: both are empty.
///   2. `items` are evaluated beside what there is;
///   3. distinct: rows that differ in no slot of `items` become one, all other slots go;
///   4. `order`, `skip`, `limit` (constant for the statement), `where`, which may still read what
///      was there before the items (unless distinct);
///   5. only the slots of `items` remain.
struct BoundProjection {
  bool is_return = false;
  bool aggregating = false;
  std::vector<BoundItem> groups;
  std::vector<BoundAggregate> aggregates;
  std::vector<BoundItem> items;
  bool distinct = false;
  std::vector<BoundSortKey> order;
  BoundExprPtr skip;
  BoundExprPtr limit;
  BoundExprPtr where;
};

/// In the order of the text: properties may read what was created further left.
struct BoundCreate {
  std::vector<BoundPath> paths;
};

struct BoundSetItem {
  SetKind kind = SetKind::kProperty;
  BoundExprPtr target;     ///< The node or relationship (or, for kProperty, a null).
  std::string key;         ///< kProperty
  BoundExprPtr key_value;  ///< kDynamic: the name of the property.
  BoundExprPtr value;      ///< All but kLabels.
  std::vector<std::string> labels;
  ByteSpan span;
};
struct BoundSet {
  std::vector<BoundSetItem> items;
};
struct BoundRemove {
  std::vector<BoundSetItem> items;  ///< kLabels only: properties are removed by BoundSet to null.
};
struct BoundDelete {
  bool detach = false;
  std::vector<BoundExprPtr> targets;
};
struct BoundMerge {
  BoundPath path;
  std::vector<BoundSetItem> on_create;
  std::vector<BoundSetItem> on_match;
};
struct BoundForeach {
  Slot slot;
  BoundExprPtr list;
  std::vector<BoundClause> body;
};

struct ProcedureEntry;  // query/bind/procedure.h

struct BoundCall {
  const ProcedureEntry* procedure = nullptr;           ///< Borrowed from the session.
  std::vector<BoundExprPtr> args;                      ///< As many as the signature has.
  std::vector<std::pair<std::uint32_t, Slot>> yields;  ///< Index of the output, its slot.
  BoundExprPtr where;
  bool optional = false;
  ByteSpan span;
};

/// CALL { … }. Outer slots that the body reads need no list: slots are unique.
struct BoundCallSubquery {
  std::unique_ptr<BoundQuery> query;
  bool optional = false;
  bool unit = false;  ///< The body returns nothing: each incoming row stays one row.
  bool in_transactions = false;
  BoundExprPtr batch_rows;  ///< Of IN TRANSACTIONS; nullptr: 1000.
};

struct BoundLoadCsv {
  bool with_headers = false;
  BoundExprPtr source;
  Slot slot;
  BoundExprPtr field_terminator;  ///< nullptr: a comma.
};

struct BoundClause {
  ByteSpan span;
  std::variant<BoundMatch, BoundUnwind, BoundProjection, BoundCreate, BoundMerge, BoundSet,
               BoundRemove, BoundDelete, BoundForeach, BoundCall, BoundCallSubquery, BoundLoadCsv>
      node;
};

// ---- Statements ---------------------------------------------------------------------------------

/// Clauses in order. `output` are the slots of its columns; empty where nothing is returned.
struct BoundSingleQuery {
  std::vector<BoundClause> clauses;
  std::vector<Slot> output;
};

struct BoundColumn {
  std::string name;
  Slot slot;  ///< With one branch, that of its output; with several, one of its own.
};

/// One single query, or several under UNION.
struct BoundQuery {
  std::vector<BoundSingleQuery> branches;
  bool union_all = false;
  std::vector<BoundColumn> columns;
};

struct BoundSchemaCommand {
  bool drop = false;
  bool if_absent_or_present = false;
  graph::SchemaItem item;  ///< Under DROP, name only. CREATE without a name leaves it empty.
  bool is_constraint = false;
};

/// A parameter where it is first named.
struct BoundParameter {
  std::string name;
  ByteSpan span;
};

/// A whole statement.
/// Which statements of documents make the graph that is looked at.
struct BoundUse {
  enum class Kind : std::uint8_t { kDocuments, kAsOf };
  /// A literal or a parameter: a string or, of kDocuments, also a list of strings.
  struct Argument {
    std::string parameter;  ///< Empty: a literal.
    ByteSpan span;
  };

  Kind kind = Kind::kDocuments;
  ByteSpan span;  ///< From the name to the closing bracket.
  std::vector<Argument> arguments;
};

struct BoundStatement {
  std::string text;  ///< What all spans refer to.
  RunMode mode = RunMode::kRun;
  std::optional<BoundUse> use;
  std::variant<BoundQuery, BoundSchemaCommand> statement;
  std::vector<SlotInfo> slots;             ///< By slot number.
  std::vector<BoundParameter> parameters;  ///< Each name once; all must be given to Execute.
  bool writes = false;                     ///< Needs a Transaction.
  bool commits = false;                    ///< Has IN TRANSACTIONS: not inside an open transaction.
  std::vector<Notification> notifications;
};

}  // namespace verbale::query
