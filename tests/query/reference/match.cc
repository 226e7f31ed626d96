// Patterns, by trying: at every step each relationship of the graph is looked at. What a pattern
// says of properties is asked when all its names are known, since it may speak of names further
// right; inside a repetition, when the round is complete; under SHORTEST, before paths are chosen.

#include <algorithm>

#include "graph/error.h"
#include "query/functions/operators.h"
#include "tests/query/reference/evaluator.h"

namespace verbale::query::reference {

using graph::List;
using graph::NodeNo;
using graph::RelNo;
using graph::Value;

namespace {

/// Whether `name` is free, and if not, whether it is this value already. Binds what is free.
bool Bind(Row& row, const std::optional<Name>& name, const Value& value) {
  if (!name) return true;
  const auto [entry, fresh] = row.emplace(name->text, value);
  if (fresh) return true;
  const Value same = ops::Equal(entry->second, value);
  return same.is_bool() && same.as_bool();
}

std::vector<std::string> NamesIn(const std::vector<PathElement>& elements) {
  std::vector<std::string> names;
  for (const PathElement& element : elements) {
    const auto* node = std::get_if<NodePattern>(&element);
    const auto* rel = std::get_if<RelPattern>(&element);
    const auto* name = node != nullptr  ? &node->variable
                       : rel != nullptr ? &rel->variable
                                        : nullptr;
    if (name == nullptr || !*name) continue;
    if (std::find(names.begin(), names.end(), (*name)->text) != names.end()) continue;
    names.push_back((*name)->text);
  }
  return names;
}

std::uint64_t LengthOf(const Match& match) { return match.trace.size() / 2; }

}  // namespace

Value Evaluator::NodeValue(NodeNo node) const {
  return Value(graph::NodeRef{node, view_.Id(node)});
}
Value Evaluator::RelValue(RelNo rel) const { return Value(graph::RelRef{rel, view_.Id(rel)}); }

std::vector<Row> Evaluator::MatchAll(const std::vector<PathPattern>& paths, const Expr* where,
                                     const Row& row) {
  std::vector<Row> found;
  const std::function<void(std::size_t, Match)> match_from = [&](std::size_t i, Match match) {
    if (i == paths.size()) {
      if (!Meets(match.conditions, match.row)) return;
      if (where == nullptr || Holds(*where, match.row)) found.push_back(std::move(match.row));
      return;
    }
    match.at.reset();
    match.trace.clear();
    MatchPath(paths[i], std::move(match), [&](Match next) {
      if (paths[i].variable) next.row.insert_or_assign(paths[i].variable->text, PathOf(next));
      match_from(i + 1, std::move(next));
    });
  };
  Match start;
  start.row = row;
  match_from(0, std::move(start));
  return found;
}

void Evaluator::MatchPath(const PathPattern& path, Match match, const Sink& sink) {
  if (path.selector == PathSelector::kAll) {
    MatchElements(path.elements, 0, std::move(match), sink);
  } else {
    SelectPaths(path, match, sink);
  }
}

// Between the same two ends the shortest ones, in the order in which they were found.
void Evaluator::SelectPaths(const PathPattern& path, const Match& match, const Sink& sink) {
  std::map<std::pair<NodeNo, NodeNo>, std::vector<Match>> groups;
  Match start = match;
  start.taken.clear();
  start.conditions.clear();
  MatchElements(path.elements, 0, std::move(start), [&](Match found) {
    if (!Meets(found.conditions, found.row)) return;
    groups[{found.trace.front().as_node().no, *found.at}].push_back(std::move(found));
  });
  for (auto& [ends, group] : groups) {
    std::stable_sort(group.begin(), group.end(),
                     [](const Match& a, const Match& b) { return LengthOf(a) < LengthOf(b); });
    std::uint64_t lengths = 0;
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (i == 0 || LengthOf(group[i]) != LengthOf(group[i - 1])) ++lengths;
      const bool all = path.selector == PathSelector::kAllShortest ||
                       path.selector == PathSelector::kAllShortestPaths;
      const bool by_group = path.selector == PathSelector::kShortestGroups;
      const std::uint64_t place = all || by_group ? lengths : i + 1;
      if (place > (all ? 1 : path.count)) break;
      Match chosen = group[i];
      chosen.taken = match.taken;
      chosen.conditions = match.conditions;
      sink(std::move(chosen));
    }
  }
}

