#pragma once

#include <cstdint>
#include <string_view>

#include "extract/text/document.h"

namespace verbale::extract {

struct Decoded {
  SourceText plain;            ///< Valid UTF-8; lines end in "\n" or "\r\n".
  std::uint64_t replaced = 0;  ///< Sequences that were none of its encoding, each now U+FFFD.
};

/// Bytes of a text file, in UTF-8 (with or without a byte order mark), UTF-16 (with one), or, where
/// they are neither, the encoding that a text in HTML or XML says that it is in.
/// Error(kUnsupported) for bytes that are no text, and for encodings that are not known.
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
