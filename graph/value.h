#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/ids.h"
#include "graph/temporal.h"

namespace verbale::graph {

/// Type of a Value. Written to disk: do not renumber.
enum class ValueType : std::uint8_t {
  kNull = 0,
  kBool = 1,
  kInt = 2,
  kDouble = 3,
  kString = 4,
  kList = 5,
  kMap = 6,
  kDate = 7,
  kLocalTime = 8,
  kTime = 9,
  kLocalDateTime = 10,
  kDateTime = 11,
  kDuration = 12,
  kNode = 13,          ///< In results only; never stored as a property.
  kRelationship = 14,  ///< In results only.
  kPath = 15,          ///< In results only.
};

/// "STRING", "INTEGER", … as openCypher names the type in messages.
std::string_view TypeName(ValueType type);

/// A node within one View: its number there and its lasting id.
struct NodeRef {
  NodeNo no;
  NodeId id;
  bool operator==(const NodeRef& other) const { return id == other.id; }
};

/// A relationship within one View.
struct RelRef {
  RelNo no;
  RelId id;
  bool operator==(const RelRef& other) const { return id == other.id; }
};

class Value;
using List = std::vector<Value>;
/// Sorted by key (bytes), each key once: equal maps are equal byte for byte.
using Map = std::vector<std::pair<std::string, Value>>;

/// nodes.size() == rels.size() + 1. forward[i] tells whether rels[i] is walked from its source.
struct Path {
  std::vector<NodeRef> nodes;
  std::vector<RelRef> rels;
  std::vector<bool> forward;
};

/// Any value of the query language in 16 bytes. Immutable; a copy shares the payload (atomic
/// reference count), so copies are cheap and may cross threads. Strings of up to 14 bytes, numbers,
/// dates, times and references to nodes and relationships are inline.
class Value {
 public:
  /// How deep lists and maps may stand in one another: whatever walks a value may recurse.
  static constexpr std::uint32_t kMaxNesting = 1000;

  Value() noexcept { std::memset(raw_, 0, sizeof raw_); }
  Value(std::nullptr_t) noexcept : Value() {}
  explicit Value(bool b) noexcept : Value(ValueType::kBool) {
    Put(8, static_cast<std::uint64_t>(b));
  }
  explicit Value(std::int64_t i) noexcept : Value(ValueType::kInt) { Put(8, i); }
  explicit Value(int i) noexcept : Value(static_cast<std::int64_t>(i)) {}
  explicit Value(double d) noexcept : Value(ValueType::kDouble) { Put(8, d); }
  explicit Value(std::string_view s);
  explicit Value(const char* s) : Value(std::string_view(s)) {}
  explicit Value(const std::string& s) : Value(std::string_view(s)) {}
  /// Error(kLimitExceeded) beyond kMaxNesting, as OfMap.
  explicit Value(List list);
  explicit Value(Date d) noexcept : Value(ValueType::kDate) { Put(8, d.days); }
  explicit Value(LocalTime t) noexcept : Value(ValueType::kLocalTime) { Put(8, t.nanos); }
  explicit Value(Time t) noexcept : Value(ValueType::kTime) { Put(8, t.nanos), Put(4, t.offset); }
  explicit Value(LocalDateTime t) noexcept : Value(ValueType::kLocalDateTime) {
    Put(8, t.seconds), Put(4, t.nanos);
  }
  explicit Value(DateTime t);
  explicit Value(Duration d);
  explicit Value(NodeRef n) noexcept : Value(ValueType::kNode) { Put(8, n.id), Put(4, n.no); }
  explicit Value(RelRef r) noexcept : Value(ValueType::kRelationship) {
    Put(8, r.id), Put(4, r.no);
  }
  explicit Value(Path path);
  /// Sorts by key; of equal keys the last one counts.
  static Value OfMap(Map map);

  Value(const Value& other) noexcept {
    std::memcpy(raw_, other.raw_, sizeof raw_);
    if (IsCounted()) Retain();
  }
  Value(Value&& other) noexcept {
    std::memcpy(raw_, other.raw_, sizeof raw_);
    std::memset(other.raw_, 0, sizeof other.raw_);
  }
  Value& operator=(const Value& other) noexcept {
    if (this != &other) {
      Value copy(other);
      Swap(copy);
    }
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    Swap(other);
    return *this;
  }
  ~Value() {
    if (IsCounted()) Release();
  }

  ValueType type() const noexcept { return static_cast<ValueType>(raw_[0]); }
  bool is_null() const noexcept { return type() == ValueType::kNull; }
  bool is_bool() const noexcept { return type() == ValueType::kBool; }
  bool is_int() const noexcept { return type() == ValueType::kInt; }
  bool is_double() const noexcept { return type() == ValueType::kDouble; }
  bool is_number() const noexcept { return is_int() || is_double(); }
  bool is_string() const noexcept { return type() == ValueType::kString; }
  bool is_list() const noexcept { return type() == ValueType::kList; }
  bool is_map() const noexcept { return type() == ValueType::kMap; }
  bool is_node() const noexcept { return type() == ValueType::kNode; }
  bool is_rel() const noexcept { return type() == ValueType::kRelationship; }
  bool is_path() const noexcept { return type() == ValueType::kPath; }
  bool is_temporal() const noexcept {
    return type() >= ValueType::kDate && type() <= ValueType::kDuration;
  }

