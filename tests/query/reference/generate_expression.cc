#include <fmt/format.h>

#include "tests/query/reference/generator.h"

namespace verbale::query::reference {

std::string Generator::VariableOf(Kind kind) {
  std::vector<std::string> names;
  for (const Variable& variable : scope_) {
    if (variable.kind == kind) names.push_back(variable.name);
  }
  return names.empty() ? std::string() : dice_.Pick(names);
}

std::string Generator::PropertyOf(const std::string& key) {
  std::string entity = VariableOf(dice_.OneIn(3) ? Kind::kRel : Kind::kNode);
  if (entity.empty()) entity = VariableOf(Kind::kNode);
  return entity.empty() ? "null" : entity + "." + key;
}

std::string Generator::Expr(Kind kind, int size) {
  switch (kind) {
    case Kind::kInt:
      return Int(size);
    case Kind::kFloat:
      return Float(size);
    case Kind::kString:
      return String(size);
    case Kind::kBool:
      return Bool(size);
    case Kind::kInts:
      return Ints(size);
    case Kind::kBag:
      return Bag(size);
    case Kind::kAny:
      return Any(size);
    default: {
      const std::string name = VariableOf(kind);
      return name.empty() ? "null" : name;
    }
  }
}

std::string Generator::Int(int size) {
  const std::string own = VariableOf(Kind::kInt);
  if (!own.empty() && dice_.OneIn(3)) return own;
  if (size <= 0) {
    if (dice_.OneIn(2)) return PropertyOf(dice_.Pick({"a", "a", "i"}));
    return dice_.Pick({"0", "1", "2", "3", "-1", "null", "$p"});
  }
  switch (dice_.Below(risky_ ? 15 : 13)) {
    case 11:
      return dice_.OneIn(2) ? fmt::format("size({})", String(size - 1))
                            : fmt::format("toIntegerOrNull({})", Mixed());
    case 12:
      return fmt::format("{}({})", dice_.Pick({"abs", "sign"}), Int(size - 1));
    case 0:
      return fmt::format("({} + {})", Int(size - 1), Int(size - 1));
    case 1:
      return fmt::format("({} - {})", Int(size - 1), Int(size - 1));
    case 2:
      return fmt::format("({} * {})", Int(size - 2), Int(size - 2));
    case 3:
      return fmt::format("({} {} {})", Int(size - 1), dice_.Pick({"/", "%"}),
                         dice_.Pick({"2", "3", "-2"}));
    case 4:
      return fmt::format("size({})", dice_.OneIn(2) ? Ints(size - 1) : Bag(size - 1));
    case 5: {
      const std::string path = VariableOf(Kind::kPath);
      return path.empty() ? Int(size - 1) : fmt::format("length({})", path);
    }
    case 6:
      return fmt::format("CASE WHEN {} THEN {} ELSE {} END", Bool(size - 1), Int(size - 1),
                         Int(size - 1));
    case 7:
      return fmt::format("coalesce({}, {})", Int(size - 1), Int(size - 1));
    case 8:
      return Subquery("COUNT", size, "");
    case 9: {
      const std::string name = Fresh("y");
      return fmt::format("reduce(t = 0, {} IN {} | t + {})", name, Ints(size - 1), name);
    }
    case 10:
      return PropertyOf(dice_.Pick({"a", "i"}));
    case 13:
      return fmt::format("({} / {})", Int(size - 1), Int(size - 1));
    default:
      return fmt::format("toInteger({})", PropertyOf("m"));
  }
}

std::string Generator::Float(int size) {
  if (size <= 0)
    return dice_.OneIn(2) ? PropertyOf("b") : dice_.Pick({"0.5", "1.25", "null", "$f"});
  switch (dice_.Below(3)) {
    case 0:
      return fmt::format("({} + {})", Float(size - 1), Float(size - 1));
    case 1:
      return fmt::format("({} * 0.25)", Int(size - 1));
    default:
      return PropertyOf("b");
  }
}

std::string Generator::String(int size) {
  const std::string own = VariableOf(Kind::kString);
  if (!own.empty() && dice_.OneIn(3)) return own;
  if (size <= 0)
    return dice_.OneIn(2) ? PropertyOf("s") : dice_.Pick({"''", "'a'", "'b'", "null", "$s"});
  switch (dice_.Below(7)) {
    case 4:
      return fmt::format("{}({}, {})", dice_.Pick({"left", "right", "substring"}), String(size - 1),
                         dice_.Pick({"0", "1", "3"}));
    case 5:
      return fmt::format("replace(reverse({}), 'a', 'bb')", String(size - 1));
    case 0:
      return fmt::format("({} + {})", String(size - 1), String(size - 1));
    case 1:
      return fmt::format("toString({})", Int(size - 1));
    case 2: {
      const std::string rel = VariableOf(Kind::kRel);
      return rel.empty() ? String(size - 1) : fmt::format("type({})", rel);
    }
    case 3:
      return fmt::format("toUpper({})", String(size - 1));
    default:
      return PropertyOf(dice_.Pick({"s", "k"}));
  }
}

std::string Generator::Compare(int size) {
  const std::string op = dice_.Pick({"=", "<>", "<", "<=", ">", ">="});
  switch (dice_.Below(8)) {
    case 6:
      return fmt::format("{} {} {}", Mixed(), op, Mixed());
    case 7:
      return fmt::format("{} IN [{}, {}, {}]", Mixed(), Mixed(), Mixed(), Int(0));
    case 0:
    case 1:
      return fmt::format("{} {} {}", Int(size - 1), op, Int(size - 1));
    case 2:
      return fmt::format("{} {} {}", String(size - 1), op, String(size - 1));
    case 3:
      return fmt::format("{} {} {}", PropertyOf("m"), op, PropertyOf("m"));
    case 4:
      return fmt::format("{} < {} <= {}", Int(size - 1), Int(size - 1), Int(size - 1));
    default: {
      const Kind kind = dice_.OneIn(3) ? Kind::kRel : Kind::kNode;
      const std::string a = VariableOf(kind);
      const std::string b = VariableOf(kind);
      if (a.empty()) return fmt::format("{} {} {}", Float(size - 1), op, Int(size - 1));
      return fmt::format("{} {} {}", a, dice_.Pick({"=", "<>"}), b);
    }
  }
}

// A bare pattern may stand only where a condition is asked for.
std::string Generator::Condition(int size) {
  const std::string from = VariableOf(Kind::kNode);
  if (from.empty() || !dice_.OneIn(6)) return Bool(size);
  const std::string to = dice_.OneIn(2) ? VariableOf(Kind::kNode) : "";
  const std::string rel =
      dice_.Pick({"-->", "<--", "--", "-[:T]->", "<-[:U]-", "-[*1..2]->", "-[:T*0..2]-"});
  const std::string test = fmt::format("({}){}({})", from, rel, to);
  switch (dice_.Below(3)) {
    case 0:
      return test;
    case 1:
      return fmt::format("NOT {} OR {}", test, Bool(size - 1));
    default:
      return fmt::format("{} AND {}", Bool(size - 1), test);
  }
}

std::string Generator::Bool(int size) {
  if (size <= 0) return fmt::format("({})", Compare(0));
  switch (dice_.Below(11)) {
    case 0:
      return fmt::format("({} AND {})", Bool(size - 1), Bool(size - 1));
    case 1:
      return fmt::format("({} OR {})", Bool(size - 1), Bool(size - 1));
    case 2:
      return fmt::format("(NOT {})", Bool(size - 1));
    case 3:
      return fmt::format("({} XOR {})", Bool(size - 1), Bool(size - 1));
    case 4:
      return fmt::format("({} {})", Any(size - 1), dice_.Pick({"IS NULL", "IS NOT NULL"}));
    case 5:
      return fmt::format("({} IN {})", Int(size - 1),
                         dice_.OneIn(2) ? Ints(size - 1) : Bag(size - 1));
    case 6:
      return fmt::format("({} {} {})", String(size - 1),
                         dice_.Pick({"STARTS WITH", "ENDS WITH", "CONTAINS"}), String(size - 1));
    case 7: {
      const std::string node = VariableOf(Kind::kNode);
      return node.empty() ? Bool(size - 1) : fmt::format("({}{})", node, Labels());
    }
    case 8:
      return Subquery("EXISTS", size - 1, "");
    case 9: {
      const std::string name = Fresh("y");
      scope_.push_back({name, Kind::kInt});
      const std::string where = Bool(size - 1);
      scope_.pop_back();
      return fmt::format("{}({} IN {} WHERE {})", dice_.Pick({"all", "any", "none", "single"}),
                         name, Ints(size - 1), where);
    }
    default:
      return fmt::format("({})", Compare(size));
  }
}

std::string Generator::Ints(int size) {
  const std::string own = VariableOf(Kind::kInts);
  if (!own.empty() && dice_.OneIn(3)) return own;
  if (size <= 0)
    return dice_.OneIn(2) ? PropertyOf("l") : dice_.Pick({"[]", "[1, 2]", "[3, null]", "$l"});
  switch (dice_.Below(6)) {
    case 0:
      return fmt::format("[{}, {}]", Int(size - 1), Int(size - 1));
    case 1:
      return fmt::format("range(0, {})", dice_.Pick({"0", "1", "2", "-1"}));
    case 2: {
      const std::string name = Fresh("y");
      const std::string list = Ints(size - 1);
      scope_.push_back({name, Kind::kInt});
      const std::string where = dice_.OneIn(2) ? " WHERE " + Bool(size - 1) : "";
      const std::string value = Int(size - 1);
      scope_.pop_back();
      return fmt::format("[{} IN {}{} | {}]", name, list, where, value);
    }
    case 3: {
      const std::string path = VariableOf(Kind::kPath);
      const std::string rels = VariableOf(Kind::kRels);
      if (!rels.empty() && dice_.OneIn(2)) return fmt::format("[y IN {} | y.i]", rels);
      if (path.empty()) return Ints(size - 1);
      return fmt::format("[y IN {}({}) | y.i]", dice_.Pick({"nodes", "relationships"}), path);
    }
    case 4:
      return fmt::format("{}[{}..{}]", Ints(size - 1), dice_.Pick({"0", "1", "-1"}),
                         dice_.Pick({"1", "2", "-1"}));
    default:
      return fmt::format("({} + {})", Ints(size - 1), Ints(size - 1));
  }
}

// Elements are integers.
std::string Generator::Bag(int size) {
  const std::string own = VariableOf(Kind::kBag);
  if (!own.empty() && dice_.OneIn(2)) return own;
  const std::string from = VariableOf(Kind::kNode);
  if (from.empty() || dice_.OneIn(3)) return Subquery("COLLECT", size, "i");
  const Scope outside = scope_;
  const std::string node = Fresh("n");
  scope_.push_back({node, Kind::kNode});
  const std::string where = dice_.OneIn(2) ? " WHERE " + Bool(size - 1) : "";
  const std::string value = Int(size - 2);
  scope_ = outside;
  return fmt::format("[({}){}({}){} | {}]", from,
                     dice_.Pick({"-->", "<--", "--", "-[:T]->", "-[*0..2]->"}), node, where, value);
}

// Of any type that is no node and no relationship.
std::string Generator::Mixed() {
  if (dice_.OneIn(3)) {
    return dice_.Pick({"$m", "$l", "$s", "1", "0.5", "'a'", "null", "date('2015-07-14')"});
  }
  return PropertyOf(dice_.Pick({"m", "m", "a", "d", "l", "s", "b", "k", "k"}));
}

// Functions that take any value, or always the right one.
std::string Generator::Tolerant(int size) {
  switch (dice_.Below(10)) {
    case 0:
      return fmt::format("{}({})",
                         dice_.Pick({"toStringOrNull", "toIntegerOrNull", "toFloatOrNull",
                                     "toBooleanOrNull", "valueType"}),
                         Mixed());
    case 1:
      return fmt::format("{}({})", dice_.Pick({"head", "last", "tail", "reverse", "size"}),
                         Ints(size - 1));
    case 2:
      return fmt::format("({} + {})", Ints(size - 1), Mixed());
    case 3:
      return fmt::format("coalesce({}, {})", Mixed(), Mixed());
    case 4:
      return fmt::format("CASE {} WHEN {} THEN {} WHEN {} THEN {} END", Mixed(), Mixed(), Mixed(),
                         Mixed(), Mixed());
    case 5:
      return fmt::format("{}.{}", PropertyOf("d"), dice_.Pick({"year", "month", "dayOfWeek"}));
    case 6:
      return fmt::format("({} {} duration('P1M2D'))", PropertyOf("d"), dice_.Pick({"+", "-"}));
    case 7:
      return fmt::format("split({}, 'a')", String(size - 1));
    case 8:
      return fmt::format("{}[{}]", Ints(size - 1), dice_.Pick({"0", "-1", "5"}));
    default:
      return fmt::format("[{}, {}]", Mixed(), Mixed());
  }
}

// What fails for many values.
std::string Generator::Touchy() {
  switch (dice_.Below(4)) {
    case 0:
      return fmt::format(
          "{}({})",
          dice_.Pick({"toUpper", "size", "head", "reverse", "toString", "date", "sqrt", "keys"}),
          Mixed());
    case 1:
      return fmt::format("({} {} {})", Mixed(), dice_.Pick({"+", "-", "*", "/", "%"}), Mixed());
    case 2:
      return fmt::format("{}[{}]", Mixed(), Mixed());
    default:
      return fmt::format("{}.year", Mixed());
  }
}

std::string Generator::Any(int size) {
  if (risky_ && dice_.OneIn(4)) return Touchy();
  switch (dice_.Below(13)) {
    case 9:
      return Mixed();
    case 10:
    case 11:
      return Tolerant(size);
    case 12: {
      const std::string rel = VariableOf(Kind::kRel);
      if (rel.empty()) return Tolerant(size);
      return fmt::format("{}({}).{}", dice_.Pick({"startNode", "endNode"}), rel,
                         dice_.Pick({"i", "a", "m"}));
    }
    case 0:
      return Int(size);
    case 1:
      return String(size);
    case 2:
      return Float(size);
    case 3:
      return Bool(size);
    case 4:
      return Ints(size);
    case 5:
      return PropertyOf(dice_.Pick({"m", "d", "l", "zz"}));
    case 6:
      return Expr(Kind::kRel, size);
    case 7: {
      const std::string node = VariableOf(Kind::kNode);
      return node.empty() ? Int(size) : fmt::format("labels({})", node);
    }
    default:
      return Expr(Kind::kNode, size);
  }
}

std::string Generator::Subquery(const std::string& word, int size, const std::string& returns) {
  const Scope outside = scope_;
  std::string text = "MATCH " + Chain(dice_.Below(2), false);
  if (size > 0 && dice_.OneIn(2)) text += " WHERE " + Condition(size - 2);
  if (dice_.OneIn(6)) {
    // Behind the grouping, what is outside can still be read.
    const std::string counted = Fresh("v");
    const std::string key = Fresh("v");
    const std::string value = Int(0);
    text += dice_.OneIn(2) ? fmt::format(" WITH count(*) AS {}", counted)
                           : fmt::format(" WITH DISTINCT {} AS {}", value, counted);
    scope_ = outside;
    scope_.push_back({counted, Kind::kInt});
    if (dice_.OneIn(2)) text += " WHERE " + Condition(1);
    text += " RETURN " + Int(1) + " AS " + key;
  } else if (!returns.empty()) {
    const std::string alone = dice_.OneIn(4) ? VariableOf(Kind::kInt) : "";
    text += alone.empty() ? " RETURN " + Int(size - 1) + " AS " + Fresh("v") : " RETURN " + alone;
  }
  scope_ = outside;
  return fmt::format("{} {{ {} }}", word, text);
}

}  // namespace verbale::query::reference
