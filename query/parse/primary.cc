// Expressions that stand by themselves: literals, names, brackets, calls and the forms with
// brackets of their own.

#include <charconv>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "query/parse/internal/grammar.h"

namespace verbale::query {

ExprPtr Grammar::Primary() {
  const std::size_t begin = cursor_.begin();
  switch (cursor_.Peek().kind) {
    case TokenKind::kInteger:
    case TokenKind::kFloat:
      return Number(begin, false);
    case TokenKind::kString: {
      std::string text = StringOf(cursor_.text(), cursor_.Take());
      return Make(begin, LiteralExpr{graph::Value(text)});
    }
    case TokenKind::kParameter: {
      std::string name = NameOf(cursor_.text(), cursor_.Take());
      return Make(begin, ParameterExpr{std::move(name)});
    }
    case TokenKind::kWord:
      return WordPrimary();
    case TokenKind::kQuotedName:
      return AtCall() ? Call() : Variable();
    default:
      break;
  }
  if (cursor_.At("(")) return Parenthesized();
  if (cursor_.At("[")) return Bracketed();
  if (cursor_.At("{")) return MapLiteral();
  cursor_.FailExpected("an expression");
}

// Hexadecimal and octal have no sign of their own, so all take the same way: magnitude, then sign.
ExprPtr Grammar::Number(std::size_t begin, bool negative) {
  const Token token = cursor_.Take();
  const ByteSpan span = cursor_.SpanFrom(begin);
  std::string plain(cursor_.TextOf(token));
  std::erase(plain, '_');
  std::string_view digits = plain;
  if (token.kind == TokenKind::kFloat) {
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc::result_out_of_range && FloatIsHuge(digits)) {
      cursor_.Fail(span, "FloatingPointOverflow",
                   fmt::format("'{}' is too large for a floating point number", digits));
    }
    if (error != std::errc()) number = 0;  // Too small to differ from zero.
    return Make(begin, LiteralExpr{graph::Value(negative ? -number : number)});
  }
  int base = 10;
  if (digits.size() > 1 && (digits[1] == 'x' || digits[1] == 'X')) base = 16;
  if (digits.size() > 1 && (digits[1] == 'o' || digits[1] == 'O')) base = 8;
  if (base != 10) digits.remove_prefix(2);
  std::uint64_t magnitude = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), magnitude, base);
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (error != std::errc() || magnitude > kLargest + (negative ? 1 : 0)) {
    cursor_.Fail(span, "IntegerOverflow",
                 fmt::format("'{}' is outside the range of integers (64 bits)",
                             cursor_.text().substr(span.begin, span.size())));
  }
  const auto number = static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
  return Make(begin, LiteralExpr{graph::Value(number)});
}

// Out of range can mean too large or too small. A number is large where its first digit that is not
// zero, moved by the exponent, stands before the point.
bool Grammar::FloatIsHuge(std::string_view digits) {
  const std::size_t mark = digits.find_first_of("eE");
  const std::string_view mantissa = digits.substr(0, mark);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  const std::size_t first = mantissa.find_first_of("123456789");
  if (first == std::string_view::npos) return false;
  const bool negative_exponent = mark != std::string_view::npos && digits[mark + 1] == '-';
  if (first < point) return !negative_exponent || point - first > 300;
  return mark != std::string_view::npos && !negative_exponent;
}

ExprPtr Grammar::Variable() {
  const std::size_t begin = cursor_.begin();
  if (!cursor_.AtVariable()) cursor_.FailExpected("an expression");
  Name name = TakeName("an expression");
  ExprPtr variable = Make(begin, VariableExpr{std::move(name.text)});
  if (cursor_.At("{")) return MapProjection(begin, std::move(variable));
  return variable;
}

ExprPtr Grammar::WordPrimary() {
  if (ExprPtr special = KeywordPrimary()) return special;
  if (const auto kind = AtQuantifier()) return QuantifiedList(*kind);
  return AtCall() ? Call() : Variable();
}

// Null where the word at the cursor is an ordinary name here.
ExprPtr Grammar::KeywordPrimary() {
  if (!cursor_.Peek().lexeme.is_keyword()) return nullptr;
  const std::size_t begin = cursor_.begin();
  if (cursor_.Accept("NULL")) return Make(begin, LiteralExpr{});
  if (cursor_.Accept("TRUE")) return Make(begin, LiteralExpr{graph::Value(true)});
  if (cursor_.Accept("FALSE")) return Make(begin, LiteralExpr{graph::Value(false)});
  if (cursor_.At("CASE")) return Case();
  const bool at_bracket = cursor_.AtAhead(1, "(");
  if (at_bracket && (cursor_.At("SHORTESTPATH") || cursor_.At("ALLSHORTESTPATHS"))) {
    return Pattern();
  }
  if (at_bracket && cursor_.At("REDUCE") && cursor_.AtVariable(2) && cursor_.AtAhead(3, "=")) {
    return Reduce();
  }
  if (at_bracket && cursor_.At("COUNT") && cursor_.AtAhead(2, "*") && cursor_.AtAhead(3, ")")) {
    for (int i = 0; i < 4; ++i) cursor_.Take();
    return Make(begin, CountStarExpr{});
  }
  if (!cursor_.AtAhead(1, "{") || cursor_.AtAhead(2, ".")) return nullptr;
  if (cursor_.At("EXISTS")) return Subquery(SubqueryKind::kExists);
  if (cursor_.At("COUNT")) return Subquery(SubqueryKind::kCount);
  if (cursor_.At("COLLECT")) return Subquery(SubqueryKind::kCollect);
  return nullptr;
}

