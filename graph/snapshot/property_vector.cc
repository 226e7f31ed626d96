#include "graph/view.h"

namespace verbale::graph {

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
