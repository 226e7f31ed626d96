#include "graph/snapshot/snapshot_builder.h"

#include <algorithm>
#include <cassert>
#include <future>
#include <limits>
#include <numeric>
#include <string_view>

#include "graph/error.h"

namespace verbale::graph::snapshot {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

void CheckRoom(std::size_t rows, const char* what) {
  if (rows >= kNone) {
    throw Error(ErrorCode::kLimitExceeded,
                std::string("a graph can have at most 2^32 - 1 ") + what);
  }
}

/// Names in their order, to compare sets of labels without regard to their numbers.
std::vector<std::string_view> SortedNames(const NameCatalog& names,
                                          const std::vector<LabelId>& labels) {
  std::vector<std::string_view> sorted;
  for (const LabelId label : labels) sorted.push_back(names.LabelName(label));
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

/// Of every kMarkEvery-th entry the node, of those that `starts` covers, to which it belongs.
std::vector<std::uint32_t> MakeMarks(const Starts& starts, std::uint32_t entries) {
  std::vector<std::uint32_t> marks;
  marks.reserve(entries / TypeBlock::kMarkEvery + 1);
  std::uint32_t node = 0;
  for (std::uint32_t entry = 0; entry < entries; entry += TypeBlock::kMarkEvery) {
    while (starts.starts[node + 1] <= entry) ++node;
    marks.push_back(node);
  }
  return marks;
}

/// Starts over the range of nodes, node_of(end), in which `ends` lie.
template <typename End, typename NodeOf>
Starts MakeStarts(std::span<const End> ends, const NodeOf& node_of) {
  if (ends.empty()) return {};
  std::uint32_t low = kNone, high = 0;
  for (const End& end : ends)
    low = std::min(low, node_of(end)), high = std::max(high, node_of(end));
  std::vector<std::uint32_t> starts(high - low + std::size_t{2}, 0);
  for (const End& end : ends) ++starts[node_of(end) - low + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  return {low, std::move(starts)};
}

/// Reorders `items` so that key(item) ascends, keeping the order of equal ones: by counting where
/// the keys are dense, which is linear.
template <typename Item, typename Key>
void StableSortBy(std::vector<Item>& items, const Key& key) {
  if (items.empty()) return;
  std::uint32_t low = kNone, high = 0;
  for (const Item& item : items) low = std::min(low, key(item)), high = std::max(high, key(item));
  const std::size_t range = std::size_t{high} - low + 1;
  if (range > items.size() * 4) {
    std::stable_sort(items.begin(), items.end(),
                     [&](const Item& a, const Item& b) { return key(a) < key(b); });
    return;
  }
  std::vector<std::uint32_t> next(range + 1, 0);
  for (const Item& item : items) ++next[key(item) - low + 1];
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<Item> sorted(items.size());
  for (const Item& item : items) sorted[next[key(item) - low]++] = item;
  items.swap(sorted);
}

// Of a smaller graph nothing is worth a thread.
constexpr std::size_t kWorthAThread = 100'000;

}  // namespace

std::uint32_t SnapshotBuilder::AddNode(NodeId id, std::span<const LabelId> labels) {
  CheckRoom(node_ids_.size(), "nodes");
  const auto row = static_cast<std::uint32_t>(node_ids_.size());
  node_ids_.push_back(id);
  const auto next = static_cast<std::uint32_t>(label_sets_.size());
  const auto set =
      label_sets_.try_emplace(std::vector<LabelId>(labels.begin(), labels.end()), next).first;
  node_sets_.push_back(set->second);
  return row;
}

std::uint32_t SnapshotBuilder::AddRel(RelId id, std::uint32_t source, TypeId type,
                                      std::uint32_t target, std::uint32_t support) {
  CheckRoom(rel_ids_.size(), "relationships");
  const auto row = static_cast<std::uint32_t>(rel_ids_.size());
  rel_ids_.push_back(id);
  rel_sources_.push_back(source);
  rel_targets_.push_back(target);
  rel_types_.push_back(type);
  rel_support_.push_back(support);
  has_support_ |= support != 0;
  return row;
}

void SnapshotBuilder::SetNodeProperty(std::uint32_t row, KeyId key, const Value& value) {
  Put(node_keys_, row, key, value);
}

void SnapshotBuilder::SetRelProperty(std::uint32_t row, KeyId key, const Value& value) {
  Put(rel_keys_, row, key, value);
}

void SnapshotBuilder::Put(std::vector<Gathered>& keys, std::uint32_t row, KeyId key,
                          const Value& value) {
  if (key.value >= keys.size()) keys.resize(key.value + 1);
  keys[key.value].rows.push_back(row);
  keys[key.value].values.push_back(value);
}

std::shared_ptr<const Snapshot> SnapshotBuilder::Build() && {
  // What is begun here and asked for below shares nothing but what is read.
  const auto beside = rel_ids_.size() < kWorthAThread ? std::launch::deferred
                                                      : std::launch::async | std::launch::deferred;
  NumberNodes();
  auto node_columns = std::async(beside, [this] { MakeNodeColumns(); });
  NumberRels();
  auto incoming = std::async(beside, [this] {
    for (TypeBlock& block : out_->types) MakeIncoming(block);
  });
  MakeRelColumns();
  node_columns.get();
  incoming.get();
  out_->ConnectDictionaries();
  return std::move(out_);
}

void SnapshotBuilder::NumberNodes() {
  std::vector<const std::vector<LabelId>*> sets(label_sets_.size());
  for (const auto& [labels, set] : label_sets_) sets[set] = &labels;
  std::vector<std::vector<std::string_view>> names;
  for (const auto* labels : sets) names.push_back(SortedNames(names_, *labels));
  std::vector<std::uint32_t> by_rank(sets.size());
  std::iota(by_rank.begin(), by_rank.end(), 0);
  std::sort(by_rank.begin(), by_rank.end(),
            [&](std::uint32_t a, std::uint32_t b) { return names[a] < names[b]; });
  std::vector<std::uint32_t> rank_of_set(sets.size());
  for (std::uint32_t rank = 0; rank < by_rank.size(); ++rank) rank_of_set[by_rank[rank]] = rank;

  std::vector<std::uint32_t> order(node_ids_.size());
  std::iota(order.begin(), order.end(), 0);
  if (!std::is_sorted(node_ids_.begin(), node_ids_.end())) {
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return node_ids_[a] < node_ids_[b]; });
  }
  StableSortBy(order, [&](std::uint32_t row) { return rank_of_set[node_sets_[row]]; });

