// verbale_tck DIR… [--filter RE] [--report FILE.json]: runs the cases of the openCypher Technology
// Compatibility Kit. Exit 1 if any failed, 2 if the command cannot be read.

#include <fstream>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "graph/error.h"
#include "tests/tck/runner.h"

namespace {

struct Arguments {
  std::vector<std::string> folders;
  std::string filter;
  std::string report;
};

std::optional<Arguments> ReadArguments(int argc, char** argv) {
  Arguments arguments;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const bool has_value = word == "--filter" || word == "--report";
    if (has_value && i + 1 < argc) {
      (word == "--filter" ? arguments.filter : arguments.report) = argv[++i];
    } else if (word.starts_with('-')) {
      return std::nullopt;
    } else {
      arguments.folders.push_back(word);
    }
  }
  if (arguments.folders.empty()) return std::nullopt;
  return arguments;
}

int Run(const Arguments& arguments) {
  std::string graphs_folder;
  const auto cases = verbale::tck::FindCases(arguments.folders, &graphs_folder);
  const std::regex filter(arguments.filter);
  nlohmann::json report = nlohmann::json::array();
  std::size_t passed = 0;
  std::size_t failed = 0;
  for (const auto& test_case : cases) {
    if (!arguments.filter.empty() && !std::regex_search(test_case.Name(), filter)) continue;
    const auto outcome = verbale::tck::RunCase(test_case, graphs_folder);
    ++(outcome.passed ? passed : failed);
    if (!outcome.passed) fmt::print("FAIL {}\n       {}\n", test_case.Name(), outcome.message);
    report.push_back({{"file", test_case.file},
                      {"scenario", test_case.scenario},
                      {"row", test_case.row},
                      {"passed", outcome.passed},
                      {"message", outcome.message}});
  }
  if (!arguments.report.empty()) std::ofstream(arguments.report) << report.dump(1) << '\n';
  fmt::print("{} passed, {} failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const auto arguments = ReadArguments(argc, argv);
  if (!arguments) {
    fmt::print(stderr, "usage: verbale_tck DIR... [--filter RE] [--report FILE.json]\n");
    return 2;
  }
  try {
    return Run(*arguments);
  } catch (const std::exception& error) {
    fmt::print(stderr, "verbale_tck: error: {}\n", error.what());
    return 2;
  }
}
