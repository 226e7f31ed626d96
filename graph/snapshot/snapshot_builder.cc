#include "graph/snapshot/snapshot_builder.h"

#include <algorithm>
#include <future>
#include <limits>
#include <numeric>
#include <string_view>

#include "graph/error.h"
#include "graph/parallel.h"

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

/// Starts over the range of nodes that `for_each` calls its argument with.
template <typename ForEach>
Starts MakeStarts(const ForEach& for_each) {
  std::uint32_t low = kNone, high = 0;
  for_each([&](std::uint32_t node) { low = std::min(low, node), high = std::max(high, node); });
  if (low == kNone) return {};
  std::vector<std::uint32_t> starts(high - low + std::size_t{2}, 0);
  for_each([&](std::uint32_t node) { ++starts[node - low + 1]; });
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
// Of a larger one columns and the other direction come one after the other, to hold less at a time.
constexpr std::size_t kWorthWaiting = 10'000'000;
// Less than one thing in so many has a value: sorting the values is less than a look at all things.
constexpr std::size_t kFewValues = 16;
constexpr std::uint32_t kSourcesOfAPart = 8192;  // that are sorted by one thread at a time

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
  CheckRoom(rel_sources_.size(), "relationships");
  const auto row = static_cast<std::uint32_t>(rel_sources_.size());
  if (row == 0) first_came_ = id;
  if (rel_ids_.empty() && id.value != first_came_.value + row) {
    for (std::uint32_t i = 0; i < row; ++i) rel_ids_.push_back(RelId{first_came_.value + i});
    rel_ids_.push_back(id);
  } else if (!rel_ids_.empty()) {
    rel_ids_.push_back(id);
  }
  rel_sources_.push_back(source);
  rel_targets_.push_back(target);
  if (support != 0 && rel_support_.empty()) rel_support_.resize(row, 0);
  if (support != 0 || !rel_support_.empty()) rel_support_.push_back(support);
  if (type.value >= rels_of_type_.size()) rels_of_type_.resize(type.value + std::size_t{1});
  rels_of_type_[type.value].Add(row);
  return row;
}

void SnapshotBuilder::NumberRelIds(RelId first) {
  first_rel_id_ = first;
  rel_ids_ = {};
}

namespace {

void Put(std::vector<GatheredValues>& keys, std::uint32_t row, KeyId key, const Value& value) {
  if (key.value >= keys.size()) keys.resize(key.value + std::size_t{1});
  keys[key.value].Add(row, value);
}

}  // namespace

void SnapshotBuilder::SetNodeProperty(std::uint32_t row, KeyId key, const Value& value) {
  Put(node_keys_, row, key, value);
}

void SnapshotBuilder::SetRelProperty(std::uint32_t row, KeyId key, const Value& value) {
  Put(rel_keys_, row, key, value);
}

std::shared_ptr<const Snapshot> SnapshotBuilder::Build() && {
  // What is begun here and asked for below shares nothing but what is read.
  const auto beside = rel_sources_.size() < kWorthAThread
                          ? std::launch::deferred
                          : std::launch::async | std::launch::deferred;
  const auto behind = rel_sources_.size() < kWorthWaiting ? beside : std::launch::deferred;
  NumberNodes();
  auto node_columns = std::async(beside, [this] { MakeNodeColumns(); });
  NumberRels();
  auto incoming = std::async(behind, [this] {
    for (TypeBlock& block : out_->types) MakeIncoming(block);
  });
  MakeRelColumns();
  node_columns.get();
  incoming.get();
  node_ids_ = {}, node_sets_ = {}, node_no_ = {}, rel_no_ = {};
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
  rels_of_type_.resize(names_.TypeCount());
  std::vector<std::uint32_t> by_name;
  for (std::uint32_t type = 0; type < rels_of_type_.size(); ++type) {
    if (!rels_of_type_[type].empty()) by_name.push_back(type);
  }
  std::sort(by_name.begin(), by_name.end(), [this](std::uint32_t a, std::uint32_t b) {
    return names_.TypeName(TypeId{a}) < names_.TypeName(TypeId{b});
  });
  out_->types.resize(rels_of_type_.size());
  out_->types_by_first = by_name;
  RelArrays arrays;
  arrays.targets.reserve(rel_sources_.size());
  rel_no_.resize(rel_sources_.size());
  for (const std::uint32_t type : by_name) {
    MakeType(out_->types[type], rels_of_type_[type], arrays);
  }
  if (first_rel_id_) {
    const auto first = static_cast<std::int64_t>(first_rel_id_->value);
    out_->rel_ids = PackedInts(first, static_cast<std::uint32_t>(rel_sources_.size()));
  } else {
    out_->rel_ids = PackedInts(arrays.ids);
  }
  out_->targets = std::move(arrays.targets);
  out_->support = std::move(arrays.support);
  rel_ids_ = {};
  rel_sources_ = {}, rel_targets_ = {}, rel_support_ = {};
  rels_of_type_ = {};
}

