#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/inputs.h"
#include "extract/extract.h"
#include "graph/fact.h"

namespace verbale::cli {

/// What became of one input.
struct ReadOutcome {
  const InputFile* file = nullptr;
  std::uint64_t bytes = 0;
  std::optional<graph::DocumentFacts> facts;  ///< Absent where unchanged or failed.
  bool unchanged = false;
  std::string failure;  ///< Why there are no facts.
  bool unread = false;  ///< It failed before its bytes were known.
};

/// Reads all files with `threads` threads and hands the outcomes to `sink` on the calling thread,
/// in the order of `files` whatever the scheduling. `is_unchanged` (any thread) tells by the
/// bytes what need not be read again. At most a few dozen outcomes wait at any time, so memory does
/// not grow with the number of files. One bad file does not end the batch.
void ReadAll(const std::vector<InputFile>& files, const extract::Reader& reader, unsigned threads,
             const std::function<bool(const InputFile&, const std::string& bytes)>& is_unchanged,
             const std::function<void(ReadOutcome)>& sink);

/// Adds to each reading that is not asserted one under a type of its own (extract::RelationOf),
/// which the graph keeps as a relationship.
void KeepUnasserted(graph::DocumentFacts& facts);

}  // namespace verbale::cli
