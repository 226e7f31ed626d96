// A Snapshot in the order of the store's keys. The Snapshot numbers nodes by label; the store
// orders by id. So nodes are taken by id, and what each of them has in the Snapshot is put in order
// by the ids at the other ends: short lists, mostly in order already.

#include "graph/ingest/import_runs.h"

#include <algorithm>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/parallel.h"
#include "graph/store/coding.h"
#include "graph/store/keys.h"
#include "graph/store/records.h"

namespace verbale::graph::ingest {
namespace {

using snapshot::Columns;
using snapshot::Snapshot;
using store::RecordLayer;
using store::Space;

void TakeProperties(const Columns& columns, std::uint32_t row, store::Properties& properties) {
  properties.clear();
  for (const auto& column : columns) {
    if (const auto slot = column.Slot(row))
      properties.emplace_back(column.key, column.AtSlot(*slot));
  }
}

/// Numbers of nodes in the order of their ids.
std::vector<std::uint32_t> ById(const Snapshot& snapshot) {
  std::vector<std::pair<NodeId, std::uint32_t>> nodes(snapshot.node_count());
  for (std::uint32_t no = 0; no < nodes.size(); ++no) nodes[no] = {snapshot.Id(NodeNo{no}), no};
  std::sort(nodes.begin(), nodes.end());
  std::vector<std::uint32_t> numbers(nodes.size());
  std::transform(nodes.begin(), nodes.end(), numbers.begin(),
                 [](const auto& node) { return node.second; });
  return numbers;
}

/// Sorts what mostly is in order.
template <typename T>
void SortMostlySorted(std::vector<T>& items) {
  if (!std::is_sorted(items.begin(), items.end())) std::sort(items.begin(), items.end());
}

class RunMaker {
 public:
  RunMaker(const Snapshot& snapshot, const Declared& declared, const std::string& author)
      : snapshot_(snapshot), declared_(declared), author_(author), by_id_(ById(snapshot)) {}

  void Nodes(store::SortedRun& nodes, store::SortedRun& index) const {
    std::string keys;  // One behind the other: millions of texts by themselves take twice the room.
    std::vector<std::size_t> ends;
    for (const std::uint32_t no : by_id_) {
      const snapshot::Run& run = snapshot_.RunOf(NodeNo{no});
      const NodeId id = snapshot_.Id(NodeNo{no});
      store::ManualNode node;
      node.created = true;
      node.author = author_;
      node.labels_added = run.labels;
      std::sort(node.labels_added.begin(), node.labels_added.end());
      TakeProperties(run.columns, no - run.first, node.properties);
      nodes.Add(NodeKey(id, RecordLayer::kManual), Encode(node));
      if (declared_.indexes.empty()) continue;
      for (const std::string& key :
           declared_.indexes.Entries(store::StoredNode{id, node.labels_added, node.properties})) {
        keys += key;
        ends.push_back(keys.size());
      }
    }
    std::vector<std::string_view> entries;
    entries.reserve(ends.size());
    for (std::size_t begin = 0; const std::size_t end : ends) {
      entries.push_back(std::string_view(keys).substr(begin, end - begin));
      begin = end;
    }
    ends = {};
    SortMostlySorted(entries);
    for (const SchemaItem& item : declared_.schema) {
      if (item.kind == SchemaKind::kUnique && item.keys.size() == 1) CheckUnique(item, entries);
    }
    for (const std::string_view key : entries) index.Add(key, {});
  }

  void Rels(store::SortedRun& rels) const {
    struct Leaving {
      RelId id;
      RelNo rel;
      TypeId type;
      NodeNo target;
      bool operator<(const Leaving& other) const { return id < other.id; }
    };
    std::vector<Leaving> leaving;
    store::ManualRel record;
    record.created = true;
    record.author = author_;
    std::string key, value;
    for (const std::uint32_t no : by_id_) {
      leaving.clear();
      ForEachRel(no, Direction::kOut, [&](TypeId type, NodeNo target, RelNo rel) {
        leaving.push_back({snapshot_.Id(rel), rel, type, target});
      });
      SortMostlySorted(leaving);
      for (const Leaving& l : leaving) {
        const snapshot::TypeBlock& block = snapshot_.types[l.type.value];
        record.type = l.type;
        record.target = snapshot_.Id(l.target);
        TakeProperties(block.columns, l.rel.value - block.first, record.properties);
        key.clear();
        value.clear();
        AppendRelRecordKey(key, {snapshot_.Id(NodeNo{no}), l.id}, RecordLayer::kManual);
        AppendRecord(value, record);
        rels.Add(key, value);
      }
    }
  }

