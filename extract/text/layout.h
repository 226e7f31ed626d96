#pragma once

#include <vector>

#include "extract/text/blocks.h"
#include "extract/text/document.h"
#include "extract/text/sentences.h"

namespace verbale::extract {

/// Writes clean text, units and sections of `document` from the blocks of `plain`: one block a line
/// of text, broken words joined, lists with their lead-ins, sentences.
void LayOut(const SourceText& plain, const Lines& lines, const std::vector<Block>& blocks,
            const std::vector<SectionStart>& sections, const SentenceSplitter& splitter,
            Document& document);

}  // namespace verbale::extract
