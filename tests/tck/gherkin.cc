#include "tests/tck/gherkin.h"

#include <algorithm>
#include <array>
#include <utility>

#include "graph/error.h"

namespace verbale::tck {
namespace {

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// What follows `keyword` at the start of `line`, or nullopt.
std::optional<std::string_view> After(std::string_view line, std::string_view keyword) {
  if (!line.starts_with(keyword)) return std::nullopt;
  return Trimmed(line.substr(keyword.size()));
}

std::vector<std::string> ReadCells(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  bool inside = false;  // After the first bar.
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size()) {
      const char next = line[++i];
      if (next == 'n') {
        cell += '\n';
      } else if (next == '|' || next == '\\') {
        cell += next;
      } else {
        cell += '\\';
        cell += next;
      }
    } else if (line[i] == '|') {
      if (inside) cells.emplace_back(Trimmed(cell));
      cell.clear();
      inside = true;
    } else {
      cell += line[i];
    }
  }
  return cells;
}

void ReplaceAll(std::string& text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != text.npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

// A scenario as it is written, with its examples.
struct Outline {
  std::string name;
  std::vector<Step> steps;
  std::vector<Table> examples;
};

class Reader {
 public:
  Reader(std::string_view text, std::string file) : text_(text), file_(std::move(file)) {}

  std::vector<Case> Read() {
    while (at_ < text_.size()) {
      ++line_number_;
      Line(NextLine());
    }
    Flush();
    return std::move(cases_);
  }

 private:
  std::string_view NextLine() {
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::string_view line = text_.substr(at_, end - at_);
    at_ = end + 1;
    return line;
  }

  void Line(std::string_view raw) {
    const std::string_view line = Trimmed(raw);
    if (line.empty() || line[0] == '#' || line[0] == '@') return;
    if (line == "\"\"\"") return DocString(raw.find('"'));
    if (line[0] == '|') return AddRow(line);
    for (const std::string_view keyword : {"Scenario Outline:", "Scenario:", "Example:"}) {
      if (const auto name = After(line, keyword)) {
        Flush();
        current_ = Outline{std::string(*name), {}, {}};
        return;
      }
    }
    if (After(line, "Feature:")) return;
    if (After(line, "Background:")) return;
    if (After(line, "Examples:")) {
      if (!current_) Throw("Examples outside a Scenario Outline");
      current_->examples.emplace_back();
      return;
    }
    for (const std::string_view keyword : {"Given ", "And ", "When ", "Then ", "But "}) {
      if (const auto step = After(line, keyword)) {
        Steps().push_back({std::string(*step), {}, {}});
        return;
      }
    }
    Throw("a line that is no step: " + std::string(line));
  }

  void DocString(std::size_t indent) {
    std::string doc;
    while (at_ < text_.size()) {
      ++line_number_;
      std::string_view line = NextLine();
      if (Trimmed(line) == "\"\"\"") {
        if (!doc.empty()) doc.pop_back();
        LastStep().doc = std::move(doc);
        return;
      }
      const std::size_t blank = std::min(line.find_first_not_of(' '), line.size());
      line.remove_prefix(std::min(blank, indent));
      doc.append(line).push_back('\n');
    }
    Throw("a doc string without its end");
  }

  void AddRow(std::string_view line) {
    const bool in_examples = current_ && !current_->examples.empty();
    Table& table = in_examples ? current_->examples.back() : LastStep().table;
    table.push_back(ReadCells(line));
  }

  std::vector<Step>& Steps() { return current_ ? current_->steps : background_; }

  Step& LastStep() {
    if (Steps().empty()) Throw("a table or doc string without a step");
    return Steps().back();
  }

  void Flush() {
    if (!current_) return;
    if (current_->examples.empty()) {
      cases_.push_back({file_, current_->name, 0, With(current_->steps)});
    }
    std::size_t number = 0;
    for (const Table& table : current_->examples) {
      for (std::size_t r = 1; r < table.size(); ++r) {
        cases_.push_back({file_, current_->name, ++number, With(current_->steps)});
        for (Step& step : cases_.back().steps) Substitute(step, table[0], table[r]);
      }
    }
    current_.reset();
  }

  std::vector<Step> With(const std::vector<Step>& steps) const {
    std::vector<Step> all = background_;
    all.insert(all.end(), steps.begin(), steps.end());
    return all;
  }

  void Substitute(Step& step, const std::vector<std::string>& names,
                  const std::vector<std::string>& values) const {
    if (names.size() != values.size()) Throw("a row of examples of another length");
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string placeholder = "<" + names[i] + ">";
      ReplaceAll(step.text, placeholder, values[i]);
      ReplaceAll(step.doc, placeholder, values[i]);
      for (auto& row : step.table) {
        for (std::string& cell : row) ReplaceAll(cell, placeholder, values[i]);
      }
    }
  }

  [[noreturn]] void Throw(const std::string& message) const {
    TextPosition position;
    position.file = file_;
    position.line = line_number_;
    throw Error(ErrorCode::kSyntax, file_ + ":" + std::to_string(line_number_) + ": " + message,
                position);
  }

  std::string_view text_;
  std::string file_;
  std::size_t at_ = 0;
  std::size_t line_number_ = 0;
  std::vector<Step> background_;
  std::optional<Outline> current_;
  std::vector<Case> cases_;
};

}  // namespace

std::string Case::Name() const {
  std::string name = file + ": " + scenario;
  if (row > 0) name += " (" + std::to_string(row) + ")";
  return name;
}

std::vector<Case> ReadFeature(std::string_view text, const std::string& file) {
  return Reader(text, file).Read();
}

}  // namespace verbale::tck
