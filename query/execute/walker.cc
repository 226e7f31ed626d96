#include "query/execute/walker.h"

namespace verbale::query {

using graph::Direction;
using graph::NodeNo;

void Walker::Steps(NodeNo node, bool backward, std::vector<Step>& out) {
  const std::size_t first = out.size();
  if (arrow_ == Arrow::kBoth) {
    Append(node, Direction::kOut, false, out);
    Append(node, Direction::kIn, true, out);
  } else {
    const bool out_going = (arrow_ == Arrow::kOut) != backward;
    Append(node, out_going ? Direction::kOut : Direction::kIn, false, out);
  }
  if (where_ != nullptr && out.size() > first) Filter(first, out);
}

void Walker::Append(NodeNo node, Direction direction, bool skip_loops, std::vector<Step>& out) {
  for (const graph::TypeId type : types_.Resolve(ctx_->view())) {
    const graph::Adjacency adjacency = ctx_->Neighbours(node, direction, type);
    for (std::size_t i = 0; i < adjacency.size(); ++i) {
      if (skip_loops && adjacency.nodes[i] == node) continue;
      out.push_back({adjacency.nodes[i], adjacency.rel(i)});
    }
  }
}

void Walker::Filter(std::size_t first, std::vector<Step>& out) {
  const std::vector<std::uint32_t> parents(out.size() - first, row_);
  Batch batch;
  GatherBatch(*rows_, parents, where_->reads(), batch);
  std::vector<std::uint32_t> rels;
  rels.reserve(parents.size());
  for (std::size_t i = first; i < out.size(); ++i) rels.push_back(out[i].rel.value);
  batch.Set(element_, NewNumbers(ColumnKind::kRels, std::move(rels)));
  std::vector<std::uint32_t> hits;
  SelectTrue(*where_, batch, ctx_->view(), hits);
  for (std::size_t i = 0; i < hits.size(); ++i) out[first + i] = out[first + hits[i]];
  out.resize(first + hits.size());
}

NodeNo Walker::Follow(NodeNo node, graph::RelNo rel) {
  const graph::RelEnds ends = ctx_->view().Ends(rel);
  if (!types_.Has(ctx_->view(), ends.type)) return graph::kNoNode;
  if (!ctx_->IsWhole(rel, ends)) return graph::kNoNode;
  if (arrow_ != Arrow::kIn && ends.source == node) return ends.target;
  if (arrow_ != Arrow::kOut && ends.target == node) return ends.source;
  return graph::kNoNode;
}

graph::Value RelList(std::span<const graph::RelNo> rels, const graph::View& view) {
  graph::List list;
  list.reserve(rels.size());
  for (const graph::RelNo rel : rels) list.emplace_back(graph::RelRef{rel, view.Id(rel)});
  return graph::Value(std::move(list));
}

}  // namespace verbale::query
