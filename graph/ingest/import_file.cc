#include "graph/ingest/import_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "graph/error.h"

namespace verbale::graph::ingest {

ImportFile::ImportFile(std::string path) : path_(std::move(path)) {
  const auto fail = [this](int reason) {
    return Error(ErrorCode::kIo, "cannot read '" + path_ + "': " + std::strerror(reason));
  };
  const int descriptor = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw fail(errno);
  struct stat status {};
  void* begin = nullptr;
  int reason = ::fstat(descriptor, &status) != 0 ? errno : 0;
  if (reason == 0 && !S_ISREG(status.st_mode)) reason = S_ISDIR(status.st_mode) ? EISDIR : EINVAL;
  const auto size = static_cast<std::size_t>(status.st_size);
  if (reason == 0 && size != 0) {
    begin = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (begin == MAP_FAILED) reason = errno;
  }
  ::close(descriptor);
  if (reason != 0) throw fail(reason);
  if (size != 0) text_ = {static_cast<const char*>(begin), size};
}

ImportFile::~ImportFile() {
  if (!text_.empty()) ::munmap(const_cast<char*>(text_.data()), text_.size());
}

void ImportFile::Forget(std::size_t begin, std::size_t end) const {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  begin -= begin % page;
  if (begin < end) ::madvise(const_cast<char*>(text_.data()) + begin, end - begin, MADV_DONTNEED);
}

}  // namespace verbale::graph::ingest
