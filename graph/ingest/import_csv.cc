// CSV as `neo4j-admin import` reads it. A row goes into the sink only once all of it was read.

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/formats/csv_rows.h"
#include "graph/ingest/id_table.h"
#include "graph/ingest/import.h"
#include "graph/ingest/import_column.h"
#include "graph/ingest/import_file.h"

namespace verbale::graph::ingest {
namespace {

using formats::CsvField;
using formats::CsvReader;

/// What is wrong with a row, and in which field.
struct BadRow {
  const CsvField* field;  ///< nullptr: the row as a whole.
  std::string what;
};

std::string Quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

class CsvImport {
 public:
  CsvImport(const ImportOptions& options, ImportSink& sink) : options_(options), sink_(sink) {}

  void Run() {
    for (const ImportSource& source : options_.nodes) {
      ReadSource(
          source, [this](const ImportSource& s) { CheckNodeHeader(s); }, [this] { Node(); });
    }
    for (const ImportSource& source : options_.relationships) {
      ReadSource(
          source, [this](const ImportSource& s) { CheckRelHeader(s); }, [this] { Relationship(); });
    }
  }

 private:
  struct Column : ImportColumn {
    KeyId key;                   ///< Where it is kept as a property.
    std::uint32_t space_no = 0;  ///< Of an id.
  };

  template <typename CheckHeader, typename Take>
  void ReadSource(const ImportSource& source, const CheckHeader& check_header, const Take& take) {
    columns_.clear();
    for (const std::string& path : source.files) {
      const ImportFile& file = files_.emplace_back(path);
      sink_.NoteInput(file.text());
      CsvReader& reader = readers_.emplace_back(file.text(), options_.delimiter, options_.quote);
      for (;;) {
        try {
          if (!reader.Next(fields_)) break;
          if (columns_.empty()) {
            ReadHeader(file, reader.line());
            check_header(source);
          } else {
            take();
          }
        } catch (const BadRow& bad) {
          const std::size_t column = bad.field ? bad.field->column : 1;
          sink_.ReportBad({At(file, reader.line(), column), bad.what});
        } catch (const Error& error) {
          if (error.code() != ErrorCode::kSyntax || error.position().line == 0) throw;
          const TextPosition& at = error.position();
          sink_.ReportBad({At(file, at.line, at.column), error.what()});
        }
      }
    }
    if (columns_.empty() && !source.files.empty()) {
      throw Error(ErrorCode::kInvalidArgument, Quoted(source.files.front()) + " has no header");
    }
  }

  static TextPosition At(const ImportFile& file, std::size_t line, std::size_t column) {
    TextPosition position;
    position.file = file.path();
    position.line = line;
    position.column = column;
    position.length = 1;
    return position;
  }

  // ---- Headers --------------------------------------------------------------------------------

  void ReadHeader(const ImportFile& file, std::uint32_t line) {
    for (const CsvField& field : fields_) {
      Column column;
      try {
        static_cast<ImportColumn&>(column) = ParseColumn(field.text, options_.integer_ids);
      } catch (const Error& error) {
        throw Error(ErrorCode::kInvalidArgument, error.what(), At(file, line, field.column))
            .WithHint(error.hint());
      }
      if (column.role == ColumnRole::kProperty || IsKeptId(column))
        column.key = sink_.Key(column.name);
      const auto next = static_cast<std::uint32_t>(spaces_.size());
      column.space_no = spaces_.try_emplace(column.space, next).first->second;
      columns_.push_back(std::move(column));
    }
    header_at_ = At(file, line, 1);
  }

  static bool IsKeptId(const ImportColumn& column) {
    return column.role == ColumnRole::kId && !column.name.empty();
  }

  std::size_t Count(ColumnRole role) const {
    return static_cast<std::size_t>(std::count_if(
        columns_.begin(), columns_.end(), [role](const Column& c) { return c.role == role; }));
  }

  void Require(bool holds, const char* what) const {
    if (!holds) throw Error(ErrorCode::kInvalidArgument, what, header_at_);
  }

  void CheckNodeHeader(const ImportSource& source) {
    Require(Count(ColumnRole::kId) <= 1, "nodes have one column :ID at most");
    Require(Count(ColumnRole::kStart) + Count(ColumnRole::kEnd) + Count(ColumnRole::kType) == 0,
            "this is a header of relationships, and nodes are expected");
    labels_.clear();
    for (const std::string& name : source.names) labels_.push_back(sink_.Label(name));
  }

