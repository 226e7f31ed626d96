#include "cli/reading.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>

#include "extract/facts_jsonl.h"
#include "graph/error.h"

namespace verbale::cli {
namespace {

using Unchanged = std::function<bool(const InputFile&, const std::string&)>;

ReadOutcome ReadOne(const InputFile& file, const extract::Reader& reader,
                    const Unchanged& is_unchanged) {
  ReadOutcome outcome;
  outcome.file = &file;
  try {
    outcome.unread = true;
    std::string bytes = ReadInput(file);
    outcome.unread = false;
    outcome.bytes = bytes.size();
    outcome.unchanged = is_unchanged(file, bytes);
    if (!outcome.unchanged) outcome.facts = reader.Read({file.path, std::move(bytes)});
  } catch (const Error& error) {
    outcome.failure = error.what();
  }
  return outcome;
}

// Workers take the next file; the caller takes outcomes in order. A worker that is too far ahead of
// the caller waits, which bounds what is held.
class Pipeline {
 public:
  Pipeline(const std::vector<InputFile>& files, const extract::Reader& reader,
           const Unchanged& is_unchanged, unsigned threads)
      : files_(files),
        reader_(reader),
        is_unchanged_(is_unchanged),
        ahead_(16 * std::size_t{threads}) {
    try {
      for (unsigned i = 0; i < threads; ++i) workers_.emplace_back([this] { Work(); });
    } catch (const std::system_error&) {
      // The system gives no more threads: those that run share the files.
      if (workers_.empty()) throw Error(ErrorCode::kIo, "the system gives no thread");
    }
  }

  ~Pipeline() {
    {
      const std::lock_guard lock(mutex_);
      stopped_ = true;
    }
    changed_.notify_all();
    for (std::thread& worker : workers_) worker.join();
  }

  ReadOutcome Take(std::size_t index) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return done_.count(index) != 0 || failed_ != nullptr; });
    if (failed_ != nullptr) std::rethrow_exception(failed_);
    ReadOutcome outcome = std::move(done_.at(index));
    done_.erase(index);
    taken_ = index + 1;
    changed_.notify_all();
    return outcome;
  }

 private:
  void Work() {
    for (;;) {
      std::size_t index = 0;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(
            lock, [&] { return stopped_ || next_ < taken_ + ahead_ || next_ >= files_.size(); });
        if (stopped_ || next_ >= files_.size()) return;
        index = next_++;
      }
      try {
        Put(index, ReadOne(files_[index], reader_, is_unchanged_));
      } catch (...) {  // not an Error of one file: memory, or a mistake of ours; the caller ends
                       // the batch
        const std::lock_guard lock(mutex_);
        failed_ = std::current_exception();
        stopped_ = true;
        changed_.notify_all();
        return;
      }
    }
  }

  void Put(std::size_t index, ReadOutcome outcome) {
    const std::lock_guard lock(mutex_);
    done_.emplace(index, std::move(outcome));
    changed_.notify_all();
  }

  const std::vector<InputFile>& files_;
  const extract::Reader& reader_;
  const Unchanged& is_unchanged_;
  const std::size_t ahead_;
  std::vector<std::thread> workers_;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Under mutex_:
  std::map<std::size_t, ReadOutcome> done_;
  std::size_t next_ = 0;
  std::size_t taken_ = 0;
  std::exception_ptr failed_;
  bool stopped_ = false;
};

}  // namespace

void ReadAll(const std::vector<InputFile>& files, const extract::Reader& reader, unsigned threads,
             const Unchanged& is_unchanged, const std::function<void(ReadOutcome)>& sink) {
  if (threads <= 1 || files.size() <= 1) {
    for (const InputFile& file : files) sink(ReadOne(file, reader, is_unchanged));
    return;
  }
  const auto most = static_cast<unsigned>(std::min<std::size_t>(threads, files.size()));
  Pipeline pipeline(files, reader, is_unchanged, most);
  for (std::size_t i = 0; i < files.size(); ++i) sink(pipeline.Take(i));
}

void KeepUnasserted(graph::DocumentFacts& facts) {
  for (std::size_t i = 0, all = facts.facts.size(); i < all; ++i) {
    if (facts.facts[i].evidence.modality == graph::Modality::kAsserted) continue;
    graph::Fact kept = facts.facts[i];
    kept.type = extract::RelationOf(kept);
    facts.facts.push_back(std::move(kept));
  }
}

}  // namespace verbale::cli
