// Of some nodes side by side the steps lie in one array. Those that do not fit are left out first;
// what is made of the others is made without a look at where the steps of a node end, as far as
// sums of all steps before tell it.

#include "query/execute/node_fold.h"

#include <algorithm>
#include <bit>

#include "query/execute/kernels.h"
#include "query/functions/registry.h"

namespace verbale::query {

using graph::NodeNo;
using graph::RelNo;

namespace {

/// Nodes whose steps are looked at together; those of most fit the nearest cache.
constexpr std::uint32_t kTogether = 256;
/// Entries that have a bit each.
constexpr std::uint32_t kBits = 64;
/// Integers up to here are exact as floats, and so are their quotients.
constexpr std::uint64_t kExact = std::uint64_t{1} << 53;
/// Numbers that are read at a time.
constexpr std::size_t kBatch = 4096;

bool IsReadOfSlot(const BoundExpr& expr) {
  return expr.kind == BoundKind::kProperty && expr.args[0]->kind == BoundKind::kSlot;
}

/// Calls use(array of the numbers); not where all are 0.
template <typename Use>
void WithArray(const DenseNumbers& numbers, const Use& use) {
  switch (numbers.width) {
    case 1:
      return use(static_cast<const std::uint8_t*>(numbers.data));
    case 2:
      return use(static_cast<const std::uint16_t*>(numbers.data));
    case 4:
      return use(static_cast<const std::uint32_t*>(numbers.data));
    default:
      return;
  }
}

std::uint32_t NumberAt(const DenseNumbers& numbers, std::uint32_t no) {
  std::uint32_t number = 0;
  WithArray(numbers, [&](const auto* array) { number = array[no - numbers.first]; });
  return number;
}

/// As short as they can be: they are read all over.
void Pack(const std::vector<std::uint32_t>& words, DenseNumbers& out) {
  out.most = words.empty() ? 0 : *std::max_element(words.begin(), words.end());
  if (out.most <= UINT8_MAX) {
    out.bytes.assign(words.begin(), words.end());
    out.width = 1;
    out.data = out.bytes.data();
  } else if (out.most <= UINT16_MAX) {
    out.halves.assign(words.begin(), words.end());
    out.width = 2;
    out.data = out.halves.data();
  } else {
    out.words = words;
    out.width = 4;
    out.data = out.words.data();
  }
}

/// Properties of nodes or relationships as they are read, before they are packed.
class Gathered {
 public:
  explicit Gathered(std::size_t limit) : ints_(limit) {}

  /// False where some are missing, or neither integers nor entries of one dictionary.
  template <typename No>
  bool Take(std::span<const No> numbers, const graph::PropertyVector& values) {
    using Kind = graph::PropertyVector::Kind;
    if (!values.valid.empty() || (any_ && values.kind != kind_)) return false;
    if (any_ && values.dictionary.data() != dictionary_.data()) return false;
    any_ = true;
    kind_ = values.kind;
    dictionary_ = values.dictionary;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (kind_ == Kind::kInts) {
        ints_[numbers[i].value] = values.ints[i];
      } else if (kind_ != Kind::kDictionary || !StandsOnce(dictionary_[values.codes[i]])) {
        return false;
      } else {
        ints_[numbers[i].value] = values.codes[i];
      }
    }
    const IntRange range = kind_ == Kind::kInts ? RangeOf(values.ints) : IntRange{0, UINT32_MAX};
    low_ = std::min(low_, range.low);
    high_ = std::max(high_, range.high);
    return true;
  }

  /// False where they lie too far apart.
  bool Pack(DenseNumbers& out) const {
    if (!any_) return true;
    if (low_ < INT32_MIN || high_ > UINT32_MAX || high_ - low_ > UINT32_MAX) return false;
    std::vector<std::uint32_t> words(ints_.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
      words[i] = static_cast<std::uint32_t>(std::max(ints_[i], low_) - low_);
    }
    query::Pack(words, out);
    out.base = low_;
    out.dictionary = dictionary_;
    return true;
  }

