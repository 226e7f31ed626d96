#include "cli/commands.h"

namespace verbale::cli {

const std::vector<Command>& Commands() {
  static const std::vector<Command> kCommands = {
      BuildCommand(),     QueryCommand(),   ShellCommand(),      WhyCommand(),    ReadingsCommand(),
      RulesCommand(),     EvalCommand(),    WhyNotCommand(),     ExportCommand(), ImportCommand(),
      DocumentsCommand(), RemoveCommand(),  VerifyCommand(),     CheckCommand(),  BackupCommand(),
      RestoreCommand(),   CompactCommand(), ExtractCommand(),    LoadCommand(),   DumpCommand(),
      StatsCommand(),     SchemaCommand(),  CompletionCommand(), ManCommand(),
  };
  return kCommands;
}

}  // namespace verbale::cli
