#pragma once

// What the aligned modes (box, column) share: rows that are kept until the widths are known.

#include <string>
#include <vector>

#include "cli/rows/printer.h"

namespace verbale::cli {

struct Cell {
  std::string text;
  std::string_view tint;
};

struct KeptRow {
  std::vector<Cell> cells;
  std::vector<graph::EvidenceRecord> why;  ///< Empty unless asked for.
};

/// Makes rows to keep, and learns which columns hold nothing but numbers.
class RowKeeper {
 public:
  explicit RowKeeper(const PrintTo& to);

  KeptRow Keep(std::span<const graph::Value> row);

  const std::vector<Cell>& header() const { return header_; }
  /// Columns of numbers stand to the right.
  const std::vector<bool>& numeric() const { return numeric_; }

 private:
  const PrintTo to_;
  std::vector<Cell> header_;
  std::vector<bool> numeric_;
};

std::vector<Cell> HeaderCells(const std::vector<std::string>& names);

/// Makes `widths` (of at least 1) wide enough for `cells`.
void Widen(std::vector<std::size_t>& widths, const std::vector<Cell>& cells);

/// The cell in exactly `width` columns, cut where it is longer.
std::string Aligned(const Cell& cell, std::size_t width, bool right, bool color);

}  // namespace verbale::cli
