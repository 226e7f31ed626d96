// count, sum, avg, min, max, collect, deviations and percentiles.
//
// A result must not depend on the order of rows or on how they were divided among threads, to the
// last bit. So integers are summed in 128 bits, and floats exactly: as a list of floats without
// overlap whose sum is the sum (Shewchuk), rounded once at the end. What has no exact small state
// keeps its numbers.

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <unordered_set>
#include <vector>

#include "query/functions/define.h"
#include "query/functions/errors.h"

namespace verbale::query {
namespace {

using graph::List;
using graph::Value;
using graph::ValueType;

__extension__ using Int128 = __int128;

// The exact sum of any number of doubles.
class ExactSum {
 public:
  void Add(double x) {
    if (std::fabs(x) < kLarge) [[likely]]
      return AddTo(parts_, x);
    if (!std::isfinite(x)) {
      special_ += x;
      has_special_ = true;
      return;
    }
    AddTo(large_parts_, x / kLargeUnit);
  }

  // Values whose exact sum it is: floats, and a list of those in large units.
  void AppendTo(List& list) const {
    for (const double part : parts_) list.emplace_back(part);
    if (has_special_) list.emplace_back(special_);
    if (large_parts_.empty()) return;
    list.emplace_back(List(large_parts_.begin(), large_parts_.end()));
  }
  void AddPart(const Value& part) {
    if (!part.is_list()) return Add(part.as_double());
    for (const Value& large : part.as_list()) AddTo(large_parts_, large.as_double());
  }

  // The sum divided by `n`; rounded once before that.
  double DividedBy(double n) const {
    if (has_special_) return special_ / n;
    if (large_parts_.empty()) return Rounded(parts_) / n;
    // What is left of the large ones once they cancelled each other out may be none.
    Parts parts = parts_;
    Parts large;
    for (const double part : large_parts_) {
      if (std::fabs(part) < kLarge / kLargeUnit) {
        AddTo(parts, part * kLargeUnit);
      } else {
        large.push_back(part);
      }
    }
    if (large.empty()) return Rounded(parts) / n;
    for (const double part : parts) AddTo(large, InLargeUnits(part));
    return Rounded(large) / n * kLargeUnit;
  }
  double Round() const { return DividedBy(1); }

 private:
  // Floats that grow and do not overlap.
  using Parts = std::vector<double>;

  // From here on floats are summed in units of their own: 2^63 of either kind do not overflow.
  static constexpr double kLarge = 0x1p960;
  static constexpr double kLargeUnit = 0x1p128;

  static void AddTo(Parts& parts, double x) {
    std::size_t kept = 0;
    for (double part : parts) {
      if (std::fabs(x) < std::fabs(part)) std::swap(x, part);
      const double high = x + part;
      const double low = part - (high - x);
      if (low != 0) parts[kept++] = low;
      x = high;
    }
    parts.resize(kept);
    parts.push_back(x);
  }

  // Beside large parts what is too small for their units counts as no more than a sign.
  static double InLargeUnits(double x) {
    const double scaled = x / kLargeUnit;
    if (scaled * kLargeUnit == x) return scaled;
    return std::copysign(std::numeric_limits<double>::denorm_min(), x);
  }

  // Rounded once: parts do not overlap and grow, so only a tie needs a look at the next one.
  static double Rounded(const Parts& parts) {
    if (parts.empty()) return 0;
    std::size_t n = parts.size();
    double high = parts[--n];
    double low = 0;
    while (n > 0 && low == 0) {
      const double before = high;
      const double part = parts[--n];
      high = before + part;
      low = part - (high - before);
    }
    if (n > 0 && ((low < 0) == (parts[n - 1] < 0))) {
      const double twice = low * 2;
      const double other = high + twice;
      if (twice == other - high) high = other;
    }
    return high;
  }

  Parts parts_;
  Parts large_parts_;   // In units of kLargeUnit.
  double special_ = 0;  // Sum of infinities and NaNs, in whose company nothing else counts.
  bool has_special_ = false;
};

class Count : public Aggregate {
 public:
  void Add(Args args) override {
    if (args.empty() || !args[0].is_null()) ++rows_;
  }
  Value Finish() override { return Value(rows_); }

