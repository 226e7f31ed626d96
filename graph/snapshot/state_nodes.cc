// Reading nodes of a state: the Snapshot, and over it the Delta.

#include <algorithm>

#include "graph/snapshot/state.h"

namespace verbale::graph::snapshot {
namespace {

bool Contains(const std::vector<LabelId>& labels, LabelId label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

/// Puts numbers into the caller's buffer until it is full.
class NodeSink {
 public:
  explicit NodeSink(std::span<NodeNo> out) : out_(out) {}
  bool full() const { return size_ == out_.size(); }
  std::size_t size() const { return size_; }
  void Put(std::uint32_t no) { out_[size_++] = NodeNo{no}; }
  /// [begin, end), as far as there is room.
  void PutRange(std::uint32_t begin, std::uint32_t end) {
    const std::size_t room = out_.size() - size_;
    if (end - begin > room) end = begin + static_cast<std::uint32_t>(room);
    NodeNo* const to = out_.data() + size_;
    for (std::uint32_t i = 0; i < end - begin; ++i) to[i] = NodeNo{begin + i};
    size_ += end - begin;
  }

 private:
  std::span<NodeNo> out_;
  std::size_t size_ = 0;
};

/// Nodes of the Snapshot in [begin, end), all of which have `label` there, without those that were
/// deleted or lost the label.
void ScanRange(const Delta& delta, std::optional<LabelId> label, std::uint32_t begin,
               std::uint32_t end, NodeSink& sink) {
  while (begin < end && !sink.full()) {
    // Up to the next one that was written, all are as they were.
    const std::uint32_t patched = std::min(delta.nodes.NextFrom(begin).value_or(end), end);
    sink.PutRange(begin, patched);
    begin = patched;
    if (begin == end || sink.full()) return;
    const NodePatch& patch = **delta.nodes.Find(begin);
    const bool lost = label && patch.labels_changed && !Contains(patch.labels, *label);
    if (!patch.deleted && !lost) sink.Put(begin);
    ++begin;
  }
}

}  // namespace

std::uint64_t GraphState::NodeCount(LabelId label) const {
  const std::uint64_t base = base_->CountOf(label);
  if (label.value >= delta_.labels.size()) return base;
  return base + static_cast<std::uint64_t>(delta_.labels[label.value].count);
}

bool GraphState::Exists(NodeNo node) const {
  if (const NodePatch* patch = Patch(node)) return !patch->deleted;
  return InBase(node);
}

std::size_t GraphState::ScanNodes(std::optional<LabelId> label, NodeNo from,
                                  std::span<NodeNo> out) const {
  NodeSink sink(out);
  // Members that the Snapshot does not have as such: they lie between its ranges, never within.
  const auto next_added = [&](std::uint32_t start) -> std::uint32_t {
    if (label) {
      if (label->value >= delta_.labels.size()) return delta_.node_limit;
      return delta_.labels[label->value].added.NextFrom(start).value_or(delta_.node_limit);
    }
    start = std::max(start, base_->node_count());
    while (start < delta_.node_limit && !Exists(NodeNo{start})) ++start;
    return start;
  };
  std::uint32_t added = next_added(from.value);
  const auto put_added_below = [&](std::uint32_t end) {
    for (; added < end && !sink.full(); added = next_added(added + 1)) sink.Put(added);
  };
  const auto scan = [&](std::uint32_t first, std::uint32_t end) {
    if (end <= from.value || sink.full()) return;
    put_added_below(first);
    ScanRange(delta_, label, std::max(from.value, first), end, sink);
  };
  if (label) {
    for (const std::uint32_t r : base_->RunsOf(*label)) {
      const Run& run = base_->runs[r];
      scan(run.first, run.first + run.count);
    }
  } else {
    scan(0, base_->node_count());
  }
  put_added_below(delta_.node_limit);
  return sink.size();
}

bool GraphState::BaseHasLabel(NodeNo node, LabelId label) const {
  return InBase(node) && Contains(base_->RunOf(node).labels, label);
}

bool GraphState::HasLabel(NodeNo node, LabelId label) const {
  const NodePatch* patch = Patch(node);
  if (patch && patch->labels_changed) return Contains(patch->labels, label);
  return BaseHasLabel(node, label);
}

std::vector<LabelId> GraphState::Labels(NodeNo node) const {
  const NodePatch* patch = Patch(node);
  if (patch && patch->labels_changed) return patch->labels;
  return InBase(node) ? base_->RunOf(node).labels : std::vector<LabelId>{};
}

NodeId GraphState::Id(NodeNo node) const {
  if (InBase(node)) return base_->Id(node);
  const NodePatch* patch = Patch(node);
  return patch ? patch->id : NodeId{};
}

std::optional<NodeNo> GraphState::Find(NodeId id) const {
  const auto base = base_->Find(id);
  if (base && Exists(*base)) return base;
  std::optional<NodeNo> created;
  delta_.created_nodes.ForEachCandidate(id.value, [&](std::uint32_t no) {
    if (Id(NodeNo{no}) == id && Exists(NodeNo{no})) created = NodeNo{no};
  });
  return created;
}

const NodeIndex* GraphState::FindIndex(LabelId label, KeyId key) const {
  for (const NodeIndex& index : delta_.indexes) {
    if (index.label == label && index.key == key) return &index;
  }
  return nullptr;
}

std::optional<std::vector<NodeNo>> GraphState::Lookup(LabelId label, KeyId key,
                                                      const Value& value) const {
  const NodeIndex* index = FindIndex(label, key);
  if (!index) return std::nullopt;
  std::vector<NodeNo> found;
  if (value.is_null()) return found;
  const auto check = [&](NodeNo node) {
    if (!Exists(node) || !HasLabel(node, label)) return;
    if (Equals(Property(node, key), value).value_or(false)) found.push_back(node);
  };
  const std::uint64_t hash = Hash(value);
  for (const std::uint32_t no : index->base->Candidates(hash)) check(NodeNo{no});
  const std::size_t from_base = found.size();
  index->added.ForEachCandidate(hash, [&](std::uint32_t no) { check(NodeNo{no}); });
  if (found.size() != from_base) {
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
  }
  return found;
}

}  // namespace verbale::graph::snapshot