 private:
  bool any_ = false;
  graph::PropertyVector::Kind kind_ = graph::PropertyVector::Kind::kInts;
  std::span<const graph::Value> dictionary_;
  std::vector<std::int64_t> ints_;  ///< Or codes, by number.
  std::int64_t low_ = INT64_MAX;
  std::int64_t high_ = INT64_MIN;
};

}  // namespace

NodeFold::NodeFold(const StepFold& step)
    : step_(step), ways_(step.arrow, step.types, step.other_label) {}

std::optional<NodeFold::Side> NodeFold::SideOf(Slot slot) const {
  if (slot == step_.node) return Side::kNode;
  if (slot == step_.other) return Side::kOther;
  return slot == step_.rel ? std::optional(Side::kRel) : std::nullopt;
}

std::optional<std::size_t> NodeFold::ColumnOf(const BoundExpr& expr) {
  if (!IsReadOfSlot(expr)) return std::nullopt;
  const auto side = SideOf(expr.args[0]->slot);
  if (!side) return std::nullopt;
  const auto same = std::find_if(columns_.begin(), columns_.end(), [&](const Column& column) {
    return column.side == *side && column.key == expr.name;
  });
  if (same != columns_.end()) return static_cast<std::size_t>(same - columns_.begin());
  columns_.push_back({*side, expr.name, {}});
  return columns_.size() - 1;
}

bool NodeFold::AddItem(const BoundAggregate& aggregate) {
  Item item{aggregate.slot, What::kCount, SIZE_MAX, {}};
  const bool is_count = aggregate.function == nullptr || aggregate.function->name == "count";
  const bool of_slot = !aggregate.args.empty() && aggregate.args[0]->kind == BoundKind::kSlot &&
                       SideOf(aggregate.args[0]->slot).has_value();
  if (aggregate.function == nullptr || (is_count && of_slot && !aggregate.distinct)) {
    items_.push_back(std::move(item));
    return true;
  }
  if (aggregate.args.size() != 1) return false;
  const std::string_view name = aggregate.function->name;
  if (is_count) {
    item.what = aggregate.distinct ? What::kCountDistinct : What::kCount;
  } else if (name == "min" || name == "max") {
    item.what = name == "min" ? What::kMin : What::kMax;
  } else if ((name == "sum" || name == "avg") && !aggregate.distinct) {
    item.what = name == "sum" ? What::kSum : What::kAverage;
  } else {
    return false;
  }
  const auto column = ColumnOf(*aggregate.args[0]);
  if (!column || columns_[*column].side == Side::kNode) return false;
  item.column = *column;
  items_.push_back(std::move(item));
  return true;
}

/// Where it compares a property of one side with one of another.
bool NodeFold::AddComparison(const BoundExpr& condition) {
  if (condition.kind != BoundKind::kCompare) return false;
  if (!IsReadOfSlot(*condition.args[0]) || !IsReadOfSlot(*condition.args[1])) return false;
  const auto a = ColumnOf(*condition.args[0]);
  const auto b = ColumnOf(*condition.args[1]);
  if (!a || !b) return false;
  if (columns_[*b].side == Side::kNode) {
    comparisons_.push_back({*b, *a, Turned(condition.compare)});
  } else {
    comparisons_.push_back({*a, *b, condition.compare});
  }
  return true;
}

/// nullptr where it reads several sides.
NodeFold::Asked* NodeFold::AskedBy(const BoundExpr& condition, const LogicalPlan& plan) {
  std::vector<Slot> reads;
  CollectReads(std::make_shared<BoundExpr>(condition), plan, reads);
  if (reads.empty() || !CannotFail(condition, plan)) return nullptr;
  const auto side = SideOf(reads.front());
  const bool is_one =
      std::all_of(reads.begin(), reads.end(), [&](Slot slot) { return slot == reads.front(); });
  if (!side || !is_one) return nullptr;
  const auto same = std::find_if(asked_.begin(), asked_.end(),
                                 [&](const Asked& asked) { return asked.side == *side; });
  if (same != asked_.end()) return &*same;
  asked_.push_back({*side, {}, {}});
  return &asked_.back();
}

