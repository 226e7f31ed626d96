#include "graph/algorithms/projection.h"

#include <algorithm>
#include <cmath>

#include "graph/error.h"

namespace verbale::graph::algorithms {
namespace {

/// Known types of those names, or all; by name, each once.
std::vector<TypeId> TypesOf(const Catalog& catalog,
                            const std::optional<std::vector<std::string>>& names) {
  std::vector<TypeId> types;
  if (!names) {
    for (std::uint32_t i = 0; i < catalog.TypeCount(); ++i) types.emplace_back(i);
  } else {
    for (const std::string& name : *names) {
      if (const auto type = catalog.FindType(name)) types.push_back(*type);
    }
  }
  std::sort(types.begin(), types.end(),
            [&](TypeId a, TypeId b) { return catalog.TypeName(a) < catalog.TypeName(b); });
  types.erase(std::unique(types.begin(), types.end()), types.end());
  return types;
}

constexpr std::size_t kRelsAtOnce = 4096;

}  // namespace

Projection::Projection(const View& view, const ProjectionOptions& options, const Work& work)
    : view_(&view),
      orientation_(options.orientation),
      weighted_(!options.weight.empty()),
      weight_(options.weight),
      keep_rel_(options.keep_rel) {
  if (weighted_) weight_key_ = view.catalog().FindKey(options.weight);
  AddNodes(options, work);
  AddWalks(options);
}

void Projection::AddNodes(const ProjectionOptions& options, const Work& work) {
  std::vector<std::optional<LabelId>> labels;
  if (!options.labels) {
    labels.emplace_back();
  } else {
    for (const std::string& name : *options.labels) {
      if (const auto label = view_->catalog().FindLabel(name)) labels.emplace_back(label);
    }
  }
  work.Hold(view_->NodeLimit() * sizeof(Index));
  indexes_.assign(view_->NodeLimit(), kNoIndex);
  for (const auto& label : labels) {
    VisitNodes(*view_, label, [&](std::span<const NodeNo> found) {
      work.Check();
      for (const NodeNo node : found) {
        if (!options.keep_node || options.keep_node(node)) indexes_[node.value] = 0;
      }
    });
  }
  std::vector<std::pair<NodeId, NodeNo>> order;
  for (std::uint32_t no = 0; no < indexes_.size(); ++no) {
    if (indexes_[no] != kNoIndex) order.emplace_back(view_->Id(NodeNo{no}), NodeNo{no});
  }
  if (!std::is_sorted(order.begin(), order.end())) std::sort(order.begin(), order.end());
  work.Hold(order.size() * sizeof(NodeNo));
  nodes_.reserve(order.size());
  for (const auto& [id, no] : order) {
    indexes_[no.value] = static_cast<Index>(nodes_.size());
    nodes_.push_back(no);
  }
}

void Projection::AddWalks(const ProjectionOptions& options) {
  for (const TypeId type : TypesOf(view_->catalog(), options.relations)) {
    rels_ += view_->RelCount(type);
    const Walk out{Direction::kOut, view_->Table(Direction::kOut, type)};
    const Walk in{Direction::kIn, view_->Table(Direction::kIn, type)};
    if (orientation_ != Orientation::kIn) forward_.push_back(out);
    if (orientation_ != Orientation::kOut) forward_.push_back(in);
    if (orientation_ != Orientation::kOut) backward_.push_back(out);
    if (orientation_ != Orientation::kIn) backward_.push_back(in);
  }
}

std::uint64_t Projection::ArcBound() const { return is_directed() ? rels_ : 2 * rels_; }

double Projection::Checked(const Value& value) const {
  if (value.is_null()) return 1;
  if (!value.is_number() || !std::isfinite(value.as_number())) {
    throw Error(ErrorCode::kInvalidArgument,
                "weight '" + weight_ + "' of a relationship is no finite number but " +
                    (value.is_number() ? "NaN or infinite" : std::string(TypeName(value.type()))));
  }
  return value.as_number();
}

double Projection::Weight(RelNo rel) const {
  return weight_key_ ? Checked(view_->Property(rel, *weight_key_)) : 1;
}

std::vector<double> Projection::Weights(const std::vector<RelNo>& rels) const {
  std::vector<double> weights(rels.size(), 1);
  if (!weight_key_) return weights;
  PropertyVector properties;
  for (std::size_t from = 0; from < rels.size(); from += kRelsAtOnce) {
    const std::size_t count = std::min(kRelsAtOnce, rels.size() - from);
    view_->Properties(std::span(rels).subspan(from, count), *weight_key_, properties);
    for (std::size_t i = 0; i < count; ++i) weights[from + i] = Checked(properties.At(i));
  }
  return weights;
}

Projection::Arcs Projection::ArcsOf(Index index, bool reversed) const {
  ArcIterator end;
  end.walk_ = (reversed ? backward_ : forward_).size();
  return {ArcIterator(*this, reversed, index), end};
}

ArcIterator::ArcIterator(const Projection& projection, bool reversed, Index node)
    : projection_(&projection),
      walks_(reversed ? &projection.backward_ : &projection.forward_),
      reversed_(reversed),
      node_(node) {
  if (!walks_->empty()) entries_ = walks_->front().table.Of(projection.node(node));
  Settle();
}

void ArcIterator::Settle() {
  for (;;) {
    for (; at_ < entries_.size(); ++at_) {
      const Index other = projection_->IndexOf(entries_.nodes[at_]);
      if (other == kNoIndex) continue;
      // In both directions a loop stands in both tables, and is one arc.
      if (other == node_ && !projection_->is_directed() &&
          (*walks_)[walk_].direction == Direction::kIn) {
        continue;
      }
      const RelNo rel = entries_.rel(at_);
      if (projection_->keep_rel_ && !projection_->keep_rel_(rel)) continue;
      arc_ = reversed_ ? Arc{other, node_, rel} : Arc{node_, other, rel};
      return;
    }
    at_ = 0;
    if (walk_ >= walks_->size() || ++walk_ == walks_->size()) return;
    entries_ = (*walks_)[walk_].table.Of(projection_->node(node_));
  }
}

}  // namespace verbale::graph::algorithms
