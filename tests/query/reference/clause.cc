// Clauses that read. Each takes all rows and gives all rows.

#include <algorithm>
#include <numeric>

#include "graph/error.h"
#include "query/parse/print.h"
#include "query/parse/walk.h"
#include "tests/query/reference/evaluator.h"

namespace verbale::query::reference {

using graph::Value;

namespace {

constexpr std::uint64_t kMaxSteps = 300000;

/// Values of a row by which rows are told apart.
bool SameValues(const std::vector<Value>& a, const std::vector<Value>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), graph::Equivalent);
}

void AddNames(const std::vector<PathElement>& elements, std::vector<std::string>& names) {
  for (const PathElement& element : elements) {
    if (const auto* node = std::get_if<NodePattern>(&element)) {
      if (node->variable) names.push_back(node->variable->text);
    } else if (const auto* rel = std::get_if<RelPattern>(&element)) {
      if (rel->variable) names.push_back(rel->variable->text);
    } else {
      AddNames(std::get<GroupPatternPtr>(element)->path.elements, names);
    }
  }
}

struct Item {
  std::string name;
  const Expr* value = nullptr;  ///< nullptr: the variable `name`, from a star.
  bool aggregates = false;
};

/// Rows behind a projection, with what ORDER BY and WHERE may still read of those before.
struct Projected {
  std::vector<Value> values;
  Row row;  ///< Before, overlaid with the new names.
  Rows group;
};

std::vector<Item> ItemsOf(const ProjectionClause& clause, const Rows& rows, const Row& outer) {
  std::vector<Item> items;
  if (clause.star && !rows.empty()) {
    for (const auto& [name, value] : rows.front()) {
      if (outer.count(name) == 0) items.push_back({name, nullptr, false});
    }
  }
  for (const ProjectionItem& item : clause.items) {
    const std::string name = item.alias ? item.alias->text : ToText(*item.value);
    const auto* variable = std::get_if<VariableExpr>(&item.value->node);
    items.push_back({!item.alias && variable != nullptr ? variable->name : name, item.value.get(),
                     HasAggregate(*item.value)});
  }
  return items;
}

}  // namespace

Evaluator::Evaluator(const graph::View& view, graph::Transaction* transaction,
                     const Parameters& parameters)
    : view_(view), transaction_(transaction), parameters_(parameters) {
  context_.view = &view;
}

void Evaluator::Step() {
  if (++steps_ > kMaxSteps) throw Error(ErrorCode::kLimitExceeded, "too much for the reference");
}

Table Evaluate(const Query& query, const graph::View& view, graph::Transaction* transaction,
               const Parameters& parameters) {
  Evaluator evaluator(view, transaction, parameters);
  Table table = evaluator.Run(query, {});
  evaluator.CheckDeleted();
  return table;
}

// A node may be deleted before its relationships, in one statement.
void Evaluator::CheckDeleted() const {
  for (const graph::NodeNo node : deleted_) {
    if (!transaction_->IsConnected(node)) continue;
    throw Error(ErrorCode::kInvalidArgument, "a deleted node still has relationships");
  }
}

Table Evaluator::Run(const Query& query, const Row& outer) {
  Table all;
  for (const SingleQuery& branch : query.branches) {
    Table table;
    RunClauses(branch.clauses, outer, table);
    if (all.columns.empty()) all.columns = table.columns;
    for (std::vector<Value>& row : table.rows) {
      const bool distinct = query.branches.size() > 1 && !query.union_all;
      const bool known =
          distinct && std::any_of(all.rows.begin(), all.rows.end(),
                                  [&](const auto& other) { return SameValues(row, other); });
      if (!known) all.rows.push_back(std::move(row));
    }
  }
  return all;
}

// What has no RETURN has rows without columns.
Rows Evaluator::RunClauses(const std::vector<Clause>& clauses, const Row& outer, Table& table) {
  Rows rows = {outer};
  bool returned = false;
  for (const Clause& clause : clauses) {
    rows = std::visit(
        [&](const auto& node) -> Rows {
          using Node = std::decay_t<decltype(node)>;
          if constexpr (std::is_same_v<Node, ProjectionClause>) {
            returned = node.is_return;
            return Project(node, rows, outer, table);
          } else if constexpr (std::is_same_v<Node, CallClause> ||
                               std::is_same_v<Node, LoadCsvClause>) {
            throw Error(ErrorCode::kUnsupported, "the reference calls no procedures");
          } else {
            return Run(node, std::move(rows));
          }
        },
        clause.node);
    Step();
  }
  if (!returned) table.rows.assign(rows.size(), {});
  return rows;
}

Rows Evaluator::Run(const MatchClause& clause, Rows rows) {
  std::vector<std::string> names;
  for (const PathPattern& path : clause.paths) {
    if (path.variable) names.push_back(path.variable->text);
    AddNames(path.elements, names);
  }
  Rows out;
  for (Row& row : rows) {
    std::vector<Row> found = MatchAll(clause.paths, clause.where.get(), row);
    if (found.empty() && clause.optional) {
      for (const std::string& name : names) row.emplace(name, Value());
      out.push_back(std::move(row));
    }
    for (Row& match : found) out.push_back(std::move(match));
  }
  return out;
}

