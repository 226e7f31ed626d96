#pragma once

#include <string>

#include "query/query.h"

namespace verbale::cli {

/// While it lives, Ctrl-C stops the statement that the session runs; a second one ends the program.
/// One at a time.
class StopOnInterrupt {
 public:
  /// Borrows both. Where `farewell` is not empty, the program has nothing to do after Ctrl-C: if
  /// the statement needs more than a moment to give back what it held, the program says `farewell`
  /// on standard error and ends with kInterrupted, unless what was written is being committed.
  StopOnInterrupt(query::Session& session, const std::string& farewell);
  ~StopOnInterrupt();
  StopOnInterrupt(const StopOnInterrupt&) = delete;
  StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;
};

/// Whether Ctrl-C came since the last StopOnInterrupt was made, and was not forgotten since.
bool WasInterrupted();
void ForgetInterrupt();

/// What a shell reports of a program that SIGINT or SIGTERM ended.
inline constexpr int kInterrupted = 130;
inline constexpr int kTerminated = 143;

}  // namespace verbale::cli
