// Strings. Positions and lengths count code points, never bytes.

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "query/functions/define.h"
#include "query/functions/errors.h"

namespace verbale::query {
namespace {

using graph::List;
using graph::Value;
using graph::ValueType;

constexpr std::string_view kCategory = "String";

constexpr TypeSet kStringInts[] = {ValueType::kString, ValueType::kInt};
constexpr TypeSet kStringOrListArg[] = {TypeSet(ValueType::kString) | ValueType::kList};
constexpr TypeSet kReplaceArgs[] = {ValueType::kString, ValueType::kString, ValueType::kString,
                                    ValueType::kInt};
constexpr TypeSet kSplitArgs[] = {ValueType::kString,
                                  TypeSet(ValueType::kString) | ValueType::kList};

std::string_view Text(const Value& v, std::string_view function) {
  if (v.is_string()) return v.as_string();
  ThrowType(std::string(function) + "() takes a string, not " + Describe(v));
}

// A position or length, which must not be negative.
std::size_t Count(const Value& v, std::string_view function) {
  if (!v.is_int()) ThrowType(std::string(function) + "() takes an integer, not " + Describe(v));
  if (v.as_int() < 0) {
    ThrowArgument(std::string(function) + "() takes no negative number: " + Describe(v),
                  "NegativeIntegerArgument");
  }
  return static_cast<std::size_t>(v.as_int());
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xC0u) == 0x80u; }

// How many of the eight bytes at `text` begin a code point.
std::size_t BeginningsInWord(const char* text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof(word));
  const std::uint64_t continuations = (word >> 7) & ~(word >> 6) & 0x0101010101010101u;
  return sizeof(word) - static_cast<std::size_t>(std::popcount(continuations));
}

// Byte offset of the code point numbered `index`, at most the size.
std::size_t ByteOffset(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  while (at + sizeof(std::uint64_t) <= text.size()) {
    const std::size_t beginnings = BeginningsInWord(text.data() + at);
    if (beginnings > index) break;
    index -= beginnings;
    at += sizeof(std::uint64_t);
  }
  for (; at < text.size(); ++at) {
    if (!IsContinuation(text[at]) && index-- == 0) return at;
  }
  return at;
}

std::int64_t CodePoints(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return !IsContinuation(c); });
}

icu::UnicodeString ToIcu(std::string_view text) {
  return icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

Value FromIcu(const icu::UnicodeString& text) {
  std::string utf8;
  text.toUTF8String(utf8);
  return Value(utf8);
}

// In the root locale: never that of the machine.
Value ToUpper(Args args, const FunctionContext&) {
  return FromIcu(ToIcu(Text(args[0], "toUpper")).toUpper(icu::Locale::getRoot()));
}

Value ToLower(Args args, const FunctionContext&) {
  return FromIcu(ToIcu(Text(args[0], "toLower")).toLower(icu::Locale::getRoot()));
}

Value Left(Args args, const FunctionContext&) {
  const std::string_view text = Text(args[0], "left");
  return Value(text.substr(0, ByteOffset(text, Count(args[1], "left"))));
}

Value Right(Args args, const FunctionContext&) {
  const std::string_view text = Text(args[0], "right");
  const std::size_t wanted = Count(args[1], "right");
  const auto size = static_cast<std::size_t>(CodePoints(text));
  return Value(text.substr(wanted >= size ? 0 : ByteOffset(text, size - wanted)));
}

Value Substring(Args args, const FunctionContext&) {
  const std::string_view text = Text(args[0], "substring");
  const std::string_view rest = text.substr(ByteOffset(text, Count(args[1], "substring")));
  if (args.size() < 3) return Value(rest);
  return Value(rest.substr(0, ByteOffset(rest, Count(args[2], "substring"))));
}

// `with` before each character and at the end, at most `left` times: where an empty text is found.
std::string WithBetween(std::string_view text, std::string_view with, std::size_t left) {
  std::string out;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (left > 0 && (i == text.size() || !IsContinuation(text[i]))) {
      CheckTextSize(out.size() + with.size() + text.size() - i);
      out.append(with);
      --left;
    }
    if (i < text.size()) out += text[i];
  }
  return out;
}

