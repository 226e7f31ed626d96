#include "extract/text/text_builder.h"

#include <algorithm>

namespace verbale::extract {

void TextBuilder::Append(std::string_view piece, std::uint64_t source) {
  if (piece.empty()) return;
  if (replaced_end_ == source) replaced_end_.reset();  // the run itself shows the end
  EndReplaced();
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

void TextBuilder::Replace(std::string_view text, ByteSpan source) {
  if (text.empty()) return;
  if (replaced_end_ == source.begin) replaced_end_.reset();
  EndReplaced();
  result_.runs.push_back({size(), source.begin, 0});
  result_.text += text;
  replaced_end_ = source.end;
}

void TextBuilder::Fill(std::string_view text) {
  EndReplaced();
  result_.text += text;
}

/// What is replaced maps up to the next run: where the source goes on elsewhere, an empty run marks
/// its end.
void TextBuilder::EndReplaced() {
  if (replaced_end_) result_.runs.push_back({size(), *replaced_end_, 0});
  replaced_end_.reset();
}

SourceText TextBuilder::Take() && {
  EndReplaced();
  return std::move(result_);
}

void TextBuilder::AppendFrom(const SourceText& from, std::uint64_t begin, std::uint64_t end) {
  const auto& runs = from.runs;
  if (runs.empty()) {  // none of it stands in the source: the bars between empty cells
    Fill(std::string_view(from.text).substr(begin, end - begin));
    return;
  }
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
      const std::uint64_t source = here.source + here.size;
      const std::uint64_t source_end = run + 1 < runs.size() ? runs[run + 1].source : source;
      Replace(std::string_view(from.text).substr(begin, stop - begin), {source, source_end});
      begin = stop;
    }
    if (begin >= next) ++run;
  }
}

}  // namespace verbale::extract
