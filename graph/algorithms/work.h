#pragma once

#include <cstddef>
#include <functional>

namespace verbale::graph::algorithms {

/// What surrounds a run of an algorithm: how many threads it may use, whom it asks whether to go
/// on. No result depends on any of it. The functions may be called from every thread of the run.
struct Work {
  unsigned threads = 1;                        ///< 0: as many as there are cores.
  std::function<void()> check = {};            ///< Throws when the run must stop; called often.
  std::function<void(std::size_t)> hold = {};  ///< Told of bytes that are taken; may throw.
  /// Told how many steps are done, and of how many; 0 where nobody knows.
  std::function<void(std::size_t done, std::size_t all)> tell = {};

  void Check() const {
    if (check) check();
  }
  /// One of rounds of which nobody knows how many it takes is done; `round` from 0.
  void TellRound(std::size_t round) const {
    if (tell) tell(round + 1, 0);
  }
  void Hold(std::size_t bytes) const {
    if (hold) hold(bytes);
  }
};

}  // namespace verbale::graph::algorithms
