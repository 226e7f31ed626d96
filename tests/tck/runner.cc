// Runs a case step by step. Every kind of step has its function; which one a step needs is told by
// the start of its text, in one table.

#include "tests/tck/runner.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <sstream>

#include "graph/graph.h"
#include "query/query.h"
#include "tests/tck/expected.h"
#include "tests/tck/side_effects.h"

namespace verbale::tck {
namespace {

namespace fs = std::filesystem;
using graph::Value;

constexpr std::chrono::seconds kStatementTimeout(20);

// Thrown where the case fails; says what was expected and what was there.
struct Failure {
  std::string message;
};

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Failure{"cannot read " + path.string()};
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string Joined(const std::vector<std::string>& parts, const std::string& between) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : between) + part;
  return out;
}

// What the statement under test gave. Values are made canonical both ways, since the View that
// they refer to ends with the result.
struct StatementResult {
  std::vector<std::string> columns;
  std::vector<std::string> rows;            // Cells joined by " | ".
  std::vector<std::string> unordered_rows;  // The same with lists sorted.
  graph::WriteCounts counts;
  std::optional<Error> error;
};

class CaseRunner {
 public:
  explicit CaseRunner(std::string graphs_folder)
      : graphs_folder_(std::move(graphs_folder)), graph_(graph::Graph::InMemory()) {
    query::Options options;
    options.limits.timeout = kStatementTimeout;
    session_ = query::Session::Open(*graph_, options);
  }

  void Run(const std::vector<Step>& steps) {
    for (const Step& step : steps) RunStep(step);
    if (result_.error && !error_was_checked_) throw Failure{Describe(*result_.error)};
  }

 private:
  void RunStep(const Step& step);

  // Steps.
  void Nothing(const Step&) {}
  void NamedGraph(const Step& step);
  void HavingExecuted(const Step& step);
  void SetParameters(const Step& step);
  void AddProcedure(const Step& step);
  void Execute(const Step& step);
  void ExpectRows(const Step& step);
  void ExpectNoRows(const Step& step);
  void ExpectError(const Step& step);
  void ExpectEffects(const Step& step);
  void ExpectNoEffects(const Step& step);

  void Drain(std::string_view text);
  void CheckEffects(const SideEffects& expected);
  static std::string Describe(const Error& error);

  std::string graphs_folder_;
  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<query::Session> session_;
  query::Parameters parameters_;
  GraphState before_;
  GraphState after_;
  StatementResult result_;
  bool error_was_checked_ = false;
};

void CaseRunner::RunStep(const Step& step) {
  struct Row {
    std::string_view start;
    void (CaseRunner::*run)(const Step&);
  };
  static constexpr Row kSteps[] = {
      {"any graph", &CaseRunner::Nothing},
      {"an empty graph", &CaseRunner::Nothing},
      {"the result should be empty", &CaseRunner::ExpectNoRows},
      {"the result should be", &CaseRunner::ExpectRows},
      {"the side effects should be:", &CaseRunner::ExpectEffects},
      {"the ", &CaseRunner::NamedGraph},
      {"having executed:", &CaseRunner::HavingExecuted},
      {"parameters are:", &CaseRunner::SetParameters},
      {"parameter values are:", &CaseRunner::SetParameters},
      {"there exists a procedure ", &CaseRunner::AddProcedure},
      {"executing query:", &CaseRunner::Execute},
      {"executing control query:", &CaseRunner::Execute},
      {"no side effects", &CaseRunner::ExpectNoEffects},
      {"a ", &CaseRunner::ExpectError},
      {"an ", &CaseRunner::ExpectError},
  };
  for (const Row& row : kSteps) {
    if (step.text.starts_with(row.start)) return (this->*row.run)(step);
  }
  throw Failure{"unknown step: " + step.text};
}

// "the binary-tree-1 graph"
void CaseRunner::NamedGraph(const Step& step) {
  const std::string_view start = "the ";
  const std::string_view end = " graph";
  if (!step.text.ends_with(end)) throw Failure{"unknown step: " + step.text};
  const std::string name =
      step.text.substr(start.size(), step.text.size() - start.size() - end.size());
  const fs::path script = fs::path(graphs_folder_) / name / (name + ".cypher");
  const std::string text = ReadFile(script);
  for (const auto& piece : query::SplitStatements(text)) Drain(piece.first);
}

