// toInteger() and its kin. Each conversion is written once, as a function from a value to a value
// or an error; the OrNull and List forms wrap it.

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>
#include <type_traits>

#include "graph/value_text.h"
#include "query/functions/define.h"
#include "query/functions/errors.h"
#include "query/functions/text.h"

namespace verbale::query {
namespace {

using graph::List;
using graph::Value;
using graph::ValueType;

constexpr std::string_view kCategory = "Conversion";

[[noreturn]] void ThrowConversion(const Value& v, std::string_view to) {
  ThrowType(Describe(v) + " cannot become " + std::string(to), "InvalidArgumentValue");
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// A decimal number that fills the whole text. from_chars knows no plus sign, and more spellings of
// infinity than the language has.
template <typename T>
std::optional<T> ParseNumber(std::string_view text) {
  text = Trimmed(text);
  if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
  const bool decimal = text.find_first_not_of("+-.0123456789eE") == text.npos;
  if (!decimal && text != "NaN" && text != "Infinity" && text != "-Infinity") return std::nullopt;
  T number{};
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ptr != text.data() + text.size()) return std::nullopt;
  // Beyond the largest float is infinite, below the least 0.
  if constexpr (std::is_floating_point_v<T>) {
    if (read.ec == std::errc::result_out_of_range) {
      return std::strtod(std::string(text).c_str(), nullptr);
    }
  }
  if (read.ec != std::errc()) return std::nullopt;
  return number;
}

Value FloatToInteger(double d) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (std::isnan(d)) return Value();
  if (d < -kTwoTo63 || d >= kTwoTo63) {
    ThrowArgument(graph::FloatText(d) + " does not fit into an integer", "NumberOutOfRange");
  }
  return Value(static_cast<std::int64_t>(d));
}

Value ToInteger(const Value& v) {
  switch (v.type()) {
    case ValueType::kInt:
      return v;
    case ValueType::kDouble:
      return FloatToInteger(v.as_double());
    case ValueType::kBool:
      return Value(v.as_bool() ? 1 : 0);
    case ValueType::kString:
      if (const auto i = ParseNumber<std::int64_t>(v.as_string())) return Value(*i);
      if (const auto d = ParseNumber<double>(v.as_string())) {
        return std::isfinite(*d) ? FloatToInteger(*d) : Value();
      }
      return Value();
    default:
      ThrowConversion(v, "an integer");
  }
}

Value ToFloat(const Value& v) {
  if (v.is_number()) return Value(v.as_number());
  if (!v.is_string()) ThrowConversion(v, "a float");
  const auto d = ParseNumber<double>(v.as_string());
  return d ? Value(*d) : Value();
}

Value ToBoolean(const Value& v) {
  if (v.is_bool()) return v;
  if (v.is_int()) return Value(v.as_int() != 0);
  if (!v.is_string()) ThrowConversion(v, "a boolean");
  const std::string_view text = Trimmed(v.as_string());
  if (text.size() == 4 && EditDistance(text, "true") == 0) return Value(true);
  if (text.size() == 5 && EditDistance(text, "false") == 0) return Value(false);
  return Value();
}

Value ToString(const Value& v) {
  const bool has_text = v.is_string() || v.is_bool() || v.is_number() || v.is_temporal();
  if (!has_text) ThrowConversion(v, "a string");
  return Value(PlainText(v));
}

template <Value (*F)(const Value&)>
Value Convert(Args args, const FunctionContext&) {
  return args[0].is_null() ? Value() : F(args[0]);
}

// Null where the plain form is an error.
template <Value (*F)(const Value&)>
Value OrNull(const Value& v) {
  try {
    return v.is_null() ? v : F(v);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kInvalidArgument) throw;
    return Value();
  }
}

template <Value (*F)(const Value&)>
Value ConvertOrNull(Args args, const FunctionContext&) {
  return OrNull<F>(args[0]);
}

template <Value (*F)(const Value&)>
Value ConvertList(Args args, const FunctionContext&) {
  if (args[0].is_null()) return Value();
  if (!args[0].is_list()) ThrowConversion(args[0], "list");
  List converted;
  for (const Value& element : args[0].as_list()) converted.push_back(OrNull<F>(element));
  return Value(std::move(converted));
}

Function Row(std::string_view name, std::span<const TypeSet> arguments, TypeSet result,
             decltype(Function::call) call, std::string_view description) {
  return {.name = name,
          .min_args = 1,
          .max_args = 1,
          .arguments = arguments,
          .result = result,
          .call = call,
          .category = kCategory,
          .description = description};
}

}  // namespace

std::span<const Function> ConversionFunctions() {
  constexpr std::string_view kOrNull = "Likewise, but null where that is an error.";
  constexpr std::string_view kElements = "Each element of a list, null where it cannot be.";
  static const Function table[] = {
      Row("toInteger", kAnyArg, ValueType::kInt, Convert<ToInteger>,
          "Cut off to a whole number; null for a string that is no number."),
      Row("toInt", kAnyArg, ValueType::kInt, Convert<ToInteger>, "Older name of toInteger()."),
      Row("toFloat", kAnyArg, ValueType::kDouble, Convert<ToFloat>,
          "As a float; null for a string that is no number."),
      Row("toBoolean", kAnyArg, ValueType::kBool, Convert<ToBoolean>,
          "As a boolean; null for a string that is neither."),
      Row("toString", kAnyArg, ValueType::kString, Convert<ToString>, "As text."),
      Row("toIntegerOrNull", kAnyArg, ValueType::kInt, ConvertOrNull<ToInteger>, kOrNull),
      Row("toFloatOrNull", kAnyArg, ValueType::kDouble, ConvertOrNull<ToFloat>, kOrNull),
      Row("toBooleanOrNull", kAnyArg, ValueType::kBool, ConvertOrNull<ToBoolean>, kOrNull),
      Row("toStringOrNull", kAnyArg, ValueType::kString, ConvertOrNull<ToString>, kOrNull),
      Row("toIntegerList", kListArg, ValueType::kList, ConvertList<ToInteger>, kElements),
      Row("toFloatList", kListArg, ValueType::kList, ConvertList<ToFloat>, kElements),
      Row("toBooleanList", kListArg, ValueType::kList, ConvertList<ToBoolean>, kElements),
      Row("toStringList", kListArg, ValueType::kList, ConvertList<ToString>, kElements),
  };
  return table;
}

}  // namespace verbale::query
