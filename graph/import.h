#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "graph/error.h"

namespace verbale::graph {

/// CSV files of one kind of rows, with one header: the first line of the first file.
struct ImportSource {
  std::vector<std::string> files;
  /// Labels of all nodes, beside those of a column :LABEL; or the type of all relationships, in
  /// place of one.
  std::vector<std::string> names;
};

/// A row that cannot be imported.
struct ImportProblem {
  TextPosition position;  ///< File, line, column.
  std::string what;
};

/// What is imported, and how it is written. The files do not change meanwhile.
struct ImportOptions {
  std::vector<ImportSource> nodes, relationships;  ///< CSV as `neo4j-admin import` reads it.
  std::vector<std::string> json_lines;  ///< Files as `export --format jsonl` writes them.
  std::vector<std::string> graphml;     ///< GraphML files, each with ids of its own.
  /// Indexes that are declared with it: label and key.
  std::vector<std::pair<std::string, std::string>> indexes;
  /// Likewise, constraints that no two nodes of the label have the same value of the key. The graph
  /// must be empty.
  std::vector<std::pair<std::string, std::string>> unique;
  char delimiter = ',';
  char array_delimiter = ';';
  char quote = '"';
  bool integer_ids = false;  ///< Named :ID columns become integers.
  /// So many rows may be bad: they are left out. One more, and nothing is imported.
  std::uint64_t max_errors = 0;
  std::function<void(const ImportProblem&)> on_problem = [](const ImportProblem&) {};
  std::string author;  ///< Kept with what is imported; never a property.
};

/// What an import did.
struct ImportReport {
  std::uint64_t nodes = 0, relationships = 0, properties = 0, bad_rows = 0, bytes = 0;
};

}  // namespace verbale::graph
