#include "query/execute/group_table.h"

#include <algorithm>

#include "query/execute/kernels.h"

namespace verbale::query {
namespace {

/// More keys than the word of nulls has bits are never packed.
constexpr std::size_t kMaxPacked = 64;

/// So many places are always worth it; more only where there are many rows to put into them.
constexpr std::size_t kFewPlaces = 1u << 14;
constexpr std::size_t kManyPlaces = 1u << 20;
constexpr std::size_t kManyRows = 1024;

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

/// The words of key `i` into the rows of `words`, `count` a row.
void PackColumn(const ValueColumn& column, std::size_t i, std::size_t count,
                std::vector<std::uint64_t>& words) {
  const std::size_t rows = words.size() / count;
  for (std::size_t row = 0; row < rows; ++row) {
    const bool is_null = column.IsNull(row);
    words[row * count] |= static_cast<std::uint64_t>(is_null) << i;
    words[row * count + i + 1] = is_null ? 0 : WordAt(column, row);
  }
}

/// place = place * radix + word, counted from `first` on; a null is the last word.
void AddPlaces(const ValueColumn& column, std::uint32_t radix, std::int64_t first,
               std::vector<std::uint32_t>& places) {
  const std::uint32_t null = radix - 1;
  if (column.kind == ColumnKind::kInts && column.valid.empty()) {
    for (std::size_t row = 0; row < places.size(); ++row) {
      places[row] = places[row] * radix + static_cast<std::uint32_t>(column.ints[row] - first);
    }
  } else if (column.kind == ColumnKind::kDictionary && column.valid.empty()) {
    for (std::size_t row = 0; row < places.size(); ++row) {
      places[row] = places[row] * radix + column.numbers[row];
    }
  } else if (column.kind == ColumnKind::kNodes) {
    for (std::size_t row = 0; row < places.size(); ++row) {
      places[row] = places[row] * radix + std::min(column.numbers[row], null);
    }
  } else {
    for (std::size_t row = 0; row < places.size(); ++row) {
      const std::uint64_t word = WordAt(column, row) - static_cast<std::uint64_t>(first);
      const auto digit = column.IsNull(row) ? null : static_cast<std::uint32_t>(word);
      places[row] = places[row] * radix + digit;
    }
  }
}

std::uint64_t HashOf(const std::uint64_t* words, std::size_t count) {
  std::uint64_t hash = kHashStart;
  for (std::size_t i = 0; i < count; ++i) hash = MixHash(hash, words[i]);
  return hash;
}

}  // namespace

void GroupTable::Assign(std::span<const ColumnPtr> keys, std::size_t rows,
                        std::vector<std::uint32_t>& numbers) {
  numbers.resize(rows);
  if (packed_) {
    const std::size_t before = size_;
    if (AssignPacked(keys, rows, numbers)) return;
    size_ = before;
    LeavePacked();
  }
  // Keys that are the same as in the row before, perhaps long lists, are not looked at again.
  RowKey before;
  for (std::size_t row = 0; row < rows; ++row) {
    ReadKey(keys, row, view_, key_);
    const bool as_before =
        row > 0 && std::equal(key_.begin(), key_.end(), before.begin(),
                              [](const auto& a, const auto& b) { return a.IsSame(b); });
    if (as_before) {
      numbers[row] = numbers[row - 1];
      continue;
    }
    before = key_;
    numbers[row] = static_cast<std::uint32_t>(table_.Insert(key_).first);
  }
  size_ = table_.size();
}

bool GroupTable::FitsModels(std::span<const ColumnPtr> keys) {
  if (keys.size() > kMaxPacked) return false;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    ValueColumn& model = models_[i];
    if (!IsPackable(keys[i]->kind)) return false;
    if (model.kind == ColumnKind::kValues) {
      model.kind = keys[i]->kind;
      model.TakeDictionaryOf(*keys[i]);
    }
    if (keys[i]->kind != model.kind || keys[i]->dictionary.data() != model.dictionary.data()) {
      return false;
    }
  }
  return true;
}

