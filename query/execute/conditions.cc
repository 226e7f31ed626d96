#include "query/execute/conditions.h"

#include <algorithm>

#include "query/execute/kernels.h"

namespace verbale::query {
namespace {

/// So many times fewer rows than there are can be looked at one by one.
constexpr std::size_t kFew = 8;

Truth IsTrue(Truth truth) { return static_cast<Truth>(truth == Truth::kTrue); }

}  // namespace

void Conditions::Select(const Batch& batch, const graph::View& view,
                        std::vector<std::uint32_t>& rows) {
  Mark(batch, view);
  rows.resize(truth_.size());
  rows.resize(SelectRows(truth_, rows.data()));
}

std::span<Truth> Conditions::Mark(const Batch& batch, const graph::View& view) {
  if (all_.empty() || batch.rows == 0) {
    truth_.assign(batch.rows, Truth::kTrue);
    return truth_;
  }
  truth_ = EvaluateTruth(*all_.front().expression, batch, view);
  for (Truth& truth : truth_) truth = IsTrue(truth);
  for (std::size_t i = 1; i < all_.size(); ++i) {
    if (all_[i].can_fail || AreFew()) {
      Narrow(*all_[i].expression, batch, view);
      continue;
    }
    const std::vector<Truth> next = EvaluateTruth(*all_[i].expression, batch, view);
    for (std::size_t row = 0; row < truth_.size(); ++row) {
      truth_[row] = std::min(truth_[row], IsTrue(next[row]));
    }
  }
  return truth_;
}

bool Conditions::AreFew() const {
  std::size_t count = 0;
  for (const Truth truth : truth_) count += static_cast<std::size_t>(truth);
  return count * kFew < truth_.size();
}

/// Of the rows that are left, leaves those for which `next` is true.
void Conditions::Narrow(Expression& next, const Batch& batch, const graph::View& view) {
  rows_.resize(truth_.size());
  rows_.resize(SelectRows(truth_, rows_.data()));
  if (rows_.empty()) return;
  Batch narrow;
  GatherBatch(batch, rows_, next.reads(), narrow);
  const std::vector<Truth> truth = EvaluateTruth(next, narrow, view);
  for (std::size_t i = 0; i < rows_.size(); ++i) truth_[rows_[i]] = IsTrue(truth[i]);
}

}  // namespace verbale::query
