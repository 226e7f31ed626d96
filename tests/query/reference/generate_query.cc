#include <algorithm>

#include <fmt/format.h>

#include "tests/query/reference/generator.h"

namespace verbale::query::reference {

namespace {

Parameters RandomParameters(Dice& dice) {
  const auto literal = [&](std::initializer_list<const char*> literals) {
    return ParseLiteral(dice.Pick(literals));
  };
  return {{"p", literal({"0", "1", "2", "-1", "null"})},
          {"f", literal({"0.5", "-1.5", "1.0", "null"})},
          {"s", literal({"''", "'a'", "'ab'", "null"})},
          {"l", literal({"[]", "[1]", "[0, null, 1]", "[2, 2, -1, 7]", "null"})},
          {"m", literal({"1", "'a'", "[1]", "true", "date('2015-07-14')", "null"})},
          {"map", literal({"{a: 1}", "{a: 2, q: null}", "{i: 1, s: 'b', m: [1]}", "{}"})}};
}

}  // namespace

GeneratedQuery Generator::Generate() { return Generate(dice_.OneIn(5)); }

GeneratedQuery Generator::Generate(bool writes) {
  GeneratedQuery query;
  query.parameters = RandomParameters(dice_);
  scope_.clear();
  names_ = 0;
  has_bags_ = false;
  risky_ = false;
  if (writes) {
    query.writes = true;
    query.text = Writing(query);
  } else if (dice_.OneIn(5)) {
    query.text = Shaped(query);
  } else if (dice_.OneIn(10)) {
    query.text = Union(query);
  } else {
    query.text = Reading(1 + dice_.Below(3));
    query.text += Return(query);
  }
  query.has_bags = has_bags_;
  for (const char* word :
       {"DISTINCT", "UNION", "count(", "sum(", "min(", "max(", "avg(", "collect("}) {
    if (query.text.find(word) != std::string::npos) query.merges_numbers = true;
  }
  return query;
}

// Rows of nothing beside rows of something come of what is optional, and of keys that are missing.
std::string Generator::First() {
  switch (dice_.Below(8)) {
    case 0:
      return "OPTIONAL " + Match();
    case 1:
      return Keys();
    case 2: {
      const std::string rows = Unwind();
      return rows + (dice_.OneIn(2) ? "OPTIONAL " : "") + Match();
    }
    default:
      return Match();
  }
}

std::string Generator::Reading(std::size_t clauses) {
  std::string text = First();
  for (std::size_t i = 1; i < clauses; ++i) {
    switch (dice_.Below(9)) {
      case 0:
      case 1:
        text += Match();
        break;
      case 2:
      case 3:
        text += "OPTIONAL " + Match();
        break;
      case 4:
        text += Unwind();
        break;
      case 5:
        text += CallSubquery();
        break;
      case 6:
        text += Keys();
        break;
      default:
        text += With();
    }
  }
  return text;
}

// Looks values up, of which some are there: nulls before, between and behind the first and the last
// nodes and relationships.
std::string Generator::Keys() {
  std::string list;
  const std::size_t count = 1 + dice_.Below(6);
  for (std::size_t i = 0; i < count; ++i) {
    list += (i == 0 ? "" : ", ") + dice_.Pick({"-1", "0", "1", "2", "3", "5", "99", "null"});
  }
  const std::string key = Fresh("u");
  const std::string node = Fresh("n");
  scope_.push_back({key, Kind::kInt});
  std::string text = dice_.OneIn(6) ? fmt::format("UNWIND $l AS {} ", key)
                                    : fmt::format("UNWIND [{}] AS {} ", list, key);
  std::string pattern = fmt::format("({}{} {{i: {}}})", node, dice_.Pick({"", ":A", ":B"}), key);
  scope_.push_back({node, Kind::kNode});
  if (dice_.OneIn(2)) {
    pattern += PlainRel();
    pattern += PlainNode();
  }
  text += fmt::format("OPTIONAL MATCH {} ", pattern);
  if (dice_.OneIn(3))
    text += fmt::format("OPTIONAL MATCH ({}){}{} ", node, PlainRel(), PlainNode());
  return text;
}

std::string Generator::Match() {
  std::string text = "MATCH " + Paths();
  if (dice_.OneIn(2)) text += " WHERE " + Condition(static_cast<int>(dice_.Below(4)));
  return text + " ";
}

std::string Generator::Unwind() {
  const std::string list = dice_.OneIn(3) ? Bag(2) : Ints(2);
  const std::string name = Fresh("u");
  scope_.push_back({name, Kind::kInt});
  return fmt::format("UNWIND {} AS {} ", list, name);
}

// Columns for `next`. Bags only where rows are neither compared nor sorted.
std::string Generator::Items(bool final, bool& aggregates, Scope& next, bool bags) {
  std::string text;
  const auto add = [&](const std::string& value, Kind kind, const std::string& name) {
    text += fmt::format("{}{} AS {}", text.empty() ? "" : ", ", value, name);
    next.push_back({name, kind});
  };
  const std::size_t count = 1 + dice_.Below(3);
  for (std::size_t i = 0; i < count; ++i) {
    if (!scope_.empty() && dice_.OneIn(2)) {
      const Variable& variable = dice_.Pick(scope_);
      const bool path_choice = variable.kind == Kind::kAny && variable.name.front() == 'p';
      if (path_choice) {
        add(fmt::format("length({})", variable.name), Kind::kInt, Fresh("c"));
      } else if (variable.kind != Kind::kBag) {
        add(variable.name, variable.kind, Fresh("c"));
      }
      continue;
    }
    const Kind kind = dice_.Pick(std::vector<Kind>{Kind::kInt, Kind::kString, Kind::kBool,
                                                   Kind::kFloat, Kind::kInts, Kind::kAny});
    add(Expr(kind, static_cast<int>(dice_.Below(4))), kind, Fresh("c"));
  }
  if (dice_.OneIn(3)) {
    aggregates = true;
    const std::string distinct = dice_.OneIn(3) ? "DISTINCT " : "";
    switch (dice_.Below(5)) {
      case 0:
        add("count(*)", Kind::kInt, Fresh("c"));
        break;
      case 1:
        add(fmt::format("count({}{})", distinct, Any(1)), Kind::kInt, Fresh("c"));
        break;
      case 2:
        add(fmt::format("{}({}{})", dice_.Pick({"sum", "min", "max"}), distinct, Int(1)),
            Kind::kInt, Fresh("c"));
        break;
      case 3:
        add(fmt::format("{}({})", dice_.Pick({"avg", "min", "max", "sum"}), Float(1)), Kind::kFloat,
            Fresh("c"));
        break;
      default:
        if (!bags) {
          add(fmt::format("count(*) + {}", 1 + dice_.Below(2)), Kind::kInt, Fresh("c"));
        } else {
          has_bags_ = has_bags_ || final;
          add(fmt::format("collect({}{})", distinct, Int(1)), Kind::kBag, Fresh("c"));
        }
    }
  } else if (bags && final && dice_.OneIn(5)) {
    has_bags_ = true;
    add(Bag(2), Kind::kBag, Fresh("c"));
  }
  if (text.empty()) add(Int(1), Kind::kInt, Fresh("c"));
  return text;
}

std::string Generator::OrderByAll(const Scope& columns) {
  std::vector<std::string> names;
  for (const Variable& column : columns) names.push_back(column.name);
  std::rotate(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(dice_.Below(names.size())),
              names.end());
  std::string text;
  for (const std::string& name : names) {
    text += fmt::format("{}{}{}", text.empty() ? " ORDER BY " : ", ", name,
                        dice_.OneIn(2) ? " DESC" : "");
  }
  return text;
}

// Whether an order by all of them is one order only.
bool Generator::CanSort(const Scope& columns) const {
  return entities_sort_ || std::all_of(columns.begin(), columns.end(), [](const Variable& column) {
           return column.kind == Kind::kInt || column.kind == Kind::kFloat ||
                  column.kind == Kind::kString || column.kind == Kind::kBool ||
                  column.kind == Kind::kInts;
         });
}

std::string Generator::With() {
  Scope next;
  bool aggregates = false;
  const bool ordered = dice_.OneIn(4);
  const bool distinct = dice_.OneIn(4);
  std::string text = distinct ? "WITH DISTINCT " : "WITH ";
  text += Items(false, aggregates, next, !ordered && !distinct);
  if (ordered && CanSort(next)) {
    text += OrderByAll(next);
    if (dice_.OneIn(3)) text += fmt::format(" SKIP {}", dice_.Below(3));
    if (dice_.OneIn(2)) text += fmt::format(" LIMIT {}", dice_.Below(4));
  }
  // WHERE may read the names before it only where rows were not folded; new names always.
  scope_ = next;
  if (dice_.OneIn(3)) text += " WHERE " + Condition(2);
  return text + " ";
}

std::string Generator::CallSubquery() {
  Scope imported;
  std::string names;
  const bool all = dice_.OneIn(8);
  for (const Variable& variable : scope_) {
    if (!all && !dice_.OneIn(2)) continue;
    if (!all && variable.kind == Kind::kBag) continue;
    imported.push_back(variable);
    names += (names.empty() ? "" : ", ") + variable.name;
  }
  const Scope outside = scope_;
  const std::size_t branches = dice_.OneIn(4) ? 2 : 1;
  std::string body;
  Scope next;
  for (std::size_t i = 0; i < branches; ++i) {
    scope_ = imported;
    if (i > 0) body += dice_.Pick({" UNION ", " UNION ALL "});
    if (!dice_.OneIn(4)) body += (dice_.OneIn(4) ? "OPTIONAL " : "") + Match();
    if (dice_.OneIn(5)) body += Unwind();
    if (dice_.OneIn(5)) {
      body += With();
      scope_.insert(scope_.end(), imported.begin(), imported.end());
    }
    if (branches == 1) {
      bool aggregates = false;
      body += "RETURN " + Items(false, aggregates, next, false);
    } else {
      if (i == 0) next = {{Fresh("c"), Kind::kInt}, {Fresh("c"), Kind::kString}};
      body +=
          fmt::format("RETURN {} AS {}, {} AS {}", Int(1), next[0].name, String(1), next[1].name);
    }
  }
  scope_ = outside;
  for (const Variable& column : next) scope_.push_back(column);
  return fmt::format("{}CALL ({}) {{ {} }} ", dice_.OneIn(4) ? "OPTIONAL " : "", all ? "*" : names,
                     body);
}

std::string Generator::Return(GeneratedQuery& query) {
  Scope next;
  bool aggregates = false;
  query.ordered = dice_.OneIn(3);
  const bool distinct = dice_.OneIn(4);
  risky_ = !query.ordered && !distinct && dice_.OneIn(4);
  std::string text = distinct ? "RETURN DISTINCT " : "RETURN ";
  text += Items(true, aggregates, next, !query.ordered && !distinct);
  risky_ = false;
  query.ordered = query.ordered && CanSort(next);
  if (query.ordered) {
    text += OrderByAll(next);
    if (dice_.OneIn(3)) text += fmt::format(" SKIP {}", dice_.Below(4));
    if (dice_.OneIn(2)) text += fmt::format(" LIMIT {}", dice_.Below(5));
  }
  return text;
}

// The forms that passes of the optimizer look for: counts, ends only, the first few, bound
// relationships, values of indexed properties, groups of values of any type.
std::string Generator::Shaped(GeneratedQuery& query) {
  std::string text = "MATCH " + PlainNode();
  const std::size_t steps = 1 + dice_.Below(3);
  for (std::size_t i = 0; i < steps; ++i) {
    text += PlainRel();
    text += PlainNode();
  }
  const std::string a = VariableOf(Kind::kNode);
  const std::string b = VariableOf(Kind::kNode);
  const std::string r = VariableOf(Kind::kRel);
  if (!a.empty() && dice_.OneIn(3)) {
    text += fmt::format(" WHERE {}.{}", a,
                        dice_.Pick({"a = 1", "i = 2", "a IN [1, 2, null]", "s = 'a'", "a > 0",
                                    "s STARTS WITH 'a'"}));
    if (dice_.OneIn(3)) text += fmt::format(" AND {}.a = {}.i", a, b);
  }
  if (!r.empty() && dice_.OneIn(3)) {
    text += fmt::format(" {}MATCH {}-[{}]{}{}", dice_.Pick({"", "OPTIONAL "}), PlainNode(), r,
                        dice_.Pick({"->", "-"}), PlainNode());
  }
  if (a.empty()) return text + " RETURN count(*) AS c";
  switch (dice_.Below(10)) {
    case 0:
      return text + " RETURN count(*) AS c";
    case 1:
      return text + fmt::format(" RETURN count(DISTINCT {}) AS c", a);
    case 8:
      return text +
             fmt::format(" RETURN {}.{} AS c, count(*) AS d", a, dice_.Pick({"d", "l", "m", "s"}));
    case 9:
      return text +
             fmt::format(" RETURN count(DISTINCT {}.{}) AS c", a, dice_.Pick({"d", "l", "m", "s"}));
    case 2:
      return text + fmt::format(" RETURN DISTINCT {} AS c", a);
    case 3:
      return text + fmt::format(" RETURN {} AS c, count(*) AS d", a);
    case 4:
      return text +
             fmt::format(" RETURN {}.a AS c, count({}) AS d, count(DISTINCT {}.i) AS e", a, b, b);
    case 5:
      return text + fmt::format(" WITH DISTINCT {0} AS c, {1} AS d RETURN c, count(d) AS e", a, b);
    case 6:
      query.ordered = true;
      return text + fmt::format(" RETURN {}.i AS c, {}.a AS d ORDER BY c DESC, d LIMIT {}", a, b,
                                dice_.Below(4));
    default:
      return text + fmt::format(" WITH {} AS c LIMIT {} RETURN count(*) AS d", a, dice_.Below(4));
  }
}

std::string Generator::Union(GeneratedQuery& query) {
  const std::string word = dice_.Pick({" UNION ", " UNION ALL "});
  std::string text;
  const int branches = dice_.OneIn(4) ? 3 : 2;
  for (int i = 0; i < branches; ++i) {
    scope_.clear();
    text += (i == 0 ? "" : word) + First();
    if (dice_.OneIn(3)) text += With();
    text += fmt::format("RETURN {} AS v, {} AS w", Int(1), Any(1));
  }
  query.ordered = false;
  return text;
}

std::string Generator::Writing(GeneratedQuery& query) {
  std::string text;
  if (!dice_.OneIn(4)) text = Reading(1 + dice_.Below(2));
  text += WriteClause();
  if (dice_.OneIn(3)) return text;
  if (dice_.OneIn(2)) {
    text += fmt::format("WITH count(*) AS done MATCH {} ", Chain(dice_.Below(2), true));
  }
  query.ordered = false;
  return text + "RETURN count(*) AS c";
}

// What is written depends on no order of rows: constants, or what one variable says of itself.
std::string Generator::SetClause(const Variable& target) {
  const std::string& name = target.name;
  switch (dice_.Below(target.kind == Kind::kNode ? 9 : 6)) {
    case 0:
      return fmt::format("SET {}.{} = {} ", name, dice_.Pick({"m", "m", "k"}),
                         dice_.Pick({"7", "null", "[1, 2]", "'x'", "0.5", "true", "$m"}));
    case 5:
      return fmt::format("SET {}.{} ", name,
                         dice_.Pick({"a = 7", "a = null", "a = $p", "s = $s", "b = $f", "s = 'zz'",
                                     "b = -0.5", "l = [3]", "d = date('2020-02-02')"}));
    case 1:
      return fmt::format("SET {0}.a = {0}.i + 1, {0}.s = null ", name);
    case 2:
      return fmt::format("SET {0} += {{a: {0}.i, b: null, q: 1}} ", name);
    case 3:
      return fmt::format("SET {0} = {{i: {0}.i, q: {0}.i * 2}} ", name);
    case 4:
      return fmt::format("REMOVE {0}.a, {0}.zz ", name);
    case 6:
      return fmt::format("SET {}{} ", name, dice_.Pick({":A:C", ":B", ":Z"}));
    case 7:
      return fmt::format("SET {} += $map ", name);
    default:
      return fmt::format("REMOVE {}{} ", name, dice_.Pick({":A:Z", ":B", ":A:B:C"}));
  }
}

std::string Generator::MergeClause() {
  const std::string from = VariableOf(Kind::kNode);
  const std::string to = VariableOf(Kind::kNode);
  const std::string set = dice_.OneIn(2) ? "" : " ON CREATE SET m.q = 1 ON MATCH SET m.b = 9.5";
  const std::string key = dice_.OneIn(2) ? "1" : fmt::format("coalesce({}, 0)", Int(0));
  if (from.empty() || dice_.OneIn(3)) {
    return fmt::format("MERGE (m:{} {{a: {}}}){} ", dice_.Pick({"A", "C"}), key, set);
  }
  if (dice_.OneIn(2)) {
    return fmt::format("MERGE ({})-[m:{}]->({}){} ", from, dice_.Pick({"T", "V"}), to, set);
  }
  return fmt::format("MERGE ({})-[:{}]->(m:C {{a: {}}}){} ", from, dice_.Pick({"T", "V"}), key,
                     set);
}

// A subquery without a result, which writes for each row.
std::string Generator::UnitSubquery() {
  const Variable target{VariableOf(Kind::kNode), Kind::kNode};
  const Scope outside = scope_;
  scope_.clear();
  if (target.name.empty()) {
    const std::string body = fmt::format("CREATE (:C {{a: {}}})", Int(0));
    scope_ = outside;
    return fmt::format("CALL () {{ {} }} ", body);
  }
  scope_ = {target};
  const std::string body =
      dice_.OneIn(2) ? SetClause(target)
                     : fmt::format("UNWIND {} AS y CREATE ({})-[:V {{a: y}}]->(:C {{a: y}}) ",
                                   Ints(0), target.name);
  scope_ = outside;
  return fmt::format("CALL ({}) {{ {} }} ", target.name, body);
}

// What is written reads no more than properties: whether a clause sees what it has written itself
// for an earlier row is left open.
std::string Generator::WriteClause() {
  Variable target{VariableOf(Kind::kNode), Kind::kNode};
  const std::string rel = VariableOf(Kind::kRel);
  if (!rel.empty() && dice_.OneIn(3)) target = {rel, Kind::kRel};
  switch (dice_.Below(8)) {
    case 6:
      return UnitSubquery();
    case 7: {
      const std::string name = Fresh("y");
      const std::string made =
          fmt::format("CREATE (:C {{a: {}}})-[:V {{a: 1}}]->(:A:B {{i: 100 + {}}})", name, name);
      const std::string body = target.name.empty() ? made : SetClause(target);
      return fmt::format("FOREACH ({} IN {} | {}) ", name, Ints(0), body);
    }
    case 0:
    case 1:
      if (!target.name.empty()) return SetClause(target);
      return fmt::format("CREATE (:C {{a: {}}}) ", Int(0));
    case 2: {
      if (target.name.empty()) return "CREATE (:A)-[:V {a: 1}]->(:C) ";
      const bool is_rel = target.kind == Kind::kRel;
      return fmt::format("{}DELETE {} ", is_rel || dice_.OneIn(3) ? "" : "DETACH ", target.name);
    }
    case 3: {
      const std::string from = VariableOf(Kind::kNode);
      if (from.empty()) return fmt::format("CREATE (:C {{a: {}}}) ", Int(0));
      return fmt::format("CREATE ({})-[:V {{a: {}}}]->(z:C {{a: {}}}) ", from, Int(0), Int(0));
    }
    case 4: {
      const std::string name = Fresh("y");
      return fmt::format("FOREACH ({} IN {} | CREATE (:C {{a: {}}})) ", name, Ints(0), name);
    }
    default:
      return MergeClause();
  }
}

}  // namespace verbale::query::reference
