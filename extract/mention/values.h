#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "extract/mention/mention.h"
#include "extract/mention/token.h"
#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// Finds dates and amounts of money by the words of the pack's lexicon, and numbered things
/// (resolutions, laws) by its patterns. Immutable; shared by threads.
class ValueFinder {
 public:
  /// Error(kSyntax) names a pattern that is no RE2. Borrows the pack.
  ValueFinder(const PackData& pack, Vocabulary& vocabulary);
  ~ValueFinder();

  /// Adds what stands outside `mentions` to them and keeps them in order. `text` is what the
  /// tokens' offsets refer to; names that are made are kept in `keeper`.
  void Find(std::string_view text, const std::vector<Token>& tokens, FoldedText& keeper,
            std::vector<Mention>& mentions) const;

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace verbale::extract
