#include "extract/tools/pack_change.h"

#include <algorithm>
#include <map>

#include "extract/pack.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

using Kind = PackChange::Kind;

const PackData& DataOf(const Pack& pack) {
  return static_cast<const LoadedPack&>(pack).compiled().data;
}

std::size_t RuleNumber(const PackData& data, const std::string& id) {
  const auto at = std::find_if(data.rules.begin(), data.rules.end(),
                               [&](const Rule& rule) { return rule.id == id; });
  if (at == data.rules.end()) throw Error(ErrorCode::kNotFound, "no rule '" + id + "'");
  return static_cast<std::size_t>(at - data.rules.begin());
}

/// The conditions of a rule by the words that `where` has for them.
bool* ConditionOf(Rule& rule, const std::string& name) {
  if (name == "item") return &rule.item_only;
  if (name == "main") return &rule.main_only;
  if (name == "described") return &rule.described;
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

bool IsOfRule(const PackChange& change) {
  return change.kind != Kind::kAddWord && change.kind != Kind::kAddName;
}

void ApplyToRule(Rule& rule, const PackChange& change) {
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

void ApplyToWords(PackData& data, const PackChange& change) {
  if (change.kind == Kind::kAddWord) return AddWord(data, change);
  NameEntry entry;
  entry.label = change.target;
  entry.name = change.text;
  data.names.push_back(std::move(entry));
}

/// `pack` with another rule: everything else is shared.
std::shared_ptr<const Pack> WithRuleChanged(const Pack& pack, const PackChange& change) {
  const std::size_t number = RuleNumber(DataOf(pack), change.target);
  Rule rule = DataOf(pack).rules[number];
  ApplyToRule(rule, change);
  return std::make_shared<LoadedPack>(static_cast<const LoadedPack&>(pack),
                                      static_cast<std::uint32_t>(number), std::move(rule));
}

/// Whether the relation takes things of this label, as they are or recast. What it does not take no
/// slot lets through, so that widening by it would change nothing.
bool Takes(const PackData& data, const std::string& relation, const std::string& label) {
  const auto signature = std::find_if(data.relations.begin(), data.relations.end(),
                                      [&](const auto& one) { return one.name == relation; });
  if (signature == data.relations.end() || signature->to.empty()) return true;
  const auto& to = signature->to;
  const auto recast = data.recast.find(label);
  return std::find(to.begin(), to.end(), label) != to.end() ||
         (recast != data.recast.end() &&
          std::find(to.begin(), to.end(), recast->second) != to.end());
}

/// The label that things of a slot's labels are most easily taken for: the one that relations take
/// beside them most often; of equals the one that more names and head nouns have.
std::string ConfusableLabel(const PackData& data, const std::string& relation_of_rule,
                            const std::string& slot) {
  const auto in_slot = [&](const std::string& label) {
    return ("|" + slot + "|").find("|" + label + "|") != std::string::npos;
  };
  std::map<std::string, std::pair<std::size_t, std::size_t>> known;  // Beside the slot's; named.
  for (const RelationSignature& relation : data.relations) {
    if (relation.name == data.document.submitted || relation.name == data.document.in) continue;
    const auto shared = std::count_if(relation.to.begin(), relation.to.end(), in_slot);
    for (const std::string& label : relation.to) {
      known[label].first += static_cast<std::size_t>(shared);
    }
  }
  for (auto& [label, counts] : known) {
    const auto has_label = [&, &label = label](const auto& named) { return named.label == label; };
    counts.second =
        static_cast<std::size_t>(std::count_if(data.names.begin(), data.names.end(), has_label) +
                                 std::count_if(data.heads.begin(), data.heads.end(), has_label));
  }
  std::string best;
  for (const auto& [label, counts] : known) {
    if (!in_slot(label) && Takes(data, relation_of_rule, label) &&
        (best.empty() || counts > known[best]))
      best = label;
  }
  return best;
}

/// The mutants of one pattern.
class PatternMutants {
 public:
  PatternMutants(const PackData& data, const Rule& rule, std::size_t index,
                 std::vector<PackChange>& out)
      : data_(data), rule_(rule), index_(index), text_(rule.patterns[index]), out_(out) {}

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
      }
    }
    for (Alternative& alternative : AlternativesOf(text_)) {
      out_.push_back({Kind::kReplacePattern, rule_.id, index_, std::move(alternative.without)});
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
    const std::size_t labels = std::min(inside.find(' '), inside.size());
    const std::string label = ConfusableLabel(data_, rule_.relation, inside.substr(0, labels));
    if (!label.empty()) Add(begin + 1 + labels, begin + 1 + labels, "|" + label);
  }

  /// "(…)?" goes; alternatives in parentheses are left to the words inside.
  void DropOption(std::size_t begin, std::size_t end) {
    if (end == std::string::npos || end + 1 >= text_.size() || text_[end + 1] != '?') return;
    const std::size_t after = end + 2 < text_.size() ? end + 3 : end + 2;
    Add(begin, after, "");
  }

  const PackData& data_;
  const Rule& rule_;
  const std::size_t index_;
  const std::string& text_;
  std::vector<PackChange>& out_;
};

}  // namespace

