// One table of facts for spreadsheets and data frames: RFC 4180, a row for each piece of evidence
// (or for each relationship where there is none). A cell that a spreadsheet would take for a
// formula gets an apostrophe before it, which shows as nothing there and makes it text.

#include <ostream>

#include "graph/formats/csv_parts.h"
#include "graph/formats/parts.h"

namespace verbale::graph::formats {
namespace {

std::string Cell(std::string_view text) { return CsvCell(text, CsvCells::kNoFormulas); }

std::string FirstLabel(const View& view, NodeNo node) {
  const std::vector<std::string> labels = LabelsOf(view, node);
  return labels.empty() ? "" : labels.front();
}

}  // namespace

void WriteCsv(const View& view, const FormatOptions& options, std::ostream& out) {
  out << "subject,subject_label,relation,object,object_label,date,document,section,stated,sentence,"
         "rule\r\n";
  for (const RelRef rel : Collect(view, options.selection).rels) {
    const RelEnds ends = view.Ends(rel.no);
    const std::string fact = Cell(NameOf(view, {ends.source, view.Id(ends.source)})) + ',' +
                             Cell(FirstLabel(view, ends.source)) + ',' +
                             Cell(view.catalog().TypeName(ends.type)) + ',' +
                             Cell(NameOf(view, {ends.target, view.Id(ends.target)})) + ',' +
                             Cell(FirstLabel(view, ends.target)) + ',' + Cell(DateOf(view, rel.no));
    const auto evidence = options.evidence ? view.Evidence(rel.no) : std::vector<EvidenceRecord>();
    if (evidence.empty()) out << fact << ",,,,,\r\n";
    for (const EvidenceRecord& one : evidence) {
      out << fact << ',' << Cell(one.document) << ',' << Cell(one.section) << ',' << Cell(one.date)
          << ',' << Cell(one.sentence) << ',' << Cell(one.rule) << "\r\n";
    }
  }
}

}  // namespace verbale::graph::formats
