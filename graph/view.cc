#include "graph/view.h"

#include <algorithm>

namespace verbale::graph {

std::vector<std::string_view> LabelNames(const Catalog& catalog) {
  std::vector<std::string_view> names(catalog.LabelCount());
  for (std::uint32_t i = 0; i < names.size(); ++i) names[i] = catalog.LabelName(LabelId{i});
  return names;
}

std::vector<std::string_view> LabelNames(const View& view, NodeNo node) {
  std::vector<std::string_view> names;
  for (const LabelId label : view.Labels(node)) names.push_back(view.catalog().LabelName(label));
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string_view> TypeNames(const Catalog& catalog) {
  std::vector<std::string_view> names(catalog.TypeCount());
  for (std::uint32_t i = 0; i < names.size(); ++i) names[i] = catalog.TypeName(TypeId{i});
  return names;
}

std::vector<std::string_view> KeyNames(const Catalog& catalog) {
  std::vector<std::string_view> names(catalog.KeyCount());
  for (std::uint32_t i = 0; i < names.size(); ++i) names[i] = catalog.KeyName(KeyId{i});
  return names;
}

namespace {

void PutChangedDegrees(std::span<const ChangedDegreePage> pages, NodeNo first,
                       std::span<std::uint32_t> out) {
  const std::uint64_t end = std::uint64_t{first.value} + out.size();
  for (std::size_t page = first.value / kChangedDegreePage; page < pages.size(); ++page) {
    if (page * kChangedDegreePage >= end) return;
    const ChangedDegreePage degrees = pages[page];
    auto at = std::lower_bound(degrees.begin(), degrees.end(), first,
                               [](const ChangedDegree& d, NodeNo node) { return d.node < node; });
    for (; at != degrees.end() && at->node.value < end; ++at) {
      out[at->node.value - first.value] = at->degree;
    }
  }
}

}  // namespace

void AdjacencyTable::Degrees(NodeNo first, std::span<std::uint32_t> out) const {
  const auto count = static_cast<std::uint32_t>(out.size());
  if (asks_always_) {
    for (std::uint32_t i = 0; i < count; ++i) out[i] = Degree(NodeNo{first.value + i});
    return;
  }
  // The part of the range that the arrays cover; nothing is around it.
  const std::size_t nodes = arrays_.starts.empty() ? 0 : arrays_.starts.size() - 1;
  const std::uint64_t end = std::uint64_t{arrays_.first} + nodes;
  const std::uint64_t from =
      std::clamp<std::uint64_t>(arrays_.first, first.value, std::uint64_t{first.value} + count);
  const std::uint64_t to = std::clamp<std::uint64_t>(end, from, std::uint64_t{first.value} + count);
  std::fill_n(out.data(), from - first.value, 0u);
  if (from < to) {
    const std::uint32_t* const starts = arrays_.starts.data() + (from - arrays_.first);
    std::uint32_t* const into = out.data() + (from - first.value);
    for (std::size_t i = 0; i < to - from; ++i) into[i] = starts[i + 1] - starts[i];
  }
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(to - first.value), out.end(), 0u);
  PutChangedDegrees(arrays_.changed_degrees, first, out);
}

Value PropertyVector::At(std::size_t i) const {
  if (kind == Kind::kValues) return values[i];
  if (!valid.empty() && !valid[i]) return {};
  switch (kind) {
    case Kind::kInts:
      return Value(ints[i]);
    case Kind::kDoubles:
      return Value(doubles[i]);
    default:
      return dictionary[codes[i]];
  }
}

}  // namespace verbale::graph
