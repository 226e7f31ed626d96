#pragma once

#include <string>

#include "extract/extract.h"

namespace verbale::cli {

/// How one sentence was read, for people: the sentence with its mentions marked, its phrases, each
/// candidate with its guard or what stopped it.
std::string TraceText(const extract::SentenceTrace& trace, bool color);

}  // namespace verbale::cli
