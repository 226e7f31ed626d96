// Statements, queries and unions; names, errors and warnings for all of bind/.

#include "query/bind/internal/binder.h"

#include <algorithm>

#include <fmt/format.h>

#include "graph/ascii.h"

namespace verbale::query {
namespace {

using graph::SchemaKind;

bool IsStandaloneCall(const Query& query) {
  return query.branches.size() == 1 && query.branches.front().clauses.size() == 1 &&
         std::holds_alternative<CallClause>(query.branches.front().clauses.front().node);
}

}  // namespace

BoundStatement Bind(const Ast& ast, const BindOptions& options) {
  return Binder(ast, options).Run();
}

Binder::Binder(const Ast& ast, const BindOptions& options) : ast_(ast), options_(options) {}

BoundStatement Binder::Run() {
  out_.text = ast_.text;
  out_.mode = ast_.mode;
  if (const auto* query = std::get_if<Query>(&ast_.statement)) {
    standalone_call_ = IsStandaloneCall(*query);
    out_.statement = BindQuery(*query, nullptr);
  } else if (const auto* command = std::get_if<SchemaCommand>(&ast_.statement)) {
    out_.statement = BindSchema(*command);
    out_.writes = true;
  } else {
    out_.statement = BindShow(std::get<ShowCommand>(ast_.statement));
  }
  if (ast_.use) out_.use = BindUse(*ast_.use);
  for (auto& [name, span] : parameters_) out_.parameters.push_back({name, span});
  return std::move(out_);
}

BoundUse Binder::BindUse(const UseGraph& use) {
  BoundUse bound;
  bound.span = {use.function.span.begin, use.span.end};
  const std::string name = LowerCase(use.function.text);
  if (name != "graph.documents" && name != "graph.asof") {
    throw Fault(use.function.span, "UnknownFunction",
                fmt::format("There is no graph '{}'", use.function.text))
        .WithHint("graph.documents('SYMBOL', …) or graph.asOf('DATE')");
  }
  bound.kind = name == "graph.asof" ? BoundUse::Kind::kAsOf : BoundUse::Kind::kDocuments;
  if (bound.kind == BoundUse::Kind::kAsOf && use.arguments.size() != 1) {
    throw Fault(use.span, "InvalidNumberOfArguments", "graph.asOf takes one date");
  }
  for (const ExprPtr& argument : use.arguments) {
    const auto* parameter = std::get_if<ParameterExpr>(&argument->node);
    const bool literal = std::holds_alternative<LiteralExpr>(argument->node) ||
                         std::holds_alternative<ListExpr>(argument->node);
    if (parameter == nullptr && !literal) {
      throw Fault(argument->span, "InvalidArgumentType",
                  "A graph is chosen by literals and parameters only");
    }
    if (parameter != nullptr) parameters_.emplace(parameter->name, argument->span);
    bound.arguments.push_back({parameter != nullptr ? parameter->name : "", argument->span});
  }
  if (out_.writes) {
    throw Fault(use.span, "InvalidClauseComposition",
                "What documents state is read only: a statement with USE cannot write");
  }
  return bound;
}

// ---- Names, errors, warnings --------------------------------------------------------------------

Slot Binder::NewSlot(std::string name, SlotKind kind) {
  const Slot slot{static_cast<std::uint32_t>(out_.slots.size())};
  out_.slots.push_back({std::move(name), kind});
  return slot;
}

std::string_view Binder::TextAt(ByteSpan span) const {
  return std::string_view(ast_.text).substr(span.begin, span.size());
}

Error Binder::Fault(ByteSpan span, const char* detail, std::string message) const {
  Error error(ErrorCode::kSemantic, std::move(message),
              LocateInText(ast_.text, span.begin, span.size()));
  return std::move(error).WithTck(ErrorPhase::kCompileTime, "SyntaxError", detail);
}

Error Binder::Undefined(ByteSpan span, std::string_view name) const {
  if (scope_.Hides(name)) return Ungrouped(span, name);
  std::vector<std::string_view> known = scope_.Names();
  for (const auto& local : locals_) known.push_back(local.first);
  return Fault(span, "UndefinedVariable", fmt::format("Variable '{}' is not defined", name))
      .WithHint(DidYouMean(name, known));
}

Error Binder::Ungrouped(ByteSpan span, std::string_view name) const {
  constexpr const char* kDetail = "AmbiguousAggregationExpression";
  if (scope_.Hides(name)) {
    return Fault(span, kDetail,
                 fmt::format("Rows were grouped or made distinct: to be read in a query inside, "
                             "'{}' must be a column of its own",
                             name));
  }
  return Fault(span, kDetail,
               fmt::format("Beside an aggregate, '{}' must be a column of its own, or of one with "
                           "the same property",
                           name));
}

void Binder::FailBound(const Name& name) const {
  throw Fault(name.span, "VariableAlreadyBound",
              fmt::format("Variable '{}' is already defined", name.text));
}

void Binder::FailType(ByteSpan span, TypeSet wanted, const StaticType& found) const {
  throw Fault(
      span, "InvalidArgumentType",
      fmt::format("This is {}, where {} is needed", Describe(found.types), Describe(wanted)));
}

Variable Binder::Declare(const Name& name, SlotKind kind, const StaticType& type) {
  if (scope_.Find(name.text) != nullptr) FailBound(name);
  if (scope_.Hides(name.text)) throw Ungrouped(name.span, name.text);
  const Variable variable{NewSlot(name.text, kind), kind, type};
  scope_.Add(name.text, variable);
  return variable;
}

void Binder::Warn(const char* code, std::string_view what, std::string_view name, ByteSpan span,
                  const std::vector<std::string_view>& known) {
  std::string description = fmt::format("The graph has no {} '{}'", what, name);
  const std::string hint = DidYouMean(name, known);
  if (!hint.empty()) description += "; " + hint;
  out_.notifications.push_back({fmt::format("Neo.ClientNotification.Statement.{}", code),
                                fmt::format("Unknown {}", what), std::move(description),
                                LocateInText(ast_.text, span.begin, span.size())});
}

// Unknown names are legal (they match nothing), and mostly slips of the pen.
void Binder::NoteLabels(const LabelExpr& labels, bool of_relationship) {
  if (options_.names == nullptr) return;
  for (const LabelExpr& operand : labels.operands) NoteLabels(operand, of_relationship);
  if (labels.op != LabelOp::kName) return;
  const graph::Catalog& catalog = *options_.names;
  const auto& made = of_relationship ? made_.types : made_.labels;
  if (made.count(labels.name) > 0) return;
  if (of_relationship && !catalog.FindType(labels.name)) {
    Warn("UnknownRelationshipTypeWarning", "relationship type", labels.name, labels.span,
         graph::TypeNames(catalog));
  } else if (!of_relationship && !catalog.FindLabel(labels.name)) {
    Warn("UnknownLabelWarning", "label", labels.name, labels.span, graph::LabelNames(catalog));
  }
}

void Binder::NoteKey(const Name& key) {
  if (options_.names == nullptr || options_.names->FindKey(key.text)) return;
  if (made_.any_key || made_.keys.count(key.text) > 0) return;
  Warn("UnknownPropertyKeyWarning", "property key", key.text, key.span,
       graph::KeyNames(*options_.names));
}

void Binder::MakeLabels(const LabelExpr& labels) {
  for (const LabelExpr& operand : labels.operands) MakeLabels(operand);
  if (labels.op == LabelOp::kName) made_.labels.insert(labels.name);
}

void Binder::MakeKeys(const Expr* map) {
  const auto* written = map == nullptr ? nullptr : std::get_if<MapExpr>(&map->node);
  if (written == nullptr) {
    made_.any_key = true;
    return;
  }
  for (const auto& [key, value] : written->entries) made_.keys.insert(key.text);
}

// ---- Queries ------------------------------------------------------------------------------------

BoundQuery Binder::BindQuery(const Query& query, const SubqueryClause* call) {
  const Scope outside = scope_;
  const Setting<std::size_t> depth(query_depth_, query_depth_ + 1);
  if (query_depth_ == 1) in_union_ = query.branches.size() > 1;
  BoundQuery bound;
  bound.union_all = query.union_all;
  std::vector<Returned> first;
  for (const SingleQuery& branch : query.branches) {
    scope_ = outside;
    std::size_t first_clause = 0;
    if (call != nullptr) scope_ = ImportedScope(*call, branch, first_clause);
    returned_.clear();
    bound.branches.push_back(BindBranch(branch, first_clause));
    if (&branch == &query.branches.front()) {
      first = returned_;
    } else {
      AlignUnion(branch, first, bound.branches.back());
    }
  }
  scope_ = outside;
  for (Returned& column : first) {
    if (query.branches.size() > 1) {
      column.variable = {NewSlot(column.name, SlotKind::kValue), SlotKind::kValue, {}};
    }
    bound.columns.push_back({column.name, column.variable.slot});
  }
  returned_ = std::move(first);
  return bound;
}

BoundSingleQuery Binder::BindBranch(const SingleQuery& branch, std::size_t first_clause) {
  BoundSingleQuery bound;
  for (std::size_t i = first_clause; i < branch.clauses.size(); ++i) {
    BindClause(branch.clauses[i], bound.clauses);
  }
  for (const Returned& column : returned_) bound.output.push_back(column.variable.slot);
  return bound;
}

// Columns of a union go by name: the outputs of `bound` are put in the order of the first branch.
void Binder::AlignUnion(const SingleQuery& branch, const std::vector<Returned>& first,
                        BoundSingleQuery& bound) const {
  std::vector<Slot> output;
  for (const Returned& wanted : first) {
    for (const Returned& column : returned_) {
      if (column.name == wanted.name) output.push_back(column.variable.slot);
    }
  }
  if (output.size() != first.size() || output.size() != returned_.size()) {
    throw Fault(branch.clauses.back().span, "DifferentColumnsInUnion",
                "All parts of a UNION must return columns of the same names");
  }
  bound.output = std::move(output);
}

BoundSchemaCommand Binder::BindSchema(const SchemaCommand& command) const {
  BoundSchemaCommand bound;
  bound.drop = command.drop;
  bound.if_absent_or_present = command.if_absent_or_present;
  bound.is_constraint = command.is_constraint;
  bound.item.kind = command.kind;
  if (command.name) bound.item.name = command.name->text;
  bound.item.on_relationship = command.on_relationship;
  bound.item.label = command.label.text;
  bound.item.value_type = command.value_type;
  for (const Name& key : command.keys) {
    if (std::find(bound.item.keys.begin(), bound.item.keys.end(), key.text) !=
        bound.item.keys.end()) {
      throw Fault(key.span, "UnexpectedSyntax",
                  fmt::format("Property '{}' stands there twice", key.text));
    }
    bound.item.keys.push_back(key.text);
  }
  if (command.keys.size() > 1 && command.kind == SchemaKind::kType) {
    throw Fault(command.keys.back().span, "UnexpectedSyntax", "A type is that of one property");
  }
  return bound;
}

// SHOW is a call of a built-in procedure, `show.indexes` and so on, and what follows it.
BoundQuery Binder::BindShow(const ShowCommand& command) {
  static constexpr const char* kProcedures[] = {"show.procedures", "show.functions", "show.indexes",
                                                "show.constraints", "show.databases"};
  const char* name = kProcedures[static_cast<std::size_t>(command.kind)];
  const ProcedureEntry* entry =
      options_.procedures == nullptr ? nullptr : options_.procedures->Find(name);
  if (entry == nullptr) throw Error(ErrorCode::kUnsupported, "This SHOW is not offered here");
  CallClause call;
  call.procedure = {name, {}};
  call.arguments.emplace();
  call.yields.emplace();
  if (command.yields) {
    for (const YieldItem& item : *command.yields) call.yields->push_back(item);
  } else {
    for (const ProcedureField& output : entry->outputs) {
      call.yields->push_back({Name{output.name, {}}, std::nullopt});
    }
  }
  BoundQuery bound;
  BoundSingleQuery& branch = bound.branches.emplace_back();
  BoundClause& call_clause = branch.clauses.emplace_back();
  call_clause.node = Bind(call);
  BoundCall& bound_call = std::get<BoundCall>(call_clause.node);
  BoundProjection rest;
  for (const auto& [index, slot] : bound_call.yields) {
    const Variable& variable = *scope_.Find(out_.slots[slot.value].name);
    returned_.push_back({out_.slots[slot.value].name, variable});
    rest.items.push_back({MakeSlotExpr(slot), slot});
  }
  rest.is_return = !command.returns;
  for (const SortItem& item : command.order) {
    rest.order.push_back({BindValue(*item.value), item.descending});
  }
  rest.skip = BindCount(command.skip, "SKIP");
  rest.limit = BindCount(command.limit, "LIMIT");
  if (command.where) rest.where = BindPredicate(*command.where);
  branch.clauses.push_back({{}, std::move(rest)});
  if (command.returns) BindClause(*command.returns, branch.clauses);
  for (const Returned& column : returned_) {
    branch.output.push_back(column.variable.slot);
    bound.columns.push_back({column.name, column.variable.slot});
  }
  return bound;
}

}  // namespace verbale::query
