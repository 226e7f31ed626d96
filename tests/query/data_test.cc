// Runs tests/query/*.test and tests/plan/*.test. A file is a list of cases:
//
//   == title
//   graph: NAME            tests/graphs/NAME.cypher is loaded first; without it the graph is empty
//   param: NAME = LITERAL  a parameter
//   setup: STATEMENT       run before the query
//   query, any number of lines
//   ---- sorted | ordered | error | plan | profile
//   expected lines
//
// sorted and ordered: the column names, then the rows, cells joined by " | ". error: type and
// detail as the TCK names them, or the code where there is none. plan: the plan in one line.
// profile: a line an operator, with the rows that were estimated and those that it gave.
// Every case but the last two kinds runs in all configurations. VERBALE_UPDATE=1 rewrites the
// expected lines.

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <stdlib.h>

#include "graph/graph.h"
#include "query/query.h"

namespace verbale::query {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string title;
  std::string graph;
  std::vector<std::pair<std::string, std::string>> parameters;
  std::vector<std::string> setup;
  std::string query;
  std::string mode;
  std::vector<std::string> expected;
  std::string head;  ///< The lines above the expected ones, as they are in the file.
};

struct Configuration {
  std::string name;
  Options options;
  bool track_why = false;
  bool on_disk = false;  ///< On RocksDB, closed and opened again before the query.
};

std::vector<Configuration> Configurations() {
  Configuration plain{"default", {}};
  Configuration unoptimized{"optimizer off", {}};
  unoptimized.options.optimize = false;
  Configuration single{"batch size 1", {}};
  single.options.batch_size = 1;
  return {plain, unoptimized, single, {"why", {}, true}, {"on disk", {}, false, true}};
}

/// The rest of the line behind "key: "; false where the line does not begin so.
bool TakeDirective(const std::string& line, const std::string& key, std::string& rest) {
  if (line.rfind(key + ": ", 0) != 0) return false;
  rest = line.substr(key.size() + 2);
  return true;
}

void ReadHeadLine(const std::string& line, Case& c) {
  std::string rest;
  if (TakeDirective(line, "graph", rest)) {
    c.graph = rest;
  } else if (TakeDirective(line, "setup", rest)) {
    c.setup.push_back(rest);
  } else if (TakeDirective(line, "param", rest)) {
    const std::size_t equals = rest.find(" = ");
    c.parameters.emplace_back(rest.substr(0, equals), rest.substr(equals + 3));
  } else {
    c.query += (c.query.empty() ? "" : "\n") + line;
  }
}

std::vector<Case> ReadCases(const fs::path& path) {
  std::ifstream in(path);
  std::vector<Case> cases;
  std::string line;
  bool in_expected = false;
  while (std::getline(in, line)) {
    if (line.rfind("== ", 0) == 0) {
      cases.emplace_back();
      cases.back().title = line.substr(3);
      in_expected = false;
    }
    if (cases.empty()) continue;
    Case& c = cases.back();
    if (in_expected) {
      if (!line.empty()) c.expected.push_back(line);
      continue;
    }
    c.head += line + "\n";
    if (line.rfind("---- ", 0) == 0) {
      c.mode = line.substr(5);
      in_expected = true;
    } else if (line.rfind("== ", 0) != 0) {
      ReadHeadLine(line, c);
    }
  }
  return cases;
}

void RunScript(Session& session, const std::string& text) {
  for (const auto& piece : SplitStatements(text)) {
    const auto result = session.Run(piece.first);
    while (result->Next()) continue;
  }
}

