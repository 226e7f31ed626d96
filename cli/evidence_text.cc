#include "cli/evidence_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "cli/rows.h"
#include "cli/width.h"
#include "query/query.h"

namespace verbale::cli {
namespace {

constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kReset = "\x1b[0m";

std::string JsonText(std::string_view text) { return query::ToJson(graph::Value(text), nullptr); }

}  // namespace

std::string Place(const graph::EvidenceRecord& evidence) {
  std::string place = evidence.document;
  if (!evidence.section.empty()) place += ", " + evidence.section;
  if (!evidence.date.empty()) place += ", " + evidence.date;
  return place +
         fmt::format(" · {}, bytes {}–{}", evidence.path, evidence.span.begin, evidence.span.end);
}

std::vector<std::string> Fold(std::string_view text, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (width != 0 && !line.empty() && DisplayWidth(line) + 1 + DisplayWidth(word) > width) {
      lines.push_back(std::move(line));
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += word;
    at = end + 1;
  }
  if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
  return lines;
}

std::string EvidenceBlock(const graph::EvidenceRecord& evidence, std::string_view indent,
                          std::size_t width, bool color) {
  const std::size_t used = DisplayWidth(indent);
  constexpr std::size_t kLeast = 20;
  const std::size_t room = width == 0 ? 0 : std::max(width, used + kLeast) - used;
  std::string out;
  for (const std::string& line : Fold(OneLine("“" + evidence.sentence + "”"), room)) {
    out += fmt::format("{}{}\n", indent, line);
  }
  std::string place = Place(evidence) + " · rule " + evidence.rule;
  if (evidence.modality != graph::Modality::kAsserted) {
    place += " · " + std::string(graph::Name(evidence.modality));
  }
  for (const std::string& line : Fold(OneLine(place), room)) {
    out += color ? fmt::format("{}{}{}{}\n", indent, kDim, line, kReset)
                 : fmt::format("{}{}\n", indent, line);
  }
  return out;
}

std::string EvidenceLine(const std::vector<graph::EvidenceRecord>& evidence) {
  std::string out;
  for (const auto& one : evidence) {
    if (!out.empty()) out += "; ";
    out += fmt::format("“{}” ({})", one.sentence, Place(one));
  }
  return out;
}

std::string EvidenceJson(const std::vector<graph::EvidenceRecord>& evidence) {
  std::string out = "[";
  for (const auto& one : evidence) {
    if (out.size() > 1) out += ", ";
    out += fmt::format(
        R"({{"document": {}, "section": {}, "date": {}, "path": {}, "start": {}, "end": {}, "sentence": {}, )"
        R"("rule": {}, "modality": {}, "attributes": {}}})",
        JsonText(one.document), JsonText(one.section), JsonText(one.date), JsonText(one.path),
        one.span.begin, one.span.end, JsonText(one.sentence), JsonText(one.rule),
        JsonText(graph::Name(one.modality)),
        query::ToJson(graph::Value::OfMap(one.attributes), nullptr));
  }
  return out + "]";
}

}  // namespace verbale::cli
