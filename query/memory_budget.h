#pragma once

#include <cstdint>

namespace verbale::query {

/// Bytes that a statement may hold where Limits::memory_bytes is 0: a quarter of the machine's
/// memory, or 1 GiB where the machine does not say how much it has.
std::uint64_t DefaultMemoryBudget();

}  // namespace verbale::query
