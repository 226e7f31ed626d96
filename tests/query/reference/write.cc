// Clauses that write, row by row, into the transaction that is also read.

#include <algorithm>

#include "graph/error.h"
#include "tests/query/reference/evaluator.h"

namespace verbale::query::reference {

using graph::NodeNo;
using graph::RelNo;
using graph::Value;

namespace {

void CollectLabels(const LabelExpr& labels, std::vector<std::string>& names) {
  if (labels.op == LabelOp::kName) names.push_back(labels.name);
  for (const LabelExpr& operand : labels.operands) CollectLabels(operand, names);
}

const MapExpr* PropertiesOf(const ExprPtr& expr) {
  return expr ? &std::get<MapExpr>(expr->node) : nullptr;
}

}  // namespace

void Evaluator::SetProperty(const Value& target, std::string_view key, const Value& value) {
  if (target.is_null()) return;
  const graph::KeyId id = transaction_->Key(key);
  if (target.is_node()) {
    transaction_->Set(target.as_node().no, id, value);
  } else if (target.is_rel()) {
    transaction_->Set(target.as_rel().no, id, value);
  } else {
    throw Error(ErrorCode::kInvalidArgument, "only nodes and relationships have properties");
  }
}

NodeNo Evaluator::CreateNode(const NodePattern& node, Row& row) {
  if (node.variable) {
    const auto known = row.find(node.variable->text);
    if (known != row.end()) {
      if (known->second.is_null()) {
        throw Error(ErrorCode::kInvalidArgument, "no relationship at a node that is null");
      }
      return known->second.as_node().no;
    }
  }
  std::vector<std::string> names;
  if (node.labels) CollectLabels(*node.labels, names);
  std::vector<graph::LabelId> labels;
  for (const std::string& name : names) labels.push_back(transaction_->Label(name));
  std::vector<std::pair<std::string, Value>> properties;
  if (const MapExpr* map = PropertiesOf(node.properties)) {
    for (const auto& [key, value] : map->entries)
      properties.emplace_back(key.text, Eval(*value, row));
  }
  const NodeNo made = transaction_->CreateNode(labels);
  for (const auto& [key, value] : properties) SetProperty(NodeValue(made), key, value);
  if (node.variable) row.emplace(node.variable->text, NodeValue(made));
  return made;
}

void Evaluator::CreatePath(const PathPattern& path, Row& row) {
  std::vector<NodeNo> nodes;
  for (const PathElement& element : path.elements) {
    if (const auto* node = std::get_if<NodePattern>(&element)) {
      nodes.push_back(CreateNode(*node, row));
    }
  }
  std::size_t at = 0;
  for (const PathElement& element : path.elements) {
    const auto* rel = std::get_if<RelPattern>(&element);
    if (rel == nullptr) continue;
    const bool turned = rel->arrow == Arrow::kIn;
    const RelNo made = transaction_->CreateRel(
        nodes[at + turned], transaction_->Type(rel->types->name), nodes[at + !turned]);
    if (const MapExpr* map = PropertiesOf(rel->properties)) {
      for (const auto& [key, value] : map->entries) {
        SetProperty(RelValue(made), key.text, Eval(*value, row));
      }
    }
    if (rel->variable) row.emplace(rel->variable->text, RelValue(made));
    ++at;
  }
}

Rows Evaluator::Run(const CreateClause& clause, Rows rows) {
  for (Row& row : rows) {
    for (const PathPattern& path : clause.paths) CreatePath(path, row);
  }
  return rows;
}

Rows Evaluator::Run(const MergeClause& clause, Rows rows) {
  Rows out;
  for (Row& row : rows) {
    Rows found;
    Match start;
    start.row = row;
    MatchPath(clause.path, start, [&](Match match) {
      if (Meets(match.conditions, match.row)) found.push_back(std::move(match.row));
    });
    const bool created = found.empty();
    if (created) {
      CreatePath(clause.path, row);
      found.push_back(std::move(row));
    }
    for (Row& match : found) {
      for (const SetItem& item : created ? clause.on_create : clause.on_match) {
        ApplySet(item, match);
      }
      out.push_back(std::move(match));
    }
  }
  return out;
}

void Evaluator::ApplySet(const SetItem& item, const Row& row) {
  if (item.kind == SetKind::kProperty) {
    const auto& target = std::get<PropertyExpr>(item.target->node);
    const Value entity = Eval(*target.subject, row);
    if (!entity.is_null()) SetProperty(entity, target.key.text, Eval(*item.value, row));
    return;
  }
  if (item.kind == SetKind::kDynamic) {
    throw Error(ErrorCode::kUnsupported, "the reference sets no computed keys");
  }
  const Value entity = Eval(*item.target, row);
  if (entity.is_null()) return;
  if (item.kind == SetKind::kLabels) {
    for (const Name& name : item.labels) {
      transaction_->AddLabel(entity.as_node().no, transaction_->Label(name.text));
    }
    return;
  }
  const Value source = Eval(*item.value, row);
  const Value map = FindFunction("properties")->call(std::span(&source, 1), context_);
  if (item.kind == SetKind::kReplace) {
    const Value old = FindFunction("properties")->call(std::span(&entity, 1), context_);
    for (const auto& [key, value] : old.as_map()) SetProperty(entity, key, Value());
  }
  if (map.is_null()) return;
  for (const auto& [key, value] : map.as_map()) SetProperty(entity, key, value);
}

Rows Evaluator::Run(const SetClause& clause, Rows rows) {
  for (const Row& row : rows) {
    for (const SetItem& item : clause.items) ApplySet(item, row);
  }
  return rows;
}

Rows Evaluator::Run(const RemoveClause& clause, Rows rows) {
  for (const Row& row : rows) {
    for (const SetItem& item : clause.items) {
      if (item.kind == SetKind::kProperty) {
        const auto& target = std::get<PropertyExpr>(item.target->node);
        SetProperty(Eval(*target.subject, row), target.key.text, Value());
        continue;
      }
      const Value entity = Eval(*item.target, row);
      if (entity.is_null()) continue;
      for (const Name& name : item.labels) {
        const auto label = view_.catalog().FindLabel(name.text);
        if (label) transaction_->RemoveLabel(entity.as_node().no, *label);
      }
    }
  }
  return rows;
}

void Evaluator::DeleteValue(const Value& value, bool detach) {
  if (value.is_list()) {
    for (const Value& item : value.as_list()) DeleteValue(item, detach);
  } else if (value.is_path()) {
    for (const graph::RelRef& rel : value.as_path().rels) DeleteValue(Value(rel), detach);
    for (const graph::NodeRef& node : value.as_path().nodes) DeleteValue(Value(node), detach);
  } else if (value.is_rel()) {
    if (view_.Exists(value.as_rel().no)) transaction_->Delete(value.as_rel().no);
  } else if (value.is_node()) {
    const NodeNo node = value.as_node().no;
    if (!view_.Exists(node)) return;
    for (std::uint32_t number = 0; detach && number < view_.RelLimit(); ++number) {
      const RelNo rel{number};
      if (!view_.Exists(rel)) continue;
      const graph::RelEnds ends = view_.Ends(rel);
      if (ends.source == node || ends.target == node) transaction_->Delete(rel);
    }
    transaction_->Delete(node);
    deleted_.push_back(node);
  } else if (!value.is_null()) {
    throw Error(ErrorCode::kInvalidArgument, "only nodes, relationships and paths can be deleted");
  }
}

// What is to go is known before anything goes.
Rows Evaluator::Run(const DeleteClause& clause, Rows rows) {
  std::vector<Value> doomed;
  for (const Row& row : rows) {
    for (const ExprPtr& target : clause.targets) doomed.push_back(Eval(*target, row));
  }
  for (const Value& value : doomed) DeleteValue(value, clause.detach);
  return rows;
}

Rows Evaluator::Run(const ForeachClause& clause, Rows rows) {
  for (const Row& row : rows) {
    const Value list = Eval(*clause.list, row);
    if (list.is_null()) continue;
    for (const Value& item : list.as_list()) {
      Row inner = row;
      inner.insert_or_assign(clause.variable.text, item);
      Table none;
      RunClauses(clause.body, inner, none);
    }
  }
  return rows;
}

}  // namespace verbale::query::reference
