#pragma once

// The reference evaluator from inside: one class, a file for each of expressions, patterns, clauses
// and writes.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/view.h"
#include "query/functions/registry.h"
#include "query/parse/ast.h"
#include "tests/query/reference/reference.h"

namespace verbale::query::reference {

/// Variables by name.
using Row = std::map<std::string, graph::Value, std::less<>>;
using Rows = std::vector<Row>;

/// Something that must hold once all names of a pattern are known.
struct Condition {
  graph::Value entity;
  std::string name;  ///< What `entity` is called in `where`; empty: as in the row.
  const Expr* properties = nullptr;
  const Expr* where = nullptr;
};

/// A pattern that is matched in part.
struct Match {
  Row row;
  std::set<graph::RelNo> taken;
  std::optional<graph::NodeNo> at;  ///< Where the path has come to; empty: it has not begun.
  std::vector<graph::Value> trace;  ///< Nodes and relationships of the path by turns.
  std::vector<Condition> conditions;
};
using Sink = std::function<void(Match)>;

class Evaluator {
 public:
  Evaluator(const graph::View& view, graph::Transaction* transaction, const Parameters& parameters);

  /// `outer` is what a subquery sees of the row around it.
  Table Run(const Query& query, const Row& outer);
  /// Error(kInvalidArgument) where a node was deleted and relationships of it were not.
  void CheckDeleted() const;

 private:
  // expression.cc. `group`: the rows that aggregates run over, nullptr outside of WITH and RETURN.
  graph::Value Eval(const Expr& expr, const Row& row, const Rows* group = nullptr);
  bool Holds(const Expr& expr, const Row& row);
  std::optional<bool> HasLabels(const graph::Value& entity, const LabelExpr& labels) const;
  graph::Value EvalCall(const CallExpr& call, const Row& row, const Rows* group);
  graph::Value EvalAggregate(const CallExpr& call, const Rows& group);
  graph::Value EvalBinary(const BinaryExpr& binary, const Row& row, const Rows* group);
  graph::Value EvalCompare(const CompareExpr& compare, const Row& row, const Rows* group);
  graph::Value EvalCase(const CaseExpr& choice, const Row& row, const Rows* group);
  graph::Value EvalQuantifier(const QuantifierExpr& quantifier, const Row& row);
  graph::Value EvalComprehension(const ListComprehensionExpr& comprehension, const Row& row);
  graph::Value EvalReduce(const ReduceExpr& reduce, const Row& row);
  graph::Value EvalSubquery(const SubqueryExpr& subquery, const Row& row);
  graph::Value EvalPattern(const PatternExpr& pattern, const Row& row);
  graph::Value EvalPatternComprehension(const PatternComprehensionExpr& expr, const Row& row);
  graph::Value EvalMapProjection(const MapProjectionExpr& expr, const Row& row);

  // match.cc
  std::vector<Row> MatchAll(const std::vector<PathPattern>& paths, const Expr* where,
                            const Row& row);
  void MatchPath(const PathPattern& path, Match match, const Sink& sink);
  void SelectPaths(const PathPattern& path, const Match& match, const Sink& sink);
  void MatchElements(const std::vector<PathElement>& elements, std::size_t i, Match match,
                     const Sink& sink);
  void Begin(const Match& match, const Sink& sink);
  void MatchNode(const NodePattern& node, Match match, const Sink& sink);
  void MatchStep(const RelPattern& rel, const Match& match, const Sink& sink);
  void MatchRel(const RelPattern& rel, const Match& match, const Sink& sink);
  void MatchLength(const RelPattern& rel, const Match& match, graph::List rels, const Sink& sink);
  void MatchGroup(const GroupPattern& group, const Match& match, const Sink& sink);
  void MatchQuantified(const RelPattern& rel, const Match& match, const Sink& sink);
  using Round = std::function<void(const Match&, const Sink&)>;
  void Repeat(const Repetition& times, const std::vector<std::string>& names, const Round& round,
              std::uint64_t done, const Match& match, const Sink& sink);
  bool Meets(const std::vector<Condition>& conditions, const Row& row);
  graph::Value PathOf(const Match& match) const;
  graph::Value NodeValue(graph::NodeNo node) const;
  graph::Value RelValue(graph::RelNo rel) const;

  // clause.cc
  Rows RunClauses(const std::vector<Clause>& clauses, const Row& outer, Table& table);
  Rows Run(const MatchClause& clause, Rows rows);
  Rows Run(const UnwindClause& clause, Rows rows);
  Rows Run(const SubqueryClause& clause, Rows rows);
  Rows Project(const ProjectionClause& clause, const Rows& rows, const Row& outer, Table& table);

  // write.cc
  Rows Run(const CreateClause& clause, Rows rows);
  Rows Run(const MergeClause& clause, Rows rows);
  Rows Run(const SetClause& clause, Rows rows);
  Rows Run(const RemoveClause& clause, Rows rows);
  Rows Run(const DeleteClause& clause, Rows rows);
  Rows Run(const ForeachClause& clause, Rows rows);
  void CreatePath(const PathPattern& path, Row& row);
  graph::NodeNo CreateNode(const NodePattern& node, Row& row);
  void ApplySet(const SetItem& item, const Row& row);
  void SetProperty(const graph::Value& target, std::string_view key, const graph::Value& value);
  void DeleteValue(const graph::Value& value, bool detach);

  /// Counts steps; throws once there are too many.
  void Step();

  const graph::View& view_;
  graph::Transaction* transaction_;
  const Parameters& parameters_;
  std::vector<graph::NodeNo> deleted_;
  FunctionContext context_;
  std::uint64_t steps_ = 0;
};

/// Whether an aggregate stands in `expr`, subqueries aside.
bool HasAggregate(const Expr& expr);

}  // namespace verbale::query::reference
