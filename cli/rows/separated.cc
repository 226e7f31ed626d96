// List, CSV and TSV: a header, then a line a row, as they come.

#include <fmt/format.h>

#include "cli/evidence_text.h"
#include "cli/rows/printer.h"
#include "graph/value_text.h"

namespace verbale::cli {
namespace {

std::string CsvField(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

// What differs between the three.
struct Form {
  std::string (*field)(std::string_view text);
  std::string_view between;
  std::string_view end;
  bool plain_dates;  ///< As ISO 8601 has them, which is what other programs read.
};

void PrintLine(const std::vector<std::string>& cells, const Form& form, std::FILE* out) {
  if (cells.empty()) return;
  std::string line = form.field(cells.front());
  for (std::size_t i = 1; i < cells.size(); ++i) {
    line += form.between;
    line += form.field(cells[i]);
  }
  fmt::print(out, "{}{}", line, form.end);
}

class SeparatedPrinter : public Printer {
 public:
  SeparatedPrinter(const PrintTo& to, const Form& form) : to_(to), form_(form) {
    std::vector<std::string> names = ColumnNames(to.result);
    if (to.options.why) names.push_back("why");
    Line(names);
  }

  void Row(std::span<const graph::Value> row) override {
    std::vector<std::string> cells;
    for (const graph::Value& value : row) cells.push_back(Text(value));
    if (to_.options.why) cells.push_back(EvidenceJson(EvidenceOfRow(to_.result)));
    Line(cells);
  }

 private:
  std::string Text(const graph::Value& value) const {
    if (form_.plain_dates && value.is_temporal()) return graph::TemporalText(value);
    return CellText(value, to_.result.view());
  }

  void Line(const std::vector<std::string>& cells) { PrintLine(cells, form_, to_.out); }

  const PrintTo to_;
  const Form form_;
};

}  // namespace

std::string TsvField(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::unique_ptr<Printer> MakeList(const PrintTo& to) {
  return std::make_unique<SeparatedPrinter>(to, Form{OneLine, "|", "\n", false});
}

std::unique_ptr<Printer> MakeCsv(const PrintTo& to) {
  return std::make_unique<SeparatedPrinter>(to, Form{CsvField, ",", "\r\n", true});
}

constexpr Form kTsv = {TsvField, "\t", "\n", true};

std::unique_ptr<Printer> MakeTsv(const PrintTo& to) {
  return std::make_unique<SeparatedPrinter>(to, kTsv);
}

void PrintTsvTable(const std::vector<std::string>& header,
                   const std::vector<std::vector<std::string>>& rows, std::FILE* out) {
  PrintLine(header, kTsv, out);
  for (const auto& row : rows) PrintLine(row, kTsv, out);
}

}  // namespace verbale::cli
