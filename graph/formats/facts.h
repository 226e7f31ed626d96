#pragma once

// The facts of an export as rows for people: sorted by names, each with the numbers of its sources.

#include <string>
#include <vector>

#include "graph/formats/parts.h"

namespace verbale::graph::formats {

/// A relationship in words.
struct FactRow {
  std::string subject, type, object;  ///< Clean text.
  std::string details;                ///< "date 2015-07, role member"; empty where there is none.
  std::vector<std::size_t> sources;   ///< From 1, into FactTable::sources.
};

/// All rows, and each source once, in the order in which the rows name them.
struct FactTable {
  std::vector<FactRow> rows;
  std::vector<std::string> sources;  ///< “Sentence” (A/72/315, Armenia, 2017-05-31)
};

FactTable FactsOf(const View& view, const FormatOptions& options);

}  // namespace verbale::graph::formats
