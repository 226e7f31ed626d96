#include "graph/ingest/import_rels.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "graph/error.h"
#include "graph/formats/csv_rows.h"
#include "graph/ingest/json_values.h"

namespace verbale::graph::ingest {
namespace {

using formats::CsvField;
using formats::CsvReader;

// Some ten thousand rows: enough that a thread is worth it, and few enough that the rows of all
// parts in work are small beside the graph.
constexpr std::size_t kPartBytes = std::size_t{1} << 20;

class PartReader {
 public:
  PartReader(const RelSource& source, std::string_view text, const CsvPart& part)
      : source_(source),
        reader_(text.substr(0, part.end), source.options.delimiter, source.options.quote,
                {part.begin, part.line}) {}

  RelRows Read() {
    rows_.values.resize(source_.columns.size());
    row_.resize(source_.columns.size());
    for (;;) {
      try {
        if (!reader_.Next(fields_)) break;
        Take();
      } catch (const Error& error) {
        const TextPosition& at = error.position();
        if (error.code() != ErrorCode::kSyntax || at.line == 0) throw;
        Bad(static_cast<std::uint32_t>(at.line), static_cast<std::uint32_t>(at.column),
            error.what());
      }
    }
    return std::move(rows_);
  }

 private:
  void Bad(std::uint32_t line, std::uint32_t column, std::string what) {
    rows_.bad.push_back({line, column, std::move(what)});
  }
  void BadField(const CsvField& field, std::string what) {
    Bad(reader_.line(), field.column, std::move(what));
  }

  void Take() {
    if (fields_.size() != source_.columns.size()) {
      return Bad(reader_.line(), 1,
                 "the row has " + std::to_string(fields_.size()) + " fields, and the header has " +
                     std::to_string(source_.columns.size()));
    }
    std::uint32_t start = 0, end = 0, type = RelRows::kOfSource;
    for (std::size_t i = 0; i < source_.columns.size(); ++i) {
      const NumberedColumn& column = source_.columns[i];
      const CsvField& field = fields_[i];
      if (column.role == ColumnRole::kProperty) {
        if (!Parse(column, field, row_[i])) return;
      } else if (column.role == ColumnRole::kStart) {
        if (!Find(column, field, start)) return;
      } else if (column.role == ColumnRole::kEnd) {
        if (!Find(column, field, end)) return;
      } else if (column.role == ColumnRole::kType && !field.text.empty()) {
        type = TypeNo(field.text);
      } else if (column.role == ColumnRole::kExact && !field.text.empty()) {
        if (!TakeExact(field)) return;
      }
    }
    if (type == RelRows::kOfSource && !source_.has_type) {
      return Bad(reader_.line(), 1, "the relationship has no type");
    }
    rows_.starts.push_back(start);
    rows_.ends.push_back(end);
    rows_.types.push_back(type);
    for (std::size_t i = 0; i < row_.size(); ++i) {
      if (source_.columns[i].role != ColumnRole::kProperty) continue;
      rows_.values[i].push_back(std::move(row_[i]));
      row_[i] = Value();
    }
  }

  bool Parse(const NumberedColumn& column, const CsvField& field, Value& value) {
    try {
      value = ParseField(column, field, source_.options.array_delimiter);
      return true;
    } catch (const Error& error) {
      BadField(field, error.what());
      return false;
    }
  }

  /// In place of what the columns of these names, which stand before, say.
  bool TakeExact(const CsvField& field) {
    try {
      for (auto& [name, value] : ValuesInText(field.text)) {
        std::size_t i = 0;
        while (i < row_.size() && (source_.columns[i].role != ColumnRole::kProperty ||
                                   source_.columns[i].name != name)) {
          ++i;
        }
        if (i == row_.size()) {
          BadField(field, "no column is called '" + name + "'");
          return false;
        }
        row_[i] = std::move(value);
      }
      return true;
    } catch (const Error& error) {
      BadField(field, error.what());
      return false;
    }
  }

  bool Find(const NumberedColumn& column, const CsvField& field, std::uint32_t& row) {
    try {
      std::string kept;
      if (const auto found = source_.ids.Find(column.space_no, IdIn(column, field.text, kept))) {
        row = *found;
        return true;
      }
    } catch (const Error& error) {
      BadField(field, error.what());
      return false;
    }
    BadField(field, "there is no node with the id '" + std::string(field.text) + "'" +
                        (column.space.empty() ? "" : " in " + column.space));
    return false;
  }

  std::uint32_t TypeNo(std::string_view name) {
    auto at = type_nos_.find(name);
    if (at == type_nos_.end()) {
      at = type_nos_.emplace(name, static_cast<std::uint32_t>(rows_.type_names.size())).first;
      rows_.type_names.emplace_back(name);
    }
    return at->second;
  }

  const RelSource& source_;
  CsvReader reader_;
  RelRows rows_;
  std::map<std::string, std::uint32_t, std::less<>> type_nos_;
  std::vector<CsvField> fields_;
  std::vector<Value> row_;  // By column; those of the row that is being read.
};

}  // namespace

std::vector<CsvPart> CutIntoParts(std::string_view text, std::size_t begin, std::uint32_t line,
                                  char quote) {
  std::vector<CsvPart> parts;
  const bool is_quoted = text.find(quote, begin) != std::string_view::npos;
  while (begin < text.size()) {
    std::size_t end = text.size();
    if (!is_quoted && text.size() - begin > kPartBytes) {
      end = std::min(text.find('\n', begin + kPartBytes - 1), text.size() - 1) + 1;
    }
    parts.push_back({begin, end, line});
    line += static_cast<std::uint32_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                                  text.begin() + static_cast<std::ptrdiff_t>(end),
                                                  '\n'));
    begin = end;
  }
  return parts;
}

RelRows ReadRels(const RelSource& source, std::string_view text, const CsvPart& part) {
  return PartReader(source, text, part).Read();
}

}  // namespace verbale::graph::ingest
