#include "cli/why.h"

#include <algorithm>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/evidence_text.h"
#include "cli/rows.h"
#include "query/query.h"

namespace verbale::cli {
namespace {

using graph::NodeNo;
using graph::View;

// Names are compared as ids are made: case, punctuation and white space do not count.
std::string Folded(std::string_view name) { return graph::EntityId("", name); }

struct Named {
  NodeNo node;
  std::string name;
};

class Names {
 public:
  explicit Names(const View& view) : view_(view) {
    name_ = view.catalog().FindKey("name");
    aliases_ = view.catalog().FindKey("aliases");
    id_ = view.catalog().FindKey("id");
  }

  /// Every node that goes by `name`; Error(kNotFound) with the nearest name where none does.
  std::vector<Named> Find(const std::string& name) const {
    const std::string wanted = Folded(name);
    std::vector<Named> found;
    std::vector<std::string> known;
    std::vector<NodeNo> batch(4096);
    for (NodeNo from{0};;) {
      const std::size_t got = view_.ScanNodes(std::nullopt, from, batch);
      for (std::size_t i = 0; i < got; ++i) {
        bool hit = false;
        for (const std::string& one : NamesOf(batch[i])) {
          hit = hit || one == name || Folded(one) == wanted;
          known.push_back(one);
        }
        if (hit) found.push_back({batch[i], Text(batch[i], name_)});
      }
      if (got < batch.size()) break;
      from = NodeNo{batch[got - 1].value + 1};
    }
    if (!found.empty()) return found;
    const std::string near = NearestName(name, known);
    throw Error(ErrorCode::kNotFound, fmt::format("nothing in the graph is called '{}'", name))
        .WithHint(near.empty() ? "" : fmt::format("did you mean '{}'?", near));
  }

 private:
  std::string Text(NodeNo node, std::optional<graph::KeyId> key) const {
    if (!key) return {};
    const graph::Value value = view_.Property(node, *key);
    return value.is_string() ? std::string(value.as_string()) : std::string();
  }

  std::vector<std::string> NamesOf(NodeNo node) const {
    std::vector<std::string> names;
    for (const auto key : {name_, id_}) {
      std::string text = Text(node, key);
      if (!text.empty()) names.push_back(std::move(text));
    }
    if (!aliases_) return names;
    const graph::Value aliases = view_.Property(node, *aliases_);
    if (!aliases.is_list()) return names;
    for (const auto& alias : aliases.as_list()) {
      if (alias.is_string()) names.emplace_back(alias.as_string());
    }
    return names;
  }

  const View& view_;
  std::optional<graph::KeyId> name_, aliases_, id_;
};

graph::TypeId FindType(const View& view, const std::string& relation) {
  std::string upper = relation;
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  std::vector<std::string> known;
  for (std::uint32_t t = 0; t < view.catalog().TypeCount(); ++t) {
    known.emplace_back(view.catalog().TypeName(graph::TypeId{t}));
    if (known.back() == relation || known.back() == upper) return graph::TypeId{t};
  }
  const std::string near = NearestName(upper, known);
  throw Error(ErrorCode::kNotFound, fmt::format("no relationship has the type '{}'", relation))
      .WithHint(near.empty() ? "" : fmt::format("did you mean {}?", near));
}

struct Hit {
  std::string subject, type, object;
  graph::RelNo rel;
};

std::vector<Hit> FindHits(const View& view, const WhyQuestion& options) {
  const Names names(view);
  const auto subjects = names.Find(options.subject);
  const auto objects = names.Find(options.object);
  const graph::TypeId type = FindType(view, options.relation);
  std::vector<Hit> hits;
  for (const Named& subject : subjects) {
    const auto out = view.Neighbours(subject.node, graph::Direction::kOut, type);
    for (std::size_t i = 0; i < out.size(); ++i) {
      for (const Named& object : objects) {
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
  command.setup = [](CLI::App& app, Globals& globals) {
    auto options = std::make_shared<WhyQuestion>();
    AddRelationshipArguments(app, options->subject, options->relation, options->object);
    AddGraphOption(app, globals);
    app.add_flag("--json", options->json, "An array of objects");
    return [options, &globals] {
      PrintWhy(*OpenToRead(globals)->Read(), *options, globals);
      return kDone;
    };
  };
  return command;
}

}  // namespace verbale::cli
