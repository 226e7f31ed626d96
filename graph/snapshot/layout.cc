#include "graph/snapshot/layout.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "graph/error.h"
#include "graph/snapshot/snapshot_builder.h"

namespace verbale::graph::snapshot {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

// Past so many patches, and past an eighth of what is laid out, reading through the Delta costs
// more than laying out again, shared over the writes that led there.
constexpr std::uint64_t kFewPatches = 4096;
constexpr std::uint64_t kManyPatches = 100'000;

std::uint32_t RowOf(NodeId id, const RowsOfIds& rows) {
  if (const auto row = rows.Find(id.value)) return *row;
  throw Error(ErrorCode::kCorruption,
              "a relationship ends at node " + std::to_string(id.value) + ", which is not there");
}

}  // namespace

bool IsTimeToLayOut(const GraphState& state) {
  const std::uint64_t patches = state.delta().patches;
  const std::uint64_t base = state.base().node_count() + std::uint64_t{state.base().rel_count()};
  return patches > kManyPatches || patches > std::max(kFewPatches, base / 8);
}

GraphState LayOut(std::shared_ptr<const store::State> pinned) {
  NameCatalog names(pinned->names());
  if (pinned->sequence() == 0) return {Snapshot::Empty(), std::move(names), std::move(pinned), 0};
  SnapshotBuilder builder(names);
  std::vector<std::uint64_t> ids;
  pinned->ForEachNode([&](const store::StoredNode& node) {
    const std::uint32_t row = builder.AddNode(node.id, node.labels);
    for (const auto& [key, value] : node.properties) builder.SetNodeProperty(row, key, value);
    ids.push_back(node.id.value);
  });
  const RowsOfIds rows(std::move(ids));
  pinned->ForEachRel([&](const store::StoredRel& rel) {
    const std::uint32_t row = builder.AddRel(rel.id, RowOf(rel.source, rows), rel.type,
                                             RowOf(rel.target, rows), rel.support);
    for (const auto& [key, value] : rel.properties) builder.SetRelProperty(row, key, value);
  });
  auto base = std::move(builder).Build();
  return {std::move(base), std::move(names), std::move(pinned), 0};
}

GraphState LayOutAgain(const GraphState& state) {
  SnapshotBuilder builder(state.names);
  std::vector<std::uint32_t> rows(state.delta().node_limit, kNone);
  for (std::uint32_t no = 0; no < rows.size(); ++no) {
    const NodeNo node{no};
    if (!state.Exists(node)) continue;
    rows[no] = builder.AddNode(state.Id(node), state.Labels(node));
    for (const auto& [key, value] : state.Properties(node)) {
      builder.SetNodeProperty(rows[no], key, value);
    }
  }
  for (std::uint32_t no = 0; no < state.delta().rel_limit; ++no) {
    const RelNo rel{no};
    if (!state.Exists(rel)) continue;
    const RelEnds ends = state.Ends(rel);
    const std::uint32_t row = builder.AddRel(state.Id(rel), rows[ends.source.value], ends.type,
                                             rows[ends.target.value], state.Support(rel));
    for (const auto& [key, value] : state.Properties(rel)) builder.SetRelProperty(row, key, value);
  }
  return {std::move(builder).Build(), state.names, state.pinned, state.delta().epoch};
}

}  // namespace verbale::graph::snapshot
