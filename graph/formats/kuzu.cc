// Tables for Kùzu and its successor Ladybug: schema.cypher makes them, copy.cypher fills them from
// CSV files that stand beside it.
//
// These engines are strict: a node is of one table, a relationship of a table between named tables.
// So a table of nodes is a set of labels ("State", "A_B"), and a table of relationships is a type
// with all pairs of node tables that it joins; each pair has a file of its own. Every cell is
// loaded as text and converted by copy.cypher, since what a reader guesses from a file differs by
// version: \N is null, and items of lists have the control character U+001F between, which no clean
// text contains.

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <set>

#include <fmt/format.h>

#include "graph/ascii.h"
#include "graph/formats/csv_parts.h"
#include "graph/formats/property_types.h"
#include "graph/value_text.h"

namespace verbale::graph::formats {
namespace {

constexpr std::string_view kNull = "\\N";
constexpr char kBetweenItems = '\x1f';
constexpr std::array<std::string_view, 5> kReserved = {"key", "support", "documents", "sentences",
                                                       "_id"};

/// A name that can stand between back-quotes, which have no escape there.
std::string TableName(std::string_view name) {
  std::string out = CleanText(name);
  std::replace(out.begin(), out.end(), '`', '_');
  return out;
}

std::string Name(std::string_view name) { return '`' + TableName(name) + '`'; }

std::string Text(std::string_view text) {
  std::string out;
  AppendCypherString(out, text);
  return out;
}

/// A type in the words of Kùzu; what it has no type for stays text.
std::string TypeName(std::string_view exact) {
  constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
      {"boolean", "BOOL"},
      {"long", "INT64"},
      {"double", "DOUBLE"},
      {"date", "DATE"},
      {"localdatetime", "TIMESTAMP"}};
  const bool list = exact.ends_with("[]");
  if (list) exact.remove_suffix(2);
  std::string name = "STRING";
  for (const auto& [known, type] : kTypes) {
    if (known == exact) name = type;
  }
  return list ? name + "[]" : name;
}

std::string ItemsCell(const List& items) {
  std::string out = "\"";
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string cell = CsvCell(PlainText(items[i]), CsvCells::kAsTheyAre);
    if (i != 0) out += kBetweenItems;
    out.append(cell, 1, cell.size() - 2);
  }
  return out + '"';
}

std::string Cell(const Value& value, std::string_view exact) {
  if (value.is_null()) return std::string(kNull);
  if (value.is_list()) return ItemsCell(value.as_list());
  return exact.ends_with("[]") ? ItemsCell({value})
                               : CsvCell(PlainText(value), CsvCells::kAsTheyAre);
}

/// A column of a table: its name, and its type in the words of PropertyType::exact.
struct Column {
  std::string name;
  std::string_view exact;
};

std::vector<Column> ColumnsOf(const PropertyTypes& types) {
  std::vector<Column> columns;
  for (const auto& [name, type] : types) {
    columns.push_back({AttributeName(name, kReserved), type.exact});
  }
  return columns;
}

/// The n-th cell of a row as a value of the column.
std::string Converted(std::size_t n, std::string_view exact) {
  const std::string cell = fmt::format("c{}", n);
  const std::string type = TypeName(exact);
  if (type == "STRING") return cell;
  if (!exact.ends_with("[]")) return fmt::format("CAST({} AS {})", cell, type);
  // The character between items as it is: Kùzu has no \u.
  return fmt::format(
      "CASE WHEN {0} = '' THEN CAST([] AS {1}) ELSE CAST(string_split({0}, '{2}') AS "
      "{1}) END",
      cell, type, kBetweenItems);
}

/// The statement that loads `file`, whose rows begin with `keys` texts.
std::string Copy(const std::string& table, const std::string& file, std::size_t keys,
                 const std::vector<Column>& columns, const std::string& ends) {
  std::string cells, values;
  for (std::size_t i = 0; i < keys + columns.size(); ++i) {
    const char* comma = i == 0 ? "" : ", ";
    cells += fmt::format("{}c{} STRING", comma, i);
    values += comma + (i < keys ? fmt::format("c{}", i) : Converted(i, columns[i - keys].exact));
  }
  return fmt::format(
      "COPY {} FROM (LOAD WITH HEADERS ({}) FROM {} (header=false, escape='\"', "
      "null_strings=['\\\\N'], parallel=false) RETURN {}){};\n",
      Name(table), cells, Text(file), values, ends);
}

class Writer {
 public:
  Writer(const View& view, const FormatOptions& options, const OpenFile& open)
      : view_(view),
        options_(options),
        open_(open),
        contents_(view, options.selection),
        node_columns_(ColumnsOf(contents_.node_types)),
        rel_columns_(ColumnsOf(contents_.rel_types)),
        schema_(open("schema.cypher")),
        copy_(open("copy.cypher")) {
    if (!options.evidence) return;
    rel_columns_.insert(
        rel_columns_.end(),
        {{"support", "long"}, {"documents", "string[]"}, {"sentences", "string[]"}});
  }