std::vector<Alternative> AlternativesOf(const std::string& pattern) {
  std::vector<Alternative> alternatives;
  for (std::size_t begin = 0; begin < pattern.size(); ++begin) {
    const char c = pattern[begin];
    if (c == ' ' || c == '(' || c == ')') continue;
    const bool enclosed = c == '{' || c == '<';
    const std::size_t end =
        std::min(pattern.find_first_of(enclosed ? "}>" : " )", begin), pattern.size());
    const std::string element = pattern.substr(begin, end - begin);
    const bool has_several =
        !enclosed && element.size() > 1 && element.find('|') != std::string::npos;
    for (std::size_t from = 0; has_several && from < element.size();) {
      const std::size_t bar = std::min(element.find('|', from), element.size());
      const std::string word = element.substr(from, bar - from);
      std::string rest =
          element.substr(0, from) + element.substr(std::min(bar + 1, element.size()));
      if (rest.back() == '|') rest.pop_back();
      const std::string before = pattern.substr(0, begin), after = pattern.substr(end);
      alternatives.push_back({word, before + rest + after, before + word + after});
      from = bar + 1;
    }
    begin = end;
  }
  return alternatives;
}

std::shared_ptr<const Pack> Changed(const Pack& pack, const PackChange& change) {
  if (IsOfRule(change)) return WithRuleChanged(pack, change);
  PackData data = DataOf(pack);
  ApplyToWords(data, change);
  return std::make_shared<LoadedPack>(std::move(data));
}

std::shared_ptr<const Pack> Changed(const Pack& pack, const PackChange& change,
                                    const std::string& relation) {
  if (IsOfRule(change)) return WithRuleChanged(pack, change);
  PackData data = DataOf(pack);
  ApplyToWords(data, change);
  std::erase_if(data.rules, [&](const Rule& rule) { return rule.relation != relation; });
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
  const PackData& data = DataOf(pack);
  const Rule& changed = data.rules[RuleNumber(data, change.target)];
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
  std::vector<PackChange> mutants;
  for (const Rule& rule : data.rules) {
    for (std::size_t i = 0; i < rule.patterns.size(); ++i) {
      mutants.push_back({Kind::kDropPattern, rule.id, i, ""});
      PatternMutants(data, rule, i, mutants).Run();
    }
    for (std::size_t i = 0; i < rule.unless.size(); ++i) {
      mutants.push_back({Kind::kDropGuard, rule.id, i, ""});
    }
    Rule copy = rule;
    for (const char* name : {"item", "main", "named", "described"}) {
      if (*ConditionOf(copy, name)) mutants.push_back({Kind::kDropCondition, rule.id, 0, name});
    }
  }
  return mutants;
}

}  // namespace verbale::extract
