// CSV as `neo4j-admin import` reads it. A row goes into the sink only once all of it was read.
// Nodes are read one by one, since each is looked up by those behind it; rows of relationships,
// which are most of a graph, in parts by several threads.

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/formats/csv_rows.h"
#include "graph/ingest/id_table.h"
#include "graph/ingest/import.h"
#include "graph/ingest/import_column.h"
#include "graph/ingest/import_file.h"
#include "graph/ingest/import_rels.h"
#include "graph/ingest/json_values.h"
#include "graph/parallel.h"
#include "graph/value_text.h"

namespace verbale::graph::ingest {
namespace {

using formats::CsvField;
using formats::CsvReader;

// Parts that are read before the next ones begin, for each thread: so many that none waits long.
constexpr std::size_t kPartsOfAThread = 3;

/// What is wrong with a row, and in which field.
struct RowError {
  const CsvField* field;  ///< nullptr: the row as a whole.
  std::string what;
};

std::string Quoted(std::string_view text) { return "'" + std::string(text) + "'"; }

class CsvImport {
 public:
  CsvImport(const ImportOptions& options, ImportSink& sink) : options_(options), sink_(sink) {}

  void Run() {
    for (const ImportSource& source : options_.nodes) {
      ReadSource(source, [&](const ImportFile& file, CsvReader& reader) {
        if (columns_.empty() && ReadHeader(file, reader)) CheckNodeHeader(source);
        ReadNodes(file, reader);
      });
    }
    for (const ImportSource& source : options_.relationships) {
      ReadSource(source, [&](const ImportFile& file, CsvReader& reader) {
        if (columns_.empty() && ReadHeader(file, reader)) CheckRelHeader(source);
        ReadRelationships(file, reader.place());
      });
    }
  }

 private:
  using Column = NumberedColumn;

  /// read(file, reader) for each file; the first row of the first one is the header.
  template <typename Read>
  void ReadSource(const ImportSource& source, const Read& read) {
    columns_.clear();
    for (const std::string& path : source.files) {
      const ImportFile& file = files_.emplace_back(path);
      sink_.NoteInput(file.text());
      file.Forget();
      read(file, readers_.emplace_back(file.text(), options_.delimiter, options_.quote));
      file.Forget();
    }
    if (columns_.empty() && !source.files.empty()) {
      throw Error(ErrorCode::kInvalidArgument, Quoted(source.files.front()) + " has no header");
    }
  }

  /// The next row into fields_; one that is no row of CSV is reported and passed over.
  bool Next(const ImportFile& file, CsvReader& reader) {
    for (;;) {
      try {
        return reader.Next(fields_);
      } catch (const Error& error) {
        const TextPosition& at = error.position();
        if (error.code() != ErrorCode::kSyntax || at.line == 0) throw;
        sink_.ReportBad({At(file, at.line, at.column), error.what()});
      }
    }
  }

  void ReadNodes(const ImportFile& file, CsvReader& reader) {
    while (Next(file, reader)) {
      try {
        Node();
      } catch (const RowError& bad) {
        const std::size_t column = bad.field ? bad.field->column : 1;
        sink_.ReportBad({At(file, reader.line(), column), bad.what});
      }
    }
  }

