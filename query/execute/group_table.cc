#include "query/execute/group_table.h"

#include <algorithm>

namespace verbale::query {
namespace {

/// More keys than the word of nulls has bits are never packed.
constexpr std::size_t kMaxPacked = 64;

bool IsPackable(ColumnKind kind) {
  return kind == ColumnKind::kNodes || kind == ColumnKind::kRels ||
         kind == ColumnKind::kDictionary || kind == ColumnKind::kInts || kind == ColumnKind::kBools;
}

std::uint64_t WordAt(const ValueColumn& column, std::size_t row) {
  switch (column.kind) {
    case ColumnKind::kInts:
      return static_cast<std::uint64_t>(column.ints[row]);
    case ColumnKind::kBools:
      return static_cast<std::uint64_t>(column.truth[row]);
    default:
      return column.numbers[row];
  }
}

std::uint64_t HashOf(const std::uint64_t* words, std::size_t count) {
  std::uint64_t hash = 0x9E3779B97F4A7C15u;
  for (std::size_t i = 0; i < count; ++i) {
    hash = (hash ^ words[i]) * 0xBF58476D1CE4E5B9u;
    hash ^= hash >> 31;
  }
  return hash;
}

}  // namespace

void GroupTable::Assign(std::span<const ColumnPtr> keys, std::size_t rows,
                        std::vector<std::uint32_t>& numbers) {
  numbers.resize(rows);
  if (packed_ && AssignPacked(keys, rows, numbers)) return;
  if (packed_) LeavePacked();
  for (std::size_t row = 0; row < rows; ++row) {
    RowKey key = KeyOf(keys, row, view_);
    const auto [group, is_new] = table_.Insert(key);
    if (is_new) keys_.push_back(std::move(key));
    numbers[row] = static_cast<std::uint32_t>(group);
  }
  size_ = keys_.size();
}

bool GroupTable::AssignPacked(std::span<const ColumnPtr> keys, std::size_t rows,
                              std::vector<std::uint32_t>& numbers) {
  if (keys.size() > kMaxPacked) return false;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    ValueColumn& model = models_[i];
    if (!IsPackable(keys[i]->kind)) return false;
    if (model.kind == ColumnKind::kValues) {
      model.kind = keys[i]->kind;
      model.dictionary = keys[i]->dictionary;
    }
    if (keys[i]->kind != model.kind || keys[i]->dictionary.data() != model.dictionary.data()) {
      return false;
    }
  }
  std::vector<std::uint64_t> words(key_count_ + 1);
  for (std::size_t row = 0; row < rows; ++row) {
    words[0] = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const bool is_null = keys[i]->IsNull(row);
      words[0] |= static_cast<std::uint64_t>(is_null) << i;
      words[i + 1] = is_null ? 0 : WordAt(*keys[i], row);
    }
    numbers[row] = FindOrAdd(words.data());
  }
  return true;
}

std::uint32_t GroupTable::FindOrAdd(const std::uint64_t* words) {
  if ((size_ + 1) * 2 > places_.size()) Grow();
  const std::size_t count = key_count_ + 1;
  const std::size_t mask = places_.size() - 1;
  std::size_t place = HashOf(words, count) & mask;
  while (places_[place] != kNone) {
    const std::uint64_t* other = &words_[places_[place] * count];
    if (std::equal(words, words + count, other)) return places_[place];
    place = (place + 1) & mask;
  }
  places_[place] = static_cast<std::uint32_t>(size_);
  words_.insert(words_.end(), words, words + count);
  return static_cast<std::uint32_t>(size_++);
}

void GroupTable::Grow() {
  const std::size_t count = key_count_ + 1;
  places_.assign(std::max<std::size_t>(64, places_.size() * 2), kNone);
  const std::size_t mask = places_.size() - 1;
  for (std::size_t group = 0; group < size_; ++group) {
    std::size_t place = HashOf(&words_[group * count], count) & mask;
    while (places_[place] != kNone) place = (place + 1) & mask;
    places_[place] = static_cast<std::uint32_t>(group);
  }
}

graph::Value GroupTable::ValueOf(std::size_t key, std::size_t group) const {
  const std::uint64_t* words = &words_[group * (key_count_ + 1)];
  if ((words[0] >> key & 1) != 0) return {};
  const std::uint64_t word = words[key + 1];
  switch (models_[key].kind) {
    case ColumnKind::kInts:
      return graph::Value(static_cast<std::int64_t>(word));
    case ColumnKind::kBools:
      return graph::Value(static_cast<Truth>(word) == Truth::kTrue);
    case ColumnKind::kDictionary:
      return models_[key].dictionary[word];
    case ColumnKind::kNodes: {
      const graph::NodeNo node{static_cast<std::uint32_t>(word)};
      return graph::Value(graph::NodeRef{node, view_.Id(node)});
    }
    default: {
      const graph::RelNo rel{static_cast<std::uint32_t>(word)};
      return graph::Value(graph::RelRef{rel, view_.Id(rel)});
    }
  }
}

void GroupTable::LeavePacked() {
  packed_ = false;
  if (key_count_ == 0) return;
  for (std::size_t group = 0; group < size_; ++group) {
    RowKey key;
    for (std::size_t i = 0; i < key_count_; ++i) key.push_back(ValueOf(i, group));
    table_.Insert(key);
    keys_.push_back(std::move(key));
  }
  words_.clear();
  places_.clear();
}

std::vector<ColumnPtr> GroupTable::TakeKeys() {
  std::vector<ColumnPtr> columns;
  for (std::size_t i = 0; i < key_count_; ++i) {
    if (packed_ && models_[i].kind == ColumnKind::kNodes) {
      std::vector<std::uint32_t> numbers(size_);
      for (std::size_t group = 0; group < size_; ++group) {
        const std::uint64_t* words = &words_[group * (key_count_ + 1)];
        numbers[group] = (words[0] >> i & 1) != 0 ? graph::kNoNode.value
                                                  : static_cast<std::uint32_t>(words[i + 1]);
      }
      columns.push_back(NewNumbers(ColumnKind::kNodes, std::move(numbers)));
      continue;
    }
    std::vector<graph::Value> values(size_);
    for (std::size_t group = 0; group < size_; ++group) {
      values[group] = packed_ ? ValueOf(i, group) : std::move(keys_[group][i]);
    }
    columns.push_back(NewValues(std::move(values)));
  }
  return columns;
}

}  // namespace verbale::query
