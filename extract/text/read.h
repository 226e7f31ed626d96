#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "extract/text/document.h"

namespace verbale::extract {

/// Canonical name of the author that a heading names, or nullopt where it names none. Called with
/// folded headings only, seldom; must be callable from any thread.
using AuthorLookup = std::function<std::optional<std::string>(std::string_view heading)>;

/// Takes documents apart: bytes of any known format to sections, units and clean text with the way
/// back to the bytes. Holds the compiled patterns of one Structure; immutable, shared by threads.
class TextReader {
 public:
  /// Error(kSyntax) names the pattern that is no RE2 or lacks its named group.
  explicit TextReader(Structure structure);
  ~TextReader();
  TextReader(TextReader&&) noexcept;

  /// `path` serves for symbol, title and author of a document that does not name its own, and for
  /// messages; it is not opened. Error(kUnsupported) for what cannot be read: a binary file, an
  /// unknown archive, a PDF without pdftotext.
  Document Read(std::string_view bytes, std::string_view path, const AuthorLookup& lookup) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace verbale::extract