namespace {

/// A target and the row that leads there, ordered by both.
std::uint64_t Pack(std::uint32_t target, std::uint32_t row) {
  return std::uint64_t{target} << 32 | row;
}
std::uint32_t TargetOf(std::uint64_t packed) { return static_cast<std::uint32_t>(packed >> 32); }
std::uint32_t RowOf(std::uint64_t packed) { return static_cast<std::uint32_t>(packed); }

}  // namespace

/// Target and row of each of `rows` by source, then target, then id; `starts` gets where those of
/// each source begin.
std::vector<std::uint64_t> SnapshotBuilder::BySource(const GatheredRows& rows,
                                                     Starts& starts) const {
  starts = MakeStarts([&](const auto& visit) {
    rows.ForEach([&](std::uint32_t row) { visit(node_no_[rel_sources_[row]]); });
  });
  std::vector<std::uint32_t> next(starts.starts.begin(), starts.starts.end());
  std::vector<std::uint64_t> packed(rows.size());
  rows.ForEach([&](std::uint32_t row) {
    const std::uint32_t source = node_no_[rel_sources_[row]] - starts.first;
    packed[next[source]++] = Pack(node_no_[rel_targets_[row]], row);
  });
  const auto by_id = [this](std::uint64_t a, std::uint64_t b) {
    if (TargetOf(a) != TargetOf(b)) return a < b;
    return std::pair(IdOfRel(RowOf(a)), a) < std::pair(IdOfRel(RowOf(b)), b);
  };
  const auto sources = static_cast<std::uint32_t>(starts.starts.size() - 1);
  const std::size_t threads = rows.size() < kWorthAThread ? 1 : 2;
  RunParts(sources / kSourcesOfAPart + 1, threads, [&](std::size_t part, std::size_t) {
    const auto first = static_cast<std::uint32_t>(part) * kSourcesOfAPart;
    for (std::uint32_t i = first; i < std::min(first + kSourcesOfAPart, sources); ++i) {
      const auto begin = packed.begin() + starts.starts[i];
      const auto end = packed.begin() + starts.starts[i + std::size_t{1}];
      if (rel_ids_.empty()) {  // Ids ascend with the rows.
        std::sort(begin, end);
      } else {
        std::sort(begin, end, by_id);
      }
    }
  });
  return packed;
}

void SnapshotBuilder::MakeType(TypeBlock& block, const GatheredRows& rows, RelArrays& arrays) {
  const std::vector<std::uint64_t> packed = BySource(rows, block.out);
  block.first = static_cast<std::uint32_t>(arrays.targets.size());
  block.count = static_cast<std::uint32_t>(packed.size());
  block.may_have_loops = false;
  std::uint32_t number = block.first;
  for (std::uint32_t i = 0; i + std::size_t{1} < block.out.starts.size(); ++i) {
    for (; number - block.first < block.out.starts[i + std::size_t{1}]; ++number) {
      const std::uint64_t entry = packed[number - block.first];
      const std::uint32_t row = RowOf(entry);
      rel_no_[row] = number;
      arrays.targets.push_back(NodeNo{TargetOf(entry)});
      block.may_have_loops |= TargetOf(entry) == block.out.first + i;
      if (!first_rel_id_) {
        arrays.ids.push_back(static_cast<std::int64_t>(IdOfRel(row).value - number));
      }
      if (!rel_support_.empty()) arrays.support.push_back(rel_support_[row]);
    }
  }
  block.source_marks = MakeMarks(block.out, block.count);
}

