#include "graph/store/pending.h"

#include <algorithm>
#include <map>
#include <utility>

namespace verbale::graph::store {
namespace {

/// What a batch leaves of each key of a space: its value, or nothing.
using Writes = std::map<std::string, std::optional<std::string>, std::less<>>;

/// A walk over keys below, with writes over them.
class PendingCursor final : public Cursor {
 public:
  PendingCursor(std::unique_ptr<Cursor> below, const Writes& writes, std::string_view prefix)
      : below_(std::move(below)), write_(writes.lower_bound(prefix)), end_(writes.end()) {
    const std::string end = PrefixEnd(prefix);
    if (!end.empty()) end_ = writes.lower_bound(end);
    SkipDeleted();
  }

  bool Valid() const override { return write_ != end_ || below_->Valid(); }
  void Next() override {
    Pass();
    SkipDeleted();
  }
  std::string_view key() const override { return OnWrite() ? write_->first : below_->key(); }
  std::string_view value() const override { return OnWrite() ? *write_->second : below_->value(); }

 private:
  /// Whether the next key is that of a write; the cursor below may have it, too.
  bool OnWrite() const {
    return write_ != end_ && (!below_->Valid() || write_->first <= below_->key());
  }
  void Pass() {
    if (!OnWrite()) return below_->Next();
    if (below_->Valid() && below_->key() == write_->first) below_->Next();
    ++write_;
  }
  void SkipDeleted() {
    while (OnWrite() && !write_->second) Pass();
  }

  std::unique_ptr<Cursor> below_;
  Writes::const_iterator write_, end_;
};

class PendingReader final : public Reader {
 public:
  PendingReader(std::shared_ptr<const State> state, const Batch& batch) : state_(std::move(state)) {
    for (const Batch::Operation& operation : batch.operations()) {
      writes_[static_cast<std::size_t>(operation.space)][operation.key] = operation.value;
    }
  }

  std::optional<std::string> Get(Space space, std::string_view key) const override {
    const auto write = Of(space).find(key);
    return write == Of(space).end() ? state_->reader().Get(space, key) : write->second;
  }
  std::vector<std::optional<std::string>> MultiGet(
      Space space, std::span<const std::string> keys) const override {
    auto values = state_->reader().MultiGet(space, keys);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const auto write = Of(space).find(keys[i]);
      if (write != Of(space).end()) values[i] = write->second;
    }
    return values;
  }
  std::unique_ptr<Cursor> Scan(Space space, std::string_view prefix) const override {
    return std::make_unique<PendingCursor>(state_->reader().Scan(space, prefix), Of(space), prefix);
  }
  std::unique_ptr<Cursor> Walk(Space space) const override {
    return std::make_unique<PendingCursor>(state_->reader().Walk(space), Of(space), "");
  }

 private:
  const Writes& Of(Space space) const { return writes_[static_cast<std::size_t>(space)]; }

  std::shared_ptr<const State> state_;  // What is below.
  std::array<Writes, kSpaceCount> writes_;
};

}  // namespace

Names Extended(Names names, const Names& more) {
  const auto append = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(names.labels, more.labels);
  append(names.types, more.types);
  append(names.keys, more.keys);
  return names;
}

std::vector<SchemaItem> SchemaAfter(std::vector<SchemaItem> schema, const Commit& commit) {
  for (const std::string& name : commit.schema_dropped) {
    std::erase_if(schema, [&](const SchemaItem& item) { return item.name == name; });
  }
  schema.insert(schema.end(), commit.schema_created.begin(), commit.schema_created.end());
  std::sort(schema.begin(), schema.end(),
            [](const SchemaItem& a, const SchemaItem& b) { return a.name < b.name; });
  return schema;
}

std::shared_ptr<const State> StateAfter(std::shared_ptr<const State> state, const Commit& commit) {
  const Counters counters{state->sequence() + 1, state->history(),
                          commit.manual_ids.value_or(state->manual_ids())};
  auto names = std::make_shared<const Names>(Extended(state->names(), commit.new_names));
  auto schema =
      std::make_shared<const std::vector<SchemaItem>>(SchemaAfter(state->schema(), commit));
  auto reader = std::make_shared<const PendingReader>(std::move(state), commit.batch);
  return std::make_shared<const State>(std::move(reader), std::move(names), std::move(schema),
                                       counters);
}

}  // namespace verbale::graph::store
