#pragma once

// The children of an expression, in the order in which they are written. For questions that are the
// same for most kinds of node (how deep, which variables, is there an aggregate), so that they need
// not name all kinds.

#include <algorithm>
#include <type_traits>
#include <variant>

#include "query/parse/ast.h"

namespace verbale::query {

/// Calls `visit(const Expr&)` for each expression that stands directly inside a pattern: properties
/// and conditions of nodes, relationships and groups.
template <typename Visit>
void ForEachChild(const PathPattern& path, const Visit& visit) {
  const auto visit_if = [&](const ExprPtr& child) {
    if (child) visit(*child);
  };
  for (const PathElement& element : path.elements) {
    if (const auto* node = std::get_if<NodePattern>(&element)) {
      visit_if(node->properties);
      visit_if(node->where);
    } else if (const auto* rel = std::get_if<RelPattern>(&element)) {
      visit_if(rel->properties);
      visit_if(rel->where);
    } else {
      const auto& group = *std::get<GroupPatternPtr>(element);
      ForEachChild(group.path, visit);
      visit_if(group.where);
    }
  }
}

/// Calls `visit(const Expr&)` for each direct child. Queries inside EXISTS, COUNT and COLLECT are
/// scopes of their own and are not entered.
template <typename Visit>
void ForEachChild(const Expr& expr, const Visit& visit) {
  const auto visit_if = [&](const ExprPtr& child) {
    if (child) visit(*child);
  };
  std::visit(
      [&](const auto& node) {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (std::is_same_v<Node, PropertyExpr>) {
          visit_if(node.subject);
        } else if constexpr (std::is_same_v<Node, IndexExpr>) {
          visit_if(node.subject), visit_if(node.index);
        } else if constexpr (std::is_same_v<Node, SliceExpr>) {
          visit_if(node.subject), visit_if(node.from), visit_if(node.to);
        } else if constexpr (std::is_same_v<Node, UnaryExpr> ||
                             std::is_same_v<Node, TypeCheckExpr>) {
          visit_if(node.operand);
        } else if constexpr (std::is_same_v<Node, BinaryExpr>) {
          visit_if(node.left), visit_if(node.right);
        } else if constexpr (std::is_same_v<Node, LogicExpr> || std::is_same_v<Node, CompareExpr>) {
          for (const ExprPtr& operand : node.operands) visit_if(operand);
        } else if constexpr (std::is_same_v<Node, HasLabelsExpr>) {
          visit_if(node.subject);
        } else if constexpr (std::is_same_v<Node, CallExpr>) {
          for (const ExprPtr& argument : node.arguments) visit_if(argument);
        } else if constexpr (std::is_same_v<Node, ListExpr>) {
          for (const ExprPtr& item : node.items) visit_if(item);
        } else if constexpr (std::is_same_v<Node, MapExpr>) {
          for (const auto& entry : node.entries) visit_if(entry.second);
        } else if constexpr (std::is_same_v<Node, MapProjectionExpr>) {
          visit_if(node.subject);
          for (const MapItem& item : node.items) visit_if(item.value);
        } else if constexpr (std::is_same_v<Node, ListComprehensionExpr>) {
          visit_if(node.list), visit_if(node.where), visit_if(node.projection);
        } else if constexpr (std::is_same_v<Node, PatternComprehensionExpr>) {
          ForEachChild(node.path, visit);
          visit_if(node.where), visit_if(node.projection);
        } else if constexpr (std::is_same_v<Node, QuantifierExpr>) {
          visit_if(node.list), visit_if(node.where);
        } else if constexpr (std::is_same_v<Node, ReduceExpr>) {
          visit_if(node.initial), visit_if(node.list), visit_if(node.body);
        } else if constexpr (std::is_same_v<Node, CaseExpr>) {
          visit_if(node.subject);
          for (const CaseBranch& branch : node.branches) {
            for (const ExprPtr& test : branch.tests) visit_if(test);
            visit_if(branch.then);
          }
          visit_if(node.otherwise);
        } else if constexpr (std::is_same_v<Node, PatternExpr>) {
          ForEachChild(node.path, visit);
        } else {
          static_assert(std::is_same_v<Node, LiteralExpr> || std::is_same_v<Node, ParameterExpr> ||
                        std::is_same_v<Node, VariableExpr> || std::is_same_v<Node, CountStarExpr> ||
                        std::is_same_v<Node, CaseSubjectExpr> ||
                        std::is_same_v<Node, SubqueryExpr>);
        }
      },
      expr.node);
}

/// Height of the tree with `expr` at its root, from the heights that its children have stored.
/// Queries inside are not counted.
inline std::uint32_t HeightOf(const Expr& expr) {
  std::uint32_t tallest = 0;
  ForEachChild(expr, [&](const Expr& child) { tallest = std::max(tallest, child.height); });
  return tallest + 1;
}

}  // namespace verbale::query
