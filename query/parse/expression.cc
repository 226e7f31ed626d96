// Expressions with operators, by binding power (Pratt): each operator has a power, and an operand
// ends at the first operator that binds no tighter than the one before it. The grammar of
// openCypher gives the order: OR, XOR, AND, NOT, comparisons, predicates (IN, IS, STARTS WITH …),
// sums, products, powers, signs, and tightest what follows its operand ('.key', '[i]', ':Label').

#include <array>

#include "query/parse/internal/grammar.h"

namespace verbale::query {
namespace {

enum Power : int { kOr = 1, kXor, kAnd, kNot, kCompare, kPredicate, kSum, kProduct, kPower };

struct BinaryRule {
  Lexeme lexeme;
  int power;
  BinaryOp op;
};

// STARTS and ENDS take a WITH behind them.
constexpr std::array kBinaryRules = {
    BinaryRule{"XOR", kXor, BinaryOp::kXor},
    BinaryRule{"=~", kPredicate, BinaryOp::kRegexMatch},
    BinaryRule{"IN", kPredicate, BinaryOp::kIn},
    BinaryRule{"STARTS", kPredicate, BinaryOp::kStartsWith},
    BinaryRule{"ENDS", kPredicate, BinaryOp::kEndsWith},
    BinaryRule{"CONTAINS", kPredicate, BinaryOp::kContains},
    BinaryRule{"+", kSum, BinaryOp::kAdd},
    BinaryRule{"-", kSum, BinaryOp::kSubtract},
    BinaryRule{"||", kSum, BinaryOp::kConcat},
    BinaryRule{"*", kProduct, BinaryOp::kMultiply},
    BinaryRule{"/", kProduct, BinaryOp::kDivide},
    BinaryRule{"%", kProduct, BinaryOp::kModulo},
    BinaryRule{"^", kPower, BinaryOp::kPower},
};

struct CompareRule {
  Lexeme lexeme;
  CompareOp op;
};

constexpr std::array kCompareRules = {
    CompareRule{"=", CompareOp::kEqual},   CompareRule{"<>", CompareOp::kNotEqual},
    CompareRule{"<", CompareOp::kLess},    CompareRule{"<=", CompareOp::kLessOrEqual},
    CompareRule{">", CompareOp::kGreater}, CompareRule{">=", CompareOp::kGreaterOrEqual},
};

template <typename Rules>
const typename Rules::value_type* FindRule(const Rules& rules, const Cursor& cursor) {
  for (const auto& rule : rules) {
    if (cursor.At(rule.lexeme)) return &rule;
  }
  return nullptr;
}

}  // namespace

ExprPtr Grammar::Expression() { return Operators(kOr); }

ExprPtr Grammar::Operators(int least) {
  const Nesting nesting(*this);
  const std::size_t begin = cursor_.begin();
  ExprPtr left = Prefix();
  for (int power = InfixPower(); power >= least; power = InfixPower()) {
    left = Infix(begin, std::move(left), power);
  }
  return left;
}

// Power of the operator at the cursor; 0 where none is.
int Grammar::InfixPower() const {
  if (cursor_.At("OR")) return kOr;
  if (cursor_.At("AND")) return kAnd;
  if (cursor_.At("IS")) return kPredicate;
  if (FindRule(kCompareRules, cursor_) != nullptr) return kCompare;
  const BinaryRule* rule = FindRule(kBinaryRules, cursor_);
  return rule == nullptr ? 0 : rule->power;
}

// Whether an operator of that power compares or tests its left side.
bool Grammar::IsCondition(int power) { return power == kCompare || power == kPredicate; }

ExprPtr Grammar::Infix(std::size_t begin, ExprPtr left, int power) {
  if (power == kOr || power == kAnd) return Logic(begin, std::move(left), power == kAnd);
  if (power == kCompare) return Comparison(begin, std::move(left));
  if (cursor_.At("IS")) return IsPredicate(begin, std::move(left));
  const BinaryRule* rule = FindRule(kBinaryRules, cursor_);
  cursor_.Take();
  if (rule->op == BinaryOp::kStartsWith || rule->op == BinaryOp::kEndsWith) cursor_.Expect("WITH");
  ExprPtr right = Operators(power + 1);
  return Make(begin, BinaryExpr{rule->op, std::move(left), std::move(right)});
}

ExprPtr Grammar::Logic(std::size_t begin, ExprPtr left, bool is_and) {
  LogicExpr logic{is_and, {}};
  logic.operands.push_back(std::move(left));
  while (is_and ? cursor_.Accept("AND") : cursor_.Accept("OR")) {
    logic.operands.push_back(Operators((is_and ? kAnd : kOr) + 1));
  }
  return Make(begin, std::move(logic));
}

ExprPtr Grammar::Comparison(std::size_t begin, ExprPtr left) {
  CompareExpr compare;
  compare.operands.push_back(std::move(left));
  while (const CompareRule* rule = FindRule(kCompareRules, cursor_)) {
    cursor_.Take();
    compare.ops.push_back(rule->op);
    compare.operands.push_back(Operators(kCompare + 1));
  }
  return Make(begin, std::move(compare));
}

// IS NULL, IS NOT NULL, IS :: TYPE, IS NOT :: TYPE, IS Label.
ExprPtr Grammar::IsPredicate(std::size_t begin, ExprPtr left) {
  cursor_.Expect("IS");
  const bool negated = cursor_.Accept("NOT");
  if (cursor_.Accept("NULL")) {
    const UnaryOp op = negated ? UnaryOp::kIsNotNull : UnaryOp::kIsNull;
    return Make(begin, UnaryExpr{op, std::move(left)});
  }
  if (cursor_.Accept("::") || cursor_.Accept("TYPED")) {
    std::string type = TakeTypeName();
    return Make(begin, TypeCheckExpr{std::move(left), std::move(type), negated});
  }
  if (negated) cursor_.FailExpected("NULL or a type (:: STRING)");
  LabelExpr labels = Labels();
  return Make(begin, HasLabelsExpr{std::move(left), std::move(labels)});
}

ExprPtr Grammar::Prefix() {
  if (cursor_.At("NOT")) {
    const std::size_t begin = cursor_.begin();
    cursor_.Take();
    ExprPtr operand = Operators(kNot);
    return Make(begin, UnaryExpr{UnaryOp::kNot, std::move(operand)});
  }
  if (cursor_.At("-") || cursor_.At("+")) return Sign();
  const std::size_t begin = cursor_.begin();
  return Postfix(begin, Primary(), true);
}

// A minus before a number belongs to it (there is no other way to write the smallest integer),
// unless something follows that binds tighter.
ExprPtr Grammar::Sign() {
  const Nesting nesting(*this);
  const std::size_t begin = cursor_.begin();
  const bool minus = cursor_.Take().lexeme == "-";
  const bool at_number = cursor_.AtKind(TokenKind::kInteger) || cursor_.AtKind(TokenKind::kFloat);
  const bool binds_tighter =
      cursor_.AtAhead(1, ".") || cursor_.AtAhead(1, "[") || cursor_.AtAhead(1, ":");
  if (minus && at_number && !binds_tighter) return Number(begin, true);
  ExprPtr operand = Prefix();
  return Make(begin, UnaryExpr{minus ? UnaryOp::kMinus : UnaryOp::kPlus, std::move(operand)});
}

// `.key`, `[i]`, `[a..b]` and, `with_labels`, `:Label`.
ExprPtr Grammar::Postfix(std::size_t begin, ExprPtr subject, bool with_labels) {
  while (true) {
    if (cursor_.Accept(".")) {
      Name key = TakeName("a property key");
      subject = Make(begin, PropertyExpr{std::move(subject), std::move(key)});
    } else if (cursor_.At("[")) {
      subject = Subscript(begin, std::move(subject));
    } else if (with_labels && cursor_.Accept(":")) {
      LabelExpr labels = Labels();
      subject = Make(begin, HasLabelsExpr{std::move(subject), std::move(labels)});
    } else {
      return subject;
    }
  }
}

ExprPtr Grammar::Subscript(std::size_t begin, ExprPtr subject) {
  const BarRule bar(*this, false);
  cursor_.Expect("[");
  ExprPtr first;
  if (!cursor_.At("..")) first = Expression();
  if (!cursor_.Accept("..")) {
    cursor_.Expect("]");
    return Make(begin, IndexExpr{std::move(subject), std::move(first)});
  }
  ExprPtr last;
  if (!cursor_.At("]")) last = Expression();
  cursor_.Expect("]");
  return Make(begin, SliceExpr{std::move(subject), std::move(first), std::move(last)});
}

}  // namespace verbale::query