  void ReadRelationships(const ImportFile& file, CsvReader::Place begin) {
    const RelSource source{options_, columns_, ids_, type_.has_value()};
    const auto parts = CutIntoParts(file.text(), begin.at, begin.line, options_.quote);
    file.Forget();
    const std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t at_once = kPartsOfAThread * threads;
    std::vector<RelRows> rows;
    for (std::size_t first = 0; first < parts.size(); first += at_once) {
      rows.resize(std::min(at_once, parts.size() - first));
      RunParts(rows.size(), threads, [&](std::size_t part, std::size_t) {
        rows[part] = ReadRels(source, file.text(), parts[first + part]);
      });
      for (RelRows& some : rows) TakeRels(file, std::move(some));
      file.Forget(parts[first].begin, parts[first + rows.size() - 1].end);
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

  /// False where the file has no row.
  bool ReadHeader(const ImportFile& file, CsvReader& reader) {
    if (!Next(file, reader)) return false;
    const std::uint32_t line = reader.line();
    for (const CsvField& field : fields_) {
      Column column;
      if (!field.is_quoted && field.text.find('\r') != std::string_view::npos) {
        throw Error(ErrorCode::kInvalidArgument,
                    "lines end in carriage returns alone; LF or CR LF is expected",
                    At(file, line, field.column));
      }
      try {
        static_cast<ImportColumn&>(column) = ParseColumn(field.text, options_.integer_ids);
      } catch (const Error& error) {
        throw Error(ErrorCode::kInvalidArgument, error.what(), At(file, line, field.column))
            .WithHint(error.hint());
      }
      if (column.role == ColumnRole::kProperty || IsKeptId(column)) {
        CheckIsNew(column.name, At(file, line, field.column));
        column.key = sink_.Key(column.name);
      }
      const auto next = static_cast<std::uint32_t>(spaces_.size());
      column.space_no = spaces_.try_emplace(column.space, next).first->second;
      columns_.push_back(std::move(column));
    }
    header_at_ = At(file, line, 1);
    return true;
  }

  /// Of two columns with one name only one could be kept.
  void CheckIsNew(const std::string& name, const TextPosition& at) const {
    for (const Column& other : columns_) {
      if ((other.role != ColumnRole::kProperty && !IsKeptId(other)) || other.name != name) continue;
      throw Error(ErrorCode::kInvalidArgument, "two columns are called " + Quoted(name), at)
          .WithHint("':IGNORE' leaves one out");
    }
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
    throw RowError{nullptr, "the row has " + std::to_string(fields_.size()) +
                                " fields, and the header has " + std::to_string(columns_.size())};
  }

  void TakeProperty(const Column& column, const CsvField& field) {
    Value value = Parse(column, field);
    if (!value.is_null()) properties_.emplace_back(column.key, std::move(value));
  }

  /// In place of what the columns before say.
  void TakeExact(const CsvField& field) {
    try {
      for (auto& [name, value] : ValuesInText(field.text)) {
        const KeyId key = sink_.Key(name);
        const auto known = std::find_if(properties_.begin(), properties_.end(),
                                        [key = key](const auto& p) { return p.first == key; });
        if (known == properties_.end()) {
          properties_.emplace_back(key, std::move(value));
        } else {
          known->second = std::move(value);
        }
      }
    } catch (const Error& error) {
      throw RowError{&field, error.what()};
    }
  }

  Value Parse(const ImportColumn& column, const CsvField& field) const {
    try {
      return ParseField(column, field, options_.array_delimiter);
    } catch (const Error& error) {
      throw RowError{&field, error.what()};
    }
  }

  void Node() {
    CheckWidth();
    properties_.clear();
    std::vector<LabelId> labels = labels_;
    const Column* id_column = nullptr;
    const CsvField* id = nullptr;
    std::string_view id_text;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const Column& column = columns_[i];
      const CsvField& field = fields_[i];
      if (column.role == ColumnRole::kProperty) {
        TakeProperty(column, field);
      } else if (column.role == ColumnRole::kId) {
        if (field.text.empty()) throw RowError{&field, "the id is empty"};
        if (IsKeptId(column)) TakeProperty(column, field);
        id = &field, id_column = &column;
        id_text = IdOf(column, field);
      } else if (column.role == ColumnRole::kLabels) {
        if (!IsUtf8(field.text)) throw RowError{&field, "a label is no UTF-8"};
        TakeLabels(field.text, labels);
      } else if (column.role == ColumnRole::kExact && !field.text.empty()) {
        TakeExact(field);
      }
    }
    if (id != nullptr && ids_.Find(id_column->space_no, id_text)) {
      throw RowError{id, "another node has the id " + Quoted(id_text)};
    }
    std::optional<NodeId> wanted;
    if (const auto number = id != nullptr ? NumberIn(id_text, 'n') : std::nullopt) {
      wanted = NodeId{*number};
    }
    const std::uint32_t row = sink_.AddNode(std::move(labels), properties_, wanted);
    if (id != nullptr) ids_.Add(id_column->space_no, id_text, row);
  }

  /// As it is compared; lives as long as this.
  std::string_view IdOf(const Column& column, const CsvField& field) {
    try {
      std::string kept;
      const std::string_view id = IdIn(column, field.text, kept);
      return kept.empty() ? id : std::string_view(kept_ids_.emplace_back(std::move(kept)));
    } catch (const Error& error) {
      throw RowError{&field, error.what()};
    }
  }

  void TakeLabels(std::string_view text, std::vector<LabelId>& labels) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find(options_.array_delimiter), text.size());
      if (end != 0) labels.push_back(sink_.Label(text.substr(0, end)));
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  void TakeRels(const ImportFile& file, RelRows rows) {
    for (BadRow& bad : rows.bad) {
      sink_.ReportBad({At(file, bad.line, bad.column), std::move(bad.what)});
    }
    std::vector<TypeId> types;
    for (const std::string& name : rows.type_names) types.push_back(sink_.Type(name));
    if (rows.starts.empty()) return;
    std::uint32_t next = 0;
    for (std::size_t row = 0; row < rows.starts.size(); ++row) {
      const bool of_source = rows.types[row] == RelRows::kOfSource;
      next = 1 + sink_.AddRel(rows.starts[row], of_source ? *type_ : types[rows.types[row]],
                              rows.ends[row], {});
    }
    const std::uint32_t first = next - static_cast<std::uint32_t>(rows.starts.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i].role != ColumnRole::kProperty) continue;
      sink_.SetRelProperties(first, columns_[i].key, rows.values[i]);
    }
  }

  const ImportOptions& options_;
  ImportSink& sink_;
  std::deque<ImportFile> files_;  // Ids borrow from files and readers.
  std::deque<CsvReader> readers_;
  std::deque<std::string> kept_ids_;  // Those that are written in another way than the others.
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