void CaseRunner::HavingExecuted(const Step& step) { Drain(step.doc); }

void CaseRunner::Drain(std::string_view text) {
  const auto result = session_->Run(text, parameters_);
  while (result->Next()) continue;
}

void CaseRunner::SetParameters(const Step& step) {
  for (const auto& row : step.table) {
    if (row.size() != 2) throw Failure{"a parameter needs a name and a value"};
    parameters_.emplace_back(row[0], ToValue(row[1]));
  }
}

// The table has a row for each combination of arguments, followed by the outputs.
void CaseRunner::AddProcedure(const Step& step) {
  query::Procedure procedure;
  const std::string_view start = "there exists a procedure ";
  procedure.signature = step.text.substr(start.size());
  procedure.signature.resize(procedure.signature.find_last_not_of(": ") + 1);
  std::vector<graph::List> rows;
  for (std::size_t r = 1; r < step.table.size(); ++r) {
    graph::List row;
    for (const std::string& cell : step.table[r]) row.push_back(ToValue(cell));
    rows.push_back(std::move(row));
  }
  procedure.call = [rows](const graph::View&, std::span<const Value> args) {
    std::vector<std::vector<Value>> found;
    for (const graph::List& row : rows) {
      if (!std::equal(args.begin(), args.end(), row.begin(), graph::Equivalent)) continue;
      found.emplace_back(row.begin() + static_cast<std::ptrdiff_t>(args.size()), row.end());
    }
    return found;
  };
  session_->Register(std::move(procedure));
}

void CaseRunner::Execute(const Step& step) {
  if (result_.error && !error_was_checked_) throw Failure{Describe(*result_.error)};
  result_ = {};
  error_was_checked_ = false;
  before_ = GraphState::Of(*graph_->Read());
  try {
    const auto result = session_->Run(step.doc, parameters_);
    for (const query::Column& column : result->columns()) result_.columns.push_back(column.name);
    while (const auto row = result->Next()) {
      std::vector<std::string> cells;
      std::vector<std::string> unordered_cells;
      for (const Value& value : *row) {
        cells.push_back(CanonicalActual(value, result->view(), ListOrder::kKept));
        unordered_cells.push_back(CanonicalActual(value, result->view(), ListOrder::kIgnored));
      }
      result_.rows.push_back(Joined(cells, " | "));
      result_.unordered_rows.push_back(Joined(unordered_cells, " | "));
    }
    result_.counts = result->counts();
  } catch (const Error& error) {
    result_.error = error;
  }
  after_ = GraphState::Of(*graph_->Read());
  if (result_.error && !Difference(before_, after_).empty()) {
    throw Failure{"a statement that failed left changes behind"};
  }
}

void CaseRunner::ExpectRows(const Step& step) {
  if (result_.error) throw Failure{Describe(*result_.error)};
  const bool in_order = step.text.find("in order") != std::string::npos;
  const ListOrder lists = step.text.find("ignoring element order") != std::string::npos
                              ? ListOrder::kIgnored
                              : ListOrder::kKept;
  if (step.table.empty()) throw Failure{"a result needs a table"};
  const auto& header = step.table[0];
  if (header != result_.columns) {
    throw Failure{"columns expected: " + Joined(header, ", ") +
                  "\n       columns actual: " + Joined(result_.columns, ", ")};
  }
  std::vector<std::string> expected;
  for (std::size_t r = 1; r < step.table.size(); ++r) {
    std::vector<std::string> cells;
    for (const std::string& cell : step.table[r]) cells.push_back(CanonicalExpected(cell, lists));
    expected.push_back(Joined(cells, " | "));
  }
  std::vector<std::string> actual =
      lists == ListOrder::kIgnored ? result_.unordered_rows : result_.rows;
  if (!in_order) {
    std::sort(expected.begin(), expected.end());
    std::sort(actual.begin(), actual.end());
  }
  if (expected == actual) return;
  throw Failure{"expected: " + Joined(expected, "\n                 ") +
                "\n       actual:   " + Joined(actual, "\n                 ")};
}

void CaseRunner::ExpectNoRows(const Step&) {
  if (result_.error) throw Failure{Describe(*result_.error)};
  if (result_.rows.empty()) return;
  throw Failure{"expected: no rows\n       actual:   " +
                Joined(result_.rows, "\n                 ")};
}

