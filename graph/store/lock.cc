#include "graph/store/lock.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "graph/error.h"

namespace verbale::graph::store {
namespace {

/// What the holder wrote: "pid 4711, verbale build".
std::string Holder(int descriptor) {
  std::array<char, 512> buffer{};
  const ssize_t size = ::pread(descriptor, buffer.data(), buffer.size(), 0);
  std::string_view text(buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  text = text.substr(0, text.find('\n'));
  return text.empty() ? "a process that has not said its name yet" : std::string(text);
}

}  // namespace

WriterLock::WriterLock(const std::string& file, const std::string& command)
    : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)) {
  if (descriptor_ < 0) {
    throw Error(ErrorCode::kIo, "cannot open '" + file + "': " + std::strerror(errno));
  }
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    const int reason = errno;
    const std::string holder = Holder(descriptor_);
    ::close(descriptor_);
    if (reason == EWOULDBLOCK) {
      throw Error(ErrorCode::kIo, "the graph is being written by " + holder)
          .WithHint("wait until it is done, or open the graph read-only");
    }
    throw Error(ErrorCode::kIo, "cannot lock '" + file + "': " + std::strerror(reason));
  }
  const std::string text =
      "pid " + std::to_string(::getpid()) + (command.empty() ? "" : ", " + command) + "\n";
  // The name is for people: the lock holds whether or not it could be written.
  if (::ftruncate(descriptor_, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(descriptor_, text.data(), text.size(), 0);
}

WriterLock::~WriterLock() {
  [[maybe_unused]] const int result = ::ftruncate(descriptor_, 0);
  ::close(descriptor_);
}

}  // namespace verbale::graph::store
