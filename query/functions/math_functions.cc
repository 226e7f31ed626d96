#include <array>
#include <charconv>
#include <cmath>
#include <numbers>
#include <string>

#include "query/functions/define.h"
#include "query/functions/errors.h"

namespace verbale::query {
namespace {

using graph::Value;
using graph::ValueType;

constexpr std::string_view kMath = "Mathematical";
constexpr std::string_view kTrigonometry = "Trigonometric";

constexpr TypeSet kRoundArgs[] = {TypeSet::Number(), ValueType::kInt, ValueType::kString};

double Number(const Value& v) {
  if (v.is_number()) return v.as_number();
  ThrowType("a number is needed, not " + Describe(v));
}

// A function of <cmath> on one number.
template <double (*F)(double)>
Value Of(Args args, const FunctionContext&) {
  return Value(F(Number(args[0])));
}

double Cotangent(double x) { return 1 / std::tan(x); }
double HyperbolicCotangent(double x) { return 1 / std::tanh(x); }
double Degrees(double x) { return x * 180 / std::numbers::pi; }
double Radians(double x) { return x / 180 * std::numbers::pi; }
// Half the versed sine.
double Haversin(double x) { return std::sin(x / 2) * std::sin(x / 2); }

Value ArcTangent2(Args args, const FunctionContext&) {
  return Value(std::atan2(Number(args[0]), Number(args[1])));
}

Value Pi(Args, const FunctionContext&) { return Value(std::numbers::pi); }
Value E(Args, const FunctionContext&) { return Value(std::numbers::e); }

Value Abs(Args args, const FunctionContext&) {
  if (!args[0].is_int()) return Value(std::fabs(Number(args[0])));
  const std::int64_t i = args[0].as_int();
  if (i == std::numeric_limits<std::int64_t>::min()) {
    ThrowArithmetic("abs() of the least integer does not fit into an integer", "IntegerOverflow");
  }
  return Value(i < 0 ? -i : i);
}

Value Sign(Args args, const FunctionContext&) {
  const double x = Number(args[0]);
  return Value(x > 0 ? 1 : (x < 0 ? -1 : 0));
}

Value IsNan(Args args, const FunctionContext&) { return Value(std::isnan(Number(args[0]))); }

Value Rand(Args, const FunctionContext& context) { return Value(context.random->NextUnit()); }

Value RandomUuid(Args, const FunctionContext& context) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::uint64_t bits[2] = {context.random->Next(), context.random->Next()};
  bits[0] = (bits[0] & ~std::uint64_t{0xF000}) | 0x4000;                     // version 4
  bits[1] = (bits[1] & ~(std::uint64_t{3} << 62)) | std::uint64_t{1} << 63;  // variant 1
  std::string text;
  for (int i = 0; i < 32; ++i) {
    if (i == 8 || i == 12 || i == 16 || i == 20) text += '-';
    text += kHex[(bits[i / 16] >> (60 - 4 * (i % 16))) & 0xF];
  }
  return Value(text);
}

// ---- round() --------------------------------------------------------------------------------
//
// Rounding looks at the shortest decimal digits of the number, as people see it, not at its binary
// value: round(1.005, 2) is 1.01.

enum class Mode : std::uint8_t { kUp, kDown, kCeiling, kFloor, kHalfUp, kHalfDown, kHalfEven };

Mode ParseMode(const Value& v) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "UP", "DOWN", "CEILING", "FLOOR", "HALF_UP", "HALF_DOWN", "HALF_EVEN"};
  if (!v.is_string()) ThrowType("a rounding mode is a string, not " + Describe(v));
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (EditDistance(kNames[i], v.as_string()) == 0) return static_cast<Mode>(i);
  }
  throw Error(ErrorCode::kInvalidArgument, "unknown rounding mode " + Describe(v))
      .WithHint(NearestName(v.as_string(), kNames));
}

// Whether the magnitude grows, given what is cut off: `half` compares it with one half.
bool GrowsBy(Mode mode, bool negative, bool last_is_odd, std::partial_ordering half) {
  switch (mode) {
    case Mode::kUp:
      return true;
    case Mode::kDown:
      return false;
    case Mode::kCeiling:
      return !negative;
    case Mode::kFloor:
      return negative;
    case Mode::kHalfUp:
      return half >= 0;
    case Mode::kHalfDown:
      return half > 0;
    case Mode::kHalfEven:
      return half > 0 || (half == 0 && last_is_odd);
  }
  return false;
}

double RoundDecimal(double x, int precision, Mode mode) {
  if (!std::isfinite(x) || x == 0) return x;
  char buffer[400];
  const auto written =
      std::to_chars(buffer, buffer + sizeof buffer, std::fabs(x), std::chars_format::fixed);
  std::string digits(buffer, written.ptr);
  const std::size_t point = digits.find('.');
  if (point == std::string::npos) return x;
  const std::size_t keep = point + 1 + static_cast<std::size_t>(precision);
  if (keep >= digits.size()) return x;
  const std::string cut = digits.substr(keep);
  if (cut.find_first_not_of('0') == std::string::npos) return x;
  const bool exactly_half = cut[0] == '5' && cut.find_first_not_of('0', 1) == std::string::npos;
  const auto half =
      exactly_half ? std::partial_ordering::equivalent
                   : (cut[0] >= '5' ? std::partial_ordering::greater : std::partial_ordering::less);
  digits.resize(keep);
  const char last = digits.back() == '.' ? digits[point - 1] : digits.back();
  if (GrowsBy(mode, x < 0, (last - '0') % 2 != 0, half)) {
    std::size_t at = digits.size();
    while (at > 0 && (digits[at - 1] == '9' || digits[at - 1] == '.')) {
      --at;
      if (digits[at] == '9') digits[at] = '0';
    }
    if (at == 0) {
      digits.insert(digits.begin(), '1');
    } else {
      ++digits[at - 1];
    }
  }
  double rounded = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), rounded);
  return x < 0 ? -rounded : rounded;
}

