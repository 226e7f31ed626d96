#include "extract/extract.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <unordered_map>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/packs.h"
#include "cli/progress.h"
#include "cli/reading.h"
#include "cli/width.h"
#include "extract/facts_jsonl.h"

namespace verbale::cli {
namespace {

struct ExtractOptions {
  InputOptions inputs;
  std::string pack = kDefaultPack;
  std::string format = "jsonl";
};

// One symbol is one document: the first by path, as in a build.
class Symbols {
 public:
  // Whether it is the first one; says so where it is not.
  bool Claim(const graph::DocumentRecord& document) {
    const auto [at, is_first] = owners_.try_emplace(document.symbol, document);
    if (!is_first) {
      any_lost_ |= at->second.hash != document.hash;
      fmt::print(stderr, "verbale: note: {}\n",
                 OneLine(fmt::format("{}: left out, its symbol {} is that of {}", document.path,
                                     document.symbol, at->second.path)));
    }
    return is_first;
  }
  // Whether another text was left out; a copy tells nothing new.
  bool any_lost() const { return any_lost_; }

 private:
  std::unordered_map<std::string, graph::DocumentRecord> owners_;  // by symbol
  bool any_lost_ = false;
};

int Extract(const ExtractOptions& options, const Globals& globals) {
  const Inputs inputs = CollectInputs(options.inputs);
  const extract::Reader reader(LoadPack(options.pack, extract::PackParts::kForReading));
  std::size_t failures = 0;
  for (const SkippedInput& skipped : inputs.skipped) {
    if (!skipped.failure) continue;
    ++failures;
    PrintError(Error(ErrorCode::kIo, skipped.path + ": " + skipped.why), {}, globals);
  }
  Progress progress(inputs.files.size());
  Symbols symbols;
  const auto never_unchanged = [](const InputFile&, const std::string&) { return false; };
  ReadAll(inputs.files, reader, globals.Threads(), never_unchanged, [&](ReadOutcome outcome) {
    progress.Advance(outcome.bytes, outcome.facts ? outcome.facts->facts.size() : 0);
    if (!outcome.facts) {
      ++failures;
      PrintError(Error(ErrorCode::kIo, outcome.file->path + ": " + outcome.failure), {}, globals);
      return;
    }
    if (!symbols.Claim(outcome.facts->document)) return;
    std::string lines;
    extract::WriteFacts(*outcome.facts, lines);
    if (std::fwrite(lines.data(), 1, lines.size(), stdout) != lines.size()) {
      throw Error(ErrorCode::kIo, "cannot write to standard output");
    }
  });
  return failures == 0 && !symbols.any_lost() ? kDone : kInputsSkipped;
}

// One commit for everything: where a line is wrong nothing is half-written.
int Load(const std::vector<std::string>& paths, const Globals& globals) {
  std::vector<graph::DocumentFacts> documents;
  for (const std::string& path : paths) {
    std::ifstream file;
    if (path != "-") {
      file.open(path, std::ios::binary);
      if (!file || std::filesystem::is_directory(path)) {
        throw Error(ErrorCode::kNotFound, fmt::format("cannot read '{}'", path));
      }
    }
    extract::FactsReader reader(path == "-" ? std::cin : file,
                                path == "-" ? "standard input" : path);
    while (auto document = reader.Next()) documents.push_back(std::move(*document));
  }
  std::stable_sort(documents.begin(), documents.end(),
                   [](const auto& a, const auto& b) { return a.document.path < b.document.path; });
  Symbols symbols;
  std::erase_if(documents, [&](const auto& document) { return !symbols.Claim(document.document); });
  std::vector<graph::SourceRecord> sources;
  for (const auto& document : documents)
    sources.push_back({document.document.symbol, "", document.document.path});
  const auto graph = OpenToWrite(globals, true, "verbale load");
  const auto report = graph->Ingest(documents, {}, sources);
  fmt::print("loaded    {} documents ({} new, {} replaced)\nhash      {}\n", documents.size(),
             report.documents_added, report.documents_replaced, graph->Hash());
  return symbols.any_lost() ? kInputsSkipped : kDone;
}

}  // namespace

Command ExtractCommand() {
  Command command;
  command.name = "extract";
  command.summary = "Read documents and print their facts; keep nothing";
  command.text =
      "Reads files and folders as build does, and prints what they say in the facts format (JSON "
      "Lines, "
      "docs/facts.md). It needs no graph, so it can run on many machines at once; `verbale load` "
      "brings the "
      "facts in.";
  command.examples = {
      {"verbale extract replies/ > facts.jsonl", "all facts of a folder"},
      {"verbale extract - < reply.txt | jq 'select(.record == \"fact\") | .relation'",
       "as a filter"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<ExtractOptions>();
    AddInputOptions(line, options->inputs);
    AddThreadsOption(line, globals);
    AddPackOption(line, options->pack);
    line.Add("--format", options->format, "jsonl is the only format")
        .Type("FORMAT")
        .OneOf({"jsonl"});
    return [options, &globals] { return Extract(*options, globals); };
  };
  return command;
}

Command LoadCommand() {
  Command command;
  command.name = "load";
  command.summary = "Bring facts that extract wrote into the graph";
  command.text =
      "Reads files in the facts format and adds their documents to the graph in one commit; a "
      "document whose "
      "symbol is there already is replaced. A line that is wrong is named, and then nothing is "
      "written.";
  command.examples = {{"verbale load facts.jsonl", "one file"},
                      {"cat part-*.jsonl | verbale load -", "from many machines"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    auto paths = std::make_shared<std::vector<std::string>>();
    line.Add("files", *paths, "Files, or - for standard input").Type("FILE").Required();
    AddGraphOption(line, globals);
    return [paths, &globals] { return Load(*paths, globals); };
  };
  return command;
}

}  // namespace verbale::cli