bool NodeFold::Run(ExecContext& ctx) {
  ctx_ = &ctx;
  next_ = 0;
  if (ctx.writes()) return false;
  ways_.Open(ctx);
  ways_.Refresh();
  if (ways_.SkipsLoops() || ways_.asks_label() || !HaveLabels()) return false;
  for (Column& column : columns_) {
    if (!Read(column)) return false;
  }
  const auto can_compare = [this](const Comparison& comparison) { return CanCompare(comparison); };
  const auto can_make = [this](const Item& item) { return CanMake(item); };
  if (!std::all_of(comparisons_.begin(), comparisons_.end(), can_compare) ||
      !std::all_of(items_.begin(), items_.end(), can_make)) {
    return false;
  }
  for (Asked& asked : asked_) Ask(asked);
  only_counts_ = std::all_of(items_.begin(), items_.end(),
                             [](const Item& item) { return item.what == What::kCount; });
  const std::uint32_t limit = view().NodeLimit();
  counts_.assign(limit, 0);
  for (Item& item : items_) {
    if (item.what == What::kCount) continue;
    const std::int64_t nothing = item.what == What::kMin   ? INT64_MAX
                                 : item.what == What::kMax ? INT64_MIN
                                                           : 0;
    item.results.assign(limit, nothing);
  }
  const std::size_t threads = ThreadsFor(ctx, limit);
  std::vector<Scratch> scratch(threads);
  RunRanges(limit, threads,
            [&](NumberRange range, std::size_t worker) { FoldRange(range, scratch[worker]); });
  return true;
}

/// Whether all nodes at which the steps begin have their label.
bool NodeFold::HaveLabels() const {
  if (!step_.node_label) return true;
  const auto label = view().catalog().FindLabel(*step_.node_label);
  return label && std::all_of(ways_.all().begin(), ways_.all().end(), [&](const Way& way) {
           return view().AllHaveLabel(way.type, way.direction, *label);
         });
}

bool NodeFold::Read(Column& column) {
  column.numbers = {};
  return ReadPacked(column) || ReadAll(column);
}

/// Of relationships, where they lie side by side.
bool NodeFold::ReadPacked(Column& column) {
  const auto key = view().catalog().FindKey(column.key);
  if (column.side != Side::kRel || ways_.all().empty() || !key) return false;
  const graph::TypeId type = ways_.all().front().type;
  if (ways_.all().back().type != type) return false;
  RelNo first;
  if (view().ScanRels(type, RelNo{0}, std::span(&first, 1)) == 0) return false;
  const auto count = static_cast<std::uint32_t>(view().RelCount(type));
  const auto packed = view().Packed(first, count, *key);
  if (!packed || !packed->dictionary.empty() || packed->width > sizeof(std::uint32_t)) return false;
  column.numbers.width = packed->width;
  column.numbers.data = packed->data;
  column.numbers.first = first.value;
  column.numbers.base = packed->base;
  column.numbers.most = packed->width == 4 ? UINT32_MAX : (1u << (8 * packed->width)) - 1;
  return true;
}

bool NodeFold::ReadAll(Column& column) {
  const auto key = view().catalog().FindKey(column.key);
  if (!key) return false;
  graph::PropertyVector values;
  bool all = true;
  if (column.side != Side::kRel) {
    const std::optional<std::string>& name =
        column.side == Side::kNode ? step_.node_label : step_.other_label;
    std::optional<graph::LabelId> label;
    if (name) label = view().catalog().FindLabel(*name);
    Gathered gathered(view().NodeLimit());
    graph::VisitNodes(view(), label, [&](std::span<const NodeNo> nodes) {
      if (!all || nodes.empty()) return;
      ctx_->Tick();
      view().Properties(nodes, *key, values);
      all = gathered.Take(nodes, values);
    });
    return all && gathered.Pack(column.numbers);
  }
  Gathered gathered(view().RelLimit());
  std::vector<RelNo> rels(kBatch);
  for (const Way& way : ways_.all()) {
    for (std::size_t found = rels.size(), next = 0; all && found == rels.size();) {
      ctx_->Tick();
      found = view().ScanRels(way.type, RelNo{static_cast<std::uint32_t>(next)}, rels);
      if (found == 0) break;
      next = rels[found - 1].value + std::size_t{1};
      const auto some = std::span<const RelNo>(rels).first(found);
      view().Properties(some, *key, values);
      all = gathered.Take(some, values);
    }
  }
  return all && gathered.Pack(column.numbers);
}

