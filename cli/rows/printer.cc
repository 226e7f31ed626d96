#include "cli/rows/printer.h"

namespace verbale::cli {

std::vector<std::string> ColumnNames(const query::Result& result) {
  std::vector<std::string> names;
  for (const auto& column : result.columns()) names.push_back(column.name);
  return names;
}

std::vector<graph::EvidenceRecord> EvidenceOfRow(const query::Result& result) {
  std::vector<graph::EvidenceRecord> all;
  for (const graph::RelRef& rel : result.why()) {
    for (auto& evidence : result.view().Evidence(rel.no)) all.push_back(std::move(evidence));
  }
  return all;
}

std::string ShownCell(const graph::Value& value, const graph::View& view) {
  return value.is_null() ? "null" : OneLine(CellText(value, view));
}

std::string_view Tint(const graph::Value& value) {
  if (value.is_node()) return "\x1b[36m";
  if (value.is_rel()) return "\x1b[33m";
  if (value.is_path()) return "\x1b[35m";
  if (value.is_null()) return kDim;
  return {};
}

std::string Tinted(std::string_view text, std::string_view tint) {
  if (tint.empty()) return std::string(text);
  return std::string(tint) + std::string(text) + std::string(kPlain);
}

}  // namespace verbale::cli