 private:
  std::int64_t rows_ = 0;
};

// What sum and avg share: numbers, or durations.
class Total : public Aggregate {
 public:
  void Add(Args args) override {
    const Value& v = args[0];
    if (v.is_null()) return;
    ++count_;
    if (v.is_int()) {
      integers_ += v.as_int();
    } else if (v.is_double()) {
      floats_.Add(v.as_double());
      has_float_ = true;
    } else if (v.type() == ValueType::kDuration) {
      durations_ = graph::Plus(durations_, v.as_duration());
      ++duration_count_;
    } else {
      ThrowType("numbers or durations can be added up, not " + Describe(v));
    }
    RequireOneKind();
  }

 protected:
  // Everything that was added as one value for AddPart: null for nothing, a number or a duration
  // where it is one exactly, else a list of the integers in two pieces and the floats.
  Value Part() const {
    if (count_ == 0) return Value();
    if (are_durations()) return Value(durations_);
    if (!has_float_ && FitsInt64()) return Value(static_cast<std::int64_t>(integers_));
    List list{Value(static_cast<std::int64_t>(integers_ / kPiece)),
              Value(static_cast<std::int64_t>(integers_ % kPiece))};
    floats_.AppendTo(list);
    return integers_ == 0 && list.size() == 3 && list.back().is_double() ? list.back()
                                                                         : Value(std::move(list));
  }
  void AddPart(const Value& part) {
    if (!part.is_list()) return Total::Add(Args(&part, 1));
    const List& list = part.as_list();
    ++count_;
    integers_ += list[0].as_int() * kPiece + list[1].as_int();
    for (std::size_t i = 2; i < list.size(); ++i) floats_.AddPart(list[i]);
    has_float_ = has_float_ || list.size() > 2;
    RequireOneKind();
  }

  // What was added, which were so many values.
  Value Mean(std::int64_t values) const {
    if (values == 0) return Value();
    if (are_durations()) return Value(graph::DividedBy(durations_, values));
    return Value(Together().DividedBy(static_cast<double>(values)));
  }

  bool FitsInt64() const {
    return integers_ <= std::numeric_limits<std::int64_t>::max() &&
           integers_ >= std::numeric_limits<std::int64_t>::min();
  }
  std::int64_t count() const { return count_; }
  bool all_integers() const { return !has_float_; }
  bool are_durations() const { return duration_count_ > 0; }
  Int128 integers() const { return integers_; }
  const graph::Duration& durations() const { return durations_; }

  // Integers and floats together. The integers go in as three exact pieces.
  ExactSum Together() const {
    ExactSum all = floats_;
    Int128 rest = integers_;
    for (int i = 0; i < 3 && rest != 0; ++i) {
      const auto piece = static_cast<double>(rest);
      all.Add(piece);
      rest -= static_cast<Int128>(piece);
    }
    return all;
  }

 private:
  static constexpr Int128 kPiece = Int128{1} << 62;

  void RequireOneKind() const {
    if (duration_count_ != 0 && duration_count_ != count_) {
      ThrowType("numbers and durations cannot be added up together");
    }
  }

  std::int64_t count_ = 0;
  Int128 integers_ = 0;
  ExactSum floats_;
  bool has_float_ = false;
  graph::Duration durations_;
  std::int64_t duration_count_ = 0;
};

class Sum : public Total {
 public:
  Value Finish() override {
    if (are_durations()) return Value(durations());
    if (!all_integers()) return Value(Together().Round());
    if (!FitsInt64()) {
      ThrowArithmetic("the sum does not fit into an integer", "IntegerOverflow");
    }
    return Value(static_cast<std::int64_t>(integers()));
  }
};

// Of some rows, for SumOfParts.
class PartOfSum : public Total {
 public:
  Value Finish() override { return Part(); }
};

class SumOfParts : public Sum {
 public:
  void Add(Args args) override { AddPart(args[0]); }
};

class Average : public Total {
 public:
  Value Finish() override { return Mean(count()); }
};

// Of parts: their sums, and how many values are in each.
class AverageOfParts : public Total {
 public:
  void Add(Args args) override {
    AddPart(args[0]);
    values_ += args[1].as_int();
  }
  Value Finish() override { return Mean(values_); }

