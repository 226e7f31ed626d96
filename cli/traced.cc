#include "cli/traced.h"

#include <fmt/format.h>

#include "cli/inputs.h"

namespace verbale::cli {

std::vector<extract::Source> ReadSources(const std::vector<std::string>& paths,
                                         const std::string& document, const Globals& globals) {
  std::vector<extract::Source> sources;
  if (!paths.empty()) {
    InputOptions options;
    options.paths = paths;
    for (const InputFile& file : CollectInputs(options).files) {
      sources.push_back({file.path, ReadInput(file)});
    }
    return sources;
  }
  const auto graph = OpenToRead(globals);
  std::vector<std::string> symbols;
  for (const graph::DocumentRecord& record : graph->Documents()) {
    symbols.push_back(record.symbol);
    if (!document.empty() && record.symbol != document) continue;
    if (auto text = graph->DocumentText(record.symbol)) {
      sources.push_back({record.path, *std::move(text)});
    }
  }
  if (sources.empty() && !document.empty()) {
    throw Error(ErrorCode::kNotFound, fmt::format("the graph has no document '{}'", document))
        .WithHint(DidYouMean(document, symbols, "verbale documents lists them"));
  }
  return sources;
}

std::vector<extract::TracedDocument> ReadTraced(const std::shared_ptr<const extract::Pack>& pack,
                                                const std::vector<std::string>& paths,
                                                const std::string& document,
                                                const Globals& globals) {
  const extract::Reader reader(pack);
  std::vector<extract::TracedDocument> documents;
  for (extract::Source& source : ReadSources(paths, document, globals)) {
    extract::TracedDocument traced;
    traced.facts = reader.Read(std::move(source), traced.traces);
    if (!document.empty() && traced.facts.document.symbol != document) continue;
    documents.push_back(std::move(traced));
  }
  return documents;
}

}  // namespace verbale::cli
