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
  const std::string near = NearestName(name, names);
  throw Error(ErrorCode::kInvalidArgument, fmt::format("no {} is called '{}'", what, name))
      .WithHint(near.empty() ? fmt::format("there are {}", fmt::join(names, ", "))
                             : fmt::format("did you mean {}?", near));
}

void CheckDialect(const FormatOptions& options) {
  const bool known = options.dialect == Dialect::kStrict || options.format == Format::kGraphMl ||
                     (options.format == Format::kGexf && options.dialect == Dialect::kNetworkX);
  if (known) return;
  throw Error(ErrorCode::kInvalidArgument,
              fmt::format("{} has no dialect for {}",
                          FormatNames()[static_cast<std::size_t>(options.format)],
                          DialectNames()[static_cast<std::size_t>(options.dialect)]));
}

}  // namespace

const std::vector<std::string>& FormatNames() {
  static const std::vector<std::string> kNames = {
      "dot", "graphml", "jsonl", "gexf", "cyjs", "graphology", "cypher"};  // in the order of Format
  return kNames;
}

const std::vector<std::string>& DialectNames() {
  static const std::vector<std::string> kNames = {"strict", "gephi", "cytoscape", "yed",
                                                  "networkx"};
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
  switch (options.format) {
    case Format::kDot:
      formats::WriteDot(view, options, out);
      break;
    case Format::kGraphMl:
      formats::WriteGraphMl(view, options, out);
      break;
    case Format::kJsonLines:
      formats::WriteJsonLines(view, options, out);
      break;
    case Format::kGexf:
      formats::WriteGexf(view, options, out);
      break;
    case Format::kCytoscape:
      formats::WriteCytoscape(view, options, out);
      break;
    case Format::kGraphology:
      formats::WriteGraphology(view, options, out);
      break;
    case Format::kCypher:
      formats::WriteCypher(view, options, out);
      break;
  }
  out.flush();
  if (!out) throw Error(ErrorCode::kIo, "cannot write the export");
}

}  // namespace verbale::graph
