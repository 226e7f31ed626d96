#include "query/execute/value_table.h"

#include <bit>

namespace verbale::query {

using graph::NodeNo;

void ValueTable::Build(const ExecContext& ctx, std::optional<graph::LabelId> label,
                       graph::KeyId key) {
  key_ = key;
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

void ValueTable::Find(const graph::View& view, const graph::Value& value,
                      std::vector<NodeNo>& found) const {
  const std::size_t bucket = BucketOf(graph::Hash(value));
  for (std::uint32_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i) {
    if (graph::Equals(view.Property(nodes_[i], key_), value).value_or(false)) {
      found.push_back(nodes_[i]);
    }
  }
}

}  // namespace verbale::query
