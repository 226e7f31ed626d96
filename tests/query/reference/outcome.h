#pragma once

// What a statement gave, as text: to be compared and shown.

#include <filesystem>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "query/query.h"
#include "tests/query/reference/generator.h"

namespace verbale::query::reference {

/// Rows, or an error by its code; for a statement that writes, the graph behind it too.
struct Outcome {
  std::string error;  ///< "InvalidArgument"; empty where there was none.
  std::string message;
  std::vector<std::string> rows;
  std::vector<std::string> graph;  ///< Sorted.

  bool operator==(const Outcome& other) const {
    return error == other.error && rows == other.rows && graph == other.graph;
  }
};

Outcome Failed(const Error& error);
/// A plan as it was first drawn, with sanitizers, may need longer than a test waits.
bool TookTooLong(const Outcome& outcome);
/// What the engine gives.
Outcome RunEngine(Statement& statement, const GeneratedQuery& query);
Outcome RunEngine(Session& session, const GeneratedQuery& query);
/// What the reference gives, over `view`. Throws what it throws.
Outcome Answer(const GeneratedQuery& query, const graph::View& view,
               graph::Transaction* transaction);

/// Nodes and relationships by what they say, not by who they are.
std::vector<std::string> GraphText(const graph::View& view);
/// Adds the first of `lines`.
void AddLines(std::string& text, const char* title, const std::vector<std::string>& lines);
/// The parameters that the statement names, a line each.
std::string ParametersText(const GeneratedQuery& query);

/// A new folder for temporary files.
std::filesystem::path NewFolder();

}  // namespace verbale::query::reference
