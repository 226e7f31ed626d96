#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "extract/text/document.h"

namespace verbale::extract {

/// Puts a SourceText together from left to right, in ascending order of the source.
class TextBuilder {
 public:
  explicit TextBuilder(std::size_t expected_bytes) { result_.text.reserve(expected_bytes); }

  /// Copies bytes that stand at `source` as they are.
  void Append(std::string_view piece, std::uint64_t source);
  /// Text that stands for the source bytes `source`: "&" for "&amp;", U+FFFD for a broken sequence.
  void Replace(std::string_view text, ByteSpan source);
  /// Text without a place of its own, such as the space that a line break was folded to.
  void Fill(std::string_view text);
  /// Copies [begin, end) of `from` with the places that `from` gives it. Calls with one `from` go
  /// from left to right.
  void AppendFrom(const SourceText& from, std::uint64_t begin, std::uint64_t end);

  const std::string& text() const { return result_.text; }
  std::uint64_t size() const { return result_.text.size(); }
  SourceText Take() &&;

 private:
  void EndReplaced();

  SourceText result_;
  std::optional<std::uint64_t> replaced_end_;  // Source end of what was replaced just now.
  std::size_t cursor_ = 0;  // Run of the last `from` at which the next copy begins its search.
};

}  // namespace verbale::extract
