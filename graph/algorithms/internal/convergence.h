#pragma once

#include <string>

#include "graph/algorithms/centrality.h"
#include "graph/error.h"

namespace verbale::graph::algorithms {

/// The error of an iteration that did not settle.
inline Error NotConverged(const std::string& what, const Convergence& convergence) {
  return Error(
             ErrorCode::kLimitExceeded,
             what + " did not settle in " + std::to_string(convergence.iterations) + " iterations")
      .WithHint("allow more iterations, or a larger tolerance");
}

}  // namespace verbale::graph::algorithms
