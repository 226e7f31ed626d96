#include "graph/formats/facts.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace verbale::graph::formats {
namespace {

struct Entry {
  std::string subject, type, object;
  RelRef rel;
};

std::vector<Entry> SortedEntries(const View& view, const FormatOptions& options) {
  const Contents contents = Collect(view, options.selection);
  std::vector<Entry> entries;
  entries.reserve(contents.rels.size());
  for (const RelRef rel : contents.rels) {
    const RelEnds ends = view.Ends(rel.no);
    entries.push_back({CleanText(NameOf(view, {ends.source, view.Id(ends.source)})),
                       CleanText(view.catalog().TypeName(ends.type)),
                       CleanText(NameOf(view, {ends.target, view.Id(ends.target)})), rel});
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.subject, a.type, a.object, a.rel.id) <
           std::tie(b.subject, b.type, b.object, b.rel.id);
  });
  return entries;
}

// Counts and dates of statements follow from the sources, which stand beside them.
bool IsDetail(std::string_view key) {
  return key != "count" && key != "first_stated" && key != "last_stated";
}

std::string DetailsOf(const View& view, RelNo rel) {
  std::string out;
  for (const auto& [key, value] : PropertiesOf(view, rel)) {
    if (!IsDetail(key)) continue;
    if (!out.empty()) out += ", ";
    out += key + ' ' + PlainText(value);
  }
  return CleanText(out);
}

}  // namespace

FactTable FactsOf(const View& view, const FormatOptions& options) {
  FactTable table;
  std::map<std::string, std::size_t> numbers;
  for (Entry& entry : SortedEntries(view, options)) {
    FactRow row{std::move(entry.subject),
                std::move(entry.type),
                std::move(entry.object),
                DetailsOf(view, entry.rel.no),
                {}};
    if (options.evidence) {
      for (const EvidenceRecord& one : view.Evidence(entry.rel.no)) {
        std::string source = CleanText(EvidenceText({one}));
        const auto [it, is_new] = numbers.emplace(source, table.sources.size() + 1);
        if (is_new) table.sources.push_back(std::move(source));
        if (std::find(row.sources.begin(), row.sources.end(), it->second) == row.sources.end()) {
          row.sources.push_back(it->second);
        }
      }
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace verbale::graph::formats
