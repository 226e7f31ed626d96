#include "graph/formats/rdf_terms.h"

#include <array>
#include <ostream>

#include <fmt/format.h>

#include "graph/ascii.h"
#include "graph/formats/json_parts.h"
#include "graph/value_text.h"

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

/// "prov:Entity"; the whole IRI where it is of no known vocabulary.
std::string Compact(const std::string& iri) {
  for (const auto& [prefix, start] : kVocabularies) {
    if (iri.starts_with(start)) return fmt::format("{}:{}", prefix, iri.substr(start.size()));
  }
  return iri;
}

/// Turtle and N-Quads: one triple a line.
class LineSink : public RdfSink {
 public:
  LineSink(bool quads, bool star, std::ostream& out) : quads_(quads), star_(star), out_(out) {
    if (quads_) return;
    for (const auto& [prefix, iri] : kVocabularies) {
      out_ << "@prefix " << prefix << ": <" << iri << "> .\n";
    }
  }

  void Add(const RdfTerm& subject, const RdfTerm& predicate, const RdfTerm& object) override {
    out_ << Text(subject) << ' ' << Text(predicate) << ' ' << Text(object) << " .\n";
  }
  void AddToGraph(const RdfTerm& subject, const RdfTerm& predicate, const RdfTerm& object,
                  const RdfTerm& graph) override {
    if (!quads_) return;
    out_ << Text(subject) << ' ' << Text(predicate) << ' ' << Text(object) << ' ' << Text(graph)
         << " .\n";
  }
  void End() override {}

 private:
  std::string Iri(const std::string& iri) const {
    const std::string compact = quads_ ? iri : Compact(iri);
    return compact.size() == iri.size() ? '<' + iri + '>' : compact;
  }

  // The escapes of Turtle are those of dumps.
  std::string Text(const RdfTerm& term) const {
    if (term.kind == RdfTerm::Kind::kIri) return Iri(term.text);
    if (term.kind == RdfTerm::Kind::kTriple) {
      return fmt::format("{} {} {} {} {}", star_ ? "<<" : "<<(", Text(term.of[0]), Text(term.of[1]),
                         Text(term.of[2]), star_ ? ">>" : ")>>");
    }
    std::string out;
    AppendQuoted(out, term.text);
    return term.datatype.empty() ? out : out + "^^" + Iri(term.datatype);
  }

  const bool quads_;
  const bool star_;
  std::ostream& out_;
};

/// JSON-LD: an object for what follows one another about one subject; those about the same subject
/// are one to a reader.
class JsonLdSink : public RdfSink {
 public:
  explicit JsonLdSink(std::ostream& out) : out_(out) {
    Json context;
    for (const auto& [prefix, iri] : kVocabularies) context[std::string(prefix)] = iri;
    out_ << "{\"@context\": " << Line(context) << ",\n \"@graph\": [";
  }

  void Add(const RdfTerm& subject, const RdfTerm& predicate, const RdfTerm& object) override {
    if (object_.is_null() || object_["@id"] != subject.text) {
      Flush();
      object_ = {{"@id", subject.text}};
    }
    const std::string key = Compact(predicate.text);
    if (key == "rdf:type") {
      object_["@type"].push_back(Compact(object.text));
    } else if (object.kind == RdfTerm::Kind::kIri) {
      object_[key].push_back({{"@id", object.text}});
    } else {
      Json value = {{"@value", object.text}};
      if (!object.datatype.empty()) value["@type"] = Compact(object.datatype);
      object_[key].push_back(std::move(value));
    }
  }
  void AddToGraph(const RdfTerm&, const RdfTerm&, const RdfTerm&, const RdfTerm&) override {}
  void End() override {
    Flush();
    out_ << "]}\n";
  }

 private:
  void Flush() {
    if (object_.is_null()) return;
    out_ << comma_ << Line(object_);
    comma_ = ",\n  ";
    object_ = nullptr;
  }

  std::ostream& out_;
  const char* comma_ = "\n  ";
  Json object_;
};

}  // namespace

RdfTerm Term(std::string_view prefix, std::string_view name) {
  for (const auto& [known, iri] : kVocabularies) {
    if (known == prefix) return {RdfTerm::Kind::kIri, fmt::format("{}{}", iri, name), {}};
  }
  return {RdfTerm::Kind::kIri, std::string(name), {}};
}

RdfTerm Own(std::string_view kind, std::string_view name) {
  std::string iri = fmt::format("urn:verbale:{}:", kind);
  for (const char c : CleanText(name)) {
    const bool plain = IsAlnum(c) || c == '-' || c == '.' || c == '_' || c == '~' || c == '/';
    if (plain) {
      iri += c;
    } else {
      iri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return {RdfTerm::Kind::kIri, std::move(iri), {}};
}

RdfTerm Literal(std::string_view text) { return {RdfTerm::Kind::kLiteral, CleanText(text), {}}; }

RdfTerm Typed(std::string_view text, std::string_view type) {
  return {RdfTerm::Kind::kLiteral, CleanText(text), Term("xsd", type).text};
}

RdfTerm TripleTerm(RdfTerm subject, RdfTerm predicate, RdfTerm object) {
  RdfTerm term{RdfTerm::Kind::kTriple, {}, {}};
  term.of = {std::move(subject), std::move(predicate), std::move(object)};
  return term;
}

std::unique_ptr<RdfSink> MakeRdfSink(Format format, bool star, std::ostream& out) {
  if (format == Format::kJsonLd) return std::make_unique<JsonLdSink>(out);
  return std::make_unique<LineSink>(format == Format::kNQuads, star, out);
}

}  // namespace verbale::graph::formats
