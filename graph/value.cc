#include "graph/value.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <new>

#include "graph/error.h"

namespace verbale::graph {
namespace {

template <typename T>
struct Counted {
  std::atomic<std::uint32_t> references{1};
  T payload;

  explicit Counted(T p) : payload(std::move(p)) {}
};

// Every counted payload starts with its count, so it can be retained without knowing its type.
struct CountedString {
  std::atomic<std::uint32_t> references{1};
  std::uint32_t size = 0;

  char* data() { return reinterpret_cast<char*>(this + 1); }
};

CountedString* NewString(std::string_view s) {
  void* memory = ::operator new(sizeof(CountedString) + s.size());
  auto* string = new (memory) CountedString;
  string->size = static_cast<std::uint32_t>(s.size());
  std::memcpy(string->data(), s.data(), s.size());
  return string;
}

void CheckNesting(std::uint32_t depth) {
  if (depth <= Value::kMaxNesting) return;
  throw Error(ErrorCode::kLimitExceeded, "lists and maps stand more than " +
                                             std::to_string(Value::kMaxNesting) +
                                             " levels deep in one another");
}

template <typename T>
void Drop(void* p) {
  auto* counted = static_cast<Counted<T>*>(p);
  if (counted->references.fetch_sub(1, std::memory_order_acq_rel) == 1) delete counted;
}

}  // namespace

std::string_view TypeName(ValueType type) {
  static constexpr std::array<std::string_view, 16> kNames = {
      "NULL",     "BOOLEAN", "INTEGER",      "FLOAT",      "STRING",         "LIST",
      "MAP",      "DATE",    "LOCAL TIME",   "ZONED TIME", "LOCAL DATETIME", "ZONED DATETIME",
      "DURATION", "NODE",    "RELATIONSHIP", "PATH"};
  return kNames[static_cast<std::size_t>(type)];
}

template <typename T>
void Value::PutHeap(ValueType type, T payload) {
  raw_[0] = static_cast<std::uint8_t>(type);
  raw_[1] = kOnHeap;
  Put(8, new Counted<T>(std::move(payload)));
}

template <typename T>
const T& Value::Heap() const {
  return Get<const Counted<T>*>(8)->payload;
}

Value::Value(std::string_view s) : Value(ValueType::kString) {
  if (s.size() <= kInlineString) {
    raw_[1] = static_cast<std::uint8_t>(s.size());
    std::memcpy(raw_ + 2, s.data(), s.size());
    return;
  }
  raw_[1] = kOnHeap;
  Put(8, NewString(s));
}

Value::Value(List list) : Value() {
  std::uint32_t depth = 0;
  for (const Value& element : list) depth = std::max(depth, element.nesting());
  CheckNesting(depth + 1);
  PutHeap(ValueType::kList, std::move(list));
  Put(4, depth + 1);
}
Value::Value(DateTime t) : Value() { PutHeap(ValueType::kDateTime, std::move(t)); }
Value::Value(Duration d) : Value() { PutHeap(ValueType::kDuration, d); }
Value::Value(Path path) : Value() { PutHeap(ValueType::kPath, std::move(path)); }

Value Value::OfMap(Map map) {
  const auto less = [](const auto& a, const auto& b) { return a.first < b.first; };
  std::stable_sort(map.begin(), map.end(), less);
  Map unique;
  unique.reserve(map.size());
  for (auto& entry : map) {
    if (!unique.empty() && unique.back().first == entry.first) {
      unique.back().second = std::move(entry.second);
    } else {
      unique.push_back(std::move(entry));
    }
  }
  std::uint32_t depth = 0;
  for (const auto& entry : unique) depth = std::max(depth, entry.second.nesting());
  CheckNesting(depth + 1);
  Value v;
  v.PutHeap(ValueType::kMap, std::move(unique));
  v.Put(4, depth + 1);
  return v;
}

std::string_view Value::as_string() const noexcept {
  assert(is_string());
  if (!IsCounted()) return {reinterpret_cast<const char*>(raw_ + 2), raw_[1]};
  auto* string = Get<CountedString*>(8);
  return {string->data(), string->size};
}

const List& Value::as_list() const {
  assert(is_list());
  return Heap<List>();
}

const Map& Value::as_map() const {
  assert(is_map());
  return Heap<Map>();
}

const DateTime& Value::as_date_time() const {
  assert(type() == ValueType::kDateTime);
  return Heap<DateTime>();
}

const Duration& Value::as_duration() const {
  assert(type() == ValueType::kDuration);
  return Heap<Duration>();
}

const Path& Value::as_path() const {
  assert(is_path());
  return Heap<Path>();
}

const Value* Value::Find(std::string_view key) const {
  const Map& map = as_map();
  const auto at =
      std::lower_bound(map.begin(), map.end(), key,
                       [](const auto& entry, std::string_view k) { return entry.first < k; });
  return at != map.end() && at->first == key ? &at->second : nullptr;
}

void Value::Retain() const noexcept {
  Get<std::atomic<std::uint32_t>*>(8)->fetch_add(1, std::memory_order_relaxed);
}

void Value::Release() noexcept {
  void* p = Get<void*>(8);
  switch (type()) {
    case ValueType::kString: {
      auto* string = static_cast<CountedString*>(p);
      if (string->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        string->~CountedString();
        ::operator delete(string);
      }
      return;
    }
    case ValueType::kList:
      return Drop<List>(p);
    case ValueType::kMap:
      return Drop<Map>(p);
    case ValueType::kDateTime:
      return Drop<DateTime>(p);
    case ValueType::kDuration:
      return Drop<Duration>(p);
    case ValueType::kPath:
      return Drop<Path>(p);
    default:
      assert(false);
  }
}

}  // namespace verbale::graph