 private:
  std::int64_t values_ = 0;
};

// The least or greatest value in the order of ORDER BY; of equivalent ones the first.
template <bool kGreatest>
class Extreme : public Aggregate {
 public:
  void Add(Args args) override {
    const Value& v = args[0];
    if (v.is_null()) return;
    if (!best_.is_null()) {
      const auto order = graph::TotalOrder(v, best_);
      if (kGreatest ? order <= 0 : order >= 0) return;
    }
    best_ = v;
  }
  Value Finish() override { return best_; }

 private:
  Value best_;
};

class Collect : public Aggregate {
 public:
  void Add(Args args) override {
    if (!args[0].is_null()) values_.push_back(args[0]);
  }
  Value Finish() override { return Value(std::move(values_)); }
  std::size_t Bytes() const override { return values_.capacity() * sizeof(Value); }

 private:
  List values_;
};

// What needs all its numbers at the end.
class Numbers : public Aggregate {
 public:
  void Add(Args args) override {
    if (args[0].is_null()) return;
    if (!args[0].is_number()) ThrowType("numbers are needed, not " + Describe(args[0]));
    numbers_.push_back(args[0]);
    OnArguments(args);
  }
  std::size_t Bytes() const override { return numbers_.capacity() * sizeof(Value); }

 protected:
  virtual void OnArguments(Args) {}
  List& numbers() { return numbers_; }

 private:
  List numbers_;
};

// Of a sample (divided by n - 1) or of the whole population (by n).
template <bool kSample>
class Deviation : public Numbers {
 public:
  Value Finish() override {
    const auto n = static_cast<double>(numbers().size());
    if (numbers().size() < (kSample ? 2 : 1)) return Value(0.0);
    ExactSum sum;
    for (const Value& v : numbers()) sum.Add(v.as_number());
    const double mean = sum.DividedBy(n);
    ExactSum squares;
    for (const Value& v : numbers()) {
      const double d = v.as_number() - mean;
      squares.Add(d * d);
    }
    return Value(std::sqrt(squares.Round() / (kSample ? n - 1 : n)));
  }
};

class Percentile : public Numbers {
 protected:
  void OnArguments(Args args) override {
    const Value& p = args[1];
    if (!p.is_number()) ThrowType("a percentile is a number, not " + Describe(p));
    if (!(p.as_number() >= 0 && p.as_number() <= 1)) {
      ThrowArgument("a percentile lies between 0.0 and 1.0: " + Describe(p), "NumberOutOfRange");
    }
    if (numbers().size() > 1 && p.as_number() != percentile_) {
      ThrowArgument("the percentile must be the same in all rows of a group: " +
                        Describe(Value(percentile_)) + " and " + Describe(p),
                    "InvalidArgumentValue");
    }
    percentile_ = p.as_number();
  }
  // Sorted, and the place in it that the percentile points at, from 0.
  double Place() {
    std::sort(numbers().begin(), numbers().end(),
              [](const Value& a, const Value& b) { return graph::TotalOrder(a, b) < 0; });
    return percentile_ * static_cast<double>(numbers().size() - 1);
  }
  double percentile() const { return percentile_; }

 private:
  double percentile_ = 0;
};

// The number that is there.
class PercentileDisc : public Percentile {
 public:
  Value Finish() override {
    if (numbers().empty()) return Value();
    Place();
    const double rank = std::ceil(percentile() * static_cast<double>(numbers().size()));
    return numbers()[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
  }
};

// Between the two nearest.
class PercentileCont : public Percentile {
 public:
  Value Finish() override {
    if (numbers().empty()) return Value();
    const double place = Place();
    const auto below = static_cast<std::size_t>(std::floor(place));
    const auto above = static_cast<std::size_t>(std::ceil(place));
    const double low = numbers()[below].as_number();
    const double high = numbers()[above].as_number();
    return Value(low + (high - low) * (place - static_cast<double>(below)));
  }
};

// Lets each first argument pass once.
class Distinct : public Aggregate {
 public:
  explicit Distinct(std::unique_ptr<Aggregate> inner) : inner_(std::move(inner)) {}

