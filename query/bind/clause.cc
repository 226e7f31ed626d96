// Reading clauses: MATCH, UNWIND, LOAD CSV; and the way from a clause to its function.

#include <fmt/format.h>

#include "query/bind/internal/binder.h"

namespace verbale::query {

void Binder::BindClause(const Clause& clause, std::vector<BoundClause>& out) {
  const bool writes = std::holds_alternative<CreateClause>(clause.node) ||
                      std::holds_alternative<MergeClause>(clause.node) ||
                      std::holds_alternative<SetClause>(clause.node) ||
                      std::holds_alternative<RemoveClause>(clause.node) ||
                      std::holds_alternative<DeleteClause>(clause.node) ||
                      std::holds_alternative<ForeachClause>(clause.node);
  if (writes && in_predicate_query_) {
    throw Fault(clause.span, "InvalidClauseComposition",
                "A query inside an expression cannot write");
  }
  out_.writes = out_.writes || writes;
  if (const auto* remove = std::get_if<RemoveClause>(&clause.node)) {
    BindRemove(*remove, clause.span, out);
    return;
  }
  BoundClause bound;
  bound.span = clause.span;
  std::visit(
      [&](const auto& node) {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (!std::is_same_v<Node, RemoveClause>) bound.node = Bind(node);
      },
      clause.node);
  out.push_back(std::move(bound));
}

BoundMatch Binder::Bind(const MatchClause& match) {
  BoundMatch bound;
  bound.optional = match.optional;
  bound.pattern = BindPattern(match.paths, match.where.get(), true);
  return bound;
}

BoundUnwind Binder::Bind(const UnwindClause& unwind) {
  BoundUnwind bound;
  const Typed list = BindExpr(*unwind.list);
  bound.list = list.expr;
  StaticType element;
  if (list.type.types == kListType) element.types = list.type.element;
  bound.slot = Declare(unwind.alias, SlotKind::kValue, element).slot;
  return bound;
}

BoundLoadCsv Binder::Bind(const LoadCsvClause& load) {
  BoundLoadCsv bound;
  bound.with_headers = load.with_headers;
  bound.source = BindValue(*load.source);
  if (load.field_terminator) {
    if (!std::holds_alternative<LiteralExpr>(load.field_terminator->node)) {
      throw Fault(load.field_terminator->span, "UnexpectedSyntax",
                  "FIELDTERMINATOR takes a string");
    }
    bound.field_terminator = BindValue(*load.field_terminator);
  }
  const TypeSet row = load.with_headers ? graph::ValueType::kMap : graph::ValueType::kList;
  bound.slot = Declare(load.alias, SlotKind::kValue, {row, TypeSet::Any()}).slot;
  return bound;
}

}  // namespace verbale::query
