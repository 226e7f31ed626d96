#include "graph/store/store.h"

#include <algorithm>
#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "graph/error.h"
#include "graph/store/apply.h"
#include "graph/store/checksum.h"
#include "graph/store/coding.h"
#include "graph/store/format.h"
#include "graph/store/graph_folder.h"
#include "graph/store/keys.h"
#include "graph/store/last_commit.h"
#include "graph/store/lock.h"
#include "graph/store/pending.h"
#include "graph/store/records.h"

namespace verbale::graph::store {
namespace {

// Keys of kMeta.
constexpr std::string_view kCountersKey = "counters";

// Lists of changes of older commits are dropped: whoever is further behind reads everything again.
// So it is with one commit that touches more than this.
constexpr std::uint64_t kCommitsKept = 8192;
constexpr std::size_t kMostChanges = 200'000;
constexpr std::size_t kLargeCommit = std::size_t{4} << 20;  // bytes

void AppendNames(CatalogKind kind, std::size_t first, const std::vector<std::string>& names,
                 Batch& batch) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    batch.Put(Space::kCatalog, CatalogKey(kind, static_cast<std::uint32_t>(first + i)), names[i]);
  }
}

void TakeName(std::vector<std::string>& names, std::uint32_t number, std::string_view name) {
  if (number != names.size()) {
    throw Error(ErrorCode::kCorruption, "a name is missing from the catalog");
  }
  names.emplace_back(name);
}

/// The history of a state that `batch` makes out of one with `history`.
std::uint64_t HistoryAfter(std::uint64_t history, const Batch& batch) {
  for (const Batch::Operation& operation : batch.operations()) {
    const std::uint64_t kind =
        static_cast<std::uint64_t>(operation.space) << 1 | (operation.value ? 1 : 0);
    history = Checksum64(operation.key, history ^ kind);
    if (operation.value) history = Checksum64(*operation.value, history);
  }
  return history;
}

/// Whether it is better taken in as sorted runs, as an import is: what goes through the log is
/// written twice, and read again by whoever opens the store before it was flushed.
bool IsLargeAndAdds(const Batch& batch) {
  std::size_t bytes = 0;
  for (const Batch::Operation& operation : batch.operations()) {
    if (!operation.value) return false;
    bytes += operation.key.size() + operation.value->size();
  }
  return bytes > kLargeCommit;
}

}  // namespace

std::unique_ptr<Store> Store::Open(const std::string& folder, const OpenOptions& options) {
  const bool exists = HoldsStore(folder);
  if (!exists && (options.read_only || !options.create)) {
    throw Error(ErrorCode::kNotFound, "there is no graph in '" + folder + "'")
        .WithHint("'verbale build' makes one");
  }
  std::unique_ptr<WriterLock> lock;
  if (!options.read_only) {
    std::error_code error;
    if (!exists) ExpectNothingElse(folder);
    std::filesystem::create_directories(folder, error);
    if (error) {
      throw Error(ErrorCode::kIo, "cannot make '" + folder + "': " + error.message());
    }
    lock = std::make_unique<WriterLock>(folder + "/lock", options.command);
  }
  const std::uint64_t noted = NotedCommit(folder);  // First: another process may commit meanwhile.
  auto engine = OpenRocksDb(DatabaseIn(folder),
                            {.read_only = options.read_only, .create = !options.read_only});
  CheckFormat(*engine, options.read_only);
  std::unique_ptr<Store> store(
      new Store(std::move(engine), std::move(lock), folder, options.read_only));
  if (store->counters_.sequence < noted) {
    // Not to be closed as a store that is whole.
    store->read_only_ = true;
    throw Error(ErrorCode::kCorruption,
                fmt::format("store: commits are missing: there are {} of {}; a log is gone or cut "
                            "off",
                            store->counters_.sequence, noted))
        .WithHint("restore a backup; without the file 'last' the graph opens with what is left");
  }
  return store;
}

std::unique_ptr<Store> Store::InMemory() { return Over(MakeMemoryEngine()); }

std::unique_ptr<Store> Store::Over(std::unique_ptr<Engine> engine) {
  return std::unique_ptr<Store>(new Store(std::move(engine), nullptr, "", false));
}

Store::Store(std::unique_ptr<Engine> engine, std::unique_ptr<WriterLock> lock, std::string folder,
             bool read_only)
    : lock_(std::move(lock)),
      engine_(std::move(engine)),
      folder_(std::move(folder)),
      read_only_(read_only) {
  Load();
}

Store::~Store() {
  if (read_only_ || folder_.empty() || NotedCommit(folder_) == counters_.sequence) return;
  try {
    engine_->SyncLog();  // A note must not know more than the log.
    NoteCommit(folder_, counters_.sequence);
  } catch (const std::exception&) {  // The log could not be synced: no note.
  }
}

void Store::Load() {
  const auto snapshot = engine_->Snapshot();
  if (const auto bytes = snapshot->Get(Space::kMeta, kCountersKey)) {
    counters_ = DecodeCounters(*bytes);
  }
  Names names;
  std::vector<SchemaItem> schema;
  for (auto cursor = snapshot->Walk(Space::kCatalog); cursor->Valid(); cursor->Next()) {
    ByteReader key(cursor->key(), "catalog key");
    switch (static_cast<CatalogKind>(key.U8())) {
      case CatalogKind::kLabel:
        TakeName(names.labels, key.U32(), cursor->value());
        break;
      case CatalogKind::kType:
        TakeName(names.types, key.U32(), cursor->value());
        break;
      case CatalogKind::kKey:
        TakeName(names.keys, key.U32(), cursor->value());
        break;
      case CatalogKind::kSchema:
        schema.push_back(DecodeSchemaItem(cursor->value()));
        break;
      default:
        key.Fail("unknown kind");
    }
  }
  schema = SchemaAfter(std::move(schema), {});  // Sorted.
  names_ = std::make_shared<const Names>(std::move(names));
  schema_ = std::make_shared<const std::vector<SchemaItem>>(std::move(schema));
}

