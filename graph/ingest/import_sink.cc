#include "graph/ingest/import_sink.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "graph/error.h"
#include "graph/ingest/import_runs.h"
#include "graph/snapshot/constraints.h"
#include "graph/snapshot/state.h"
#include "graph/store/checksum.h"
#include "graph/store/index.h"
#include "graph/store/pending.h"

namespace verbale::graph::ingest {

std::optional<std::uint64_t> NumberIn(std::string_view id, char letter) {
  if (id.size() < 2 || id[0] != letter) return std::nullopt;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(id.data() + 1, id.data() + id.size(), number);
  if (error != std::errc{} || end != id.data() + id.size()) return std::nullopt;
  return number;
}

template <typename Id>
bool FreshIds<Id>::Keeps(Id id) {
  // Far from the end of all numbers, so that there is always a next one.
  constexpr std::uint64_t kEnd = kManualIdBit + (std::uint64_t{1} << 62);
  if (!keeps_wanted_ || id.value < kManualIdBit || id.value >= kEnd) return false;
  const auto after = given_.upper_bound(id.value);
  return after == given_.begin() || std::prev(after)->second <= id.value;
}

template <typename Id>
Id FreshIds<Id>::Give(std::optional<Id> wanted) {
  const Id id = wanted && Keeps(*wanted) ? *wanted : next_;
  next_.value = std::max(next_.value, id.value + 1);
  if (!keeps_wanted_) return id;
  if (!given_.empty() && given_.rbegin()->second == id.value) {  // As mostly.
    ++given_.rbegin()->second;
    return id;
  }
  auto range = given_.emplace(id.value, id.value + 1).first;
  if (const auto after = std::next(range); after != given_.end() && after->first == range->second) {
    range->second = after->second;
    given_.erase(after);
  }
  if (range != given_.begin() && std::prev(range)->second == range->first) {
    std::prev(range)->second = range->second;
    given_.erase(range);
  }
  return id;
}

ImportSink::ImportSink(std::shared_ptr<const store::State> state, const ImportOptions& options)
    : state_(std::move(state)),
      options_(options),
      names_(state_->names()),
      builder_(names_),
      node_ids_(state_->manual_ids().node, state_->sequence() == 0),
      rel_ids_(state_->manual_ids().rel, state_->sequence() == 0) {
  for (const SchemaItem& item : state_->schema()) {
    if (item.kind == SchemaKind::kIndex) continue;
    throw Error(ErrorCode::kUnsupported,
                "the graph has the constraint '" + item.name + "', which an import does not check")
        .WithHint("drop it, import, and make it again");
  }
  if (!options.unique.empty() && state_->sequence() != 0) {
    throw Error(ErrorCode::kUnsupported,
                "an import declares constraints only where the graph is empty")
        .WithHint("import, and create the constraint afterwards");
  }
}

std::uint32_t ImportSink::AddNode(std::vector<LabelId> labels,
                                  std::span<const std::pair<KeyId, Value>> properties,
                                  std::optional<NodeId> wanted) {
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  has_wanted_ |= wanted.has_value();
  const std::uint32_t row = builder_.AddNode(node_ids_.Give(wanted), labels);
  for (const auto& [key, value] : properties) builder_.SetNodeProperty(row, key, value);
  ++report_.nodes;
  report_.properties += properties.size();
  return row;
}

std::uint32_t ImportSink::AddRel(std::uint32_t source, TypeId type, std::uint32_t target,
                                 std::span<const std::pair<KeyId, Value>> properties,
                                 std::optional<RelId> wanted) {
  has_wanted_ |= wanted.has_value();
  const std::uint32_t row = builder_.AddRel(rel_ids_.Give(wanted), source, type, target, 0);
  for (const auto& [key, value] : properties) builder_.SetRelProperty(row, key, value);
  ++report_.relationships;
  report_.properties += properties.size();
  return row;
}

void ImportSink::SetRelProperties(std::uint32_t first, KeyId key, std::span<const Value> values) {
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    if (values[i].is_null()) continue;
    builder_.SetRelProperty(first + i, key, values[i]);
    ++report_.properties;
  }
}

void ImportSink::ReportBad(const ImportProblem& problem) {
  options_.on_problem(problem);
  if (++report_.bad_rows <= options_.max_errors) return;
  const std::string allowed = std::to_string(options_.max_errors);
  const std::string how_many =
      options_.max_errors == 0 ? "a bad row" : "more bad rows than " + allowed;
  throw Error(ErrorCode::kInvalidArgument, how_many + "; nothing was imported", problem.position)
      .WithHint("mend them, or let so many be left out with --max-errors");
}

void ImportSink::NoteInput(std::string_view bytes) {
  checksum_ = store::Checksum64(bytes, checksum_ + 1);
  report_.bytes += bytes.size();
}

