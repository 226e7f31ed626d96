#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <span>
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
  kHtml,       ///< The page in one file.
  kHtmlTable,  ///< Tables with footnotes: this and the next two.
  kMarkdown,
  kLatex,
  kCsv,
  kTurtle,
  kNQuads,
  kCx2,
  kJsonLd,
  kNeo4jCsv,  ///< This and the next two: several files (WritesFolder).
  kGephiCsv,
  kKuzu,
};

/// Which reader a format with dialects is written for (docs/formats.md).
/// kStrict for every format; the next four for GraphML; kNetworkX also for GEXF, whose version 1.3
/// NetworkX reads from its version 3 on; the versions of RDF for Turtle and N-Quads.
enum class Dialect : std::uint8_t {
  kStrict,
  kGephi,
  kCytoscape,
  kYed,
  kNetworkX,
  kRdf11,
  kRdf12,
  kRdfStar,
};

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
  /// What is known of the documents that evidence names; the page shows it. Borrowed.
  std::span<const DocumentRecord> documents;
};

/// Names as `--format` and `--for` take them. Error(kInvalidArgument) with the nearest one.
Format FormatFromName(std::string_view name);
Dialect DialectFromName(std::string_view name);
const std::vector<std::string>& FormatNames();
const std::vector<std::string>& DialectNames();

/// Writes the view, or a part of it, as a stream: memory holds one number for each node and
/// relationship, not what they carry. The same content gives the same bytes: nodes and
/// relationships go by n<id> and e<id>, and stand in the order of these. Error(kIo) where the
/// stream fails; Error(kInvalidArgument) for a dialect that the format does not have;
/// Error(kUnsupported) for the page where the program was built without it;
/// Error(kInvalidArgument) for a format of several files.
void WriteFormat(const View& view, const FormatOptions& options, std::ostream& out);

/// Whether a format is several files, which WriteFolder writes and WriteFormat does not.
bool WritesFolder(Format format);

/// Begins a file of this name; the stream lives until WriteFolder returns.
using OpenFile = std::function<std::ostream&(const std::string& name)>;

/// WriteFormat for the formats of several files.
void WriteFolder(const View& view, const FormatOptions& options, const OpenFile& open);

}  // namespace verbale::graph