ExprPtr Grammar::Parenthesized() {
  if (AtPattern(0)) return Pattern();
  const BarRule bar(*this, false);
  cursor_.Expect("(");
  ExprPtr inner = Expression();
  cursor_.Expect(")");
  return inner;
}

ExprPtr Grammar::Pattern() {
  const std::size_t begin = cursor_.begin();
  PatternExpr pattern;
  pattern.path = Path();
  return Make(begin, std::move(pattern));
}

ExprPtr Grammar::Bracketed() {
  const std::size_t begin = cursor_.begin();
  cursor_.Expect("[");
  if (cursor_.AtVariable() && cursor_.AtAhead(1, "IN")) return ListComprehension(begin);
  const bool named = cursor_.AtVariable() && cursor_.AtAhead(1, "=");
  if (AtPattern(named ? 2 : 0)) return PatternComprehension(begin);
  const BarRule bar(*this, false);
  ListExpr list;
  if (!cursor_.At("]")) {
    do {
      list.items.push_back(Expression());
    } while (cursor_.Accept(","));
  }
  cursor_.Expect("]");
  return Make(begin, std::move(list));
}

ExprPtr Grammar::ListComprehension(std::size_t begin) {
  const BarRule bar(*this, true);
  ListComprehensionExpr comprehension;
  comprehension.variable = TakeVariable();
  cursor_.Expect("IN");
  comprehension.list = Expression();
  if (cursor_.Accept("WHERE")) comprehension.where = Expression();
  if (cursor_.Accept("|")) comprehension.projection = Expression();
  cursor_.Expect("]");
  return Make(begin, std::move(comprehension));
}

ExprPtr Grammar::PatternComprehension(std::size_t begin) {
  const BarRule bar(*this, true);
  PatternComprehensionExpr comprehension;
  comprehension.path = Path();
  if (cursor_.Accept("WHERE")) comprehension.where = Expression();
  cursor_.Expect("|");
  comprehension.projection = Expression();
  cursor_.Expect("]");
  return Make(begin, std::move(comprehension));
}

ExprPtr Grammar::MapLiteral() {
  const BarRule bar(*this, false);
  const std::size_t begin = cursor_.begin();
  cursor_.Expect("{");
  MapExpr map;
  if (!cursor_.At("}")) {
    do {
      Name key = TakeKey("a key or '}'");
      cursor_.Expect(":");
      map.entries.emplace_back(std::move(key), Expression());
    } while (cursor_.Accept(","));
  }
  cursor_.Expect("}");
  return Make(begin, std::move(map));
}

ExprPtr Grammar::MapProjection(std::size_t begin, ExprPtr subject) {
  const BarRule bar(*this, false);
  cursor_.Expect("{");
  MapProjectionExpr projection;
  projection.subject = std::move(subject);
  if (!cursor_.At("}")) {
    do {
      projection.items.push_back(OneMapItem());
    } while (cursor_.Accept(","));
  }
  cursor_.Expect("}");
  return Make(begin, std::move(projection));
}

MapItem Grammar::OneMapItem() {
  MapItem item;
  if (cursor_.Accept(".")) {
    if (cursor_.Accept("*")) {
      item.kind = MapItemKind::kAllProperties;
      return item;
    }
    item.kind = MapItemKind::kProperty;
    item.key = TakeName("a property key or '*'");
    return item;
  }
  item.key = TakeName("'.key', '.*', a variable or 'key: value'");
  item.kind = MapItemKind::kVariable;
  if (cursor_.Accept(":")) {
    item.kind = MapItemKind::kEntry;
    item.value = Expression();
  }
  return item;
}

ExprPtr Grammar::Case() {
  const BarRule bar(*this, false);
  const std::size_t begin = cursor_.begin();
  cursor_.Expect("CASE");
  CaseExpr choice;
  if (!cursor_.At("WHEN")) choice.subject = Expression();
  while (cursor_.Accept("WHEN")) {
    CaseBranch& branch = choice.branches.emplace_back();
    do {
      branch.tests.push_back(choice.subject ? CaseTest() : Expression());
    } while (choice.subject && cursor_.Accept(","));
    cursor_.Expect("THEN");
    branch.then = Expression();
  }
  if (choice.branches.empty()) cursor_.FailExpected("WHEN");
  if (cursor_.Accept("ELSE")) choice.otherwise = Expression();
  cursor_.Expect("END");
  return Make(begin, std::move(choice));
}

