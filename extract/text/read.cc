#include "extract/text/read.h"

#include <algorithm>

#include "extract/text/author.h"
#include "extract/text/blocks.h"
#include "extract/text/convert.h"
#include "extract/text/dates.h"
#include "extract/text/decode.h"
#include "extract/text/fold.h"
#include "extract/text/format.h"
#include "extract/text/layout.h"
#include "extract/text/lines.h"
#include "extract/text/patterns.h"
#include "extract/text/sections.h"
#include "extract/text/sentences.h"
#include "extract/text/zip.h"
#include "graph/ascii.h"

namespace verbale::extract {
namespace {

/// Symbol and title of a document stand among its first lines and units.
constexpr std::size_t kHeadLines = 120;
constexpr std::size_t kHeadUnits = 60;

/// "a/b/A-72-315.txt" → "A-72-315".
std::string_view Stem(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? path : path.substr(0, dot);
}

LineStyle StyleOf(Format format) {
  switch (format) {
    case Format::kMarkdown:
      return LineStyle::kMarkdown;
    case Format::kHtml:
    case Format::kDocx:
    case Format::kDocxXml:
      return LineStyle::kConverted;
    default:
      return LineStyle::kPlain;
  }
}

Converted Convert(SourceText plain, Format format) {
  switch (format) {
    case Format::kMarkdown:
      return ConvertMarkdown(plain);
    case Format::kHtml:
      return ConvertHtml(plain);
    case Format::kDocxXml:
      return ConvertDocx(plain);
    default:
      return {std::move(plain), "", {}};
  }
}

}  // namespace

struct TextReader::Impl {
  explicit Impl(const Structure& structure)
      : symbol(structure.symbol_patterns, "symbol_patterns", "symbol"),
        title(structure.title_patterns, "title_patterns", "title"),
        file(structure.file_patterns, "file_patterns", ""),
        noise(structure.page_noise_patterns, "page_noise_patterns", ""),
        authors(structure),
        sections(structure),
        splitter(structure.abbreviations),
        inner_words(structure.inner_words) {}

  void FindSymbol(const SourceText& plain, std::string_view stem, Document& document) const;
  void FindTitle(const Converted& converted, std::string_view stem, Document& document) const;
  void NameByFile(std::string_view stem, Document& document) const;
  void FindAuthor(const Lines& lines, const SourceText& plain, std::string_view stem,
                  const AuthorLookup& lookup, Document& document) const;

  LinePatterns symbol, title, file, noise;
  AuthorFinder authors;
  SectionFinder sections;
  SentenceSplitter splitter;
  std::vector<std::string> inner_words;
};

/// Among all lines: on its own it is what stands at the head of every page, which nobody reads on.
void TextReader::Impl::FindSymbol(const SourceText& plain, std::string_view stem,
                                  Document& document) const {
  if (symbol.empty()) return;
  const std::string_view text = plain.text;
  std::size_t seen = 0;
  for (std::size_t begin = 0, end = 0; begin < text.size() && seen < kHeadLines; begin = end + 1) {
    end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = Trim(text.substr(begin, end - begin));
    if (line.empty()) continue;
    ++seen;
    // Folding leaves letters and figures as they are.
    if (IsAlnum(line.front()) && !symbol.MayBeginWith(line.front())) continue;
    if (symbol.NeedDigit() && std::none_of(line.begin(), line.end(), IsDigit)) continue;
    if (!symbol.Match(Folded(line), &document.symbol)) continue;
    const auto at = static_cast<std::size_t>(line.data() - text.data());
    document.symbol_source = plain.ToSource(at, at + line.size());
    return;
  }
  std::string name(stem);
  if (symbol.Match(name, &document.symbol)) return;
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == '_'; }, '/');
  symbol.Match(name, &document.symbol);
}

/// By the pack's patterns, else as the format says it, else the first heading of the first level,
/// else the file name.
void TextReader::Impl::FindTitle(const Converted& converted, std::string_view stem,
                                 Document& document) const {
  const std::size_t head = std::min(document.units.size(), kHeadUnits);
  if (!title.empty()) {
    for (std::size_t i = 0; i < head; ++i) {
      const Unit& unit = document.units[i];
      if (!title.Match(document.content.View(unit.text), &document.title)) continue;
      document.title_source = unit.source;
      return;
    }
  }
  if (!converted.title.empty()) {
    document.title = converted.title;
    document.title_source = converted.title_source;
    return;
  }
  const bool marked = document.format != "text" && document.format != "pdf";
  for (const bool guessed : {false, true}) {
    for (std::size_t i = 0; i < head && marked; ++i) {
      const Unit& unit = document.units[i];
      if (unit.kind != UnitKind::kHeading || unit.guessed != guessed || unit.level != 1 ||
          unit.section != kNone) {
        continue;
      }
      document.title = document.content.View(unit.text);
      document.title_source = unit.source;
      return;
    }
  }
  document.title = stem;
}

/// What only the file name says: symbol, title, date.
void TextReader::Impl::NameByFile(std::string_view stem, Document& document) const {
  if (document.symbol.empty()) document.symbol = file.Group(stem, "symbol");
  if (document.symbol.empty()) document.symbol = stem;
  document.date = IsoDate(file.Group(stem, "date"));
  if (document.title != stem) return;
  const std::string named = file.Group(stem, "title");
  if (!named.empty()) document.title = named;
}

/// One author speaks throughout a document that has no sections of its own.
void TextReader::Impl::FindAuthor(const Lines& lines, const SourceText& plain,
                                  std::string_view stem, const AuthorLookup& lookup,
                                  Document& document) const {
  if (!document.sections.empty() || lines.lines.empty()) return;
  std::optional<Section> section = authors.Find(document, stem, file.Group(stem, "author"), lookup);
  if (!section) return;
  section->language = file.Group(stem, "language");
  section->date = document.date;
  section->source = plain.ToSource(lines.lines.front().begin, lines.lines.back().end);
  document.sections.push_back(std::move(*section));
  for (Unit& unit : document.units) unit.section = 0;
}

TextReader::TextReader(Structure structure) : impl_(std::make_unique<const Impl>(structure)) {}
TextReader::~TextReader() = default;
TextReader::TextReader(TextReader&&) noexcept = default;

Document TextReader::Read(std::string_view bytes, std::string_view path,
                          const AuthorLookup& lookup) const {
  Document document;
  const Format packed = DetectPacked(bytes);
  if (packed == Format::kPdf) document.converted = PdfToText(bytes);
  if (packed == Format::kDocx) document.converted = ReadZipEntry(bytes, "word/document.xml");
  Decoded decoded = Decode(packed == Format::kText ? bytes : std::string_view(document.converted));
  const Format text = packed == Format::kPdf ? Format::kText : DetectText(decoded.plain.text);
  document.format = Name(packed == Format::kPdf ? packed : text);
  document.replaced = decoded.replaced;

  const Converted converted = Convert(std::move(decoded.plain), text);
  const SourceText& plain = converted.plain;
  const Lines lines = ReadLines(plain.text, impl_->noise);
  const std::vector<SectionStart> sections = impl_->sections.Find(plain.text, lines.lines, lookup);
  const std::vector<Block> blocks =
      JoinLines(plain.text, lines, sections, StyleOf(text), impl_->inner_words);
  LayOut(plain, lines, blocks, sections, impl_->splitter, document);

  const std::string_view stem = Stem(path);
  impl_->FindSymbol(plain, stem, document);
  impl_->FindTitle(converted, stem, document);
  impl_->NameByFile(stem, document);
  impl_->FindAuthor(lines, plain, stem, lookup, document);
  return document;
}

}  // namespace verbale::extract
