#include "query/execute/value_table.h"

#include <algorithm>
#include <bit>

namespace verbale::query {

using graph::NodeNo;

namespace {

/// Of a node in the table of those that were written.
constexpr std::size_t kWrittenBytes = 48;

}  // namespace

void ValueTable::Build(ExecContext& ctx, std::optional<graph::LabelId> label, graph::KeyId key) {
  Clear(ctx);
  label_ = label;
  key_ = key;
  seen_ = ctx.NoteWrittenNodes().size();
  std::vector<NodeNo> all;
  std::vector<std::uint64_t> hashes;
  graph::PropertyVector values;
  graph::VisitNodes(ctx.view(), label, [&](std::span<const NodeNo> nodes) {
    ctx.Tick();
    ctx.view().Properties(nodes, key, values);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const graph::Value value = values.At(i);
      if (value.is_null()) continue;
      all.push_back(nodes[i]);
      hashes.push_back(graph::Hash(value));
    }
  });
  Hold(ctx, all.size() * (sizeof(NodeNo) + 2 * sizeof(std::uint32_t)));
  // About one node a bucket, in the order of the nodes.
  const std::size_t buckets = std::bit_ceil(std::max<std::size_t>(all.size(), 2));
  shift_ = 64 - static_cast<unsigned>(std::countr_zero(buckets));
  starts_.assign(buckets + 1, 0);
  for (const std::uint64_t hash : hashes) ++starts_[BucketOf(hash) + 1];
  for (std::size_t i = 0; i < buckets; ++i) starts_[i + 1] += starts_[i];
  nodes_.resize(all.size());
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (std::size_t i = 0; i < all.size(); ++i) nodes_[next[BucketOf(hashes[i])]++] = all[i];
  is_built_ = true;
}

void ValueTable::Clear(ExecContext& ctx) {
  ctx.Release(held_);
  held_ = 0;
  written_.clear();
  is_built_ = false;
}

void ValueTable::CatchUp(ExecContext& ctx) {
  const std::vector<NodeNo>& noted = ctx.NoteWrittenNodes();
  for (; seen_ < noted.size(); ++seen_) {
    const NodeNo node = noted[seen_];
    if (!IsThere(ctx.view(), node)) continue;
    const graph::Value value = ctx.view().Property(node, key_);
    if (value.is_null()) continue;
    if (written_.emplace(graph::Hash(value), node).second) Hold(ctx, kWrittenBytes);
  }
}

void ValueTable::Find(ExecContext& ctx, const graph::Value& value, std::vector<NodeNo>& found) {
  CatchUp(ctx);
  const graph::View& view = ctx.view();
  const std::uint64_t hash = graph::Hash(value);
  const std::size_t bucket = BucketOf(hash);
  for (std::uint32_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i) {
    if (Has(view, nodes_[i], value)) found.push_back(nodes_[i]);
  }
  const std::size_t unwritten = found.size();
  for (auto at = written_.lower_bound({hash, NodeNo{0}}); at != written_.end() && at->first == hash;
       ++at) {
    if (Has(view, at->second, value)) found.push_back(at->second);
  }
  if (found.size() == unwritten) return;
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
}

bool ValueTable::IsThere(const graph::View& view, NodeNo node) const {
  return view.Exists(node) && (!label_ || view.HasLabel(node, *label_));
}

bool ValueTable::Has(const graph::View& view, NodeNo node, const graph::Value& value) const {
  if (seen_ > 0 && !IsThere(view, node)) return false;
  return graph::Equals(view.Property(node, key_), value).value_or(false);
}

void ValueTable::Hold(ExecContext& ctx, std::size_t bytes) {
  held_ += bytes;
  ctx.Hold(bytes);
}

}  // namespace verbale::query