  void CheckRelHeader(const ImportSource& source) {
    Require(Count(ColumnRole::kStart) == 1 && Count(ColumnRole::kEnd) == 1,
            "relationships need one column :START_ID and one column :END_ID");
    Require(Count(ColumnRole::kId) + Count(ColumnRole::kLabels) == 0,
            "this is a header of nodes, and relationships are expected");
    Require(Count(ColumnRole::kType) == 1 || source.names.size() == 1,
            "relationships need a type: TYPE=FILE, or a column :TYPE");
    Require(source.names.size() <= 1, "a relationship has one type");
    type_.reset();
    if (!source.names.empty()) type_ = sink_.Type(source.names.front());
  }

  // ---- Rows -----------------------------------------------------------------------------------

  void CheckWidth() const {
    if (fields_.size() == columns_.size()) return;
    throw BadRow{nullptr, "the row has " + std::to_string(fields_.size()) +
                              " fields, and the header has " + std::to_string(columns_.size())};
  }

  void TakeProperty(const Column& column, const CsvField& field) {
    Value value = Parse(column, field);
    if (!value.is_null()) properties_.emplace_back(column.key, std::move(value));
  }

  Value Parse(const ImportColumn& column, const CsvField& field) const {
    try {
      return ParseField(column, field, options_.array_delimiter);
    } catch (const Error& error) {
      throw BadRow{&field, error.what()};
    }
  }

  void Node() {
    CheckWidth();
    properties_.clear();
    std::vector<LabelId> labels = labels_;
    const Column* id_column = nullptr;
    const CsvField* id = nullptr;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const Column& column = columns_[i];
      const CsvField& field = fields_[i];
      if (column.role == ColumnRole::kProperty) {
        TakeProperty(column, field);
      } else if (column.role == ColumnRole::kId) {
        if (field.text.empty()) throw BadRow{&field, "the id is empty"};
        if (IsKeptId(column)) TakeProperty(column, field);
        id = &field, id_column = &column;
      } else if (column.role == ColumnRole::kLabels) {
        TakeLabels(field.text, labels);
      }
    }
    if (id != nullptr && ids_.Find(id_column->space_no, id->text)) {
      throw BadRow{id, "another node has the id " + Quoted(id->text)};
    }
    const std::uint32_t row = sink_.AddNode(std::move(labels), properties_);
    if (id != nullptr) ids_.Add(id_column->space_no, id->text, row);
  }

  void TakeLabels(std::string_view text, std::vector<LabelId>& labels) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(options_.array_delimiter), text.size());
      if (end != 0) labels.push_back(sink_.Label(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  void Relationship() {
    CheckWidth();
    properties_.clear();
    std::optional<TypeId> type = type_;
    std::uint32_t start = 0, end = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const Column& column = columns_[i];
      const CsvField& field = fields_[i];
      if (column.role == ColumnRole::kProperty) {
        TakeProperty(column, field);
      } else if (column.role == ColumnRole::kStart) {
        start = NodeOf(column, field);
      } else if (column.role == ColumnRole::kEnd) {
        end = NodeOf(column, field);
      } else if (column.role == ColumnRole::kType) {
        if (!field.text.empty()) type = sink_.Type(field.text);
      }
    }
    if (!type) throw BadRow{nullptr, "the relationship has no type"};
    sink_.AddRel(start, *type, end, properties_);
  }

  std::uint32_t NodeOf(const Column& column, const CsvField& field) {
    if (const auto row = ids_.Find(column.space_no, field.text)) return *row;
    throw BadRow{&field, "there is no node with the id " + Quoted(field.text) +
                             (column.space.empty() ? "" : " in " + column.space)};
  }

  const ImportOptions& options_;
  ImportSink& sink_;
  std::deque<ImportFile> files_;  // Ids borrow from files and readers.
  std::deque<CsvReader> readers_;
  std::map<std::string, std::uint32_t> spaces_;
  IdTable ids_;

  // Of the source that is being read.
  std::vector<Column> columns_;
  TextPosition header_at_;
  std::vector<LabelId> labels_;
  std::optional<TypeId> type_;
  // Of the row.
  std::vector<CsvField> fields_;
  std::vector<std::pair<KeyId, Value>> properties_;
};

}  // namespace

void ImportCsv(const ImportOptions& options, ImportSink& sink) { CsvImport(options, sink).Run(); }

}  // namespace verbale::graph::ingest
