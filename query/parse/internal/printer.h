#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/parse/print.h"

namespace verbale::query {

/// Appends pieces of a tree to one string; one function per kind of node.
class Printer {
 public:
  void Print(const Ast& ast);
  void Print(const Query& query);
  void Print(const Expr& expr);
  void Print(const PathPattern& path);
  void Print(const LabelExpr& labels);

  std::string Take() { return std::move(out_); }

 private:
  // Statements and clauses (print_clause.cc).
  void Print(const SchemaCommand& command);
  void Print(const ShowCommand& command);
  void Print(const Clause& clause);
  void Print(const MatchClause& match);
  void Print(const UnwindClause& unwind);
  void Print(const ProjectionClause& projection);
  void Print(const CreateClause& create);
  void Print(const MergeClause& merge);
  void Print(const SetClause& set);
  void Print(const RemoveClause& remove);
  void Print(const DeleteClause& clause);
  void Print(const ForeachClause& loop);
  void Print(const CallClause& call);
  void Print(const SubqueryClause& call);
  void Print(const LoadCsvClause& load);
  void PrintSetItems(const std::vector<SetItem>& items);
  void PrintYields(const std::vector<YieldItem>& items);
  void PrintOrder(const std::vector<SortItem>& order, const ExprPtr& skip, const ExprPtr& limit);
  void PrintPaths(const std::vector<PathPattern>& paths);

  // Patterns (print.cc).
  void Print(const NodePattern& node);
  void Print(const RelPattern& rel);
  void Print(const GroupPattern& group);
  void PrintElements(const std::vector<PathElement>& elements);
  void PrintRepetition(const Repetition& repetition);
  void PrintFilter(const LabelExpr* labels, const ExprPtr& properties, const ExprPtr& where);

  // Expressions (print.cc). `least`: in brackets where the expression binds less tightly.
  void PrintOperand(const Expr& expr, int least);
  void PrintItem(const Expr& expr);
  void PrintWith(std::string_view keyword, const ExprPtr& expr);
  void Print(const LiteralExpr& literal);
  void Print(const ParameterExpr& parameter);
  void Print(const VariableExpr& variable);
  void Print(const PropertyExpr& property);
  void Print(const IndexExpr& index);
  void Print(const SliceExpr& slice);
  void Print(const UnaryExpr& unary);
  void Print(const BinaryExpr& binary);
  void Print(const LogicExpr& logic);
  void Print(const CompareExpr& compare);
  void Print(const HasLabelsExpr& has);
  void Print(const TypeCheckExpr& check);
  void Print(const CallExpr& call);
  void Print(const CountStarExpr& count);
  void Print(const ListExpr& list);
  void Print(const MapExpr& map);
  void Print(const MapProjectionExpr& projection);
  void Print(const ListComprehensionExpr& comprehension);
  void Print(const PatternComprehensionExpr& comprehension);
  void Print(const QuantifierExpr& quantifier);
  void Print(const ReduceExpr& reduce);
  void Print(const CaseSubjectExpr& subject);
  void Print(const CaseExpr& choice);
  void Print(const PatternExpr& pattern);
  void Print(const SubqueryExpr& subquery);

  void Text(std::string_view text) { out_ += text; }
  void PrintName(std::string_view name) { out_ += QuotedName(name); }
  void PrintNoKeyword(std::string_view name);
  void PrintDotted(std::string_view name);
  template <typename Range, typename Each>
  void Join(const Range& range, std::string_view separator, const Each& each) {
    bool first = true;
    for (const auto& element : range) {
      if (!first) out_ += separator;
      first = false;
      each(element);
    }
  }

  std::string out_;
};

}  // namespace verbale::query