Value Round(Args args, const FunctionContext&) {
  const double x = Number(args[0]);
  // Without precision halves go up; with it, away from zero.
  if (args.size() == 1) return Value(std::floor(x) + (x - std::floor(x) >= 0.5 ? 1.0 : 0.0));
  if (!args[1].is_int()) ThrowType("a precision is an integer, not " + Describe(args[1]));
  if (args[1].as_int() < 0) {
    ThrowArgument("a precision is not negative: " + Describe(args[1]), "NegativeIntegerArgument");
  }
  const int precision = static_cast<int>(std::min<std::int64_t>(args[1].as_int(), 400));
  return Value(RoundDecimal(x, precision, args.size() > 2 ? ParseMode(args[2]) : Mode::kHalfUp));
}

template <double (*F)(double)>
Function Row(std::string_view name, std::string_view category, std::string_view description) {
  return {.name = name,
          .min_args = 1,
          .max_args = 1,
          .arguments = kNumberArg,
          .result = ValueType::kDouble,
          .call = Strict<Of<F>>,
          .category = category,
          .description = description};
}

}  // namespace

std::span<const Function> MathFunctions() {
  static const Function table[] = {
      {.name = "abs",
       .min_args = 1,
       .max_args = 1,
       .arguments = kNumberArg,
       .result = TypeSet::Number(),
       .call = Strict<Abs>,
       .category = kMath,
       .description = "Without its sign."},
      Row<std::ceil>("ceil", kMath, "The least whole number that is not smaller."),
      Row<std::ceil>("ceiling", kMath, "The least whole number that is not smaller."),
      Row<std::floor>("floor", kMath, "The greatest whole number that is not greater."),
      {.name = "round",
       .min_args = 1,
       .max_args = 3,
       .arguments = kRoundArgs,
       .result = ValueType::kDouble,
       .call = Strict<Round>,
       .category = kMath,
       .description = "Rounded to whole numbers or decimal places, in a mode such as HALF_EVEN."},
      {.name = "sign",
       .min_args = 1,
       .max_args = 1,
       .arguments = kNumberArg,
       .result = ValueType::kInt,
       .call = Strict<Sign>,
       .category = kMath,
       .description = "-1, 0 or 1."},
      {.name = "isNaN",
       .min_args = 1,
       .max_args = 1,
       .arguments = kNumberArg,
       .result = ValueType::kBool,
       .call = Strict<IsNan>,
       .category = kMath,
       .description = "Whether a float is not a number."},
      {.name = "rand",
       .min_args = 0,
       .max_args = 0,
       .result = ValueType::kDouble,
       .call = Rand,
       .deterministic = false,
       .category = kMath,
       .description = "A random float from 0 (included) to 1."},
      {.name = "randomUUID",
       .min_args = 0,
       .max_args = 0,
       .result = ValueType::kString,
       .call = RandomUuid,
       .deterministic = false,
       .category = kMath,
       .description = "A random UUID, version 4."},
      {.name = "e",
       .min_args = 0,
       .max_args = 0,
       .result = ValueType::kDouble,
       .call = E,
       .category = kMath,
       .description = "Base of the natural logarithm."},
      Row<std::exp>("exp", kMath, "e to the power of a number."),
      Row<std::log>("log", kMath, "Natural logarithm."),
      Row<std::log>("ln", kMath, "Natural logarithm."),
      Row<std::log10>("log10", kMath, "Logarithm to base 10."),
      Row<std::sqrt>("sqrt", kMath, "Square root."),
  };
  return table;
}

std::span<const Function> TrigonometryFunctions() {
  static const Function table[] = {
      {.name = "pi",
       .min_args = 0,
       .max_args = 0,
       .result = ValueType::kDouble,
       .call = Pi,
       .category = kTrigonometry,
       .description = "Half the circumference of the unit circle."},
      {.name = "atan2",
       .min_args = 2,
       .max_args = 2,
       .arguments = kNumberArg,
       .result = ValueType::kDouble,
       .call = Strict<ArcTangent2>,
       .category = kTrigonometry,
       .description = "Arc tangent of y / x in the quadrant of the point."},
      Row<std::sin>("sin", kTrigonometry, "Sine."),
      Row<std::cos>("cos", kTrigonometry, "Cosine."),
      Row<std::tan>("tan", kTrigonometry, "Tangent."),
      Row<Cotangent>("cot", kTrigonometry, "Cotangent."),
      Row<std::asin>("asin", kTrigonometry, "Arc sine."),
      Row<std::acos>("acos", kTrigonometry, "Arc cosine."),
      Row<std::atan>("atan", kTrigonometry, "Arc tangent."),
      Row<std::sinh>("sinh", kTrigonometry, "Hyperbolic sine."),
      Row<std::cosh>("cosh", kTrigonometry, "Hyperbolic cosine."),
      Row<std::tanh>("tanh", kTrigonometry, "Hyperbolic tangent."),
      Row<HyperbolicCotangent>("coth", kTrigonometry, "Hyperbolic cotangent."),
      Row<Degrees>("degrees", kTrigonometry, "Radians to degrees."),
      Row<Radians>("radians", kTrigonometry, "Degrees to radians."),
      Row<Haversin>("haversin", kTrigonometry, "Half the versed sine."),
  };
  return table;
}

}  // namespace verbale::query
