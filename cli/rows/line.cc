// A line a value, as `name = value`, and a blank line between rows: for rows with many columns.

#include <algorithm>

#include <fmt/format.h>

#include "cli/evidence_text.h"
#include "cli/rows/printer.h"

namespace verbale::cli {
namespace {

class LinePrinter : public Printer {
 public:
  explicit LinePrinter(const PrintTo& to) : to_(to), names_(ColumnNames(to.result)) {
    for (const std::string& name : names_) width_ = std::max(width_, DisplayWidth(name));
  }

  void Row(std::span<const graph::Value> row) override {
    std::string text = first_ ? "" : "\n";
    first_ = false;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string value = ShownCell(row[i], to_.result.view());
      text += std::string(width_ - DisplayWidth(names_[i]), ' ') + names_[i] + " = ";
      text += (to_.options.color ? Tinted(value, Tint(row[i])) : value) + "\n";
    }
    if (to_.options.why) {
      for (const auto& evidence : EvidenceOfRow(to_.result)) {
        text += EvidenceBlock(evidence, "    ", to_.options.width, to_.options.color);
      }
    }
    fmt::print(to_.out, "{}", text);
  }

 private:
  const PrintTo to_;
  const std::vector<std::string> names_;
  std::size_t width_ = 0;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Printer> MakeLine(const PrintTo& to) { return std::make_unique<LinePrinter>(to); }

}  // namespace verbale::cli
