#pragma once

#include <cstdint>
#include <string_view>

#include "extract/text/document.h"

namespace verbale::extract {

struct Decoded {
  SourceText plain;            ///< Valid UTF-8; lines end in "\n" or "\r\n".
  std::uint64_t replaced = 0;  ///< Sequences that were no UTF-8 or UTF-16, each now U+FFFD.
};

/// Bytes of a text file, in UTF-8 (with or without a byte order mark) or UTF-16 (with one).
/// Error(kUnsupported) for bytes that are no text.
Decoded Decode(std::string_view bytes);

bool IsUtf8(std::string_view text);

/// Appends `code_point` in UTF-8; what is no code point becomes U+FFFD.
void AppendUtf8(std::string& out, std::uint32_t code_point);

/// The character that begins at `at` in valid UTF-8, and its length in bytes.
struct CodePoint {
  std::uint32_t value = 0;
  std::uint32_t size = 0;
};
CodePoint CodePointAt(std::string_view text, std::size_t at);

}  // namespace verbale::extract