  // Readers. The type must be the right one (asserted); references borrow from this Value.
  bool as_bool() const { return Get<std::uint64_t>(8) != 0; }
  std::int64_t as_int() const { return Get<std::int64_t>(8); }
  double as_double() const { return Get<double>(8); }
  /// The number as a double, whichever of the two number types it is.
  double as_number() const { return is_int() ? static_cast<double>(as_int()) : as_double(); }
  std::string_view as_string() const noexcept;
  const List& as_list() const;
  const Map& as_map() const;
  Date as_date() const { return {Get<std::int64_t>(8)}; }
  LocalTime as_local_time() const { return {Get<std::int64_t>(8)}; }
  Time as_time() const { return {Get<std::int64_t>(8), Get<std::int32_t>(4)}; }
  LocalDateTime as_local_date_time() const { return {Get<std::int64_t>(8), Get<std::int32_t>(4)}; }
  const DateTime& as_date_time() const;
  const Duration& as_duration() const;
  NodeRef as_node() const { return {Get<NodeNo>(4), Get<NodeId>(8)}; }
  RelRef as_rel() const { return {Get<RelNo>(4), Get<RelId>(8)}; }
  const Path& as_path() const;

  /// Whether both are the same bytes or share their payload: then they are equivalent, without a
  /// look at what they hold.
  bool IsSame(const Value& other) const noexcept {
    return std::memcmp(raw_, other.raw_, sizeof raw_) == 0;
  }
  /// The value of `key` in a map, or nullptr. Borrows.
  const Value* Find(std::string_view key) const;

 private:
  static constexpr std::size_t kInlineString = 14;
  static constexpr std::uint8_t kOnHeap = 0xFF;

  explicit Value(ValueType type) noexcept : Value() { raw_[0] = static_cast<std::uint8_t>(type); }

  template <typename T>
  void Put(std::size_t at, T v) noexcept {
    std::memcpy(raw_ + at, &v, sizeof v);
  }
  template <typename T>
  T Get(std::size_t at) const noexcept {
    T v;
    std::memcpy(&v, raw_ + at, sizeof v);
    return v;
  }
  template <typename T>
  void PutHeap(ValueType type, T payload);
  template <typename T>
  const T& Heap() const;

  void Swap(Value& other) noexcept {
    std::uint8_t tmp[16];
    std::memcpy(tmp, raw_, 16);
    std::memcpy(raw_, other.raw_, 16);
    std::memcpy(other.raw_, tmp, 16);
  }
  bool IsCounted() const noexcept { return raw_[1] == kOnHeap; }
  std::uint32_t nesting() const noexcept {
    return is_list() || is_map() ? Get<std::uint32_t>(4) : 0;
  }
  void Retain() const noexcept;
  void Release() noexcept;

  // [0] type · [1] length of an inline string, or kOnHeap · [2..15] inline string; or [4..7] the
  // small half and [8..15] the large half of a fixed value; or [4..7] the nesting of a list or map
  // and [8..15] a pointer to a counted payload.
  alignas(8) std::uint8_t raw_[16];
};

static_assert(sizeof(Value) == 16);

/// openCypher `=`: nullopt means null (something unknown took part). Numbers compare by value
/// across the two types, NaN equals nothing, values of different types are not equal.
std::optional<bool> Equals(const Value& a, const Value& b);

/// openCypher `<` family: nullopt where the two cannot be compared (different types, null, NaN).
std::optional<std::partial_ordering> Compare(const Value& a, const Value& b);

/// Equivalence, as DISTINCT, grouping and MERGE on null need it: null ≡ null, NaN ≡ NaN, 1 ≡ 1.0.
bool Equivalent(const Value& a, const Value& b);
/// Equal for equivalent values. Independent of process and platform.
std::uint64_t Hash(const Value& v);

/// The total order of ORDER BY, ascending: map, node, relationship, list, path, date-time, local
/// date-time, date, time, local time, duration, string, boolean, number, NaN, null. Consistent with
/// Equivalent. Strings compare by bytes (which is code point order).
std::strong_ordering TotalOrder(const Value& a, const Value& b);

/// For containers keyed by equivalence.
struct ValueHash {
  std::size_t operator()(const Value& v) const { return Hash(v); }
};
/// Beside ValueHash.
struct ValueEquivalent {
  bool operator()(const Value& a, const Value& b) const { return Equivalent(a, b); }
};

}  // namespace verbale::graph
