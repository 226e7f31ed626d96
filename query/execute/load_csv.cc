// LOAD CSV: records of a file (RFC 4180: fields may be quoted, a quote inside is doubled, a field
// may hold line ends). Fields are strings; an empty field without quotes is null. What is damaged
// is refused as `import` refuses it: it would be read as something that nobody wrote.

#include <filesystem>
#include <fstream>

#include "query/execute/operators.h"
#include "query/execute/row_expander.h"

namespace verbale::query {
namespace {

using graph::Value;

/// Reads one record after the other.
class CsvReader {
 public:
  CsvReader(const std::string& path, char separator) : in_(path, std::ios::binary), path_(path) {
    // The statement failed, not the graph.
    if (!in_ || std::filesystem::is_directory(path)) {
      throw Error(ErrorCode::kNotFound, "cannot read " + path);
    }
    separator_ = separator;
    if (in_.peek() == 0xEF) in_.ignore(3);
  }

  /// False at the end of the file.
  bool Next(graph::List& record) {
    record.clear();
    record_line_ = next_line_;
    if (in_.peek() == kEnd) return false;
    for (;;) {
      const int end = Field(record);
      if (end != separator_) return true;
    }
  }

  /// Error(kSyntax): the last record is damaged.
  [[noreturn]] void Fail(const std::string& what) const {
    throw Error(ErrorCode::kSyntax, path_ + ", line " + std::to_string(record_line_) + ": " + what);
  }

 private:
  static constexpr int kEnd = std::char_traits<char>::eof();

  int Get() {
    const int c = in_.get();
    if (c == '\n') ++next_line_;
    return c;
  }

  /// The byte that ended the field: the separator, a line end or the end of the file.
  int Field(graph::List& record) {
    std::string text;
    bool quoted = false;
    int c = Get();
    if (c == '"') {
      quoted = true;
      c = Quoted(text);
    }
    while (c != separator_ && c != '\n' && c != kEnd) {
      if (c == '\r') {
        if (in_.peek() != '\n' && in_.peek() != kEnd) {
          Fail("a carriage return stands alone; LF or CR LF ends a line");
        }
      } else if (quoted) {
        Fail("something follows a closing quote; a quote in a text stands twice");
      } else {
        text.push_back(static_cast<char>(c));
      }
      c = Get();
    }
    record.push_back(text.empty() && !quoted ? Value() : Value(text));
    return c;
  }

  /// What stands behind the closing quote.
  int Quoted(std::string& text) {
    for (;;) {
      const int c = Get();
      if (c == kEnd) Fail("a quote is not closed");
      if (c != '"') {
        text.push_back(static_cast<char>(c));
      } else if (in_.peek() == '"') {
        text.push_back(static_cast<char>(Get()));
      } else {
        return Get();
      }
    }
  }

  std::ifstream in_;
  std::string path_;
  int separator_ = ',';
  std::size_t next_line_ = 1;
  std::size_t record_line_ = 1;  ///< Where the last record begins.
};

std::string PathOf(const Value& source) {
  static constexpr std::string_view kFile = "file://";
  if (!source.is_string()) {
    throw RuntimeError(ErrorCode::kInvalidArgument, "LOAD CSV needs the name of a file",
                       "TypeError", "InvalidArgumentType");
  }
  std::string_view text = source.as_string();
  if (text.starts_with(kFile)) return std::string(text.substr(kFile.size()));
  if (text.find("://") != std::string_view::npos) {
    throw Error(ErrorCode::kUnsupported, "LOAD CSV reads files, not " + std::string(text));
  }
  return std::string(text);
}

class LoadCsvOperator : public RowExpander {
 public:
  LoadCsvOperator(const LogicalLoadCsv& op, const LogicalPlan& plan)
      : slot_(op.slot),
        with_headers_(op.with_headers),
        source_(Own(Compile(op.source, plan))),
        terminator_(Own(Compile(op.field_terminator, plan))) {}

 protected:
  void DoReset() override {
    RowExpander::DoReset();
    values_.clear();
  }

  void BeginRow(const Batch& rows, std::uint32_t row) override {
    const char separator = terminator_ != nullptr ? SeparatorOf(rows, row) : ',';
    AtPlace(source_->span(), [&] {
      reader_ =
          std::make_unique<CsvReader>(PathOf(EvaluateOne(*source_, rows, row, view())), separator);
      headers_.clear();
      if (with_headers_) reader_->Next(headers_);
    });
  }

  bool Produce(std::size_t room) override {
    return AtPlace(source_->span(), [&] {
      graph::List record;
      for (std::size_t i = 0; i < room; ++i) {
        if (!reader_->Next(record)) return true;
        values_.push_back(with_headers_ ? Named(record) : Value(record));
        Add();
      }
      return false;
    });
  }

  void Emit(Batch& out) override {
    out.Set(slot_, NewValues(std::move(values_)));
    values_.clear();
  }

 private:
  char SeparatorOf(const Batch& rows, std::uint32_t row) {
    return AtPlace(terminator_->span(), [&] {
      const Value value = EvaluateOne(*terminator_, rows, row, view());
      if (!value.is_string() || value.as_string().size() != 1) {
        throw Error(ErrorCode::kInvalidArgument, "FIELDTERMINATOR must be one ASCII character");
      }
      return value.as_string().front();
    });
  }

  Value Named(const graph::List& record) const {
    if (record.size() > headers_.size()) {
      reader_->Fail("the row has " + std::to_string(record.size()) +
                    " fields, and the header has " + std::to_string(headers_.size()));
    }
    graph::Map map;
    for (std::size_t i = 0; i < headers_.size(); ++i) {
      if (!headers_[i].is_string()) continue;
      map.emplace_back(std::string(headers_[i].as_string()),
                       i < record.size() ? record[i] : Value());
    }
    return Value::OfMap(std::move(map));
  }

  Slot slot_;
  bool with_headers_;
  Expression* source_;
  Expression* terminator_;
  std::unique_ptr<CsvReader> reader_;
  graph::List headers_;
  std::vector<Value> values_;
};

}  // namespace

OperatorPtr MakeLoadCsv(const LogicalLoadCsv& op, const LogicalPlan& plan) {
  return std::make_unique<LoadCsvOperator>(op, plan);
}

}  // namespace verbale::query
