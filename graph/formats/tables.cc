// The facts as a table with footnotes, each row cited by document, section and sentence: Markdown
// as GitHub and pandoc read it, LaTeX to be taken into a document, HTML without a script.

#include <ostream>

#include <fmt/format.h>

#include "graph/formats/facts.h"

namespace verbale::graph::formats {
namespace {

// White space of any kind becomes one blank: a cell is one line.
std::string OneLine(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == '\n' || c == '\r' || c == '\t';
    out += blank ? ' ' : c;
  }
  return out;
}

std::string Markdown(std::string_view text) {
  std::string out;
  for (const char c : OneLine(text)) {
    if (c == '<' || c == '&' || c == '>') {
      out += c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;";
      continue;
    }
    if (std::string_view("\\`*_[]|~^$#@!").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string Latex(std::string_view text) {
  std::string out;
  for (const char c : OneLine(text)) {
    switch (c) {
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      case '{':
      case '}':
      case '$':
      case '&':
      case '#':
      case '_':
      case '%':
        out += '\\';
        out += c;
        break;
      case '[':  // at the beginning of a row it would be an argument of the \\ before
      case ']':
        out += fmt::format("{{{}}}", c);
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string Title(const FormatOptions& options) {
  return options.title.empty() ? "Facts" : CleanText(options.title);
}

}  // namespace

void WriteMarkdown(const View& view, const FormatOptions& options, std::ostream& out) {
  const FactTable table = FactsOf(view, options);
  out << "# " << Markdown(Title(options)) << "\n\n"
      << "| Subject | Relation | Object | Details | Sources |\n"
      << "| --- | --- | --- | --- | --- |\n";
  for (const FactRow& row : table.rows) {
    out << "| " << Markdown(row.subject) << " | " << Markdown(row.type) << " | "
        << Markdown(row.object) << " | " << Markdown(row.details) << " |";
    for (const std::size_t source : row.sources) out << " [^" << source << ']';
    out << " |\n";
  }
  out << '\n';
  for (std::size_t i = 0; i < table.sources.size(); ++i) {
    out << "[^" << i + 1 << "]: " << Markdown(table.sources[i]) << '\n';
  }
}

void WriteLatex(const View& view, const FormatOptions& options, std::ostream& out) {
  const FactTable table = FactsOf(view, options);
  out << "% \\usepackage{longtable} in the document that takes this in.\n"
      << "\\begin{longtable}{@{}p{.2\\textwidth}lp{.3\\textwidth}p{.2\\textwidth}@{}}\n"
      << "\\caption{" << Latex(Title(options)) << "}\\\\\n"
      << "Subject & Relation & Object & Details \\\\\n\\hline\n\\endhead\n";
  for (const FactRow& row : table.rows) {
    out << Latex(row.subject) << " & " << Latex(row.type) << " & " << Latex(row.object);
    if (!row.sources.empty())
      out << fmt::format("\\textsuperscript{{{}}}", fmt::join(row.sources, ","));
    out << " & " << Latex(row.details) << " \\\\\n";
  }
  out << "\\end{longtable}\n";
  if (table.sources.empty()) return;
  out << "\\begin{enumerate}\n";
  for (const std::string& source : table.sources) out << "\\item " << Latex(source) << '\n';
  out << "\\end{enumerate}\n";
}

void WriteHtmlTable(const View& view, const FormatOptions& options, std::ostream& out) {
  const FactTable table = FactsOf(view, options);
  const std::string title = XmlText(Title(options));
  out << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      << "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n<title>"
      << title << "</title>\n</head>\n<body>\n<h1>" << title << "</h1>\n<table border=\"1\">\n"
      << "<thead><tr><th>Subject</th><th>Relation</th><th>Object</th><th>Details</th>"
         "<th>Sources</th></tr></thead>\n<tbody>\n";
  for (const FactRow& row : table.rows) {
    out << "<tr><td>" << XmlText(row.subject) << "</td><td>" << XmlText(row.type) << "</td><td>"
        << XmlText(row.object) << "</td><td>" << XmlText(row.details) << "</td><td>";
    for (const std::size_t source : row.sources) {
      out << fmt::format("<a href=\"#s{0}\">{0}</a> ", source);
    }
    out << "</td></tr>\n";
  }
  out << "</tbody>\n</table>\n<ol>\n";
  for (std::size_t i = 0; i < table.sources.size(); ++i) {
    out << fmt::format("<li id=\"s{}\">{}</li>\n", i + 1, XmlText(table.sources[i]));
  }
  out << "</ol>\n</body>\n</html>\n";
}

}  // namespace verbale::graph::formats
