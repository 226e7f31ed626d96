#pragma once

// Groups by number. Keys that are nodes, relationships, dictionary entries, integers or booleans
// are packed into words and found by those: in a plain array where there are few possible words, or
// integers that lie close together, by hash otherwise. Every other kind of key goes through a hash
// table of values, and so do entries of dictionaries that may be equivalent to others: dates,
// lists, 1 and 1.0.

#include <optional>
#include <vector>

#include "query/execute/column.h"
#include "query/execute/hash_places.h"
#include "query/execute/row_key.h"

namespace verbale::query {

class GroupTable {
 public:
  GroupTable(std::size_t keys, const graph::View& view)
      : key_count_(keys), view_(view), models_(keys, ValueColumn(ColumnKind::kValues)) {}

  /// The one group of an aggregation without keys.
  void AddEmptyGroup() { size_ = 1; }
  /// Puts the group of each row into `numbers`; new groups are numbered on.
  void Assign(std::span<const ColumnPtr> keys, std::size_t rows,
              std::vector<std::uint32_t>& numbers);
  std::size_t size() const { return size_; }
  /// The key columns, one row a group. The table is spent.
  std::vector<ColumnPtr> TakeKeys();

 private:
  static constexpr std::uint32_t kNone = HashPlaces::kNone;

  /// False where the keys cannot be packed; some groups may have been added then.
  bool AssignPacked(std::span<const ColumnPtr> keys, std::size_t rows,
                    std::vector<std::uint32_t>& numbers);
  /// Whether the keys are of the kinds of the models; the first ones become the models.
  bool FitsModels(std::span<const ColumnPtr> keys);
  /// Where the words of a key lie in dense_.
  struct Digits {
    std::uint32_t radix = 0;  ///< How many there may be, and one for null; 0: too many.
    std::int64_t first = 0;   ///< Of integers: the least.

    bool operator==(const Digits&) const = default;
  };
  Digits DigitsOf(std::size_t i, const ValueColumn& column) const;
  void ChooseDense(std::span<const ColumnPtr> keys, std::size_t rows);
  std::optional<std::size_t> PlaceOf(const std::uint64_t* words) const;
  bool FitsDense(std::span<const ColumnPtr> keys) const;
  /// From now on groups are found by hash.
  void LeaveDense();
  bool AssignDense(std::span<const ColumnPtr> keys, std::vector<std::uint32_t>& numbers);
  /// Whether no other words are of equivalent keys.
  bool AreTheOnly(const std::uint64_t* words) const;
  // kNone where other words are of the same group.
  std::uint32_t FindOrAdd(const std::uint64_t* words);
  std::uint32_t Append(const std::uint64_t* words);
  /// Takes the groups that were found by words over into the hash table of values.
  void LeavePacked();
  graph::Value ValueOf(std::size_t key, std::size_t group) const;
  ColumnPtr PackedKeys(std::size_t key) const;

  std::size_t key_count_;
  const graph::View& view_;
  std::size_t size_ = 0;

  // While all keys can be packed. A key is two words: whether it is there, and what it is.
  bool packed_ = true;
  std::vector<ValueColumn> models_;   ///< By key: kind and dictionary. kValues: no row yet.
  std::vector<std::uint64_t> words_;  ///< By group: key_count_ + 1 words, the first tells nulls.
  HashPlaces places_;                 ///< Groups by hash of their words.
  std::vector<std::uint32_t> dense_;  ///< Groups by place of their words; empty where not used.
  std::size_t rows_ = 0;              ///< That were put into groups.
  bool is_chosen_ = false;            ///< Whether dense_ is used is settled.
  std::vector<Digits> digits_;        ///< By key, of dense_.
  std::vector<std::uint64_t> row_words_;  ///< Of one batch.

  RowTable table_;  ///< By group.
  RowKey key_;      ///< Of one row.
};

}  // namespace verbale::query
