#include "graph/snapshot/packed_ints.h"

#include <algorithm>
#include <limits>
#include <type_traits>
#include <vector>

// GNU's loader picks the version; sanitizers run before it can.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define VERBALE_VECTORISED __attribute__((target_clones("avx2", "default")))
#else
#define VERBALE_VECTORISED
#endif

namespace verbale::graph::snapshot {
namespace {

template <typename T>
FlatArray<T> Distances(std::span<const std::int64_t> values, std::uint64_t base) {
  std::vector<T> distances(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    distances[i] = static_cast<T>(static_cast<std::uint64_t>(values[i]) - base);
  }
  return distances;
}

template <typename T>
[[gnu::always_inline]] inline void Widen(const T* from, std::uint64_t base, std::int64_t* to,
                                         std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) to[i] = static_cast<std::int64_t>(base + from[i]);
}

// A version for each width, of which the machine takes the one that it can.
VERBALE_VECTORISED void WidenAll(const std::uint8_t* from, std::uint64_t base, std::int64_t* to,
                                 std::size_t count) {
  Widen(from, base, to, count);
}
VERBALE_VECTORISED void WidenAll(const std::uint16_t* from, std::uint64_t base, std::int64_t* to,
                                 std::size_t count) {
  Widen(from, base, to, count);
}
VERBALE_VECTORISED void WidenAll(const std::uint32_t* from, std::uint64_t base, std::int64_t* to,
                                 std::size_t count) {
  Widen(from, base, to, count);
}
VERBALE_VECTORISED void WidenAll(const std::uint64_t* from, std::uint64_t base, std::int64_t* to,
                                 std::size_t count) {
  Widen(from, base, to, count);
}

}  // namespace

void PackedInts::CopyTo(std::size_t at, std::span<std::int64_t> out) const {
  With([&](const auto& array) {
    if constexpr (std::is_same_v<decltype(array), const Zeros&>) {
      std::fill(out.begin(), out.end(), static_cast<std::int64_t>(base));
    } else {
      WidenAll(array.data() + at, base, out.data(), out.size());
    }
  });
}

PackedInts::PackedInts(std::span<const std::int64_t> values) {
  if (values.empty()) return;
  const auto [least, largest] = std::minmax_element(values.begin(), values.end());
  base = static_cast<std::uint64_t>(*least);
  const std::uint64_t range = static_cast<std::uint64_t>(*largest) - base;
  if (range == 0) {
    zeros.count = static_cast<std::uint32_t>(values.size());
  } else if (range <= std::numeric_limits<std::uint8_t>::max()) {
    bytes = Distances<std::uint8_t>(values, base);
  } else if (range <= std::numeric_limits<std::uint16_t>::max()) {
    shorts = Distances<std::uint16_t>(values, base);
  } else if (range <= std::numeric_limits<std::uint32_t>::max()) {
    words = Distances<std::uint32_t>(values, base);
  } else {
    longs = Distances<std::uint64_t>(values, base);
  }
}

}  // namespace verbale::graph::snapshot
