#pragma once

// Rows and values as they come to a builder, in little room: rows that follow one another are one
// range, and values are plain integers as long as all of them are.

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "graph/value.h"

namespace verbale::graph::snapshot {

/// Rows in order of arrival.
class GatheredRows {
 public:
  void Add(std::uint32_t row) {
    if (!ranges_.empty() && ranges_.back().second == row) {
      ++ranges_.back().second;
    } else {
      ranges_.emplace_back(row, row + 1);
    }
    ++size_;
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  /// Calls visit(row) for each.
  template <typename Visit>
  void ForEach(const Visit& visit) const {
    for (const auto& [begin, end] : ranges_) {
      for (std::uint32_t row = begin; row < end; ++row) visit(row);
    }
  }

 private:
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges_;  // [first, second)
  std::size_t size_ = 0;
};

/// Values, none null, in order of arrival, each with its row.
class GatheredValues {
 public:
  void Add(std::uint32_t row, const Value& value) {
    rows_.Add(row);
    if (values_.empty() && value.is_int()) return AddInt(value.as_int());
    if (values_.empty()) GiveUpInts();
    values_.push_back(value);
  }
  const GatheredRows& rows() const { return rows_; }
  std::size_t size() const { return rows_.size(); }

  bool are_ints() const { return values_.empty(); }
  /// Where are_ints().
  std::int64_t Int(std::size_t i) const { return ints_.empty() ? small_ints_[i] : ints_[i]; }
  const std::vector<Value>& values() const { return values_; }  ///< Elsewhere.

 private:
  void AddInt(std::int64_t i) {
    const auto small = static_cast<std::int32_t>(i);
    if (ints_.empty() && small == i) return small_ints_.push_back(small);
    if (ints_.empty()) ints_.assign(small_ints_.begin(), small_ints_.end()), small_ints_ = {};
    ints_.push_back(i);
  }
  void GiveUpInts() {
    for (std::size_t i = 0; i + 1 < rows_.size(); ++i) values_.emplace_back(Int(i));
    small_ints_ = {};
    ints_ = {};
  }

  GatheredRows rows_;
  std::vector<std::int32_t> small_ints_;  // As long as all fit.
  std::vector<std::int64_t> ints_;
  std::vector<Value> values_;  // Empty as long as all are integers.
};

}  // namespace verbale::graph::snapshot
