#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "extract/text/decode.h"
#include "extract/text/read.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Structure ReportStructure() {
  Structure structure;
  structure.symbol_patterns = {R"((?P<symbol>[A-Z]+/\d+/\d+))"};
  structure.title_patterns = {R"((?P<title>Developments in the field of .*))"};
  structure.language_patterns = {R"(\[Original: (?P<language>[A-Z][a-z]+)\])"};
  structure.date_patterns = {R"(\[(?P<date>\d{1,2} [A-Z][a-z]+ \d{4})\])"};
  structure.file_patterns = {R"((?P<author>[A-Z]{3})_\d+_(?P<date>\d{4}))"};
  structure.inner_words = {"a", "and", "for", "in", "of", "on", "the", "to", "with"};
  return structure;
}

std::optional<std::string> KnownName(std::string_view heading) {
  constexpr std::string_view kNames[] = {"Afghanistan",
                                         "Armenia",
                                         "Belarus",
                                         "Brunei Darussalam",
                                         "CAN",
                                         "Canada",
                                         "Cuba",
                                         "Ecuador",
                                         "El Salvador",
                                         "Estonia",
                                         "Finland",
                                         "Georgia",
                                         "Germany",
                                         "Greece",
                                         "Japan",
                                         "Jordan",
                                         "Madagascar",
                                         "Netherlands",
                                         "Norway",
                                         "Panama",
                                         "Paraguay",
                                         "Peru",
                                         "Portugal",
                                         "Qatar",
                                         "Republic of Korea",
                                         "Singapore",
                                         "Spain",
                                         "Turkey",
                                         "United Kingdom of Great Britain and Northern Ireland"};
  const auto* const found = std::find(std::begin(kNames), std::end(kNames), heading);
  return found == std::end(kNames) ? std::nullopt : std::optional<std::string>(heading);
}

/// "I2 (a) <4 text": kind ("h": a guessed heading), level, marker, number of the lead-in, text.
std::string Show(const Document& document) {
  constexpr char kKinds[] = {'S', 'H', 'L', 'I'};
  std::string out;
  for (const Unit& unit : document.units) {
    out += unit.guessed ? 'h' : kKinds[static_cast<std::size_t>(unit.kind)];
    if (unit.kind == UnitKind::kListItem) out += fmt::format("{}", unit.level);
    if (!unit.marker.empty()) out += " " + unit.marker;
    if (unit.lead_in != kNone) out += fmt::format(" <{}", unit.lead_in);
    out += fmt::format(" {}\n", document.content.View(unit.text));
  }
  return out;
}

/// Cases of a file: "== title", the input, "--", what is shown.
struct Case {
  std::string title, input, expected;
};
std::vector<Case> ReadCases(const std::string& name) {
  const std::string text =
      ReadFile(std::filesystem::path(VERBALE_SOURCE_DIR) / "tests/extract/text" / name);
  std::vector<Case> cases;
  std::size_t at = text.find("== ");
  while (at != std::string::npos) {
    const std::size_t line = text.find('\n', at);
    const std::size_t bar = text.find("\n--\n", line);
    const std::size_t next = text.find("\n== ", bar);
    Case one;
    one.title = text.substr(at + 3, line - at - 3);
    one.input = text.substr(line + 1, bar - line);
    one.expected = text.substr(bar + 4, next == std::string::npos ? next : next - bar - 4);
    if (!one.expected.ends_with('\n')) one.expected += '\n';
    cases.push_back(one);
    at = next == std::string::npos ? next : next + 1;
  }
  return cases;
}

