// Four lanes of 16 bytes each are multiplied at a time: a 128-bit product folded to 64 bits spreads
// each bit of its factors over the whole word, and the lanes do not wait for one another. A lane
// carries its last result into the next product, so the order of stripes counts. The rest, with the
// length, goes through the same step.

#include "graph/store/checksum.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

namespace verbale::graph::store {
namespace {

__extension__ using Uint128 = unsigned __int128;

static_assert(std::endian::native == std::endian::little, "words are read as they stand in memory");

constexpr std::size_t kLanes = 4, kStripe = kLanes * 16;

// Odd words with as many ones as zeros, about.
constexpr std::array<std::uint64_t, 8> kKeys = {
    0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xD6E8FEB86659FD93,
    0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5};

std::uint64_t Word(const char* at) {
  std::uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

std::uint64_t Fold(std::uint64_t a, std::uint64_t b) {
  const Uint128 product = Uint128{a} * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

std::uint64_t Checksum64(std::string_view bytes, std::uint64_t seed) {
  std::array<std::uint64_t, kLanes> lanes;
  for (std::size_t i = 0; i < kLanes; ++i) lanes[i] = seed + kKeys[i];
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  for (; left >= kStripe; at += kStripe, left -= kStripe) {
    for (std::size_t i = 0; i < kLanes; ++i) {
      lanes[i] = Fold(Word(at + i * 16) ^ kKeys[2 * i] ^ lanes[i],
                      Word(at + i * 16 + 8) ^ kKeys[2 * i + 1]) +
                 lanes[i];
    }
  }
  std::array<char, kStripe> rest{};
  if (left != 0) std::memcpy(rest.data(), at, left);
  std::uint64_t sum = bytes.size();
  for (std::size_t i = 0; i < kLanes; ++i) {
    lanes[i] ^= Fold(Word(rest.data() + i * 16) ^ kKeys[i] ^ lanes[i],
                     Word(rest.data() + i * 16 + 8) ^ kKeys[i + 4]);
    sum = Fold(sum ^ kKeys[i], lanes[i] ^ kKeys[i + 4]) + lanes[i];
  }
  return Fold(sum ^ kKeys[0], kKeys[1]);
}

}  // namespace verbale::graph::store
