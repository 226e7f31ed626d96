// Every query of the openCypher TCK: it parses, prints and parses to the same tree, and binds, or
// fails to with the error that the kit names. Nothing is run here.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "query/bind/bind.h"
#include "query/parse/parse.h"
#include "query/parse/print.h"
#include "tests/query/ast_tree.h"
#include "tests/tck/gherkin.h"

namespace verbale::query {
namespace {

std::vector<tck::Case> ReadKit() {
  const char* shared = std::getenv("VERBALE_SHARED");
  const std::filesystem::path root = std::filesystem::path(shared ? shared : "../shared") / "tck";
  std::vector<std::filesystem::path> files;
  if (std::filesystem::exists(root)) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (entry.path().extension() == ".feature") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<tck::Case> cases;
  for (const auto& file : files) {
    std::ifstream in(file);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    for (tck::Case& one : tck::ReadFeature(text, file.filename())) cases.push_back(std::move(one));
  }
  return cases;
}

struct Outcome {
  std::string kind;  ///< "SyntaxError: UndefinedVariable"; empty where all went well.
  std::string message;
};

Outcome ParseAndBind(const std::string& text, const ProcedureCatalog& procedures) {
  try {
    const Ast ast = Parse(text);
    const std::string printed = ToText(ast);
    EXPECT_EQ(TreeOf(Parse(printed)), TreeOf(ast)) << text << "\n" << printed;
    Bind(ast, {&procedures, nullptr});
    return {};
  } catch (const Error& error) {
    return {error.type() + ": " + error.detail(), error.what()};
  }
}

// The error that a case ends with, in the kit's words: " should be raised at compile time: ".
Outcome ExpectedError(const tck::Case& one, std::string& phase) {
  const std::string mark = " should be raised at ";
  for (const tck::Step& step : one.steps) {
    const std::size_t at = step.text.find(mark);
    if (at == std::string::npos) continue;
    const std::size_t word = step.text.find(' ') + 1;
    const std::size_t colon = step.text.rfind(": ");
    phase = step.text.substr(at + mark.size(), colon - at - mark.size());
    return {step.text.substr(word, at - word) + step.text.substr(colon), {}};
  }
  return {};
}

TEST(KitQueriesTest, ParsePrintBind) {
  const std::vector<tck::Case> cases = ReadKit();
  if (cases.empty()) GTEST_SKIP() << "the TCK is not there: set VERBALE_SHARED";
  std::size_t queries = 0;
  for (const tck::Case& one : cases) {
    ProcedureCatalog procedures;
    std::string phase;
    const Outcome expected = ExpectedError(one, phase);
    for (const tck::Step& step : one.steps) {
      const std::string mark = "there exists a procedure ";
      if (step.text.rfind(mark, 0) == 0) {
        std::string signature = step.text.substr(mark.size());
        if (signature.back() == ':') signature.pop_back();
        procedures.Add({signature, "", false, {}});
      }
      if (step.doc.empty()) continue;
      ++queries;
      const Outcome outcome = ParseAndBind(step.doc, procedures);
      const bool main = step.text.rfind("executing query", 0) == 0;
      // Missing parameters are found when the statement is given some.
      const bool compile_time =
          main && phase == "compile time" && expected.kind != "ParameterMissing: MissingParameter";
      if (phase == "any time" && main && !outcome.kind.empty()) continue;
      EXPECT_EQ(outcome.kind, compile_time ? expected.kind : "") << one.Name() << "\n"
                                                                 << step.doc << "\n"
                                                                 << outcome.message;
    }
  }
  EXPECT_GT(queries, 3000u);
}

}  // namespace
}  // namespace verbale::query
