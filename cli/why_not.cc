#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/evidence_text.h"
#include "cli/packs.h"
#include "cli/traced.h"
#include "cli/width.h"
#include "extract/rules_tool.h"

namespace verbale::cli {
namespace {

struct Options {
  std::string subject, relation, object, document, pack = kDefaultPack;
  std::vector<std::string> paths;
  extract::WhyNotOptions search;
};

void PrintFolded(const std::string& text, const std::string& indent) {
  const std::size_t width = TerminalWidth(STDOUT_FILENO);
  const std::size_t room = width > indent.size() + 20 ? width - indent.size() : 0;
  for (const std::string& line : Fold(text, room)) fmt::print("{}{}\n", indent, line);
}

void PrintAttempt(const std::string& document, const extract::Attempt& attempt) {
  const std::string place = attempt.section.empty() ? document : document + ", " + attempt.section;
  fmt::print("\n{} · {}, bytes {}–{}\n", Name(attempt.obstacle), place, attempt.span.begin,
             attempt.span.end);
  PrintFolded("“" + attempt.sentence + "”", "  ");
  PrintFolded(attempt.why, "  ");
  if (!attempt.change.empty()) PrintFolded("to let it through: " + attempt.change, "  ");
}

int Run(const Options& options, const Globals& globals) {
  const auto pack = LoadPack(options.pack);
  std::size_t shown = 0, sentences = 0;
  const auto documents = ReadTraced(pack, options.paths, options.document, globals);
  for (const auto& document : documents) {
    sentences += document.traces.size();
    for (const auto& attempt : extract::WhyNot(*pack, document.traces, options.subject,
                                               options.relation, options.object, options.search)) {
      if (shown++ == 0) {
        fmt::print("{} {} {}\n", options.subject, options.relation, options.object);
      }
      PrintAttempt(document.facts.document.symbol, attempt);
    }
  }
  if (shown == 0) {
    extract::CheckIsNamed(*pack, documents, options.subject);
    extract::CheckIsNamed(*pack, documents, options.object);
    fmt::print("{} {} {}\n\nno mention: none of {} sentences has both '{}' and '{}'\n",
               options.subject, options.relation, options.object, sentences, options.subject,
               options.object);
  }
  return kDone;
}

}  // namespace

Command WhyNotCommand() {
  Command command;
  command.name = "why-not";
  command.summary = "Show what came near a fact, and what ruled it out";
  command.text =
      "Reads the documents of the graph again and shows, of each, the sentences that come nearest "
      "to stating the fact, with what stopped each: it is not asserted, a guard found its words, a "
      "condition of the rule does not hold, somebody else is the subject, the name only qualifies "
      "another or is part of a longer one, no rule matched, the relation takes no such object, the "
      "words name nothing. A change to the pack is told where one was tried and lets it through.";
  command.examples = {
      {"verbale why-not Jordan MEMBER_OF GGE", "over all documents"},
      {"verbale why-not Armenia MEMBER_OF NATO --in A/72/315", "in one"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<Options>();
    AddRelationshipArguments(line, options->subject, options->relation, options->object);
    AddGraphOption(line, globals);
    line.Add("--in", options->document, "Only in this document").Type("DOCUMENT");
    line.Add("--file", options->paths, "Read these files instead of the graph's documents")
        .Type("PATH");
    line.Add("--limit", options->search.limit, "At most so many sentences of a document")
        .Type("N")
        .Between(std::uint64_t{1}, std::uint64_t{1000});
    AddPackOption(line, options->pack);
    return [options, &globals] { return Run(*options, globals); };
  };
  return command;
}

}  // namespace verbale::cli
