#pragma once

// Inside of cli/rows.h: one printer for each way of showing rows, each in the file of its name.

#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/rows.h"

namespace verbale::cli {

/// What a mode does with the rows as they come. Made also where there is no row, so that a header
/// is printed then too.
class Printer {
 public:
  virtual ~Printer() = default;
  virtual void Row(std::span<const graph::Value> row) = 0;
  virtual void End() {}
  /// After End: what was left out, for the footer.
  virtual std::string Hidden() const { return {}; }
};

/// What a printer works with. Borrowed until the last row.
struct PrintTo {
  const query::Result& result;
  const RowOptions& options;
  std::FILE* out;
};

std::unique_ptr<Printer> MakeBox(const PrintTo& to);
std::unique_ptr<Printer> MakeColumn(const PrintTo& to);
std::unique_ptr<Printer> MakeLine(const PrintTo& to);
std::unique_ptr<Printer> MakeList(const PrintTo& to);
std::unique_ptr<Printer> MakeCsv(const PrintTo& to);
std::unique_ptr<Printer> MakeTsv(const PrintTo& to);
std::unique_ptr<Printer> MakeJson(const PrintTo& to);
std::unique_ptr<Printer> MakeJsonLines(const PrintTo& to);
std::unique_ptr<Printer> MakeMarkdown(const PrintTo& to);
std::unique_ptr<Printer> MakeHtml(const PrintTo& to);
std::unique_ptr<Printer> MakeLatex(const PrintTo& to);
std::unique_ptr<Printer> MakeTrash(const PrintTo& to);
std::unique_ptr<Printer> MakeEvidence(const PrintTo& to);
std::unique_ptr<Printer> MakeAgent(const PrintTo& to);
/// A format of graph/formats, over the nodes, relationships and paths in the rows.
std::unique_ptr<Printer> MakeGraph(const PrintTo& to);

/// A table of text as TSV.
void PrintTsvTable(const std::vector<std::string>& header,
                   const std::vector<std::vector<std::string>>& rows, std::FILE* out);

// What printers share.

std::vector<std::string> ColumnNames(const query::Result& result);

/// The sentences behind the current row.
std::vector<graph::EvidenceRecord> EvidenceOfRow(const query::Result& result);

/// A cell as people read it: one line, and null as "null".
std::string ShownCell(const graph::Value& value, const graph::View& view);

/// Escape sequence for a value of this kind: nodes, relationships, paths and null have one each;
/// empty for everything else.
std::string_view Tint(const graph::Value& value);
inline constexpr std::string_view kBold = "\x1b[1m";
inline constexpr std::string_view kDim = "\x1b[2m";
inline constexpr std::string_view kPlain = "\x1b[0m";

/// `text` in `tint`; as it is where `tint` is empty.
std::string Tinted(std::string_view text, std::string_view tint);

/// Tab, line break and backslash escaped.
std::string TsvField(std::string_view text);

}  // namespace verbale::cli
