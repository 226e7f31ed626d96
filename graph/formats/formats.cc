#include "graph/formats/formats.h"

#include <algorithm>
#include <ostream>

#include <fmt/format.h>

#include "graph/error.h"
#include "graph/formats/parts.h"

namespace verbale::graph {
namespace {

std::size_t IndexOf(const std::vector<std::string>& names, std::string_view name,
                    const char* what) {
  const auto at = std::find(names.begin(), names.end(), name);
  if (at != names.end()) return static_cast<std::size_t>(at - names.begin());
  throw Error(ErrorCode::kInvalidArgument, fmt::format("no {} is called '{}'", what, name))
      .WithHint(DidYouMean(name, names, fmt::format("there are {}", fmt::join(names, ", "))));
}

const std::string& NameOf(Format format) { return FormatNames()[static_cast<std::size_t>(format)]; }

bool HasDialect(Format format, Dialect dialect) {
  switch (dialect) {
    case Dialect::kStrict:
      return true;
    case Dialect::kGephi:
    case Dialect::kCytoscape:
    case Dialect::kYed:
      return format == Format::kGraphMl;
    case Dialect::kNetworkX:
      return format == Format::kGraphMl || format == Format::kGexf;
    case Dialect::kRdf11:
      return format == Format::kTurtle || format == Format::kNQuads || format == Format::kJsonLd;
    case Dialect::kRdf12:
    case Dialect::kRdfStar:
      return format == Format::kTurtle || format == Format::kNQuads;
  }
  return false;
}

void CheckDialect(const FormatOptions& options) {
  if (HasDialect(options.format, options.dialect)) return;
  throw Error(ErrorCode::kInvalidArgument,
              fmt::format("{} has no dialect for {}", NameOf(options.format),
                          DialectNames()[static_cast<std::size_t>(options.dialect)]));
}

using Writer = void (*)(const View& view, const FormatOptions& options, std::ostream& out);

Writer WriterOf(Format format) {
  switch (format) {
    case Format::kDot:
      return formats::WriteDot;
    case Format::kGraphMl:
      return formats::WriteGraphMl;
    case Format::kJsonLines:
      return formats::WriteJsonLines;
    case Format::kGexf:
      return formats::WriteGexf;
    case Format::kCytoscape:
      return formats::WriteCytoscape;
    case Format::kGraphology:
      return formats::WriteGraphology;
    case Format::kCypher:
      return formats::WriteCypher;
    case Format::kHtml:
      return formats::WriteHtml;
    case Format::kHtmlTable:
      return formats::WriteHtmlTable;
    case Format::kMarkdown:
      return formats::WriteMarkdown;
    case Format::kLatex:
      return formats::WriteLatex;
    case Format::kCsv:
      return formats::WriteCsv;
    case Format::kTurtle:
    case Format::kNQuads:
    case Format::kJsonLd:
      return formats::WriteRdf;
    case Format::kCx2:
      return formats::WriteCx2;
    case Format::kNeo4jCsv:
    case Format::kGephiCsv:
    case Format::kKuzu:
      break;
  }
  throw Error(ErrorCode::kInvalidArgument, fmt::format("{} is several files", NameOf(format)))
      .WithHint("export it to a folder: -o DIR");
}

}  // namespace

const std::vector<std::string>& FormatNames() {
  static const std::vector<std::string> kNames = {
      // in the order of Format
      "dot",  "graphml",    "jsonl",     "gexf",      "cyjs", "graphology", "cypher",
      "html", "html-table", "markdown",  "latex",     "csv",  "turtle",     "nquads",
      "cx2",  "jsonld",     "neo4j-csv", "gephi-csv", "kuzu"};
  return kNames;
}

const std::vector<std::string>& DialectNames() {
  static const std::vector<std::string> kNames = {"strict",   "gephi",   "cytoscape", "yed",
                                                  "networkx", "rdf-1.1", "rdf-1.2",   "rdf-star"};
  return kNames;
}

Format FormatFromName(std::string_view name) {
  return static_cast<Format>(IndexOf(FormatNames(), name, "format"));
}

Dialect DialectFromName(std::string_view name) {
  return static_cast<Dialect>(IndexOf(DialectNames(), name, "dialect"));
}

void WriteFormat(const View& view, const FormatOptions& options, std::ostream& out) {
  CheckDialect(options);
  WriterOf(options.format)(view, options, out);
  out.flush();
  if (!out) throw Error(ErrorCode::kIo, "cannot write the export");
}

bool WritesFolder(Format format) {
  return format == Format::kNeo4jCsv || format == Format::kGephiCsv || format == Format::kKuzu;
}

void WriteFolder(const View& view, const FormatOptions& options, const OpenFile& open) {
  CheckDialect(options);
  if (!WritesFolder(options.format)) {
    throw Error(ErrorCode::kInvalidArgument, fmt::format("{} is one file", NameOf(options.format)));
  }
  if (options.format == Format::kNeo4jCsv) return formats::WriteNeo4jCsv(view, options, open);
  if (options.format == Format::kKuzu) return formats::WriteKuzu(view, options, open);
  formats::WriteGephiCsv(view, options, open);
}

}  // namespace verbale::graph