/// Of entries of a dictionary only whether they are the same is known.
bool NodeFold::CanCompare(const Comparison& comparison) const {
  const DenseNumbers& a = columns_[comparison.a].numbers;
  const DenseNumbers& b = columns_[comparison.b].numbers;
  if (a.dictionary.empty() && b.dictionary.empty()) return true;
  return a.dictionary.data() == b.dictionary.data() &&
         (comparison.op == CompareOp::kEqual || comparison.op == CompareOp::kNotEqual);
}

bool NodeFold::CanMake(const Item& item) const {
  if (item.what == What::kCount) return true;
  const DenseNumbers& numbers = columns_[item.column].numbers;
  if (item.what == What::kCountDistinct) return numbers.most < kBits || ways_.all().size() == 1;
  if (!numbers.dictionary.empty()) return false;
  if (item.what == What::kMin || item.what == What::kMax) return true;
  const std::uint64_t far = static_cast<std::uint64_t>(std::abs(numbers.base)) + numbers.most;
  return std::abs(numbers.base) < INT64_C(1) << 40 && far < kExact / (view().RelCount() * 2 + 1);
}

void NodeFold::Ask(Asked& asked) {
  if (asked.side != Side::kRel) {
    const bool is_node = asked.side == Side::kNode;
    const std::optional<std::string>& name = is_node ? step_.node_label : step_.other_label;
    std::optional<graph::LabelId> label;
    if (name) label = view().catalog().FindLabel(*name);
    asked.fits.assign(view().NodeLimit(), 0);
    graph::VisitNodes(view(), label, [&](std::span<const NodeNo> nodes) {
      AskSome(asked, is_node ? step_.node : step_.other, ColumnKind::kNodes, AsNumbers(nodes));
    });
    return;
  }
  asked.fits.assign(view().RelLimit(), 0);
  std::vector<std::uint32_t> rels(kBatch);
  for (const Way& way : ways_.all()) {
    for (std::size_t found = kBatch, next = 0; found == kBatch;) {
      found = view().ScanRels(way.type, RelNo{static_cast<std::uint32_t>(next)},
                              AsRels(std::span(rels)));
      if (found != 0) next = rels[found - 1] + std::size_t{1};
      AskSome(asked, step_.rel, ColumnKind::kRels,
              std::span<const std::uint32_t>(rels).first(found));
    }
  }
}

void NodeFold::AskSome(Asked& asked, Slot slot, ColumnKind kind,
                       std::span<const std::uint32_t> numbers) {
  if (numbers.empty()) return;
  ctx_->Tick();
  std::vector<std::uint32_t> copy(numbers.size());
  std::copy(numbers.begin(), numbers.end(), copy.begin());
  Batch batch;
  batch.rows = numbers.size();
  batch.Set(slot, NewNumbers(kind, std::move(copy)));
  const std::span<const Truth> fits = asked.conditions.Mark(batch, view());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    asked.fits[numbers[i]] = static_cast<std::uint8_t>(fits[i]);
  }
}

