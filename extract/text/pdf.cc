#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "extract/text/convert.h"
#include "graph/error.h"

extern char** environ;

namespace verbale::extract {
namespace {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_;
};

[[noreturn]] void Refused(const char* what) {
  throw Error(ErrorCode::kIo, std::string("cannot ") + what + ": " + std::strerror(errno));
}

/// The PDF in memory, under a descriptor that pdftotext can open by name and seek in.
int MemoryFile(std::string_view bytes) {
  const int fd = memfd_create("document.pdf", MFD_CLOEXEC);
  if (fd < 0) Refused("make a file in memory");
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0) {
      close(fd);
      Refused("write a file in memory");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return fd;
}

std::string ReadAll(int fd) {
  std::string out;
  std::array<char, 1 << 16> buffer{};
  while (true) {
    const ssize_t got = read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return out;
    out.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

std::string PdfToText(std::string_view pdf) {
  Descriptor file(MemoryFile(pdf));
  int ends[2] = {-1, -1};
  if (pipe2(ends, O_CLOEXEC) != 0) Refused("make a pipe");
  Descriptor reader(ends[0]);
  Descriptor writer(ends[1]);
  // In the child the file is descriptor 3; dup2 takes the close-on-exec mark from the copies.
  std::string program = "pdftotext", quiet = "-q", encoding = "-enc", utf8 = "UTF-8",
              input = "/dev/fd/3", output = "-";
  char* arguments[] = {program.data(), quiet.data(),  encoding.data(), utf8.data(),
                       input.data(),   output.data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, writer.get(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, file.get(), 3);
  pid_t child = 0;
  const int failed = posix_spawnp(&child, "pdftotext", &actions, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) {
    throw Error(ErrorCode::kUnsupported, "a PDF is read by pdftotext, which is not installed")
        .WithHint("install poppler-utils");
  }
  writer.Close();
  std::string text = ReadAll(reader.get());
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw Error(ErrorCode::kCorruption, "pdftotext cannot read this PDF");
  }
  return text;
}

}  // namespace verbale::extract
