#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "cli/width.h"
#include "query/query.h"

namespace verbale::cli {

/// How rows are shown.
struct RowOptions {
  std::string mode = "box";  ///< A name that CheckedMode gave.
  bool why = false;          ///< Each row followed by the sentences that made it.
  bool color = false;
  std::size_t width = 0;       ///< Columns of the terminal; 0: no bound.
  std::uint64_t max_rows = 0;  ///< Rows that a box shows, first and last ones; 0: all.
};

/// One way of showing rows, for help.
struct ModeLine {
  std::string name;
  std::string alias;  ///< Empty where there is none.
  std::string what;
};

/// Every mode, in the order of the documentation: tables, separated values, JSON, markup, graph
/// formats, evidence. The names are those that people know from other shells.
const std::vector<ModeLine>& Modes();

/// The mode's own name for a name or alias. Error(kInvalidArgument) with the nearest one.
std::string CheckedMode(const std::string& name);

/// Whether the mode shows sentences, so that Session::set_track_why is needed.
bool ModeShowsEvidence(const std::string& mode);

/// What was printed.
struct PrintedRows {
  std::uint64_t rows = 0;
  std::string hidden;       ///< "20 shown, 5 of 9 columns"; empty where everything was shown.
  bool for_people = false;  ///< The mode is one that a footer suits.
};

/// Pulls all rows of `result` and prints them to `out`.
PrintedRows PrintRows(query::Result& result, const RowOptions& options, std::FILE* out);

/// "12 rows (10 shown)".
std::string FooterText(const PrintedRows& printed);

/// A value as one cell of text: strings as they are, null as nothing, everything else as Cypher.
std::string CellText(const graph::Value& value, const graph::View& view);

/// A table of text, for the commands that list things: header, then rows.
void PrintTextTable(const std::vector<std::string>& header,
                    const std::vector<std::vector<std::string>>& rows, const RowOptions& options,
                    std::FILE* out);

}  // namespace verbale::cli
