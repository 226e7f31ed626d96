#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace verbale::graph::ingest {

/// The bytes of a file to be imported, mapped for as long as this lives. Error(kIo) where it cannot
/// be read.
class ImportFile {
 public:
  explicit ImportFile(std::string path);
  ~ImportFile();
  ImportFile(const ImportFile&) = delete;
  ImportFile& operator=(const ImportFile&) = delete;

  const std::string& path() const { return path_; }
  std::string_view text() const { return text_; }
  /// Gives the memory of these bytes back: whoever reads them again waits for the system.
  void Forget(std::size_t begin, std::size_t end) const;
  void Forget() const { Forget(0, text_.size()); }

 private:
  std::string path_;
  std::string_view text_;
};

}  // namespace verbale::graph::ingest
