// List, CSV and TSV: a header, then a line a row, as they come.

#include <fmt/format.h>

#include "cli/evidence_text.h"
#include "cli/rows/printer.h"

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
};

class SeparatedPrinter : public Printer {
 public:
  SeparatedPrinter(const PrintTo& to, const Form& form) : to_(to), form_(form) {
    std::vector<std::string> names = ColumnNames(to.result);
    if (to.options.why) names.push_back("why");
    Line(names);
  }

  void Row(std::span<const graph::Value> row) override {
    std::vector<std::string> cells;
    for (const graph::Value& value : row) cells.push_back(CellText(value, to_.result.view()));
    if (to_.options.why) cells.push_back(EvidenceJson(EvidenceOfRow(to_.result)));
    Line(cells);
  }

 private:
  void Line(const std::vector<std::string>& cells) {
    if (cells.empty()) return;
    std::string line = form_.field(cells.front());
    for (std::size_t i = 1; i < cells.size(); ++i) {
      line += form_.between;
      line += form_.field(cells[i]);
    }
    fmt::print(to_.out, "{}{}", line, form_.end);
  }

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
  return std::make_unique<SeparatedPrinter>(to, Form{OneLine, "|", "\n"});
}

std::unique_ptr<Printer> MakeCsv(const PrintTo& to) {
  return std::make_unique<SeparatedPrinter>(to, Form{CsvField, ",", "\r\n"});
}

std::unique_ptr<Printer> MakeTsv(const PrintTo& to) {
  return std::make_unique<SeparatedPrinter>(to, Form{TsvField, "\t", "\n"});
}

}  // namespace verbale::cli
