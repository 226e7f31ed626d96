#include <algorithm>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/program.h"

namespace verbale::cli {
namespace {

std::string Quoted(std::string text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

// "--graph", "-g" of an option; empty for a positional one.
std::vector<std::string> Flags(const CLI::Option& option) {
  std::vector<std::string> flags;
  for (const std::string& name : option.get_snames()) flags.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) flags.push_back("--" + name);
  return flags;
}

std::vector<std::string> AllFlags(const CLI::App& app) {
  std::vector<std::string> all;
  for (const CLI::Option* option : app.get_options()) {
    const auto flags = Flags(*option);
    all.insert(all.end(), flags.begin(), flags.end());
  }
  return all;
}

std::vector<const CLI::App*> Subcommands(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

void PrintBash(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* sub : Subcommands(app)) names.push_back(sub->get_name());
  fmt::print("_verbale() {{\n  local word=${{COMP_WORDS[COMP_CWORD]}} command= i\n");
  fmt::print("  for ((i = 1; i < COMP_CWORD; i++)); do\n");
  fmt::print(
      "    case ${{COMP_WORDS[i]}} in -*) ;; *) command=${{COMP_WORDS[i]}}; break ;; esac\n  "
      "done\n");
  fmt::print("  local flags={}\n", Quoted(fmt::format("{}", fmt::join(AllFlags(app), " "))));
  fmt::print("  case $command in\n    '') flags+={} ;;\n",
             Quoted(fmt::format(" {}", fmt::join(names, " "))));
  for (const CLI::App* sub : Subcommands(app)) {
    fmt::print("    {}) flags+={} ;;\n", sub->get_name(),
               Quoted(fmt::format(" {}", fmt::join(AllFlags(*sub), " "))));
  }
  fmt::print("  esac\n  if [[ -z $command || $word == -* ]]; then\n");
  fmt::print(
      "    COMPREPLY=($(compgen -W \"$flags\" -- \"$word\"))\n  else\n    COMPREPLY=()\n  "
      "fi\n}}\n");
  fmt::print("complete -o default -F _verbale verbale\n");
}

std::string ZshText(std::string text) {
  for (const char c : {'[', ']', ':'}) std::replace(text.begin(), text.end(), c, ' ');
  return text;
}

void PrintZshOptions(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& flag : Flags(*option)) {
      const bool value = option->get_type_size() != 0 || !option->get_type_name().empty();
      fmt::print("    {}\n",
                 Quoted(fmt::format("{}[{}]{}", flag, ZshText(option->get_description()),
                                    value ? ":value:_files" : "")));
    }
  }
}

void PrintZsh(const CLI::App& app) {
  fmt::print("#compdef verbale\n_verbale() {{\n  local -a commands options\n  commands=(\n");
  for (const CLI::App* sub : Subcommands(app)) {
    const auto& all = Commands();
    const auto at = std::find_if(all.begin(), all.end(),
                                 [&](const Command& c) { return c.name == sub->get_name(); });
    fmt::print("    {}\n", Quoted(fmt::format("{}:{}", sub->get_name(), ZshText(at->summary))));
  }
  fmt::print(
      "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n");
  fmt::print("  case $words[2] in\n");
  for (const CLI::App* sub : Subcommands(app)) {
    fmt::print("  {}) options=(\n", sub->get_name());
    PrintZshOptions(*sub);
    fmt::print("  ) ;;\n");
  }
  fmt::print("  esac\n  _arguments -s $options '*:file:_files'\n}}\n");
  fmt::print(
      "if [ \"$funcstack[1]\" = _verbale ]; then _verbale \"$@\"; else compdef _verbale verbale; "
      "fi\n");
}

void PrintFish(const CLI::App& app) {
  for (const Command& command : Commands()) {
    fmt::print("complete -c verbale -n __fish_use_subcommand -a {} -d {}\n", command.name,
               Quoted(command.summary));
  }
  for (const CLI::App* sub : Subcommands(app)) {
    for (const CLI::Option* option : sub->get_options()) {
      std::string line =
          fmt::format("complete -c verbale -n '__fish_seen_subcommand_from {}'", sub->get_name());
      if (Flags(*option).empty()) continue;
      for (const std::string& name : option->get_snames()) line += " -s " + name;
      for (const std::string& name : option->get_lnames()) line += " -l " + name;
      if (!option->get_type_name().empty()) line += " -r";
      fmt::print("{} -d {}\n", line, Quoted(option->get_description()));
    }
  }
}

int Run(const std::string& shell) {
  const Program program;
  if (shell == "bash") PrintBash(program.app);
  if (shell == "zsh") PrintZsh(program.app);
  if (shell == "fish") PrintFish(program.app);
  return kDone;
}

}  // namespace

Command CompletionCommand() {
  Command command;
  command.name = "completion";
  command.summary = "Print the completions for a shell";
  command.text = "Prints a script that makes bash, zsh or fish complete commands and options.";
  command.examples = {
      {"source <(verbale completion bash)", "for this bash"},
      {"verbale completion fish > ~/.config/fish/completions/verbale.fish", "for every fish"},
  };
  command.setup = [](CommandLine& line, Globals&) {
    auto shell = std::make_shared<std::string>();
    line.Add("shell", *shell, "bash, zsh or fish")
        .Type("SHELL")
        .Required()
        .OneOf({"bash", "zsh", "fish"});
    return [shell] { return Run(*shell); };
  };
  return command;
}

}  // namespace verbale::cli
