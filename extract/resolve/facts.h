#pragma once

#include <string>
#include <vector>

#include "extract/extract.h"
#include "extract/resolve/compiled_pack.h"
#include "extract/text/document.h"
#include "graph/fact.h"

namespace verbale::extract {

/// Reads the facts of one document that was taken apart. `facts` comes with its document record and
/// text; sections, entities, facts and warnings are added. With `traces`, every unit leaves one.
void ReadFacts(const CompiledPack& pack, const Document& document, graph::DocumentFacts& facts,
               std::vector<SentenceTrace>* traces);

}  // namespace verbale::extract