// A value, or a condition that begins with its operator: `> 5`, `IS NULL`, `STARTS WITH 'a'`.
ExprPtr Grammar::CaseTest() {
  const int power = InfixPower();
  if (!IsCondition(power)) return Expression();
  const std::size_t begin = cursor_.begin();
  ExprPtr test = Infix(begin, Make(begin, CaseSubjectExpr{}), power);
  if (std::holds_alternative<HasLabelsExpr>(test->node)) {
    cursor_.Fail(test->span, "UnexpectedSyntax", "WHEN IS takes NULL or a type (:: STRING)");
  }
  return test;
}

// `all(x IN …`; without the IN it is a call of a function of that name.
std::optional<QuantifierKind> Grammar::AtQuantifier() const {
  if (!cursor_.AtAhead(1, "(") || !cursor_.AtVariable(2) || !cursor_.AtAhead(3, "IN")) return {};
  if (cursor_.At("ALL")) return QuantifierKind::kAll;
  if (cursor_.At("ANY")) return QuantifierKind::kAny;
  if (cursor_.At("NONE")) return QuantifierKind::kNone;
  if (cursor_.At("SINGLE")) return QuantifierKind::kSingle;
  return {};
}

ExprPtr Grammar::QuantifiedList(QuantifierKind kind) {
  const BarRule bar(*this, false);
  const std::size_t begin = cursor_.begin();
  cursor_.Take();
  cursor_.Expect("(");
  QuantifierExpr quantifier;
  quantifier.kind = kind;
  quantifier.variable = TakeVariable();
  cursor_.Expect("IN");
  quantifier.list = Expression();
  if (cursor_.Accept("WHERE")) quantifier.where = Expression();
  cursor_.Expect(")");
  return Make(begin, std::move(quantifier));
}

ExprPtr Grammar::Reduce() {
  const BarRule bar(*this, true);
  const std::size_t begin = cursor_.begin();
  cursor_.Expect("REDUCE");
  cursor_.Expect("(");
  ReduceExpr reduce;
  reduce.accumulator = TakeVariable();
  cursor_.Expect("=");
  reduce.initial = Expression();
  cursor_.Expect(",");
  reduce.variable = TakeVariable();
  cursor_.Expect("IN");
  reduce.list = Expression();
  cursor_.Expect("|");
  reduce.body = Expression();
  cursor_.Expect(")");
  return Make(begin, std::move(reduce));
}

// `name(` or `space.name(`; a bracket after a property has no other meaning.
bool Grammar::AtCall() const {
  if (!cursor_.AtVariable()) return false;
  std::size_t ahead = 1;
  while (cursor_.AtAhead(ahead, ".")) ahead += 2;
  return cursor_.AtAhead(ahead, "(");
}

ExprPtr Grammar::Call() {
  const BarRule bar(*this, false);
  const std::size_t begin = cursor_.begin();
  CallExpr call;
  call.name = TakeDottedName("the name of a function");
  cursor_.Expect("(");
  call.distinct = cursor_.Accept("DISTINCT");
  if (!cursor_.At(")")) {
    do {
      call.arguments.push_back(Expression());
    } while (cursor_.Accept(","));
  }
  cursor_.Expect(")");
  return Make(begin, std::move(call));
}

// `EXISTS { … }` and its kin hold a whole query, or a pattern alone, which is read as its MATCH.
ExprPtr Grammar::Subquery(SubqueryKind kind) {
  const std::size_t begin = cursor_.begin();
  const std::uint32_t tallest_outside = std::exchange(tallest_, 0);
  cursor_.Take();
  cursor_.Expect("{");
  SubqueryExpr subquery;
  subquery.kind = kind;
  if (AtClause()) {
    const bool collects = kind == SubqueryKind::kCollect;
    subquery.query = std::make_unique<Query>(
        WholeQuery(collects ? QueryPlace::kCollect : QueryPlace::kPredicate));
  } else {
    const Nesting nesting(*this);
    const BarRule bar(*this, false);
    if (kind == SubqueryKind::kCollect) cursor_.FailExpected("a query that ends with RETURN");
    SingleQuery branch;
    Clause clause;
    const std::size_t match_begin = cursor_.begin();
    clause.node = Match(false);
    clause.span = branch.span = cursor_.SpanFrom(match_begin);
    branch.clauses.push_back(std::move(clause));
    subquery.query = std::make_unique<Query>();
    subquery.query->span = branch.span;
    subquery.query->branches.push_back(std::move(branch));
  }
  cursor_.Expect("}");
  const std::uint32_t height = tallest_ + 1;
  tallest_ = tallest_outside;
  ExprPtr expr = Make(begin, std::move(subquery));
  expr->height = height;
  if (height > limits_.max_depth) FailDepth(expr->span);
  tallest_ = std::max(tallest_, height);
  return expr;
}

}  // namespace verbale::query
