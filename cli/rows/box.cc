// Boxes. Widths are known only at the end, so the rows that will be shown are kept: all of them, or
// with max_rows the first and the last ones. Where the terminal is too narrow the widest column
// gives way first, down to a width that still says something; where that is not enough, columns in
// the middle are left out.

#include <algorithm>
#include <deque>
#include <numeric>

#include <fmt/format.h>

#include "cli/evidence_text.h"
#include "cli/rows/cells.h"

namespace verbale::cli {
namespace {

constexpr std::size_t kLeastWidth = 8;
constexpr std::size_t kLeftOut = ~std::size_t{0};

// Which columns are shown, how wide; kLeftOut stands for all that are not.
struct Layout {
  std::vector<std::size_t> columns;
  std::vector<std::size_t> widths;

  // Of the whole box, were no column wider than `most`.
  std::size_t Total(std::size_t most) const {
    return std::accumulate(
        widths.begin(), widths.end(), 3 * widths.size() + 1,
        [most](std::size_t sum, std::size_t w) { return sum + std::min(w, most); });
  }

  void LeaveOutMiddle() {
    const bool first = std::find(columns.begin(), columns.end(), kLeftOut) == columns.end();
    auto at = static_cast<std::ptrdiff_t>(columns.size() / 2);
    if (columns[static_cast<std::size_t>(at)] == kLeftOut) --at;
    if (first) {
      columns[static_cast<std::size_t>(at)] = kLeftOut;
      widths[static_cast<std::size_t>(at)] = 1;
    } else {
      columns.erase(columns.begin() + at);
      widths.erase(widths.begin() + at);
    }
  }
};

Layout FitColumns(const std::vector<std::size_t>& natural, std::size_t terminal) {
  Layout layout;
  for (std::size_t i = 0; i < natural.size(); ++i) {
    layout.columns.push_back(i);
    layout.widths.push_back(terminal == 0 ? natural[i] : std::min(natural[i], terminal));
  }
  if (terminal == 0) return layout;
  while (layout.columns.size() > 3 && layout.Total(kLeastWidth) > terminal) layout.LeaveOutMiddle();
  for (std::size_t total = layout.Total(terminal); total > terminal; --total) {
    const auto widest = std::max_element(layout.widths.begin(), layout.widths.end());
    if (*widest <= kLeastWidth) break;
    --*widest;
  }
  return layout;
}

std::string Rule(const std::vector<std::size_t>& widths, std::string_view left,
                 std::string_view middle, std::string_view right) {
  std::string line(left);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i != 0) line += middle;
    for (std::size_t k = 0; k < widths[i] + 2; ++k) line += "─";
  }
  return line + std::string(right) + "\n";
}

std::string BoxLine(const std::vector<Cell>& cells, const Layout& layout,
                    const std::vector<bool>& right, bool color) {
  static const Cell kDots = {"…", kDim};
  std::string line;
  for (std::size_t i = 0; i < layout.columns.size(); ++i) {
    const std::size_t column = layout.columns[i];
    const bool left_out = column == kLeftOut;
    line += "│ " +
            Aligned(left_out ? kDots : cells[column], layout.widths[i],
                    !left_out && !right.empty() && right[column], color) +
            " ";
  }
  return line + "│\n";
}

std::string BoxHead(const std::vector<Cell>& header, const Layout& layout, bool color) {
  return Rule(layout.widths, "┌", "┬", "┐") + BoxLine(header, layout, {}, color) +
         Rule(layout.widths, "├", "┼", "┤");
}

class BoxPrinter : public Printer {
 public:
  explicit BoxPrinter(const PrintTo& to) : to_(to), keeper_(to) {
    const std::uint64_t most = to.options.max_rows;
    first_ = most == 0 ? ~std::uint64_t{0} : most - most / 2;
    last_ = most / 2;
  }

  void Row(std::span<const graph::Value> row) override {
    ++count_;
    if (head_.size() < first_) {
      head_.push_back(keeper_.Keep(row));
      return;
    }
    tail_.push_back(keeper_.Keep(row));
    if (tail_.size() > last_) tail_.pop_front();
  }

  void End() override {
    const auto& header = keeper_.header();
    if (header.empty()) return;
    std::vector<std::size_t> natural(header.size(), 0);
    Widen(natural, header);
    for (const KeptRow& row : head_) Widen(natural, row.cells);
    for (const KeptRow& row : tail_) Widen(natural, row.cells);
    layout_ = FitColumns(natural, to_.options.width);
    Put(BoxHead(header, layout_, to_.options.color));
    for (const KeptRow& row : head_) PutRow(row);
    if (HiddenRows() != 0) {
      Put(BoxLine(std::vector<Cell>(header.size(), Cell{"⋮", kDim}), layout_, {},
                  to_.options.color));
    }
    for (const KeptRow& row : tail_) PutRow(row);
    Put(Rule(layout_.widths, "└", "┴", "┘"));
  }

  std::string Hidden() const override {
    std::vector<std::string> parts;
    if (HiddenRows() != 0) parts.push_back(fmt::format("{} shown", head_.size() + tail_.size()));
    const auto& columns = layout_.columns;
    if (std::find(columns.begin(), columns.end(), kLeftOut) != columns.end()) {
      parts.push_back(fmt::format("{} of {} columns", columns.size() - 1, keeper_.header().size()));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
  }

 private:
  std::uint64_t HiddenRows() const { return count_ - head_.size() - tail_.size(); }

  void Put(const std::string& text) { fmt::print(to_.out, "{}", text); }

  void PutRow(const KeptRow& row) {
    Put(BoxLine(row.cells, layout_, keeper_.numeric(), to_.options.color));
    for (const auto& evidence : row.why) {
      Put(EvidenceBlock(evidence, "│   ", to_.options.width, to_.options.color));
    }
  }

  const PrintTo to_;
  RowKeeper keeper_;
  std::uint64_t first_ = 0, last_ = 0, count_ = 0;
  std::vector<KeptRow> head_;
  std::deque<KeptRow> tail_;
  Layout layout_;
};

}  // namespace

std::unique_ptr<Printer> MakeBox(const PrintTo& to) { return std::make_unique<BoxPrinter>(to); }

void PrintTextTable(const std::vector<std::string>& header,
                    const std::vector<std::vector<std::string>>& rows, const RowOptions& options,
                    std::FILE* out) {
  if (options.mode == "tsv") return PrintTsvTable(header, rows, out);
  const std::vector<Cell> names = HeaderCells(header);
  std::vector<std::vector<Cell>> lines;
  std::vector<std::size_t> natural(header.size(), 0);
  Widen(natural, names);
  for (const auto& row : rows) {
    lines.emplace_back();
    for (const std::string& text : row) lines.back().push_back({OneLine(text), {}});
    Widen(natural, lines.back());
  }
  const Layout layout = FitColumns(natural, options.width);
  fmt::print(out, "{}", BoxHead(names, layout, options.color));
  for (const auto& line : lines) fmt::print(out, "{}", BoxLine(line, layout, {}, options.color));
  fmt::print(out, "{}", Rule(layout.widths, "└", "┴", "┘"));
}

}  // namespace verbale::cli
