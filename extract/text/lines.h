#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extract/text/document.h"
#include "extract/text/patterns.h"

namespace verbale::extract {

/// A line that has something to read on it.
struct Line {
  std::uint64_t begin = 0;  ///< In the plain text, without white space at both ends.
  std::uint64_t end = 0;
  std::uint32_t indent = 0;   ///< Columns of white space before it; a tab counts to the next four.
  bool blank_before = false;  ///< A blank line stands before it.
  /// A page began before it: a form feed, or headers and numbers of pages that were taken out, or
  /// the single space with which text recognition marks a new page.
  bool page_before = false;
  bool row = false;  ///< Of a table with several columns (kRowMark).

  std::uint64_t size() const { return end - begin; }
};

struct Lines {
  std::vector<Line> lines;
  /// Bytes of a full line where long lines are wrapped; 0 where each line is a paragraph.
  std::uint64_t width = 0;
};

/// Lines of `plain` without what belongs to the page and not to the text: headers, footers, page
/// numbers, tables of contents, rules, scraps of failed text recognition.
Lines ReadLines(std::string_view plain, const LinePatterns& page_noise);

}  // namespace verbale::extract
