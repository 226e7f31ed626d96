#include "graph/snapshot/snapshot.h"

#include <algorithm>

namespace verbale::graph::snapshot {

const std::shared_ptr<const Snapshot>& Snapshot::Empty() {
  static const auto empty = std::make_shared<const Snapshot>();
  return empty;
}

std::span<const std::uint32_t> Snapshot::RunsOf(LabelId label) const {
  if (label.value >= label_runs.size()) return {};
  return label_runs[label.value];
}

std::uint64_t Snapshot::CountOf(LabelId label) const {
  std::uint64_t count = 0;
  for (const std::uint32_t run : RunsOf(label)) count += runs[run].count;
  return count;
}

std::optional<NodeNo> Snapshot::Find(NodeId id) const {
  for (const std::uint32_t no : nodes_by_id.Candidates(id.value)) {
    if (Id(NodeNo{no}) == id) return NodeNo{no};
  }
  return std::nullopt;
}

std::optional<RelNo> Snapshot::Find(RelId id) const {
  std::call_once(rels_by_id_made_, [this] {
    rel_ids.Touch();
    std::vector<std::uint64_t> hashes;
    hashes.reserve(rel_ids.size());
    for (std::uint32_t no = 0; no < rel_count(); ++no) hashes.push_back(Id(RelNo{no}).value);
    rels_by_id_ = HashRows(hashes);
  });
  for (const std::uint32_t no : rels_by_id_.Candidates(id.value)) {
    if (Id(RelNo{no}) == id) return RelNo{no};
  }
  return std::nullopt;
}

AdjacencyTable::Arrays Snapshot::Table(Direction direction, TypeId type) const {
  AdjacencyTable::Arrays arrays;
  if (type.value < types.size()) {
    const TypeBlock& block = types[type.value];
    if (!block.is_touched.is_set()) TouchAdjacency(block);
    const bool out = direction == Direction::kOut;
    const Starts& starts = out ? block.out : block.in;
    arrays.first = starts.first;
    arrays.starts = {starts.starts.data(), starts.starts.size()};
    arrays.nodes = out ? targets.data() + block.first : block.in_sources.data();
    arrays.rels = out ? nullptr : block.in_rels.data();
    arrays.first_rel = RelNo{out ? block.first : 0};
  }
  return arrays;
}

bool Snapshot::AllHaveLabel(TypeId type, Direction direction, LabelId label) const {
  if (CountOf(type) == 0) return true;
  const TypeBlock& block = types[type.value];
  const Starts& starts = direction == Direction::kOut ? block.out : block.in;
  const std::uint32_t last =
      starts.first + static_cast<std::uint32_t>(starts.starts.size() - 2);  // Has an entry.
  run_of.Touch(starts.first);
  run_of.Touch(last);
  const std::span<const std::uint32_t> with_label = RunsOf(label);
  for (std::int64_t run = run_of[starts.first]; run <= run_of[last]; ++run) {
    if (!std::binary_search(with_label.begin(), with_label.end(), run)) return false;
  }
  return true;
}

TypeId Snapshot::TypeOf(RelNo rel) const {
  const auto after =
      std::upper_bound(types_by_first.begin(), types_by_first.end(), rel.value,
                       [this](std::uint32_t no, std::uint32_t t) { return no < types[t].first; });
  return TypeId{*(after - 1)};
}

void TypeBlock::SourcesFrom(RelNo rel, std::span<NodeNo> out_nodes) const {
  const FlatArray<std::uint32_t>& starts = out.starts;
  std::uint32_t entry = rel.value - first;
  const std::uint32_t mark = entry / kMarkEvery;
  const bool is_verified = is_touched.is_set();
  if (!is_verified) source_marks.Touch(mark, mark + 1 < source_marks.size() ? 2 : 1);
  const std::uint32_t low = source_marks[mark];
  const std::size_t high =
      mark + 1 < source_marks.size() ? source_marks[mark + 1] : starts.size() - 2;
  if (!is_verified) starts.Touch(low, high - low + 2);
  // The last one whose entries begin here or before.
  const auto begin = starts.begin();
  auto source = static_cast<std::uint32_t>(
      std::upper_bound(begin + low + 1, begin + static_cast<std::ptrdiff_t>(high) + 1, entry) -
      begin - 1);
  if (is_verified) return FillSources(source, entry, out_nodes);
  for (NodeNo& node : out_nodes) {
    while (starts[source + 1] <= entry) {
      starts.Touch(source + 2);
      ++source;
    }
    node = NodeNo{out.first + source};
    ++entry;
  }
}

/// From `entry` on, which is one of `source`. Each source is written some times at once, and what
/// was too much is written over by the next: how many there are of each cannot be foreseen.
void TypeBlock::FillSources(std::uint32_t source, std::uint32_t entry,
                            std::span<NodeNo> out_nodes) const {
  constexpr std::size_t kAtOnce = 16;
  const std::uint32_t* const starts = out.starts.data();
  std::size_t done = 0;
  while (done + kAtOnce <= out_nodes.size()) {
    const NodeNo node{out.first + source};
    for (std::size_t i = 0; i < kAtOnce; ++i) out_nodes[done + i] = node;
    const std::size_t left = starts[source + 1] - entry;
    const std::size_t taken = std::min(left, kAtOnce);
    source += left <= kAtOnce ? 1 : 0;
    entry += static_cast<std::uint32_t>(taken);
    done += taken;
  }
  for (; done < out_nodes.size(); ++done, ++entry) {
    while (starts[source + 1] <= entry) ++source;
    out_nodes[done] = NodeNo{out.first + source};
  }
}

RelEnds Snapshot::Ends(RelNo rel) const {
  const TypeId type = TypeOf(rel);
  RelEnds ends{kNoNode, kNoNode, type};
  types[type.value].SourcesFrom(rel, {&ends.source, 1});
  targets.Touch(rel.value);
  ends.target = targets[rel.value];
  return ends;
}

void Snapshot::NodesOf(RelNo rel, Direction direction, std::span<NodeNo> out) const {
  if (direction == Direction::kOut) return BlockOf(rel).SourcesFrom(rel, out);
  targets.Touch(rel.value, out.size());
  std::copy_n(targets.data() + rel.value, out.size(), out.data());
}

void Snapshot::ConnectDictionaries() {
  const auto connect = [](Columns& columns, const auto& dictionaries) {
    for (Column& column : columns) column.dictionary = dictionaries[column.key.value];
  };
  for (Run& run : runs) connect(run.columns, node_dictionaries);
  for (TypeBlock& block : types) connect(block.columns, rel_dictionaries);
}

const HashRows* Snapshot::FindIndex(LabelId label, KeyId key) const {
  for (const KeptIndex& index : indexes) {
    if (index.label == label && index.key == key) return &index.rows;
  }
  return nullptr;
}

void Snapshot::TouchAdjacency(const TypeBlock& block) const {
  block.out.starts.Touch();
  block.source_marks.Touch();
  block.in.starts.Touch();
  block.in_sources.Touch();
  block.in_rels.Touch();
  targets.Touch(block.first, block.count);
  block.is_touched.Set();
}

}  // namespace verbale::graph::snapshot
