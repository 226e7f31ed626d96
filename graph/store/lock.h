#pragma once

#include <string>

namespace verbale::graph::store {

/// The right to write a graph, held as long as this lives. The system gives it back when the
/// process ends, however it ends, so a file that a dead process left behind stops nobody.
class WriterLock {
 public:
  /// Takes the lock on `file`, made where it is not there, and writes down who holds it. Error(kIo)
  /// that names the holder's pid and command where somebody has it.
  WriterLock(const std::string& file, const std::string& command);
  ~WriterLock();
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace verbale::graph::store
