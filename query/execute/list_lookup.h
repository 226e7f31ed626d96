#pragma once

// x IN list, asked of one list for many x.

#include <cstddef>
#include <unordered_set>

#include "query/execute/context.h"

namespace verbale::query {

/// Remembers the list that it was last asked about. Once that was asked often enough, its elements
/// are laid out by their hashes, and each further question costs the same however long it is.
class ListLookup {
 public:
  void Forget();
  /// What ops::In gives.
  graph::Value Find(ExecContext& ctx, const graph::Value& element, const graph::Value& list);

 private:
  void LayOut(ExecContext& ctx);

  graph::Value list_;
  std::size_t questions_ = 0;  ///< About list_.
  bool is_laid_out_ = false;
  bool has_null_ = false;
  std::unordered_set<graph::Value, graph::ValueHash, graph::ValueEquivalent> elements_;
  std::size_t held_ = 0;
};

}  // namespace verbale::query
