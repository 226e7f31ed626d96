#include "cli/rows.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/rows/printer.h"
#include "graph/error.h"
#include "graph/formats/formats.h"

namespace verbale::cli {
namespace {

struct ModeEntry {
  ModeLine line;
  std::unique_ptr<Printer> (*make)(const PrintTo& to);
  bool for_people = false;
  bool shows_evidence = false;
};

std::vector<ModeEntry> AllModes() {
  std::vector<ModeEntry> modes = {
      {{"box", "table", "a box that fits the terminal"}, MakeBox, true},
      {{"column", "", "aligned columns without lines"}, MakeColumn, true},
      {{"line", "", "a line a value, a blank line between rows"}, MakeLine, true},
      {{"list", "", "values with | between them"}, MakeList},
      {{"csv", "", "RFC 4180 with header"}, MakeCsv},
      {{"tsv", "", "tab-separated with header"}, MakeTsv},
      {{"json", "", "an array of objects"}, MakeJson},
      {{"jsonlines", "jsonl", "an object a line"}, MakeJsonLines},
      {{"markdown", "md", "a Markdown table"}, MakeMarkdown},
      {{"html", "", "an HTML table"}, MakeHtml},
      {{"latex", "", "a LaTeX tabular"}, MakeLatex},
      {{"trash", "", "no rows, only their count and time"}, MakeTrash, true},
      {{"evidence", "", "each row, then the sentences that prove it"}, MakeEvidence, true, true},
      {{"agent", "", "few words: rows with numbers of quotes, then the quotes once"},
       MakeAgent,
       false,
       true},
  };
  for (const std::string& format : graph::FormatNames()) {
    if (graph::WritesFolder(graph::FormatFromName(format))) continue;
    const bool taken = std::any_of(modes.begin(), modes.end(), [&](const ModeEntry& mode) {
      return mode.line.name == format || mode.line.alias == format;
    });
    if (!taken) modes.push_back({{format, "", "the graph in the rows, as " + format}, MakeGraph});
  }
  return modes;
}

const std::vector<ModeEntry>& Entries() {
  static const std::vector<ModeEntry> kModes = AllModes();
  return kModes;
}

const ModeEntry& Find(const std::string& name) {
  std::vector<std::string> known;
  for (const ModeEntry& mode : Entries()) {
    if (mode.line.name == name || mode.line.alias == name) return mode;
    known.push_back(mode.line.name);
  }
  throw Error(ErrorCode::kInvalidArgument, fmt::format("no mode is called '{}'", name))
      .WithHint(DidYouMean(name, known, fmt::format("there are {}", fmt::join(known, ", "))));
}

}  // namespace

const std::vector<ModeLine>& Modes() {
  static const std::vector<ModeLine> kLines = [] {
    std::vector<ModeLine> lines;
    for (const ModeEntry& mode : Entries()) lines.push_back(mode.line);
    return lines;
  }();
  return kLines;
}

std::string CheckedMode(const std::string& name) { return Find(name).line.name; }

bool ModeShowsEvidence(const std::string& mode) { return Find(mode).shows_evidence; }

PrintedRows PrintRows(query::Result& result, const RowOptions& options, std::FILE* out) {
  const ModeEntry& mode = Find(options.mode);
  PrintedRows printed;
  printed.for_people = mode.for_people;
  auto row = result.Next();  // a statement that fails at once prints no header
  RowOptions shown = options;
  shown.why = options.why && !result.columns().empty();  // Plans and counts have no rows to prove.
  const auto printer = mode.make({result, shown, out});
  for (; row; row = result.Next()) {
    printer->Row(*row);
    ++printed.rows;
  }
  printer->End();
  printed.hidden = printer->Hidden();
  return printed;
}

std::string FooterText(const PrintedRows& printed) {
  std::string text = fmt::format("{} row{}", printed.rows, printed.rows == 1 ? "" : "s");
  if (!printed.hidden.empty()) text += " (" + printed.hidden + ")";
  return text;
}

std::string CellText(const graph::Value& value, const graph::View& view) {
  if (value.is_null()) return {};
  if (value.is_string()) return std::string(value.as_string());
  return query::ToCypher(value, &view);
}

}  // namespace verbale::cli
