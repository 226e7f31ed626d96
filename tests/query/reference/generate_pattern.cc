#include <fmt/format.h>

#include "tests/query/reference/generator.h"

namespace verbale::query::reference {

std::string Generator::Labels() {
  return dice_.Pick({":A", ":B", ":A", ":A:B", ":A|B", ":!A", ":%", ":!(A|B)", ":A&!B", ":Z"});
}

std::string Generator::Types() {
  return dice_.Pick({"", "", ":T", ":T", ":U", ":T|U", ":!T", ":Z"});
}

std::string Generator::Bounds() {
  return dice_.Pick({"*", "*1..2", "*0..1", "*2", "*0..2", "*2..3", "*..2", "*0", "*3"});
}

std::string Generator::NodePattern(bool plain) {
  std::string name;
  if (dice_.OneIn(4)) name = VariableOf(Kind::kNode);
  if (name.empty() && !dice_.OneIn(4)) {
    name = Fresh("n");
    scope_.push_back({name, Kind::kNode});
  }
  std::string text = name;
  if (dice_.OneIn(3)) text += Labels();
  if (!plain && dice_.OneIn(6)) {
    text += fmt::format(" {{{}}}", dice_.OneIn(2) ? "a: " + Int(0) : "s: " + String(0));
  } else if (!plain && dice_.OneIn(10) && !name.empty()) {
    text += " WHERE " + Bool(0);
  }
  return "(" + text + ")";
}

// `plain`: no variable length.
std::string Generator::RelPattern(bool plain) {
  std::string name;
  const bool repeats = !plain && dice_.OneIn(3);
  if (dice_.OneIn(2)) name = Fresh("r");
  std::string inner = name + Types();
  if (repeats) inner += Bounds();
  if (dice_.OneIn(8)) inner += " {a: 1}";
  if (!name.empty()) scope_.push_back({name, repeats ? Kind::kRels : Kind::kRel});
  switch (dice_.Below(5)) {
    case 0:
    case 1:
      return fmt::format("-[{}]->", inner);
    case 2:
      return fmt::format("<-[{}]-", inner);
    default:
      return fmt::format("-[{}]-", inner);
  }
}

std::string Generator::Chain(std::size_t steps, bool plain) {
  std::string text = NodePattern(plain);
  for (std::size_t i = 0; i < steps; ++i) {
    text += RelPattern(plain);
    text += NodePattern(plain);
  }
  return text;
}

// Pieces that say little, for the sake of passes that want nothing else.
std::string Generator::PlainNode() {
  std::string name;
  if (dice_.OneIn(2)) {
    name = Fresh("n");
    scope_.push_back({name, Kind::kNode});
  }
  return fmt::format("({}{}{})", name, dice_.Pick({"", "", ":A", ":B"}),
                     dice_.Pick({"", "", "", "", " {a: 1}", " {i: 1}"}));
}

std::string Generator::PlainRel() {
  std::string name;
  const std::string bounds = dice_.Pick({"", "", "", "*", "*0..", "*1..3", "*0..1"});
  if (bounds.empty() && dice_.OneIn(3)) {
    name = Fresh("r");
    scope_.push_back({name, Kind::kRel});
  }
  const std::string inner =
      fmt::format("[{}{}{}]", name, dice_.Pick({"", ":T", ":T", ":U"}), bounds);
  if (dice_.OneIn(3)) return fmt::format("<-{}-", inner);
  return fmt::format("-{}{}", inner, dice_.Pick({"->", "-"}));
}

// A quantified group between two nodes; its names are lists behind it.
std::string Generator::GroupPattern() {
  const std::string bounds = dice_.Pick({"{1,2}", "{0,1}", "{2}", "+", "*", "{0,2}", "{1}"});
  if (dice_.OneIn(3)) {
    return fmt::format("-[{}]{}{}", Types(), dice_.Pick({"->", "-"}), bounds);
  }
  const Scope outside = scope_;
  const std::string x = Fresh("x");
  const std::string r = Fresh("r");
  const std::string y = Fresh("x");
  scope_ = {{x, Kind::kNode}, {r, Kind::kRel}, {y, Kind::kNode}};
  std::string text = fmt::format("({}{})", x, dice_.OneIn(3) ? Labels() : "");
  text += fmt::format("-[{}{}]{}({})", r, Types(), dice_.Pick({"->", "-"}), y);
  if (dice_.OneIn(4)) text += dice_.Pick({"-->()", "<-[:T]-()"});
  if (dice_.OneIn(2)) text += " WHERE " + Bool(0);
  scope_ = outside;
  scope_.push_back({r, Kind::kRels});
  scope_.push_back({x, Kind::kNodes});
  scope_.push_back({y, Kind::kNodes});
  return fmt::format("({}){}", text, bounds);
}

// Which of several shortest paths is chosen is left open, so nothing but the length is named.
std::string Generator::SelectedPath() {
  const std::string selector =
      dice_.Pick({"SHORTEST 1", "ALL SHORTEST", "SHORTEST 2 GROUPS", "ANY SHORTEST", "SHORTEST 2"});
  const std::string path = Fresh("p");
  const Scope outside = scope_;
  std::string text;
  if (dice_.OneIn(3)) {
    text = fmt::format("{}({}-[{}{}]{}{})", dice_.Pick({"shortestPath", "allShortestPaths"}),
                       NodePattern(true), Types(), dice_.Pick({"*", "*..2", "*0..", "*1.."}),
                       dice_.Pick({"->", "-"}), NodePattern(true));
  } else {
    const std::string from = NodePattern(true);
    const std::string step =
        dice_.OneIn(2) ? GroupPattern()
                       : fmt::format("-[{}{}]{}", Types(), dice_.Pick({"*", "*0..3", "*2.."}),
                                     dice_.Pick({"->", "-"}));
    const Scope ends = scope_;
    text = fmt::format("{} {}{}{}", selector, from, step, NodePattern(true));
  }
  // Groups' lists are not determined either.
  Scope kept;
  for (const Variable& variable : scope_) {
    bool known = variable.kind == Kind::kNode;
    for (const Variable& other : outside) known = known || other.name == variable.name;
    if (known) kept.push_back(variable);
  }
  scope_ = std::move(kept);
  scope_.push_back({path, Kind::kAny});
  return fmt::format("{} = {}", path, text);
}

std::string Generator::Path(bool may_select) {
  if (may_select && dice_.OneIn(8)) return SelectedPath();
  const std::size_t steps = dice_.Below(3);
  const bool named = dice_.OneIn(4);
  std::string text;
  if (dice_.OneIn(6)) {
    text = NodePattern(false);
    text += GroupPattern();
    text += NodePattern(false);
    if (dice_.OneIn(3)) {
      text += RelPattern(false);
      text += NodePattern(false);
    }
  } else {
    text = Chain(steps, false);
  }
  if (!named) return text;
  const std::string name = Fresh("p");
  scope_.push_back({name, Kind::kPath});
  return fmt::format("{} = {}", name, text);
}

std::string Generator::Paths() {
  if (!dice_.OneIn(4)) return Path(true);
  const std::string first = Path(false);
  return first + ", " + Path(false);
}

}  // namespace verbale::query::reference
