#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace verbale::graph::formats {

/// Whether a cell that a spreadsheet would compute (=, +, -, @ first) gets an apostrophe before it.
/// A number is none of these.
enum class CsvCells : std::uint8_t { kAsTheyAre, kNoFormulas };

/// A quoted cell (RFC 4180) of clean text on one line.
std::string CsvCell(std::string_view text, CsvCells cells);

}  // namespace verbale::graph::formats
