#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "extract/text/lines.h"
#include "extract/text/patterns.h"
#include "extract/text/read.h"

namespace verbale::extract {

/// Where a section begins: its heading, and the lines with language and date below.
struct SectionStart {
  std::size_t first = 0;         ///< First line of the heading.
  std::size_t heading_last = 0;  ///< Its last line.
  std::size_t last = 0;          ///< Last line with language or date.
  std::string heading, author, language, date;
};

/// Finds sections by their language and date lines; the heading is what stands above. Immutable.
class SectionFinder {
 public:
  explicit SectionFinder(const Structure& structure);

  /// In the order of the text. A heading that the look-up does not know opens a section without an
  /// author where it stands right above the lines, so that its text is not taken for another's.
  std::vector<SectionStart> Find(std::string_view plain, const std::vector<Line>& lines,
                                 const AuthorLookup& lookup) const;

 private:
  bool ReadStatement(std::string_view line, SectionStart& start) const;
  bool FindHeading(std::string_view plain, const std::vector<Line>& lines, std::size_t floor,
                   std::size_t below, const AuthorLookup& lookup, SectionStart& start) const;

  LinePatterns language_;
  LinePatterns date_;
  std::uint32_t reach_;
};

}  // namespace verbale::extract