  void Add(Args args) override {
    if (seen_.insert(args[0]).second) inner_->Add(args);
  }
  Value Finish() override { return inner_->Finish(); }
  std::size_t Bytes() const override {
    constexpr std::size_t kPerRow = 4 * sizeof(Value);
    return seen_.size() * kPerRow + inner_->Bytes();
  }

 private:
  std::unique_ptr<Aggregate> inner_;
  std::unordered_set<Value, graph::ValueHash, graph::ValueEquivalent> seen_;
};

template <typename T>
std::unique_ptr<Aggregate> Make() {
  return std::make_unique<T>();
}

constexpr TypeSet kSummable[] = {TypeSet::Number() | ValueType::kDuration};
constexpr TypeSet kTwoNumbers[] = {TypeSet::Number(), TypeSet::Number()};

}  // namespace

std::span<const AggregateFunction> AllAggregates() {
  constexpr ValueType kFloat = ValueType::kDouble;
  static const AggregateFunction table[] = {
      {"avg", 1, 1, kSummable, TypeSet(kFloat) | ValueType::kDuration, Make<Average>,
       "Mean of numbers or durations."},
      {"collect", 1, 1, kAnyArg, ValueType::kList, Make<Collect>, "All values that are not null."},
      {"count", 0, 1, kAnyArg, ValueType::kInt, Make<Count>, "Rows, or values that are not null."},
      {"max", 1, 1, kAnyArg, TypeSet::Any(), Make<Extreme<true>>, "The greatest value."},
      {"min", 1, 1, kAnyArg, TypeSet::Any(), Make<Extreme<false>>, "The least value."},
      {"percentileCont", 2, 2, kTwoNumbers, kFloat, Make<PercentileCont>,
       "The percentile, between the two nearest numbers."},
      {"percentileDisc", 2, 2, kTwoNumbers, TypeSet::Number(), Make<PercentileDisc>,
       "The number at the percentile."},
      {"stDev", 1, 1, kNumberArg, kFloat, Make<Deviation<true>>, "Standard deviation of a sample."},
      {"stDevP", 1, 1, kNumberArg, kFloat, Make<Deviation<false>>,
       "Standard deviation of a population."},
      {"sum", 1, 1, kSummable, TypeSet::Number() | ValueType::kDuration, Make<Sum>,
       "Sum of numbers or durations."},
  };
  return table;
}

DividedAggregate Divided(const AggregateFunction& function) {
  static const AggregateFunction part_of_sum = {"sum",           1, 1, kSummable, TypeSet::Any(),
                                                Make<PartOfSum>, {}};
  static const AggregateFunction sum_of_parts = {
      "sum", 1, 1, {}, TypeSet::Number() | ValueType::kDuration, Make<SumOfParts>, {}};
  static const AggregateFunction average_of_parts = {
      "avg", 2, 2, {}, TypeSet(ValueType::kDouble) | ValueType::kDuration, Make<AverageOfParts>,
      {}};
  if (function.name == "count") return {&function, &sum_of_parts};
  if (function.name == "sum") return {&part_of_sum, &sum_of_parts};
  if (function.name == "avg") return {&part_of_sum, &average_of_parts, FindAggregate("count")};
  if (function.name == "min" || function.name == "max") return {&function, &function};
  return {};
}

std::unique_ptr<Aggregate> NewAggregate(const AggregateFunction& function, bool distinct) {
  auto aggregate = function.make();
  if (distinct) return std::make_unique<Distinct>(std::move(aggregate));
  return aggregate;
}

}  // namespace verbale::query