/// What must hold of every document, whatever its bytes were.
void CheckPlaces(const Document& document, std::string_view bytes) {
  const std::string_view source =
      document.converted.empty() ? bytes : std::string_view(document.converted);
  const SourceText& content = document.content;
  std::uint64_t text_end = 0;
  std::uint64_t source_end = 0;
  const bool wide = bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF";
  for (const SourceText::Run& run : content.runs) {
    ASSERT_GE(run.text, text_end);
    ASSERT_GE(run.source, source_end);
    text_end = run.text + run.size;
    source_end = run.source + run.size;
    ASSERT_LE(text_end, content.text.size());
    ASSERT_LE(source_end, source.size());
    if (!wide) {
      ASSERT_EQ(std::string_view(content.text).substr(run.text, run.size),
                source.substr(run.source, run.size));
    }
  }
  EXPECT_EQ(Decode(content.text).replaced, 0u);
  std::uint64_t before = 0;
  for (const Unit& unit : document.units) {
    ASSERT_LT(unit.text.begin, unit.text.end);
    ASSERT_GE(unit.text.begin, before);
    before = unit.text.end;
    const std::string_view text = content.View(unit.text);
    EXPECT_EQ(text.find('\n'), text.npos);
    EXPECT_NE(text.front(), ' ');
    EXPECT_NE(text.back(), ' ');
    ASSERT_LT(unit.source.begin, unit.source.end);
    ASSERT_LE(unit.source.end, source.size());
    if (unit.section != kNone) {
      EXPECT_TRUE(document.sections.at(unit.section).source.Contains(unit.source)) << text;
    }
    if (unit.lead_in != kNone) {
      EXPECT_LT(unit.lead_in, document.units.size());
    }
  }
}

Document ReadText(std::string_view bytes, std::string_view path = "some-file.txt") {
  const TextReader reader(ReportStructure());
  Document document = reader.Read(bytes, path, KnownName);
  CheckPlaces(document, bytes);
  return document;
}

class CasesTest : public testing::TestWithParam<const char*> {};

TEST_P(CasesTest, AreReadAsShown) {
  const std::vector<Case> cases = ReadCases(std::string(GetParam()) + ".test");
  ASSERT_FALSE(cases.empty());
  for (const Case& one : cases) {
    SCOPED_TRACE(one.title);
    EXPECT_EQ(Show(ReadText(one.input)), one.expected);
    // The same with other line ends and a byte order mark.
    std::string dos = "\xEF\xBB\xBF";
    for (const char c : one.input) dos += c == '\n' ? "\r\n" : std::string(1, c);
    EXPECT_EQ(Show(ReadText(dos)), one.expected);
  }
}
INSTANTIATE_TEST_SUITE_P(Files, CasesTest, testing::Values("layout", "markdown", "html"),
                         [](const auto& file) { return std::string(file.param); });

TEST(ReadTest, FormatIsFoundByContent) {
  const std::pair<const char*, const char*> rows[] = {
      {"Plain words.\n- a list\n", "text"},        {"# Heading\n\nWords.", "markdown"},
      {"See [a link](#) now.", "markdown"},        {"It cost \\$8 and **more**.", "markdown"},
      {"<!DOCTYPE HTML>\n<p>Words", "html"},       {"\n<!-- note --><html><body>Words", "html"},
      {"[Original: English] costs $5 * 3", "text"}};
  for (const auto& [text, format] : rows) EXPECT_EQ(ReadText(text, "x.pdf").format, format) << text;
}

TEST(ReadTest, SectionsHaveAuthorLanguageAndDate) {
  const Document document = ReadText(
      "Replies\n\nPeru\n\n[Original: Spanish]\n[5 April 2017]\n\nWe signed.\n\n"
      "United Kingdom of Great Britain and\nNorthern Ireland\n\n[Original: English] [1 May "
      "2017]\n\n"
      "We ratified.\n\nNowhere\n\n[Original: French]\n\nNobody spoke.\n");
  ASSERT_EQ(document.sections.size(), 3u);
  const Section& peru = document.sections[0];
  EXPECT_EQ(peru.author, "Peru");
  EXPECT_EQ(peru.language, "Spanish");
  EXPECT_EQ(peru.date, "2017-04-05");
  EXPECT_EQ(document.content.View(peru.heading_text), "Peru [Original: Spanish] [5 April 2017]");
  EXPECT_EQ(peru.heading_source, (ByteSpan{9, 49}));
  EXPECT_EQ(peru.source, (ByteSpan{9, 61}));
  EXPECT_EQ(document.sections[1].author, "United Kingdom of Great Britain and Northern Ireland");
  EXPECT_EQ(document.sections[1].date, "2017-05-01");
  EXPECT_EQ(document.sections[2].heading, "Nowhere");
  EXPECT_EQ(document.sections[2].author, "");
  EXPECT_EQ(document.units.back().section, 2u);
}