bool GroupTable::AssignPacked(std::span<const ColumnPtr> keys, std::size_t rows,
                              std::vector<std::uint32_t>& numbers) {
  if (!FitsModels(keys)) return false;
  rows_ += rows;
  if (dense_.empty() && !is_chosen_) ChooseDense(keys, rows_);
  is_chosen_ = rows_ >= kManyRows;
  if (!dense_.empty()) {
    if (FitsDense(keys)) return AssignDense(keys, numbers);
    LeaveDense();
  }
  const std::size_t count = key_count_ + 1;
  row_words_.assign(rows * count, 0);
  for (std::size_t i = 0; i < keys.size(); ++i) PackColumn(*keys[i], i, count, row_words_);
  for (std::size_t row = 0; row < rows; ++row) {
    const std::uint64_t* words = &row_words_[row * count];
    const bool as_before = row > 0 && std::equal(words, words + count, words - count);
    numbers[row] = as_before ? numbers[row - 1] : FindOrAdd(words);
    if (numbers[row] == kNone) return false;
  }
  return true;
}

GroupTable::Digits GroupTable::DigitsOf(std::size_t i, const ValueColumn& column) const {
  const auto counted = [](std::size_t words) {
    return Digits{words < kManyPlaces ? static_cast<std::uint32_t>(words + 1) : 0};
  };
  switch (models_[i].kind) {
    case ColumnKind::kDictionary:
      return counted(models_[i].dictionary.size());
    case ColumnKind::kBools:
      return counted(2);
    case ColumnKind::kNodes:
      return counted(view_.NodeLimit());
    case ColumnKind::kInts: {
      // Later rows may lie somewhat beyond the first ones.
      const IntRange range = RangeOfValid(column);
      constexpr std::int64_t kFar = std::int64_t{1} << 62;
      if (range.low > range.high || range.low < -kFar || range.high > kFar) return {};
      const std::int64_t span = range.high - range.low + 1;
      if (span > static_cast<std::int64_t>(kManyPlaces)) return {};
      Digits digits = counted(static_cast<std::size_t>(3 * span));
      digits.first = range.low - span;
      return digits;
    }
    default:
      return {};
  }
}

void GroupTable::ChooseDense(std::span<const ColumnPtr> keys, std::size_t rows) {
  const std::size_t most = rows < kManyRows ? kFewPlaces : kManyPlaces;
  std::size_t places = key_count_ == 0 ? 0 : 1;
  std::vector<Digits> digits;
  for (std::size_t i = 0; i < key_count_; ++i) {
    digits.push_back(DigitsOf(i, *keys[i]));
    const std::size_t radix = digits.back().radix;
    if (radix == 0 || places > most / radix) return;
    places *= radix;
  }
  digits_ = std::move(digits);
  dense_.assign(places, kNone);
  for (std::uint32_t group = 0; group < size_; ++group) {
    const std::optional<std::size_t> place = PlaceOf(&words_[group * (key_count_ + 1)]);
    if (!place) return dense_.clear();
    dense_[*place] = group;
  }
  places_.Clear();  // Made anew where dense_ is left.
}

/// Of a group in dense_; nullopt where it lies outside.
std::optional<std::size_t> GroupTable::PlaceOf(const std::uint64_t* words) const {
  std::size_t place = 0;
  for (std::size_t i = 0; i < key_count_; ++i) {
    const std::uint32_t null = digits_[i].radix - 1;
    const bool is_null = (words[0] >> i & 1) != 0;
    const std::uint64_t digit = words[i + 1] - static_cast<std::uint64_t>(digits_[i].first);
    if (!is_null && digit >= null) return std::nullopt;
    place = place * digits_[i].radix + (is_null ? null : digit);
  }
  return place;
}

bool GroupTable::FitsDense(std::span<const ColumnPtr> keys) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (models_[i].kind != ColumnKind::kInts) {
      if (DigitsOf(i, *keys[i]) != digits_[i]) return false;  // Nodes were made since.
      continue;
    }
    const IntRange range = RangeOfValid(*keys[i]);
    const std::int64_t end = digits_[i].first + digits_[i].radix - 1;
    if (range.low <= range.high && (range.low < digits_[i].first || range.high >= end)) {
      return false;
    }
  }
  return true;
}

void GroupTable::LeaveDense() {
  dense_.clear();
  is_chosen_ = true;
  const std::size_t count = key_count_ + 1;
  places_.Reserve(size_, [&](std::size_t group) { return HashOf(&words_[group * count], count); });
}