  void Write() {
    WriteNodes();
    WriteRels();
  }

 private:
  std::string Columns(const std::vector<Column>& columns) const {
    std::string out;
    for (const Column& column : columns) {
      out += fmt::format(", {} {}", Name(column.name), TypeName(column.exact));
    }
    return out;
  }

  std::string Row(const PropertyTypes& types, const Properties& properties) const {
    std::string out;
    auto next = properties.begin();
    for (const auto& [name, type] : types) {
      const bool has = next != properties.end() && next->first == name;
      out += ',' + (has ? Cell((next++)->second, type.exact) : std::string(kNull));
    }
    return out;
  }

  std::string TableOf(NodeNo node) const {
    std::string table;
    for (const std::string& label : LabelsOf(view_, node)) {
      table += (table.empty() ? "" : "_") + TableName(label);
    }
    return table.empty() ? "Node" : table;
  }

  /// A stream for the rows of a table; names of files are numbers, since labels may be any text.
  struct Table {
    std::string file;
    std::ostream* rows;
  };
  Table NewTable(const char* kind, std::size_t number) {
    std::string file = fmt::format("{}-{}.csv", kind, number);
    std::ostream& rows = open_(file);
    return {std::move(file), &rows};
  }

  void WriteNodes() {
    for (const NodeRef node : contents_.nodes) nodes_of_[TableOf(node.no)].push_back(node);
    for (const auto& [name, nodes] : nodes_of_) {
      const Table table = NewTable("nodes", ++tables_);
      schema_ << fmt::format("CREATE NODE TABLE {} (`key` STRING PRIMARY KEY{});\n", Name(name),
                             Columns(node_columns_));
      copy_ << Copy(name, table.file, 1, node_columns_, "");
      for (const NodeRef node : nodes) {
        *table.rows << '"' << Id(node) << '"'
                    << Row(contents_.node_types, PropertiesOf(view_, node.no)) << '\n';
      }
    }
  }

  void WriteRels() {
    using Pair = std::pair<std::string, std::string>;
    std::map<std::string, std::map<Pair, std::vector<RelRef>>> types;
    for (const RelRef rel : contents_.rels) {
      const RelEnds ends = view_.Ends(rel.no);
      const Pair pair{TableOf(ends.source), TableOf(ends.target)};
      types[TableName(view_.catalog().TypeName(ends.type))][pair].push_back(rel);
    }
    std::set<std::string> taken;
    // Names of tables differ in more than their case.
    for (const auto& [table, nodes] : nodes_of_) taken.insert(LowerCase(table));
    std::size_t number = 0;
    for (const auto& [type, pairs] : types) {
      const std::string name = taken.contains(LowerCase(type)) ? type + "_" : type;
      std::string joins;
      for (const auto& [pair, rels] : pairs) {
        joins += fmt::format("{}FROM {} TO {}", joins.empty() ? "" : ", ", Name(pair.first),
                             Name(pair.second));
        const Table table = NewTable("relationships", ++number);
        copy_ << Copy(name, table.file, 2, rel_columns_,
                      fmt::format(" (from={}, to={})", Text(pair.first), Text(pair.second)));
        for (const RelRef rel : rels) *table.rows << RelRow(rel) << '\n';
      }
      schema_ << fmt::format("CREATE REL TABLE {} ({}{});\n", Name(name), joins,
                             Columns(rel_columns_));
    }
  }

  std::string RelRow(RelRef rel) const {
    const RelEnds ends = view_.Ends(rel.no);
    std::string row = fmt::format("\"{}\",\"{}\"", Id({ends.source, view_.Id(ends.source)}),
                                  Id({ends.target, view_.Id(ends.target)}));
    row += Row(contents_.rel_types, PropertiesOf(view_, rel.no));
    if (!options_.evidence) return row;
    List documents, sentences;
    for (const EvidenceRecord& one : view_.Evidence(rel.no)) {
      documents.emplace_back(one.document);
      sentences.emplace_back(one.sentence);
    }
    return row + fmt::format(",\"{}\",{},{}", sentences.size(), ItemsCell(documents),
                             ItemsCell(sentences));
  }

  const View& view_;
  const FormatOptions& options_;
  const OpenFile& open_;
  const DeclaredContents contents_;
  const std::vector<Column> node_columns_;
  std::vector<Column> rel_columns_;
  std::ostream& schema_;
  std::ostream& copy_;
  std::map<std::string, std::vector<NodeRef>> nodes_of_;  // By table.
  std::size_t tables_ = 0;
};

}  // namespace

void WriteKuzu(const View& view, const FormatOptions& options, const OpenFile& open) {
  Writer(view, options, open).Write();
}

}  // namespace verbale::graph::formats
