#include "query/execute/walker.h"

namespace verbale::query {

using graph::NodeNo;

void Walker::Steps(NodeNo node, bool backward, std::vector<Step>& out) {
  const std::size_t first = out.size();
  VisitSteps(node, backward, [&out](const Step& step) {
    out.push_back(step);
    return true;
  });
  if (where_ != nullptr && out.size() > first) Filter(first, out);
}

std::size_t Walker::CountSteps(NodeNo node, bool backward) const {
  std::size_t count = 0;
  for (const Way& way : Of(backward).all()) count += Of(backward).Degree(way, node);
  return count;
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
