// CALL of a procedure, once for every incoming row. Arguments are checked against the signature.

#include <algorithm>
#include <mutex>

#include "query/bind/procedure.h"
#include "query/execute/operators.h"
#include "query/execute/row_expander.h"

namespace verbale::query {
namespace {

using graph::Value;

bool Accepts(const std::string& type, const Value& value) {
  if (type == "ANY") return true;
  if (type == "INTEGER" || type == "INT") return value.is_int();
  if (type == "FLOAT" || type == "NUMBER") return value.is_number();
  if (type == "STRING") return value.is_string();
  if (type == "BOOLEAN") return value.is_bool();
  if (type == "MAP") return value.is_map() || value.is_node() || value.is_rel();
  if (type == "NODE") return value.is_node();
  if (type == "RELATIONSHIP") return value.is_rel();
  if (type == "PATH") return value.is_path();
  if (type.starts_with("LIST")) return value.is_list();
  return true;
}

class CallOperator : public RowExpander {
 public:
  CallOperator(const LogicalCall& op, const LogicalPlan& plan) : op_(op) {
    for (const BoundExprPtr& arg : op.args) args_.push_back(Own(Compile(arg, plan)));
    columns_.resize(op.yields.size());
  }

 protected:
  void DoReset() override {
    RowExpander::DoReset();
    for (auto& column : columns_) column.clear();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    if (row == 0) {
      arg_columns_.clear();
      for (Expression* arg : args_) arg_columns_.push_back(arg->Evaluate(rows));
    }
    std::vector<Value> args;
    for (std::size_t i = 0; i < arg_columns_.size(); ++i) {
      args.push_back(Checked(arg_columns_[i]->At(row, view()), op_.procedure->inputs[i]));
    }
    found_ = Call(args);
    next_ = 0;
  }

  bool Produce(std::size_t room) override {
    if (op_.unit || (op_.optional && found_.empty())) {
      for (auto& column : columns_) column.emplace_back();
      Add();
      return true;
    }
    const std::size_t count = std::min(room, found_.size() - next_);
    for (std::size_t i = 0; i < count; ++i) {
      const std::vector<Value>& row = found_[next_ + i];
      for (std::size_t k = 0; k < columns_.size(); ++k) {
        columns_[k].push_back(row.at(op_.yields[k].first));
      }
    }
    next_ += count;
    Add(count);
    return next_ == found_.size();
  }

  void Emit(Batch& out) override {
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      out.Set(op_.yields[k].second, NewValues(std::move(columns_[k])));
      columns_[k].clear();
    }
  }

 private:
  /// Says in the end that it has ended, however it did.
  struct Told {
    const std::function<void(const ProcedureProgress&)>& progress;
    std::string_view procedure;
    ~Told() {
      if (progress) progress({procedure, 0, 0, true});
    }
  };

  static std::function<void(std::size_t, std::size_t)> TellerOf(const Told& told) {
    if (!told.progress) return {};
    return [&told](std::size_t done, std::size_t all) {
      told.progress({told.procedure, done, all, false});
    };
  }

  std::vector<std::vector<Value>> Call(const std::vector<Value>& args) {
    const Procedure& procedure = op_.procedure->procedure;
    if (!procedure.run) return procedure.call(view(), args);
    const Told progress{ctx().progress(), op_.procedure->name};
    std::mutex mutex;
    std::size_t held = 0;
    const CallContext context{view(),
                              ctx().threads(),
                              [this] { ctx().Tick(); },
                              [&](std::size_t bytes) {
                                const std::lock_guard lock(mutex);
                                held += bytes;
                                ctx().Hold(bytes);
                              },
                              TellerOf(progress),
                              [this](std::string_view key) { return PlaceOf(key); }};
    std::vector<std::vector<Value>> rows = procedure.run(context, args);
    ctx().Release(held);
    return rows;
  }

  /// The place of an option, or of all of them; unknown where the statement does not write it out.
  TextPosition PlaceOf(std::string_view key) const {
    TextPosition position;
    if (op_.args.empty()) return position;
    const BoundExpr* expr = op_.args.front().get();
    if (expr->kind == BoundKind::kMap) {
      const auto found = std::find(expr->names.begin(), expr->names.end(), key);
      if (found != expr->names.end()) expr = expr->args[found - expr->names.begin()].get();
    }
    position.offset = expr->span.begin;
    position.length = expr->span.size();
    return position;
  }

  Value Checked(const Value& value, const ProcedureField& field) const {
    if (value.is_null() && field.nullable) return value;
    if (value.is_null() || !Accepts(field.type, value)) {
      throw RuntimeError(ErrorCode::kInvalidArgument,
                         op_.procedure->name + ": argument '" + field.name + "' must be " +
                             field.type + ", got " + std::string(graph::TypeName(value.type())),
                         "SyntaxError", "InvalidArgumentType");
    }
    if (field.type == "FLOAT") return Value(value.as_number());
    return value;
  }

  LogicalCall op_;
  std::vector<Expression*> args_;
  std::vector<ColumnPtr> arg_columns_;
  std::vector<std::vector<Value>> found_;
  std::size_t next_ = 0;
  std::vector<std::vector<Value>> columns_;
};

}  // namespace

OperatorPtr MakeCall(const LogicalCall& op, const LogicalPlan& plan) {
  return std::make_unique<CallOperator>(op, plan);
}

}  // namespace verbale::query
