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

std::optional<AdjacencyTable::Arrays> AdjacencyTable::Part(NodeNo first,
                                                           std::uint32_t count) const {
  const std::uint32_t from = first.value - arrays_.first;  // Wraps below, and so is too large.
  if (asks_always_ || from + std::size_t{count} >= arrays_.starts.size()) return std::nullopt;
  const std::size_t last = first.value + std::size_t{count} - 1;
  for (std::size_t word = first.value >> 6; word <= last >> 6; ++word) {
    if (word >= arrays_.changed.size()) break;
    std::uint64_t bits = arrays_.changed[word];
    if (word == first.value >> 6) bits &= ~std::uint64_t{0} << (first.value & 63);
    if (word == last >> 6) bits &= ~std::uint64_t{0} >> (63 - (last & 63));
    if (bits != 0) return std::nullopt;
  }
  Arrays part = arrays_;
  part.first = first.value;
  part.starts = arrays_.starts.subspan(from, count + std::size_t{1});
  part.changed = {};
  part.changed_degrees = {};
  return part;
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
