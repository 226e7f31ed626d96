#include "cli/rows/cells.h"

#include <algorithm>

namespace verbale::cli {

RowKeeper::RowKeeper(const PrintTo& to) : to_(to), header_(HeaderCells(ColumnNames(to.result))) {
  numeric_.assign(header_.size(), true);
}

KeptRow RowKeeper::Keep(std::span<const graph::Value> row) {
  KeptRow kept;
  for (std::size_t i = 0; i < row.size(); ++i) {
    kept.cells.push_back({ShownCell(row[i], to_.result.view()), Tint(row[i])});
    if (!row[i].is_null() && !row[i].is_number()) numeric_[i] = false;
  }
  if (to_.options.why) kept.why = EvidenceOfRow(to_.result);
  return kept;
}

std::vector<Cell> HeaderCells(const std::vector<std::string>& names) {
  std::vector<Cell> cells;
  for (const std::string& name : names) cells.push_back({OneLine(name), kBold});
  return cells;
}

void Widen(std::vector<std::size_t>& widths, const std::vector<Cell>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    widths[i] = std::max({widths[i], DisplayWidth(cells[i].text), std::size_t{1}});
  }
}

std::string Aligned(const Cell& cell, std::size_t width, bool right, bool color) {
  const std::string text = Cut(cell.text, width);
  const std::string pad(width - std::min(width, DisplayWidth(text)), ' ');
  const std::string tinted = color ? Tinted(text, cell.tint) : text;
  return right ? pad + tinted : tinted + pad;
}

}  // namespace verbale::cli
