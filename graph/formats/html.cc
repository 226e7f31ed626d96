// The page in one file: what web/ builds, with the graph as JSON in a script element that is data
// and never run. `<` is written as \u003c, so nothing in the graph can end that element.

#include <cmath>
#include <ostream>

#include "graph/error.h"
#include "graph/formats/json_parts.h"
#include "graph/formats/page.h"
#include "graph/value_text.h"

namespace verbale::graph::formats {
namespace {

std::string Embedded(const Json& json) {
  std::string out;
  for (const char c : Line(json)) {
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

/// What the page can show as it is: its numbers are floats, which hold no larger integers and, as
/// JSON, nothing infinite.
Json ShownJson(const Value& value) {
  constexpr std::int64_t kMostExact = std::int64_t{1} << 53;
  if (value.is_list()) {
    Json json = Json::array();
    for (const Value& item : value.as_list()) json.push_back(ShownJson(item));
    return json;
  }
  const bool too_large =
      value.is_int() && (value.as_int() > kMostExact || value.as_int() < -kMostExact);
  const bool no_number = value.is_double() && !std::isfinite(value.as_double());
  return too_large || no_number ? Json(DisplayText(value)) : PlainJson(value);
}

Json PropertiesJson(const Properties& properties) {
  Json json = Json::object();
  for (const auto& [key, value] : properties) json[CleanText(key)] = ShownJson(value);
  return json;
}

Json NodeJson(const View& view, NodeRef node) {
  Json labels = Json::array();
  for (const std::string& label : LabelsOf(view, node.no)) labels.push_back(CleanText(label));
  return {{"id", Id(node)},
          {"name", CleanText(NameOf(view, node))},
          {"labels", std::move(labels)},
          {"properties", PropertiesJson(PropertiesOf(view, node.no))}};
}

Json EvidenceJson(const EvidenceRecord& evidence) {
  return {{"document", CleanText(evidence.document)},
          {"section", CleanText(evidence.section)},
          {"date", CleanText(evidence.date)},
          {"sentence", CleanText(evidence.sentence)},
          {"rule", CleanText(evidence.rule)},
          {"path", CleanText(evidence.path)},
          {"start", evidence.span.begin},
          {"end", evidence.span.end}};
}

Json RelJson(const View& view, RelRef rel, bool with_evidence) {
  const RelEnds ends = view.Ends(rel.no);
  Json evidence = Json::array();
  if (with_evidence) {
    for (const EvidenceRecord& one : view.Evidence(rel.no)) evidence.push_back(EvidenceJson(one));
  }
  return {{"id", Id(rel)},
          {"type", CleanText(view.catalog().TypeName(ends.type))},
          {"source", Id(NodeRef{ends.source, view.Id(ends.source)})},
          {"target", Id(NodeRef{ends.target, view.Id(ends.target)})},
          {"support", view.Support(rel.no)},
          {"properties", PropertiesJson(PropertiesOf(view, rel.no))},
          {"evidence", std::move(evidence)}};
}

// One item a line.
class Items {
 public:
  explicit Items(std::ostream& out) : out_(out) {}
  void Add(const Json& json) {
    out_ << (first_ ? "\n" : ",\n") << Embedded(json);
    first_ = false;
  }

 private:
  std::ostream& out_;
  bool first_ = true;
};

void WriteDocuments(const FormatOptions& options, std::ostream& out) {
  Items items(out);
  for (const DocumentRecord& document : options.documents) {
    items.Add({{"symbol", CleanText(document.symbol)},
               {"title", CleanText(document.title)},
               {"date", CleanText(document.date)}});
  }
}

}  // namespace

void WriteHtml(const View& view, const FormatOptions& options, std::ostream& out) {
  const Page page = ThePage();
  if (page.before.empty()) {
    throw Error(ErrorCode::kUnsupported, "this program was built without the page")
        .WithHint("it is built where node and npm are found: docs/formats.md");
  }
  const Contents contents = Collect(view, options.selection);
  const std::string title = options.title.empty() ? "Knowledge graph" : CleanText(options.title);
  out << page.before
      << "{\"format\": \"verbale-page\", \"version\": 1, \"title\": " << Embedded(title)
      << ",\n\"documents\": [";
  WriteDocuments(options, out);
  out << "],\n\"nodes\": [";
  Items nodes(out);
  for (const NodeRef node : contents.nodes) nodes.Add(NodeJson(view, node));
  out << "],\n\"relationships\": [";
  Items rels(out);
  for (const RelRef rel : contents.rels) rels.Add(RelJson(view, rel, options.evidence));
  out << "]}" << page.after;
}

}  // namespace verbale::graph::formats
