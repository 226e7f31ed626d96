#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "graph/view.h"

namespace verbale::graph {

/// A form in which the graph is written for another program.
enum class Format : std::uint8_t {
  kDot,
  kGraphMl,
  kJsonLines,
  kGexf,
  kCytoscape,
  kGraphology,
  kCypher,
};

/// Which reader a format with dialects is written for (docs/formats.md).
/// All for GraphML; kNetworkX for GEXF, whose version 1.3 NetworkX reads from its version 3 on.
enum class Dialect : std::uint8_t { kStrict, kGephi, kCytoscape, kYed, kNetworkX };

/// Part of a graph. A relationship is written only together with both of its ends.
struct Selection {
  std::vector<NodeNo> nodes;
  std::vector<RelNo> rels;
};

/// How an export is written.
struct FormatOptions {
  Format format = Format::kGraphMl;
  Dialect dialect = Dialect::kStrict;
  bool evidence = true;                  ///< Sentences with their places, beside the relationships.
  const Selection* selection = nullptr;  ///< nullptr: the whole graph. Borrowed.
  std::string title;
};

/// Names as `--format` and `--for` take them. Error(kInvalidArgument) with the nearest one.
Format FormatFromName(std::string_view name);
Dialect DialectFromName(std::string_view name);
const std::vector<std::string>& FormatNames();
const std::vector<std::string>& DialectNames();

/// Writes the view, or a part of it, as a stream: memory holds one number for each node and
/// relationship, not what they carry. The same content gives the same bytes: nodes and
/// relationships go by n<id> and e<id>, and stand in the order of these. Error(kIo) where the
/// stream fails; Error(kInvalidArgument) for a dialect that the format does not have.
void WriteFormat(const View& view, const FormatOptions& options, std::ostream& out);

}  // namespace verbale::graph
