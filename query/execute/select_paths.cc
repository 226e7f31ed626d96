// SHORTEST k, ANY k, ALL SHORTEST, SHORTEST k GROUPS: a choice among all matches, made for each
// pair of ends.

#include <algorithm>
#include <numeric>

#include "query/execute/operators.h"
#include "query/execute/row_key.h"

namespace verbale::query {
namespace {

class SelectPathsOperator : public Operator {
 public:
  explicit SelectPathsOperator(const LogicalSelectPaths& op) : op_(op), keys_({op.from, op.to}) {}

 protected:
  void DoReset() override { done_ = false; }

  bool DoNext(Batch& out) override {
    if (done_) return false;
    done_ = true;
    const std::vector<Batch> batches = PullAll(input(), ctx());
    if (batches.empty()) return false;
    std::vector<Slot> slots = keep_;
    slots.insert(slots.end(), keys_.begin(), keys_.end());
    slots.insert(slots.end(), op_.rels.begin(), op_.rels.end());
    const Batch all = Concatenate(batches, slots, view());
    const std::vector<std::uint32_t> chosen = Choose(all);
    if (chosen.empty()) return false;
    GatherBatch(all, chosen, keep_, out);
    return true;
  }

 private:
  std::uint64_t LengthOf(const Batch& all, std::size_t row) const {
    std::uint64_t length = 0;
    for (const Slot slot : op_.rels) {
      const graph::Value part = all.at(slot)->At(row, view());
      if (part.is_path()) {
        length += part.as_path().rels.size();
      } else {
        length += part.is_list() ? part.as_list().size() : 1;
      }
    }
    return length;
  }

  std::vector<std::uint32_t> Choose(const Batch& all) {
    RowTable table;
    RowKey key;
    std::vector<std::vector<std::pair<std::uint64_t, std::uint32_t>>> groups;
    for (std::size_t row = 0; row < all.rows; ++row) {
      ReadKey(all, row, keys_, view(), key);
      const std::size_t group = table.Insert(key).first;
      if (group == groups.size()) groups.emplace_back();
      groups[group].emplace_back(LengthOf(all, row), static_cast<std::uint32_t>(row));
    }
    std::vector<std::uint32_t> chosen;
    for (auto& group : groups) {
      std::stable_sort(group.begin(), group.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      Take(group, chosen);
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
  }

  void Take(const std::vector<std::pair<std::uint64_t, std::uint32_t>>& group,
            std::vector<std::uint32_t>& chosen) const {
    std::uint64_t lengths = 0;
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (i == 0 || group[i].first != group[i - 1].first) ++lengths;
      const bool by_length = op_.selector == PathSelector::kShortestGroups ||
                             op_.selector == PathSelector::kAllShortest ||
                             op_.selector == PathSelector::kAllShortestPaths;
      if ((by_length ? lengths : i + 1) > Limit()) return;
      chosen.push_back(group[i].second);
    }
  }

  std::uint64_t Limit() const {
    switch (op_.selector) {
      case PathSelector::kAllShortest:
      case PathSelector::kAllShortestPaths:
      case PathSelector::kShortestPath:
        return 1;
      default:
        return op_.count;
    }
  }

  LogicalSelectPaths op_;
  std::vector<Slot> keys_;
  bool done_ = false;
};

}  // namespace

OperatorPtr MakeSelectPaths(const LogicalSelectPaths& op) {
  return std::make_unique<SelectPathsOperator>(op);
}

}  // namespace verbale::query