  node_no_.resize(order.size());
  std::vector<std::int64_t> ids, run_of;
  std::vector<std::uint64_t> hashes;
  ids.reserve(order.size());
  run_of.reserve(order.size());
  hashes.reserve(order.size());
  for (const std::uint32_t row : order) {
    node_no_[row] = static_cast<std::uint32_t>(ids.size());
    ids.push_back(static_cast<std::int64_t>(node_ids_[row].value - ids.size()));
    run_of.push_back(rank_of_set[node_sets_[row]]);
    hashes.push_back(node_ids_[row].value);
  }
  out_->node_ids = PackedInts(ids);
  out_->run_of = PackedInts(run_of);
  out_->nodes_by_id = HashRows(hashes);
  MakeRuns(by_rank, rank_of_set, sets);
}

void SnapshotBuilder::MakeRuns(const std::vector<std::uint32_t>& by_rank,
                               const std::vector<std::uint32_t>& rank_of_set,
                               const std::vector<const std::vector<LabelId>*>& sets) {
  out_->runs.resize(by_rank.size());
  for (const std::uint32_t set : node_sets_) ++out_->runs[rank_of_set[set]].count;
  std::uint32_t first = 0;
  for (std::uint32_t rank = 0; rank < by_rank.size(); ++rank) {
    Run& run = out_->runs[rank];
    run.labels = *sets[by_rank[rank]];
    run.first = first;
    first += run.count;
    for (const LabelId label : run.labels) {
      if (label.value >= out_->label_runs.size()) out_->label_runs.resize(label.value + 1);
      out_->label_runs[label.value].push_back(rank);
    }
  }
}

void SnapshotBuilder::NumberRels() {
  std::vector<std::vector<std::uint32_t>> rows_of(names_.TypeCount());
  for (std::uint32_t row = 0; row < rel_ids_.size(); ++row) {
    rows_of[rel_types_[row].value].push_back(row);
  }
  std::vector<std::uint32_t> by_name;
  for (std::uint32_t type = 0; type < rows_of.size(); ++type) {
    if (!rows_of[type].empty()) by_name.push_back(type);
  }
  std::sort(by_name.begin(), by_name.end(), [this](std::uint32_t a, std::uint32_t b) {
    return names_.TypeName(TypeId{a}) < names_.TypeName(TypeId{b});
  });
  out_->types.resize(rows_of.size());
  out_->types_by_first = by_name;
  RelArrays arrays;
  arrays.ids.reserve(rel_ids_.size());
  arrays.targets.reserve(rel_ids_.size());
  rel_no_.resize(rel_ids_.size());
  for (const std::uint32_t type : by_name) MakeType(TypeId{type}, rows_of[type], arrays);
  out_->rel_ids = PackedInts(arrays.ids);
  out_->targets = std::move(arrays.targets);
  out_->support = std::move(arrays.support);
}

