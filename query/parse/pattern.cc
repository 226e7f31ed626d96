// Patterns: paths, nodes, relationships, groups, label expressions.

#include <fmt/format.h>

#include "query/parse/internal/grammar.h"

namespace verbale::query {

std::vector<PathPattern> Grammar::Paths() {
  std::vector<PathPattern> paths;
  do {
    paths.push_back(Path());
  } while (cursor_.Accept(","));
  return paths;
}

PathPattern Grammar::Path() {
  PathPattern path;
  const std::size_t begin = cursor_.begin();
  if (cursor_.AtVariable() && cursor_.AtAhead(1, "=")) {
    path.variable = TakeVariable();
    cursor_.Expect("=");
  }
  const bool bracketed = Selector(path);
  Elements(path.elements);
  if (bracketed) cursor_.Expect(")");
  path.span = cursor_.SpanFrom(begin);
  return path;
}

// True where the elements stand in brackets of the selector: shortestPath(…).
bool Grammar::Selector(PathPattern& path) {
  if (cursor_.Accept("SHORTESTPATH") || cursor_.At("ALLSHORTESTPATHS")) {
    path.selector = PathSelector::kShortestPath;
    if (cursor_.Accept("ALLSHORTESTPATHS")) path.selector = PathSelector::kAllShortestPaths;
    cursor_.Expect("(");
    return true;
  }
  const auto accept_paths = [&] {
    if (!cursor_.Accept("PATHS")) cursor_.Accept("PATH");
  };
  const auto take_count = [&] {
    if (cursor_.AtKind(TokenKind::kInteger)) {
      const std::size_t begin = cursor_.begin();
      path.count = TakeCount("how many paths");
      if (path.count == 0) {
        cursor_.Fail(cursor_.SpanFrom(begin), "InvalidArgumentValue",
                     "One path at least is chosen");
      }
    }
    accept_paths();
  };
  if (cursor_.Accept("ALL")) {
    if (cursor_.Accept("SHORTEST")) path.selector = PathSelector::kAllShortest;
    accept_paths();
  } else if (cursor_.Accept("ANY")) {
    if (cursor_.Accept("SHORTEST")) {
      path.selector = PathSelector::kShortest;
      accept_paths();
    } else {
      path.selector = PathSelector::kAny;
      take_count();
    }
  } else if (cursor_.Accept("SHORTEST")) {
    path.selector = PathSelector::kShortest;
    take_count();
    if (cursor_.Accept("GROUPS") || cursor_.Accept("GROUP")) {
      path.selector = PathSelector::kShortestGroups;
    }
  }
  return false;
}

void Grammar::Elements(std::vector<PathElement>& elements) {
  while (true) {
    const bool after_group =
        !elements.empty() && std::holds_alternative<GroupPatternPtr>(elements.back());
    const bool at_group = AtGroup();
    if (elements.empty() || at_group || (after_group && cursor_.At("("))) {
      if (at_group) {
        elements.emplace_back(Group());
        continue;
      }
      elements.emplace_back(Node());
    }
    if (!AtRelationship()) {
      if (AtGroup()) continue;
      if (cursor_.At("(") && std::holds_alternative<GroupPatternPtr>(elements.back())) continue;
      return;
    }
    if (std::holds_alternative<GroupPatternPtr>(elements.back())) {
      cursor_.FailExpected("a node between the brackets and the relationship");
    }
    elements.emplace_back(Relationship());
    elements.emplace_back(Node());
  }
}

// `((a)-…` or `(p = (a)-…`.
bool Grammar::AtGroup() const {
  if (!cursor_.At("(")) return false;
  return cursor_.AtAhead(1, "(") || (cursor_.AtVariable(1) && cursor_.AtAhead(2, "="));
}

GroupPatternPtr Grammar::Group() {
  const Nesting nesting(*this);
  const BarRule bar(*this, false);
  auto group = std::make_unique<GroupPattern>();
  const std::size_t begin = cursor_.begin();
  cursor_.Expect("(");
  group->path = Path();
  if (cursor_.Accept("WHERE")) group->where = Expression();
  cursor_.Expect(")");
  group->quantifier = GroupRepetition();
  group->span = cursor_.SpanFrom(begin);
  return group;
}

NodePattern Grammar::Node() {
  const BarRule bar(*this, false);
  NodePattern node;
  const std::size_t begin = cursor_.begin();
  if (!cursor_.At("(")) cursor_.FailExpected("a node pattern, such as (n:Label)");
  cursor_.Take();
  if (cursor_.AtVariable() && !cursor_.At("IS")) node.variable = TakeVariable();
  if (cursor_.Accept(":") || cursor_.Accept("IS")) node.labels = Labels();
  node.properties = Properties();
  if (cursor_.Accept("WHERE")) node.where = Expression();
  cursor_.Expect(")");
  node.span = cursor_.SpanFrom(begin);
  return node;
}

bool Grammar::AtRelationship() const {
  return cursor_.At("-") || (cursor_.At("<") && cursor_.AtAhead(1, "-"));
}

RelPattern Grammar::Relationship() {
  const BarRule bar(*this, false);
  RelPattern rel;
  const std::size_t begin = cursor_.begin();
  const bool from_right = cursor_.Accept("<");
  cursor_.Expect("-");
  if (cursor_.Accept("[")) {
    RelationshipDetail(rel);
    cursor_.Expect("]");
  }
  cursor_.Expect("-");
  const bool to_right = cursor_.Accept(">");
  if (from_right != to_right) rel.arrow = to_right ? Arrow::kOut : Arrow::kIn;
  rel.quantifier = GroupRepetition();
  rel.span = cursor_.SpanFrom(begin);
  return rel;
}

void Grammar::RelationshipDetail(RelPattern& rel) {
  if (cursor_.AtVariable()) rel.variable = TakeVariable();
  if (cursor_.Accept(":") || cursor_.Accept("IS")) rel.types = Labels();
  if (cursor_.At("..")) {
    cursor_.Fail(cursor_.Peek().span, "InvalidRelationshipPattern",
                 "A range of lengths begins with '*': *1..3");
  }
  if (cursor_.At("*")) rel.length = StarLength();
  rel.properties = Properties();
  if (cursor_.Accept("WHERE")) rel.where = Expression();
}

// `*`, `*2`, `*2..`, `*..5`, `*2..5`.
Repetition Grammar::StarLength() {
  Repetition length;
  const std::size_t begin = cursor_.begin();
  cursor_.Expect("*");
  length.min = 1;
  if (cursor_.At("-") || cursor_.AtKind(TokenKind::kFloat)) {
    cursor_.Fail(cursor_.Peek().span, "InvalidRelationshipPattern",
                 "A length is a whole number, zero or more");
  }
  if (cursor_.AtKind(TokenKind::kParameter) && !cursor_.AtAhead(1, "]")) {
    cursor_.FailExpected("a number: lengths cannot be parameters");
  }
  const bool has_min = cursor_.AtKind(TokenKind::kInteger);
  if (has_min) length.min = TakeCount("a length");
  if (cursor_.Accept("..")) {
    if (cursor_.AtKind(TokenKind::kInteger)) length.max = TakeCount("a length");
  } else if (has_min) {
    length.max = length.min;
  }
  length.span = cursor_.SpanFrom(begin);
  return length;
}

// `+`, `*`, `{2}`, `{2,}`, `{,5}`, `{2,5}`.
std::optional<Repetition> Grammar::GroupRepetition() {
  Repetition repetition;
  const std::size_t begin = cursor_.begin();
  if (cursor_.Accept("+")) {
    repetition.min = 1;
  } else if (cursor_.Accept("*")) {
    repetition.min = 0;
  } else if (cursor_.Accept("{")) {
    const bool has_min = cursor_.AtKind(TokenKind::kInteger);
    if (has_min) repetition.min = TakeCount("how often it repeats");
    if (!has_min || !cursor_.At("}")) {
      cursor_.Expect(",");
      if (cursor_.AtKind(TokenKind::kInteger)) repetition.max = TakeCount("how often it repeats");
    } else {
      repetition.max = repetition.min;
    }
    cursor_.Expect("}");
  } else {
    return std::nullopt;
  }
  repetition.span = cursor_.SpanFrom(begin);
  if (repetition.max && (*repetition.max < repetition.min || *repetition.max == 0)) {
    cursor_.Fail(repetition.span, "InvalidRelationshipPattern",
                 "The upper bound must be positive and not below the lower one");
  }
  return repetition;
}

ExprPtr Grammar::Properties() {
  if (cursor_.At("{")) {
    ExprPtr map = MapLiteral();
    for (const auto& [key, value] : std::get<MapExpr>(map->node).entries) {
      if (key.text.empty()) cursor_.Fail(key.span, "UnexpectedSyntax", "A name cannot be empty");
    }
    return map;
  }
  if (!cursor_.AtKind(TokenKind::kParameter)) return nullptr;
  const std::size_t begin = cursor_.begin();
  const Token token = cursor_.Take();
  return Make(begin, ParameterExpr{NameOf(cursor_.text(), token)});
}

LabelExpr Grammar::Labels() {
  LabelExpr first = LabelAnd();
  if (bar_ends_label_ || !cursor_.At("|")) return first;
  LabelExpr either;
  either.op = LabelOp::kOr;
  either.span = first.span;
  either.operands.push_back(std::move(first));
  while (cursor_.Accept("|")) {
    cursor_.Accept(":");
    either.operands.push_back(LabelAnd());
  }
  either.span.end = cursor_.end();
  return either;
}

LabelExpr Grammar::LabelAnd() {
  LabelExpr first = LabelPrimary();
  if (!cursor_.At("&") && !cursor_.At(":")) return first;
  LabelExpr both;
  both.op = LabelOp::kAnd;
  both.span = first.span;
  both.operands.push_back(std::move(first));
  while (cursor_.Accept("&") || cursor_.Accept(":")) both.operands.push_back(LabelPrimary());
  both.span.end = cursor_.end();
  return both;
}

LabelExpr Grammar::LabelPrimary() {
  const Nesting nesting(*this);
  LabelExpr label;
  const std::size_t begin = cursor_.begin();
  if (cursor_.Accept("!")) {
    label.op = LabelOp::kNot;
    label.operands.push_back(LabelPrimary());
  } else if (cursor_.Accept("%")) {
    label.op = LabelOp::kAny;
  } else if (cursor_.Accept("(")) {
    const BarRule bar(*this, false);
    label = Labels();
    cursor_.Expect(")");
  } else {
    label.name = TakeName("a label or relationship type").text;
  }
  label.span = cursor_.SpanFrom(begin);
  return label;
}

// The labels of SET and REMOVE: names only.
std::vector<Name> Grammar::LabelList() {
  std::vector<Name> labels;
  const bool by_word = cursor_.Accept("IS");
  while (by_word ? labels.empty() : cursor_.Accept(":")) {
    do {
      labels.push_back(TakeName("a label"));
    } while (cursor_.Accept("&"));
  }
  return labels;
}

// Whether the bracket `ahead` opens a node that a relationship follows, and not an expression in
// brackets: `(n)-->`, `(:A {k: 1})-[`, `()<-[`.
bool Grammar::AtPattern(std::size_t ahead) const {
  const Token& open = cursor_.Peek(ahead);
  if (open.lexeme != "(" || open.match == 0) return false;
  std::size_t inside = ahead + 1;
  if (cursor_.AtVariable(inside)) ++inside;
  const Token& next = cursor_.Peek(inside);
  const bool is_node = next.lexeme == ")" || next.lexeme == ":" || next.lexeme == "{" ||
                       next.lexeme == "IS" || next.lexeme == "WHERE" ||
                       next.kind == TokenKind::kParameter;
  return is_node && ArrowFollows(open.match + 1);
}

bool Grammar::ArrowFollows(std::size_t index) const {
  const auto at = [&](std::size_t i) -> const Token& { return cursor_.TokenAt(i); };
  if (at(index).lexeme == "<") ++index;
  if (at(index).lexeme != "-") return false;
  const Token& next = at(index + 1);
  if (next.lexeme == "[") return next.match != 0 && at(next.match + 1).lexeme == "-";
  if (next.lexeme != "-") return false;
  return at(index + 2).lexeme == "(" || at(index + 2).lexeme == ">" ||
         at(index + 2).lexeme == "+" || at(index + 2).lexeme == "*";
}

}  // namespace verbale::query
