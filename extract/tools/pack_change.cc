#include "extract/tools/pack_change.h"

#include <algorithm>
#include <set>

#include "extract/pack.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

using Kind = PackChange::Kind;

const PackData& DataOf(const Pack& pack) {
  return static_cast<const LoadedPack&>(pack).compiled().data;
}

Rule& RuleOf(PackData& data, const std::string& id) {
  const auto at = std::find_if(data.rules.begin(), data.rules.end(),
                               [&](const Rule& rule) { return rule.id == id; });
  if (at == data.rules.end()) throw Error(ErrorCode::kNotFound, "no rule '" + id + "'");
  return *at;
}

/// The conditions of a rule by the words that `where` has for them.
bool* ConditionOf(Rule& rule, const std::string& name) {
  if (name == "item") return &rule.item_only;
  if (name == "agent") return &rule.agent_only;
  if (name == "main") return &rule.main_only;
  return name == "named" ? &rule.named_only : nullptr;
}

void AddWord(PackData& data, const PackChange& change) {
  // "verb:ratify"; of several fragments with one name the last stands.
  const std::size_t colon = change.target.find(':');
  Fragment* found = nullptr;
  for (Fragment& fragment : data.fragments) {
    if (fragment.kind == change.target.substr(0, colon) &&
        fragment.name == change.target.substr(colon + 1)) {
      found = &fragment;
    }
  }
  if (found == nullptr) throw Error(ErrorCode::kNotFound, "no fragment <" + change.target + ">");
  found->words.push_back(change.text);
}

void Apply(PackData& data, const PackChange& change) {
  if (change.kind == Kind::kAddWord) return AddWord(data, change);
  if (change.kind == Kind::kAddName) {
    NameEntry entry;
    entry.label = change.target;
    entry.name = change.text;
    data.names.push_back(std::move(entry));
    return;
  }
  Rule& rule = RuleOf(data, change.target);
  const auto at = static_cast<std::ptrdiff_t>(change.index);
  switch (change.kind) {
    case Kind::kDropPattern:
      rule.patterns.erase(rule.patterns.begin() + at);
      break;
    case Kind::kReplacePattern:
      rule.patterns[change.index] = change.text;
      break;
    case Kind::kAddPattern:
      rule.patterns.push_back(change.text);
      break;
    case Kind::kDropGuard:
      rule.unless.erase(rule.unless.begin() + at);
      break;
    default:
      *ConditionOf(rule, change.text) = false;
  }
}

/// [begin, end) of each brace slot and each word element with alternatives, and of each option.
class PatternMutants {
 public:
  PatternMutants(const Rule& rule, std::size_t index, std::string every_label,
                 std::vector<PackChange>& out)
      : rule_(rule),
        index_(index),
        text_(rule.patterns[index]),
        every_label_(std::move(every_label)),
        out_(out) {}

  void Run() {
    for (std::size_t begin = 0; begin < text_.size(); ++begin) {
      const char c = text_[begin];
      if (c == '{') {
        const std::size_t end = text_.find('}', begin);
        WidenSlot(begin, end);
        begin = end;
      } else if (c == '<') {
        begin = text_.find('>', begin);
      } else if (c == '(') {
        const std::size_t end = text_.find(')', begin);
        DropOption(begin, end);
      } else if (c != ' ' && c != ')') {
        const std::size_t end = std::min(text_.find_first_of(" )", begin), text_.size());
        DropAlternatives(begin, end);
        begin = end - 1;
      }
    }
  }

 private:
  void Add(std::size_t begin, std::size_t end, const std::string& replacement) {
    std::string changed = text_.substr(0, begin) + replacement + text_.substr(end);
    out_.push_back({Kind::kReplacePattern, rule_.id, index_, std::move(changed)});
  }