void NodeFold::FoldRange(NumberRange range, Scratch& scratch) {
  scratch.values.resize(columns_.size());
  for (std::uint32_t first = range.begin; first < range.end; first += kTogether) {
    ctx_->Tick();
    const std::uint32_t count = std::min(kTogether, range.end - first);
    for (const Way& way : ways_.all()) {
      if (const auto part = ways_.PartOf(way, NodeNo{first}, count)) {
        const std::uint32_t begin = part->starts.front();
        const std::size_t size = part->starts.back() - begin;
        Fold(
            {NodeNo{first},
             part->starts,
             {part->nodes + begin, size},
             part->rels != nullptr ? std::span(part->rels + begin, size) : std::span<const RelNo>(),
             RelNo{part->first_rel.value + begin}},
            scratch);
        continue;
      }
      for (std::uint32_t node = first; node < first + count; ++node) {
        const graph::Adjacency all = ways_.Of(way, NodeNo{node});
        const std::uint32_t starts[] = {0, static_cast<std::uint32_t>(all.size())};
        Fold({NodeNo{node}, starts, all.nodes,
              all.rels != nullptr ? std::span(all.rels, all.size()) : std::span<const RelNo>(),
              all.first},
             scratch);
      }
    }
  }
}

/// Of steps at some nodes, along one way.
void NodeFold::Fold(const Steps& all, Scratch& scratch) {
  if (all.others.empty()) return;
  Steps steps = all;
  if (!asked_.empty() || !comparisons_.empty()) {
    MarkFitting(all, scratch);
    steps.starts = Narrow(all, scratch);
    steps.others = std::span<const NodeNo>(scratch.others).first(steps.starts.back());
    steps.rels = std::span<const RelNo>(scratch.rels).first(steps.starts.back());
  }
  for (std::size_t i = 0; i + 1 < steps.starts.size(); ++i) {
    counts_[steps.first.value + i] += steps.starts[i + 1] - steps.starts[i];
  }
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    if (IsMadeOf(column)) ReadValues(column, steps, scratch.values[column]);
  }
  for (Item& item : items_) Make(item, steps, scratch);
}

bool NodeFold::IsMadeOf(std::size_t column) const {
  return std::any_of(items_.begin(), items_.end(), [column](const Item& item) {
    return item.column == column && item.what != What::kCount;
  });
}

void NodeFold::MarkFitting(const Steps& steps, Scratch& scratch) const {
  const std::size_t size = steps.others.size();
  scratch.fits.assign(size, 1);
  for (const Asked& asked : asked_) {
    if (asked.side == Side::kOther) {
      for (std::size_t i = 0; i < size; ++i) scratch.fits[i] &= asked.fits[steps.others[i].value];
    } else if (asked.side == Side::kRel) {
      for (std::size_t i = 0; i < size; ++i) scratch.fits[i] &= asked.fits[steps.rel(i).value];
    } else {
      ForEachNode(steps, [&](std::uint32_t node, std::size_t begin, std::size_t end) {
        if (asked.fits[node] != 0) return;
        std::fill(scratch.fits.data() + begin, scratch.fits.data() + end, std::uint8_t{0});
      });
    }
  }
  for (const Comparison& comparison : comparisons_) MarkCompared(comparison, steps, scratch);
}

void NodeFold::MarkCompared(const Comparison& comparison, const Steps& steps,
                            Scratch& scratch) const {
  const bool is_of_node = columns_[comparison.a].side == Side::kNode;
  if (!is_of_node) ReadValues(comparison.a, steps, scratch.values[comparison.a]);
  ReadValues(comparison.b, steps, scratch.values[comparison.b]);
  const std::uint32_t* const a = scratch.values[comparison.a].data();
  const std::uint32_t* const b = scratch.values[comparison.b].data();
  const DenseNumbers& numbers = columns_[comparison.a].numbers;
  // What is added to `a` is beyond what both begin with.
  const std::int64_t far = numbers.base - columns_[comparison.b].numbers.base;
  const auto mark = [&](const auto& holds) {
    const auto set = [&](std::size_t i, std::int64_t value) {
      scratch.fits[i] &= static_cast<std::uint8_t>(holds(value, std::int64_t{b[i]}));
    };
    if (!is_of_node) {
      for (std::size_t i = 0; i < scratch.fits.size(); ++i) set(i, a[i] + far);
      return;
    }
    ForEachNode(steps, [&](std::uint32_t node, std::size_t begin, std::size_t end) {
      const std::int64_t value = NumberAt(numbers, node) + far;
      for (std::size_t i = begin; i < end; ++i) set(i, value);
    });
  };
  switch (comparison.op) {
    case CompareOp::kEqual:
      return mark([](std::int64_t x, std::int64_t y) { return x == y; });
    case CompareOp::kNotEqual:
      return mark([](std::int64_t x, std::int64_t y) { return x != y; });
    case CompareOp::kLess:
      return mark([](std::int64_t x, std::int64_t y) { return x < y; });
    case CompareOp::kLessOrEqual:
      return mark([](std::int64_t x, std::int64_t y) { return x <= y; });
    case CompareOp::kGreater:
      return mark([](std::int64_t x, std::int64_t y) { return x > y; });
    case CompareOp::kGreaterOrEqual:
      return mark([](std::int64_t x, std::int64_t y) { return x >= y; });
  }
}

