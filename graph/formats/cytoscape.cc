// JSON of Cytoscape.js, which Cytoscape on the desktop opens as .cyjs: ids are strings, the type of
// a relationship is its `interaction`.

#include <ostream>

#include "graph/formats/json_parts.h"

namespace verbale::graph::formats {
namespace {

Json NodeData(const View& view, NodeRef node) {
  Json data = {{"id", Id(node)}};
  data.update(NodeAttributes(view, node));
  data["id"] = Id(node);  // a property may be called so, too
  data["shared_name"] = data["name"];
  return data;
}

Json RelData(const View& view, RelRef rel, bool evidence) {
  const RelEnds ends = view.Ends(rel.no);
  Json data = RelAttributes(view, rel, evidence);
  data["id"] = Id(rel);
  data["source"] = Id(NodeRef{ends.source, view.Id(ends.source)});
  data["target"] = Id(NodeRef{ends.target, view.Id(ends.target)});
  data["interaction"] = data["label"];
  return data;
}

}  // namespace

void WriteCytoscape(const View& view, const FormatOptions& options, std::ostream& out) {
  const Contents contents = Collect(view, options.selection);
  out << "{\"format_version\": \"1.0\", \"generated_by\": \"verbale\",\n"
      << " \"target_cytoscapejs_version\": \"~2.1\",\n \"data\": "
      << Line({{"name", CleanText(options.title.empty() ? "verbale" : options.title)}})
      << ",\n \"elements\": {\n  \"nodes\": [";
  const char* comma = "\n   ";
  for (const NodeRef node : contents.nodes) {
    out << comma << Line({{"data", NodeData(view, node)}});
    comma = ",\n   ";
  }
  out << "],\n  \"edges\": [";
  comma = "\n   ";
  for (const RelRef rel : contents.rels) {
    out << comma << Line({{"data", RelData(view, rel, options.evidence)}});
    comma = ",\n   ";
  }
  out << "]}}\n";
}

}  // namespace verbale::graph::formats
