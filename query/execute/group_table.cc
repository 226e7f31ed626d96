#include "query/execute/group_table.h"

namespace verbale::query {
namespace {

bool IsNumbered(ColumnKind kind) {
  return kind == ColumnKind::kNodes || kind == ColumnKind::kRels || kind == ColumnKind::kDictionary;
}

}  // namespace

void GroupTable::Assign(std::span<const ColumnPtr> keys, std::size_t rows,
                        std::vector<std::uint32_t>& numbers) {
  numbers.resize(rows);
  if (direct_ && key_count_ == 1 && AssignDirect(*keys[0], rows, numbers)) return;
  if (direct_) LeaveDirect();
  for (std::size_t row = 0; row < rows; ++row) {
    RowKey key = KeyOf(keys, row, view_);
    const auto [group, is_new] = table_.Insert(key);
    if (is_new) keys_.push_back(std::move(key));
    numbers[row] = static_cast<std::uint32_t>(group);
  }
  size_ = keys_.size();
}

bool GroupTable::AssignDirect(const ValueColumn& key, std::size_t rows,
                              std::vector<std::uint32_t>& numbers) {
  if (!IsNumbered(key.kind)) return false;
  if (direct_kind_ == ColumnKind::kValues) {
    direct_kind_ = key.kind;
    dictionary_ = key.dictionary;
  }
  if (key.kind != direct_kind_ || key.dictionary.data() != dictionary_.data()) return false;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::size_t place = key.IsNull(row) ? 0 : key.numbers[row] + std::size_t{1};
    if (place >= group_of_.size()) group_of_.resize(place + place / 2 + 1, kNone);
    if (group_of_[place] == kNone) {
      group_of_[place] = static_cast<std::uint32_t>(size_++);
      number_of_.push_back(place == 0 ? kNone : key.numbers[row]);
    }
    numbers[row] = group_of_[place];
  }
  return true;
}

graph::Value GroupTable::DirectValue(std::uint32_t number) const {
  if (number == kNone) return {};
  if (direct_kind_ == ColumnKind::kDictionary) return dictionary_[number];
  if (direct_kind_ == ColumnKind::kNodes) {
    const graph::NodeNo node{number};
    return graph::Value(graph::NodeRef{node, view_.Id(node)});
  }
  const graph::RelNo rel{number};
  return graph::Value(graph::RelRef{rel, view_.Id(rel)});
}

void GroupTable::LeaveDirect() {
  direct_ = false;
  for (const std::uint32_t number : number_of_) {
    RowKey key = {DirectValue(number)};
    table_.Insert(key);
    keys_.push_back(std::move(key));
  }
  group_of_.clear();
  number_of_.clear();
}

std::vector<ColumnPtr> GroupTable::TakeKeys() {
  std::vector<ColumnPtr> columns;
  if (direct_ && !number_of_.empty()) {
    MutableColumnPtr column = NewColumn(direct_kind_);
    column->dictionary = dictionary_;
    if (direct_kind_ == ColumnKind::kDictionary) {
      for (std::uint32_t& number : number_of_) {
        column->valid.push_back(number == kNone ? 0 : 1);
        if (number == kNone) number = 0;
      }
    }
    column->numbers = std::move(number_of_);
    columns.push_back(std::move(column));
    return columns;
  }
  for (std::size_t i = 0; i < key_count_; ++i) {
    std::vector<graph::Value> values;
    values.reserve(keys_.size());
    for (RowKey& key : keys_) values.push_back(std::move(key[i]));
    columns.push_back(NewValues(std::move(values)));
  }
  return columns;
}

}  // namespace verbale::query
