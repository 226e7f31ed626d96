#include "graph/ingest/import_column.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/formats/property_types.h"
#include "graph/temporal.h"
#include "graph/value_text.h"

namespace verbale::graph::ingest {
namespace {

constexpr std::array<std::pair<std::string_view, ColumnType>, 15> kTypes = {{
    {"string", ColumnType::kString},
    {"char", ColumnType::kChar},
    {"int", ColumnType::kInt},
    {"long", ColumnType::kLong},
    {"short", ColumnType::kShort},
    {"byte", ColumnType::kByte},
    {"float", ColumnType::kFloat},
    {"double", ColumnType::kFloat},
    {"boolean", ColumnType::kBoolean},
    {"date", ColumnType::kDate},
    {"localtime", ColumnType::kLocalTime},
    {"time", ColumnType::kTime},
    {"localdatetime", ColumnType::kLocalDateTime},
    {"datetime", ColumnType::kDateTime},
    {"duration", ColumnType::kDuration},
}};

constexpr std::array<std::pair<std::string_view, ColumnRole>, 6> kRoles = {{
    {"ID", ColumnRole::kId},
    {"LABEL", ColumnRole::kLabels},
    {"START_ID", ColumnRole::kStart},
    {"END_ID", ColumnRole::kEnd},
    {"TYPE", ColumnRole::kType},
    {"IGNORE", ColumnRole::kIgnored},
}};

/// Sets `to` where `table` has the name, else says false.
template <typename Entry, std::size_t n>
bool SetNamed(const std::array<std::pair<std::string_view, Entry>, n>& table, std::string_view name,
              Entry& to) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == name; });
  if (found != table.end()) to = found->second;
  return found != table.end();
}

Error NotA(const char* what, std::string_view text) {
  return Error(ErrorCode::kInvalidArgument,
               "'" + std::string(text) + "' is no " + std::string(what));
}

template <typename Number>
Value NumberOf(std::string_view text, const char* what) {
  Number number{};
  const bool plus = text.starts_with('+') && !text.starts_with("+-");
  const char* begin = text.data() + (plus ? 1 : 0);
  const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) throw NotA(what, text);
  return Value(number);
}

/// Of as many bits as `Number` has.
template <typename Number>
Value IntegerOf(std::string_view text, const char* what) {
  const Value value = NumberOf<std::int64_t>(text, "integer");
  if (static_cast<Number>(value.as_int()) != value.as_int()) throw NotA(what, text);
  return value;
}

/// Of UTF-8.
std::size_t CharactersIn(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; }));
}

Value Scalar(ColumnType type, std::string_view text) {
  switch (type) {
    case ColumnType::kString:
    case ColumnType::kChar:
      if (!IsUtf8(text)) throw Error(ErrorCode::kInvalidArgument, "this text is no UTF-8");
      if (type == ColumnType::kChar && CharactersIn(text) != 1)
        throw NotA("single character", text);
      return Value(text);
    case ColumnType::kByte:
      return IntegerOf<std::int8_t>(text, "integer of 8 bits (byte)");
    case ColumnType::kShort:
      return IntegerOf<std::int16_t>(text, "integer of 16 bits (short)");
    case ColumnType::kInt:
      return IntegerOf<std::int32_t>(text, "integer of 32 bits (int)");
    case ColumnType::kLong:
      return NumberOf<std::int64_t>(text, "integer");
    case ColumnType::kFloat:
      return NumberOf<double>(text, "number");
    case ColumnType::kBoolean:
      if (text != "true" && text != "false") throw NotA("boolean (true or false)", text);
      return Value(text == "true");
    case ColumnType::kDate:
      return Value(ParseDate(text));
    case ColumnType::kLocalTime:
      return Value(ParseLocalTime(text));
    case ColumnType::kTime:
      return Value(ParseTime(text));
    case ColumnType::kLocalDateTime:
      return Value(ParseLocalDateTime(text));
    case ColumnType::kDateTime:
      return Value(ParseDateTime(text));
    case ColumnType::kDuration:
      return Value(ParseDuration(text));
  }
  return {};
}

}  // namespace

ImportColumn ParseColumn(std::string_view header, bool integer_ids) {
  ImportColumn column;
  std::string_view options;
  if (const auto brace = header.find('{'); brace != std::string_view::npos) {
    options = header.substr(brace);
    header = header.substr(0, brace);
  }
  const auto colon = header.rfind(':');
  column.name = header.substr(0, colon);
  if (colon == std::string_view::npos) return column;
  std::string_view type = header.substr(colon + 1);
  if (const auto bracket = type.find('('); bracket != std::string_view::npos) {
    if (!type.ends_with(')')) throw NotA("column: a bracket is not closed", header);
    column.space = type.substr(bracket + 1, type.size() - bracket - 2);
    type = type.substr(0, bracket);
  }
  if (SetNamed(kRoles, type, column.role)) {
    const bool is_long = options == "{id-type:long}" || options == "{id-type:int}";
    if (!options.empty() && !is_long && options != "{id-type:string}") {
      throw NotA("option of an id that is known", options);
    }
    if (is_long || (integer_ids && options.empty())) column.type = ColumnType::kLong;
    if (column.role == ColumnRole::kIgnored && column.name == formats::kExactColumn) {
      column.role = ColumnRole::kExact;
    }
    return column;
  }
  if (!options.empty()) throw NotA("option of a column that is known", options);
  if (type.ends_with("[]")) {
    column.is_list = true;
    type.remove_suffix(2);
  }
  if (!SetNamed(kTypes, type, column.type)) {
    throw NotA("type of a column", type)
        .WithHint(
            "string, int, long, float, double, boolean, date, time, localtime, datetime, "
            "localdatetime, duration, each also with []; ID, LABEL, START_ID, END_ID, TYPE, "
            "IGNORE");
  }
  if (column.name.empty()) throw NotA("column: a property needs a name", header);
  return column;
}

std::string_view IdIn(const ImportColumn& column, std::string_view text, std::string& kept) {
  if (column.type != ColumnType::kLong) return text;
  const std::int64_t number = Scalar(ColumnType::kLong, text).as_int();
  const bool is_shortest = text == "0" || (text[0] != '0' && text[0] != '+' && text[0] != '-');
  if (is_shortest) return text;
  kept = std::to_string(number);
  return kept;
}

Value ParseField(const ImportColumn& column, const formats::CsvField& field, char array_delimiter) {
  const bool may_be_empty =
      field.is_quoted && (column.is_list || column.type == ColumnType::kString);
  if (field.text.empty() && !may_be_empty) return {};
  if (!column.is_list) return Scalar(column.type, field.text);
  if (field.text.empty()) return Value(List());
  List list;
  for (std::size_t at = 0; at <= field.text.size();) {
    const std::size_t end = std::min(field.text.find(array_delimiter, at), field.text.size());
    list.push_back(Scalar(column.type, field.text.substr(at, end - at)));
    at = end + 1;
  }
  return Value(std::move(list));
}

}  // namespace verbale::graph::ingest
