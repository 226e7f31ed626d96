#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "graph/span.h"

namespace verbale::extract {

/// Finds where sentences of English end. Immutable; shared by threads.
class SentenceSplitter {
 public:
  /// `abbreviations` of the pack ("Res.", "No.") beside the general ones.
  explicit SentenceSplitter(const std::vector<std::string>& abbreviations);

  /// Ranges of `text`, a paragraph in one line, one a sentence, without white space at both ends.
  std::vector<ByteSpan> Split(std::string_view text) const;

 private:
  bool IsEnd(std::string_view text, std::size_t begin, std::size_t mark, std::size_t next) const;
  bool StopIsEnd(std::string_view text, std::size_t begin, std::size_t mark,
                 std::size_t next) const;

  std::size_t AfterFootnote(std::string_view text, std::size_t begin, std::size_t mark) const;

  std::unordered_set<std::string> abbreviations_;  // Without the final stop.
};

/// Figures of a footnote mark right behind the full stop at `stop` ("in 2001.1", "the treaty.12",
/// "the treaty.(12)"), brackets included; 0 where there is none.
std::size_t FootnoteMarkBehind(std::string_view text, std::size_t stop);

/// Bytes of "[12]", "[^12]" or "(12)" at `at`: up to three figures; 0 where there is none.
std::size_t BracketedMark(std::string_view text, std::size_t at);

}  // namespace verbale::extract