std::string ReadGraph(const std::string& name) {
  std::ifstream in(fs::path(VERBALE_SOURCE_DIR) / "tests/graphs" / (name + ".cypher"));
  EXPECT_TRUE(in) << "no graph " << name;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> Rows(Session& session, const Case& c) {
  Parameters parameters;
  for (const auto& [name, text] : c.parameters) parameters.emplace_back(name, ParseLiteral(text));
  const auto result = session.Run(c.query, parameters);
  std::vector<std::string> lines;
  std::string header;
  for (const Column& column : result->columns()) {
    header += (header.empty() ? "" : " | ") + column.name;
  }
  while (const auto row = result->Next()) {
    std::string line;
    for (std::size_t i = 0; i < row->size(); ++i) {
      line += (i == 0 ? "" : " | ") + ToCypher((*row)[i], &result->view());
    }
    lines.push_back(line);
  }
  if (c.mode == "sorted") std::sort(lines.begin(), lines.end());
  if (!header.empty()) lines.insert(lines.begin(), header);
  return lines;
}

void AddProfile(const PlanNode& node, std::size_t depth, std::vector<std::string>& lines) {
  std::ostringstream line;
  line << std::string(2 * depth, ' ') << node.name << " " << node.arguments << " | "
       << std::llround(node.estimated_rows) << " | " << node.rows.value_or(0);
  lines.push_back(line.str());
  for (const PlanNode& child : node.children) AddProfile(child, depth + 1, lines);
}

std::vector<std::string> ProfileOf(Session& session, const Case& c) {
  const auto result = session.Run("PROFILE " + c.query);
  while (result->Next()) continue;
  std::vector<std::string> lines;
  AddProfile(*result->plan(), 0, lines);
  return lines;
}

/// Where a case runs: in memory, or in a folder of its own that goes with it.
class Place {
 public:
  explicit Place(bool on_disk) {
    if (!on_disk) {
      graph_ = graph::Graph::InMemory();
      return;
    }
    std::string name = (fs::temp_directory_path() / "verbale-data-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw Error(ErrorCode::kIo, "no temporary folder");
    folder_ = name;
    Open(true);
  }
  ~Place() {
    graph_.reset();
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  graph::Graph& graph() { return *graph_; }
  void Reopen() {
    if (folder_.empty()) return;
    graph_.reset();
    Open(false);
  }

 private:
  void Open(bool create) {
    graph::OpenOptions options;
    options.create = create;
    graph_ = graph::Graph::Open(folder_ / "graph", options);
  }

  fs::path folder_;
  std::unique_ptr<graph::Graph> graph_;
};

std::vector<std::string> RunCase(const Case& c, const Configuration& configuration) {
  Place place(configuration.on_disk);
  try {
    {
      const auto session = Session::Open(place.graph(), configuration.options);
      if (!c.graph.empty()) RunScript(*session, ReadGraph(c.graph));
      for (const std::string& statement : c.setup) RunScript(*session, statement);
    }
    place.Reopen();
    const auto session = Session::Open(place.graph(), configuration.options);
    session->set_track_why(configuration.track_why);
    if (c.mode == "plan") return {session->Prepare(c.query)->PlanLine()};
    if (c.mode == "profile") return ProfileOf(*session, c);
    return Rows(*session, c);
  } catch (const Error& error) {
    if (c.mode != "error") return {std::string("error: ") + error.what()};
    if (error.type().empty()) return {std::string(Name(error.code()))};
    return {error.type() + " " + error.detail()};
  }
}

void Update(const fs::path& path, std::vector<Case>& cases) {
  std::ofstream out(path);
  for (const Case& c : cases) {
    out << c.head;
    for (const std::string& line : RunCase(c, Configurations().front())) out << line << "\n";
    if (&c != &cases.back()) out << "\n";
  }
}

class DataTest : public testing::TestWithParam<std::string> {};

TEST_P(DataTest, Cases) {
  const fs::path path = fs::path(VERBALE_SOURCE_DIR) / "tests" / GetParam();
  std::vector<Case> cases = ReadCases(path);
  ASSERT_FALSE(cases.empty()) << path;
  if (std::getenv("VERBALE_UPDATE") != nullptr) return Update(path, cases);
  for (const Case& c : cases) {
    for (const Configuration& configuration : Configurations()) {
      const bool shows_plan = c.mode == "plan" || c.mode == "profile";
      if (shows_plan && configuration.name != "default") continue;
      // Nothing is read from the disk otherwise.
      if (configuration.on_disk && c.graph.empty() && c.setup.empty()) continue;
      EXPECT_EQ(RunCase(c, configuration), c.expected)
          << path.filename() << ": " << c.title << " (" << configuration.name << ")";
    }
  }
}

std::vector<std::string> TestFiles() {
  std::vector<std::string> files;
  for (const char* folder : {"query", "plan"}) {
    const fs::path root = fs::path(VERBALE_SOURCE_DIR) / "tests" / folder;
    for (const auto& entry : fs::directory_iterator(root)) {
      if (entry.path().extension() != ".test") continue;
      files.push_back(std::string(folder) + "/" + entry.path().filename().string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string TestName(const testing::TestParamInfo<std::string>& info) {
  std::string name;
  for (const char c : info.param) name += std::isalnum(static_cast<unsigned char>(c)) ? c : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(Files, DataTest, testing::ValuesIn(TestFiles()), TestName);

}  // namespace
}  // namespace verbale::query
