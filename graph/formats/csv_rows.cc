#include "graph/formats/csv_rows.h"

#include <algorithm>

#include "graph/error.h"

namespace verbale::graph::formats {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

CsvReader::CsvReader(std::string_view text, char delimiter, char quote, Place begin)
    : text_(text),
      delimiter_(delimiter),
      quote_(quote),
      at_(begin.at),
      line_start_(begin.at),
      next_line_(begin.line) {
  if (at_ == 0 && text_.starts_with(kByteOrderMark)) at_ = line_start_ = kByteOrderMark.size();
}

bool CsvReader::AtLineEnd() const {
  return at_ == text_.size() || text_[at_] == '\n' ||
         (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
}

void CsvReader::SkipLineEnd() {
  if (at_ == text_.size()) return;
  at_ += text_[at_] == '\r' ? 2 : 1;
  line_start_ = at_;
  ++next_line_;
}

void CsvReader::SkipLine() {
  at_ = std::min(text_.find('\n', at_), text_.size());
  SkipLineEnd();
}

void CsvReader::Fail(std::size_t at, const char* what) {
  TextPosition position;
  position.line = next_line_;
  position.column = at - line_start_ + 1;
  position.length = 1;
  SkipLine();
  throw Error(ErrorCode::kSyntax, what, position);
}

bool CsvReader::Next(std::vector<CsvField>& fields) {
  fields.clear();
  while (at_ < text_.size() && AtLineEnd()) SkipLineEnd();
  if (at_ == text_.size()) return false;
  line_ = next_line_;
  while (true) {
    while (at_ < text_.size() && IsBlank(text_[at_]) && text_[at_] != delimiter_) ++at_;
    fields.push_back(at_ < text_.size() && text_[at_] == quote_ ? Quoted() : Plain());
    if (AtLineEnd()) break;
    ++at_;  // the delimiter
  }
  SkipLineEnd();
  return true;
}

CsvField CsvReader::Plain() {
  const std::size_t begin = at_;
  while (at_ < text_.size() && text_[at_] != delimiter_ && text_[at_] != '\n') ++at_;
  std::size_t end = at_;
  if (at_ < text_.size() && text_[at_] == '\n' && end > begin && text_[end - 1] == '\r') {
    --end;
    at_ = end;
  }
  while (end > begin && IsBlank(text_[end - 1])) --end;
  return {text_.substr(begin, end - begin), false,
          static_cast<std::uint32_t>(begin - line_start_ + 1)};
}

CsvField CsvReader::Quoted() {
  const std::size_t opening = at_, start_of_line = line_start_;
  const auto column = static_cast<std::uint32_t>(opening - line_start_ + 1);
  std::size_t begin = ++at_;
  std::string* pieces = nullptr;
  while (true) {
    const std::size_t closing = text_.find(quote_, at_);
    if (closing == std::string_view::npos) {
      at_ = opening, line_start_ = start_of_line;
      Fail(opening, "a quote is not closed");
    }
    const std::string_view inside = text_.substr(0, closing);
    for (std::size_t i = inside.find('\n', at_); i < closing; i = inside.find('\n', i + 1)) {
      ++next_line_;
      line_start_ = i + 1;
    }
    at_ = closing + 1;
    if (at_ == text_.size() || text_[at_] != quote_) break;
    if (pieces == nullptr) pieces = &unquoted_.emplace_back();
    pieces->append(text_.substr(begin, at_ - begin));
    begin = ++at_;
  }
  std::string_view text = text_.substr(begin, at_ - 1 - begin);
  if (pieces != nullptr) text = pieces->append(text);
  while (at_ < text_.size() && IsBlank(text_[at_]) && text_[at_] != delimiter_) ++at_;
  if (!AtLineEnd() && text_[at_] != delimiter_) {
    Fail(at_, "something follows a closing quote; a quote in a text stands twice");
  }
  return {text, true, column};
}

}  // namespace verbale::graph::formats
