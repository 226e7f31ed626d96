#pragma once

// Recursive descent over the tokens of one statement. One function per construct; which construct
// comes next is decided by looking ahead, never by trying and going back. Every function that can
// reach itself takes a Nesting, which counts the depth and refuses to go too deep.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/parse/ast.h"
#include "query/parse/internal/cursor.h"
#include "query/parse/parse.h"
#include "query/parse/walk.h"

namespace verbale::query {

/// Where a query stands decides how it may end.
enum class QueryPlace : std::uint8_t {
  kTop,        ///< The statement itself.
  kCall,       ///< CALL { … }
  kPredicate,  ///< EXISTS { … }, COUNT { … }: needs no RETURN.
  kCollect,    ///< COLLECT { … }: needs one.
};

class Grammar {
 public:
  Grammar(std::string_view text, const ParseLimits& limits) : cursor_(text), limits_(limits) {}

  Ast Statement();
  ExprPtr LoneExpression();

 private:
  UseGraph Use();
  class Nesting {
   public:
    explicit Nesting(Grammar& grammar);
    ~Nesting() { --grammar_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Grammar& grammar_;
  };
  friend class Nesting;

  // Where a '|' after a label ends the label: in `[x IN list WHERE x:A | x]`.
  class BarRule {
   public:
    BarRule(Grammar& grammar, bool ends_label)
        : grammar_(grammar), saved_(grammar.bar_ends_label_) {
      grammar_.bar_ends_label_ = ends_label;
    }
    ~BarRule() { grammar_.bar_ends_label_ = saved_; }
    BarRule(const BarRule&) = delete;
    BarRule& operator=(const BarRule&) = delete;

   private:
    Grammar& grammar_;
    bool saved_;
  };

  // Names, numbers (grammar.cc).
  Name TakeName(std::string_view what);
  /// A name that may be empty, as keys of maps may.
  Name TakeKey(std::string_view what);
  Name TakeVariable();
  Name TakeDottedName(std::string_view what);
  std::uint64_t TakeCount(std::string_view what);
  std::string TakeTypeName();
  [[noreturn]] void FailDepth(ByteSpan span) const;
  template <typename Kind>
  ExprPtr Make(std::size_t begin, Kind node);

  // Statements (statement.cc).
  SchemaCommand Schema(bool drop);
  void SchemaName(SchemaCommand& command);
  void SchemaTarget(SchemaCommand& command);
  void SchemaKeys(SchemaCommand& command);
  void SchemaRequirement(SchemaCommand& command);
  bool AtSchema() const;
  ShowCommand Show();
  ShowKind TakeShowKind();

  // Queries and clauses (clause.cc).
  Query WholeQuery(QueryPlace place);
  SingleQuery Branch(QueryPlace place);
  void CheckOrder(const SingleQuery& query, QueryPlace place) const;
  bool AtClause() const;
  Clause OneClause();
  MatchClause Match(bool optional);
  UnwindClause Unwind();
  ProjectionClause Projection(bool is_return);
  ProjectionItem OneProjectionItem();
  void OrderSkipLimit(std::vector<SortItem>& order, ExprPtr& skip, ExprPtr& limit);
  MergeClause Merge();
  std::vector<SetItem> SetItems();
  SetItem SetTarget();
  SetItem OneSetItem();
  RemoveClause Remove();
  DeleteClause Delete(bool detach);
  ForeachClause Foreach();
  Clause Call(bool optional);
  CallClause CallProcedure(bool optional);
  SubqueryClause CallSubquery(bool optional);
  std::vector<YieldItem> YieldItems();
  LoadCsvClause LoadCsv();

  // Patterns (pattern.cc).
  std::vector<PathPattern> Paths();
  PathPattern Path();
  bool Selector(PathPattern& path);
  void Elements(std::vector<PathElement>& elements);
  NodePattern Node();
  RelPattern Relationship();
  void RelationshipDetail(RelPattern& rel);
  GroupPatternPtr Group();
  bool AtGroup() const;
  bool AtRelationship() const;
  ExprPtr Properties();
  Repetition StarLength();
  std::optional<Repetition> GroupRepetition();
  LabelExpr Labels();
  LabelExpr LabelAnd();
  LabelExpr LabelPrimary();
  std::vector<Name> LabelList();
  bool AtPattern(std::size_t ahead) const;
  bool ArrowFollows(std::size_t index) const;

  // Expressions (expression.cc; primary.cc for what needs no operator).
  ExprPtr Expression();
  ExprPtr Operators(int least);
  ExprPtr Prefix();
  ExprPtr Sign();
  ExprPtr Postfix(std::size_t begin, ExprPtr subject, bool with_labels);
  ExprPtr Subscript(std::size_t begin, ExprPtr subject);
  ExprPtr Infix(std::size_t begin, ExprPtr left, int power);
  ExprPtr Logic(std::size_t begin, ExprPtr left, bool is_and);
  ExprPtr Comparison(std::size_t begin, ExprPtr left);
  ExprPtr IsPredicate(std::size_t begin, ExprPtr left);
  int InfixPower() const;
  static bool IsCondition(int power);
  ExprPtr Primary();
  ExprPtr WordPrimary();
  ExprPtr KeywordPrimary();
  ExprPtr Parenthesized();
  ExprPtr Pattern();
  ExprPtr Number(std::size_t begin, bool negative);
  static bool FloatIsHuge(std::string_view digits);
  ExprPtr Variable();
  ExprPtr Bracketed();
  ExprPtr ListComprehension(std::size_t begin);
  ExprPtr PatternComprehension(std::size_t begin);
  ExprPtr MapLiteral();
  ExprPtr MapProjection(std::size_t begin, ExprPtr subject);
  MapItem OneMapItem();
  ExprPtr Case();
  ExprPtr CaseTest();
  ExprPtr QuantifiedList(QuantifierKind kind);
  ExprPtr Reduce();
  ExprPtr Call();
  ExprPtr Subquery(SubqueryKind kind);
  bool AtCall() const;
  std::optional<QuantifierKind> AtQuantifier() const;

  Cursor cursor_;
  ParseLimits limits_;
  std::uint32_t depth_ = 0;
  std::uint32_t tallest_ = 0;  // Height of the tallest expression in the current (sub)query.
  bool bar_ends_label_ = false;
};

template <typename Kind>
ExprPtr Grammar::Make(std::size_t begin, Kind node) {
  auto expr = std::make_unique<Expr>();
  expr->span = cursor_.SpanFrom(begin);
  expr->node = std::move(node);
  expr->height = HeightOf(*expr);
  if (expr->height > limits_.max_depth) FailDepth(expr->span);
  tallest_ = std::max(tallest_, expr->height);
  return expr;
}

}  // namespace verbale::query
