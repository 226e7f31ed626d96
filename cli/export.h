#pragma once

#include <string>

#include "graph/graph.h"
#include "query/query.h"

namespace verbale::cli {

/// What is written, how and where to.
struct ExportOptions {
  std::string format;  ///< Empty: by the ending of `output`.
  std::string dialect = "strict";
  std::string query;             ///< Only what this statement returns; empty: everything.
  query::Parameters parameters;  ///< Of the statement.
  std::string output;            ///< Empty or "-": standard output.
  std::string title;
  bool no_evidence = false;
};

/// Writes a graph, or a part of it, for another program. A file appears whole or not at all.
void Export(graph::Graph& graph, const ExportOptions& options);

}  // namespace verbale::cli
