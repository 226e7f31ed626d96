#include "cli/width.h"

#include <sys/ioctl.h>

namespace verbale::cli {
namespace {

// One code point of UTF-8 at `at`; moves `at` behind it. Broken bytes count one each.
char32_t NextCodePoint(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  char32_t c = more == 3   ? lead & 0x07u
               : more == 2 ? lead & 0x0Fu
               : more == 1 ? lead & 0x1Fu
                           : lead;
  for (; more > 0 && at < text.size(); --more)
    c = c << 6 | (static_cast<unsigned char>(text[at++]) & 0x3Fu);
  return c;
}

std::size_t Width(char32_t c) {
  if ((c >= 0x300 && c <= 0x36F) || c == 0x200B || c == 0x200D || c == 0xFEFF) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                    (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                    (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

}  // namespace

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += Width(NextCodePoint(text, at));
  return width;
}

std::string Cut(std::string_view text, std::size_t width) {
  std::size_t used = 0;
  std::size_t kept = 0;  // bytes that leave room for the "…"
  for (std::size_t at = 0; at < text.size();) {
    used += Width(NextCodePoint(text, at));
    if (used > width) return std::string(text.substr(0, kept)) + "…";
    if (used + 1 <= width) kept = at;
  }
  return std::string(text);
}

std::string OneLine(std::string_view text) {
  std::string line;
  line.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = NextCodePoint(text, at);
    const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0);
    line += control ? std::string_view(" ") : text.substr(begin, at - begin);
  }
  return line;
}

std::size_t TerminalWidth(int fd) {
  winsize size{};
  return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace verbale::cli
