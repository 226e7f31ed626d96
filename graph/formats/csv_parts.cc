#include "graph/formats/csv_parts.h"

#include "graph/formats/parts.h"

namespace verbale::graph::formats {
namespace {

bool IsNumber(std::string_view text) {
  const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
  if (sign == text.size()) return false;
  return text.find_first_not_of("0123456789.", sign) == std::string_view::npos;
}

bool LooksLikeFormula(std::string_view text) {
  const std::size_t at = text.find_first_not_of(" \t\r\n");
  if (at == std::string_view::npos || IsNumber(text)) return false;
  return std::string_view("=+-@").find(text[at]) != std::string_view::npos;
}

}  // namespace

std::string CsvCell(std::string_view text, CsvCells cells) {
  const std::string clean = CleanText(text);
  std::string out = "\"";
  if (cells == CsvCells::kNoFormulas && LooksLikeFormula(clean)) out += '\'';
  for (const char c : clean) {
    if (c == '"') out += '"';
    out += c == '\n' || c == '\r' || c == '\t' ? ' ' : c;
  }
  return out + '"';
}

}  // namespace verbale::graph::formats
