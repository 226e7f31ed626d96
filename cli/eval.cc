#include <algorithm>
#include <fstream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/packs.h"
#include "cli/traced.h"
#include "extract/rules_tool.h"

namespace verbale::cli {
namespace {

struct Options {
  std::string gold, traps, pack = kDefaultPack;
  double min_f1 = 0;
  std::vector<std::string> paths;
  bool quiet = false;
};

std::ifstream OpenFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorCode::kNotFound, fmt::format("cannot read '{}'", path));
  return file;
}

void PrintScore(const extract::Score& score) {
  fmt::print(
      "{:<18} gold {:4} found {:4}  predicted {:4} right {:4}  P {:.3f} R {:.3f} F1 {:.3f}\n",
      score.name, score.gold, score.found, score.predicted, score.right, score.Precision(),
      score.Recall(), score.F1());
}

/// Why a fact of the gold was missed: what its document's sentences say of it.
void PrintMiss(const extract::Pack& pack, const std::vector<extract::TracedDocument>& documents,
               const extract::GoldFact& miss) {
  fmt::print("\nmissed: {} {} {} ({}, {})\n  “{}”\n", miss.subject, miss.relation, miss.object,
             miss.document, miss.section, miss.sentence);
  for (const auto& document : documents) {
    if (document.facts.document.symbol != miss.document) continue;
    std::vector<extract::SentenceTrace> own;
    for (const auto& trace : document.traces) {
      if (trace.section == miss.section) own.push_back(trace);
    }
    const auto attempts =
        extract::WhyNot(pack, own, miss.subject, miss.relation, miss.object, {1, false});
    if (attempts.empty()) {
      fmt::print("  no sentence of the section has both names\n");
    } else {
      fmt::print("  {}: {}\n", Name(attempts.front().obstacle), attempts.front().why);
    }
  }
}

int Run(const Options& options, const Globals& globals) {
  std::ifstream gold_file = OpenFile(options.gold);
  const auto gold = extract::ReadGold(gold_file, options.gold);
  std::vector<extract::Trap> traps;
  if (!options.traps.empty()) {
    std::ifstream file = OpenFile(options.traps);
    traps = extract::ReadTraps(file, options.traps);
  }
  const auto pack = LoadPack(options.pack);
  const auto documents = ReadTraced(pack, options.paths, "", globals);
  std::vector<extract::PredictedFact> predicted;
  for (const auto& document : documents) extract::AddPredictions(document.facts, predicted);
  const auto evaluation = extract::Evaluate(*pack, gold, traps, predicted);
  for (const auto& score : evaluation.relations) PrintScore(score);
  for (const auto* total : {&evaluation.closed, &evaluation.open, &evaluation.all}) {
    PrintScore(*total);
  }
  fmt::print("traps sprung: {} of {}\n", evaluation.sprung.size(), evaluation.traps);
  if (!options.quiet) {
    for (const auto& miss : evaluation.misses) PrintMiss(*pack, documents, miss);
    for (const auto& fact : evaluation.wrong) {
      fmt::print("\nfalse: {} {} {} ({}, {})\n  “{}”\n  rule {}\n", fact.subject, fact.relation,
                 fact.object, fact.document, fact.section, fact.sentence, fact.rule);
    }
    for (const auto& [trap, fact] : evaluation.sprung) {
      fmt::print("\ntrap: {} {} {} ({}, {})\n  {}\n  rule {}\n", trap.subject, trap.relation,
                 trap.object, trap.document, trap.section, trap.why, fact.rule);
    }
  }
  return evaluation.all.F1() >= options.min_f1 ? kDone : kCheckFailed;
}

}  // namespace

Command EvalCommand() {
  Command command;
  command.name = "eval";
  command.summary = "Compare what is read with annotated facts";
  command.text =
      "Reads the files, or the documents of the graph again, and compares the facts with those "
      "that "
      "people wrote down: precision, recall and F1 by relation, traps sprung, then each miss with "
      "what stood in its way and each false fact with its rule. Exit code 3 where F1 over all "
      "relations is below --min-f1.";
  command.examples = {
      {"verbale eval --gold facts.jsonl --traps traps.jsonl replies/", "files"},
      {"verbale eval --gold facts.jsonl --graph g --min-f1 0.9", "a graph, as a gate"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<Options>();
    line.Add("paths", options->paths, "Files and folders (else the documents of the graph)")
        .Type("PATH");
    AddGraphOption(line, globals);
    line.Add("--gold", options->gold, "Annotated facts, JSON Lines").Type("FILE").Required();
    line.Add("--traps", options->traps, "Facts that must not be read, JSON Lines").Type("FILE");
    line.Add("--min-f1", options->min_f1, "Exit code 3 below this F1 over all relations")
        .Type("X")
        .Between(0.0, 1.0);
    AddPackOption(line, options->pack);
    line.Flag("-q,--quiet", options->quiet, "Only the figures");
    return [options, &globals] { return Run(*options, globals); };
  };
  return command;
}

}  // namespace verbale::cli
