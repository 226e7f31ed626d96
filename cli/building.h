#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cli/inputs.h"
#include "extract/extract.h"
#include "graph/graph.h"

namespace verbale::cli {

/// What a build did.
struct BuildReport {
  std::uint64_t read = 0, unchanged = 0, removed = 0;
  std::uint64_t sections = 0, sentences = 0, bytes = 0, replaced_characters = 0;
  std::vector<SkippedInput> skipped;
  std::vector<std::string> warnings;          ///< Of the documents, each with its path.
  std::vector<graph::PlannedChange> changes;  ///< Only where planned.
};

struct BuildOptions {
  unsigned threads = 1;
  bool plan = false;             ///< Find out what would change; write nothing.
  bool keep_unasserted = false;  ///< See KeepUnasserted().
};

/// Brings the graph to what the inputs say: reads what is new or changed, takes out what is gone.
///
/// A document goes when the file it came from was given again and does not yield it any more, or
/// lay in a folder that was given and is there no more. Files that filters leave out, and documents
/// of other folders, stay. One symbol is one document: of two files with the same symbol the first
/// by path counts, and one that stands in the graph from elsewhere stays while its file is there;
/// the others are listed as skipped. `phase` is told what is being done ("reading", "committing",
/// "retracting"), for those who watch.
BuildReport Build(graph::Graph& graph, const Inputs& inputs, const extract::Pack& pack,
                  const extract::Reader& reader, const BuildOptions& options,
                  const std::function<void(std::string_view phase)>& phase);

}  // namespace verbale::cli
