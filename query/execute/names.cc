#include "query/execute/names.h"

#include <algorithm>

namespace verbale::query {

LabelCondition::LabelCondition(const LabelExpr& expr) : op_(expr.op), name_(expr.name) {
  for (const LabelExpr& operand : expr.operands) operands_.emplace_back(operand);
}

void LabelCondition::Forget() {
  label_.reset();
  for (LabelCondition& operand : operands_) operand.Forget();
}

bool LabelCondition::HoldsFor(const graph::View& view, graph::NodeNo node) {
  const auto holds = [&](LabelCondition& part) { return part.HoldsFor(view, node); };
  switch (op_) {
    case LabelOp::kName:
      if (!label_) label_ = view.catalog().FindLabel(name_);
      return label_ && view.HasLabel(node, *label_);
    case LabelOp::kAny:
      return !view.Labels(node).empty();
    case LabelOp::kNot:
      return !holds(operands_.front());
    case LabelOp::kAnd:
      return std::all_of(operands_.begin(), operands_.end(), holds);
    case LabelOp::kOr:
      return std::any_of(operands_.begin(), operands_.end(), holds);
  }
  return false;
}

bool LabelCondition::HoldsFor(const graph::View& view, graph::TypeId type) const {
  const auto holds = [&](const LabelCondition& part) { return part.HoldsFor(view, type); };
  switch (op_) {
    case LabelOp::kName:
      return view.catalog().TypeName(type) == name_;
    case LabelOp::kAny:
      return true;
    case LabelOp::kNot:
      return !holds(operands_.front());
    case LabelOp::kAnd:
      return std::all_of(operands_.begin(), operands_.end(), holds);
    case LabelOp::kOr:
      return std::any_of(operands_.begin(), operands_.end(), holds);
  }
  return false;
}

void LabelTest::Open(const ExecContext& ctx) {
  ctx_ = &ctx;
  label_.reset();
  asked_ = 0;
  marks_.clear();
}

bool LabelTest::Ask(graph::NodeNo node) {
  if (!label_) label_ = ctx_->view().catalog().FindLabel(*name_);
  if (!label_) return false;
  if (!ctx_->writes() && ++asked_ == kManyAsked) Mark();
  return ctx_->view().HasLabel(node, *label_);
}

void LabelTest::Mark() {
  marks_.resize(ctx_->view().NodeLimit());
  graph::VisitNodes(ctx_->view(), label_, [this](std::span<const graph::NodeNo> nodes) {
    for (const graph::NodeNo node : nodes) marks_[node.value] = true;
  });
}

TypeFilter::TypeFilter(const std::optional<LabelExpr>& types) {
  if (types) condition_.emplace(*types);
}

const std::vector<graph::TypeId>& TypeFilter::Resolve(const graph::View& view) {
  const std::uint32_t count = view.catalog().TypeCount();
  if (known_ == count) return types_;
  types_.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    const graph::TypeId type{i};
    if (!condition_ || condition_->HoldsFor(view, type)) types_.push_back(type);
  }
  known_ = count;
  return types_;
}

bool TypeFilter::Has(const graph::View& view, graph::TypeId type) {
  const std::vector<graph::TypeId>& types = Resolve(view);
  return std::binary_search(types.begin(), types.end(), type);
}

}  // namespace verbale::query
