// The graph as RDF, in Turtle, N-Quads and JSON-LD. A relationship is one triple, and a resource
// that says more of that triple: by rdf:reifies in RDF 1.2, by rdf:Statement in RDF 1.1; in
// RDF-star the quoted triple is that resource. It carries the properties and leads to the evidence:
// a prov:Entity that a reading of the document generated, and an oa:Annotation whose selectors find
// the sentence, by its words and by the bytes of the file. In N-Quads each document is also a graph
// of the triples that it states.

#include <set>

#include <fmt/format.h>

#include "graph/formats/parts.h"
#include "graph/formats/rdf_terms.h"

namespace verbale::graph::formats {
namespace {

std::string DoubleText(double number) {
  if (number != number) return "NaN";
  if (number - number != 0) return number > 0 ? "INF" : "-INF";
  return fmt::format("{}", number);
}

/// Literals of a value: one for each item of a list.
std::vector<RdfTerm> Literals(const Value& value) {
  switch (value.type()) {
    case ValueType::kList: {
      std::vector<RdfTerm> out;
      for (const Value& item : value.as_list()) {
        if (!item.is_list()) out.push_back(Literals(item).front());
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
      return {Literal(PlainText(value))};
  }
}

class Writer {
 public:
  Writer(const View& view, const FormatOptions& options, RdfSink& sink)
      : view_(view), options_(options), sink_(sink) {}

  void Write() {
    const Contents contents = Collect(view_, options_.selection);
    if (!options_.documents.empty()) {
      sink_.Add(program_, Term("rdf", "type"), Term("prov", "SoftwareAgent"));
    }
    for (const DocumentRecord& document : options_.documents) WriteDocument(document);
    for (const NodeRef node : contents.nodes) WriteNode(node);
    for (const RelRef rel : contents.rels) WriteRel(rel);
    sink_.End();
  }

 private:
  void AddText(const RdfTerm& subject, const RdfTerm& predicate, const std::string& text) {
    if (!text.empty()) sink_.Add(subject, predicate, Literal(text));
  }

  void WriteProperties(const RdfTerm& subject, const Properties& properties) {
    for (const auto& [key, value] : properties) {
      std::set<std::string> once;
      for (const RdfTerm& literal : Literals(value)) {
        if (once.insert(literal.text).second) sink_.Add(subject, Own("property", key), literal);
      }
    }
  }

  void WriteDocument(const DocumentRecord& document) {
    const RdfTerm self = Own("document", document.symbol);
    const RdfTerm reading = Own("reading", document.symbol);
    sink_.Add(self, Term("rdf", "type"), Term("prov", "Entity"));
    sink_.Add(self, Term("dct", "identifier"), Literal(document.symbol));
    AddText(self, Term("dct", "title"), document.title);
    AddText(self, Term("dct", "date"), document.date);
    AddText(self, Term("dct", "language"), document.language);
    AddText(self, Own("property", "sha256"), document.hash);
    sink_.Add(reading, Term("rdf", "type"), Term("prov", "Activity"));
    sink_.Add(reading, Term("prov", "used"), self);
    sink_.Add(reading, Term("prov", "wasAssociatedWith"), program_);
    if (document.pack.empty()) return;
    const RdfTerm association = Own("association", document.symbol);
    const RdfTerm pack = Own("pack", document.pack);
    sink_.Add(reading, Term("prov", "qualifiedAssociation"), association);
    sink_.Add(association, Term("rdf", "type"), Term("prov", "Association"));
    sink_.Add(association, Term("prov", "agent"), program_);
    sink_.Add(association, Term("prov", "hadPlan"), pack);
    sink_.Add(pack, Term("rdf", "type"), Term("prov", "Plan"));
  }

  RdfTerm NodeTerm(NodeNo node) const { return Own("node", Id(NodeRef{node, view_.Id(node)})); }

  void WriteNode(NodeRef node) {
    const RdfTerm subject = Own("node", Id(node));
    sink_.Add(subject, Term("rdfs", "label"), Literal(NameOf(view_, node)));
    for (const std::string& label : LabelsOf(view_, node.no)) {
      sink_.Add(subject, Term("rdf", "type"), Own("label", label));
    }
    WriteProperties(subject, PropertiesOf(view_, node.no));
  }

  /// The resource that says more of a triple, made known.
  RdfTerm Statement(RelRef rel, const RdfTerm& source, const RdfTerm& type, const RdfTerm& target) {
    RdfTerm triple = TripleTerm(source, type, target);
    if (options_.dialect == Dialect::kRdfStar) return triple;
    RdfTerm self = Own("relationship", Id(rel));
    if (options_.dialect == Dialect::kRdf12) {
      sink_.Add(self, Term("rdf", "reifies"), triple);
      return self;
    }
    sink_.Add(self, Term("rdf", "type"), Term("rdf", "Statement"));
    sink_.Add(self, Term("rdf", "subject"), source);
    sink_.Add(self, Term("rdf", "predicate"), type);
    sink_.Add(self, Term("rdf", "object"), target);
    return self;
  }

  void WriteRel(RelRef rel) {
    const RelEnds ends = view_.Ends(rel.no);
    const RdfTerm source = NodeTerm(ends.source);
    const RdfTerm type = Own("relation", view_.catalog().TypeName(ends.type));
    const RdfTerm target = NodeTerm(ends.target);
    sink_.Add(source, type, target);
    const RdfTerm statement = Statement(rel, source, type, target);
    WriteProperties(statement, PropertiesOf(view_, rel.no));
    if (!options_.evidence) return;
    std::size_t number = 0;
    std::set<std::string> stated_in;
    for (const EvidenceRecord& one : view_.Evidence(rel.no)) {
      if (stated_in.insert(one.document).second) {
        sink_.AddToGraph(source, type, target, Own("document", one.document));
      }
      WriteEvidence(statement, fmt::format("{}-{}", Id(rel), ++number), one);
    }
  }

  void WriteEvidence(const RdfTerm& statement, const std::string& id,
                     const EvidenceRecord& evidence) {
    const RdfTerm self = Own("evidence", id);
    const RdfTerm target = Own("target", id);
    const RdfTerm words = Own("words", id);
    const RdfTerm bytes = Own("bytes", id);
    const RdfTerm document = Own("document", evidence.document);
    sink_.Add(statement, Term("prov", "wasDerivedFrom"), self);
    sink_.Add(self, Term("rdf", "type"), Term("prov", "Entity"));
    sink_.Add(self, Term("rdf", "type"), Term("oa", "Annotation"));
    sink_.Add(self, Term("prov", "wasDerivedFrom"), document);
    sink_.Add(self, Term("prov", "wasGeneratedBy"), Own("reading", evidence.document));
    sink_.Add(self, Term("oa", "motivatedBy"), Term("oa", "identifying"));
    sink_.Add(self, Term("oa", "hasBody"), statement);
    sink_.Add(self, Term("oa", "hasTarget"), target);
    sink_.Add(self, Own("property", "rule"), Literal(evidence.rule));
    AddText(self, Own("property", "section"), evidence.section);
    AddText(self, Term("dct", "date"), evidence.date);
    sink_.Add(target, Term("oa", "hasSource"), document);
    sink_.Add(target, Term("oa", "hasSelector"), words);
    sink_.Add(target, Term("oa", "hasSelector"), bytes);
    sink_.Add(words, Term("rdf", "type"), Term("oa", "TextQuoteSelector"));
    sink_.Add(words, Term("oa", "exact"), Literal(evidence.sentence));
    sink_.Add(bytes, Term("rdf", "type"), Term("oa", "DataPositionSelector"));
    sink_.Add(bytes, Term("oa", "start"), Typed(std::to_string(evidence.span.begin), "integer"));
    sink_.Add(bytes, Term("oa", "end"), Typed(std::to_string(evidence.span.end), "integer"));
  }

  const View& view_;
  const FormatOptions& options_;
  RdfSink& sink_;
  const RdfTerm program_ = Own("program", "verbale");
};

}  // namespace

void WriteRdf(const View& view, const FormatOptions& options, std::ostream& out) {
  const bool star = options.dialect == Dialect::kRdfStar;
  const std::unique_ptr<RdfSink> sink = MakeRdfSink(options.format, star, out);
  Writer(view, options, *sink).Write();
}

}  // namespace verbale::graph::formats
