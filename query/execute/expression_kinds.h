#pragma once

// Makers of the kinds of expressions, by file. Private to execute/.

#include "query/execute/expression.h"

namespace verbale::query {

// expression_logic.cc
ExpressionPtr MakeAnd(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeOr(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeNot(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeIsNull(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeCase(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeCoalesce(const BoundExpr& expr, const LogicalPlan& plan);

// expression_operator.cc
ExpressionPtr MakeCompare(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeBinary(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeSign(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeCall(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeTypeCheck(const BoundExpr& expr, const LogicalPlan& plan);

// expression_entity.cc
ExpressionPtr MakeProperty(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeHasLabels(const BoundExpr& expr, const LogicalPlan& plan);
/// type(rel); `call` is the same.
ExpressionPtr MakeRelType(ExpressionPtr call, ExpressionPtr rel);

// expression_list.cc
ExpressionPtr MakeList(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeMap(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeMapProject(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeIndex(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeSlice(const BoundExpr& expr, const LogicalPlan& plan);

// expression_entries.cc
/// `compiled`, or what evaluates it once for all rows that have the same value in the one property
/// that `expr` reads.
ExpressionPtr MakeByEntry(ExpressionPtr compiled, const BoundExprPtr& expr,
                          const LogicalPlan& plan);

// expression_comprehension.cc
ExpressionPtr MakeListComprehension(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeQuantifier(const BoundExpr& expr, const LogicalPlan& plan);
ExpressionPtr MakeReduce(const BoundExpr& expr, const LogicalPlan& plan);

// expression_subquery.cc
ExpressionPtr MakeSubquery(const BoundExpr& expr, const LogicalPlan& plan);

}  // namespace verbale::query
