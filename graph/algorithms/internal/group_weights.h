#pragma once

#include <cstdint>
#include <vector>

namespace verbale::graph::algorithms {

/// Sums of weights by group, for a few groups of many at a time. Groups are met in the order of
/// their first weight, which is never below zero.
class GroupWeights {
 public:
  explicit GroupWeights(std::size_t groups) : weights_(groups, kNone) {}

  void Add(std::uint32_t group, double weight) {
    if (weights_[group] < 0) {
      weights_[group] = 0;
      met_.push_back(group);
    }
    weights_[group] += weight;
  }
  /// Below zero where nothing was added.
  double Of(std::uint32_t group) const { return weights_[group]; }
  const std::vector<std::uint32_t>& met() const { return met_; }
  /// Takes as long as there are groups that were met.
  void Clear() {
    for (const std::uint32_t group : met_) weights_[group] = kNone;
    met_.clear();
  }

 private:
  static constexpr double kNone = -1;

  std::vector<double> weights_;
  std::vector<std::uint32_t> met_;
};

}  // namespace verbale::graph::algorithms