// "a SyntaxError should be raised at compile time: UndefinedVariable"
void CaseRunner::ExpectError(const Step& step) {
  std::istringstream words(step.text);
  std::string article, type;
  words >> article >> type;
  const auto text_after = [&](std::string_view marker) {
    const std::size_t at = step.text.find(marker);
    if (at == std::string::npos) throw Failure{"unknown step: " + step.text};
    return step.text.substr(at + marker.size());
  };
  const std::string when = text_after(" should be raised at ");
  const std::string detail = text_after(": ");
  const bool compile_time = when.starts_with("compile time");
  const bool any_time = when.starts_with("any time");
  if (!result_.error) {
    throw Failure{"expected: " + step.text +
                  "\n       actual:   " + std::to_string(result_.rows.size()) +
                  " rows: " + Joined(result_.rows, "\n                 ")};
  }
  error_was_checked_ = true;
  const Error& error = *result_.error;
  const ErrorPhase phase = compile_time ? ErrorPhase::kCompileTime : ErrorPhase::kRuntime;
  const bool same = error.type() == type && (any_time || error.phase() == phase) &&
                    (detail == "*" || error.detail() == detail);
  if (!same) {
    throw Failure{"expected: " + step.text + "\n       actual:   " + Describe(error)};
  }
}

void CaseRunner::ExpectEffects(const Step& step) {
  SideEffects expected;
  for (const auto& row : step.table) {
    if (row.size() != 2) throw Failure{"a side effect needs a name and a count"};
    if (const std::uint64_t count = std::stoull(row[1])) expected[row[0]] = count;
  }
  CheckEffects(expected);
}

void CaseRunner::ExpectNoEffects(const Step&) { CheckEffects({}); }

void CaseRunner::CheckEffects(const SideEffects& expected) {
  if (result_.error && !error_was_checked_) throw Failure{Describe(*result_.error)};
  const SideEffects actual = Difference(before_, after_);
  const auto show = [](const SideEffects& effects) {
    std::string out;
    for (const auto& [name, count] : effects) out += " " + name + " " + std::to_string(count);
    return out.empty() ? " none" : out;
  };
  if (actual != expected) {
    throw Failure{"side effects expected:" + show(expected) +
                  "\n       side effects actual:" + show(actual)};
  }
  if (result_.error) return;
  const std::string contradiction = Contradiction(actual, result_.counts);
  if (!contradiction.empty()) {
    throw Failure{"side effects:" + show(actual) + "\n       the engine counted " + contradiction};
  }
}

std::string CaseRunner::Describe(const Error& error) {
  const char* phase = error.phase() == ErrorPhase::kNone          ? "no phase"
                      : error.phase() == ErrorPhase::kCompileTime ? "compile time"
                                                                  : "runtime";
  return "error: " + (error.type().empty() ? std::string(Name(error.code())) : error.type()) +
         " at " + phase + ": " + error.detail() + " (" + error.what() + ")";
}

}  // namespace

Outcome RunCase(const Case& test_case, const std::string& graphs_folder) {
  try {
    CaseRunner(graphs_folder).Run(test_case.steps);
    return {true, {}};
  } catch (const Failure& failure) {
    return {false, failure.message};
  } catch (const std::exception& error) {
    return {false, std::string("while preparing: ") + error.what()};
  }
}

std::vector<Case> FindCases(const std::vector<std::string>& folders, std::string* graphs_folder) {
  std::vector<fs::path> files;
  for (const std::string& folder : folders) {
    if (fs::is_regular_file(folder)) {
      files.emplace_back(folder);
      continue;
    }
    if (!fs::is_directory(folder)) throw Error(ErrorCode::kNotFound, "no such folder: " + folder);
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".feature") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<Case> cases;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    auto found = ReadFeature(text, file.string());
    std::move(found.begin(), found.end(), std::back_inserter(cases));
  }
  if (graphs_folder && !folders.empty()) {
    for (fs::path above = fs::absolute(folders[0]); above.has_relative_path();
         above = above.parent_path()) {
      if (!fs::is_directory(above / "graphs")) continue;
      *graphs_folder = (above / "graphs").string();
      break;
    }
  }
  return cases;
}

}  // namespace verbale::tck