/// Takes those that fit; where the steps of each node begin among them.
std::span<const std::uint32_t> NodeFold::Narrow(const Steps& steps, Scratch& scratch) const {
  const std::size_t size = steps.others.size();
  scratch.others.resize(size);
  scratch.rels.resize(size);
  scratch.places.resize(size + 1);
  std::uint32_t* const places = scratch.places.data();
  places[0] = 0;
  std::uint32_t kept = 0;
  if (only_counts_) {
    for (std::size_t i = 0; i < size; ++i) places[i + 1] = kept += scratch.fits[i];
  } else {
    for (std::size_t i = 0; i < size; ++i) {
      scratch.others[kept] = steps.others[i];  // Kept only where the next one moves on.
      scratch.rels[kept] = steps.rel(i);
      places[i + 1] = kept += scratch.fits[i];
    }
  }
  scratch.starts.resize(steps.starts.size());
  for (std::size_t i = 0; i < steps.starts.size(); ++i) {
    scratch.starts[i] = places[steps.starts[i] - steps.starts.front()];
  }
  return scratch.starts;
}

void NodeFold::ReadValues(std::size_t column, const Steps& steps,
                          std::vector<std::uint32_t>& out) const {
  const Side side = columns_[column].side;
  const DenseNumbers& numbers = columns_[column].numbers;
  const std::size_t size = steps.others.size();
  out.resize(size);
  if (numbers.width == 0) return std::fill(out.begin(), out.end(), 0u);
  if (side == Side::kNode) {
    return ForEachNode(steps, [&](std::uint32_t node, std::size_t begin, std::size_t end) {
      std::fill(out.data() + begin, out.data() + end, NumberAt(numbers, node));
    });
  }
  const std::uint32_t first = numbers.first;
  WithArray(numbers, [&](const auto* array) {
    std::uint32_t* const into = out.data();
    if (side == Side::kOther) {
      for (std::size_t i = 0; i < size; ++i) into[i] = array[steps.others[i].value - first];
    } else if (steps.rels.empty()) {
      std::copy_n(array + (steps.first_rel.value - first), size, into);
    } else {
      for (std::size_t i = 0; i < size; ++i) into[i] = array[steps.rels[i].value - first];
    }
  });
}

void NodeFold::Make(Item& item, const Steps& steps, Scratch& scratch) const {
  if (item.what == What::kCount) return;
  const std::vector<std::uint32_t>& values = scratch.values[item.column];
  const DenseNumbers& numbers = columns_[item.column].numbers;
  std::int64_t* const results = item.results.data();
  switch (item.what) {
    case What::kSum:
    case What::kAverage:
      return AddSums(steps, values, numbers.base, results, scratch);
    case What::kMin:
      return ForEachNode(steps, [&](std::uint32_t node, std::size_t begin, std::size_t end) {
        std::uint32_t least = UINT32_MAX;
        for (std::size_t i = begin; i < end; ++i) least = std::min(least, values[i]);
        if (begin < end) results[node] = std::min(results[node], least + numbers.base);
      });
    case What::kMax:
      return ForEachNode(steps, [&](std::uint32_t node, std::size_t begin, std::size_t end) {
        std::uint32_t most = 0;
        for (std::size_t i = begin; i < end; ++i) most = std::max(most, values[i]);
        if (begin < end) results[node] = std::max(results[node], most + numbers.base);
      });
    default:
      return MarkDistinct(steps, values, numbers.most, results, scratch);
  }
}

