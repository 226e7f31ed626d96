#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/program.h"
#include "cli/version.h"

namespace verbale::cli {
namespace {

// Text for troff: a leading dot or quote would be a request, a backslash an escape, '-' a hyphen.
std::string Troff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  if (!out.empty() && (out[0] == '.' || out[0] == '\'')) out = "\\&" + out;
  return out;
}

void PrintOptions(const CLI::App& app) {
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_name() == "--help,-h" || option->get_name() == "-h,--help") continue;
    const std::string names =
        option->get_positional() ? option->get_name(true, true) : option->get_name(false, true);
    const std::string value = option->get_positional() ? "" : option->get_type_name();
    fmt::print(".TP\n\\fB{}\\fR {}\n{}\n", Troff(names), Troff(value),
               Troff(option->get_description()));
  }
}

void PrintCommand(const Command& command, const CLI::App& app) {
  fmt::print(".SS {}\n{}\n", command.name, Troff(command.text));
  PrintOptions(app);
  for (const auto& [line, what] : command.examples) {
    fmt::print(".PP\n{}:\n.RS\n.nf\n{}\n.fi\n.RE\n", Troff(what), Troff(line));
  }
}

int Run() {
  const Program program;
  fmt::print(".TH VERBALE 1 \"\" \"verbale {}\" \"Verbale manual\"\n", kVersion);
  fmt::print(
      ".SH NAME\nverbale \\- knowledge graph from documents, with the proof of every "
      "relationship\n");
  fmt::print(".SH SYNOPSIS\n\\fBverbale\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]...\n");
  fmt::print(".SH DESCRIPTION\n{}\n", Troff(program.app.get_description()));
  fmt::print(".SH OPTIONS\n");
  PrintOptions(program.app);
  fmt::print(".SH COMMANDS\n");
  for (const Command& command : Commands())
    PrintCommand(command, *program.app.get_subcommand(command.name));
  fmt::print(
      ".SH ENVIRONMENT\n.TP\n\\fBVERBALE_GRAPH\\fR\nFolder of the graph where \\-\\-graph is not "
      "given.\n");
  fmt::print(".TP\n\\fBVERBALE_PACKS\\fR\nFolder in which packs are looked for first.\n");
  fmt::print(
      ".TP\n\\fBVERBALE_QUERIES\\fR\nFolder in which saved questions are looked for first.\n");
  fmt::print(".TP\n\\fBNO_COLOR\\fR\nNo colours, unless \\-\\-color always.\n");
  fmt::print(".SH EXIT STATUS\n");
  const std::pair<int, const char*> kCodes[] = {
      {0, "Everything asked was done; an empty result is success."},
      {1, "A statement failed."},
      {2, "Wrong usage."},
      {3, "A check was run and did not hold."},
      {4, "The graph cannot be opened: missing, locked, newer format, damaged."},
      {5, "Some inputs could not be read; the rest was done."}};
  for (const auto& [code, what] : kCodes) fmt::print(".TP\n\\fB{}\\fR\n{}\n", code, what);
  return kDone;
}

}  // namespace

Command ManCommand() {
  Command command;
  command.name = "man";
  command.summary = "Print the manual page";
  command.text = "Prints the manual page in troff, made from the same source as --help.";
  command.examples = {{"verbale man | man -l -", "read it"},
                      {"verbale man > /usr/local/share/man/man1/verbale.1", "install it"}};
  command.setup = [](CommandLine&, Globals&) { return [] { return Run(); }; };
  return command;
}

}  // namespace verbale::cli
