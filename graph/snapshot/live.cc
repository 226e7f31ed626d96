#include "graph/snapshot/live.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "graph/error.h"
#include "graph/snapshot/layout.h"
#include "graph/snapshot/state_reader.h"
#include "graph/snapshot/state_transaction.h"

namespace verbale::graph::snapshot {
namespace {

class LiveGraph final : public Live, public TransactionHost {
 public:
  explicit LiveGraph(store::Store& store) : store_(store) {}

  std::shared_ptr<const View> Read() const override { return Current(); }

  std::unique_ptr<Transaction> Begin(std::string author) override {
    if (store_.read_only()) {
      throw Error(ErrorCode::kIo, "the graph is open for reading only");
    }
    if (writing_) {
      throw Error(ErrorCode::kIo, "another transaction is open on this graph; end it first");
    }
    auto transaction =
        std::make_unique<StateTransaction>(Current()->state(), *this, std::move(author));
    writing_ = true;
    return transaction;
  }

  void Refresh() override {
    const std::lock_guard lock(mutex_);
    is_behind_ = true;
  }

 private:
  std::shared_ptr<const CommittedView> Current() const {
    const std::lock_guard lock(mutex_);
    if (is_behind_) {
      current_ = std::make_shared<const CommittedView>(Next(store_.Pin()));
      is_behind_ = false;
    }
    return current_;
  }

  /// What `pinned` has. Under mutex_.
  GraphState Next(std::shared_ptr<const store::State> pinned) const {
    if (!current_) return LayOut(std::move(pinned));
    auto state = CatchUp(current_->state(), pinned);
    if (!state) return LayOut(std::move(pinned));
    return IsTimeToLayOut(*state) ? LayOutAgain(*state) : *std::move(state);
  }

  void Publish(GraphState state, const store::WriteSet& writes) override {
    store_.Apply(writes);
    std::shared_ptr<const CommittedView> next;
    try {
      state.pinned = store_.Pin();
      if (IsTimeToLayOut(state)) state = LayOutAgain(state);
      next = std::make_shared<const CommittedView>(std::move(state));
    } catch (...) {
      Refresh();  // It is written, so the next reader must see it.
      throw;
    }
    const std::lock_guard lock(mutex_);
    current_ = std::move(next);
    is_behind_ = false;
  }

  void Release() noexcept override { writing_ = false; }

  store::Store& store_;
  bool writing_ = false;  // Used by the one thread that writes.
  mutable std::mutex mutex_;
  // Under mutex_. The last state that was laid out, shared with readers; nullptr before the first.
  mutable std::shared_ptr<const CommittedView> current_;
  mutable bool is_behind_ = true;  // Under mutex_. The store may have more than current_.
};

}  // namespace

std::unique_ptr<Live> Live::Open(store::Store& store) { return std::make_unique<LiveGraph>(store); }

}  // namespace verbale::graph::snapshot