void NodeFold::AddSums(const Steps& steps, const std::vector<std::uint32_t>& values,
                       std::int64_t base, std::int64_t* results, Scratch& scratch) {
  scratch.sums.resize(values.size() + 1);
  std::int64_t sum = 0;
  scratch.sums[0] = 0;
  for (std::size_t i = 0; i < values.size(); ++i) scratch.sums[i + 1] = sum += base + values[i];
  ForEachNode(steps, [&](std::uint32_t node, std::size_t begin, std::size_t end) {
    results[node] += scratch.sums[end] - scratch.sums[begin];
  });
}

/// Bits of the entries that there are, or, where there are more entries, their number.
void NodeFold::MarkDistinct(const Steps& steps, const std::vector<std::uint32_t>& values,
                            std::uint32_t most, std::int64_t* results, Scratch& scratch) {
  if (most < kBits) {
    return ForEachNode(steps, [&](std::uint32_t node, std::size_t begin, std::size_t end) {
      std::uint64_t bits = 0;
      for (std::size_t i = begin; i < end; ++i) bits |= std::uint64_t{1} << values[i];
      results[node] =
          std::bit_cast<std::int64_t>(bits | std::bit_cast<std::uint64_t>(results[node]));
    });
  }
  scratch.seen.resize(most + std::size_t{1});
  ForEachNode(steps, [&](std::uint32_t node, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      std::uint32_t& seen = scratch.seen[values[i]];
      results[node] += seen != node + 1 ? 1 : 0;
      seen = node + 1;
    }
  });
}

bool NodeFold::Next(Batch& out) {
  const std::uint32_t limit = static_cast<std::uint32_t>(counts_.size());
  std::vector<std::uint32_t> nodes(ctx_->batch_size());
  std::size_t rows = 0;
  while (rows == 0 && next_ < limit) {
    const std::uint32_t end = std::min<std::uint32_t>(limit - next_, ctx_->batch_size()) + next_;
    for (; next_ < end; ++next_) {
      nodes[rows] = next_;  // Kept only where the next one moves on.
      rows += counts_[next_] != 0 ? 1 : 0;
    }
  }
  if (rows == 0) return false;
  nodes.resize(rows);
  out.Clear();
  out.rows = rows;
  for (const Item& item : items_) out.Set(item.slot, Results(item, nodes));
  out.Set(step_.node, NewNumbers(ColumnKind::kNodes, std::move(nodes)));
  return true;
}

ColumnPtr NodeFold::Results(const Item& item, std::span<const std::uint32_t> nodes) const {
  MutableColumnPtr column =
      NewColumn(item.what == What::kAverage ? ColumnKind::kDoubles : ColumnKind::kInts);
  const bool is_bits =
      item.what == What::kCountDistinct && columns_[item.column].numbers.most < kBits;
  if (item.what == What::kAverage) {
    for (const std::uint32_t node : nodes) {
      column->doubles.push_back(static_cast<double>(item.results[node]) / counts_[node]);
    }
    return column;
  }
  column->ints.resize(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (item.what == What::kCount) {
      column->ints[i] = counts_[nodes[i]];
    } else if (is_bits) {
      column->ints[i] = std::popcount(std::bit_cast<std::uint64_t>(item.results[nodes[i]]));
    } else {
      column->ints[i] = item.results[nodes[i]];
    }
  }
  return column;
}

std::size_t NodeFold::Bytes() const {
  std::size_t made = 0;
  for (const Item& item : items_) made += item.results.size() * sizeof(std::int64_t);
  return made + counts_.size() * sizeof(std::uint32_t);
}

}  // namespace verbale::query