void Evaluator::Begin(const Match& match, const Sink& sink) {
  if (match.at) return sink(match);
  for (std::uint32_t number = 0; number < view_.NodeLimit(); ++number) {
    const NodeNo node{number};
    if (!view_.Exists(node)) continue;
    Match begun = match;
    begun.at = node;
    begun.trace = {NodeValue(node)};
    sink(std::move(begun));
  }
}

void Evaluator::MatchElements(const std::vector<PathElement>& elements, std::size_t i, Match match,
                              const Sink& sink) {
  Step();
  if (i == elements.size()) return sink(std::move(match));
  const Sink further = [&](Match next) { MatchElements(elements, i + 1, std::move(next), sink); };
  Begin(match, [&](Match begun) {
    const PathElement& element = elements[i];
    if (const auto* node = std::get_if<NodePattern>(&element)) {
      MatchNode(*node, std::move(begun), further);
    } else if (const auto* rel = std::get_if<RelPattern>(&element)) {
      MatchStep(*rel, begun, further);
    } else {
      MatchGroup(*std::get<GroupPatternPtr>(element), begun, further);
    }
  });
}

void Evaluator::MatchNode(const NodePattern& node, Match match, const Sink& sink) {
  const Value value = NodeValue(*match.at);
  if (!Bind(match.row, node.variable, value)) return;
  if (node.labels && HasLabels(value, *node.labels) != true) return;
  match.conditions.push_back({value, {}, node.properties.get(), node.where.get()});
  sink(std::move(match));
}

void Evaluator::MatchStep(const RelPattern& rel, const Match& match, const Sink& sink) {
  if (rel.quantifier) return MatchQuantified(rel, match, sink);
  if (rel.length) return MatchLength(rel, match, {}, sink);
  MatchRel(rel, match, [&](Match next) {
    const Value& value = next.trace[next.trace.size() - 2];
    if (Bind(next.row, rel.variable, value)) sink(std::move(next));
  });
}

// One relationship, under no name yet.
void Evaluator::MatchRel(const RelPattern& rel, const Match& match, const Sink& sink) {
  for (std::uint32_t number = 0; number < view_.RelLimit(); ++number) {
    Step();
    const RelNo candidate{number};
    if (!view_.Exists(candidate) || match.taken.count(candidate) > 0) continue;
    const graph::RelEnds ends = view_.Ends(candidate);
    const bool out = ends.source == *match.at && rel.arrow != Arrow::kIn;
    const bool in = ends.target == *match.at && rel.arrow != Arrow::kOut;
    if (!out && !in) continue;
    const Value value = RelValue(candidate);
    if (rel.types && HasLabels(value, *rel.types) != true) continue;
    Match next = match;
    next.at = out ? ends.target : ends.source;
    if (!view_.Exists(*next.at)) continue;
    next.taken.insert(candidate);
    next.trace.push_back(value);
    next.trace.push_back(NodeValue(*next.at));
    const bool repeats = rel.length || rel.quantifier;
    next.conditions.push_back({value, repeats && rel.variable ? rel.variable->text : "",
                               rel.properties.get(), rel.where.get()});
    sink(std::move(next));
  }
}

