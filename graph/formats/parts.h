#pragma once

// What the writers of all formats share.

#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/formats/formats.h"

namespace verbale::graph::formats {

/// What is to be written, in order of ids.
struct Contents {
  std::vector<NodeRef> nodes;
  std::vector<RelRef> rels;
};
Contents Collect(const View& view, const Selection* selection);

/// Properties by name, sorted by name.
using Properties = std::vector<std::pair<std::string, Value>>;
Properties PropertiesOf(const View& view, NodeNo node);
Properties PropertiesOf(const View& view, RelNo rel);
/// Sorted.
std::vector<std::string> LabelsOf(const View& view, NodeNo node);

/// What a node is called: `name`, else `title`, else `id`, else "n<id>".
std::string NameOf(const View& view, NodeRef node);
std::string Id(NodeRef node);
std::string Id(RelRef rel);

/// The relationship's property `date` as plain text; empty where it has none.
std::string DateOf(const View& view, RelNo rel);

/// A value as plain text: strings as they are, lists joined with ';', temporals in ISO 8601.
std::string PlainText(const Value& value);

/// What every reader takes: broken UTF-8 becomes U+FFFD; control characters but tab and line ends,
/// and the code points that are no characters, are dropped.
std::string CleanText(std::string_view text);
/// A name as openCypher takes any: in backticks.
std::string BackquotedName(std::string_view name);

/// For XML text and attributes: clean, with & < > " and carriage returns escaped.
std::string XmlText(std::string_view text);

/// “Sentence” (A/72/315, Armenia, 2017-05-31), one a piece of evidence, separated by line breaks.
std::string EvidenceText(const std::vector<EvidenceRecord>& evidence);

void WriteDot(const View& view, const FormatOptions& options, std::ostream& out);
void WriteGraphMl(const View& view, const FormatOptions& options, std::ostream& out);
void WriteJsonLines(const View& view, const FormatOptions& options, std::ostream& out);
void WriteGexf(const View& view, const FormatOptions& options, std::ostream& out);
void WriteCytoscape(const View& view, const FormatOptions& options, std::ostream& out);
void WriteGraphology(const View& view, const FormatOptions& options, std::ostream& out);
void WriteNeo4jCsv(const View& view, const FormatOptions& options, const OpenFile& open);
void WriteGephiCsv(const View& view, const FormatOptions& options, const OpenFile& open);
void WriteKuzu(const View& view, const FormatOptions& options, const OpenFile& open);
void WriteHtmlTable(const View& view, const FormatOptions& options, std::ostream& out);
void WriteMarkdown(const View& view, const FormatOptions& options, std::ostream& out);
void WriteLatex(const View& view, const FormatOptions& options, std::ostream& out);
void WriteCsv(const View& view, const FormatOptions& options, std::ostream& out);
/// Turtle, N-Quads, JSON-LD.
void WriteRdf(const View& view, const FormatOptions& options, std::ostream& out);
void WriteCx2(const View& view, const FormatOptions& options, std::ostream& out);
void WriteHtml(const View& view, const FormatOptions& options, std::ostream& out);
void WriteCypher(const View& view, const FormatOptions& options, std::ostream& out);

}  // namespace verbale::graph::formats
