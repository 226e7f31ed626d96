#include "graph/error.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "graph/ascii.h"

namespace verbale {
namespace {

struct CodeRow {
  std::string_view name;
  int exit_code;
  std::string_view gql_status;
  std::string_view neo4j_class;
};

// In the order of ErrorCode. Exit codes are those of docs/cli.md.
constexpr std::array<CodeRow, 10> kCodes = {{
    {"InvalidArgument", 1, "22000", "Neo.ClientError.Statement.ArgumentError"},
    {"NotFound", 1, "22N00", "Neo.ClientError.Statement.EntityNotFound"},
    {"AlreadyExists", 1, "22N41", "Neo.ClientError.Schema.ConstraintValidationFailed"},
    {"Syntax", 1, "42001", "Neo.ClientError.Statement.SyntaxError"},
    {"Semantic", 1, "42000", "Neo.ClientError.Statement.SemanticError"},
    {"Unsupported", 1, "42N00", "Neo.ClientError.Statement.FeatureNotSupported"},
    {"LimitExceeded", 1, "50N11", "Neo.ClientError.Transaction.TransactionTimedOut"},
    {"Corruption", 4, "50N00", "Neo.DatabaseError.General.StorageDamageDetected"},
    {"Io", 4, "50N42", "Neo.DatabaseError.General.UnknownError"},
    {"Internal", 1, "50000", "Neo.DatabaseError.General.UnknownError"},
}};

const CodeRow& Row(ErrorCode code) { return kCodes[static_cast<std::size_t>(code)]; }

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

}  // namespace

Error&& Error::WithTck(ErrorPhase phase, std::string type, std::string detail) && {
  phase_ = phase;
  type_ = std::move(type);
  detail_ = std::move(detail);
  return std::move(*this);
}

Error&& Error::WithHint(std::string hint) && {
  hint_ = std::move(hint);
  return std::move(*this);
}

Error&& Error::WithPosition(TextPosition position) && {
  position_ = std::move(position);
  return std::move(*this);
}

std::string_view Name(ErrorCode code) { return Row(code).name; }
int ExitCode(ErrorCode code) { return Row(code).exit_code; }
std::string_view GqlStatus(ErrorCode code) { return Row(code).gql_status; }
std::string_view Neo4jClass(ErrorCode code) { return Row(code).neo4j_class; }

TextPosition LocateInText(std::string_view text, std::size_t offset, std::size_t length) {
  TextPosition position;
  position.offset = std::min(offset, text.size());
  position.length = length;
  position.line = 1;
  position.column = 1;
  for (std::size_t i = 0; i < position.offset; ++i) {
    if (text[i] == '\n') {
      ++position.line;
      position.column = 1;
    } else if (!IsContinuation(text[i])) {
      ++position.column;
    }
  }
  return position;
}

std::string CaretLines(std::string_view text, const TextPosition& position) {
  if (position.line == 0) return {};
  const std::size_t offset = std::min(position.offset, text.size());
  const std::size_t before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find('\n', offset), text.size());
  std::string out(text.substr(begin, end - begin));
  out += '\n';
  for (std::size_t i = begin; i < offset; ++i) {
    if (!IsContinuation(text[i])) out += text[i] == '\t' ? '\t' : ' ';
  }
  std::size_t carets = 0;
  const std::size_t last = std::min(end, offset + std::max<std::size_t>(position.length, 1));
  for (std::size_t i = offset; i < last; ++i) carets += IsContinuation(text[i]) ? 0 : 1;
  out.append(std::max<std::size_t>(carets, 1), '^');
  return out;
}

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char x = ToLower(a[i - 1]);
      const char y = ToLower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (x == y ? 0u : 1u)});
      const bool swapped = i > 1 && j > 1 && x == ToLower(b[j - 2]) && y == ToLower(a[i - 2]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace verbale