void Evaluator::MatchLength(const RelPattern& rel, const Match& match, List rels,
                            const Sink& sink) {
  if (rels.size() >= rel.length->min) {
    Match done = match;
    if (Bind(done.row, rel.variable, Value(rels))) sink(std::move(done));
  }
  if (rel.length->max && rels.size() >= *rel.length->max) return;
  MatchRel(rel, match, [&](const Match& next) {
    List longer = rels;
    longer.push_back(next.trace[next.trace.size() - 2]);
    MatchLength(rel, next, std::move(longer), sink);
  });
}

void Evaluator::MatchQuantified(const RelPattern& rel, const Match& match, const Sink& sink) {
  std::vector<std::string> names;
  if (rel.variable) names.push_back(rel.variable->text);
  const Round round = [&](const Match& from, const Sink& done) {
    MatchRel(rel, from, [&](Match next) {
      const Value value = next.trace[next.trace.size() - 2];
      if (rel.variable) next.row.insert_or_assign(rel.variable->text, value);
      done(std::move(next));
    });
  };
  Match begun = match;
  for (const std::string& name : names) begun.row.insert_or_assign(name, Value(List{}));
  Repeat(*rel.quantifier, names, round, 0, begun, sink);
}

void Evaluator::MatchGroup(const GroupPattern& group, const Match& match, const Sink& sink) {
  if (!group.quantifier) {
    MatchElements(group.path.elements, 0, match, [&](Match next) {
      next.conditions.push_back({Value(), {}, nullptr, group.where.get()});
      sink(std::move(next));
    });
    return;
  }
  const Round round = [&](const Match& from, const Sink& done) {
    MatchElements(group.path.elements, 0, from, [&](Match next) {
      if (!group.where || Holds(*group.where, next.row)) done(std::move(next));
    });
  };
  const std::vector<std::string> names = NamesIn(group.path.elements);
  Match begun = match;
  for (const std::string& name : names) begun.row.insert_or_assign(name, Value(List{}));
  Repeat(*group.quantifier, names, round, 0, begun, sink);
}

// In a round `names` stand for one thing each; behind it they are lists that have grown by it.
void Evaluator::Repeat(const Repetition& times, const std::vector<std::string>& names,
                       const Round& round, std::uint64_t done, const Match& match,
                       const Sink& sink) {
  Step();
  if (done >= times.min) sink(match);
  if (times.max && done >= *times.max) return;
  Match inside = match;
  inside.conditions.clear();
  for (const std::string& name : names) inside.row.erase(name);
  round(inside, [&](Match next) {
    if (!times.max && next.taken.size() == match.taken.size()) return;
    if (!Meets(next.conditions, next.row)) return;
    next.conditions = match.conditions;
    for (const std::string& name : names) {
      List list = match.row.find(name)->second.as_list();
      list.push_back(next.row.find(name)->second);
      next.row.insert_or_assign(name, Value(std::move(list)));
    }
    Repeat(times, names, round, done + 1, next, sink);
  });
}

bool Evaluator::Meets(const std::vector<Condition>& conditions, const Row& row) {
  for (const Condition& condition : conditions) {
    if (condition.properties != nullptr) {
      for (const auto& [key, value] : std::get<MapExpr>(condition.properties->node).entries) {
        const Value property = ops::Property(condition.entity, key.text, context_);
        const Value same = ops::Equal(property, Eval(*value, row));
        if (!same.is_bool() || !same.as_bool()) return false;
      }
    }
    if (condition.where == nullptr) continue;
    Row inner = row;
    if (!condition.name.empty()) inner.insert_or_assign(condition.name, condition.entity);
    if (!Holds(*condition.where, inner)) return false;
  }
  return true;
}

Value Evaluator::PathOf(const Match& match) const {
  graph::Path path;
  for (const Value& part : match.trace) {
    if (part.is_node()) {
      path.nodes.push_back(part.as_node());
      continue;
    }
    path.rels.push_back(part.as_rel());
    path.forward.push_back(view_.Ends(part.as_rel().no).source == path.nodes.back().no);
  }
  return Value(std::move(path));
}

}  // namespace verbale::query::reference
