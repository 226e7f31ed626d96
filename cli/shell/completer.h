#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/shell/line_editor.h"
#include "graph/view.h"

namespace verbale::cli {

/// The words that a statement can be completed with.
struct Vocabulary {
  std::vector<std::string> labels, types, keys;  ///< Of this graph.
  std::vector<std::string> parameters;
};

/// Names of labels, relationship types and properties.
Vocabulary VocabularyOf(const graph::Catalog& catalog);

/// Completes the last word of an unfinished statement by what stands before it: labels behind "(:"
/// and "n:", types behind "[:", properties behind "." and in "{", parameters behind "$", elsewhere
/// keywords (in the case that was begun), functions and the statement's own names. Nothing inside
/// strings and comments. `begin` counts in `statement`.
Completions CompleteStatement(std::string_view statement, const Vocabulary& vocabulary);

/// The candidates that begin with `typed` in any case, sorted, each once.
std::vector<std::string> Matching(const std::vector<std::string>& candidates,
                                  std::string_view typed);

}  // namespace verbale::cli
