#include "extract/text/document.h"

#include <algorithm>

namespace verbale::extract {

ByteSpan SourceText::ToSource(std::uint64_t begin, std::uint64_t end) const {
  const auto starts_after = [](std::uint64_t at, const Run& run) { return at < run.text; };
  const auto run_at = [&](std::uint64_t at) {
    const auto next = std::upper_bound(runs.begin(), runs.end(), at, starts_after);
    return next == runs.begin() ? next : next - 1;
  };
  if (runs.empty()) return {};
  // A begin between two runs belongs to what the gap stands for: the source behind the earlier run.
  const auto first = run_at(begin);
  const std::uint64_t source_begin = first->source + std::min(begin - first->text, first->size);
  if (begin == end) return {source_begin, source_begin};
  const auto last = run_at(end - 1);
  const std::uint64_t into = end - 1 - last->text;
  if (into < last->size) return {source_begin, last->source + into + 1};
  const auto next = last + 1;
  return {source_begin, next == runs.end() ? last->source + last->size : next->source};
}

}  // namespace verbale::extract
