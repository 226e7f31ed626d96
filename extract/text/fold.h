#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "extract/text/text_builder.h"

namespace verbale::extract {

/// Appends [begin, end) of `plain` to `out` as it is to be read: white space of any kind, also
/// non-breaking, and control characters become one space, none at the ends; soft hyphens and
/// zero-width characters go; ligatures are spelled out; a letter and the accents behind it become
/// one character; footnote marks go ("treaty¹", "treaty[1]"). Curly quotes and dashes stay.
void AppendFolded(const SourceText& plain, std::uint64_t begin, std::uint64_t end,
                  TextBuilder& out);

/// The same, as a string of its own.
std::string Folded(std::string_view text);

}  // namespace verbale::extract
