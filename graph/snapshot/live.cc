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

// Past so many patches, and past an eighth of what is laid out, reading through the Delta costs
// more than laying out again, shared over the writes that led there.
constexpr std::uint64_t kFewPatches = 4096;
constexpr std::uint64_t kManyPatches = 100'000;

bool IsTimeToLayOut(const GraphState& state) {
  const std::uint64_t patches = state.delta().patches;
  const std::uint64_t base = state.base().node_count() + std::uint64_t{state.base().rel_count()};
  return patches > kManyPatches || patches > std::max(kFewPatches, base / 8);
}

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
    current_ = nullptr;
  }

 private:
  std::shared_ptr<const CommittedView> Current() const {
    const std::lock_guard lock(mutex_);
    if (!current_) current_ = std::make_shared<const CommittedView>(LayOut(store_.Pin()));
    return current_;
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
  }

  void Release() noexcept override { writing_ = false; }

  store::Store& store_;
  bool writing_ = false;  // Used by the one thread that writes.
  mutable std::mutex mutex_;
  // Under mutex_. Shared with readers. nullptr: what the store has must be laid out.
  mutable std::shared_ptr<const CommittedView> current_;
};

}  // namespace

std::unique_ptr<Live> Live::Open(store::Store& store) { return std::make_unique<LiveGraph>(store); }

}  // namespace verbale::graph::snapshot
