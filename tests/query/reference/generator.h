#pragma once

// Statements from a small grammar. What is generated is typed, so that nearly all of it is accepted
// and most of it does something; and its result is determined by the language, so that two engines
// must agree: where rows are cut by SKIP or LIMIT they are ordered by all columns, and lists whose
// order is left open (collect, pattern comprehensions) are only counted, unwound or returned.

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "query/query.h"
#include "tests/query/reference/random.h"

namespace verbale::query::reference {

struct GeneratedQuery {
  std::string text;
  bool writes = false;
  bool ordered = false;         ///< The order of the rows is determined.
  bool has_bags = false;        ///< Some column is a list whose order is not determined.
  bool merges_numbers = false;  ///< 1 and 1.0 may stand for one another (DISTINCT, grouping).
  Parameters parameters;        ///< More than the text names.
};

class Generator {
 public:
  /// `entities_sort`: the order of nodes and of relationships is the same in all stores, so that
  /// rows may be cut by it.
  explicit Generator(Dice& dice, bool entities_sort = true)
      : dice_(dice), entities_sort_(entities_sort) {}

  GeneratedQuery Generate();
  /// A statement that writes, or one that does not.
  GeneratedQuery Generate(bool writes);

 private:
  enum class Kind {
    kNode,
    kRel,
    kPath,
    kNodes,  ///< List of nodes.
    kRels,
    kInt,
    kFloat,
    kString,
    kBool,
    kInts,
    kBag,  ///< List in any order.
    kAny,
  };
  struct Variable {
    std::string name;
    Kind kind;
  };
  using Scope = std::vector<Variable>;

  // generate_expression.cc. `size` bounds the depth.
  std::string Expr(Kind kind, int size);
  std::string Int(int size);
  std::string Float(int size);
  std::string String(int size);
  std::string Bool(int size);
  std::string Compare(int size);
  std::string Condition(int size);
  std::string Ints(int size);
  std::string Bag(int size);
  std::string Any(int size);
  std::string PropertyOf(const std::string& key);
  std::string Subquery(const std::string& word, int size, const std::string& returns);
  std::string Mixed();
  std::string Tolerant(int size);
  std::string Touchy();

  // generate_pattern.cc. Adds what the pattern binds to the scope.
  std::string Paths();
  std::string Path(bool may_select);
  std::string Chain(std::size_t steps, bool plain);
  std::string NodePattern(bool plain);
  std::string RelPattern(bool plain);
  std::string GroupPattern();
  std::string SelectedPath();
  std::string PlainNode();
  std::string PlainRel();
  std::string Labels();
  std::string Types();
  std::string Bounds();

  // generate_query.cc
  std::string Reading(std::size_t clauses);
  std::string First();
  std::string Match();
  std::string Unwind();
  std::string Keys();
  std::string With();
  std::string CallSubquery();
  std::string UnitSubquery();
  bool CanSort(const Scope& columns) const;
  std::string Return(GeneratedQuery& query);
  std::string Items(bool final, bool& aggregates, Scope& next, bool bags);
  std::string OrderByAll(const Scope& columns);
  std::string Union(GeneratedQuery& query);
  std::string Shaped(GeneratedQuery& query);
  std::string Writing(GeneratedQuery& query);
  std::string WriteClause();
  std::string SetClause(const Variable& target);
  std::string MergeClause();

  std::string Fresh(const char* stem) { return stem + std::to_string(++names_); }
  /// The name of a variable of that kind; empty where there is none.
  std::string VariableOf(Kind kind);

  Dice& dice_;
  bool entities_sort_;
  Scope scope_;
  std::size_t names_ = 0;
  bool has_bags_ = false;
  bool risky_ = false;  ///< Expressions may fail at run time.
};

}  // namespace verbale::query::reference
