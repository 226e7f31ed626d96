// Queries and their clauses.

#include <fmt/format.h>

#include "query/parse/internal/grammar.h"

namespace verbale::query {
namespace {

bool IsReturn(const Clause& clause) {
  const auto* projection = std::get_if<ProjectionClause>(&clause.node);
  return projection != nullptr && projection->is_return;
}

bool Writes(const Clause& clause) {
  return std::holds_alternative<CreateClause>(clause.node) ||
         std::holds_alternative<MergeClause>(clause.node) ||
         std::holds_alternative<SetClause>(clause.node) ||
         std::holds_alternative<RemoveClause>(clause.node) ||
         std::holds_alternative<DeleteClause>(clause.node) ||
         std::holds_alternative<ForeachClause>(clause.node);
}

}  // namespace

Query Grammar::WholeQuery(QueryPlace place) {
  const Nesting nesting(*this);
  const BarRule bar(*this, false);
  Query query;
  const std::size_t begin = cursor_.begin();
  query.branches.push_back(Branch(place));
  while (cursor_.Accept("UNION")) {
    const ByteSpan word = cursor_.SpanFrom(cursor_.end() - 5);
    const bool all = cursor_.Accept("ALL");
    if (!all) cursor_.Accept("DISTINCT");
    if (query.branches.size() > 1 && all != query.union_all) {
      cursor_.Fail(word, "InvalidClauseComposition",
                   "UNION and UNION ALL cannot be mixed in one query");
    }
    query.union_all = all;
    query.branches.push_back(Branch(place));
  }
  query.span = cursor_.SpanFrom(begin);
  return query;
}

SingleQuery Grammar::Branch(QueryPlace place) {
  SingleQuery query;
  const std::size_t begin = cursor_.begin();
  while (AtClause()) query.clauses.push_back(OneClause());
  if (query.clauses.empty()) cursor_.FailExpected("a clause");
  query.span = cursor_.SpanFrom(begin);
  // What can neither go on nor end a query is reported as such by the caller: a word with the
  // keyword it resembles, an operator of another language with ours.
  const bool ends = cursor_.AtKind(TokenKind::kEnd) || cursor_.At(";") || cursor_.At("}") ||
                    cursor_.At(")") || cursor_.At("UNION");
  if (ends) CheckOrder(query, place);
  return query;
}

// RETURN ends a query, and a query ends with RETURN or with something that it does.
void Grammar::CheckOrder(const SingleQuery& query, QueryPlace place) const {
  const auto fail = [&](const Clause& clause, std::string message) {
    cursor_.Fail(clause.span, "InvalidClauseComposition", std::move(message));
  };
  for (std::size_t i = 0; i + 1 < query.clauses.size(); ++i) {
    if (IsReturn(query.clauses[i])) fail(query.clauses[i], "RETURN must be the last clause");
  }
  const Clause& last = query.clauses.back();
  if (place == QueryPlace::kPredicate || IsReturn(last) || Writes(last)) return;
  if (const auto* call = std::get_if<SubqueryClause>(&last.node)) {
    if (!IsReturn(call->body->branches.front().clauses.back())) return;
  }
  if (const auto* call = std::get_if<CallClause>(&last.node)) {
    if (query.clauses.size() == 1 || !call->yields) return;
  }
  fail(last, "A query must end with RETURN or with a clause that writes");
}

bool Grammar::AtClause() const {
  return cursor_.At("MATCH") || cursor_.At("OPTIONAL") || cursor_.At("UNWIND") ||
         cursor_.At("WITH") || cursor_.At("RETURN") || cursor_.At("CREATE") ||
         cursor_.At("MERGE") || cursor_.At("SET") || cursor_.At("REMOVE") || cursor_.At("DELETE") ||
         cursor_.At("DETACH") || cursor_.At("FOREACH") || cursor_.At("CALL") || cursor_.At("LOAD");
}

Clause Grammar::OneClause() {  // one switch
  Clause clause;
  const std::size_t begin = cursor_.begin();
  if (cursor_.Accept("MATCH")) {
    clause.node = Match(false);
  } else if (cursor_.Accept("OPTIONAL")) {
    if (cursor_.Accept("CALL")) {
      clause = Call(true);
    } else {
      cursor_.Expect("MATCH");
      clause.node = Match(true);
    }
  } else if (cursor_.Accept("UNWIND")) {
    clause.node = Unwind();
  } else if (cursor_.Accept("WITH")) {
    clause.node = Projection(false);
  } else if (cursor_.Accept("RETURN")) {
    clause.node = Projection(true);
  } else if (cursor_.Accept("CREATE")) {
    clause.node = CreateClause{Paths()};
  } else if (cursor_.Accept("MERGE")) {
    clause.node = Merge();
  } else if (cursor_.Accept("SET")) {
    clause.node = SetClause{SetItems()};
  } else if (cursor_.Accept("REMOVE")) {
    clause.node = Remove();
  } else if (cursor_.Accept("DELETE")) {
    clause.node = Delete(false);
  } else if (cursor_.Accept("DETACH")) {
    cursor_.Expect("DELETE");
    clause.node = Delete(true);
  } else if (cursor_.Accept("FOREACH")) {
    clause.node = Foreach();
  } else if (cursor_.Accept("CALL")) {
    clause = Call(false);
  } else if (cursor_.Accept("LOAD")) {
    clause.node = LoadCsv();
  } else {
    cursor_.FailExpected("a clause");
  }
  clause.span = cursor_.SpanFrom(begin);
  return clause;
}

MatchClause Grammar::Match(bool optional) {
  MatchClause match;
  match.optional = optional;
  match.paths = Paths();
  if (cursor_.Accept("WHERE")) match.where = Expression();
  return match;
}

UnwindClause Grammar::Unwind() {
  UnwindClause unwind;
  unwind.list = Expression();
  cursor_.Expect("AS");
  unwind.alias = TakeVariable();
  return unwind;
}

ProjectionClause Grammar::Projection(bool is_return) {
  ProjectionClause projection;
  projection.is_return = is_return;
  projection.distinct = cursor_.Accept("DISTINCT");
  projection.star = cursor_.Accept("*");
  if (!projection.star || cursor_.Accept(",")) {
    do {
      projection.items.push_back(OneProjectionItem());
    } while (cursor_.Accept(","));
  }
  OrderSkipLimit(projection.order, projection.skip, projection.limit);
  if (!is_return && cursor_.Accept("WHERE")) projection.where = Expression();
  return projection;
}

ProjectionItem Grammar::OneProjectionItem() {
  ProjectionItem item;
  const std::size_t begin = cursor_.begin();
  item.value = Expression();
  item.span = cursor_.SpanFrom(begin);
  if (cursor_.Accept("AS")) item.alias = TakeVariable();
  return item;
}

void Grammar::OrderSkipLimit(std::vector<SortItem>& order, ExprPtr& skip, ExprPtr& limit) {
  if (cursor_.Accept("ORDER")) {
    cursor_.Expect("BY");
    do {
      SortItem item;
      item.value = Expression();
      item.descending = cursor_.Accept("DESC") || cursor_.Accept("DESCENDING");
      if (!item.descending && !cursor_.Accept("ASC")) cursor_.Accept("ASCENDING");
      order.push_back(std::move(item));
    } while (cursor_.Accept(","));
  }
  if (cursor_.Accept("SKIP") || cursor_.Accept("OFFSET")) skip = Expression();
  if (cursor_.Accept("LIMIT")) limit = Expression();
}

MergeClause Grammar::Merge() {
  MergeClause merge;
  merge.path = Path();
  while (cursor_.Accept("ON")) {
    const bool on_create = cursor_.Accept("CREATE");
    if (!on_create) cursor_.Expect("MATCH");
    cursor_.Expect("SET");
    auto& items = on_create ? merge.on_create : merge.on_match;
    for (SetItem& item : SetItems()) items.push_back(std::move(item));
  }
  return merge;
}

std::vector<SetItem> Grammar::SetItems() {
  std::vector<SetItem> items;
  do {
    items.push_back(OneSetItem());
  } while (cursor_.Accept(","));
  return items;
}

// `n.key`, `n[expr]`, `n:A:B`: what SET and REMOVE have in common. A bare variable is left to SET.
SetItem Grammar::SetTarget() {
  SetItem item;
  const std::size_t begin = cursor_.begin();
  item.target = Postfix(begin, Primary(), false);
  const bool is_variable = std::holds_alternative<VariableExpr>(item.target->node);
  if (std::holds_alternative<PropertyExpr>(item.target->node)) {
    item.kind = SetKind::kProperty;
  } else if (std::holds_alternative<IndexExpr>(item.target->node)) {
    item.kind = SetKind::kDynamic;
  } else if (is_variable && (cursor_.At(":") || cursor_.At("IS"))) {
    item.kind = SetKind::kLabels;
    item.labels = LabelList();
  } else if (is_variable) {
    item.kind = SetKind::kReplace;
  } else {
    cursor_.Fail(item.target->span, "UnexpectedSyntax",
                 "Only variables, their properties and their labels can be changed");
  }
  item.span = cursor_.SpanFrom(begin);
  return item;
}

SetItem Grammar::OneSetItem() {
  SetItem item = SetTarget();
  if (item.kind == SetKind::kLabels) return item;
  if (item.kind == SetKind::kReplace && cursor_.Accept("+=")) {
    item.kind = SetKind::kMerge;
  } else {
    cursor_.Expect("=");
  }
  item.value = Expression();
  item.span = cursor_.SpanFrom(item.span.begin);
  return item;
}

RemoveClause Grammar::Remove() {
  RemoveClause remove;
  do {
    remove.items.push_back(SetTarget());
    if (remove.items.back().kind == SetKind::kReplace) {
      cursor_.FailExpected("a property (n.key) or a label (n:Label) to remove");
    }
  } while (cursor_.Accept(","));
  return remove;
}

DeleteClause Grammar::Delete(bool detach) {
  DeleteClause clause;
  clause.detach = detach;
  do {
    clause.targets.push_back(Expression());
  } while (cursor_.Accept(","));
  return clause;
}

ForeachClause Grammar::Foreach() {
  const Nesting nesting(*this);
  ForeachClause loop;
  cursor_.Expect("(");
  loop.variable = TakeVariable();
  cursor_.Expect("IN");
  {
    const BarRule bar(*this, true);
    loop.list = Expression();
  }
  cursor_.Expect("|");
  while (AtClause()) {
    loop.body.push_back(OneClause());
    if (!Writes(loop.body.back())) {
      cursor_.Fail(loop.body.back().span, "InvalidClauseComposition",
                   "Only clauses that write may stand in FOREACH");
    }
  }
  if (loop.body.empty()) cursor_.FailExpected("a clause that writes");
  cursor_.Expect(")");
  return loop;
}

Clause Grammar::Call(bool optional) {
  Clause clause;
  if (cursor_.At("{") || cursor_.At("(")) {
    clause.node = CallSubquery(optional);
  } else {
    clause.node = CallProcedure(optional);
  }
  return clause;
}

CallClause Grammar::CallProcedure(bool optional) {
  CallClause call;
  call.optional = optional;
  call.procedure = TakeDottedName("the name of a procedure");
  if (cursor_.Accept("(")) {
    call.arguments.emplace();
    if (!cursor_.At(")")) {
      do {
        call.arguments->push_back(Expression());
      } while (cursor_.Accept(","));
    }
    cursor_.Expect(")");
  }
  if (!cursor_.Accept("YIELD")) return call;
  if (cursor_.Accept("*")) {
    call.yield_star = true;
  } else if (cursor_.Accept("-")) {
    call.yields.emplace();
  } else {
    call.yields = YieldItems();
  }
  if (cursor_.Accept("WHERE")) call.where = Expression();
  return call;
}

std::vector<YieldItem> Grammar::YieldItems() {
  std::vector<YieldItem> items;
  do {
    YieldItem item;
    item.field = TakeName("the name of a result column");
    if (cursor_.Accept("AS")) item.alias = TakeVariable();
    items.push_back(std::move(item));
  } while (cursor_.Accept(","));
  return items;
}

SubqueryClause Grammar::CallSubquery(bool optional) {
  SubqueryClause call;
  call.optional = optional;
  if (cursor_.Accept("(")) {
    call.imports.emplace();
    call.import_all = cursor_.Accept("*");
    if (!call.import_all && !cursor_.At(")")) {
      do {
        call.imports->push_back(TakeVariable());
      } while (cursor_.Accept(","));
    }
    cursor_.Expect(")");
  }
  cursor_.Expect("{");
  call.body = std::make_unique<Query>(WholeQuery(QueryPlace::kCall));
  cursor_.Expect("}");
  if (!cursor_.Accept("IN")) return call;
  cursor_.Expect("TRANSACTIONS");
  call.in_transactions = true;
  if (cursor_.Accept("OF")) {
    call.batch_rows = Expression();
    if (!cursor_.Accept("ROW")) cursor_.Expect("ROWS");
  }
  return call;
}

LoadCsvClause Grammar::LoadCsv() {
  LoadCsvClause load;
  cursor_.Expect("CSV");
  if (cursor_.Accept("WITH")) {
    cursor_.Expect("HEADERS");
    load.with_headers = true;
  }
  cursor_.Expect("FROM");
  load.source = Expression();
  cursor_.Expect("AS");
  load.alias = TakeVariable();
  if (cursor_.Accept("FIELDTERMINATOR")) load.field_terminator = Expression();
  return load;
}

}  // namespace verbale::query
