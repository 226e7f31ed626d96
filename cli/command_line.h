#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace verbale::cli {

/// One option or argument that was just declared, to be described further. Borrows from CLI11.
class DeclaredOption {
 public:
  explicit DeclaredOption(CLI::Option& option) : option_(option) {}

  /// What its value is, as --help shows it: "FILE".
  DeclaredOption& Type(const std::string& name);
  DeclaredOption& Required();
  /// One value each time that it is given, so that arguments may follow.
  DeclaredOption& OneEach();
  /// Several values may stand in one word, with `separator` between them.
  DeclaredOption& SplitAt(char separator);
  DeclaredOption& OneOf(const std::vector<std::string>& values);
  DeclaredOption& Between(std::uint64_t low, std::uint64_t high);
  DeclaredOption& Between(double low, double high);
  DeclaredOption& AtLeastZero();
  /// `problem` says why a value is none; empty where it is one.
  DeclaredOption& Check(std::function<std::string(const std::string& value)> problem);

 private:
  CLI::Option& option_;
};

/// The options and arguments of one command. What they fill must live until the command line is
/// read. CLI11 stands behind it, whose templates are compiled in command_line.cc alone.
class CommandLine {
 public:
  explicit CommandLine(CLI::App& app) : app_(app) {}

  /// `names`: "-o,--output", or "file" for an argument without a dash. A wrong number is wrong
  /// usage.
  DeclaredOption Add(const std::string& names, std::string& value, const std::string& help);
  DeclaredOption Add(const std::string& names, unsigned& value, const std::string& help);
  DeclaredOption Add(const std::string& names, std::uint64_t& value, const std::string& help);
  DeclaredOption Add(const std::string& names, double& value, const std::string& help);
  /// Every value that is given.
  DeclaredOption Add(const std::string& names, std::vector<std::string>& values,
                     const std::string& help);
  /// Without a value: true where it is given.
  DeclaredOption Flag(const std::string& names, bool& value, const std::string& help);
  /// Calls `use` with the value.
  DeclaredOption Call(const std::string& names, std::function<void(const std::string&)> use,
                      const std::string& help);
  /// Options and arguments that were not declared are no error but stand in Others, in their order,
  /// once the command line was read.
  void KeepOthers();
  std::vector<std::string> Others() const;

 private:
  CLI::App& app_;
};

/// Ends the command as wrong usage (exit code 2), as a wrong option does.
[[noreturn]] void FailUsage(const std::string& message);

}  // namespace verbale::cli
