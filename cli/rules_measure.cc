#include "cli/rules_measure.h"

#include <fstream>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/command_line.h"
#include "cli/packs.h"
#include "cli/rows.h"
#include "cli/traced.h"
#include "extract/rules_tool.h"

namespace verbale::cli {
namespace {

std::vector<extract::GoldFact> GoldOf(const MeasureOptions& options) {
  if (options.gold.empty()) return {};
  std::ifstream file(options.gold, std::ios::binary);
  if (!file) throw Error(ErrorCode::kNotFound, fmt::format("cannot read '{}'", options.gold));
  return extract::ReadGold(file, options.gold);
}

void PrintSuggested(const char* title, const std::vector<extract::Suggestion>& list) {
  fmt::print("{}\n", title);
  for (const auto& suggestion : list) {
    fmt::print("  {:4}  {}\n        “{}”\n", suggestion.count, suggestion.what, suggestion.context);
  }
}

}  // namespace

int PrintRuleStats(const MeasureOptions& options, const Globals& globals) {
  const auto pack = LoadPack(options.pack);
  const auto documents = ReadTraced(pack, options.paths, "", globals);
  const auto gold = GoldOf(options);
  std::vector<extract::PredictedFact> predicted;
  for (const auto& document : documents) extract::AddPredictions(document.facts, predicted);
  const auto evaluation = extract::Evaluate(*pack, gold, {}, predicted);
  const auto stats = extract::MeasureRules(*pack, documents, &evaluation);
  std::vector<std::vector<std::string>> rows;
  for (const auto& rule : stats) {
    const std::string precision =
        rule.judged == 0
            ? ""
            : fmt::format("{:.3f} of {}",
                          static_cast<double>(rule.right) / static_cast<double>(rule.judged),
                          rule.judged);
    rows.push_back({rule.rule, std::to_string(rule.matches), std::to_string(rule.unique), precision,
                    fmt::format("{:.1f} %", 100 * rule.time), std::to_string(rule.silent.size())});
  }
  RowOptions form;
  form.width = TerminalWidth(STDOUT_FILENO);
  PrintTextTable({"rule", "matches", "unique", "precision", "time", "silent"}, rows, form, stdout);
  fmt::print("\npatterns and alternatives that never matched\n");
  for (const auto& rule : stats) {
    for (const std::string& pattern : rule.silent) fmt::print("  {}: {}\n", rule.rule, pattern);
  }
  return kDone;
}

int PrintMutants(const MeasureOptions& options, const Globals& globals) {
  if (!options.paths.empty() && options.gold.empty()) {
    FailUsage("rules mutate reads documents only for annotated facts (--gold)");
  }
  const auto pack = LoadPack(options.pack);
  const auto gold = GoldOf(options);
  std::vector<extract::Source> sources;
  if (!gold.empty()) sources = ReadSources(options.paths, "", globals);
  const bool terminal = isatty(STDERR_FILENO) != 0;
  extract::MutationOptions mutation;
  mutation.filter = options.filter;
  mutation.threads = globals.Threads();
  if (terminal) {
    mutation.progress = [](std::size_t done, std::size_t all) {
      fmt::print(stderr, "\r{} of {}", done, all);
    };
  }
  const auto report = extract::Mutate(pack, sources, gold, mutation);
  if (terminal) fmt::print(stderr, "\r\x1b[K");
  for (const std::string& survivor : report.survivors) fmt::print("survives  {}\n", survivor);
  const double share = report.mutants == 0 ? 1.0
                                           : static_cast<double>(report.noticed) /
                                                 static_cast<double>(report.mutants);
  fmt::print("{} mutants, {} noticed ({:.1f} %), of these {} no pack at all\n", report.mutants,
             report.noticed, 100 * share, report.broken);
  constexpr double kEnough = 0.9;
  return share >= kEnough ? kDone : kCheckFailed;
}

int PrintSuggestions(const MeasureOptions& options, const Globals& globals) {
  const auto pack = LoadPack(options.pack);
  const auto documents = ReadTraced(pack, options.paths, "", globals);
  const auto suggestions = extract::Suggest(*pack, documents);
  PrintSuggested("names in no gazetteer", suggestions.names);
  PrintSuggested("verbs of sentences in which no rule matched", suggestions.verbs);
  return kDone;
}

}  // namespace verbale::cli
