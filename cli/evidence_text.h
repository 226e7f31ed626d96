#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/fact.h"

namespace verbale::cli {

/// Where a quote stands, for people: "A/72/315, Armenia, 2017-05-31 · A-72-315.txt, bytes
/// 4123–4261".
std::string Place(const graph::EvidenceRecord& evidence);

/// The quote and its place over two or more lines, each behind `indent`, folded at `width` columns
/// (0: not folded).
std::string EvidenceBlock(const graph::EvidenceRecord& evidence, std::string_view indent,
                          std::size_t width, bool color);

/// All quotes in one line: “…” (place); “…” (place).
std::string EvidenceLine(const std::vector<graph::EvidenceRecord>& evidence);

/// An array of objects: document, section, date, path, start, end, sentence, rule, modality,
/// attributes.
std::string EvidenceJson(const std::vector<graph::EvidenceRecord>& evidence);

/// `text` broken at blanks into lines of at most `width` columns (0: one line).
std::vector<std::string> Fold(std::string_view text, std::size_t width);

}  // namespace verbale::cli
