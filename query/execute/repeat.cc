// Quantified groups. The inner plan goes through the group once; repetitions are tried depth first,
// with an explicit stack. No relationship is taken twice over all repetitions of a match.

#include <algorithm>

#include "query/execute/operators.h"
#include "query/execute/path_builder.h"
#include "query/execute/row_expander.h"
#include "query/execute/trail.h"

namespace verbale::query {
namespace {

using graph::NodeNo;
using graph::Value;

class RepeatOperator : public RowExpander {
 public:
  RepeatOperator(const LogicalRepeat& op, OuterRowsPtr outer)
      : op_(op), outer_rows_(std::move(outer)), lists_(op.lists.size()) {}

 protected:
  void DoReset() override {
    RowExpander::DoReset();
    Forget();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    frames_.clear();
    rounds_.clear();
    start_ = NodeAt(*rows.at(op_.from), row);
    if (start_ == graph::kNoNode) return;
    if (op_.into) target_ = NodeAt(*rows.at(op_.to), row);
    taken_.Load(rows, row, op_.distinct_from);
    std::vector<Slot> all;
    for (std::uint32_t i = 0; i < rows.columns.size(); ++i) all.push_back(Slot{i});
    GatherBatch(rows, std::span(&row, 1), all, outer_);
    if (op_.length.min == 0) Offer(start_);
    Descend(start_);
  }

  bool Produce(std::size_t room) override {
    const std::size_t enough = made() + room;
    while (!frames_.empty()) {
      if (made() >= enough) return false;
      Frame& frame = frames_.back();
      if (frame.next == frame.rounds.size()) {
        frames_.pop_back();
        if (!rounds_.empty()) rounds_.pop_back();
        continue;
      }
      Round round = std::move(frame.rounds[frame.next++]);
      if (IsTaken(round)) continue;
      const NodeNo end = round.end;
      rounds_.push_back(std::move(round));
      if (rounds_.size() >= op_.length.min) Offer(end);
      Descend(end);
    }
    return true;
  }

  void Emit(Batch& out) override {
    if (!op_.into) out.Set(op_.to, NewNumbers(ColumnKind::kNodes, std::move(ends_)));
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      out.Set(op_.lists[i].second, NewValues(std::move(lists_[i])));
    }
    if (op_.path != kNoSlot) out.Set(op_.path, NewValues(std::move(paths_)));
    Forget();
  }

 private:
  /// One way through the group.
  struct Round {
    NodeNo end;
    std::vector<graph::RelNo> rels;
    std::vector<Value> items;  ///< By op_.lists.
    std::vector<Value> trace;
  };
  struct Frame {
    std::vector<Round> rounds;
    std::size_t next = 0;
  };

  void Forget() {
    ends_.clear();
    paths_.clear();
    for (std::vector<Value>& list : lists_) list.clear();
  }

  bool IsTaken(const Round& round) const {
    // A round without relationships could be repeated for ever.
    if (round.rels.empty() && !op_.length.max) return true;
    for (const graph::RelNo rel : round.rels) {
      if (taken_.Has(rel)) return true;
      for (const Round& earlier : rounds_) {
        if (std::find(earlier.rels.begin(), earlier.rels.end(), rel) != earlier.rels.end()) {
          return true;
        }
      }
    }
    return false;
  }

  void Descend(NodeNo node) {
    ctx().Tick();
    Frame frame;
    if (!op_.length.max || rounds_.size() < *op_.length.max) {
      outer_.Set(op_.inner_from, NewNumbers(ColumnKind::kNodes, {node.value}));
      outer_rows_->rows = &outer_;
      inner().Reset();
      Batch found;
      while (inner().Next(found)) {
        for (std::size_t row = 0; row < found.rows; ++row) {
          frame.rounds.push_back(ReadRound(found, row));
        }
      }
    }
    frames_.push_back(std::move(frame));
  }

  Round ReadRound(const Batch& found, std::size_t row) const {
    Round round;
    round.end = NodeAt(*found.at(op_.inner_to), row);
    for (const Slot slot : op_.inner_rels) {
      const Value rel = found.at(slot)->At(row, view());
      if (rel.is_rel()) round.rels.push_back(rel.as_rel().no);
      if (!rel.is_list()) continue;
      for (const Value& item : rel.as_list()) round.rels.push_back(item.as_rel().no);
    }
    for (const auto& [inner_slot, list] : op_.lists) {
      round.items.push_back(found.at(inner_slot)->At(row, view()));
    }
    if (op_.path == kNoSlot) return round;
    for (const Slot slot : op_.trace) round.trace.push_back(found.at(slot)->At(row, view()));
    return round;
  }

  void Offer(NodeNo end) {
    if (op_.into && end != target_) return;
    ends_.push_back(end.value);
    for (std::size_t i = 0; i < lists_.size(); ++i) {
      graph::List list;
      for (const Round& round : rounds_) list.push_back(round.items[i]);
      lists_[i].emplace_back(std::move(list));
    }
    if (op_.path != kNoSlot) {
      PathBuilder builder(view());
      builder.AddNode(start_);
      for (const Round& round : rounds_) {
        for (const Value& part : round.trace) builder.Add(part);
      }
      paths_.push_back(builder.Finish());
    }
    Add();
  }

  LogicalRepeat op_;
  OuterRowsPtr outer_rows_;
  Batch outer_;
  NodeNo start_;
  NodeNo target_;
  TakenRels taken_;
  std::vector<Round> rounds_;
  std::vector<Frame> frames_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::vector<Value>> lists_;
  std::vector<Value> paths_;
};

}  // namespace

OperatorPtr MakeRepeat(const LogicalRepeat& op, OuterRowsPtr outer) {
  return std::make_unique<RepeatOperator>(op, std::move(outer));
}

}  // namespace verbale::query