bool GroupTable::AssignDense(std::span<const ColumnPtr> keys, std::vector<std::uint32_t>& numbers) {
  // First the places, then the groups that stand there.
  std::fill(numbers.begin(), numbers.end(), 0u);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    AddPlaces(*keys[i], digits_[i].radix, digits_[i].first, numbers);
  }
  std::vector<std::uint64_t> words(key_count_ + 1);
  for (std::uint32_t& number : numbers) {
    std::uint32_t& group = dense_[number];
    if (group == kNone) [[unlikely]] {
      std::uint32_t rest = number;
      words[0] = 0;
      for (std::size_t i = key_count_; i-- > 0; rest /= digits_[i].radix) {
        const std::uint32_t digit = rest % digits_[i].radix;
        const bool is_null = digit + 1 == digits_[i].radix;
        words[0] |= static_cast<std::uint64_t>(is_null) << i;
        words[i + 1] = is_null ? 0 : static_cast<std::uint64_t>(digits_[i].first + digit);
      }
      group = Append(words.data());
      if (group == kNone) return false;
    }
    number = group;
  }
  return true;
}

bool GroupTable::AreTheOnly(const std::uint64_t* words) const {
  for (std::size_t i = 0; i < key_count_; ++i) {
    const bool is_null = (words[0] >> i & 1) != 0;
    const ValueColumn& model = models_[i];
    if (model.kind != ColumnKind::kDictionary || is_null) continue;
    if (!StandsOnce(model.dictionary[words[i + 1]])) return false;
  }
  return true;
}

std::uint32_t GroupTable::Append(const std::uint64_t* words) {
  if (!AreTheOnly(words)) return kNone;
  words_.insert(words_.end(), words, words + key_count_ + 1);
  return static_cast<std::uint32_t>(size_++);
}

std::uint32_t GroupTable::FindOrAdd(const std::uint64_t* words) {
  const std::size_t count = key_count_ + 1;
  places_.Reserve(size_, [&](std::size_t group) { return HashOf(&words_[group * count], count); });
  std::uint32_t& place = places_.Find(HashOf(words, count), [&](std::uint32_t group) {
    return std::equal(words, words + count, &words_[group * count]);
  });
  if (place == kNone) place = Append(words);
  return place;
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
    key_.clear();
    for (std::size_t i = 0; i < key_count_; ++i) key_.push_back(ValueOf(i, group));
    table_.Insert(key_);
  }
  words_.clear();
  places_.Clear();
  dense_.clear();
}

ColumnPtr GroupTable::PackedKeys(std::size_t key) const {
  const ValueColumn& model = models_[key];
  MutableColumnPtr column = NewColumn(model.kind);
  column->TakeDictionaryOf(model);
  bool any_null = false;
  std::vector<std::uint8_t> valid(size_, 1);
  for (std::size_t group = 0; group < size_; ++group) {
    const std::uint64_t* words = &words_[group * (key_count_ + 1)];
    const bool is_null = (words[0] >> key & 1) != 0;
    const std::uint64_t word = words[key + 1];
    any_null |= is_null;
    valid[group] = is_null ? 0 : 1;
    if (model.kind == ColumnKind::kInts) {
      column->ints.push_back(static_cast<std::int64_t>(word));
    } else if (model.kind == ColumnKind::kBools) {
      column->truth.push_back(is_null ? Truth::kNull : static_cast<Truth>(word));
    } else if (model.kind == ColumnKind::kDictionary) {
      column->numbers.push_back(static_cast<std::uint32_t>(word));
    } else {
      column->numbers.push_back(is_null ? graph::kNoNode.value : static_cast<std::uint32_t>(word));
    }
  }
  const bool tells_by_valid =
      model.kind == ColumnKind::kInts || model.kind == ColumnKind::kDictionary;
  if (any_null && tells_by_valid) column->valid = std::move(valid);
  return column;
}

std::vector<ColumnPtr> GroupTable::TakeKeys() {
  std::vector<ColumnPtr> columns;
  for (std::size_t i = 0; i < key_count_; ++i) {
    if (packed_ && size_ > 0) {
      columns.push_back(PackedKeys(i));
      continue;
    }
    std::vector<graph::Value> values(size_);
    for (std::size_t group = 0; group < size_; ++group)
      values[group] = std::move(table_.At(group, i));
    columns.push_back(NewValues(std::move(values)));
  }
  return columns;
}

}  // namespace verbale::query
