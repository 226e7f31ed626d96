#pragma once

#include <cstdint>
#include <string_view>

namespace verbale::extract {

enum class Format : std::uint8_t { kText, kMarkdown, kHtml, kPdf, kDocx, kDocxXml };

/// "text", "markdown", "html", "pdf", "docx".
std::string_view Name(Format format);

/// What packed files begin with: kPdf, kDocx; kText for everything else. Error(kUnsupported) for an
/// archive that is no DOCX.
Format DetectPacked(std::string_view bytes);
/// Which kind of text it is: kText, kMarkdown, kHtml, or kDocxXml, the main part of an unpacked
/// DOCX.
Format DetectText(std::string_view text);

}  // namespace verbale::extract
