// Any bytes: they parse or give an Error. What parses prints, and parses again to the same text;
// and it binds or gives an Error. Nothing is run.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "graph/error.h"
#include "query/bind/bind.h"
#include "query/parse/parse.h"
#include "query/parse/print.h"

namespace {

constexpr std::size_t kLongest = 4096;  // Longer texts find nothing new, only slower.

void Check(std::string_view text) {
  using namespace verbale;
  query::ParseLimits limits;
  limits.max_depth = 200;  // The sanitizers need several times the stack.
  query::Ast ast;
  try {
    ast = query::Parse(text, limits);
  } catch (const Error&) {
    return;
  }
  const std::string printed = query::ToText(ast);
  limits.max_depth = 1000;  // A normal form may have brackets that the text had not.
  if (query::ToText(query::Parse(printed, limits)) != printed) std::abort();
  try {
    query::Bind(ast);
  } catch (const Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size <= kLongest) Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
