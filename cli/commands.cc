#include "cli/commands.h"

namespace verbale::cli {

const std::vector<Command>& Commands() {
  static const std::vector<Command> kCommands = {
      BuildCommand(),    QueryCommand(),  AskCommand(),       ShellCommand(),   WhyCommand(),
      ReadingsCommand(), RulesCommand(),  EvalCommand(),      WhyNotCommand(),  DiffCommand(),
      ExportCommand(),   ImportCommand(), DocumentsCommand(), RemoveCommand(),  VerifyCommand(),
      CheckCommand(),    BackupCommand(), RestoreCommand(),   CompactCommand(), ExtractCommand(),
      LoadCommand(),     DumpCommand(),   StatsCommand(),     SchemaCommand(),  CompletionCommand(),
      ManCommand(),
  };
  return kCommands;
}

}  // namespace verbale::cli
