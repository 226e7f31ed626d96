// The committed state, kept up to date.
//
// What is read is a Snapshot with a Delta over it. The first reader maps the Snapshot from its file
// and takes up what was committed since; where there is no file that fits, it lays the graph out
// from the store. As the Delta grows, the graph is laid out again: at once where that takes a few
// milliseconds, else by a thread beside readers and the writer. What it made takes over in a moment
// that no transaction spans, after it has taken up what was committed meanwhile: when the next
// transaction begins, or at once where none is open. Readers do not wait for any of it. What is
// replaced is freed by the thread, since that takes long, too.

#include "graph/snapshot/live.h"

#include <algorithm>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include <sys/resource.h>

#include "graph/error.h"
#include "graph/snapshot/layout.h"
#include "graph/snapshot/snapshot_file.h"
#include "graph/snapshot/state_reader.h"
#include "graph/snapshot/state_transaction.h"

namespace verbale::graph::snapshot {
namespace {

// So much is laid out while the writer waits: it takes some ten milliseconds.
constexpr std::uint64_t kLaidOutAtOnce = 50'000;
// A thread that laid out hands over once no more than so much was committed meanwhile.
constexpr std::uint64_t kLittleToTakeUp = 200;
constexpr int kRounds = 100;  // It stops trying to come so near after this many.
// A file is replaced when whoever opens the graph would have to take up more changes than this, and
// than this part of the graph; or so many commits, since the store lists the changes of only the
// last ones.
constexpr std::uint64_t kFewPatches = 256, kPartOfGraph = 1024, kManyCommits = 4096;

std::uint64_t SizeOf(const GraphState& state) {
  return std::uint64_t{state.base().node_count()} + state.base().rel_count();
}

/// Whoever reads and writes comes before this thread where processors are few.
void YieldToOthers() {
  constexpr int kNice = 10;
  ::setpriority(PRIO_PROCESS, 0, kNice);  // Of the thread, on Linux. Where it fails, all are alike.
}

bool IsTimeToLayOutAtOnce(const GraphState& state) {
  return SizeOf(state) <= kLaidOutAtOnce && IsTimeToLayOut(state);
}

class LiveGraph final : public Live, public TransactionHost {
 public:
  explicit LiveGraph(store::Store& store) : store_(store) {
    if (!store_.folder().empty()) file_ = store_.folder() + "/snapshot";
  }
  ~LiveGraph() override {
    {
      const std::lock_guard lock(mutex_);
      is_closing_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
    try {
      KeepFile();
    } catch (const std::exception&) {
      // The file saves time and holds nothing of its own: who opens next does without.
    }
  }

  std::shared_ptr<const CommittedView> Read() const override { return Current(); }

  std::unique_ptr<Transaction> Begin(std::string author) override {
    Hold();
    try {
      return std::make_unique<StateTransaction>(Current()->state(), *this, std::move(author));
    } catch (...) {
      Release();
      throw;
    }
  }

  void Hold() override {
    if (store_.read_only()) {
      throw Error(ErrorCode::kIo, "the graph is open for reading only");
    }
    std::optional<GraphState> ready;
    {
      const std::lock_guard lock(mutex_);
      if (is_writing_) {
        throw Error(ErrorCode::kIo, "another transaction is open on this graph; end it first");
      }
      is_writing_ = true;
      ready.swap(laid_out_);
      is_taking_over_ = ready.has_value();
    }
    if (ready) TakeOver(*ready);
  }

  void Release() noexcept override {
    {
      const std::lock_guard lock(mutex_);
      is_writing_ = false;
    }
    changed_.notify_all();
  }

  void Refresh() override {
    const std::lock_guard lock(mutex_);
    is_behind_ = true;
    ++refreshes_;
  }

  void LayOutAnew() override {
    const std::lock_guard lock(mutex_);
    current_ = nullptr;
    laid_out_ = std::nullopt;
    is_outdated_ = is_laying_out_;
    kept_ = std::nullopt;
    is_file_damaged_ = true;
  }

  void Adopt(GraphState state) override {
    auto next = std::make_shared<const CommittedView>(std::move(state));
    const std::lock_guard lock(mutex_);
    current_ = std::move(next);
    is_behind_ = false;
  }

 private:
  std::shared_ptr<const CommittedView> Current() const {
    const std::lock_guard lock(mutex_);
    if (current_ && current_->state().base().guard &&
        current_->state().base().guard->is_damaged()) {
      current_ = nullptr;  // The next reader does without the file.
      is_file_damaged_ = true;
    }
    if (is_behind_ || !current_) {
      current_ = std::make_shared<const CommittedView>(Next(store_.Pin()));
      is_behind_ = false;
      LayOutBeside();
    }
    return current_;
  }

  /// What `pinned` has. Under mutex_.
  GraphState Next(std::shared_ptr<const store::State> pinned) const {
    std::optional<GraphState> state;
    if (current_) {
      state = CatchUp(current_->state(), pinned);
    } else if (!is_file_damaged_) {
      state = OpenFile(pinned);
    }
    if (!state) return LayOut(std::move(pinned));
    if (!IsTimeToLayOutAtOnce(*state)) return *std::move(state);
    kept_ = std::nullopt;
    return LayOutAgain(*state);
  }

  /// From the file, with what was committed since. Under mutex_.
  std::optional<GraphState> OpenFile(const std::shared_ptr<const store::State>& pinned) const {
    if (file_.empty()) return std::nullopt;
    const auto file = MapSnapshotFile(file_);
    if (!file || file->sequence > pinned->sequence()) return std::nullopt;
    const GraphState mapped(file->snapshot, NameCatalog(pinned->names()), pinned, 0);
    auto state = CatchUp(mapped, file->sequence, file->history, pinned);
    if (state) kept_ = file->sequence;
    return state;
  }

  void Publish(GraphState state, const store::WriteSet& writes) override {
    store_.Apply(writes);
    std::shared_ptr<const CommittedView> next;
    bool is_laid_out = false;
    try {
      state.pinned = store_.Pin();
      is_laid_out = IsTimeToLayOutAtOnce(state);
      if (is_laid_out) state = LayOutAgain(state);
      next = std::make_shared<const CommittedView>(std::move(state));
    } catch (...) {
      Refresh();  // It is written, so the next reader must see it.
      throw;
    }
    const std::lock_guard lock(mutex_);
    current_.swap(next);  // What there was is freed behind the lock.
    is_behind_ = false;
    if (is_laid_out) kept_ = std::nullopt;  // The file is far behind.
    LayOutBeside();
  }

  // ---- Laying out beside ----------------------------------------------------------------------

  /// Begins to lay out again in a thread, where it is time and none does so yet. Under mutex_.
  void LayOutBeside() const {
    const GraphState& state = current_->state();
    if (is_laying_out_ || laid_out_ || !IsTimeToLayOut(state)) return;
    if (thread_.joinable()) thread_.join();  // It is through.
    is_laying_out_ = true;
    try {
      thread_ = std::thread([this, from = std::optional(state)]() mutable {
        RunBeside(std::exchange(from, std::nullopt));
      });
    } catch (const std::system_error&) {
      is_laying_out_ = false;  // The system gives no more threads. The Delta grows on.
    }
  }

  void RunBeside(std::optional<GraphState> from) const {
    std::optional<GraphState> again;
    std::optional<std::uint64_t> kept;
    std::unique_lock lock(mutex_, std::defer_lock);
    try {
      YieldToOthers();
      again = LayOutAgain(*from);
      kept = Keep(*again);
      // Not under mutex_: the store may be bringing a commit to disk, and readers would wait, too.
      for (int round = 0; round < kRounds && again && !IsNear(*again); ++round) {
        again = CatchUp(*again, store_.Pin());
      }
    } catch (const std::exception&) {
      // The Delta grows on; whoever finds it time again tries again.
      again = std::nullopt;
    }
    if (!lock.owns_lock()) lock.lock();
    if (!std::exchange(is_outdated_, false)) {
      if (kept) kept_ = kept;
      laid_out_ = std::move(again);
    }
    do {
      changed_.wait(
          lock, [this] { return !is_taking_over_ && (!laid_out_ || !is_writing_ || is_closing_); });
    } while (laid_out_ && !is_writing_ && !HandOver(lock));
    changed_.wait(lock, [this] { return !is_taking_over_; });
    laid_out_ = std::nullopt;
    auto replaced = std::exchange(replaced_, nullptr);
    lock.unlock();
    replaced = nullptr;
    from = std::nullopt;
    lock.lock();
    is_laying_out_ = false;
  }

  /// Whether little is left to take up.
  bool IsNear(const GraphState& state) const {
    const auto pinned = store_.Pin();
    if (pinned->sequence() - state.pinned->sequence() > kLittleToTakeUp) return false;
    const auto changes = pinned->ChangesSince(state.pinned->sequence(), state.pinned->history());
    return changes && changes->nodes.size() + changes->rels.size() <= kLittleToTakeUp;
  }

  /// Makes what is laid out the committed state while no transaction is open, in the thread that
  /// laid it out: the little that is left is taken up without mutex_. False where something was
  /// committed or begun meanwhile.
  bool HandOver(std::unique_lock<std::mutex>& lock) const {
    const auto before = current_;
    const std::uint64_t refreshes = refreshes_;
    const GraphState laid_out = *laid_out_;
    lock.unlock();
    auto next = TakeUp(laid_out);
    lock.lock();
    if (!laid_out_) return true;
    if (is_writing_ || current_ != before || refreshes_ != refreshes) return false;
    Put(std::move(next));
    return true;
  }

  /// Makes what a thread laid out the committed state, for a transaction that is about to begin.
  void TakeOver(const GraphState& laid_out) {
    auto next = TakeUp(laid_out);
    {
      const std::lock_guard lock(mutex_);
      Put(std::move(next));
      is_taking_over_ = false;
    }
    changed_.notify_all();  // The thread frees what was replaced.
  }

  /// With what was committed since; nullptr where that cannot be had, and all stays as it is.
  std::shared_ptr<const CommittedView> TakeUp(const GraphState& laid_out) const {
    try {
      auto state = CatchUp(laid_out, store_.Pin());
      if (state) return std::make_shared<const CommittedView>(*std::move(state));
    } catch (const std::exception&) {
      // Whoever reads what is damaged says so.
    }
    return nullptr;
  }

  /// Under mutex_. What there was is left to the thread.
  void Put(std::shared_ptr<const CommittedView> next) const {
    if (!next) return;
    replaced_ = std::exchange(current_, std::move(next));
    is_behind_ = false;
  }

  // ---- The file -------------------------------------------------------------------------------

  /// Writes the file where the system lets us: it may be full, or not ours to write. The sequence
  /// number that it has then.
  std::optional<std::uint64_t> Keep(const GraphState& state) const {
    if (file_.empty() || state.pinned->history() == 0) return std::nullopt;
    try {
      WriteSnapshotFile(file_, state);
      return state.pinned->sequence();
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kIo) throw;
      return std::nullopt;
    }
  }

