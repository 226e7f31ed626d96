#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/packs.h"
#include "cli/rows.h"
#include "cli/rules_measure.h"
#include "cli/rules_report.h"
#include "cli/run_statement.h"
#include "cli/trace_text.h"
#include "cli/width.h"
#include "extract/rules_tool.h"

namespace verbale::cli {
namespace {

struct Options {
  std::string action;
  std::vector<std::string> arguments;
  std::string pack = kDefaultPack;
  std::string filter, report = "text";
  std::string author, lead_in, gold;
  bool expanded = false;
};

/// The one argument of an action that takes one at most.
std::string OnlyArgument(const Options& options, const std::string& otherwise) {
  if (options.arguments.size() > 1) {
    FailUsage(fmt::format("rules {} takes one argument, not {}", options.action,
                          options.arguments.size()));
  }
  return options.arguments.empty() ? otherwise : options.arguments.front();
}

std::string Required(const Options& options, const std::string& what) {
  const std::string argument = OnlyArgument(options, "");
  if (argument.empty()) FailUsage(fmt::format("rules {} needs {}", options.action, what));
  return argument;
}

int Test(const Options& options, const Globals& globals) {
  const auto pack = LoadPack(OnlyArgument(options, options.pack));
  const auto report = extract::TestRules(pack, options.filter);
  fmt::print("{}", ReportText(report, options.report, globals.UseColor(STDOUT_FILENO)));
  return report.Passed() ? kDone : kCheckFailed;
}

int List(const Options& options, const Globals& globals) {
  const auto pack = LoadPack(OnlyArgument(options, options.pack));
  std::vector<std::vector<std::string>> rows;
  for (const auto& rule : extract::ListRules(*pack)) {
    rows.push_back({rule.id, rule.relation, std::to_string(rule.patterns),
                    std::to_string(rule.guards), std::to_string(rule.examples), rule.note});
  }
  PrintTextTable({"rule", "relation", "patterns", "guards", "examples", "note"}, rows,
                 DefaultRunOptions(globals).rows, stdout);
  return kDone;
}

int Show(const Options& options) {
  const std::string id = Required(options, "the id of a rule");
  fmt::print("{}", LoadPack(options.pack)->DescribeRule(id, options.expanded));
  return kDone;
}

int Try(const Options& options, const Globals& globals) {
  const std::string sentence = Required(options, "a sentence");
  const extract::Reader reader(LoadPack(options.pack));
  std::vector<extract::SentenceTrace> traces;
  reader.ReadSentence(sentence, options.author, options.lead_in, traces);
  for (const auto& trace : traces) {
    fmt::print("{}", TraceText(trace, globals.UseColor(STDOUT_FILENO)));
  }
  return kDone;
}

int Run(const Options& options, const Globals& globals) {
  if (options.action == "test") return Test(options, globals);
  if (options.action == "list") return List(options, globals);
  if (options.action == "show") return Show(options);
  const MeasureOptions measure{options.pack, options.gold, options.filter, options.arguments};
  if (options.action == "stats") return PrintRuleStats(measure, globals);
  if (options.action == "mutate") return PrintMutants(measure, globals);
  if (options.action == "suggest") return PrintSuggestions(measure, globals);
  return Try(options, globals);
}

}  // namespace

Command RulesCommand() {
  Command command;
  command.name = "rules";
  command.summary = "Test, list, show, try and measure the rules of a pack";
  command.text =
      "test [PACK]: runs the examples beside the rules; exit code 3 where one is not met.\n"
      "list [PACK]: every rule, with what it reads.\n"
      "show ID: patterns, guards and examples of one rule.\n"
      "try SENTENCE: how a sentence is read: names, candidates, guards, what is asserted.\n"
      "stats [PATH…]: matches, unique facts, precision, share of time, silent patterns.\n"
      "mutate [PATH…]: changes one thing of a rule at a time and says what no example and no gold "
      "fact notices; exit code 3 where fewer than 90 % are noticed.\n"
      "suggest [PATH…]: names that no gazetteer has, verbs that no rule took.\n"
      "The last three read the documents of the graph where no path is given.";
  command.examples = {
      {"verbale rules test", "are all examples met?"},
      {"verbale rules test ./my-pack --filter '^ratified' --report junit", "for a test runner"},
      {"verbale rules show ratified.active --expanded", "with every fragment written out"},
      {"verbale rules try 'It ratified the Budapest Convention.' --author Canada", "step by step"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<Options>();
    line.Add("action", options->action, "test, list, show, try, stats, mutate, suggest")
        .Type("ACTION")
        .Required()
        .OneOf({"test", "list", "show", "try", "stats", "mutate", "suggest"});
    line.Add("arguments", options->arguments, "Pack, id of a rule, sentence, or paths")
        .Type("ARGUMENT");
    AddPackOption(line, options->pack);
    line.Add("--filter", options->filter, "test, mutate: only rules whose id this RE2 matches")
        .Type("RE");
    line.Add("--report", options->report, "test: text, junit, sarif or tap")
        .Type("FORM")
        .OneOf(ReportForms());
    AddGraphOption(line, globals);
    AddThreadsOption(line, globals);
    line.Add("--gold", options->gold, "stats, mutate: annotated facts, JSON Lines").Type("FILE");
    line.Flag("--expanded", options->expanded, "show: with every fragment written out");
    line.Add("--author", options->author, "try: who says it").Type("NAME");
    line.Add("--lead-in", options->lead_in, "try: the sentence is a list item under this")
        .Type("TEXT");
    return [options, &globals] { return Run(*options, globals); };
  };
  return command;
}

}  // namespace verbale::cli
