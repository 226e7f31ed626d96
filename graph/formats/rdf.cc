// RDF 1.1 as Turtle and N-Quads. A relationship is one triple, and a statement about that triple
// (rdf:Statement) that carries its properties and leads to its evidence: a prov:Entity derived from
// the document, and an oa:Annotation whose selectors find the sentence in it, by its words and by
// the bytes of the file. In N-Quads each document is also a graph of the triples that it states.

#include <array>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "graph/formats/parts.h"

namespace verbale::graph::formats {
namespace {

struct Vocabulary {
  std::string_view prefix, iri;
};
constexpr std::array<Vocabulary, 6> kVocabularies = {{
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"xsd", "http://www.w3.org/2001/XMLSchema#"},
    {"prov", "http://www.w3.org/ns/prov#"},
    {"oa", "http://www.w3.org/ns/oa#"},
    {"dct", "http://purl.org/dc/terms/"},
}};

// <urn:verbale:KIND:NAME>; what is no plain letter, digit or mark becomes %XX.
std::string Own(std::string_view kind, std::string_view name) {
  std::string out = fmt::format("<urn:verbale:{}:", kind);
  for (const char c : CleanText(name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~' || c == '/';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out + '>';
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : CleanText(text)) {
    switch (c) {
      case '"':
      case '\\':
        out += '\\';
        out += c;
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        out += c;
    }
  }
  return out + '"';
}

class Writer {
 public:
  Writer(const View& view, const FormatOptions& options, bool quads, std::ostream& out)
      : view_(view), options_(options), quads_(quads), out_(out) {}

  void Write() {
    if (!quads_) {
      for (const auto& [prefix, iri] : kVocabularies) {
        out_ << "@prefix " << prefix << ": <" << iri << "> .\n";
      }
    }
    const Contents contents = Collect(view_, options_.selection);
    for (const DocumentRecord& document : options_.documents) WriteDocument(document);
    for (const NodeRef node : contents.nodes) WriteNode(node);
    for (const RelRef rel : contents.rels) WriteRel(rel);
  }

 private:
  std::string Term(std::string_view prefix, std::string_view name) const {
    if (!quads_) return fmt::format("{}:{}", prefix, name);
    for (const auto& vocabulary : kVocabularies) {
      if (vocabulary.prefix == prefix) return fmt::format("<{}{}>", vocabulary.iri, name);
    }
    return {};
  }

  void Triple(std::string_view subject, std::string_view predicate, std::string_view object,
              std::string_view graph = "") {
    out_ << subject << ' ' << predicate << ' ' << object;
    if (!graph.empty()) out_ << ' ' << graph;
    out_ << " .\n";
  }

  std::string Typed(std::string_view text, std::string_view type) const {
    return fmt::format("{}^^{}", Quoted(text), Term("xsd", type));
  }

  // Literals of a value: one for each item of a list.
  std::vector<std::string> Literals(const Value& value) const {
    switch (value.type()) {
      case ValueType::kList: {
        std::vector<std::string> out;
        for (const Value& item : value.as_list()) {
          if (item.type() != ValueType::kList) out.push_back(Literals(item).front());
        }
        return out;
      }
      case ValueType::kBool:
        return {Typed(PlainText(value), "boolean")};
      case ValueType::kInt:
        return {Typed(PlainText(value), "integer")};
      case ValueType::kDouble:
        return {Typed(DoubleText(value.as_double()), "double")};
      case ValueType::kDate:
        return {Typed(PlainText(value), "date")};
      default:
        return {Quoted(PlainText(value))};
    }
  }

  static std::string DoubleText(double number) {
    if (number != number) return "NaN";
    if (number - number != 0) return number > 0 ? "INF" : "-INF";
    return fmt::format("{}", number);
  }

  void WriteProperties(std::string_view subject, const Properties& properties) {
    for (const auto& [key, value] : properties) {
      std::set<std::string> once;
      for (const std::string& literal : Literals(value)) {
        if (once.insert(literal).second) Triple(subject, Own("property", key), literal);
      }
    }
  }

  void WriteDocument(const DocumentRecord& document) {
    const std::string subject = Own("document", document.symbol);
    Triple(subject, Term("rdf", "type"), Term("prov", "Entity"));
    Triple(subject, Term("dct", "identifier"), Quoted(document.symbol));
    if (!document.title.empty()) Triple(subject, Term("dct", "title"), Quoted(document.title));
    if (!document.date.empty()) Triple(subject, Term("dct", "date"), Quoted(document.date));
  }

  void WriteNode(NodeRef node) {
    const std::string subject = Own("node", Id(node));
    Triple(subject, Term("rdfs", "label"), Quoted(NameOf(view_, node)));
    for (const std::string& label : LabelsOf(view_, node.no)) {
      Triple(subject, Term("rdf", "type"), Own("label", label));
    }
    WriteProperties(subject, PropertiesOf(view_, node.no));
  }

  void WriteRel(RelRef rel) {
    const RelEnds ends = view_.Ends(rel.no);
    const std::string source = Own("node", Id(NodeRef{ends.source, view_.Id(ends.source)}));
    const std::string type = Own("relation", view_.catalog().TypeName(ends.type));
    const std::string target = Own("node", Id(NodeRef{ends.target, view_.Id(ends.target)}));
    const std::string statement = Own("relationship", Id(rel));
    Triple(source, type, target);
    Triple(statement, Term("rdf", "type"), Term("rdf", "Statement"));
    Triple(statement, Term("rdf", "subject"), source);
    Triple(statement, Term("rdf", "predicate"), type);
    Triple(statement, Term("rdf", "object"), target);
    WriteProperties(statement, PropertiesOf(view_, rel.no));
    if (!options_.evidence) return;
    std::size_t number = 0;
    std::set<std::string> stated_in;
    for (const EvidenceRecord& one : view_.Evidence(rel.no)) {
      const std::string document = Own("document", one.document);
      if (quads_ && stated_in.insert(document).second) Triple(source, type, target, document);
      WriteEvidence(statement, fmt::format("{}-{}", Id(rel), ++number), one);
    }
  }

  void WriteEvidence(const std::string& statement, const std::string& id,
                     const EvidenceRecord& evidence) {
    const std::string self = Own("evidence", id);
    const std::string target = Own("target", id);
    const std::string words = Own("words", id);
    const std::string bytes = Own("bytes", id);
    const std::string document = Own("document", evidence.document);
    Triple(statement, Term("prov", "wasDerivedFrom"), self);
    Triple(self, Term("rdf", "type"), Term("prov", "Entity"));
    Triple(self, Term("rdf", "type"), Term("oa", "Annotation"));
    Triple(self, Term("prov", "wasDerivedFrom"), document);
    Triple(self, Term("oa", "hasBody"), statement);
    Triple(self, Term("oa", "hasTarget"), target);
    Triple(self, Own("property", "rule"), Quoted(evidence.rule));
    if (!evidence.section.empty()) {
      Triple(self, Own("property", "section"), Quoted(evidence.section));
    }
    if (!evidence.date.empty()) Triple(self, Term("dct", "date"), Quoted(evidence.date));
    Triple(target, Term("oa", "hasSource"), document);
    Triple(target, Term("oa", "hasSelector"), words);
    Triple(target, Term("oa", "hasSelector"), bytes);
    Triple(words, Term("rdf", "type"), Term("oa", "TextQuoteSelector"));
    Triple(words, Term("oa", "exact"), Quoted(evidence.sentence));
    Triple(bytes, Term("rdf", "type"), Term("oa", "DataPositionSelector"));
    Triple(bytes, Term("oa", "start"), Typed(std::to_string(evidence.span.begin), "integer"));
    Triple(bytes, Term("oa", "end"), Typed(std::to_string(evidence.span.end), "integer"));
  }

  const View& view_;
  const FormatOptions& options_;
  const bool quads_;
  std::ostream& out_;
};

}  // namespace

void WriteTurtle(const View& view, const FormatOptions& options, std::ostream& out) {
  Writer(view, options, false, out).Write();
}

void WriteNQuads(const View& view, const FormatOptions& options, std::ostream& out) {
  Writer(view, options, true, out).Write();
}

}  // namespace verbale::graph::formats
