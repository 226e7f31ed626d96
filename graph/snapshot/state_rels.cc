// Reading relationships of a state: the Snapshot, and over it the Delta.

#include <algorithm>

#include "graph/snapshot/state.h"

namespace verbale::graph::snapshot {
namespace {

/// How many of some, at least one, follow one another from the first one on.
std::size_t CountConsecutive(std::span<const RelNo> rels) {
  constexpr std::size_t kFew = 8, kAtOnce = 64;
  const auto follows = [&](std::size_t i) { return rels[i].value == rels.front().value + i; };
  std::size_t count = 1;
  while (count < std::min(kFew, rels.size()) && follows(count)) ++count;
  while (count >= kFew && count + kAtOnce <= rels.size()) {
    bool all = true;  // Without a branch for each.
    for (std::size_t i = 0; i < kAtOnce; ++i) all &= follows(count + i);
    if (!all) break;
    count += kAtOnce;
  }
  while (count < rels.size() && follows(count)) ++count;
  return count;
}

}  // namespace

std::uint64_t GraphState::RelCount(TypeId type) const {
  const std::uint64_t base = base_->CountOf(type);
  if (type.value >= delta_.types.size()) return base;
  return base + static_cast<std::uint64_t>(delta_.types[type.value].count);
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
  for (std::size_t i = 0; i < rels.size();) {
    if (!InBase(rels[i])) [[unlikely]] {
      const RelEnds ends = Ends(rels[i]);
      out[i++] = direction == Direction::kOut ? ends.source : ends.target;
      continue;
    }
    const std::size_t limit = std::min<std::size_t>(
        rels.size() - i, base_->BlockOf(rels[i]).End() - std::size_t{rels[i].value});
    const std::size_t count = CountConsecutive(rels.subspan(i, limit));
    base_->NodesOf(rels[i], direction, out.subspan(i, count));
    i += count;
  }
}

bool GraphState::AllHaveLabel(TypeId type, Direction direction, LabelId label) const {
  const auto has = [label](const std::vector<LabelId>& labels) {
    return std::binary_search(labels.begin(), labels.end(), label);
  };
  if (has(delta_.labels_lost) || !base_->AllHaveLabel(type, direction, label)) return false;
  if (type.value >= delta_.types.size()) return true;
  const TypeChange& change = delta_.types[type.value];
  return !change.has_created || has(change.end_labels[static_cast<std::size_t>(direction)]);
}

bool GraphState::MayHaveLoops(TypeId type) const {
  if (base_->CountOf(type) > 0 && base_->types[type.value].may_have_loops) return true;
  return type.value < delta_.types.size() && delta_.types[type.value].has_loops;
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
