#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace verbale::graph::formats {

/// One field of a row. The text lives as long as the file's text and the reader.
struct CsvField {
  std::string_view text;     ///< Without quotes and, outside of them, without blanks around it.
  bool is_quoted = false;    ///< So an empty text is a text, and not nothing.
  std::uint32_t column = 0;  ///< 1-based byte in its line.
};

/// Rows of a CSV file (RFC 4180): fields between delimiters, quoted where they hold a delimiter, a
/// quote (twice) or a line break. Borrows the text. Empty lines are skipped.
class CsvReader {
 public:
  /// A place between rows.
  struct Place {
    std::size_t at = 0;      ///< Byte of the text.
    std::uint32_t line = 1;  ///< Number of the line that begins there, from 1.
  };
  /// From `begin` on.
  CsvReader(std::string_view text, char delimiter, char quote, Place begin);
  CsvReader(std::string_view text, char delimiter, char quote)
      : CsvReader(text, delimiter, quote, Place()) {}

  /// The next row into `fields`; false at the end. Error(kSyntax), with line and column, where a
  /// quote is not closed or followed by something else; the row is then passed over.
  bool Next(std::vector<CsvField>& fields);
  /// 1-based, of the first line of the last row.
  std::uint32_t line() const { return line_; }
  /// Behind the last row.
  Place place() const { return {at_, next_line_}; }

 private:
  CsvField Plain();
  CsvField Quoted();
  bool AtLineEnd() const;
  void SkipLineEnd();
  void SkipLine();
  [[noreturn]] void Fail(std::size_t at, const char* what);

  std::string_view text_;
  char delimiter_, quote_;
  std::size_t at_ = 0, line_start_ = 0;
  std::uint32_t line_ = 0, next_line_ = 1;
  std::deque<std::string> unquoted_;  // Texts in which two quotes stood for one.
};

}  // namespace verbale::graph::formats
