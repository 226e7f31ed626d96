#pragma once

// The second door of extract/: packs and rules as software that is tested, measured and explained.
// Everything here runs the one engine behind Reader; nothing reads sentences in a way of its own.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/extract.h"

namespace verbale::extract {

// ---- The examples beside the rules.

/// What became of an example.
enum class Outcome : std::uint8_t {
  kReported,   ///< Facts were expected and found.
  kValidated,  ///< Nothing was expected, nothing found.
  kMissing,    ///< Expected, not found.
  kNoisy,      ///< Found, not expected.
  kWrong,      ///< Found with another attribute or modality.
  kTodo,       ///< Known not to be met.
  kFixedTodo,  ///< Is met now: its `todo` has to go.
};

/// "reported", "fixed-todo", …
std::string_view Name(Outcome outcome);
/// Missing, noisy, wrong, fixed-todo.
bool IsFailure(Outcome outcome);

struct ExampleResult {
  std::string rule, relation, file;
  std::size_t line = 0;
  std::string text, lead_in, author, todo;
  Outcome outcome = Outcome::kReported;
  std::vector<std::string> problems;  ///< One line each: "missing: Canada RATIFIED …".
};

/// A rule with fewer than two examples of either kind.
struct LackingRule {
  std::string rule, file;
  std::size_t line = 0;
  std::size_t positive = 0, negative = 0;
};

struct RuleTestReport {
  std::vector<ExampleResult> examples;  ///< By rule id, then as they stand in the file.
  std::vector<LackingRule> lacking;

  bool Passed() const;
};

/// Runs the examples of the rules whose id has a match for the RE2 `filter` (empty: of all).
/// Error(kInvalidArgument) for a filter that is none.
RuleTestReport TestRules(const std::shared_ptr<const Pack>& pack, const std::string& filter);

/// One rule in a list of them.
struct RuleSummary {
  std::string id, relation, note, file;
  std::size_t line = 0;
  std::size_t patterns = 0, guards = 0, examples = 0;
};
std::vector<RuleSummary> ListRules(const Pack& pack);

}  // namespace verbale::extract
