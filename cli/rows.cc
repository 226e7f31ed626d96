#include "cli/rows.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/evidence_text.h"
#include "graph/error.h"

namespace verbale::cli {
namespace {

using graph::Value;

// One code point of valid UTF-8 at `at`; moves `at` behind it. Broken bytes count one each.
char32_t NextCodePoint(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  char32_t c = more == 3   ? lead & 0x07u
               : more == 2 ? lead & 0x0Fu
               : more == 1 ? lead & 0x1Fu
                           : lead;
  for (; more > 0 && at < text.size(); --more)
    c = c << 6 | (static_cast<unsigned char>(text[at++]) & 0x3Fu);
  return c;
}

std::size_t Width(char32_t c) {
  if ((c >= 0x300 && c <= 0x36F) || c == 0x200B || c == 0x200D || c == 0xFEFF) return 0;
  const bool wide = (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) ||
                    (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
                    (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
                    (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
  return wide ? 2 : 1;
}

// At most `width` cells of `text`, "…" standing for what was cut.
std::string Cut(std::string_view text, std::size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  std::size_t used = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t next = at;
    const std::size_t cells = Width(NextCodePoint(text, next));
    if (used + cells + 1 > width) break;
    used += cells;
    at = next;
  }
  return std::string(text.substr(0, at)) + "…";
}

// Line breaks and other controls would tear a table: they are shown as blanks.
std::string OneLine(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return text;
}

std::vector<std::size_t> ColumnWidths(const std::vector<std::string>& header,
                                      const std::vector<std::vector<std::string>>& rows,
                                      std::size_t terminal) {
  std::vector<std::size_t> widths;
  for (const std::string& name : header)
    widths.push_back(std::max<std::size_t>(DisplayWidth(name), 1));
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], DisplayWidth(row[i]));
  }
  if (terminal == 0 || widths.empty()) return widths;
  const std::size_t frame = 3 * widths.size() + 1;
  std::size_t total = frame;
  for (const std::size_t width : widths) total += width;
  while (total >
         terminal) {  // the widest gives way first, down to a width that still says something
    auto widest = std::max_element(widths.begin(), widths.end());
    constexpr std::size_t kLeast = 8;
    if (*widest <= kLeast) break;
    --*widest, --total;
  }
  return widths;
}

std::string Rule(const std::vector<std::size_t>& widths, std::string_view left,
                 std::string_view middle, std::string_view right) {
  std::string line(left);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i != 0) line += middle;
    for (std::size_t k = 0; k < widths[i] + 2; ++k) line += "─";
  }
  return line + std::string(right) + "\n";
}

std::string TableLine(const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                      const std::vector<bool>& right_aligned) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const std::string cell = Cut(cells[i], widths[i]);
    const std::string pad(widths[i] - std::min(widths[i], DisplayWidth(cell)), ' ');
    line += "│ " + (right_aligned[i] ? pad + cell : cell + pad) + " ";
  }
  return line + "│\n";
}

std::string CsvField(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string TsvField(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\\':
        out += "\\\\";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string MarkdownField(const std::string& text) {
  std::string out;
  for (const char c : OneLine(text)) {
    if (c == '|' || c == '\\' || c == '`' || c == '*' || c == '_' || c == '<') out += '\\';
    out += c;
  }
  return out;
}

// What a mode does with the rows as they come.
class Printer {
 public:
  virtual ~Printer() = default;
  virtual void Row(std::span<const Value> row) = 0;
  virtual void End() = 0;
};

std::vector<graph::EvidenceRecord> EvidenceOfRow(const query::Result& result) {
  std::vector<graph::EvidenceRecord> all;
  for (const graph::RelRef& rel : result.why()) {
    for (auto& evidence : result.view().Evidence(rel.no)) all.push_back(std::move(evidence));
  }
  return all;
}

class JsonPrinter : public Printer {
 public:
  JsonPrinter(const query::Result& result, bool lines, bool why, std::FILE* out)
      : result_(result), lines_(lines), why_(why), out_(out) {
    for (const auto& column : result.columns()) {
      names_.push_back(query::ToJson(Value(column.name), nullptr));
    }
  }

  void Row(std::span<const Value> row) override {
    std::string line = lines_ ? "{" : count_++ == 0 ? "[\n  {" : ",\n  {";
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i != 0) line += ", ";
      line += names_[i] + ": " + query::ToJson(row[i], &result_.view());
    }
    if (why_)
      line +=
          std::string(row.empty() ? "" : ", ") + "\"why\": " + EvidenceJson(EvidenceOfRow(result_));
    line += lines_ ? "}\n" : "}";
    fmt::print(out_, "{}", line);
  }

  void End() override {
    if (!lines_) fmt::print(out_, "{}", count_ == 0 ? "[]\n" : "\n]\n");
  }

 private:
  const query::Result& result_;
  std::vector<std::string> names_;
  bool lines_;
  bool why_;
  std::FILE* out_;
  std::size_t count_ = 0;
};

// CSV, TSV and Markdown: a header, then a line a row.
class LinePrinter : public Printer {
 public:
  LinePrinter(const query::Result& result, Mode mode, bool why, std::FILE* out)
      : result_(result), mode_(mode), why_(why), out_(out) {
    std::vector<std::string> names;
    for (const auto& column : result.columns()) names.push_back(column.name);
    if (why) names.push_back("why");
    Line(names);
    if (mode == Mode::kMarkdown) {
      std::string rule = "|";
      for (std::size_t i = 0; i < names.size(); ++i) rule += " --- |";
      fmt::print(out_, "{}\n", rule);
    }
  }

