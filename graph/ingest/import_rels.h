#pragma once

// Rows of relationships, read in parts by several threads. A part knows nothing of the others: what
// it has goes into the sink in the order of the parts, so that the graph is the same with any
// number of threads.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/ids.h"
#include "graph/import.h"
#include "graph/ingest/id_table.h"
#include "graph/ingest/import_column.h"
#include "graph/value.h"

namespace verbale::graph::ingest {

/// A column of the header, with the numbers of what it names.
struct NumberedColumn : ImportColumn {
  KeyId key;                   ///< Where it is kept as a property.
  std::uint32_t space_no = 0;  ///< Of an id.
};

/// A stretch of a file that begins and ends between rows.
struct CsvPart {
  std::size_t begin = 0, end = 0;  ///< Bytes of the file.
  std::uint32_t line = 1;          ///< Number of its first line, from 1.
};

/// What is left of `text` from `begin` on, which is the beginning of `line`, in parts of one
/// length. One part where a field is quoted somewhere: only a reader knows which line breaks are in
/// a text then.
std::vector<CsvPart> CutIntoParts(std::string_view text, std::size_t begin, std::uint32_t line,
                                  char quote);

/// A row that cannot be read.
struct BadRow {
  std::uint32_t line = 0, column = 0;
  std::string what;
};

/// The rows of a part that could be read; their columns side by side.
struct RelRows {
  std::vector<std::uint32_t> starts, ends;  ///< Rows of nodes in the sink.
  std::vector<std::uint32_t> types;  ///< Index in type_names; kOfSource: that of the whole source.
  std::vector<std::string> type_names;
  std::vector<std::vector<Value>> values;  ///< By column; empty for one that is no property.
  std::vector<BadRow> bad;

  static constexpr std::uint32_t kOfSource = 0xFFFFFFFF;
};

/// What all parts of a source are read by. Borrows everything; any number of threads.
struct RelSource {
  const ImportOptions& options;
  const std::vector<NumberedColumn>& columns;
  const IdTable& ids;  ///< Nothing is added meanwhile.
  bool has_type;       ///< A row needs none of its own.
};

RelRows ReadRels(const RelSource& source, std::string_view text, const CsvPart& part);

}  // namespace verbale::graph::ingest
