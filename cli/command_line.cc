#include "cli/command_line.h"

#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace verbale::cli {
namespace {

template <typename T>
DeclaredOption Declare(CLI::App& app, const std::string& names, T& value, const std::string& help) {
  return DeclaredOption(*app.add_option(names, value, help));
}

}  // namespace

DeclaredOption& DeclaredOption::Type(const std::string& name) {
  option_.type_name(name);
  return *this;
}

DeclaredOption& DeclaredOption::Required() {
  option_.required();
  return *this;
}

DeclaredOption& DeclaredOption::OneEach() {
  option_.allow_extra_args(false);
  return *this;
}

DeclaredOption& DeclaredOption::SplitAt(char separator) {
  option_.delimiter(separator);
  return *this;
}

DeclaredOption& DeclaredOption::OneOf(const std::vector<std::string>& values) {
  option_.check(CLI::IsMember(values));
  return *this;
}

DeclaredOption& DeclaredOption::Between(std::uint64_t low, std::uint64_t high) {
  option_.check(CLI::Range(low, high));
  return *this;
}

DeclaredOption& DeclaredOption::Between(double low, double high) {
  option_.check(CLI::Range(low, high));
  return *this;
}

DeclaredOption& DeclaredOption::AtLeastZero() {
  option_.check(
      [](const std::string& given) {
        return CLI::NonNegativeNumber(given).empty()
                   ? std::string()
                   : fmt::format("a number that is not negative is needed, not '{}'", given);
      },
      "NONNEGATIVE");
  return *this;
}

DeclaredOption& DeclaredOption::Check(
    std::function<std::string(const std::string& value)> problem) {
  option_.check(std::move(problem));
  return *this;
}

DeclaredOption CommandLine::Add(const std::string& names, std::string& value,
                                const std::string& help) {
  return Declare(app_, names, value, help);
}

DeclaredOption CommandLine::Add(const std::string& names, unsigned& value,
                                const std::string& help) {
  return Declare(app_, names, value, help);
}

DeclaredOption CommandLine::Add(const std::string& names, std::uint64_t& value,
                                const std::string& help) {
  // CLI11 takes "-1" for the largest number that there is.
  return Declare(app_, names, value, help).Check([](const std::string& text) {
    return text.starts_with('-') ? text + " is less than zero" : std::string();
  });
}

DeclaredOption CommandLine::Add(const std::string& names, double& value, const std::string& help) {
  return Declare(app_, names, value, help);
}

DeclaredOption CommandLine::Add(const std::string& names, std::vector<std::string>& values,
                                const std::string& help) {
  return Declare(app_, names, values, help);
}

DeclaredOption CommandLine::Flag(const std::string& names, bool& value, const std::string& help) {
  return DeclaredOption(*app_.add_flag(names, value, help));
}

DeclaredOption CommandLine::Call(const std::string& names,
                                 std::function<void(const std::string&)> use,
                                 const std::string& help) {
  return DeclaredOption(*app_.add_option_function<std::string>(names, std::move(use), help));
}

void CommandLine::KeepOthers() {
  app_.allow_extras();
  app_.fallthrough(false);
}

std::vector<std::string> CommandLine::Others() const { return app_.remaining(); }

void FailUsage(const std::string& message) { throw CLI::ArgumentMismatch(message); }

}  // namespace verbale::cli
