// An engine in memory: a sorted map for each space, whose entries keep their versions.
//
// Each batch has a number. A write appends a version to its entry; a reader that is pinned at
// number n sees the last version with a number ≤ n. Versions that no pinned reader can see are
// dropped when their entry is written again, and entries that end in a deletion are swept when no
// reader is pinned. So a snapshot costs nothing, and a walk goes on undisturbed while others write:
// an entry never vanishes below a pinned reader.

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

#include "graph/error.h"
#include "graph/store/engine.h"

namespace verbale::graph::store {
namespace {

struct Version {
  std::uint64_t number;
  std::optional<std::string> value;
};
using Table = std::map<std::string, std::vector<Version>, std::less<>>;

/// The tables, shared by the engine and its pinned readers.
struct Tables {
  mutable std::shared_mutex mutex;  // guards everything below
  std::array<Table, kSpaceCount> spaces;
  std::uint64_t number = 0;
  mutable std::multiset<std::uint64_t> pinned;
  std::vector<std::pair<Space, std::string>> deleted;  // entries to sweep

  Table& table(Space space) { return spaces[static_cast<std::size_t>(space)]; }
  const Table& table(Space space) const { return spaces[static_cast<std::size_t>(space)]; }
};

const std::string* Visible(const std::vector<Version>& versions, std::uint64_t number) {
  for (auto it = versions.rbegin(); it != versions.rend(); ++it) {
    if (it->number <= number) return it->value ? &*it->value : nullptr;
  }
  return nullptr;
}

/// A number at which the tables can be read for as long as this lives.
class Pin {
 public:
  explicit Pin(std::shared_ptr<const Tables> tables) : tables_(std::move(tables)) {
    const std::unique_lock lock(tables_->mutex);
    number_ = tables_->number;
    tables_->pinned.insert(number_);
  }
  ~Pin() {
    const std::unique_lock lock(tables_->mutex);
    tables_->pinned.erase(tables_->pinned.find(number_));
  }
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;

  const Tables& tables() const { return *tables_; }
  std::uint64_t number() const { return number_; }

 private:
  std::shared_ptr<const Tables> tables_;
  std::uint64_t number_ = 0;
};

class MemoryCursor final : public Cursor {
 public:
  MemoryCursor(std::shared_ptr<const Pin> pin, Space space, std::string_view prefix)
      : pin_(std::move(pin)), table_(pin_->tables().table(space)), prefix_(prefix) {
    const std::shared_lock lock(pin_->tables().mutex);
    it_ = table_.lower_bound(prefix_);
    Settle();
  }

  bool Valid() const override { return valid_; }
  void Next() override {
    const std::shared_lock lock(pin_->tables().mutex);
    ++it_;
    Settle();
  }
  std::string_view key() const override { return key_; }
  std::string_view value() const override { return value_; }

 private:
  // Moves on to the next entry that this state has, and copies it.
  void Settle() {
    for (; it_ != table_.end() && it_->first.starts_with(prefix_); ++it_) {
      if (const std::string* value = Visible(it_->second, pin_->number())) {
        key_ = it_->first;
        value_ = *value;
        valid_ = true;
        return;
      }
    }
    valid_ = false;
  }

  std::shared_ptr<const Pin> pin_;  // shared with the reader that made this cursor
  const Table& table_;
  std::string prefix_;
  Table::const_iterator it_;
  bool valid_ = false;
  std::string key_, value_;
};

class PinnedReader final : public Reader {
 public:
  explicit PinnedReader(const std::shared_ptr<const Tables>& tables)
      : pin_(std::make_shared<const Pin>(tables)) {}

  std::optional<std::string> Get(Space space, std::string_view key) const override {
    const std::shared_lock lock(pin_->tables().mutex);
    const Table& table = pin_->tables().table(space);
    const auto it = table.find(key);
    if (it == table.end()) return std::nullopt;
    const std::string* value = Visible(it->second, pin_->number());
    return value ? std::optional(*value) : std::nullopt;
  }
  std::vector<std::optional<std::string>> MultiGet(
      Space space, std::span<const std::string> keys) const override {
    std::vector<std::optional<std::string>> values;
    values.reserve(keys.size());
    for (const std::string& key : keys) values.push_back(Get(space, key));
    return values;
  }
  std::unique_ptr<Cursor> Scan(Space space, std::string_view prefix) const override {
    return std::make_unique<MemoryCursor>(pin_, space, prefix);
  }
  std::unique_ptr<Cursor> Walk(Space space) const override { return Scan(space, {}); }

 private:
  std::shared_ptr<const Pin> pin_;  // shared with the cursors
};

class MemoryEngine final : public Engine {
 public:
  std::optional<std::string> Get(Space space, std::string_view key) const override {
    return PinnedReader(tables_).Get(space, key);
  }
  std::vector<std::optional<std::string>> MultiGet(
      Space space, std::span<const std::string> keys) const override {
    return PinnedReader(tables_).MultiGet(space, keys);
  }
  std::unique_ptr<Cursor> Scan(Space space, std::string_view prefix) const override {
    return PinnedReader(tables_).Scan(space, prefix);
  }
  std::unique_ptr<Cursor> Walk(Space space) const override { return Scan(space, {}); }

  Capabilities capabilities() const override { return {}; }
  std::shared_ptr<const Reader> Snapshot() const override {
    return std::make_shared<const PinnedReader>(tables_);
  }

  void Write(const Batch& batch, Sync) override {
    const std::unique_lock lock(tables_->mutex);
    const std::uint64_t number = ++tables_->number;
    Sweep();
    for (const Batch::Operation& operation : batch.operations()) {
      Put(operation.space, operation.key, operation.value, number);
    }
  }

  std::uint64_t SizeInBytes() const override {
    const std::shared_lock lock(tables_->mutex);
    std::uint64_t size = 0;
    for (const Table& table : tables_->spaces) {
      for (const auto& [key, versions] : table) {
        size += key.size();
        for (const Version& version : versions) size += version.value ? version.value->size() : 0;
      }
    }
    return size;
  }

 private:
  void Put(Space space, const std::string& key, const std::optional<std::string>& value,
           std::uint64_t number) {
    Table& table = tables_->table(space);
    if (!value && !table.contains(key)) return;
    std::vector<Version>& versions = table[key];
    DropUnseen(versions);
    if (!versions.empty() && versions.back().number == number) {
      versions.back().value = value;
    } else {
      versions.push_back({number, value});
    }
    if (!value) tables_->deleted.emplace_back(space, key);
  }

  // Before a new version comes: keeps those that a pinned reader may see.
  void DropUnseen(std::vector<Version>& versions) const {
    if (tables_->pinned.empty()) versions.clear();
    if (versions.empty()) return;
    const std::uint64_t oldest = *tables_->pinned.begin();
    auto first = versions.end() - 1;
    while (first != versions.begin() && first->number > oldest) --first;
    versions.erase(versions.begin(), first);
  }

  // Erases entries that end in a deletion, once nobody is pinned.
  void Sweep() {
    if (!tables_->pinned.empty() || tables_->deleted.empty()) return;
    for (const auto& [space, key] : tables_->deleted) {
      Table& table = tables_->table(space);
      const auto it = table.find(key);
      if (it != table.end() && !it->second.back().value) table.erase(it);
    }
    tables_->deleted.clear();
  }

  std::shared_ptr<Tables> tables_ = std::make_shared<Tables>();  // shared with pinned readers
};

}  // namespace

std::unique_ptr<Engine> MakeMemoryEngine() { return std::make_unique<MemoryEngine>(); }

}  // namespace verbale::graph::store
