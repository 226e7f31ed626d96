#include "query/execute/trail.h"

namespace verbale::query {
namespace {

void Collect(const graph::Value& value, std::vector<graph::RelNo>& rels) {
  if (value.is_rel()) {
    rels.push_back(value.as_rel().no);
  } else if (value.is_list()) {
    for (const graph::Value& item : value.as_list()) {
      if (item.is_rel()) rels.push_back(item.as_rel().no);
    }
  }
}

}  // namespace

void TakenRels::Load(const Batch& rows, std::uint32_t row, std::span<const Slot> slots) {
  rels_.clear();
  for (const Slot slot : slots) {
    const ValueColumn& column = *rows.at(slot);
    if (column.kind == ColumnKind::kRels) {
      rels_.push_back(graph::RelNo{column.numbers[row]});
    } else if (column.kind == ColumnKind::kValues) {
      Collect(column.values[row], rels_);
    } else if (column.kind == ColumnKind::kConstant) {
      Collect(column.constant, rels_);
    }
  }
}

}  // namespace verbale::query