Value Replace(Args args, const FunctionContext&) {
  const std::string_view text = Text(args[0], "replace");
  const std::string_view search = Text(args[1], "replace");
  const std::string_view with = Text(args[2], "replace");
  std::size_t left = args.size() > 3 ? Count(args[3], "replace") : text.size() + 1;
  if (search.empty()) return Value(WithBetween(text, with, left));
  std::string out;
  std::size_t at = 0;
  for (std::size_t found = text.find(search); found != text.npos && left > 0;
       found = text.find(search, at), --left) {
    CheckTextSize(out.size() + (found - at) + with.size());
    out.append(text.substr(at, found - at)).append(with);
    at = found + search.size();
  }
  out.append(text.substr(at));
  return Value(out);
}

// The first of `delimiters` that stands at `at`, or nullptr.
const Value* DelimiterAt(const List& delimiters, std::string_view rest) {
  for (const Value& delimiter : delimiters) {
    const std::string_view text = Text(delimiter, "split");
    if (!text.empty() && rest.starts_with(text)) return &delimiter;
  }
  return nullptr;
}

// An empty delimiter stands between all characters.
Value Split(Args args, const FunctionContext&) {
  const std::string_view text = Text(args[0], "split");
  const List delimiters = args[1].is_list() ? args[1].as_list() : List{args[1]};
  const bool everywhere = std::any_of(delimiters.begin(), delimiters.end(),
                                      [](const Value& v) { return Text(v, "split").empty(); });
  List parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (const Value* found = DelimiterAt(delimiters, text.substr(at))) {
      parts.emplace_back(text.substr(begin, at - begin));
      begin = at += found->as_string().size();
      continue;
    }
    at += ByteOffset(text.substr(at), 1);
    if (everywhere && at < text.size()) {
      parts.emplace_back(text.substr(begin, at - begin));
      begin = at;
    }
  }
  parts.emplace_back(text.substr(begin));
  return Value(std::move(parts));
}

// Which ends of a string are trimmed.
enum class Ends : std::uint8_t { kLeft, kRight, kBoth };

// White space, or any of the characters of the second argument.
template <Ends kEnds>
Value Trim(Args args, const FunctionContext&) {
  const icu::UnicodeString text = ToIcu(Text(args[0], "trim"));
  const icu::UnicodeString set = ToIcu(args.size() > 1 ? Text(args[1], "trim") : "");
  const auto goes = [&](UChar32 c) {
    return args.size() > 1 ? set.indexOf(c) >= 0 : u_isUWhiteSpace(c) != 0;
  };
  std::int32_t begin = 0;
  std::int32_t end = text.length();
  while (kEnds != Ends::kRight && begin < end && goes(text.char32At(begin))) {
    begin = text.moveIndex32(begin, 1);
  }
  while (kEnds != Ends::kLeft && end > begin && goes(text.char32At(end - 1))) {
    end = text.moveIndex32(end, -1);
  }
  return FromIcu(text.tempSubStringBetween(begin, end));
}

Value ReverseText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t end = text.size(); end > 0;) {
    std::size_t begin = end - 1;
    while (begin > 0 && IsContinuation(text[begin])) --begin;
    out.append(text.substr(begin, end - begin));
    end = begin;
  }
  return Value(out);
}

Value Reverse(Args args, const FunctionContext&) {
  if (!args[0].is_list()) return ReverseText(Text(args[0], "reverse"));
  const List& list = args[0].as_list();
  return Value(List(list.rbegin(), list.rend()));
}

Value CharLength(Args args, const FunctionContext&) {
  return Value(CodePoints(Text(args[0], "char_length")));
}

Value Size(Args args, const FunctionContext&) {
  if (!args[0].is_list()) return Value(CodePoints(Text(args[0], "size")));
  return Value(static_cast<std::int64_t>(args[0].as_list().size()));
}

