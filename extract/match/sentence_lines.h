#pragma once

// A sentence and its plain lines as patterns see them: in numbers, each line whole and without what
// only says when.

#include <cstdint>
#include <vector>

#include "extract/match/plain_lines.h"
#include "extract/match/symbols.h"

namespace verbale::extract {

struct SentenceLine {
  SymbolLine symbols;
  std::vector<std::uint32_t> chunks;   ///< The chunk at each place.
  std::uint32_t active = kNoChunk;     ///< See PlainLine.
  std::uint32_t copula = kNoChunk;     ///< See PlainLine.
  std::vector<std::uint32_t> bearers;  ///< See PlainLine.
  bool moved = false;                  ///< See PlainLine.
};

/// Keeps its memory from one sentence to the next. Borrows what it is given until then.
class SentenceLines {
 public:
  void Set(const Words& words, const Analysis& analysis, const MemberSets& word_sets,
           const MemberSets& label_sets);
  /// Plain lines cost time, and most sentences need none.
  void AddPlainLines();

  const SymbolLine& Whole() const { return lines_.front().symbols; }
  std::size_t size() const { return says_when_ ? used_ / 2 : used_; }
  /// `dated`: with what says when. Only a pattern that asks for a date wants those.
  const SentenceLine& At(std::size_t i, bool dated) const {
    return lines_[says_when_ ? 2 * i + (dated ? 0 : 1) : i];
  }

 private:
  SentenceLine& Add();
  void AddUndated();

  const Words* words_ = nullptr;
  const Analysis* analysis_ = nullptr;
  const MemberSets* word_sets_ = nullptr;
  std::vector<SentenceLine> lines_;
  std::size_t used_ = 0;
  bool has_plain_ = false;
  bool says_when_ = false;  ///< Behind each line stands the same without what says when.
  PlainLines plain_;
  Phrase phrase_;
};

}  // namespace verbale::extract
