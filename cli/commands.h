#pragma once

#include "cli/command.h"

namespace verbale::cli {

/// Every command, in the order in which --help lists them.
const std::vector<Command>& Commands();

// One function a command; each stands in the file of its name.
Command BuildCommand();
Command DocumentsCommand();
Command RemoveCommand();
Command VerifyCommand();
Command ExtractCommand();
Command LoadCommand();
Command DumpCommand();
Command QueryCommand();
Command AskCommand();
Command DiffCommand();
Command ShellCommand();
Command WhyCommand();
Command ExportCommand();
Command StatsCommand();
Command SchemaCommand();
Command CheckCommand();
Command BackupCommand();
Command RestoreCommand();
Command CompactCommand();
Command ImportCommand();
Command CompletionCommand();
Command ManCommand();
Command ReadingsCommand();
Command RulesCommand();
Command EvalCommand();
Command WhyNotCommand();

}  // namespace verbale::cli
