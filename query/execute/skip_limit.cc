// SKIP and LIMIT.

#include <algorithm>
#include <numeric>

#include "query/execute/count_value.h"
#include "query/execute/operators.h"

namespace verbale::query {
namespace {

void GatherRange(const Batch& in, std::size_t first, std::size_t count, std::span<const Slot> keep,
                 Batch& out) {
  std::vector<std::uint32_t> rows(count);
  std::iota(rows.begin(), rows.end(), static_cast<std::uint32_t>(first));
  GatherBatch(in, rows, keep, out);
}

class SkipOperator : public Operator {
 public:
  SkipOperator(const LogicalSkip& op, const LogicalPlan& plan)
      : count_(Own(Compile(op.count, plan))) {}

 protected:
  void DoReset() override { started_ = false; }

  bool DoNext(Batch& out) override {
    if (!started_) left_ = CountValue(*count_, "SKIP", view());
    started_ = true;
    Batch in;
    while (input().Next(in)) {
      if (left_ == 0) {
        out = std::move(in);
        return true;
      }
      if (in.rows <= left_) {
        left_ -= in.rows;
        continue;
      }
      GatherRange(in, left_, in.rows - left_, keep_, out);
      left_ = 0;
      return true;
    }
    return false;
  }

 private:
  Expression* count_;
  std::size_t left_ = 0;
  bool started_ = false;
};

class LimitOperator : public Operator {
 public:
  LimitOperator(const LogicalLimit& op, const LogicalPlan& plan, bool writes)
      : count_(Own(Compile(op.count, plan))), writes_(writes) {}

 protected:
  void DoReset() override { started_ = false; }

  bool DoNext(Batch& out) override {
    if (!started_) left_ = CountValue(*count_, "LIMIT", view());
    started_ = true;
    if (left_ == 0) {
      // What stands below may write: it has to run, whoever looks at its rows.
      Batch unseen;
      while (writes_ && input().Next(unseen)) continue;
      return false;
    }
    Batch in;
    if (!input().Next(in)) return false;
    if (in.rows <= left_) {
      left_ -= in.rows;
      out = std::move(in);
      return true;
    }
    GatherRange(in, 0, left_, keep_, out);
    left_ = 0;
    return true;
  }

 private:
  Expression* count_;
  bool writes_;
  std::size_t left_ = 0;
  bool started_ = false;
};

std::size_t CountOf(const graph::Value& value, std::string_view clause) {
  if (!value.is_int()) {
    throw RuntimeError(ErrorCode::kInvalidArgument,
                       std::string(clause) + " needs an integer, got " +
                           std::string(graph::TypeName(value.type())),
                       "SyntaxError", "InvalidArgumentType");
  }
  if (value.as_int() < 0) {
    throw RuntimeError(ErrorCode::kInvalidArgument,
                       std::string(clause) + " needs a number that is not negative", "SyntaxError",
                       "NegativeIntegerArgument");
  }
  return static_cast<std::size_t>(value.as_int());
}

}  // namespace

std::size_t CountValue(Expression& count, std::string_view clause, const graph::View& view) {
  return AtPlace(count.span(), [&] { return CountOf(EvaluateConstant(count, view), clause); });
}

OperatorPtr MakeSkip(const LogicalSkip& op, const LogicalPlan& plan) {
  return std::make_unique<SkipOperator>(op, plan);
}

OperatorPtr MakeLimit(const LogicalLimit& op, const LogicalPlan& plan) {
  return std::make_unique<LimitOperator>(op, plan, plan.writes);
}

}  // namespace verbale::query
