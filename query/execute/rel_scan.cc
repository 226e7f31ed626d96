// All relationships of some types with their ends, for every incoming row. They stand side by side
// by number, and so do their properties; what is asked of the ends is asked only where not all ends
// have it.

#include <algorithm>

#include "query/execute/kernels.h"
#include "query/execute/names.h"
#include "query/execute/operators.h"
#include "query/execute/row_expander.h"

namespace verbale::query {
namespace {

using graph::Direction;
using Numbers = std::vector<std::uint32_t>;

class RelScanOperator : public RowExpander {
 public:
  RelScanOperator(const LogicalRelScan& op, const ScanPart* part)
      : op_(op),
        part_(part),
        types_(op.types),
        from_label_(op.from_label),
        to_label_(op.to_label) {}

 protected:
  void DoOpen() override {
    types_.Forget();
    from_label_.Open(ctx());
    to_label_.Open(ctx());
    keep_from_ = Keeps(op_.from);
    keep_rel_ = Keeps(op_.rel);
    keep_to_ = Keeps(op_.to);
  }

  void DoReset() override {
    RowExpander::DoReset();
    Forget();
  }

  void BeginRow(const Batch&, std::uint32_t) override {
    type_ = 0;
    turned_ = false;
    BeginType();
  }

  bool Produce(std::size_t room) override {
    const std::vector<graph::TypeId>& types = types_.Resolve(view());
    if (type_ >= types.size()) return true;
    const std::size_t before = rels_.size();
    rels_.resize(before + room);
    const std::size_t found =
        view().ScanRels(types[type_], next_, AsRels(std::span(rels_).subspan(before)));
    rels_.resize(before + found);
    bool more = found == room;
    if (found > 0) {
      next_ = graph::RelNo{rels_.back() + 1};
      if (part_ != nullptr && next_.value > part_->end) {
        const auto first = rels_.begin() + static_cast<std::ptrdiff_t>(before);
        rels_.erase(std::lower_bound(first, rels_.end(), part_->end), rels_.end());
        more = false;
      }
    }
    TakeEnds(before);
    Add(rels_.size() - before);
    if (more) return false;
    turned_ = op_.arrow == Arrow::kBoth && !turned_;
    if (!turned_) ++type_;
    BeginType();
    return type_ >= types.size();
  }

  void Emit(Batch& out) override {
    if (keep_from_) out.Set(op_.from, NewNumbers(ColumnKind::kNodes, std::move(from_)));
    if (keep_rel_) out.Set(op_.rel, NewNumbers(ColumnKind::kRels, std::move(rels_)));
    if (keep_to_) out.Set(op_.to, NewNumbers(ColumnKind::kNodes, std::move(to_)));
    Forget();
  }

 private:
  bool IsFromSource() const {
    return op_.arrow == Arrow::kBoth ? !turned_ : op_.arrow == Arrow::kOut;
  }
  Direction FromSide() const { return IsFromSource() ? Direction::kOut : Direction::kIn; }
  Direction ToSide() const { return IsFromSource() ? Direction::kIn : Direction::kOut; }

  void Forget() {
    from_.clear();
    rels_.clear();
    to_.clear();
  }

  void BeginType() {
    next_ = graph::RelNo{part_ == nullptr ? 0 : part_->begin};
    const std::vector<graph::TypeId>& types = types_.Resolve(view());
    if (type_ >= types.size()) return;
    ask_from_ = Asks(op_.from_label, types[type_], FromSide());
    ask_to_ = Asks(op_.to_label, types[type_], ToSide());
    skip_loops_ = turned_ && view().MayHaveLoops(types[type_]);
  }

  /// Whether ends on this side have to be asked for the label.
  bool Asks(const std::optional<std::string>& name, graph::TypeId type, Direction side) const {
    if (!name) return false;
    const auto label = view().catalog().FindLabel(*name);
    return !label || !view().AllHaveLabel(type, side, *label);
  }

  /// The ends of the relationships from `before` on; those whose ends do not fit go.
  void TakeEnds(std::size_t before) {
    if (keep_from_ || ask_from_ || skip_loops_) ReadEnds(before, FromSide(), from_);
    if (keep_to_ || ask_to_ || skip_loops_) ReadEnds(before, ToSide(), to_);
    if (!ask_from_ && !ask_to_ && !skip_loops_) return;
    std::size_t kept = before;
    for (std::size_t i = before; i < rels_.size(); ++i) {
      if (ask_from_ && !from_label_.Holds(graph::NodeNo{from_[i]})) continue;
      if (ask_to_ && !to_label_.Holds(graph::NodeNo{to_[i]})) continue;
      if (skip_loops_ && from_[i] == to_[i]) continue;
      rels_[kept] = rels_[i];
      if (!from_.empty()) from_[kept] = from_[i];
      if (!to_.empty()) to_[kept] = to_[i];
      ++kept;
    }
    rels_.resize(kept);
    if (!from_.empty()) from_.resize(kept);
    if (!to_.empty()) to_.resize(kept);
    // What comes next of the batch may not have to be asked, and is as long only where it is kept.
    if (!keep_from_) from_.clear();
    if (!keep_to_) to_.clear();
  }

  void ReadEnds(std::size_t before, Direction side, Numbers& ends) const {
    ends.resize(rels_.size());
    view().NodesOf(AsRels(std::span<const std::uint32_t>(rels_).subspan(before)), side,
                   AsNodes(std::span(ends).subspan(before)));
  }

  LogicalRelScan op_;
  const ScanPart* part_;
  TypeFilter types_;
  LabelTest from_label_;
  LabelTest to_label_;
  bool keep_from_ = false;
  bool keep_rel_ = false;
  bool keep_to_ = false;
  bool ask_from_ = false;
  bool ask_to_ = false;
  bool turned_ = false;      ///< Where either direction will do: from their targets now.
  bool skip_loops_ = false;  ///< That were given from their sources already.
  std::size_t type_ = 0;
  graph::RelNo next_;
  Numbers from_;
  Numbers rels_;
  Numbers to_;
};

}  // namespace

OperatorPtr MakeRelScan(const LogicalRelScan& op, const ScanPart* part) {
  return std::make_unique<RelScanOperator>(op, part);
}

}  // namespace verbale::query
