#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace verbale::extract {

enum class MarkerKind : std::uint8_t {
  kBullet,     ///< "-", "—", "•", "»"
  kNumber,     ///< "1.", "1)"
  kBracketed,  ///< "(1)"
  kLetter,     ///< "(a)", "a)"
  kRoman,      ///< "(i)"
  kUpper,      ///< "A.", "II.": numbers of headings
  kLost,       ///< Brackets whose content text recognition lost: "()", "(¢)"
};

/// What a list item, a numbered paragraph or a numbered heading begins with.
struct ListMarker {
  MarkerKind kind = MarkerKind::kBullet;
  int ordinal = 0;       ///< 1 for "a", "i", "1"; 0 for bullets and where it is not known.
  int roman = 0;         ///< The other reading of "(i)", "(v)", "(c)": as a Roman number; else 0.
  std::size_t size = 0;  ///< Bytes with the white space behind it; 0: there is no marker.
};

/// The marker at the start of `line` that has text behind it. "- (a) text" is read as "(a)".
ListMarker ReadListMarker(std::string_view line);

/// "(c)" for kLetter and 3; "1." for kNumber; "-" for bullets.
std::string MarkerText(MarkerKind kind, int ordinal);

}  // namespace verbale::extract
