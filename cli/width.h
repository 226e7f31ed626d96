#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace verbale::cli {

/// Cells on screen: code points, wide ones twice, combining ones not at all.
std::size_t DisplayWidth(std::string_view text);

/// At most `width` cells of `text`, "…" standing for what was cut.
std::string Cut(std::string_view text, std::size_t width);

/// `text` with a blank for every line break and control character, which would tear a table or
/// speak to the terminal.
std::string OneLine(std::string_view text);

/// Columns of the terminal behind `fd`; 0 where it is none.
std::size_t TerminalWidth(int fd);

}  // namespace verbale::cli
