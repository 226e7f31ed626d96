#include <string_view>
#include <utility>
#include <vector>

#include "query/query.h"

namespace verbale::query {
namespace {

constexpr std::string_view kBlank = " \t\r\n\f\v";

// Steps over one string, comment, back-quoted name or plain character. `closed` tells whether what
// was stepped over had its end.
struct Step {
  std::size_t next;
  bool closed;
};

Step StepOverQuoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\' && quote != '`') {
      ++i;
    } else if (text[i] == quote) {
      return {i + 1, true};
    }
  }
  return {text.size(), false};
}

Step StepOver(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\'' || c == '"' || c == '`') return StepOverQuoted(text, at);
  if (text.substr(at, 2) == "//") {
    const std::size_t end = text.find('\n', at);
    return {end == std::string_view::npos ? text.size() : end + 1, true};
  }
  if (text.substr(at, 2) == "/*") {
    const std::size_t end = text.find("*/", at + 2);
    if (end == std::string_view::npos) return {text.size(), false};
    return {end + 2, true};
  }
  return {at + 1, true};
}

/// Whether what was stepped over from `at` on is a blank or a comment.
bool IsBetween(std::string_view text, std::size_t at, const Step& step) {
  const bool comment = step.next - at >= 2 && text[at] == '/';
  return comment || kBlank.find(text[at]) != std::string_view::npos;
}

}  // namespace

std::vector<std::pair<std::string_view, std::size_t>> SplitStatements(std::string_view script) {
  std::vector<std::pair<std::string_view, std::size_t>> pieces;
  bool any = false;  // Something beside blanks and comments.
  const auto add = [&](std::size_t begin, std::size_t end) {
    const std::string_view piece = script.substr(begin, end - begin);
    const std::size_t first = piece.find_first_not_of(kBlank);
    if (!std::exchange(any, false)) return;
    const std::size_t last = piece.find_last_not_of(kBlank);
    pieces.emplace_back(piece.substr(first, last - first + 1), begin + first);
  };
  std::size_t begin = 0;
  for (std::size_t at = 0; at < script.size();) {
    if (script[at] == ';') {
      add(begin, at);
      begin = ++at;
    } else {
      const Step step = StepOver(script, at);
      any |= !step.closed || !IsBetween(script, at, step);
      at = step.next;
    }
  }
  add(begin, script.size());
  return pieces;
}

bool NeedsMoreInput(std::string_view text) {
  bool ended = false;
  bool any = false;
  for (std::size_t at = 0; at < text.size();) {
    const Step step = StepOver(text, at);
    if (!step.closed) return true;
    if (text[at] == ';') {
      ended = true;
    } else if (!IsBetween(text, at, step)) {
      any = true;
      ended = false;
    }
    at = step.next;
  }
  return any && !ended;
}

}  // namespace verbale::query
