// Statements and clauses as text; the second half of print.cc.

#include <array>

#include "query/parse/internal/printer.h"

namespace verbale::query {

void Printer::Print(const Ast& ast) {
  if (ast.mode == RunMode::kExplain) Text("EXPLAIN ");
  if (ast.mode == RunMode::kProfile) Text("PROFILE ");
  if (ast.use) {
    Text("USE ");
    Text(ast.use->function.text);
    Text("(");
    Join(ast.use->arguments, ", ", [&](const ExprPtr& argument) { Print(*argument); });
    Text(") ");
  }
  std::visit([&](const auto& statement) { Print(statement); }, ast.statement);
}

void Printer::Print(const Query& query) {
  Join(query.branches, query.union_all ? " UNION ALL " : " UNION ", [&](const SingleQuery& branch) {
    Join(branch.clauses, " ", [&](const Clause& clause) { Print(clause); });
  });
}

void Printer::Print(const SchemaCommand& command) {
  Text(command.drop ? "DROP " : "CREATE ");
  Text(command.is_constraint ? "CONSTRAINT" : "INDEX");
  if (command.name) {
    Text(" ");
    PrintNoKeyword(command.name->text);
  }
  if (command.if_absent_or_present) Text(command.drop ? " IF EXISTS" : " IF NOT EXISTS");
  if (command.drop) return;
  const std::string variable = command.variable.text.empty() ? "n" : command.variable.text;
  Text(command.on_relationship ? " FOR ()-[" : " FOR (");
  PrintName(variable);
  Text(":");
  PrintName(command.label.text);
  Text(command.on_relationship ? "]-()" : ")");
  Text(command.is_constraint ? " REQUIRE (" : " ON (");
  Join(command.keys, ", ", [&](const Name& key) {
    PrintName(variable);
    Text(".");
    PrintName(key.text);
  });
  Text(")");
  if (command.kind == graph::SchemaKind::kUnique) Text(" IS UNIQUE");
  if (command.kind == graph::SchemaKind::kExists) Text(" IS NOT NULL");
  if (command.kind == graph::SchemaKind::kType) Text(" IS :: " + command.value_type);
}

void Printer::Print(const ShowCommand& command) {
  static constexpr std::array<std::string_view, 5> kWhat = {"PROCEDURES", "FUNCTIONS", "INDEXES",
                                                            "CONSTRAINTS", "DATABASES"};
  Text("SHOW ");
  Text(kWhat[static_cast<std::size_t>(command.kind)]);
  if (command.yield_star) Text(" YIELD *");
  if (command.yields) PrintYields(*command.yields);
  PrintOrder(command.order, command.skip, command.limit);
  PrintWith(" WHERE ", command.where);
  if (command.returns) {
    Text(" ");
    Print(*command.returns);
  }
}

void Printer::Print(const Clause& clause) {
  std::visit([&](const auto& node) { Print(node); }, clause.node);
}

void Printer::PrintPaths(const std::vector<PathPattern>& paths) {
  Join(paths, ", ", [&](const PathPattern& path) { Print(path); });
}

void Printer::Print(const MatchClause& match) {
  Text(match.optional ? "OPTIONAL MATCH " : "MATCH ");
  PrintPaths(match.paths);
  PrintWith(" WHERE ", match.where);
}

void Printer::Print(const UnwindClause& unwind) {
  PrintWith("UNWIND ", unwind.list);
  Text(" AS ");
  PrintName(unwind.alias.text);
}

void Printer::Print(const ProjectionClause& projection) {
  Text(projection.is_return ? "RETURN " : "WITH ");
  if (projection.distinct) Text("DISTINCT ");
  if (projection.star) Text(projection.items.empty() ? "*" : "*, ");
  Join(projection.items, ", ", [&](const ProjectionItem& item) {
    Print(*item.value);
    if (!item.alias) return;
    Text(" AS ");
    PrintName(item.alias->text);
  });
  PrintOrder(projection.order, projection.skip, projection.limit);
  PrintWith(" WHERE ", projection.where);
}

void Printer::PrintOrder(const std::vector<SortItem>& order, const ExprPtr& skip,
                         const ExprPtr& limit) {
  if (!order.empty()) Text(" ORDER BY ");
  Join(order, ", ", [&](const SortItem& item) {
    Print(*item.value);
    if (item.descending) Text(" DESC");
  });
  PrintWith(" SKIP ", skip);
  PrintWith(" LIMIT ", limit);
}

void Printer::Print(const CreateClause& create) {
  Text("CREATE ");
  PrintPaths(create.paths);
}

void Printer::Print(const MergeClause& merge) {
  Text("MERGE ");
  Print(merge.path);
  if (!merge.on_create.empty()) {
    Text(" ON CREATE SET ");
    PrintSetItems(merge.on_create);
  }
  if (!merge.on_match.empty()) {
    Text(" ON MATCH SET ");
    PrintSetItems(merge.on_match);
  }
}

void Printer::PrintSetItems(const std::vector<SetItem>& items) {
  Join(items, ", ", [&](const SetItem& item) {
    Print(*item.target);
    for (const Name& label : item.labels) {
      Text(":");
      PrintName(label.text);
    }
    PrintWith(item.kind == SetKind::kMerge ? " += " : " = ", item.value);
  });
}

void Printer::Print(const SetClause& set) {
  Text("SET ");
  PrintSetItems(set.items);
}

void Printer::Print(const RemoveClause& remove) {
  Text("REMOVE ");
  PrintSetItems(remove.items);
}

void Printer::Print(const DeleteClause& clause) {
  Text(clause.detach ? "DETACH DELETE " : "DELETE ");
  Join(clause.targets, ", ", [&](const ExprPtr& target) { Print(*target); });
}

void Printer::Print(const ForeachClause& loop) {
  Text("FOREACH (");
  PrintName(loop.variable.text);
  PrintWith(" IN ", loop.list);
  Text(" | ");
  Join(loop.body, " ", [&](const Clause& clause) { Print(clause); });
  Text(")");
}

void Printer::PrintYields(const std::vector<YieldItem>& items) {
  Text(items.empty() ? " YIELD -" : " YIELD ");
  Join(items, ", ", [&](const YieldItem& item) {
    PrintName(item.field.text);
    if (!item.alias) return;
    Text(" AS ");
    PrintName(item.alias->text);
  });
}

void Printer::Print(const CallClause& call) {
  if (call.optional) Text("OPTIONAL ");
  Text("CALL ");
  PrintDotted(call.procedure.text);
  if (call.arguments) {
    Text("(");
    Join(*call.arguments, ", ", [&](const ExprPtr& argument) { Print(*argument); });
    Text(")");
  }
  if (call.yield_star) Text(" YIELD *");
  if (call.yields) PrintYields(*call.yields);
  PrintWith(" WHERE ", call.where);
}

void Printer::Print(const SubqueryClause& call) {
  if (call.optional) Text("OPTIONAL ");
  Text("CALL ");
  if (call.imports) {
    Text(call.import_all ? "(*" : "(");
    Join(*call.imports, ", ", [&](const Name& name) { PrintName(name.text); });
    Text(") ");
  }
  Text("{ ");
  Print(*call.body);
  Text(" }");
  if (call.in_transactions) Text(" IN TRANSACTIONS");
  if (call.batch_rows) {
    PrintWith(" OF ", call.batch_rows);
    Text(" ROWS");
  }
}

void Printer::Print(const LoadCsvClause& load) {
  Text(load.with_headers ? "LOAD CSV WITH HEADERS" : "LOAD CSV");
  PrintWith(" FROM ", load.source);
  Text(" AS ");
  PrintName(load.alias.text);
  PrintWith(" FIELDTERMINATOR ", load.field_terminator);
}

}  // namespace verbale::query
