#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "query/query.h"

namespace verbale::cli {

/// How rows are shown. The names are those that people know from other shells.
enum class Mode {
  kTable,      ///< A box that fits the terminal, with a count of rows below.
  kJson,       ///< One array of objects.
  kJsonLines,  ///< An object a line.
  kCsv,        ///< RFC 4180, with a header.
  kTsv,        ///< Tab-separated, with a header; tab, line break and backslash escaped.
  kMarkdown,
};

/// "table", "json", "jsonl" (or "jsonlines"), "csv", "tsv", "markdown". Error(kInvalidArgument)
/// with the nearest name.
Mode ModeFromName(const std::string& name);
const std::vector<std::string>& ModeNames();

struct RowOptions {
  Mode mode = Mode::kTable;
  bool why = false;  ///< Each row followed by the sentences that made it.
  bool color = false;
  std::size_t width = 0;  ///< Columns of the terminal; 0: no bound.
  bool footer = true;     ///< The count of rows below a table.
};

/// Pulls all rows of `result` and prints them to `out`. Returns how many there were.
std::size_t PrintRows(query::Result& result, const RowOptions& options, std::FILE* out);

/// A value as one cell of text: strings as they are, null as nothing, everything else as Cypher.
std::string CellText(const graph::Value& value, const graph::View& view);

/// A table of text, for the commands that list things: header, then rows.
void PrintTextTable(const std::vector<std::string>& header,
                    const std::vector<std::vector<std::string>>& rows, const RowOptions& options,
                    std::FILE* out);

/// Cells on screen: code points, wide ones twice, combining ones not at all.
std::size_t DisplayWidth(std::string_view text);

/// Columns of the terminal behind `fd`; 0 where it is none.
std::size_t TerminalWidth(int fd);

}  // namespace verbale::cli
