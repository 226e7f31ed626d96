// A plan in parts: the numbers of its one scan are cut into ranges of one length, and each range
// goes through a copy of the plan from beginning to end. Threads take the next range that nobody
// has; which thread took which, and how many there are, is not seen in the rows, which come in the
// order of the ranges.

#include "graph/parallel.h"
#include "query/execute/build.h"
#include "query/execute/operators.h"

namespace verbale::query {
namespace {

/// So many ranges that two threads end at nearly the same time; what each gives is put together.
constexpr std::uint32_t kRanges = 16;
/// Not shorter, so that beginning a range costs little beside it.
constexpr std::uint32_t kLeastLength = 1u << 13;

class PartsOperator : public Operator {
 public:
  explicit PartsOperator(std::vector<ScanPartPtr> parts) : parts_(std::move(parts)) {}

 protected:
  void DoOpen() override {
    // The first copy was opened with the others; from here on it runs in its own context, too.
    contexts_.clear();
    opened_ = 0;
  }

  void DoReset() override {
    ran_ = false;
    rows_.clear();
    next_range_ = 0;
    next_batch_ = 0;
  }

  bool DoNext(Batch& out) override {
    if (!ran_) Run();
    ran_ = true;
    for (; next_range_ < rows_.size(); ++next_range_, next_batch_ = 0) {
      std::vector<Batch>& batches = rows_[next_range_];
      if (next_batch_ == batches.size()) continue;
      out = std::move(batches[next_batch_++]);
      return true;
    }
    return false;
  }

 private:
  void Run() {
    const std::uint32_t limit = parts_.front()->is_of_rels ? view().RelLimit() : view().NodeLimit();
    length_ = std::max(kLeastLength, limit / kRanges + 1);
    const std::size_t ranges =
        std::max<std::size_t>(1, (limit + std::size_t{length_} - 1) / length_);
    rows_.resize(ranges);
    std::size_t threads = std::min(parts_.size(), ranges);
    if (ctx().threads() != 0) threads = std::min<std::size_t>(threads, ctx().threads());
    // A profile is of one thread, and a transaction may be read by one only.
    if (ctx().profile || ctx().in_transaction()) threads = 1;
    for (; opened_ < threads; ++opened_) OpenCopy(opened_);
    graph::RunParts(ranges, threads,
                    [this](std::size_t range, std::size_t copy) { RunRange(copy, range); });
  }

  void OpenCopy(std::size_t copy) {
    if (copy == 0) return;
    contexts_.push_back(std::make_unique<ExecContext>(&ctx()));
    inputs_[copy]->Open(*contexts_.back());
  }

  void RunRange(std::size_t copy, std::size_t range) {
    ScanPart& part = *parts_[copy];
    part.begin = static_cast<std::uint32_t>(range) * length_;
    part.end = range + 1 == rows_.size() ? UINT32_MAX : part.begin + length_;
    ExecContext& own = copy == 0 ? ctx() : *contexts_[copy - 1];
    inputs_[copy]->Reset();
    Batch batch;
    while (inputs_[copy]->Next(batch)) {
      own.Hold(BytesOf(batch));
      rows_[range].push_back(std::move(batch));
      batch = Batch();
    }
  }

  std::vector<ScanPartPtr> parts_;                      ///< By copy of the input.
  std::vector<std::unique_ptr<ExecContext>> contexts_;  ///< Of all copies but the first.
  std::size_t opened_ = 0;
  std::uint32_t length_ = 0;  ///< Of a range.
  bool ran_ = false;
  std::vector<std::vector<Batch>> rows_;  ///< By range.
  std::size_t next_range_ = 0;
  std::size_t next_batch_ = 0;
};

}  // namespace

OperatorPtr MakeParts(std::vector<ScanPartPtr> parts) {
  return std::make_unique<PartsOperator>(std::move(parts));
}

}  // namespace verbale::query