TEST(ReadTest, NamesComeFromTheFileWhereTheTextHasNone) {
  const Document report = ReadText("Words only.", "folder.d/A-72-315.txt");
  EXPECT_EQ(report.symbol, "A/72/315");
  EXPECT_EQ(report.title, "A-72-315");
  const Document named =
      ReadText("A/70/172\n\nDevelopments in the field of law\n\nWords.", "x.txt");
  EXPECT_EQ(named.symbol, "A/70/172");
  EXPECT_EQ(named.symbol_source, (ByteSpan{0, 8}));
  EXPECT_EQ(named.title, "Developments in the field of law");
  Structure pages = ReportStructure();  // The symbol is what stands at the head of every page.
  pages.page_noise_patterns = {R"([A-Z]+/\d+/\d+)"};
  const Document paged = TextReader(pages).Read("  A/70/172\n\nWords.", "x.txt", KnownName);
  EXPECT_EQ(paged.symbol, "A/70/172");
  EXPECT_EQ(paged.symbol_source, (ByteSpan{2, 10}));
  EXPECT_EQ(paged.units.size(), 1u);
  const Document speech = ReadText("We signed.", "CAN_70_2015.txt");
  ASSERT_EQ(speech.sections.size(), 1u);
  EXPECT_EQ(speech.sections[0].author, "CAN");
  EXPECT_EQ(speech.sections[0].date, "2015");
  EXPECT_EQ(speech.units.at(0).section, 0u);
  EXPECT_EQ(ReadText("<title>A &amp; B</title><p>Words.", "x").title, "A & B");
}

TEST(ReadTest, QuotesAreFoundAgainInTheBytes) {
  const std::string bytes =
      "Peru signed\r\nthe \\$8 <b>**treaty**</b> &amp; more[^1] now.\n\n# End\n";
  const Document document = ReadText(bytes);
  ASSERT_FALSE(document.units.empty());
  EXPECT_EQ(document.content.View(document.units[0].text), "Peru signed the $8 treaty & more now.");
  const auto place = [&](std::string_view words) {
    const std::size_t at = document.content.text.find(words);
    const ByteSpan span = document.content.ToSource(at, at + words.size());
    return bytes.substr(span.begin, span.size());
  };
  EXPECT_EQ(place("signed the"), "signed\r\nthe");
  EXPECT_EQ(place("treaty"), "treaty");
  EXPECT_EQ(place("&"), "&amp;");
  EXPECT_EQ(place("more now."), "more[^1] now.");
}

TEST(ReadTest, UnreadableFilesAreRefused) {
  const std::pair<std::string, ErrorCode> rows[] = {
      {std::string("\0\1\2", 3), ErrorCode::kUnsupported},
      {"PK\x03\x04 no archive", ErrorCode::kUnsupported},
      {"%PDF-1.4\nbroken", ErrorCode::kCorruption}};
  for (const auto& [bytes, code] : rows) {
    try {
      ReadText(bytes);
      ADD_FAILURE() << "no error for " << bytes;
    } catch (const Error& error) {
      const bool no_pdf = bytes[0] == '%' && error.code() == ErrorCode::kUnsupported;
      EXPECT_TRUE(error.code() == code || no_pdf) << error.what();
    }
  }
}

TEST(ReadTest, WrongPatternsAreNamed) {
  Structure structure;
  structure.date_patterns = {R"(\[(\d+)\])"};
  try {
    TextReader reader(structure);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kSyntax);
    EXPECT_NE(std::string(error.what()).find("date_patterns"), std::string::npos);
  }
}

