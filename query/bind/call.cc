// CALL of procedures and of subqueries.

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "query/bind/internal/binder.h"

namespace verbale::query {
namespace {

using graph::ValueType;

struct NamedType {
  std::string_view name;
  TypeSet types;
};

constexpr std::array<NamedType, 16> kFieldTypes = {{
    {"BOOLEAN", ValueType::kBool},
    {"INTEGER", ValueType::kInt},
    {"FLOAT", TypeSet::Number()},
    {"NUMBER", TypeSet::Number()},
    {"STRING", ValueType::kString},
    {"MAP", TypeSet(ValueType::kMap) | kEntityType},
    {"NODE", ValueType::kNode},
    {"RELATIONSHIP", ValueType::kRelationship},
    {"PATH", ValueType::kPath},
    {"DATE", ValueType::kDate},
    {"TIME", ValueType::kTime},
    {"LOCALTIME", ValueType::kLocalTime},
    {"DATETIME", ValueType::kDateTime},
    {"LOCALDATETIME", ValueType::kLocalDateTime},
    {"DURATION", ValueType::kDuration},
    {"LIST", ValueType::kList},
}};

TypeSet TypeOfField(const ProcedureField& field) {
  if (field.type.rfind("LIST", 0) == 0) return ValueType::kList;
  for (const NamedType& known : kFieldTypes) {
    if (known.name == field.type) return known.types;
  }
  return TypeSet::Any();
}

bool IsPlainVariable(const ProjectionItem& item) {
  const auto* variable = std::get_if<VariableExpr>(&item.value->node);
  return variable != nullptr && (!item.alias || item.alias->text == variable->name);
}

// `WITH a, b` at the head of `CALL { … }` names what comes from outside.
const ProjectionClause* ImportingWith(const SingleQuery& branch) {
  const auto* with = std::get_if<ProjectionClause>(&branch.clauses.front().node);
  if (with == nullptr || with->is_return || with->distinct || !with->order.empty()) return nullptr;
  if (with->skip || with->limit || with->where) return nullptr;
  const bool plain = std::all_of(with->items.begin(), with->items.end(), IsPlainVariable);
  return plain ? with : nullptr;
}

}  // namespace

const ProcedureEntry& Binder::FindProcedure(const Name& name) const {
  const ProcedureEntry* entry =
      options_.procedures == nullptr ? nullptr : options_.procedures->Find(name.text);
  if (entry != nullptr) return *entry;
  std::vector<std::string_view> known;
  if (options_.procedures != nullptr) {
    for (const ProcedureEntry* other : options_.procedures->All()) known.push_back(other->name);
  }
  throw Fault(name.span, "ProcedureNotFound", fmt::format("There is no procedure '{}'", name.text))
      .WithTck(ErrorPhase::kCompileTime, "ProcedureError", "ProcedureNotFound")
      .WithHint(DidYouMean(name.text, known));
}

BoundCall Binder::Bind(const CallClause& call) {
  const ProcedureEntry& entry = FindProcedure(call.procedure);
  if (entry.procedure.writes && in_predicate_query_) {
    throw Fault(call.procedure.span, "InvalidClauseComposition",
                "A query inside an expression cannot write");
  }
  out_.writes = out_.writes || entry.procedure.writes;
  BoundCall bound;
  bound.procedure = &entry;
  bound.optional = call.optional;
  bound.span = call.procedure.span;
  BindArguments(call, entry, bound);
  BindYields(call, entry, bound);
  if (call.where) bound.where = BindPredicate(*call.where);
  return bound;
}

void Binder::BindArguments(const CallClause& call, const ProcedureEntry& entry, BoundCall& bound) {
  if (!call.arguments) {
    if (!standalone_call_) {
      throw Fault(call.procedure.span, "InvalidArgumentPassingMode",
                  "Inside a query a procedure is called with its arguments in brackets");
    }
    for (const ProcedureField& input : entry.inputs) {
      auto parameter = std::make_shared<BoundExpr>();
      parameter->kind = BoundKind::kParameter;
      parameter->span = call.procedure.span;
      parameter->name = input.name;
      parameters_.emplace(input.name, call.procedure.span);
      bound.args.push_back(std::move(parameter));
    }
    return;
  }
  if (call.arguments->size() != entry.inputs.size()) {
    throw Fault(call.procedure.span, "InvalidNumberOfArguments",
                fmt::format("{} takes {} arguments, not {}", entry.name, entry.inputs.size(),
                            call.arguments->size()));
  }
  for (std::size_t i = 0; i < entry.inputs.size(); ++i) {
    const Expr& argument = *(*call.arguments)[i];
    Typed value = BindExpr(argument);
    const TypeSet wanted = TypeOfField(entry.inputs[i]);
    if (!value.type.CanBe(wanted)) FailType(argument.span, wanted, value.type);
    bound.args.push_back(std::move(value.expr));
  }
}

void Binder::BindYields(const CallClause& call, const ProcedureEntry& entry, BoundCall& bound) {
  if (call.yields) {
    for (const YieldItem& item : *call.yields) {
      AddYield(entry, item.field, item.alias ? *item.alias : item.field, bound);
    }
  } else if (call.yield_star && !standalone_call_) {
    throw Fault(call.procedure.span, "UnexpectedSyntax",
                "YIELD * stands in a CALL that is a whole statement; here the columns are named");
  } else if (standalone_call_) {
    for (const ProcedureField& output : entry.outputs) {
      const Name name{output.name, call.procedure.span};
      AddYield(entry, name, name, bound);
    }
  }
}

void Binder::AddYield(const ProcedureEntry& entry, const Name& field, const Name& alias,
                      BoundCall& bound) {
  const auto found = std::find_if(entry.outputs.begin(), entry.outputs.end(),
                                  [&](const auto& output) { return output.name == field.text; });
  if (found == entry.outputs.end()) {
    std::vector<std::string_view> known;
    for (const ProcedureField& output : entry.outputs) known.push_back(output.name);
    throw Fault(field.span, "UndefinedVariable",
                fmt::format("{} gives no column '{}'", entry.name, field.text))
        .WithHint(DidYouMean(field.text, known));
  }
  const StaticType type{TypeOfField(*found), TypeSet::Any()};
  const Variable variable = Declare(alias, SlotKind::kValue, type);
  const auto index = static_cast<std::uint32_t>(found - entry.outputs.begin());
  bound.yields.emplace_back(index, variable.slot);
  if (standalone_call_) returned_.push_back({alias.text, variable});
}

// What the body of a subquery can read at its beginning; `first_clause` is the first one that is
// not an importing WITH.
Scope Binder::ImportedScope(const SubqueryClause& call, const SingleQuery& branch,
                            std::size_t& first_clause) {
  const auto find = [&](ByteSpan span, const std::string& name) -> const Variable& {
    const Variable* variable = scope_.Find(name);
    if (variable == nullptr) throw Undefined(span, name);
    return *variable;
  };
  Scope::Variables own;
  if (call.imports) {
    if (call.import_all) return scope_.Inner();
    for (const Name& name : *call.imports) {
      own.insert_or_assign(name.text, find(name.span, name.text));
    }
    return Scope().WithOwn(std::move(own)).Inner();
  }
  const ProjectionClause* with = ImportingWith(branch);
  if (with == nullptr) return {};
  first_clause = 1;
  if (with->star) {
    for (const std::string_view name : scope_.Names()) {
      own.insert_or_assign(std::string(name), *scope_.Find(name));
    }
  }
  for (const ProjectionItem& item : with->items) {
    const std::string& name = std::get<VariableExpr>(item.value->node).name;
    own.insert_or_assign(name, find(item.span, name));
  }
  return Scope().WithOwn(std::move(own));
}

// It commits, so nothing of the statement may be half done then.
void Binder::CheckInTransactions(const SubqueryClause& call) const {
  if (query_depth_ != 1 || in_predicate_query_ || in_union_) {
    throw Fault(call.body->span, "InvalidClauseComposition",
                "IN TRANSACTIONS stands at the top of a statement only, outside of UNION");
  }
  if (out_.writes) {
    throw Fault(call.body->span, "InvalidClauseComposition",
                "Nothing may be written in front of IN TRANSACTIONS");
  }
}

BoundCallSubquery Binder::Bind(const SubqueryClause& call) {
  BoundCallSubquery bound;
  if (call.in_transactions) CheckInTransactions(call);
  out_.commits = out_.commits || call.in_transactions;
  bound.optional = call.optional;
  bound.in_transactions = call.in_transactions;
  const Setting<bool> not_standalone(standalone_call_, false);
  const std::vector<Returned> outside = std::move(returned_);
  bound.query = std::make_unique<BoundQuery>(BindQuery(*call.body, &call));
  const std::vector<Returned> inside = std::exchange(returned_, outside);
  bound.unit = inside.empty();
  for (const Returned& column : inside) {
    if (scope_.Find(column.name) != nullptr) {
      FailBound({column.name, call.body->branches.front().clauses.back().span});
    }
    scope_.Add(column.name, column.variable);
  }
  if (call.batch_rows) bound.batch_rows = BindCount(call.batch_rows, "IN TRANSACTIONS");
  return bound;
}

}  // namespace verbale::query
