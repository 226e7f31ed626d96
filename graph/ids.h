#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <limits>

namespace verbale::graph {

/// An integer that cannot be taken for another: Tag tells the kinds apart.
template <typename Tag, typename Int>
struct TypedId {
  Int value = 0;

  constexpr TypedId() = default;
  constexpr explicit TypedId(Int v) : value(v) {}
  constexpr auto operator<=>(const TypedId&) const = default;
};

/// Identity of a node, for ever. Derived from documents: a hash of label and canonical name, top
/// bit clear. Created by a person: a counter, top bit set. An id never changes, whatever is SET.
using NodeId = TypedId<struct NodeIdTag, std::uint64_t>;
/// Identity of a relationship, likewise; derived: a hash of both ends and the type.
using RelId = TypedId<struct RelIdTag, std::uint64_t>;

/// Catalog numbers of names. They depend on the order of arrival, so they never reach a dump, an
/// export or an ordering.
using LabelId = TypedId<struct LabelIdTag, std::uint32_t>;
using TypeId = TypedId<struct TypeIdTag, std::uint32_t>;
using KeyId = TypedId<struct KeyIdTag, std::uint32_t>;

/// Dense number of a node in one View: 0 ≤ value < view.NodeLimit(). Means nothing in another View.
using NodeNo = TypedId<struct NodeNoTag, std::uint32_t>;
/// Dense number of a relationship in one View.
using RelNo = TypedId<struct RelNoTag, std::uint32_t>;

inline constexpr NodeNo kNoNode{std::numeric_limits<std::uint32_t>::max()};
inline constexpr RelNo kNoRel{std::numeric_limits<std::uint32_t>::max()};

/// First id of what people create by hand; everything below is derived from documents.
inline constexpr std::uint64_t kManualIdBit = std::uint64_t{1} << 63;

}  // namespace verbale::graph

template <typename Tag, typename Int>
struct std::hash<verbale::graph::TypedId<Tag, Int>> {
  std::size_t operator()(const verbale::graph::TypedId<Tag, Int>& id) const noexcept {
    return std::hash<Int>()(id.value);
  }
};
