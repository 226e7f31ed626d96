#pragma once

// One sentence as several plain ones. A pattern is written for the plain order, "S is a member of
// A"; here the phrases of "A, of which S is a member", "S, a member of A", "B, adopted in 1999, and
// A" and "A was founded by S" are put into that order, so that one pattern reads them all.

#include <cstdint>
#include <vector>

#include "extract/match/analysis.h"

namespace verbale::extract {

struct PlainLine {
  std::vector<std::uint32_t> chunks;   ///< In the order in which they are read.
  std::uint32_t active = kNoChunk;     ///< A passive that the line has as an active verb.
  std::uint32_t owner = kNoChunk;      ///< "whose": stands for "of" in the line.
  std::uint32_t copula = kNoChunk;     ///< A comma that stands for "be": "A, a member of B".
  std::vector<std::uint32_t> bearers;  ///< Of whom the copula says it.
  bool moved = false;                  ///< Not only left out: some stand elsewhere.

  void Clear() {
    chunks.clear();
    bearers.clear();
    active = owner = copula = kNoChunk;
    moved = false;
  }
};

/// What finds them; keeps its memory from one sentence to the next.
class PlainLines {
 public:
  /// Those of the sentence that are not the sentence itself. Valid until the next call.
  void Find(const Words& words, const Analysis& analysis);
  std::size_t size() const { return used_; }
  const PlainLine& operator[](std::size_t i) const { return lines_[i]; }

 private:
  class Finder;

  /// A line that is to be filled.
  PlainLine& Add(bool moved);

  std::vector<PlainLine> lines_;
  std::size_t used_ = 0;
  std::vector<std::uint32_t> skip_to_;  ///< Where what is inserted at a chunk ends; else 0.
};

}  // namespace verbale::extract