std::shared_ptr<const State> Store::Pin() const {
  const std::scoped_lock lock(mutex_);
  if (auto last = last_.lock(); last && last->sequence() == counters_.sequence) return last;
  // Nothing need be held where nothing is: runs that are ingested beside a snapshot are written
  // once more when it is gone.
  auto reader = counters_.sequence == 0 ? MakeMemoryEngine()->Snapshot() : engine_->Snapshot();
  auto state = std::make_shared<const State>(std::move(reader), names_, schema_, counters_);
  last_ = state;
  return state;
}

std::uint64_t Store::Apply(const WriteSet& writes, Sync sync) {
  return Write(MakeCommit(*Pin(), writes), sync);
}

/// What the store has once a commit is written.
struct Store::Next {
  std::shared_ptr<const Names> names;
  std::shared_ptr<const std::vector<SchemaItem>> schema;
  Counters counters;
};

/// Adds to the batch what the store itself keeps. Under mutex_.
Store::Next Store::Complete(Commit& commit, std::uint64_t checksum) const {
  if (read_only_) throw Error(ErrorCode::kIo, "the graph was opened read-only");
  Next next{names_, schema_, counters_};
  Batch& batch = commit.batch;

  const Names& more = commit.new_names;
  if (!more.labels.empty() || !more.types.empty() || !more.keys.empty()) {
    AppendNames(CatalogKind::kLabel, names_->labels.size(), more.labels, batch);
    AppendNames(CatalogKind::kType, names_->types.size(), more.types, batch);
    AppendNames(CatalogKind::kKey, names_->keys.size(), more.keys, batch);
    next.names = std::make_shared<const Names>(Extended(*names_, more));
  }

  if (!commit.schema_dropped.empty() || !commit.schema_created.empty()) {
    for (const std::string& name : commit.schema_dropped) {
      batch.Delete(Space::kCatalog, SchemaKey(name));
    }
    for (const SchemaItem& item : commit.schema_created) {
      batch.Put(Space::kCatalog, SchemaKey(item.name), Encode(item));
    }
    next.schema = std::make_shared<const std::vector<SchemaItem>>(SchemaAfter(*schema_, commit));
  }

  next.counters = {counters_.sequence + 1, HistoryAfter(counters_.history ^ checksum, batch),
                   commit.manual_ids.value_or(counters_.manual_ids)};
  batch.Put(Space::kMeta, std::string(kCountersKey), Encode(next.counters));
  return next;
}

void Store::Adopt(Next next) {
  names_ = std::move(next.names);
  schema_ = std::move(next.schema);
  counters_ = next.counters;
}

std::uint64_t Store::Write(Commit commit, Sync sync) {
  const std::scoped_lock lock(mutex_);
  Next next = Complete(commit, 0);
  Batch& batch = commit.batch;
  commit.changes.history_before = counters_.history;
  if (commit.changes.nodes.size() + commit.changes.rels.size() <= kMostChanges) {
    batch.Put(Space::kChanges, ChangesKey(next.counters.sequence), Encode(commit.changes));
  }
  if (next.counters.sequence > kCommitsKept) {
    batch.Delete(Space::kChanges, ChangesKey(next.counters.sequence - kCommitsKept));
  }
  if (IsLargeAndAdds(batch)) {
    IngestPuts({}, batch);
  } else {
    engine_->Write(batch, sync);
  }
  Adopt(std::move(next));
  return counters_.sequence;
}

void Store::SyncLog() { engine_->SyncLog(); }

std::unique_ptr<SortedRun> Store::NewRun(Space space) { return engine_->NewRun(space); }

std::uint64_t Store::Ingest(Commit commit, SortedRuns runs, std::uint64_t checksum) {
  const std::scoped_lock lock(mutex_);
  Next next = Complete(commit, checksum);
  IngestPuts(std::move(runs), commit.batch);
  Adopt(std::move(next));
  return counters_.sequence;
}

/// Takes `runs` in, and with them what `batch` puts.
void Store::IngestPuts(SortedRuns runs, const Batch& batch) {
  std::array<std::vector<const Batch::Operation*>, kSpaceCount> by_space;
  for (const Batch::Operation& operation : batch.operations()) {
    if (!operation.value) throw Error(ErrorCode::kInternal, "an ingested commit deletes a key");
    by_space[static_cast<std::size_t>(operation.space)].push_back(&operation);
  }
  for (std::vector<const Batch::Operation*>& puts : by_space) {
    if (puts.empty()) continue;
    const auto less = [](const auto* a, const auto* b) { return a->key < b->key; };
    if (!std::is_sorted(puts.begin(), puts.end(), less)) {
      std::stable_sort(puts.begin(), puts.end(), less);
    }
    runs.push_back(engine_->NewRun(puts.front()->space));
    for (std::size_t i = 0; i < puts.size(); ++i) {
      const bool is_last = i + 1 == puts.size() || puts[i + 1]->key != puts[i]->key;
      if (is_last) runs.back()->Add(puts[i]->key, *puts[i]->value);  // The last write counts.
    }
  }
  engine_->SyncLog();  // Earlier commits are not to be lost where this one is not.
  engine_->Ingest(std::move(runs));
}

void Store::Checkpoint(const std::string& folder) const { engine_->Checkpoint(folder); }

void Store::Compact() { engine_->Compact(); }

std::uint64_t Store::SizeInBytes() const { return engine_->SizeInBytes(); }

}  // namespace verbale::graph::store
