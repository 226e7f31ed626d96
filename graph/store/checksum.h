#pragma once

// 64 bits over any bytes, to notice damage and to tell histories apart. Fast (about as fast as
// memory is read), the same on every machine, and not made to withstand an adversary.

#include <cstdint>
#include <string_view>

namespace verbale::graph::store {

std::uint64_t Checksum64(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace verbale::graph::store
