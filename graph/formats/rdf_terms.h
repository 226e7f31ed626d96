#pragma once

// Triples on their way to a file: their terms, and the syntaxes that RDF is written in.

#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/formats/formats.h"

namespace verbale::graph::formats {

/// An IRI, a literal, or (RDF 1.2 and RDF-star) a triple that is spoken about.
struct RdfTerm {
  enum class Kind : std::uint8_t { kIri, kLiteral, kTriple };

  Kind kind = Kind::kIri;
  std::string text;           ///< IRI without its brackets; text of the literal, clean.
  std::string datatype;       ///< IRI of the literal's type; empty: a string.
  std::vector<RdfTerm> of{};  ///< Subject, predicate, object.
};

/// An IRI of a vocabulary that files have a prefix for: ("prov", "Entity").
RdfTerm Term(std::string_view prefix, std::string_view name);
/// An IRI of ours, urn:verbale:KIND:NAME; what is no plain letter, digit or mark becomes %XX.
RdfTerm Own(std::string_view kind, std::string_view name);
RdfTerm Literal(std::string_view text);
/// A literal of a type of XML Schema: ("2015", "integer").
RdfTerm Typed(std::string_view text, std::string_view type);
RdfTerm TripleTerm(RdfTerm subject, RdfTerm predicate, RdfTerm object);

/// Where triples go. End is called once, after the last one.
class RdfSink {
 public:
  virtual ~RdfSink() = default;
  virtual void Add(const RdfTerm& subject, const RdfTerm& predicate, const RdfTerm& object) = 0;
  /// Says the same in a graph of its own; syntaxes that have none leave it out.
  virtual void AddToGraph(const RdfTerm& subject, const RdfTerm& predicate, const RdfTerm& object,
                          const RdfTerm& graph) = 0;
  virtual void End() = 0;
};

/// For kTurtle, kNQuads or kJsonLd. `star`: triples that are spoken about are written as in
/// RDF-star, << … >>, else as in RDF 1.2, <<( … )>>; JSON-LD has none. Borrows the stream.
std::unique_ptr<RdfSink> MakeRdfSink(Format format, bool star, std::ostream& out);

}  // namespace verbale::graph::formats
