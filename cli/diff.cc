// What two documents say that is the same, and what is not. Both are brought into a graph of their
// own, whose relationships then tell by their evidence which of the two states them, and by
// `conflict` where the two cannot both be right.

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>
#include <unistd.h>

#include "cli/commands.h"
#include "cli/evidence_text.h"
#include "cli/options.h"
#include "cli/rows.h"
#include "query/query.h"

namespace verbale::cli {
namespace {

using graph::View;

enum class Kind : std::uint8_t { kAdded, kDropped, kConflicting, kRepeated };

struct KindLine {
  const char* name;
  const char* mark;  ///< Before a fact in text.
};
constexpr std::array<KindLine, 4> kKinds = {
    {{"added", "+"}, {"dropped", "-"}, {"conflicting", "!"}, {"repeated", "="}}};

const KindLine& LineOf(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

struct Options {
  std::string from, to;
  std::string by;  ///< A label; empty: no groups.
  std::vector<std::string> only;
  std::string format = "text";
};

/// A fact that at least one of the two documents states.
struct Change {
  std::string group;
  std::string subject, relation, object;
  Kind kind = Kind::kRepeated;
  std::string details;
  std::vector<graph::EvidenceRecord> before, after;
};

/// Labels of what a document consists of; what joins them to the world is no fact about it.
constexpr std::array<std::string_view, 2> kProvenance = {"Document", "Reply"};

class Comparison {
 public:
  Comparison(const View& view, const Options& options)
      : view_(view),
        options_(options),
        name_(view.catalog().FindKey("name")),
        conflict_(view.catalog().FindKey("conflict")) {
    for (const std::string_view label : kProvenance) {
      if (const auto id = view.catalog().FindLabel(label)) provenance_.push_back(*id);
    }
    if (!options.by.empty()) by_ = FindLabel(options.by);
  }

  std::vector<Change> Changes() const {
    std::vector<Change> changes;
    for (std::uint32_t i = 0; i < view_.RelLimit(); ++i) {
      if (!view_.Exists(graph::RelNo{i})) continue;
      if (!IsProvenance(graph::RelNo{i})) changes.push_back(ChangeOf(graph::RelNo{i}));
    }
    const auto key = [](const Change& c) {
      return std::tie(c.group, c.subject, c.kind, c.relation, c.object);
    };
    std::sort(changes.begin(), changes.end(),
              [&key](const Change& a, const Change& b) { return key(a) < key(b); });
    return changes;
  }

 private:
  graph::LabelId FindLabel(const std::string& name) const {
    const auto known = graph::LabelNames(view_.catalog());
    for (std::uint32_t i = 0; i < known.size(); ++i) {
      if (EditDistance(known[i], name) == 0) return graph::LabelId{i};
    }
    throw Error(ErrorCode::kNotFound, fmt::format("nothing has the label '{}'", name))
        .WithHint(DidYouMean(name, known));
  }

  bool IsProvenance(graph::RelNo rel) const {
    const graph::RelEnds ends = view_.Ends(rel);
    return std::any_of(provenance_.begin(), provenance_.end(), [&](graph::LabelId label) {
      return view_.HasLabel(ends.source, label) || view_.HasLabel(ends.target, label);
    });
  }

  std::string NameOf(graph::NodeNo node) const {
    return name_ ? CellText(view_.Property(node, *name_), view_) : std::string();
  }

  Change ChangeOf(graph::RelNo rel) const {
    const graph::RelEnds ends = view_.Ends(rel);
    Change change;
    change.subject = NameOf(ends.source);
    change.relation = view_.catalog().TypeName(ends.type);
    change.object = NameOf(ends.target);
    if (by_) {
      change.group = view_.HasLabel(ends.source, *by_)   ? change.subject
                     : view_.HasLabel(ends.target, *by_) ? change.object
                                                         : "";
    }
    for (graph::EvidenceRecord& one : view_.Evidence(rel)) {
      (one.document == options_.from ? change.before : change.after).push_back(std::move(one));
    }
    const graph::Value conflict = conflict_ ? view_.Property(rel, *conflict_) : graph::Value();
    change.kind = change.before.empty()  ? Kind::kAdded
                  : change.after.empty() ? Kind::kDropped
                  : conflict.is_null()   ? Kind::kRepeated
                                         : Kind::kConflicting;
    change.details = DetailsOf(rel, conflict, change);
    return change;
  }

  /// "role member, date 2015 or 2016": what the evidence agrees on, then what it does not.
  std::string DetailsOf(graph::RelNo rel, const graph::Value& conflict,
                        const Change& change) const {
    std::vector<std::string> parts;
    for (const auto& [key, value] : view_.Properties(rel)) {
      const std::string name(view_.catalog().KeyName(key));
      const bool counted = name == "count" || name == "first_stated" || name == "last_stated";
      if (counted || name == "conflict") continue;
      parts.push_back(name + ' ' + CellText(value, view_));
    }
    std::sort(parts.begin(), parts.end());
    if (conflict.is_list()) {
      for (const graph::Value& name : conflict.as_list()) {
        parts.push_back(
            fmt::format("{} {}", name.as_string(),
                        fmt::join(Values(std::string(name.as_string()), change), " or ")));
      }
    }
    return fmt::format("{}", fmt::join(parts, ", "));
  }

  /// What the sentences say of one attribute, each value once, the earlier document first.
  std::vector<std::string> Values(const std::string& name, const Change& change) const {
    std::vector<std::string> values;
    for (const auto* side : {&change.before, &change.after}) {
      for (const graph::EvidenceRecord& one : *side) {
        for (const auto& [key, value] : one.attributes) {
          const std::string text = CellText(value, view_);
          const bool known = std::find(values.begin(), values.end(), text) != values.end();
          if (key == name && !known) values.push_back(text);
        }
      }
    }
    return values;
  }

  const View& view_;
  const Options& options_;
  std::optional<graph::KeyId> name_, conflict_;
  std::vector<graph::LabelId> provenance_;
  std::optional<graph::LabelId> by_;
};

/// Where evidence stands and what it says, a map each, whose keys ascend: less than evidence() of
/// the language gives, and unknown dates and sections are empty.
graph::Value EvidenceValue(const std::vector<graph::EvidenceRecord>& evidence) {
  graph::List list;
  for (const graph::EvidenceRecord& one : evidence) {
    graph::Map map;
    map.emplace_back("date", graph::Value(one.date));
    map.emplace_back("document", graph::Value(one.document));
    map.emplace_back("end", graph::Value(static_cast<std::int64_t>(one.span.end)));
    map.emplace_back("rule", graph::Value(one.rule));
    map.emplace_back("section", graph::Value(one.section));
    map.emplace_back("sentence", graph::Value(one.sentence));
    map.emplace_back("start", graph::Value(static_cast<std::int64_t>(one.span.begin)));
    list.push_back(graph::Value::OfMap(std::move(map)));
  }
  return graph::Value(std::move(list));
}

/// Changes as rows of a statement, so that every way of showing rows shows them.
class ChangeRows : public query::Result {
 public:
  /// `structured`: sentences as maps and not as text. Borrows both.
  ChangeRows(const std::vector<Change>& changes, const View& view, bool grouped, bool structured)
      : changes_(changes), view_(view), grouped_(grouped), structured_(structured) {
    if (grouped_) columns_.push_back({"of"});
    for (const char* name :
         {"change", "subject", "relation", "object", "details", "before", "after"}) {
      columns_.push_back({name});
    }
  }

  const std::vector<query::Column>& columns() const override { return columns_; }
  std::optional<std::span<const graph::Value>> Next() override {
    if (at_ == changes_.size()) return std::nullopt;
    const Change& change = changes_[at_++];
    row_.clear();
    if (grouped_) row_.emplace_back(change.group);
    for (const std::string& text : {std::string(LineOf(change.kind).name), change.subject,
                                    change.relation, change.object, change.details}) {
      row_.emplace_back(text);
    }
    for (const auto* side : {&change.before, &change.after}) {
      row_.push_back(structured_ ? EvidenceValue(*side) : graph::Value(EvidenceLine(*side)));
    }
    return std::span<const graph::Value>(row_);
  }
  const graph::WriteCounts& counts() const override { return counts_; }
  const View& view() const override { return view_; }
  const query::PlanNode* plan() const override { return nullptr; }
  const std::vector<query::Notification>& notifications() const override { return notifications_; }
  std::span<const graph::RelRef> why() const override { return {}; }

 private:
  const std::vector<Change>& changes_;
  const View& view_;
  const bool grouped_;
  const bool structured_;
  std::vector<query::Column> columns_;
  std::vector<graph::Value> row_;
  std::size_t at_ = 0;
  graph::WriteCounts counts_;
  std::vector<query::Notification> notifications_;
};

std::string Summary(const std::vector<Change>& changes) {
  std::array<std::size_t, kKinds.size()> counts{};
  for (const Change& change : changes) ++counts[static_cast<std::size_t>(change.kind)];
  std::string text;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    text += fmt::format("{}{} {}", i == 0 ? "" : ", ", counts[i], kKinds[i].name);
  }
  return text;
}

/// Those that --only does not name are counted, and no more.
void KeepOnly(const std::vector<std::string>& only, std::vector<Change>& changes) {
  if (only.empty()) return;
  std::erase_if(changes, [&](const Change& change) {
    return std::find(only.begin(), only.end(), LineOf(change.kind).name) == only.end();
  });
}

void PrintChanges(const std::vector<Change>& changes, const std::string& summary,
                  const Globals& globals) {
  const std::size_t width = TerminalWidth(STDOUT_FILENO);
  const bool color = globals.UseColor(STDOUT_FILENO);
  const std::string* group = nullptr;
  for (const Change& change : changes) {
    if (group == nullptr || *group != change.group) {
      group = &change.group;
      if (!group->empty()) fmt::print("{}\n", *group);
    }
    fmt::print("{} {} {} {}", LineOf(change.kind).mark, change.subject, change.relation,
               change.object);
    fmt::print("{}{}\n", change.details.empty() ? "" : "  ", change.details);
    for (const auto* side : {&change.before, &change.after}) {
      for (const auto& evidence : *side) {
        fmt::print("{}", EvidenceBlock(evidence, "    ", width, color));
      }
    }
  }
  fmt::print("{}\n", summary);
}

int Diff(const Options& options, const Globals& globals) {
  if (options.from == options.to) {
    throw Error(ErrorCode::kInvalidArgument, "--from and --to are the same document");
  }
  const auto graph = OpenToRead(globals);
  const auto stated = graph::GraphAsStated(*graph, {{options.from, options.to}, ""});
  const auto view = stated->Read();
  std::vector<Change> changes = Comparison(*view, options).Changes();
  const std::string summary = Summary(changes);
  KeepOnly(options.only, changes);
  if (options.format == "text") {
    PrintChanges(changes, summary, globals);
    return kDone;
  }
  RowOptions rows;
  rows.mode = CheckedMode(options.format);
  rows.color = globals.UseColor(STDOUT_FILENO);
  rows.width = TerminalWidth(STDOUT_FILENO);
  const bool structured = rows.mode.starts_with("json");
  ChangeRows result(changes, *view, !options.by.empty(), structured);
  PrintRows(result, rows, stdout);
  return kDone;
}

}  // namespace

Command DiffCommand() {
  Command command;
  command.name = "diff";
  command.summary = "Compare what two documents say";
  command.text =
      "Shows the facts that only the later document states (added), only the earlier one "
      "(dropped), "
      "both (repeated), and those of which the two say what cannot both be right (conflicting); "
      "each with the sentences. That a later document is silent does not mean that a fact has "
      "ended.";
  command.examples = {
      {"verbale diff --from A/70/172 --to A/72/315 --by state", "State by State"},
      {"verbale diff --from A/70/172 --to A/72/315 --only added --format markdown",
       "what is new, as a table to paste"},
  };
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<Options>();
    line.Add("--from", options->from, "Symbol of the earlier document").Type("DOCUMENT").Required();
    line.Add("--to", options->to, "Symbol of the later document").Type("DOCUMENT").Required();
    line.Add("--by", options->by, "Group by the nodes that have this label").Type("LABEL");
    line.Add("--only", options->only, "Only these: added, dropped, conflicting, repeated")
        .Type("KIND")
        .SplitAt(',')
        .OneOf({"added", "dropped", "conflicting", "repeated"});
    line.Add("--format", options->format,
             "text, or a mode of query: table, markdown, html, json, csv, …")
        .Type("FORMAT");
    AddGraphOption(line, globals);
    return [options, &globals] { return Diff(*options, globals); };
  };
  return command;
}

}  // namespace verbale::cli
