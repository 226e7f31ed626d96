#include "tests/query/reference/outcome.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <stdlib.h>

#include "query/parse/parse.h"
#include "tests/query/reference/reference.h"

namespace verbale::query::reference {

using graph::Value;

namespace {

/// Floats with the value of an integer as that integer, where the two may stand for one another.
Value Normal(const Value& value, const GeneratedQuery& query) {
  if (value.is_double() && query.merges_numbers) {
    const double number = value.as_double();
    if (std::abs(number) < 1e15 &&
        number == static_cast<double>(static_cast<std::int64_t>(number))) {
      return Value(static_cast<std::int64_t>(number));
    }
  }
  if (!value.is_list()) return value;
  graph::List list;
  for (const Value& item : value.as_list()) list.push_back(Normal(item, query));
  if (query.has_bags) {
    std::sort(list.begin(), list.end(),
              [](const Value& a, const Value& b) { return graph::TotalOrder(a, b) < 0; });
  }
  return Value(std::move(list));
}

std::string RowText(std::span<const Value> values, const GeneratedQuery& query,
                    const graph::View& view) {
  std::string text;
  for (const Value& value : values) {
    text += (text.empty() ? "" : " | ") + ToCypher(Normal(value, query), &view);
  }
  return text;
}

}  // namespace

std::vector<std::string> GraphText(const graph::View& view) {
  std::vector<std::string> lines;
  const auto node_text = [&](graph::NodeNo node) {
    return ToCypher(Value(graph::NodeRef{node, view.Id(node)}), &view);
  };
  for (std::uint32_t i = 0; i < view.NodeLimit(); ++i) {
    if (view.Exists(graph::NodeNo{i})) lines.push_back(node_text(graph::NodeNo{i}));
  }
  for (std::uint32_t i = 0; i < view.RelLimit(); ++i) {
    const graph::RelNo rel{i};
    if (!view.Exists(rel)) continue;
    const graph::RelEnds ends = view.Ends(rel);
    lines.push_back(fmt::format("{} {} {}", node_text(ends.source),
                                ToCypher(Value(graph::RelRef{rel, view.Id(rel)}), &view),
                                node_text(ends.target)));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

Outcome Failed(const Error& error) {
  Outcome outcome;
  outcome.error = std::string(verbale::Name(error.code()));
  outcome.message = error.what();
  return outcome;
}

bool TookTooLong(const Outcome& outcome) {
  return outcome.error == verbale::Name(ErrorCode::kLimitExceeded) &&
         outcome.message.find("time limit") != std::string::npos;
}

Outcome RunEngine(Statement& statement, const GeneratedQuery& query) {
  Outcome outcome;
  try {
    const auto result = statement.Execute(query.parameters);
    while (const auto row = result->Next()) {
      outcome.rows.push_back(RowText(*row, query, result->view()));
    }
  } catch (const Error& error) {
    return Failed(error);
  }
  if (!query.ordered) std::sort(outcome.rows.begin(), outcome.rows.end());
  return outcome;
}

Outcome RunEngine(Session& session, const GeneratedQuery& query) {
  try {
    return RunEngine(*session.Prepare(query.text), query);
  } catch (const Error& error) {
    return Failed(error);
  }
}

std::filesystem::path NewFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "verbale-reference-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw Error(ErrorCode::kIo, "no temporary folder");
  return name;
}

void AddLines(std::string& text, const char* title, const std::vector<std::string>& lines) {
  constexpr std::size_t kMost = 12;
  text += fmt::format("    {} ({})\n", title, lines.size());
  for (std::size_t i = 0; i < std::min(kMost, lines.size()); ++i) {
    text += fmt::format("      {}\n", lines[i]);
  }
}

Outcome Answer(const GeneratedQuery& query, const graph::View& view,
               graph::Transaction* transaction) {
  const Ast ast = Parse(query.text);
  Outcome outcome;
  const Table table = Evaluate(std::get<Query>(ast.statement), view, transaction, query.parameters);
  if (!table.columns.empty()) {
    for (const auto& row : table.rows) outcome.rows.push_back(RowText(row, query, view));
  }
  if (!query.ordered) std::sort(outcome.rows.begin(), outcome.rows.end());
  return outcome;
}

std::string ParametersText(const GeneratedQuery& query) {
  std::string text;
  for (const auto& [name, value] : query.parameters) {
    if (query.text.find("$" + name) == std::string::npos) continue;
    text += fmt::format("    ${} = {}\n", name, ToCypher(value, nullptr));
  }
  return text;
}

}  // namespace verbale::query::reference
