#include "query/execute/ways.h"

#include <algorithm>

namespace verbale::query {

using graph::Direction;

void Ways::Open(ExecContext& ctx) {
  ctx_ = &ctx;
  types_.Forget();
  label_.Open(ctx);
  is_fresh_ = false;
}

void Ways::Refresh() {
  const graph::View& view = ctx_->view();
  const std::vector<graph::TypeId>& types = types_.Resolve(view);
  // A statement that writes may make types; their tables ask the View each time.
  if (is_fresh_ && types.size() == type_count_) return;
  is_fresh_ = true;
  type_count_ = types.size();
  ways_.clear();
  asks_label_ = false;
  for (const graph::TypeId type : types) {
    if (arrow_ != Arrow::kIn) Add(type, Direction::kOut, false);
    if (arrow_ != Arrow::kOut) Add(type, Direction::kIn, arrow_ == Arrow::kBoth);
  }
}

void Ways::Add(graph::TypeId type, Direction direction, bool skip_loops) {
  const graph::View& view = ctx_->view();
  const bool loops = skip_loops && (ctx_->writes() || view.MayHaveLoops(type));
  ways_.push_back({view.Table(direction, type), type, direction, loops});
  if (!to_label_ || asks_label_) return;
  const auto label = view.catalog().FindLabel(*to_label_);
  const Direction end = direction == Direction::kOut ? Direction::kIn : Direction::kOut;
  asks_label_ = ctx_->writes() || !label || !view.AllHaveLabel(type, end, *label);
}

std::size_t Ways::Degree(graph::NodeNo node) const {
  std::size_t degree = 0;
  for (const Way& way : ways_) degree += Degree(way, node) - SkippedLoops(way, node);
  return degree;
}

std::size_t Ways::SkippedLoops(const Way& way, graph::NodeNo node) const {
  if (!way.skip_loops) return 0;
  const std::span<const graph::NodeNo> ends = Of(way, node).nodes;
  const auto [begin, end] = std::equal_range(ends.begin(), ends.end(), node);
  return static_cast<std::size_t>(end - begin);
}

}  // namespace verbale::query