  /// Leaves a file behind from which the graph is opened quickly. No other thread is left.
  void KeepFile() {
    if (file_.empty()) return;
    if (!current_ && store_.read_only()) return;  // Nobody asked for it.
    const auto pinned = store_.Pin();
    if (pinned->sequence() == 0) return;
    if (!current_ || is_behind_) current_ = std::make_shared<const CommittedView>(Next(pinned));
    const GraphState& state = current_->state();
    const std::uint64_t patches = state.delta().patches;
    const bool is_near = kept_ && patches <= std::max(kFewPatches, SizeOf(state) / kPartOfGraph) &&
                         pinned->sequence() - *kept_ <= kManyCommits;
    if (is_near || (kept_ && store_.read_only())) return;
    Keep(patches == 0 ? state : LayOutAgain(state));
  }

  store::Store& store_;
  std::string file_;  // Empty: kept nowhere.

  mutable std::mutex mutex_;  // Guards what follows.
  bool is_writing_ = false;
  // The last state that was laid out, shared with readers; nullptr before the first.
  mutable std::shared_ptr<const CommittedView> current_;
  mutable bool is_behind_ = true;  // The store may have more than current_.
  std::uint64_t refreshes_ = 0;    // So often was that said.
  mutable bool is_file_damaged_ = false;
  mutable bool is_laying_out_ = false;                     // thread_ is at work.
  mutable std::optional<GraphState> laid_out_;             // What it made, until it is taken over.
  mutable std::shared_ptr<const CommittedView> replaced_;  // By that; the thread frees it.
  bool is_taking_over_ = false;                            // A transaction does, before it begins.
  mutable bool is_outdated_ = false;  // What the thread is making must not be taken over.
  bool is_closing_ = false;
  mutable std::optional<std::uint64_t> kept_;  // Sequence number of the file that fits.
  mutable std::thread thread_;
  mutable std::condition_variable changed_;  // One of these flags, or laid_out_.
};

}  // namespace

std::unique_ptr<Live> Live::Open(store::Store& store) { return std::make_unique<LiveGraph>(store); }

}  // namespace verbale::graph::snapshot
