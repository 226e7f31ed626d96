#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "cli/building.h"
#include "cli/commands.h"
#include "cli/evidence_text.h"
#include "cli/packs.h"
#include "cli/rows.h"
#include "cli/width.h"

namespace verbale::cli {
namespace {

struct Options {
  InputOptions inputs;
  std::string pack = kDefaultPack;
  bool plan = false;
  bool keep_unasserted = false;
  bool quiet = false;
  std::string engine = "rocksdb";
  std::string dump;
};

// Tests watch a build from outside through this variable: it names a file into which every phase is
// written before it starts. Unset, nothing happens.
class PhaseLog {
 public:
  PhaseLog() {
    const char* path = std::getenv("VERBALE_PHASE_LOG");
    if (path != nullptr) out_.open(path, std::ios::app);
  }
  void operator()(std::string_view phase) {
    if (out_.is_open()) out_ << phase << '\n' << std::flush;
  }

 private:
  std::ofstream out_;
};

void PrintChanges(const std::vector<graph::PlannedChange>& changes) {
  using Kind = graph::PlannedChange::Kind;
  for (const auto& change : changes) {
    const char sign = change.kind == Kind::kAppears    ? '+'
                      : change.kind == Kind::kVanishes ? '-'
                                                       : '~';
    const std::string what = change.what.empty() ? "" : fmt::format("  ({})", change.what);
    fmt::print("{} {} {} {}{}\n", sign, change.subject, change.type, change.object, what);
    for (const auto& evidence : change.evidence) {
      fmt::print("{}", EvidenceBlock(evidence, "    ", TerminalWidth(1), false));
    }
  }
  fmt::print("{} relationships would change\n", changes.size());
}

void PrintSkipped(const std::vector<SkippedInput>& skipped) {
  if (skipped.empty()) return;
  fmt::print("skipped   {}\n", skipped.size());
  for (const SkippedInput& one : skipped) fmt::print("  {}\n", OneLine(one.path + ": " + one.why));
}

/// All that a quiet build says.
void NoteFailures(const std::vector<SkippedInput>& skipped) {
  for (const SkippedInput& one : skipped) {
    if (one.failure)
      fmt::print(stderr, "verbale: skipped {}\n", OneLine(one.path + ": " + one.why));
  }
}

void PrintSummary(const BuildReport& report, const graph::Graph& graph, double seconds) {
  const double megabytes = static_cast<double>(report.bytes) / 1e6;
  fmt::print("read      {} documents, {} sections, {} sentences ({:.2f} MB, {:.1f} MB/s)\n",
             report.read, report.sections, report.sentences, megabytes,
             seconds > 0 ? megabytes / seconds : 0);
  fmt::print("unchanged {}\nremoved   {}\n", report.unchanged, report.removed);
  if (report.replaced_characters != 0) {
    fmt::print("replaced  {} invalid UTF-8 sequences\n", report.replaced_characters);
  }
  PrintSkipped(report.skipped);
  if (!report.warnings.empty()) fmt::print("warnings  {}\n", report.warnings.size());
  for (const std::string& warning : report.warnings) fmt::print("  {}\n", OneLine(warning));
  const graph::GraphStats stats = graph.Stats();
  fmt::print("graph     {} documents, {} nodes, {} relationships, {} pieces of evidence\n",
             stats.documents, stats.nodes, stats.relationships, stats.evidence);
  for (const auto& [type, count] : stats.types) fmt::print("  {:<18}{:>8}\n", type, count);
  fmt::print("not asserted {} readings\n", stats.readings);
  fmt::print("hash      {}\n", graph.Hash());
}

int Finish(const BuildReport& report, const graph::Graph& graph, const Options& options,
           double seconds) {
  if (options.plan) {
    PrintChanges(report.changes);
    PrintSkipped(report.skipped);
  } else if (!options.quiet) {
    PrintSummary(report, graph, seconds);
  } else {
    NoteFailures(report.skipped);
  }
  if (!options.dump.empty()) {
    std::ofstream out(options.dump, std::ios::binary);
    graph.Dump(out, graph::Layer::kAll);
    out.close();
    if (!out) throw Error(ErrorCode::kIo, fmt::format("cannot write '{}'", options.dump));
  }
  const bool failed = std::any_of(report.skipped.begin(), report.skipped.end(),
                                  [](const SkippedInput& one) { return one.failure; });
  return failed ? kInputsSkipped : kDone;
}

std::unique_ptr<graph::Graph> OpenFor(const Options& options, const Globals& globals) {
  if (options.engine == "memory") return graph::Graph::InMemory();
  if (!options.plan) return OpenToWrite(globals, true, "verbale build");
  try {
    return OpenToRead(globals);
  } catch (const Error&) {
    if (std::filesystem::exists(globals.graph)) throw;
    return graph::Graph::InMemory();  // nothing is there yet: everything would appear, nothing is
                                      // made
  }
}

int Run(const Options& options, const Globals& globals) {
  const Inputs inputs = CollectInputs(options.inputs);
  const auto pack = LoadPack(options.pack, extract::PackParts::kForReading);
  const extract::Reader reader(pack);
  const auto graph = OpenFor(options, globals);
  const auto start = std::chrono::steady_clock::now();
  PhaseLog log;
  BuildOptions build;
  build.threads = globals.Threads();
  build.plan = options.plan;
  build.keep_unasserted = options.keep_unasserted;
  const BuildReport report =
      Build(*graph, inputs, *pack, reader, build, [&](std::string_view phase) { log(phase); });
  log("finishing");
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return Finish(report, *graph, options, seconds);
}

}  // namespace

Command BuildCommand() {
  Command command;
  command.name = "build";
  command.summary = "Read documents into the graph";
  command.text =
      "Reads files and folders (recursively) and writes down who did what, with the sentence that "
      "proves "
      "it. Reads again only what changed; takes out what is gone from a folder that was given. "
      "Hidden "
      "files and symbolic links inside folders are left out. '-' reads one document from standard "
      "input.";
  command.examples = {
      {"verbale build replies/", "read a folder into verbale.graph"},
      {"verbale build --plan replies/", "show what would appear, vanish or change; write nothing"},
      {"verbale build replies/ --include '*.txt' --exclude 'draft*'", "only some of the files"},
      {"verbale build replies/ --engine memory --dump graph.txt",
       "no store, only the canonical dump"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<Options>();
    AddInputOptions(line, options->inputs);
    AddGraphOption(line, globals);
    AddThreadsOption(line, globals);
    AddPackOption(line, options->pack);
    line.Flag("--plan", options->plan, "Print what would change, with sentences; write nothing");
    line.Flag("--keep-unasserted", options->keep_unasserted,
              "Also keep what is planned, recommended, denied … as relationships of types of "
              "their own: PLANNED_RATIFIED");
    line.Flag("-q,--quiet", options->quiet, "No summary");
    line.Add("--engine", options->engine, "rocksdb, or memory (nothing is kept)")
        .Type("ENGINE")
        .OneOf({"rocksdb", "memory"});
    line.Add("--dump", options->dump, "Write the canonical dump to this file when done")
        .Type("FILE");
    return [options, &globals] { return Run(*options, globals); };
  };
  return command;
}

}  // namespace verbale::cli
