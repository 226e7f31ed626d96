#pragma once

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

 private:
  std::string path_;
  std::string_view text_;
};

}  // namespace verbale::graph::ingest
