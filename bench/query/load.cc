#include "bench/query/load.h"

#include <charconv>
#include <fstream>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/error.h"

namespace verbale::bench {
namespace {

using graph::Value;

/// Fields of one line. No file of the generator quotes any.
std::vector<std::string_view> Split(std::string_view line) {
  std::vector<std::string_view> cells;
  for (;;) {
    const std::size_t comma = line.find(',');
    cells.push_back(line.substr(0, comma));
    if (comma == std::string_view::npos) return cells;
    line.remove_prefix(comma + 1);
  }
}

std::int64_t ToInt(std::string_view text) {
  std::int64_t number = 0;
  const auto end = text.data() + text.size();
  if (std::from_chars(text.data(), end, number).ptr != end) {
    throw Error(ErrorCode::kInvalidArgument, "not a number: " + std::string(text));
  }
  return number;
}

bool IsNumber(std::string_view column) {
  return column == "id" || column == "birth_year" || column == "since";
}

class Loader {
 public:
  Loader(graph::Transaction& transaction, std::string folder)
      : transaction_(transaction), folder_(std::move(folder)) {}

  using Numbers = std::unordered_map<std::int64_t, graph::NodeNo>;

  Numbers Nodes(const std::string& file, std::string_view label_name) {
    const graph::LabelId label = transaction_.Label(label_name);
    Numbers numbers;
    ForEachLine(file, [&](const std::vector<std::string_view>& cells) {
      const graph::NodeNo node = transaction_.CreateNode(std::span(&label, 1));
      for (std::size_t i = 0; i < cells.size(); ++i) {
        transaction_.Set(node, keys_[i],
                         is_number_[i] ? Value(ToInt(cells[i])) : Value(std::string(cells[i])));
      }
      numbers.emplace(ToInt(cells[0]), node);
    });
    return numbers;
  }

  void Rels(const std::string& file, std::string_view type_name, const Numbers& sources,
            const Numbers& targets) {
    const graph::TypeId type = transaction_.Type(type_name);
    ForEachLine(file, [&](const std::vector<std::string_view>& cells) {
      const graph::RelNo rel =
          transaction_.CreateRel(sources.at(ToInt(cells[0])), type, targets.at(ToInt(cells[1])));
      transaction_.Set(rel, keys_[2], Value(ToInt(cells[2])));
    });
  }

 private:
  template <typename Visit>
  void ForEachLine(const std::string& file, const Visit& visit) {
    std::ifstream in(folder_ + "/" + file);
    if (!in) throw Error(ErrorCode::kIo, "cannot read " + folder_ + "/" + file);
    std::string line;
    std::getline(in, line);
    keys_.clear();
    is_number_.clear();
    for (const std::string_view column : Split(line)) {
      keys_.push_back(transaction_.Key(column));
      is_number_.push_back(IsNumber(column));
    }
    while (std::getline(in, line)) visit(Split(line));
  }

  graph::Transaction& transaction_;
  std::string folder_;
  std::vector<graph::KeyId> keys_;  // By column of the file that is read.
  std::vector<bool> is_number_;
};

}  // namespace

void LoadGraph(graph::Graph& graph, const std::string& folder) {
  const auto transaction = graph.Begin();
  Loader loader(*transaction, folder);
  const auto persons = loader.Nodes("person.csv", "Person");
  const auto orgs = loader.Nodes("org.csv", "Org");
  loader.Rels("knows.csv", "KNOWS", persons, persons);
  loader.Rels("member_of.csv", "MEMBER_OF", persons, orgs);
  for (const char* label : {"Person", "Org"}) {
    transaction->CreateSchema(
        {std::string(label) + "_id", graph::SchemaKind::kUnique, false, label, {"id"}, ""});
  }
  transaction->Commit();
}

}  // namespace verbale::bench
