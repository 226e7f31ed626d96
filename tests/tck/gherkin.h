#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verbale::tck {

/// Cells of a table, unescaped (`\|`, `\\`, `\n`), row by row.
using Table = std::vector<std::vector<std::string>>;

/// "Given an empty graph", without its first word.
struct Step {
  std::string text;
  std::string doc;  ///< The text between triple quotes, without the common indent.
  Table table;
};

/// One runnable case: a Scenario, or one row of a Scenario Outline.
struct Case {
  std::string file;         ///< As it was given to the reader.
  std::string scenario;     ///< "[3] Return a list"
  std::size_t row = 0;      ///< From 1 in an outline; 0 elsewhere.
  std::vector<Step> steps;  ///< Those of the Background first.

  /// "file: scenario (row)"
  std::string Name() const;
};

/// Reads what the kit uses of Gherkin: Feature, Background, Scenario, Scenario Outline with
/// Examples, doc strings, tables, tags, comments. Error(kSyntax) with file and line.
std::vector<Case> ReadFeature(std::string_view text, const std::string& file);

}  // namespace verbale::tck
