// JSON of graphology, the library under sigma: a directed graph with parallel edges and loops.

#include <ostream>

#include "graph/formats/json_parts.h"

namespace verbale::graph::formats {

void WriteGraphology(const View& view, const FormatOptions& options, std::ostream& out) {
  const Contents contents = Collect(view, options.selection);
  out << "{\"options\": {\"type\": \"directed\", \"multi\": true, \"allowSelfLoops\": true},\n"
      << " \"attributes\": "
      << Line({{"name", CleanText(options.title.empty() ? "verbale" : options.title)}})
      << ",\n \"nodes\": [";
  const char* comma = "\n  ";
  for (const NodeRef node : contents.nodes) {
    out << comma << Line({{"key", Id(node)}, {"attributes", NodeAttributes(view, node)}});
    comma = ",\n  ";
  }
  out << "],\n \"edges\": [";
  comma = "\n  ";
  for (const RelRef rel : contents.rels) {
    const RelEnds ends = view.Ends(rel.no);
    out << comma
        << Line({{"key", Id(rel)},
                 {"source", Id(NodeRef{ends.source, view.Id(ends.source)})},
                 {"target", Id(NodeRef{ends.target, view.Id(ends.target)})},
                 {"attributes", RelAttributes(view, rel, options.evidence)}});
    comma = ",\n  ";
  }
  out << "]}\n";
}

}  // namespace verbale::graph::formats
