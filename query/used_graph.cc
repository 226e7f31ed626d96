#include "query/used_graph.h"

#include <algorithm>

#include "graph/temporal.h"

namespace verbale::query {
namespace {

using Argument = BoundUse::Argument;

TextPosition PlaceOf(const BoundStatement& statement, const Argument& argument) {
  return LocateInText(statement.text, argument.span.begin, argument.span.size());
}

graph::Value ValueOf(const BoundStatement& statement, const Argument& argument,
                     const Parameters& parameters) {
  if (argument.parameter.empty()) {
    return ParseLiteral(
        std::string_view(statement.text).substr(argument.span.begin, argument.span.size()));
  }
  const auto given = std::find_if(parameters.begin(), parameters.end(), [&](const auto& entry) {
    return entry.first == argument.parameter;
  });
  return given != parameters.end() ? given->second : graph::Value();
}

/// '2016', '2016-12' or '2016-12-31', of the calendar.
bool IsDate(std::string_view text) {
  if (!graph::HasDateForm(text)) return false;
  try {
    graph::ParseDate(text);
    return true;
  } catch (const Error&) {
    return false;
  }
}

[[noreturn]] void WrongType(const BoundStatement& statement, const Argument& argument) {
  const bool date = statement.use->kind == BoundUse::Kind::kAsOf;
  throw Error(ErrorCode::kSemantic,
              date ? "graph.asOf takes a date as text: '2016', '2016-12', '2016-12-31'"
                   : "graph.documents takes the symbols of documents, or lists of them",
              PlaceOf(statement, argument))
      .WithTck(ErrorPhase::kRuntime, "TypeError", "InvalidArgumentType");
}

graph::StatedBy StatedByOf(const BoundStatement& statement, const Parameters& parameters) {
  graph::StatedBy by;
  for (const Argument& argument : statement.use->arguments) {
    const graph::Value value = ValueOf(statement, argument, parameters);
    const bool date = statement.use->kind == BoundUse::Kind::kAsOf;
    if (value.is_string() && date && IsDate(value.as_string())) {
      by.until = value.as_string();
    } else if (value.is_string() && !date) {
      by.documents.emplace_back(value.as_string());
    } else if (value.is_list() && !date) {
      for (const graph::Value& item : value.as_list()) {
        if (!item.is_string()) WrongType(statement, argument);
        by.documents.emplace_back(item.as_string());
      }
    } else {
      WrongType(statement, argument);
    }
  }
  if (by.documents.empty() && by.until.empty()) {
    throw Error(ErrorCode::kSemantic,
                "graph.documents is given an empty list: it names no document",
                PlaceOf(statement, statement.use->arguments.front()))
        .WithTck(ErrorPhase::kRuntime, "ArgumentError", "InvalidArgumentValue");
  }
  return by;
}

}  // namespace

std::shared_ptr<const graph::Graph> UsedGraphs::Find(const graph::Graph& graph,
                                                     const BoundStatement& statement,
                                                     const Parameters& parameters) {
  graph::StatedBy by = StatedByOf(statement, parameters);
  std::shared_ptr<const graph::View> base = graph.Read();
  if (used_ && base == base_ && by.documents == by_.documents && by.until == by_.until) {
    return used_;
  }
  try {
    used_ = graph::GraphAsStated(graph, by);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kNotFound) throw;
    throw Error(ErrorCode::kNotFound, error.what(),
                PlaceOf(statement, statement.use->arguments.front()))
        .WithHint(error.hint());
  }
  base_ = std::move(base);
  by_ = std::move(by);
  return used_;
}

PlanNode WithUse(const BoundStatement& statement, PlanNode plan) {
  if (!statement.use) return plan;
  PlanNode root;
  root.name = "UseGraph";
  root.arguments = UseText(statement);
  root.estimated_rows = plan.estimated_rows;
  root.rows = plan.rows;
  if (plan.nanoseconds) root.nanoseconds = 0;
  root.children.push_back(std::move(plan));
  return root;
}

std::string UseText(const BoundStatement& statement) {
  const ByteSpan span = statement.use->span;
  return statement.text.substr(span.begin, span.size());
}

}  // namespace verbale::query