Rows Evaluator::Run(const UnwindClause& clause, Rows rows) {
  Rows out;
  for (const Row& row : rows) {
    const Value list = Eval(*clause.list, row);
    if (list.is_null()) continue;
    const std::vector<Value> single = {list};
    for (const Value& item : list.is_list() ? list.as_list() : single) {
      Row next = row;
      next.insert_or_assign(clause.alias.text, item);
      out.push_back(std::move(next));
    }
  }
  return out;
}

Rows Evaluator::Run(const SubqueryClause& clause, Rows rows) {
  if (!clause.imports && !clause.import_all) {
    throw Error(ErrorCode::kUnsupported, "the reference wants imports in brackets");
  }
  Rows out;
  for (const Row& row : rows) {
    Row inner;
    if (clause.import_all) inner = row;
    for (const Name& name : clause.imports.value_or(std::vector<Name>())) {
      inner.insert_or_assign(name.text, row.find(name.text)->second);
    }
    const Table table = Run(*clause.body, inner);
    if (table.columns.empty()) {
      out.push_back(row);
      continue;
    }
    for (const std::vector<Value>& values : table.rows) {
      Row next = row;
      for (std::size_t i = 0; i < values.size(); ++i) {
        next.insert_or_assign(table.columns[i], values[i]);
      }
      out.push_back(std::move(next));
    }
    if (!table.rows.empty() || !clause.optional) continue;
    Row next = row;
    for (const std::string& column : table.columns) next.insert_or_assign(column, Value());
    out.push_back(std::move(next));
  }
  return out;
}

Rows Evaluator::Project(const ProjectionClause& clause, const Rows& rows, const Row& outer,
                        Table& table) {
  const std::vector<Item> items = ItemsOf(clause, rows, outer);
  const bool aggregating =
      std::any_of(items.begin(), items.end(), [](const Item& item) { return item.aggregates; });
  const auto value_of = [&](const Item& item, const Row& row, const Rows* group) {
    return item.value == nullptr ? row.find(item.name)->second : Eval(*item.value, row, group);
  };
  // One group a row, or by the items that hold no aggregate.
  std::vector<std::pair<std::vector<Value>, Rows>> groups;
  for (const Row& row : rows) {
    std::vector<Value> keys;
    for (const Item& item : items) {
      if (!item.aggregates && aggregating) keys.push_back(value_of(item, row, nullptr));
    }
    auto group = groups.end();
    if (aggregating) {
      group = std::find_if(groups.begin(), groups.end(),
                           [&](const auto& other) { return SameValues(other.first, keys); });
    }
    if (group == groups.end()) group = groups.insert(group, {std::move(keys), {}});
    group->second.push_back(row);
    Step();
  }
  const bool keyless =
      std::all_of(items.begin(), items.end(), [](const Item& i) { return i.aggregates; });
  if (aggregating && keyless && groups.empty()) groups.emplace_back();

  std::vector<Projected> projected;
  for (auto& [keys, group] : groups) {
    Projected next;
    next.row = group.empty() ? outer : group.front();
    Row names;
    for (const Item& item : items) {
      next.values.push_back(value_of(item, next.row, aggregating ? &group : nullptr));
      names.insert_or_assign(item.name, next.values.back());
    }
    if (clause.distinct &&
        std::any_of(projected.begin(), projected.end(), [&](const Projected& other) {
          return SameValues(other.values, next.values);
        })) {
      continue;
    }
    for (auto& [name, value] : names) next.row.insert_or_assign(name, value);
    next.group = std::move(group);
    projected.push_back(std::move(next));
  }

  std::vector<std::vector<Value>> sort_keys;
  for (const Projected& row : projected) {
    std::vector<Value> keys;
    for (const SortItem& item : clause.order) {
      keys.push_back(Eval(*item.value, row.row, aggregating ? &row.group : nullptr));
    }
    sort_keys.push_back(std::move(keys));
  }
  std::vector<std::size_t> order(projected.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    for (std::size_t i = 0; i < clause.order.size(); ++i) {
      const auto side = graph::TotalOrder(sort_keys[a][i], sort_keys[b][i]);
      if (side != 0) return clause.order[i].descending ? side > 0 : side < 0;
    }
    return false;
  });
  std::size_t begin = 0;
  std::size_t end = order.size();
  if (clause.skip) {
    begin = std::min<std::size_t>(end, static_cast<std::size_t>(Eval(*clause.skip, {}).as_int()));
  }
  if (clause.limit) {
    const auto limit = static_cast<std::size_t>(Eval(*clause.limit, {}).as_int());
    end = begin + std::min(limit, end - begin);
  }

  if (clause.is_return) {
    for (const Item& item : items) table.columns.push_back(item.name);
  }
  Rows out;
  for (std::size_t i = begin; i < end; ++i) {
    const Projected& row = projected[order[i]];
    if (clause.where && !Holds(*clause.where, row.row)) continue;
    Row next = outer;
    for (std::size_t k = 0; k < items.size(); ++k) {
      next.insert_or_assign(items[k].name, row.values[k]);
    }
    out.push_back(std::move(next));
    if (clause.is_return) table.rows.push_back(row.values);
  }
  return out;
}

}  // namespace verbale::query::reference
