#include "extract/text/list_stack.h"

#include <algorithm>

namespace verbale::extract {
namespace {

constexpr std::size_t kDeepest = 16;

}  // namespace

bool ListStack::Holds(MarkerKind kind) const {
  return std::any_of(open_.begin(), open_.end(),
                     [&](const List& list) { return list.kind == kind; });
}

/// Chooses between the two readings of "(i)" and "(c)", and fills in what recognition lost.
ListMarker ListStack::Understood(ListMarker marker, bool after_colon) const {
  if (marker.kind == MarkerKind::kLost) {
    marker.kind = open_.empty() || after_colon ? MarkerKind::kLetter : open_.back().kind;
    marker.ordinal = open_.empty() || after_colon ? 1 : open_.back().last + 1;
    return marker;
  }
  if (marker.kind != MarkerKind::kLetter || marker.roman == 0) return marker;
  for (auto list = open_.rbegin(); list != open_.rend(); ++list) {
    if (list->kind == MarkerKind::kLetter && list->last + 1 == marker.ordinal) return marker;
    if (list->kind == MarkerKind::kRoman && list->last + 1 == marker.roman) break;
  }
  const bool continues = !open_.empty() && open_.back().kind == MarkerKind::kRoman;
  if (continues || marker.roman == 1) {
    marker.kind = MarkerKind::kRoman;
    marker.ordinal = marker.roman;
  }
  return marker;
}

ListStack::Place ListStack::Enter(const ListMarker& read, std::uint32_t indent,
                                  std::uint32_t previous, bool after_colon) {
  const ListMarker marker = Understood(read, after_colon);
  const bool restarts = after_colon && marker.ordinal <= 1;
  std::size_t depth = open_.size();
  while (depth > 0) {
    const List& list = open_[depth - 1];
    const bool deeper = marker.kind == MarkerKind::kBullet && indent > list.indent + 1;
    const bool shallower = marker.kind == MarkerKind::kBullet && indent + 1 < list.indent;
    if (list.kind == marker.kind && !shallower) {
      if (deeper || (restarts && depth == open_.size())) depth = 0;
      break;
    }
    --depth;
  }
  if (depth == 0) {
    if (!after_colon && !open_.empty() && marker.kind != MarkerKind::kBullet &&
        marker.ordinal > 1) {
      // A new kind that does not begin at its beginning: the marker was misread.
      depth = open_.size();
    } else {
      if (open_.size() >= kDeepest) open_.pop_back();
      const bool nested = !open_.empty();
      open_.push_back({marker.kind, 0, indent, after_colon || nested ? previous : kNone});
      depth = open_.size();
    }
  }
  open_.resize(depth);
  List& list = open_.back();
  list.last = marker.ordinal != 0 ? marker.ordinal : list.last + 1;
  return {static_cast<std::uint8_t>(depth), list.lead_in, MarkerText(list.kind, list.last)};
}

ListStack::Place ListStack::EnterUnmarked() {
  ++open_.back().last;
  return Same();
}

ListStack::Place ListStack::Same() const {
  return {static_cast<std::uint8_t>(open_.size()), open_.back().lead_in, ""};
}

}  // namespace verbale::extract
