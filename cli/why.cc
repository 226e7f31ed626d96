#include "cli/why.h"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/evidence_text.h"
#include "cli/names.h"
#include "cli/rows.h"
#include "query/query.h"

namespace verbale::cli {
namespace {

using graph::View;

struct Hit {
  std::string subject, type, object;
  graph::RelNo rel;
};

std::vector<Hit> FindHits(const View& view, const WhyQuestion& options) {
  const EntityNames names(view);
  const auto subjects = names.Find(options.subject);
  const auto objects = names.Find(options.object);
  const graph::TypeId type = FindType(view, options.relation);
  std::vector<Hit> hits;
  for (const NamedNode& subject : subjects) {
    const auto out = view.Neighbours(subject.node, graph::Direction::kOut, type);
    for (std::size_t i = 0; i < out.size(); ++i) {
      for (const NamedNode& object : objects) {
        if (object.node != out.nodes[i]) continue;
        hits.push_back(
            {subject.name, std::string(view.catalog().TypeName(type)), object.name, out.rel(i)});
      }
    }
  }
  return hits;
}

std::string PropertyText(const View& view, graph::RelNo rel) {
  std::vector<std::string> parts;
  for (const auto& [key, value] : view.Properties(rel)) {
    parts.push_back(fmt::format("{} {}", view.catalog().KeyName(key), CellText(value, view)));
  }
  std::sort(parts.begin(), parts.end());
  return fmt::format("{}", fmt::join(parts, " · "));
}

void PrintText(const View& view, const Hit& hit, const Globals& globals) {
  fmt::print("{} {} {}\n", hit.subject, hit.type, hit.object);
  const std::string properties = PropertyText(view, hit.rel);
  if (!properties.empty()) fmt::print("  {}\n", properties);
  const auto all = view.Evidence(hit.rel);
  if (all.empty()) fmt::print("  made by hand: no document says so\n");
  for (const auto& evidence : all) {
    fmt::print("\n{}", EvidenceBlock(evidence, "  ", TerminalWidth(STDOUT_FILENO),
                                     globals.UseColor(STDOUT_FILENO)));
  }
}

void PrintJson(const View& view, const std::vector<Hit>& hits) {
  const auto json = [](const std::string& text) {
    return query::ToJson(graph::Value(text), nullptr);
  };
  std::string out = "[";
  for (const Hit& hit : hits) {
    out += fmt::format(R"({}{{"subject": {}, "relation": {}, "object": {}, "evidence": {}}})",
                       out.size() == 1 ? "" : ", ", json(hit.subject), json(hit.type),
                       json(hit.object), EvidenceJson(view.Evidence(hit.rel)));
  }
  fmt::print("{}]\n", out);
}

}  // namespace

void PrintWhy(const View& view, const WhyQuestion& options, const Globals& globals) {
  const std::vector<Hit> hits = FindHits(view, options);
  if (options.json) {
    PrintJson(view, hits);
  } else {
    for (std::size_t i = 0; i < hits.size(); ++i) {
      if (i != 0) fmt::print("\n");
      PrintText(view, hits[i], globals);
    }
  }
  if (!hits.empty()) return;
  throw Error(ErrorCode::kNotFound, fmt::format("the graph does not say that {} {} {}",
                                                options.subject, options.relation, options.object));
}

Command WhyCommand() {
  Command command;
  command.name = "why";
  command.summary = "Show the sentences that prove a relationship";
  command.text =
      "Shows every sentence that states the relationship, where it stands (document, section, "
      "date, file, "
      "bytes) and the rule that read it. Names are found by alias, without regard to case.";
  command.examples = {
      {"verbale why Armenia RATIFIED 'Budapest Convention'", "the proof of one fact"},
      {"verbale why canada member_of osce --json", "for a program"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<WhyQuestion>();
    AddRelationshipArguments(line, options->subject, options->relation, options->object);
    AddGraphOption(line, globals);
    line.Flag("--json", options->json, "An array of objects");
    return [options, &globals] {
      PrintWhy(*OpenToRead(globals)->Read(), *options, globals);
      return kDone;
    };
  };
  return command;
}

}  // namespace verbale::cli
