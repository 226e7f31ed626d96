// A Snapshot in the order of the store's keys. The Snapshot numbers nodes by label; the store
// orders by id. So nodes are taken by id, and what each of them has in the Snapshot is put in order
// by the ids at the other ends: short lists, mostly in order already.

#include "graph/ingest/import_runs.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "graph/parallel.h"
#include "graph/store/keys.h"
#include "graph/store/records.h"

namespace verbale::graph::ingest {
namespace {

using snapshot::Columns;
using snapshot::Snapshot;
using store::RecordLayer;
using store::Space;

store::Properties PropertiesAt(const Columns& columns, std::uint32_t row) {
  store::Properties properties;
  for (const auto& column : columns) {
    if (const auto slot = column.Slot(row))
      properties.emplace_back(column.key, column.AtSlot(*slot));
  }
  return properties;
}

class RunMaker {
 public:
  RunMaker(const Snapshot& snapshot, const store::Indexes& indexes, const std::string& author)
      : snapshot_(snapshot), indexes_(indexes), author_(author), by_id_(snapshot.node_count()) {
    std::iota(by_id_.begin(), by_id_.end(), 0);
    std::sort(by_id_.begin(), by_id_.end(), [&](std::uint32_t a, std::uint32_t b) {
      return snapshot.Id(NodeNo{a}) < snapshot.Id(NodeNo{b});
    });
  }

  void Nodes(store::SortedRun& nodes, store::SortedRun& index) const {
    std::vector<std::string> entries;
    for (const std::uint32_t no : by_id_) {
      const snapshot::Run& run = snapshot_.RunOf(NodeNo{no});
      const NodeId id = snapshot_.Id(NodeNo{no});
      store::ManualNode node;
      node.created = true;
      node.author = author_;
      node.labels_added = run.labels;
      std::sort(node.labels_added.begin(), node.labels_added.end());
      node.properties = PropertiesAt(run.columns, no - run.first);
      nodes.Add(NodeKey(id, RecordLayer::kManual), Encode(node));
      if (indexes_.empty()) continue;
      for (auto& key :
           indexes_.Entries(store::StoredNode{id, node.labels_added, node.properties})) {
        entries.push_back(std::move(key));
      }
    }
    std::sort(entries.begin(), entries.end());
    for (const std::string& key : entries) index.Add(key, {});
  }

  void Rels(store::SortedRun& rels) const {
    std::vector<std::pair<RelId, RelNo>> leaving;
    store::ManualRel record;
    record.created = true;
    record.author = author_;
    for (const std::uint32_t no : by_id_) {
      leaving.clear();
      ForEachRel(no, Direction::kOut,
                 [&](TypeId, NodeNo, RelNo rel) { leaving.emplace_back(snapshot_.Id(rel), rel); });
      std::sort(leaving.begin(), leaving.end());
      for (const auto& [id, rel] : leaving) {
        const RelEnds ends = snapshot_.Ends(rel);
        const snapshot::TypeBlock& block = snapshot_.types[ends.type.value];
        record.type = ends.type;
        record.target = snapshot_.Id(ends.target);
        record.properties = PropertiesAt(block.columns, rel.value - block.first);
        rels.Add(RelRecordKey({snapshot_.Id(NodeNo{no}), id}, RecordLayer::kManual),
                 Encode(record));
      }
    }
  }

  void Adjacency(Direction direction, store::SortedRun& run) const {
    struct Entry {
      TypeId type;
      NodeId far;
      RelId rel;
      auto operator<=>(const Entry&) const = default;
    };
    std::vector<Entry> entries;
    std::string key;
    for (const std::uint32_t no : by_id_) {
      entries.clear();
      ForEachRel(no, direction, [&](TypeId type, NodeNo far, RelNo rel) {
        entries.push_back({type, snapshot_.Id(far), snapshot_.Id(rel)});
      });
      std::sort(entries.begin(), entries.end());
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

  const Snapshot& snapshot_;
  const store::Indexes& indexes_;
  const std::string& author_;
  std::vector<std::uint32_t> by_id_;
};

}  // namespace

store::SortedRuns MakeRuns(store::Store& store, const Snapshot& snapshot,
                           const store::Indexes& indexes, const std::string& author) {
  store::SortedRuns runs;
  const auto add = [&](Space space) -> store::SortedRun& {
    runs.push_back(store.NewRun(space));
    return *runs.back();
  };
  store::SortedRun& nodes = add(Space::kNodes);
  store::SortedRun& index = add(Space::kIndex);
  store::SortedRun& rels = add(Space::kRels);
  store::SortedRun& out = add(Space::kOut);
  store::SortedRun& in = add(Space::kIn);
  const RunMaker maker(snapshot, indexes, author);
  RunParts(2, 2, [&](std::size_t part, std::size_t) {
    if (part == 0) {
      maker.Nodes(nodes, index);
      maker.Rels(rels);
    } else {
      maker.Adjacency(Direction::kOut, out);
      maker.Adjacency(Direction::kIn, in);
    }
  });
  return runs;
}

}  // namespace verbale::graph::ingest