  void Row(std::span<const Value> row) override {
    std::vector<std::string> cells;
    for (const Value& value : row) cells.push_back(CellText(value, result_.view()));
    if (why_) {
      const auto evidence = EvidenceOfRow(result_);
      cells.push_back(mode_ == Mode::kMarkdown ? EvidenceLine(evidence) : EvidenceJson(evidence));
    }
    Line(cells);
  }

  void End() override {}

 private:
  void Line(const std::vector<std::string>& cells) {
    std::string line = mode_ == Mode::kMarkdown ? "|" : "";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      switch (mode_) {
        case Mode::kCsv:
          line += (i == 0 ? "" : ",") + CsvField(cells[i]);
          break;
        case Mode::kMarkdown:
          line += " " + MarkdownField(cells[i]) + " |";
          break;
        default:
          line += (i == 0 ? "" : "\t") + TsvField(cells[i]);
      }
    }
    fmt::print(out_, "{}{}", line, mode_ == Mode::kCsv ? "\r\n" : "\n");
  }

  const query::Result& result_;
  Mode mode_;
  bool why_;
  std::FILE* out_;
};

// Widths are known only at the end, so the rows are kept. With --why each row is a block of its
// own.
class TablePrinter : public Printer {
 public:
  TablePrinter(const query::Result& result, const RowOptions& options, std::FILE* out)
      : result_(result), options_(options), out_(out) {
    for (const auto& column : result.columns()) header_.push_back(column.name);
    numeric_.assign(header_.size(), true);
  }

  void Row(std::span<const Value> row) override {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push_back(row[i].is_null() ? "null" : OneLine(CellText(row[i], result_.view())));
      if (!row[i].is_null() && !row[i].is_number()) numeric_[i] = false;
    }
    rows_.push_back(std::move(cells));
    if (options_.why) why_.push_back(EvidenceOfRow(result_));
  }

  void End() override {
    if (header_.empty()) return;
    const auto widths = ColumnWidths(header_, rows_, options_.width);
    const std::vector<bool> left(header_.size(), false);
    fmt::print(out_, "{}{}{}", Rule(widths, "┌", "┬", "┐"), TableLine(header_, widths, left),
               Rule(widths, "├", "┼", "┤"));
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      fmt::print(out_, "{}", TableLine(rows_[i], widths, numeric_));
      if (!options_.why) continue;
      for (const auto& evidence : why_[i]) {
        fmt::print(out_, "{}", EvidenceBlock(evidence, "│   ", options_.width, options_.color));
      }
    }
    fmt::print(out_, "{}", Rule(widths, "└", "┴", "┘"));
    if (options_.footer) fmt::print(out_, "{} row{}\n", rows_.size(), rows_.size() == 1 ? "" : "s");
  }

 private:
  const query::Result& result_;
  const RowOptions& options_;
  std::FILE* out_;
  std::vector<std::string> header_;
  std::vector<bool> numeric_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<std::vector<graph::EvidenceRecord>> why_;
};

std::unique_ptr<Printer> MakePrinter(const query::Result& result, const RowOptions& options,
                                     std::FILE* out) {
  switch (options.mode) {
    case Mode::kTable:
      return std::make_unique<TablePrinter>(result, options, out);
    case Mode::kJson:
      return std::make_unique<JsonPrinter>(result, false, options.why, out);
    case Mode::kJsonLines:
      return std::make_unique<JsonPrinter>(result, true, options.why, out);
    default:
      return std::make_unique<LinePrinter>(result, options.mode, options.why, out);
  }
}

}  // namespace

const std::vector<std::string>& ModeNames() {
  static const std::vector<std::string> kNames = {"table", "json", "jsonl",
                                                  "csv",   "tsv",  "markdown"};
  return kNames;
}

Mode ModeFromName(const std::string& name) {
  const std::string known = name == "jsonlines" ? "jsonl" : name == "box" ? "table" : name;
  const auto& names = ModeNames();
  const auto at = std::find(names.begin(), names.end(), known);
  if (at != names.end()) return static_cast<Mode>(at - names.begin());
  throw Error(ErrorCode::kInvalidArgument, fmt::format("no mode is called '{}'", name))
      .WithHint(fmt::format("there are {}", fmt::join(names, ", ")));
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += Width(NextCodePoint(text, at));
  return width;
}

std::size_t TerminalWidth(int fd) {
  winsize size{};
  return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

std::string CellText(const Value& value, const graph::View& view) {
  if (value.is_null()) return {};
  if (value.is_string()) return std::string(value.as_string());
  return query::ToCypher(value, &view);
}

std::size_t PrintRows(query::Result& result, const RowOptions& options, std::FILE* out) {
  const auto printer = MakePrinter(result, options, out);
  std::size_t count = 0;
  while (const auto row = result.Next()) {
    printer->Row(*row);
    ++count;
  }
  printer->End();
  return count;
}

void PrintTextTable(const std::vector<std::string>& header,
                    const std::vector<std::vector<std::string>>& rows, const RowOptions& options,
                    std::FILE* out) {
  const auto widths = ColumnWidths(header, rows, options.width);
  const std::vector<bool> left(header.size(), false);
  fmt::print(out, "{}{}{}", Rule(widths, "┌", "┬", "┐"), TableLine(header, widths, left),
             Rule(widths, "├", "┼", "┤"));
  for (const auto& row : rows) fmt::print(out, "{}", TableLine(row, widths, left));
  fmt::print(out, "{}", Rule(widths, "└", "┴", "┘"));
}

}  // namespace verbale::cli
