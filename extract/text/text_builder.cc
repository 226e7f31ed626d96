#include "extract/text/text_builder.h"

#include <algorithm>

namespace verbale::extract {

void TextBuilder::Append(std::string_view piece, std::uint64_t source) {
  if (piece.empty()) return;
  const std::uint64_t at = size();
  auto& runs = result_.runs;
  if (!runs.empty() && runs.back().text + runs.back().size == at &&
      runs.back().source + runs.back().size == source) {
    runs.back().size += piece.size();
  } else {
    runs.push_back({at, source, piece.size()});
  }
  result_.text += piece;
}

void TextBuilder::Replace(std::string_view text, std::uint64_t source) {
  if (text.empty()) return;
  result_.runs.push_back({size(), source, 0});
  result_.text += text;
}

void TextBuilder::AppendFrom(const SourceText& from, std::uint64_t begin, std::uint64_t end) {
  const auto& runs = from.runs;
  if (cursor_ >= runs.size() || runs[cursor_].text > begin) cursor_ = 0;
  while (cursor_ + 1 < runs.size() && runs[cursor_ + 1].text <= begin) ++cursor_;
  std::size_t run = cursor_;
  while (begin < end) {
    const SourceText::Run& here = runs[run];
    const std::uint64_t run_end = here.text + here.size;
    const std::uint64_t next = run + 1 < runs.size() ? runs[run + 1].text : from.text.size();
    if (begin < run_end) {
      const std::uint64_t stop = std::min(end, run_end);
      Append(std::string_view(from.text).substr(begin, stop - begin),
             here.source + (begin - here.text));
      begin = stop;
    } else if (begin < next) {
      const std::uint64_t stop = std::min(end, next);
      Replace(std::string_view(from.text).substr(begin, stop - begin), here.source + here.size);
      begin = stop;
    }
    if (begin >= next) ++run;
  }
}

}  // namespace verbale::extract
