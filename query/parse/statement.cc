// Statements as a whole: prefixes, queries, schema commands, SHOW.

#include <fmt/format.h>

#include "query/parse/internal/grammar.h"

namespace verbale::query {

Ast Grammar::Statement() {
  Ast ast;
  ast.text = std::string(cursor_.text());
  if (cursor_.Accept("EXPLAIN")) {
    ast.mode = RunMode::kExplain;
  } else if (cursor_.Accept("PROFILE")) {
    ast.mode = RunMode::kProfile;
  }
  if (cursor_.At("USE")) ast.use = Use();
  if (cursor_.Accept("SHOW")) {
    ast.statement = Show();
  } else if (AtSchema()) {
    ast.statement = Schema(cursor_.Take().lexeme == "DROP");
  } else {
    ast.statement = WholeQuery(QueryPlace::kTop);
  }
  while (cursor_.Accept(";")) {
  }
  if (!cursor_.AtKind(TokenKind::kEnd)) {
    cursor_.FailExpected("a clause or the end of the statement");
  }
  return ast;
}

UseGraph Grammar::Use() {
  UseGraph use;
  const std::size_t begin = cursor_.begin();
  cursor_.Expect("USE");
  use.function = TakeDottedName("graph.documents or graph.asOf");
  cursor_.Expect("(");
  do {
    use.arguments.push_back(Expression());
  } while (cursor_.Accept(","));
  cursor_.Expect(")");
  use.span = cursor_.SpanFrom(begin);
  return use;
}

// `CREATE [RANGE] INDEX …` and not `CREATE (…)` or `CREATE index = (…)`.
bool Grammar::AtSchema() const {
  if (!cursor_.At("CREATE") && !cursor_.At("DROP")) return false;
  std::size_t ahead = 1;
  if (cursor_.AtAhead(ahead, "RANGE") || cursor_.AtAhead(ahead, "BTREE")) ++ahead;
  return (cursor_.AtAhead(ahead, "INDEX") || cursor_.AtAhead(ahead, "CONSTRAINT")) &&
         !cursor_.AtAhead(ahead + 1, "=");
}

SchemaCommand Grammar::Schema(bool drop) {
  SchemaCommand command;
  command.drop = drop;
  if (!cursor_.Accept("RANGE")) cursor_.Accept("BTREE");
  command.is_constraint = cursor_.Take().lexeme == "CONSTRAINT";
  SchemaName(command);
  if (drop) {
    if (!command.name) cursor_.FailExpected("the name of what to drop");
    return command;
  }
  if (command.is_constraint) {
    if (!cursor_.Accept("ON")) cursor_.Expect("FOR");
    SchemaTarget(command);
    SchemaRequirement(command);
    return command;
  }
  if (cursor_.Accept("ON")) {  // The older form: ON :Label(key, key).
    cursor_.Expect(":");
    command.label = TakeName("a label");
    cursor_.Expect("(");
    do {
      command.keys.push_back(TakeName("a property key"));
    } while (cursor_.Accept(","));
    cursor_.Expect(")");
    return command;
  }
  cursor_.Expect("FOR");
  SchemaTarget(command);
  cursor_.Expect("ON");
  SchemaKeys(command);
  return command;
}

void Grammar::SchemaName(SchemaCommand& command) {
  const bool named =
      cursor_.AtName() && !cursor_.At("IF") && !cursor_.At("FOR") && !cursor_.At("ON");
  if (named) command.name = TakeName("a name");
  if (!cursor_.Accept("IF")) return;
  if (!command.drop) cursor_.Expect("NOT");
  cursor_.Expect("EXISTS");
  command.if_absent_or_present = true;
}

// `(n:Label)` or `()-[r:TYPE]-()`.
void Grammar::SchemaTarget(SchemaCommand& command) {
  const std::size_t begin = cursor_.begin();
  cursor_.Expect("(");
  if (cursor_.Accept(")")) {
    command.on_relationship = true;
    cursor_.Accept("<");
    cursor_.Expect("-");
    cursor_.Expect("[");
  }
  command.variable = TakeVariable();
  cursor_.Expect(":");
  command.label = TakeName(command.on_relationship ? "a relationship type" : "a label");
  if (!command.on_relationship) {
    cursor_.Expect(")");
    return;
  }
  cursor_.Expect("]");
  cursor_.Expect("-");
  cursor_.Accept(">");
  cursor_.Expect("(");
  if (!cursor_.Accept(")")) {
    cursor_.Fail(cursor_.SpanFrom(begin), "UnexpectedSyntax",
                 "The ends of this relationship must be empty: ()-[r:TYPE]-()");
  }
}

// `(n.a, n.b)` or `n.a`.
void Grammar::SchemaKeys(SchemaCommand& command) {
  const bool bracketed = cursor_.Accept("(");
  do {
    const Name variable = TakeVariable();
    if (variable.text != command.variable.text) {
      cursor_.Fail(variable.span, "UndefinedVariable",
                   fmt::format("Variable '{}' is not defined", variable.text));
    }
    cursor_.Expect(".");
    command.keys.push_back(TakeName("a property key"));
  } while (bracketed && cursor_.Accept(","));
  if (bracketed) cursor_.Expect(")");
}

void Grammar::SchemaRequirement(SchemaCommand& command) {
  if (!cursor_.Accept("ASSERT")) cursor_.Expect("REQUIRE");
  SchemaKeys(command);
  cursor_.Expect("IS");
  if (cursor_.Accept("UNIQUE")) {
    command.kind = graph::SchemaKind::kUnique;
  } else if (cursor_.Accept("NOT")) {
    cursor_.Expect("NULL");
    command.kind = graph::SchemaKind::kExists;
  } else if (cursor_.Accept("::") || cursor_.Accept("TYPED")) {
    command.kind = graph::SchemaKind::kType;
    command.value_type = TakeTypeName();
  } else {
    cursor_.FailExpected("UNIQUE, NOT NULL or a type (:: STRING)");
  }
}

ShowKind Grammar::TakeShowKind() {
  if (cursor_.Accept("PROCEDURES") || cursor_.Accept("PROCEDURE")) return ShowKind::kProcedures;
  if (cursor_.Accept("FUNCTIONS") || cursor_.Accept("FUNCTION")) return ShowKind::kFunctions;
  if (cursor_.Accept("INDEXES") || cursor_.Accept("INDEX")) return ShowKind::kIndexes;
  if (cursor_.Accept("CONSTRAINTS") || cursor_.Accept("CONSTRAINT")) return ShowKind::kConstraints;
  if (cursor_.Accept("DATABASES") || cursor_.Accept("DATABASE")) return ShowKind::kDatabases;
  cursor_.FailExpected("PROCEDURES, FUNCTIONS, INDEXES, CONSTRAINTS or DATABASES");
}

ShowCommand Grammar::Show() {
  ShowCommand command;
  cursor_.Accept("ALL");
  command.kind = TakeShowKind();
  if (cursor_.Accept("YIELD")) {
    if (cursor_.Accept("*")) {
      command.yield_star = true;
    } else {
      command.yields = YieldItems();
    }
    OrderSkipLimit(command.order, command.skip, command.limit);
  }
  if (cursor_.Accept("WHERE")) command.where = Expression();
  if (cursor_.At("RETURN")) command.returns = OneClause();
  return command;
}

}  // namespace verbale::query
