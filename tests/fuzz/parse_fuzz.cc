// Any bytes are given to the parser (parse_check.h says what must hold). What it finds goes to
// tests/crashes/, which query_crashes_test runs.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "tests/fuzz/parse_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kLongest = 4096;  // Longer texts find nothing new, only slower.
  if (size > kLongest) return 0;
  if (!verbale::query::PrintsToItself({reinterpret_cast<const char*>(data), size})) std::abort();
  return 0;
}