TEST(ReadTest, EmptyAndOddTextsAreRead) {
  for (const char* text :
       {"",    "\n\n\n", " ",  "\f\f", ".",  "(a)",   "(a) ", "-",    "…",    "[",      "<",
        "&#;", "# ",     "\\", "**",   "[^", "* * *", "a-\n", "-\nb", "“\n”", "(\n(\n("}) {
    EXPECT_NO_THROW(ReadText(text)) << text;
  }
}

// A second or two; where the rest of the line was searched from each sign, an hour.
TEST(ReadTest, LongLinesAreReadInProportion) {
  for (const char* piece : {"**_*", "<sup>", "<i", "[^a ", "![", "\\*a", "|a", "&amp"}) {
    std::string text = "# Title\n\n";
    while (text.size() < 400'000) text += piece;
    EXPECT_NO_THROW(ReadText(text, "a.md")) << piece;
  }
  for (const char* piece : {"<i>a</i>", "<a x=\"", "<p>", "a<", "&", "<td>"}) {
    std::string text = "<html><body>";
    while (text.size() < 400'000) text += piece;
    EXPECT_NO_THROW(ReadText(text, "a.html")) << piece;
  }
}

TEST(ReadTest, CellsWithoutWordsAreRead) {
  EXPECT_NO_THROW(ReadText("<html><body><table><tr><td></td><td></td></tr></table>", "a.html"));
  EXPECT_NO_THROW(ReadText("<html><body><ul><li></li></ul>", "a.html"));
}

/// An archive of one stored entry, as a packer would write it.
std::string ZipOf(const std::string& name, const std::string& content) {
  const auto little = [](std::uint64_t value, int size) {  // zero-filled beyond eight bytes
    std::string bytes;
    for (int i = 0; i < size; ++i, value >>= 8) bytes += static_cast<char>(value & 0xFF);
    return bytes;
  };
  const std::string sizes = little(crc32(0, reinterpret_cast<const Bytef*>(content.data()),
                                         static_cast<uInt>(content.size())),
                                   4) +
                            little(content.size(), 4) + little(content.size(), 4) +
                            little(name.size(), 2);
  const std::string local =
      "PK\x03\x04" + little(20, 2) + little(0, 8) + sizes + little(0, 2) + name;
  const std::string central = "PK\x01\x02" + little(20, 2) + little(20, 2) + little(0, 8) + sizes +
                              little(0, 2 + 2 + 2 + 2 + 4 + 4) + name;
  return local + content + central + "PK\x05\x06" + little(0, 4) + little(1, 2) + little(1, 2) +
         little(central.size(), 4) + little(local.size() + content.size(), 4) + little(0, 2);
}

TEST(ReadTest, DocxIsReadFromItsMainPart) {
  const auto paragraph = [](const std::string& style, const std::string& runs) {
    return "<w:p><w:pPr>" + style + "</w:pPr>" + runs + "</w:p>";
  };
  const std::string item = R"(<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>)";
  const std::string xml =
      R"(<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="w"><w:body>)" +
      paragraph(R"(<w:pStyle w:val="Heading1"/>)", "<w:r><w:t>Efforts</w:t></w:r>") +
      paragraph("",
                "<w:r><w:t xml:space=\"preserve\">Peru </w:t></w:r><w:r><w:t>did &amp; "
                "does:</w:t></w:r><w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>"
                "<w:t>1</w:t></w:r>") +
      paragraph(item, "<w:r><w:t>one thing</w:t></w:r>") +
      paragraph(item,
                "<w:r><w:t>another</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r>"
                "</w:del><w:r><w:t> thing</w:t></w:r>") +
      paragraph("",
                "<w:r><w:t>Non</w:t><w:noBreakHyphen/><w:t>State actors</w:t></w:r>"
                "<w:moveFromRangeStart w:id=\"1\"/><w:moveFrom><w:r><w:t> were here</w:t></w:r>"
                "</w:moveFrom><w:moveFromRangeEnd w:id=\"1\"/><w:r><w:t> act.</w:t></w:r>") +
      "</w:body></w:document>";
  const std::string docx = ZipOf("word/document.xml", xml);
  const Document document = ReadText(docx, "report.docx");
  EXPECT_EQ(document.format, "docx");
  EXPECT_EQ(document.title, "Efforts");
  EXPECT_EQ(document.converted, xml);
  EXPECT_EQ(Show(document),
            "H Efforts\nL Peru did & does:\nI1 - <1 one thing\nI1 - <1 another thing\n"
            "S Non-State actors act.\n");
  // What the places refer to reads the same by itself.
  EXPECT_EQ(Show(ReadText(xml)), Show(document));
  EXPECT_EQ(ReadText(xml).units.at(1).source, document.units.at(1).source);
  std::string damaged = docx;
  damaged[60] ^= 1;
  EXPECT_THROW(ReadText(damaged), Error);
}

TEST(ReadTest, PdfIsReadByPdftotext) {
  if (std::system("pdftotext -v >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "pdftotext is not installed";
  std::string pdf = "%PDF-1.4\n";
  std::vector<std::size_t> places;
  const std::string stream =
      "BT /F1 12 Tf 72 700 Td (Peru signed the treaty in) Tj 0 -14 Td (March. It was ratified.) Tj "
      "ET";
  const std::string objects[] = {
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << "
      "/F1 5 0 R >> >> >>",
      fmt::format("<< /Length {} >>\nstream\n{}\nendstream", stream.size(), stream),
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"};
  for (const std::string& object : objects) {
    places.push_back(pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", places.size(), object);
  }
  const std::size_t table = pdf.size();
  pdf += "xref\n0 6\n0000000000 65535 f \n";
  for (const std::size_t place : places) pdf += fmt::format("{:010} 00000 n \n", place);
  pdf += fmt::format("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", table);
  const Document document = ReadText(pdf, "x.txt");
  EXPECT_EQ(document.format, "pdf");
  EXPECT_EQ(Show(document), "S Peru signed the treaty in March.\nS It was ratified.\n");
  EXPECT_EQ(Show(ReadText(document.converted)), Show(document));
}

/// Random splices of hard pieces: whatever comes out, its places must be right.
TEST(ReadTest, PlacesHoldForRandomTexts) {
  const std::string_view pieces[] = {"Peru ",
                                     "signed ",
                                     "it. ",
                                     "\n",
                                     "\n\n",
                                     "(a) ",
                                     "(i) ",
                                     "- ",
                                     "1. ",
                                     "; ",
                                     ": ",
                                     "infor-\n",
                                     "mation ",
                                     "¹",
                                     "[1]",
                                     "\u00A0",
                                     "\u00AD",
                                     "\uFB01",
                                     "\x80",
                                     "\xE2\x82",
                                     "&amp;",
                                     "&#8217;",
                                     "<b>",
                                     "</b>",
                                     "<p>",
                                     "<li>",
                                     "**",
                                     "\\$",
                                     "[x](y)",
                                     "[^1]",
                                     "# ",
                                     "> ",
                                     "\f",
                                     "12\n",
                                     "\t2\n",
                                     "Canada\n",
                                     "[Original: English]\n",
                                     "[1 May 2017]\n",
                                     "The ",
                                     "“",
                                     "”",
                                     "  ",
                                     " \n "};
  std::uint64_t state = 20170531;
  const auto random = [&](std::size_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>((state >> 33) % below);
  };
  for (int round = 0; round < 3000; ++round) {
    std::string text = random(4) == 0 ? "<html>" : random(3) == 0 ? "# Title\n\n" : "";
    for (std::size_t i = random(60); i > 0; --i) text += pieces[random(std::size(pieces))];
    SCOPED_TRACE(text);
    ASSERT_NO_THROW(ReadText(text));
    if (HasFailure()) return;
  }
}

std::filesystem::path Corpus() {
  const char* const shared = std::getenv("VERBALE_SHARED");
  return std::filesystem::path(shared == nullptr ? "../shared" : shared) / "corpus";
}

struct Reply {
  const char* author;
  const char* language;
  const char* date;
};

void ExpectReplies(const char* file, const char* symbol, const std::vector<Reply>& replies) {
  if (!std::filesystem::exists(Corpus() / file)) {
    GTEST_SKIP() << "no " << (Corpus() / file) << ": set VERBALE_SHARED";
  }
  const Document document = ReadText(ReadFile(Corpus() / file), file);
  EXPECT_EQ(document.symbol, symbol);
  ASSERT_EQ(document.sections.size(), replies.size());
  for (std::size_t i = 0; i < replies.size(); ++i) {
    EXPECT_EQ(document.sections[i].author, replies[i].author);
    EXPECT_EQ(document.sections[i].language, replies[i].language) << replies[i].author;
    EXPECT_EQ(document.sections[i].date, replies[i].date) << replies[i].author;
  }
}

TEST(ReportsTest, RecognizedReportHas23Replies) {
  ExpectReplies(
      "A-72-315.txt", "A/72/315",
      {{"Afghanistan", "English", "2017-05-26"},
       {"Armenia", "English", "2017-05-31"},
       {"Belarus", "Russian", "2017-06-05"},
       {"Brunei Darussalam", "English", "2017-06-29"},
       {"Canada", "English", "2017-07-17"},
       {"Cuba", "Spanish", "2017-04-05"},
       {"Ecuador", "Spanish", "2017-07-28"},
       {"El Salvador", "Spanish", "2017-05-24"},
       {"Estonia", "English", "2017-05-31"},
       {"Finland", "English", "2017-07-21"},
       {"Germany", "English", "2017-05-30"},
       {"Greece", "English", "2017-05-26"},
       {"Japan", "English", "2017-07-27"},
       {"Jordan", "Arabic", "2017-03-23"},
       {"Madagascar", "French", "2017-06-20"},
       {"Netherlands", "English", "2017-05-31"},
       {"Norway", "English", "2017-07-27"},
       {"Paraguay", "Spanish", "2017-07-31"},
       {"Portugal", "English", "2017-07-27"},
       {"Qatar", "English", "2017-05-04"},
       {"Singapore", "English", "2017-07-31"},
       {"Turkey", "English", "2017-07-31"},
       {"United Kingdom of Great Britain and Northern Ireland", "English", "2017-07-31"}});
}

TEST(ReportsTest, MarkdownReportHas13Replies) {
  ExpectReplies(
      "A-70-172.txt", "A/70/172",
      {{"Canada", "English", "2015-06-04"},
       {"Cuba", "Spanish", "2015-05-26"},
       {"El Salvador", "Spanish", "2015-04-21"},
       {"Georgia", "English", "2015-05-26"},
       {"Germany", "English", "2015-05-27"},
       {"Netherlands", "English", "2015-05-29"},
       {"Panama", "Spanish", "2015-06-03"},
       {"Peru", "Spanish", "2015-06-30"},
       {"Portugal", "English", "2015-04-24"},
       {"Qatar", "Arabic", "2015-06-24"},
       {"Republic of Korea", "English", "2015-06-11"},
       {"Spain", "Spanish", "2015-05-29"},
       {"United Kingdom of Great Britain and Northern Ireland", "English", "2015-05-29"}});
}

/// Every byte of a report in turn is broken, at a prime stride: places stay exact.
TEST(ReportsTest, PlacesHoldWhenBytesAreBroken) {
  const std::filesystem::path path = Corpus() / "A-72-315.txt";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path << ": set VERBALE_SHARED";
  const std::string report = ReadFile(path);
  for (std::size_t at = 0; at < report.size(); at += 1511) {
    std::string broken = report;
    broken[at] = at % 2 == 0 ? '\xC3' : '\n';
    SCOPED_TRACE(at);
    ReadText(broken, "A-72-315.txt");
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace verbale::extract
