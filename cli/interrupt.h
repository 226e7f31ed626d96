#pragma once

#include <string>

#include "query/query.h"

namespace verbale::cli {

/// What a program does after Ctrl-C.
enum class AfterInterrupt {
  kEnd,   ///< Nothing: it need not wait until the statement has given back what it held.
  kGoOn,  ///< It takes the next statement.
};

/// While it lives, Ctrl-C stops the statement that the session runs; a second one ends the program.
/// One at a time.
class StopOnInterrupt {
 public:
  /// Borrows both. If the statement needs more than a moment to end, and what it wrote is not being
  /// committed, the program says `message` on standard error without waiting for it. If there is
  /// nothing to do `after`, it then ends with kInterrupted.
  StopOnInterrupt(query::Session& session, const std::string& message, AfterInterrupt after);
  ~StopOnInterrupt();
  StopOnInterrupt(const StopOnInterrupt&) = delete;
  StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;
};

/// Whether Ctrl-C came since the last StopOnInterrupt was made, and was not forgotten since.
bool WasInterrupted();
/// Whether its message was said, so that the error of the statement need not be.
bool SaidInterrupted();
void ForgetInterrupt();

/// What a shell reports of a program that SIGINT or SIGTERM ended.
inline constexpr int kInterrupted = 130;
inline constexpr int kTerminated = 143;

}  // namespace verbale::cli