void SnapshotBuilder::MakeIncoming(TypeBlock& block) const {
  const std::span targets(out_->targets.data() + block.first, block.count);
  block.in = MakeStarts([&](const auto& visit) {
    for (const NodeNo target : targets) visit(target.value);
  });
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

SnapshotBuilder::Ordered SnapshotBuilder::Order(const GatheredValues& gathered,
                                                std::span<const std::uint32_t> number_of) {
  Ordered result;
  std::uint32_t next = 0;
  if (gathered.size() >= number_of.size() / kFewValues) {
    std::vector<std::uint32_t> at(number_of.size(), kNone);  // By number.
    gathered.rows().ForEach([&](std::uint32_t row) { at[number_of[row]] = next++; });
    if (gathered.size() == at.size()) return {{}, std::move(at)};
    result.numbers.reserve(gathered.size());
    result.at.reserve(gathered.size());
    for (std::uint32_t number = 0; number < at.size(); ++number) {
      if (at[number] == kNone) continue;
      result.numbers.push_back(number);
      result.at.push_back(at[number]);
    }
    return result;
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> entries;
  gathered.rows().ForEach([&](std::uint32_t row) { entries.emplace_back(number_of[row], next++); });
  std::sort(entries.begin(), entries.end());
  for (const auto& [number, at] : entries) {
    result.numbers.push_back(number);
    result.at.push_back(at);
  }
  return result;
}

namespace {

/// The part of the ordered values of `key` that lies in [first, first + count), as a column of
/// `columns`. `begin` is where that part begins, and is moved to its end.
void AddColumn(KeyId key, std::span<const std::uint32_t> numbers, std::span<const std::uint32_t> at,
               const GatheredValues& values, std::uint32_t first, std::uint32_t count,
               std::size_t& begin, DictionaryBuilder& dictionary, Columns& columns) {
  if (numbers.empty() && !at.empty()) {
    if (count == 0) return;
    columns.push_back(BuildColumn(key, {{}, at.subspan(first, count), values, count}, dictionary));
    return;
  }
  std::vector<std::uint32_t> rows;
  std::size_t end = begin;
  for (; end < numbers.size() && numbers[end] - first < count; ++end) {
    rows.push_back(numbers[end] - first);
  }
  at = at.subspan(begin, rows.size());
  begin = end;
  if (!rows.empty()) columns.push_back(BuildColumn(key, {rows, at, values, count}, dictionary));
}

}  // namespace

void SnapshotBuilder::MakeNodeColumns() {
  for (std::uint32_t key = 0; key < node_keys_.size(); ++key) {
    const Ordered ordered = Order(node_keys_[key], node_no_);
    DictionaryBuilder dictionary;
    std::size_t begin = 0;
    for (Run& run : out_->runs) {
      AddColumn(KeyId{key}, ordered.numbers, ordered.at, node_keys_[key], run.first, run.count,
                begin, dictionary, run.columns);
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
    std::size_t begin = 0;
    for (const std::uint32_t type : out_->types_by_first) {
      TypeBlock& block = out_->types[type];
      AddColumn(KeyId{key}, ordered.numbers, ordered.at, rel_keys_[key], block.first, block.count,
                begin, dictionary, block.columns);
    }
    out_->rel_dictionaries.push_back(
        std::make_shared<const Dictionary>(std::move(dictionary).Take()));
    rel_keys_[key] = {};
  }
}

}  // namespace verbale::graph::snapshot
