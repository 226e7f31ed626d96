#pragma once

// A sentence as patterns see it, in words and written out for people:
//   n:FLAGS:LABEL:HEAD@NO    v:LEMMA:VOICE:SHAPE@NO    p:in@NO    c:and@NO    ,@NO    ;@NO
//   r:which@NO    i:including@NO    s:if@NO    x:WORD@NO
// each followed by one blank. FLAGS: s for one who can act for a section's author, o for "our …",
// then +LABEL for each name before the head ("the Union's efforts"). VOICE: a, p. SHAPE: f, i, g,
// r, m.

#include <string>
#include <string_view>

#include "extract/match/analysis.h"
#include "extract/match/symbols.h"

namespace verbale::extract {

/// The chunk as a pattern sees it. `phrase` is filled anew; it borrows from `words` and `analysis`.
void Describe(const Words& words, const Analysis& analysis, const Chunk& chunk, Phrase& phrase);

/// All chunks, written out.
std::string Render(const Words& words, const Analysis& analysis);

/// Reads back what Render() wrote. Borrows it.
class RenderingReader {
 public:
  explicit RenderingReader(std::string_view rendering) : rest_(rendering) {}

  /// False at the end.
  bool Next(Phrase& phrase);

 private:
  std::string_view rest_;
};

}  // namespace verbale::extract
