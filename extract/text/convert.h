#pragma once

#include <string>
#include <string_view>

#include "extract/text/document.h"

namespace verbale::extract {

/// Ends a line that is of a table of several columns: whatever stands there alone is no heading.
inline constexpr char kRowMark = '\x1F';

/// Text of a format with markup, as plain lines: headings become "# …", list items "- …" or "1. …",
/// paragraphs stand between blank lines, rows of tables end in kRowMark; with the places of the
/// text that was converted.
struct Converted {
  SourceText plain;
  std::string title;      ///< As the format says it apart from the text; empty where it does not.
  ByteSpan title_source;  ///< In the text that was converted.
};

/// Takes Markdown's signs away: escapes, emphasis, links, inline HTML, footnote marks, quotation
/// signs, the frames of tables. Signs of headings and list items stay.
Converted ConvertMarkdown(const SourceText& plain);
/// HTML, as people write it.
Converted ConvertHtml(const SourceText& plain);
/// word/document.xml of a DOCX.
Converted ConvertDocx(const SourceText& plain);

/// Text of a PDF: UTF-8, pages end in form feeds. Runs pdftotext (poppler); Error(kUnsupported)
/// where that is not installed, Error(kCorruption) where it cannot read the file.
std::string PdfToText(std::string_view pdf);

}  // namespace verbale::extract
