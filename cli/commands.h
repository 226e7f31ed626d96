#pragma once

#include "cli/program.h"

namespace verbale::cli {

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
