// Tables for documents: Markdown, HTML, LaTeX. A form says what stands around rows and cells, and
// how text is escaped.

#include <fmt/format.h>

#include "cli/evidence_text.h"
#include "cli/rows/printer.h"

namespace verbale::cli {
namespace {

std::string MarkdownText(std::string_view text) {
  std::string out;
  for (const char c : OneLine(text)) {
    if (std::string_view("|\\`*_<[]").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string HtmlText(std::string_view text) {
  std::string out;
  for (const char c : OneLine(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string LatexText(std::string_view text) {
  std::string out;
  for (const char c : OneLine(text)) {
    switch (c) {
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '<':
        out += "\\textless{}";
        break;
      case '>':
        out += "\\textgreater{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      default:
        if (std::string_view("&%$#_{}").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
  }
  return out;
}

struct Form {
  std::string (*text)(std::string_view text);
  std::string_view row_begin, cell_between, row_end;
  std::string_view head_begin, head_between, head_end;
};

constexpr Form kMarkdown = {MarkdownText, "| ", " | ", " |\n", "| ", " | ", " |\n"};
constexpr Form kHtml = {HtmlText,   "<tr><td>",  "</td><td>",   "</td></tr>\n",
                        "<tr><th>", "</th><th>", "</th></tr>\n"};
constexpr Form kLatex = {LatexText, "", " & ", " \\\\\n", "", " & ", " \\\\\n\\hline\n"};

class MarkupPrinter : public Printer {
 public:
  MarkupPrinter(const PrintTo& to, const Form& form) : to_(to), form_(form) {}

  void Row(std::span<const graph::Value> row) override {
    std::vector<std::string> cells;
    for (const graph::Value& value : row) cells.push_back(CellText(value, to_.result.view()));
    if (to_.options.why) cells.push_back(EvidenceLine(EvidenceOfRow(to_.result)));
    Put(Line(cells, form_.row_begin, form_.cell_between, form_.row_end));
  }

 protected:
  std::vector<std::string> Names() const {
    std::vector<std::string> names = ColumnNames(to_.result);
    if (to_.options.why) names.push_back("why");
    return names;
  }

  void PutHead() { Put(Line(Names(), form_.head_begin, form_.head_between, form_.head_end)); }

  void Put(const std::string& text) { fmt::print(to_.out, "{}", text); }

 private:
  std::string Line(const std::vector<std::string>& cells, std::string_view begin,
                   std::string_view between, std::string_view end) const {
    std::vector<std::string> escaped;
    for (const std::string& cell : cells) escaped.push_back(form_.text(cell));
    return fmt::format("{}{}{}", begin, fmt::join(escaped, between), end);
  }

  const PrintTo to_;
  const Form form_;
};

class MarkdownPrinter : public MarkupPrinter {
 public:
  explicit MarkdownPrinter(const PrintTo& to) : MarkupPrinter(to, kMarkdown) {
    PutHead();
    std::string rule = "|";
    for (std::size_t i = 0; i < Names().size(); ++i) rule += " --- |";
    Put(rule + "\n");
  }
};

class HtmlPrinter : public MarkupPrinter {
 public:
  explicit HtmlPrinter(const PrintTo& to) : MarkupPrinter(to, kHtml) {
    Put("<table>\n");
    PutHead();
  }

  void End() override { Put("</table>\n"); }
};

class LatexPrinter : public MarkupPrinter {
 public:
  explicit LatexPrinter(const PrintTo& to) : MarkupPrinter(to, kLatex) {
    Put(fmt::format("\\begin{{tabular}}{{{}}}\n\\hline\n", std::string(Names().size(), 'l')));
    PutHead();
  }

  void End() override { Put("\\hline\n\\end{tabular}\n"); }
};

}  // namespace

std::unique_ptr<Printer> MakeMarkdown(const PrintTo& to) {
  return std::make_unique<MarkdownPrinter>(to);
}

std::unique_ptr<Printer> MakeHtml(const PrintTo& to) { return std::make_unique<HtmlPrinter>(to); }

std::unique_ptr<Printer> MakeLatex(const PrintTo& to) { return std::make_unique<LatexPrinter>(to); }

}  // namespace verbale::cli