  void WidenSlot(std::size_t begin, std::size_t end) {
    const std::string inside = text_.substr(begin + 1, end - begin - 1);
    if (inside == "subject" || inside == "date" || inside == "amount") return;
    const std::size_t via = inside.find(" via ");
    Add(begin + 1, end, every_label_ + (via == std::string::npos ? "" : inside.substr(via)));
  }

  /// "(…)?" goes; alternatives in parentheses are left to the words inside.
  void DropOption(std::size_t begin, std::size_t end) {
    if (end == std::string::npos || end + 1 >= text_.size() || text_[end + 1] != '?') return;
    const std::size_t after = end + 2 < text_.size() ? end + 3 : end + 2;
    Add(begin, after, "");
  }

  void DropAlternatives(std::size_t begin, std::size_t end) {
    const std::string element = text_.substr(begin, end - begin);
    if (element.find('|') == std::string::npos || element == "|") return;
    for (std::size_t from = 0; from < element.size();) {
      const std::size_t bar = std::min(element.find('|', from), element.size());
      std::string rest =
          element.substr(0, from) + element.substr(std::min(bar + 1, element.size()));
      if (!rest.empty() && rest.back() == '|') rest.pop_back();
      Add(begin, end, rest);
      from = bar + 1;
    }
  }

  const Rule& rule_;
  const std::size_t index_;
  const std::string& text_;
  const std::string every_label_;
  std::vector<PackChange>& out_;
};

std::string EveryLabel(const PackData& data) {
  std::set<std::string> labels;
  for (const RelationSignature& relation : data.relations) {
    if (relation.name == data.document.submitted || relation.name == data.document.in) continue;
    labels.insert(relation.to.begin(), relation.to.end());
  }
  std::string joined;
  for (const std::string& label : labels) joined += (joined.empty() ? "" : "|") + label;
  return joined;
}

}  // namespace

std::shared_ptr<const Pack> Changed(const Pack& pack, const PackChange& change) {
  PackData data = DataOf(pack);
  Apply(data, change);
  return std::make_shared<LoadedPack>(std::move(data));
}

std::string Describe(const Pack& pack, const PackChange& change) {
  const std::string rule = "rule '" + change.target + "': ";
  if (change.kind == Kind::kAddWord) {
    return "add '" + change.text + "' to the fragment <" + change.target + ">";
  }
  if (change.kind == Kind::kAddName) {
    return "add '" + change.text + "' to a gazetteer of " + change.target;
  }
  PackData data = DataOf(pack);
  const Rule& changed = RuleOf(data, change.target);
  switch (change.kind) {
    case Kind::kDropPattern:
      return rule + "without the pattern '" + changed.patterns[change.index] + "'";
    case Kind::kReplacePattern:
      return rule + "pattern '" + changed.patterns[change.index] + "' as '" + change.text + "'";
    case Kind::kAddPattern:
      return rule + "with a further pattern '" + change.text + "'";
    case Kind::kDropGuard:
      return rule + "without the guard 'unless: " + changed.unless[change.index] + "'";
    default:
      return rule + "without 'where: " + change.text + "'";
  }
}

std::vector<PackChange> Mutants(const Pack& pack) {
  const PackData& data = DataOf(pack);
  const std::string every_label = EveryLabel(data);
  std::vector<PackChange> mutants;
  for (const Rule& rule : data.rules) {
    for (std::size_t i = 0; i < rule.patterns.size(); ++i) {
      mutants.push_back({Kind::kDropPattern, rule.id, i, ""});
      PatternMutants(rule, i, every_label, mutants).Run();
    }
    for (std::size_t i = 0; i < rule.unless.size(); ++i) {
      mutants.push_back({Kind::kDropGuard, rule.id, i, ""});
    }
    Rule copy = rule;
    for (const char* name : {"item", "agent", "main", "named"}) {
      if (*ConditionOf(copy, name)) mutants.push_back({Kind::kDropCondition, rule.id, 0, name});
    }
  }
  return mutants;
}

}  // namespace verbale::extract