  /// Of one half of the nodes: two runs are short enough that threads end together.
  void Adjacency(Direction direction, bool second_half, store::SortedRun& run) const {
    struct Entry {
      TypeId type;
      NodeId far;
      RelId rel;
      auto operator<=>(const Entry&) const = default;
    };
    std::vector<Entry> entries;
    std::string key;
    const std::size_t half = by_id_.size() / 2;
    const std::span nodes(by_id_);
    for (const std::uint32_t no : second_half ? nodes.subspan(half) : nodes.first(half)) {
      entries.clear();
      ForEachRel(no, direction, [&](TypeId type, NodeNo far, RelNo rel) {
        entries.push_back({type, snapshot_.Id(far), snapshot_.Id(rel)});
      });
      SortMostlySorted(entries);
      for (const Entry& e : entries) {
        key.clear();
        store::AppendAdjacencyKey(key, snapshot_.Id(NodeNo{no}), e.type, e.far, e.rel);
        run.Add(key, {});
      }
    }
  }

 private:
  template <typename Visit>
  void ForEachRel(std::uint32_t no, Direction direction, const Visit& visit) const {
    for (std::uint32_t type = 0; type < snapshot_.types.size(); ++type) {
      const graph::Adjacency rels = snapshot_.Neighbours(NodeNo{no}, direction, TypeId{type});
      for (std::size_t i = 0; i < rels.size(); ++i) visit(TypeId{type}, rels.nodes[i], rels.rel(i));
    }
  }

  /// `entries`, ascending, are those of all indexes: equal values stand side by side.
  void CheckUnique(const SchemaItem& item, const std::vector<std::string_view>& entries) const {
    const KeyId key = *declared_.names.FindKey(item.keys.front());
    const std::string prefix = store::IndexPrefix(*declared_.names.FindLabel(item.label), key);
    auto at = std::lower_bound(entries.begin(), entries.end(), prefix);
    for (std::string_view last; at != entries.end() && at->starts_with(prefix); last = *at++) {
      const auto value_in = [](std::string_view e) {
        return e.substr(0, e.size() - sizeof(NodeId));
      };
      if (last.empty() || value_in(last) != value_in(*at)) continue;
      const Value value = ValueAt(*at, key);
      if (!Equals(ValueAt(last, key), value).value_or(false)) continue;  // Neither is a number.
      throw Error(ErrorCode::kAlreadyExists, "constraint " + item.name +
                                                 ": two nodes (:" + item.label +
                                                 ") have the same `" + item.keys.front() + "`");
    }
  }

  /// Of the node that an index entry ends with.
  Value ValueAt(std::string_view entry, KeyId key) const {
    store::ByteReader id(entry.substr(entry.size() - sizeof(NodeId)), "index key");
    const NodeNo node = *snapshot_.Find(NodeId{id.U64()});
    const snapshot::Run& run = snapshot_.RunOf(node);
    const snapshot::Column* column = snapshot::FindColumn(run.columns, key);
    return column->AtSlot(*column->Slot(node.value - run.first));
  }

  const Snapshot& snapshot_;
  const Declared& declared_;
  const std::string& author_;
  std::vector<std::uint32_t> by_id_;
};

}  // namespace

store::SortedRuns MakeRuns(store::Store& store, const Snapshot& snapshot, const Declared& declared,
                           const std::string& author) {
  store::SortedRuns runs;
  const auto add = [&](Space space) -> store::SortedRun& {
    return *runs.emplace_back(store.NewRun(space));
  };
  store::SortedRun &nodes = add(Space::kNodes), &index = add(Space::kIndex);
  store::SortedRun& rels = add(Space::kRels);
  const RunMaker maker(snapshot, declared, author);
  // What takes longest comes first, so that the threads end at nearly the same time.
  std::vector<std::function<void()>> works = {[&] { maker.Rels(rels), rels.Finish(); }};
  for (const Direction direction : {Direction::kIn, Direction::kOut}) {
    for (const bool second_half : {false, true}) {
      store::SortedRun& run = add(direction == Direction::kIn ? Space::kIn : Space::kOut);
      works.emplace_back([&maker, &run, direction, second_half] {
        maker.Adjacency(direction, second_half, run), run.Finish();
      });
    }
  }
  works.emplace_back([&] { maker.Nodes(nodes, index), nodes.Finish(), index.Finish(); });
  RunParts(works.size(), 2, [&](std::size_t part, std::size_t) { works[part](); });
  return runs;
}

}  // namespace verbale::graph::ingest
