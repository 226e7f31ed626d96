// Outcomes of rule tests for people, for test runners (JUnit, TAP) and for code review (SARIF).

#include "cli/rules_report.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace verbale::cli {
namespace {

using extract::ExampleResult;
using extract::LackingRule;
using extract::Outcome;
using extract::RuleTestReport;

std::string Lack(const LackingRule& rule) {
  return fmt::format("{} examples that assert and {} that do not; at least two of each are needed",
                     rule.positive, rule.negative);
}

std::map<Outcome, std::size_t> Counts(const RuleTestReport& report) {
  std::map<Outcome, std::size_t> counts;
  for (const ExampleResult& result : report.examples) ++counts[result.outcome];
  return counts;
}

char Mark(Outcome outcome) {
  constexpr char kMarks[] = {'.', '.', 'M', 'N', 'W', 't', 'F'};
  return kMarks[static_cast<std::size_t>(outcome)];
}

std::string FailureText(const ExampleResult& result) {
  std::string out =
      fmt::format("\n{}:{}: {}\n  “{}”\n", result.file, result.line, result.rule, result.text);
  if (!result.lead_in.empty()) out += fmt::format("  under “{}”\n", result.lead_in);
  for (const std::string& problem : result.problems) out += "  " + problem + "\n";
  return out;
}

std::string TextReport(const RuleTestReport& report, bool color) {
  std::vector<std::pair<std::string, std::string>> lines;  // Rule, its marks.
  for (const ExampleResult& result : report.examples) {
    if (lines.empty() || lines.back().first != result.rule) lines.emplace_back(result.rule, "");
    lines.back().second += Mark(result.outcome);
  }
  std::string out;
  for (const auto& [rule, marks] : lines) {
    const bool failed = marks.find_first_of("MNWF") != std::string::npos;
    out += fmt::format("{}{:<32}{} {}\n", color && failed ? "\x1b[31m" : "", rule,
                       color && failed ? "\x1b[0m" : "", marks);
  }
  for (const ExampleResult& result : report.examples) {
    if (IsFailure(result.outcome)) out += FailureText(result);
  }
  for (const LackingRule& rule : report.lacking) {
    out += fmt::format("\n{}:{}: {}\n  {}\n", rule.file, rule.line, rule.rule, Lack(rule));
  }
  out += "\n";
  const auto counts = Counts(report);
  for (const auto& [outcome, count] : counts) {
    out += fmt::format("{}{} {}", outcome == counts.begin()->first ? "" : ", ", count,
                       extract::Name(outcome));
  }
  return out + fmt::format("{}{} rules\n", counts.empty() ? "" : "; ", lines.size());
}

std::string Xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      // Control characters stand in no XML.
      out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    }
  }
  return out;
}

std::string JUnitReport(const RuleTestReport& report) {
  std::size_t failures = report.lacking.size(), skipped = 0;
  std::string cases;
  const auto open = [&](const std::string& rule, const std::string& name, const std::string& file,
                        std::size_t line) {
    cases += fmt::format("  <testcase classname=\"{}\" name=\"{}\" file=\"{}\" line=\"{}\">\n",
                         Xml(rule), Xml(name), Xml(file), line);
  };
  for (const ExampleResult& result : report.examples) {
    open(result.rule, result.text, result.file, result.line);
    if (IsFailure(result.outcome)) {
      ++failures;
      cases +=
          fmt::format("    <failure type=\"{}\" message=\"{}\"/>\n", extract::Name(result.outcome),
                      Xml(fmt::format("{}", fmt::join(result.problems, "; "))));
    } else if (result.outcome == Outcome::kTodo) {
      ++skipped;
      cases += fmt::format("    <skipped message=\"{}\"/>\n", Xml(result.todo));
    }
    cases += "  </testcase>\n";
  }
  for (const LackingRule& rule : report.lacking) {
    open(rule.rule, "has two examples of each kind", rule.file, rule.line);
    cases += fmt::format("    <failure type=\"lacking\" message=\"{}\"/>\n  </testcase>\n",
                         Xml(Lack(rule)));
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"rules\" tests=\"{}\" "
      "failures=\"{}\" skipped=\"{}\">\n{}</testsuite>\n",
      report.examples.size() + report.lacking.size(), failures, skipped, cases);
}

std::string TapReport(const RuleTestReport& report) {
  std::string out =
      fmt::format("TAP version 13\n1..{}\n", report.examples.size() + report.lacking.size());
  std::size_t number = 0;
  // A '#' in a description would begin a directive.
  const auto plain = [](std::string text) {
    std::replace(text.begin(), text.end(), '#', '_');
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
  };
  for (const ExampleResult& result : report.examples) {
    const bool todo = result.outcome == Outcome::kTodo;
    out += fmt::format("{} {} - {}: {}{}\n", IsFailure(result.outcome) || todo ? "not ok" : "ok",
                       ++number, result.rule, plain(result.text),
                       todo ? " # TODO " + plain(result.todo) : "");
    for (const std::string& problem : result.problems) out += "# " + plain(problem) + "\n";
  }
  for (const LackingRule& rule : report.lacking) {
    out += fmt::format("not ok {} - {}: {}\n", ++number, rule.rule, Lack(rule));
  }
  return out;
}

using Json = nlohmann::ordered_json;

Json SarifResult(const std::string& rule, const std::string& kind, const std::string& text,
                 const std::string& file, std::size_t line, const std::string& snippet) {
  Json region = {{"startLine", line}};
  if (!snippet.empty()) region["snippet"] = {{"text", snippet}};
  const Json place = {{"artifactLocation", {{"uri", file}}}, {"region", region}};
  return {{"ruleId", rule},
          {"kind", kind},
          {"level", kind == "fail" ? "error" : "none"},
          {"message", {{"text", text}}},
          {"locations", Json::array({Json{{"physicalLocation", place}}})}};
}

std::string SarifReport(const RuleTestReport& report) {
  Json rules = Json::array(), results = Json::array();
  std::string last;
  for (const ExampleResult& result : report.examples) {
    if (result.rule != last) {
      rules.push_back({{"id", result.rule}, {"shortDescription", {{"text", result.relation}}}});
    }
    last = result.rule;
    std::string text(extract::Name(result.outcome));
    if (!result.problems.empty()) text = fmt::format("{}", fmt::join(result.problems, "; "));
    const std::string kind = IsFailure(result.outcome)          ? "fail"
                             : result.outcome == Outcome::kTodo ? "open"
                                                                : "pass";
    results.push_back(SarifResult(result.rule, kind, text, result.file, result.line, result.text));
  }
  for (const LackingRule& rule : report.lacking) {
    results.push_back(SarifResult(rule.rule, "fail", Lack(rule), rule.file, rule.line, ""));
  }
  const Json driver = {{"name", "verbale rules test"}, {"rules", rules}};
  const Json run = {
      {"tool", {{"driver", driver}}}, {"columnKind", "unicodeCodePoints"}, {"results", results}};
  const Json log = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                    {"version", "2.1.0"},
                    {"runs", Json::array({run})}};
  return log.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

const std::vector<std::string>& ReportForms() {
  static const std::vector<std::string> kForms = {"text", "junit", "sarif", "tap"};
  return kForms;
}

std::string ReportText(const RuleTestReport& report, const std::string& form, bool color) {
  if (form == "junit") return JUnitReport(report);
  if (form == "sarif") return SarifReport(report);
  if (form == "tap") return TapReport(report);
  return TextReport(report, color);
}

}  // namespace verbale::cli