void SnapshotBuilder::MakeType(TypeId type, const std::vector<std::uint32_t>& rows,
                               RelArrays& arrays) {
  // The ends stand beside the row, so that sorting reads memory in order.
  struct Entry {
    std::uint32_t source, target, row;
    bool SameEnds(const Entry& e) const { return source == e.source && target == e.target; }
  };
  std::vector<Entry> entries;
  entries.reserve(rows.size());
  for (const std::uint32_t row : rows) {
    entries.push_back({node_no_[rel_sources_[row]], node_no_[rel_targets_[row]], row});
  }
  StableSortBy(entries, [](const Entry& e) { return e.target; });
  StableSortBy(entries, [](const Entry& e) { return e.source; });
  for (auto from = entries.begin(); from != entries.end();) {
    const auto to =
        std::find_if(from + 1, entries.end(), [&](const Entry& e) { return !e.SameEnds(*from); });
    if (to - from > 1) {
      std::sort(from, to, [this](const Entry& a, const Entry& b) {
        return rel_ids_[a.row] < rel_ids_[b.row];
      });
    }
    from = to;
  }

  TypeBlock& block = out_->types[type.value];
  block.first = static_cast<std::uint32_t>(arrays.ids.size());
  block.count = static_cast<std::uint32_t>(entries.size());
  for (const Entry& e : entries) {
    const auto number = static_cast<std::uint32_t>(arrays.ids.size());
    rel_no_[e.row] = number;
    arrays.ids.push_back(static_cast<std::int64_t>(IdOfRel(e.row, number).value - number));
    arrays.targets.push_back(NodeNo{e.target});
    if (has_support_) arrays.support.push_back(rel_support_[e.row]);
  }
  block.may_have_loops = std::any_of(entries.begin(), entries.end(),
                                     [](const Entry& e) { return e.source == e.target; });
  block.out = MakeStarts<Entry>(entries, [](const Entry& e) { return e.source; });
  block.source_marks = MakeMarks(block.out, block.count);
}

void SnapshotBuilder::MakeIncoming(TypeBlock& block) const {
  const std::span targets(out_->targets.data() + block.first, block.count);
  block.in = MakeStarts<NodeNo>(targets, [](NodeNo node) { return node.value; });
  std::vector<std::uint32_t> next(block.in.starts.begin(), block.in.starts.end());
  std::vector<NodeNo> sources(block.count);
  std::vector<RelNo> numbers(block.count);
  for (std::uint32_t i = 0, source = 0; i < block.count; ++i) {
    while (block.out.starts[source + 1] <= i) ++source;
    const std::uint32_t at = next[targets[i].value - block.in.first]++;
    sources[at] = NodeNo{block.out.first + source};
    numbers[at] = RelNo{block.first + i};
  }
  block.in_sources = std::move(sources);
  block.in_rels = std::move(numbers);
}

SnapshotBuilder::Ordered SnapshotBuilder::Order(const Gathered& gathered,
                                                std::span<const std::uint32_t> number_of) {
  std::vector<std::uint32_t> order(gathered.rows.size());
  std::iota(order.begin(), order.end(), 0);
  StableSortBy(order, [&](std::uint32_t i) { return number_of[gathered.rows[i]]; });
  Ordered result;
  result.numbers.reserve(order.size());
  result.values.reserve(order.size());
  for (const std::uint32_t i : order) {
    result.numbers.push_back(number_of[gathered.rows[i]]);
    result.values.push_back(&gathered.values[i]);
  }
  return result;
}

namespace {

/// The part of the ordered values of `key` that lies in [first, first + count), as a column of
/// `columns`. `at` is where that part begins, and is moved to its end.
void AddColumn(KeyId key, std::span<const std::uint32_t> numbers,
               std::span<const Value* const> values, std::uint32_t first, std::uint32_t count,
               std::size_t& at, DictionaryBuilder& dictionary, Columns& columns) {
  const std::size_t begin = at;
  std::vector<std::uint32_t> rows;
  for (; at < numbers.size() && numbers[at] - first < count; ++at) {
    rows.push_back(numbers[at] - first);
  }
  if (rows.empty()) return;
  columns.push_back(
      BuildColumn(key, {rows, values.subspan(begin, rows.size()), count}, dictionary));
}

}  // namespace

void SnapshotBuilder::MakeNodeColumns() {
  for (std::uint32_t key = 0; key < node_keys_.size(); ++key) {
    const Ordered ordered = Order(node_keys_[key], node_no_);
    DictionaryBuilder dictionary;
    std::size_t at = 0;
    for (Run& run : out_->runs) {
      AddColumn(KeyId{key}, ordered.numbers, ordered.values, run.first, run.count, at, dictionary,
                run.columns);
    }
    out_->node_dictionaries.push_back(
        std::make_shared<const Dictionary>(std::move(dictionary).Take()));
    node_keys_[key] = {};
  }
}

void SnapshotBuilder::MakeRelColumns() {
  for (std::uint32_t key = 0; key < rel_keys_.size(); ++key) {
    const Ordered ordered = Order(rel_keys_[key], rel_no_);
    DictionaryBuilder dictionary;
    std::size_t at = 0;
    for (const std::uint32_t type : out_->types_by_first) {
      TypeBlock& block = out_->types[type];
      AddColumn(KeyId{key}, ordered.numbers, ordered.values, block.first, block.count, at,
                dictionary, block.columns);
    }
    out_->rel_dictionaries.push_back(
        std::make_shared<const Dictionary>(std::move(dictionary).Take()));
    rel_keys_[key] = {};
  }
}

}  // namespace verbale::graph::snapshot
