#pragma once

// The header of a CSV file as `neo4j-admin import` has it: name:type for each column, where the
// type may also be :ID, :LABEL, :START_ID, :END_ID, :TYPE (ids with the name of their space in
// brackets) or :IGNORE.

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/formats/csv_rows.h"
#include "graph/value.h"

namespace verbale::graph::ingest {

enum class ColumnRole : std::uint8_t {
  kProperty,
  kId,
  kLabels,
  kStart,
  kEnd,
  kType,
  kIgnored,
  kExact,  ///< Properties that the other columns do not keep (formats/property_types.h).
};

enum class ColumnType : std::uint8_t {
  kString,
  kChar,
  kByte,
  kShort,
  kInt,  ///< Of 32 bits.
  kLong,
  kFloat,
  kBoolean,
  kDate,
  kLocalTime,
  kTime,
  kLocalDateTime,
  kDateTime,
  kDuration,
};

/// One column of a file.
struct ImportColumn {
  ColumnRole role = ColumnRole::kProperty;
  ColumnType type = ColumnType::kString;
  bool is_list = false;
  std::string name;   ///< Of the property; of an id, where it is kept as one; may be empty.
  std::string space;  ///< Of an id; empty: the one without a name.
};

/// Error(kInvalidArgument) where the field of the header says something else.
ImportColumn ParseColumn(std::string_view header, bool integer_ids);

/// An id as it is compared: where ids are integers, "01" and "+1" are "1". `kept` holds the text
/// where it is another one. Error(kInvalidArgument) where it is no integer then.
std::string_view IdIn(const ImportColumn& column, std::string_view text, std::string& kept);

/// The value of a field: null where it is empty and not quoted. Error(kInvalidArgument) where it
/// does not read as the column's type.
Value ParseField(const ImportColumn& column, const formats::CsvField& field, char array_delimiter);

}  // namespace verbale::graph::ingest