std::string_view ImportSink::Named(std::string_view name, const char* what) {
  if (!name.empty()) return name;
  throw Error(ErrorCode::kInvalidArgument, std::string("a ") + what + " needs a name");
}

void ImportSink::ExpectFreeName(const std::string& name) const {
  for (const auto* known : {&state_->schema(), &declared_}) {
    for (const SchemaItem& other : *known) {
      if (other.name != name) continue;
      throw Error(ErrorCode::kAlreadyExists, "an index or constraint named " + name + " exists");
    }
  }
}

void ImportSink::Declare(const SchemaItem& item) {
  snapshot::CheckSchemaItem(item);
  const auto is_equal = [&](const SchemaItem& other) {
    return other.kind == item.kind && other.on_relationship == item.on_relationship &&
           other.label == item.label && other.keys == item.keys &&
           other.value_type == item.value_type;
  };
  for (const auto* known : {&state_->schema(), &std::as_const(declared_)}) {
    if (std::any_of(known->begin(), known->end(), is_equal)) return;
  }
  ExpectFreeName(item.name);
  if (item.kind != SchemaKind::kIndex && state_->sequence() != 0) {
    throw Error(ErrorCode::kUnsupported,
                "an import declares constraints only where the graph is empty")
        .WithHint("leave out the line, and create the constraint afterwards");
  }
  declared_.push_back(item);
}

/// Adds the item where none is there that keeps the same entries.
void ImportSink::Declare(SchemaKind kind, const std::string& label, const std::string& key) {
  const auto same = [&](const SchemaItem& item) {
    return item.label == label && !item.on_relationship && item.keys == std::vector{key};
  };
  const std::vector<SchemaItem>& schema = state_->schema();
  if (std::any_of(schema.begin(), schema.end(), same)) return;
  if (std::any_of(declared_.begin(), declared_.end(), same)) return;
  SchemaItem item;
  item.kind = kind;
  item.name = (kind == SchemaKind::kUnique ? "unique_" : "index_") + label + "_" + key;
  item.label = label;
  item.keys = {key};
  ExpectFreeName(item.name);
  declared_.push_back(std::move(item));
}

/// Those that entries of an index do not show.
void ImportSink::CheckConstraints(const std::shared_ptr<const snapshot::Snapshot>& snapshot,
                                  const std::vector<SchemaItem>& schema) const {
  const auto is_shown = [](const SchemaItem& item) {
    return item.kind == SchemaKind::kIndex ||
           (item.kind == SchemaKind::kUnique && item.keys.size() == 1);
  };
  if (std::all_of(declared_.begin(), declared_.end(), is_shown)) return;
  snapshot::GraphState state(snapshot, names_, state_, 0);
  state.StartEpoch(1);
  state.SetSchema(schema);
  for (const SchemaItem& item : declared_) {
    if (!is_shown(item)) snapshot::CheckExisting(state, item);
  }
}

store::Commit ImportSink::MakeCommit() const {
  const auto size = [](const auto& names) { return static_cast<std::uint32_t>(names.size()); };
  store::Commit commit;
  commit.new_names.labels = names_.labels.From(size(state_->names().labels));
  commit.new_names.types = names_.types.From(size(state_->names().types));
  commit.new_names.keys = names_.keys.From(size(state_->names().keys));
  commit.manual_ids = {node_ids_.next(), rel_ids_.next()};
  commit.schema_created = declared_;
  return commit;
}

ImportSink::Result ImportSink::Commit(store::Store& store) && {
  for (const auto& [label, key] : options_.unique) Declare(SchemaKind::kUnique, label, key);
  for (const auto& [label, key] : options_.indexes) Declare(SchemaKind::kIndex, label, key);
  for (const SchemaItem& item : declared_) {
    if (item.on_relationship) {
      Type(item.label);
    } else {
      Label(item.label);
    }
    for (const std::string& key : item.keys) Key(key);
  }
  store::Commit commit = MakeCommit();
  const store::Names names = store::Extended(state_->names(), commit.new_names);
  std::vector<SchemaItem> schema = commit.schema_created;
  const store::Indexes created(schema, names);
  if (!created.empty()) {  // What is there already gets entries, too.
    state_->ForEachNode([&](const store::StoredNode& node) {
      for (std::string& key : created.Entries(node))
        commit.batch.Put(store::Space::kIndex, key, {});
    });
  }
  schema.insert(schema.end(), state_->schema().begin(), state_->schema().end());
  const store::Indexes indexes(schema, names);

  if (!has_wanted_) builder_.NumberRelIds(state_->manual_ids().rel);
  std::shared_ptr<const snapshot::Snapshot> snapshot = std::move(builder_).Build();
  CheckConstraints(snapshot, schema);
  store.Ingest(std::move(commit),
               MakeRuns(store, *snapshot, {indexes, schema, names_}, options_.author), checksum_);
  return {std::move(snapshot), std::move(names_), report_};
}

}  // namespace verbale::graph::ingest
