// Columns without lines, as ps and ls -l have them; never cut.

#include <fmt/format.h>

#include "cli/evidence_text.h"
#include "cli/rows/cells.h"

namespace verbale::cli {
namespace {

class ColumnPrinter : public Printer {
 public:
  explicit ColumnPrinter(const PrintTo& to) : to_(to), keeper_(to) {}

  void Row(std::span<const graph::Value> row) override { rows_.push_back(keeper_.Keep(row)); }

  void End() override {
    if (keeper_.header().empty()) return;
    widths_.assign(keeper_.header().size(), 0);
    Widen(widths_, keeper_.header());
    for (const KeptRow& row : rows_) Widen(widths_, row.cells);
    PutLine(keeper_.header(), false);
    for (const KeptRow& row : rows_) {
      PutLine(row.cells, true);
      for (const auto& evidence : row.why) {
        fmt::print(to_.out, "{}",
                   EvidenceBlock(evidence, "    ", to_.options.width, to_.options.color));
      }
    }
  }

 private:
  void PutLine(const std::vector<Cell>& cells, bool align) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i != 0) line += "  ";
      line += Aligned(cells[i], widths_[i], align && keeper_.numeric()[i], to_.options.color);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    fmt::print(to_.out, "{}\n", line);
  }

  const PrintTo to_;
  RowKeeper keeper_;
  std::vector<std::size_t> widths_;
  std::vector<KeptRow> rows_;
};

}  // namespace

std::unique_ptr<Printer> MakeColumn(const PrintTo& to) {
  return std::make_unique<ColumnPrinter>(to);
}

}  // namespace verbale::cli
