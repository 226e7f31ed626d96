// Reading relationships of a state: the Snapshot, and over it the Delta.

#include <algorithm>

#include "graph/snapshot/state.h"

namespace verbale::graph::snapshot {
namespace {

/// Past so many patches, questions about all of them are not answered exactly.
constexpr std::uint64_t kFewPatches = 8192;

}  // namespace

std::uint64_t GraphState::RelCount(TypeId type) const {
  const std::uint64_t base = base_->CountOf(type);
  if (type.value >= delta_.rel_types.size()) return base;
  return base + static_cast<std::uint64_t>(delta_.rel_types[type.value]);
}

bool GraphState::Exists(RelNo rel) const {
  if (const RelPatch* patch = Patch(rel)) return !patch->deleted;
  return InBase(rel);
}

RelId GraphState::Id(RelNo rel) const {
  if (InBase(rel)) return base_->Id(rel);
  const RelPatch* patch = Patch(rel);
  return patch ? patch->id : RelId{};
}

std::optional<RelNo> GraphState::Find(RelId id) const {
  const auto base = base_->Find(id);
  if (base && Exists(*base)) return base;
  std::optional<RelNo> created;
  delta_.created_rels.ForEachCandidate(id.value, [&](std::uint32_t no) {
    if (Id(RelNo{no}) == id && Exists(RelNo{no})) created = RelNo{no};
  });
  return created;
}

RelEnds GraphState::Ends(RelNo rel) const {
  if (InBase(rel)) return base_->Ends(rel);
  const RelPatch* patch = Patch(rel);
  return patch ? patch->ends : RelEnds{kNoNode, kNoNode, TypeId{}};
}

std::size_t GraphState::ScanRels(TypeId type, RelNo from, std::span<RelNo> out) const {
  std::size_t size = 0;
  std::uint32_t next = from.value;
  if (type.value < base_->types.size()) {
    const TypeBlock& block = base_->types[type.value];
    const std::uint32_t end = block.first + block.count;
    next = std::max(next, block.first);
    while (next < end && size < out.size()) {
      // Up to the next one that was written, all are as they were.
      const std::uint32_t patched = std::min(delta_.rels.NextFrom(next).value_or(end), end);
      const auto count =
          static_cast<std::uint32_t>(std::min<std::size_t>(patched - next, out.size() - size));
      for (std::uint32_t i = 0; i < count; ++i) out[size + i] = RelNo{next + i};
      next += count;
      size += count;
      if (next == patched && next < end && size < out.size()) {
        if (Exists(RelNo{next})) out[size++] = RelNo{next};
        ++next;
      }
    }
  }
  for (auto at = delta_.rels.NextFrom(std::max(next, base_->rel_count())); at && size < out.size();
       at = delta_.rels.NextFrom(*at + 1)) {
    const RelPatch& patch = **delta_.rels.Find(*at);
    if (!patch.deleted && patch.ends.type == type) out[size++] = RelNo{*at};
  }
  return size;
}

void GraphState::NodesOf(std::span<const RelNo> rels, Direction direction,
                         std::span<NodeNo> out) const {
  const bool source = direction == Direction::kOut;
  const FlatArray<NodeNo>& nodes = source ? base_->sources : base_->targets;
  if (rels.empty()) return;
  std::uint32_t gaps = 0;
  for (std::uint32_t i = 0; i < rels.size(); ++i) gaps |= rels[i].value ^ (rels[0].value + i);
  if (gaps == 0 && InBase(rels.back())) {
    nodes.Touch(rels[0].value, rels.size());
    std::copy_n(nodes.data() + rels[0].value, rels.size(), out.data());
    return;
  }
  nodes.Touch();
  for (std::size_t i = 0; i < rels.size(); ++i) {
    if (InBase(rels[i])) [[likely]] {
      out[i] = nodes[rels[i].value];
    } else {
      const RelEnds ends = Ends(rels[i]);
      out[i] = source ? ends.source : ends.target;
    }
  }
}

template <typename Holds>
bool GraphState::AllCreated(TypeId type, const Holds& holds) const {
  for (auto at = delta_.rels.NextFrom(base_->rel_count()); at; at = delta_.rels.NextFrom(*at + 1)) {
    const RelPatch& patch = **delta_.rels.Find(*at);
    if (!patch.deleted && patch.ends.type == type && !holds(patch.ends)) return false;
  }
  return true;
}

bool GraphState::AllHaveLabel(TypeId type, Direction direction, LabelId label) const {
  if (delta_.patches > kFewPatches || !base_->AllHaveLabel(type, direction, label)) return false;
  for (auto at = delta_.nodes.NextFrom(0); at; at = delta_.nodes.NextFrom(*at + 1)) {
    const NodePatch& patch = **delta_.nodes.Find(*at);
    if (!patch.created && !patch.deleted && patch.labels_changed &&
        BaseHasLabel(NodeNo{*at}, label) && !HasLabel(NodeNo{*at}, label)) {
      return false;
    }
  }
  return AllCreated(type, [&](const RelEnds& ends) {
    return HasLabel(direction == Direction::kOut ? ends.source : ends.target, label);
  });
}

bool GraphState::MayHaveLoops(TypeId type) const {
  if (delta_.patches > kFewPatches) return true;
  if (base_->CountOf(type) > 0 && base_->types[type.value].may_have_loops) return true;
  return !AllCreated(type, [](const RelEnds& ends) { return ends.source != ends.target; });
}

std::uint32_t GraphState::Support(RelNo rel) const {
  if (const RelPatch* patch = Patch(rel)) return patch->support;
  return InBase(rel) ? base_->SupportOf(rel) : 0;
}

std::vector<EvidenceRecord> GraphState::Evidence(RelNo rel) const {
  if (Support(rel) == 0) return {};
  std::vector<EvidenceRecord> records = pinned->Evidence({Id(Ends(rel).source), Id(rel)});
  std::stable_partition(records.begin(), records.end(),
                        [](const EvidenceRecord& r) { return r.modality == Modality::kAsserted; });
  return records;
}

bool GraphState::IsConnected(NodeNo node) const {
  for (std::uint32_t type = 0; type < names.TypeCount(); ++type) {
    if (Neighbours(node, Direction::kOut, TypeId{type}).size() != 0) return true;
    if (Neighbours(node, Direction::kIn, TypeId{type}).size() != 0) return true;
  }
  return false;
}

}  // namespace verbale::graph::snapshot
