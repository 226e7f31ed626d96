#include "extract/text/format.h"

#include <algorithm>

#include "extract/text/zip.h"
#include "graph/ascii.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

/// How much of a text is looked at.
constexpr std::size_t kHead = 1 << 16;

bool StartsWithNoCase(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    if (ToLower(text[i]) != lower[i]) return false;
  }
  return true;
}

/// Without an XML declaration, comments and white space at the start.
std::string_view SkipProlog(std::string_view text) {
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f"), text.size()));
    const bool comment = text.substr(0, 4) == "<!--";
    if (!comment && text.substr(0, 2) != "<?") return text;
    const std::size_t end = text.find(comment ? "-->" : "?>");
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + (comment ? 3 : 2));
  }
}

bool IsHtml(std::string_view start) {
  constexpr std::string_view kOpenings[] = {
      "<!doctype html", "<html", "<head>", "<head ", "<body", "<title>", "<p>",   "<p ",
      "<div",           "<h1",   "<h2",    "<table", "<ul>",  "<ol>",    "<meta", "<article",
      "<section",       "<main"};
  return std::any_of(std::begin(kOpenings), std::end(kOpenings),
                     [&](std::string_view opening) { return StartsWithNoCase(start, opening); });
}

/// "|---|:---:|"
bool IsUnderTableHead(std::string_view line) {
  return line.size() > 3 && line.front() == '|' &&
         line.find_first_not_of("|-: \t\r") == std::string_view::npos &&
         line.find("--") != std::string_view::npos;
}

/// Two signs of Markdown, or one that nothing else has.
bool IsMarkdown(std::string_view head) {
  const auto has = [&](char c) { return head.find(c) != std::string_view::npos; };
  if (!has('\\') && !has('*') && !has('<') && !has('#') && head.find("](") == head.npos &&
      head.find("|-") == head.npos && head.find("| -") == head.npos &&
      head.find("|:") == head.npos) {
    return false;
  }
  int signs = 0;
  std::size_t at = 0;
  while (at < head.size()) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    const std::string_view line = head.substr(at, end - at);
    at = end + 1;
    const std::size_t hashes = std::min(line.find_first_not_of('#'), line.size());
    if (hashes >= 1 && hashes <= 6 && hashes < line.size() && line[hashes] == ' ') signs += 2;
    if (line.find("](") != std::string_view::npos || IsUnderTableHead(line)) signs += 2;
    if (line.size() > 4 && line.substr(0, 3) == "```") signs += 1;
    const std::size_t bold = line.find("**");
    if (bold != std::string_view::npos && line.find("**", bold + 3) != std::string_view::npos)
      ++signs;
    for (const std::string_view sign :
         {"\\$", "\\*", "\\_", "\\[", "<sup>", "<br>", "<i>", "<b>"}) {
      if (line.find(sign) != std::string_view::npos) ++signs;
    }
    if (line.substr(0, 2) == "- " || line.substr(0, 2) == "> " || line.substr(0, 2) == "| ") {
      signs = std::max(signs, 1);
    }
    if (signs >= 2) return true;
  }
  return false;
}

}  // namespace

std::string_view Name(Format format) {
  switch (format) {
    case Format::kText:
      return "text";
    case Format::kMarkdown:
      return "markdown";
    case Format::kHtml:
      return "html";
    case Format::kPdf:
      return "pdf";
    case Format::kDocx:
    case Format::kDocxXml:
      return "docx";
  }
  return "";
}

Format DetectPacked(std::string_view bytes) {
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return Format::kPdf;
  if (bytes.substr(0, 4) != "PK\x03\x04") return Format::kText;
  if (HasZipEntry(bytes, "word/document.xml")) return Format::kDocx;
  throw Error(ErrorCode::kUnsupported, "this is an archive, not a text")
      .WithHint("of the archives only DOCX can be read");
}

Format DetectText(std::string_view text) {
  const std::string_view head = text.substr(0, kHead);
  const std::string_view start = SkipProlog(head);
  if (StartsWithNoCase(start, "<w:document")) return Format::kDocxXml;
  if (IsHtml(start)) return Format::kHtml;
  return IsMarkdown(head) ? Format::kMarkdown : Format::kText;
}

}  // namespace verbale::extract