Value Normalize(Args args, const FunctionContext&) {
  const std::string_view form = args.size() > 1 ? Text(args[1], "normalize") : "NFC";
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = nullptr;
  if (form == "NFC") normalizer = icu::Normalizer2::getNFCInstance(status);
  if (form == "NFD") normalizer = icu::Normalizer2::getNFDInstance(status);
  if (form == "NFKC") normalizer = icu::Normalizer2::getNFKCInstance(status);
  if (form == "NFKD") normalizer = icu::Normalizer2::getNFKDInstance(status);
  if (!normalizer)
    ThrowArgument("normal forms are NFC, NFD, NFKC and NFKD, not " + Describe(args[1]));
  const icu::UnicodeString text = normalizer->normalize(ToIcu(Text(args[0], "normalize")), status);
  if (U_FAILURE(status)) throw Error(ErrorCode::kInternal, u_errorName(status));
  return FromIcu(text);
}

struct Arity {
  std::uint8_t min, max;
};

Function Row(std::string_view name, Arity arity, std::span<const TypeSet> arguments, TypeSet result,
             decltype(Function::call) call, std::string_view description) {
  return {.name = name,
          .min_args = arity.min,
          .max_args = arity.max,
          .arguments = arguments,
          .result = result,
          .call = call,
          .category = kCategory,
          .description = description};
}

}  // namespace

std::span<const Function> StringFunctions() {
  constexpr ValueType kText = ValueType::kString;
  static const Function table[] = {
      Row("toUpper", {1, 1}, kStringArg, kText, Strict<ToUpper>, "In capitals."),
      Row("upper", {1, 1}, kStringArg, kText, Strict<ToUpper>, "In capitals."),
      Row("toLower", {1, 1}, kStringArg, kText, Strict<ToLower>, "In small letters."),
      Row("lower", {1, 1}, kStringArg, kText, Strict<ToLower>, "In small letters."),
      Row("left", {2, 2}, kStringInts, kText, Strict<Left>, "The first characters."),
      Row("right", {2, 2}, kStringInts, kText, Strict<Right>, "The last characters."),
      Row("substring", {2, 3}, kStringInts, kText, Strict<Substring>,
          "From a position (from 0), to the end or of a length."),
      Row("replace", {3, 4}, kReplaceArgs, kText, Strict<Replace>,
          "All, or the first few, occurrences replaced."),
      Row("split", {2, 2}, kSplitArgs, ValueType::kList, Strict<Split>,
          "The parts between a delimiter, or between any of several."),
      Row("trim", {1, 2}, kStringArg, kText, Strict<Trim<Ends::kBoth>>,
          "Without white space, or the given characters, at both ends."),
      Row("btrim", {1, 2}, kStringArg, kText, Strict<Trim<Ends::kBoth>>,
          "Without white space, or the given characters, at both ends."),
      Row("ltrim", {1, 2}, kStringArg, kText, Strict<Trim<Ends::kLeft>>,
          "Without white space, or the given characters, at the start."),
      Row("rtrim", {1, 2}, kStringArg, kText, Strict<Trim<Ends::kRight>>,
          "Without white space, or the given characters, at the end."),
      Row("reverse", {1, 1}, kStringOrListArg, kStringOrListArg[0], Strict<Reverse>,
          "A string or list from its end to its start."),
      Row("size", {1, 1}, kStringOrListArg, ValueType::kInt, Strict<Size>,
          "Elements of a list, characters of a string."),
      Row("char_length", {1, 1}, kStringArg, ValueType::kInt, Strict<CharLength>,
          "Characters of a string."),
      Row("character_length", {1, 1}, kStringArg, ValueType::kInt, Strict<CharLength>,
          "Characters of a string."),
      Row("normalize", {1, 2}, kStringArg, kText, Strict<Normalize>,
          "In a Unicode normal form: NFC, NFD, NFKC or NFKD."),
  };
  return table;
}

}  // namespace verbale::query
