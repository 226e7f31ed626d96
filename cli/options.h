#pragma once

#include <string>

#include "cli/command_line.h"
#include "cli/globals.h"
#include "cli/inputs.h"

namespace verbale::cli {

// Options that several commands have, so that each is spelled and explained in one place. What they
// fill must live until the command line is read.

/// --errors and --color, which stand before a command or behind it.
void AddCommonOptions(CommandLine& line, Globals& globals);
/// --graph
void AddGraphOption(CommandLine& line, Globals& globals);
/// --threads
void AddThreadsOption(CommandLine& line, Globals& globals);
/// PATH…, --include, --exclude and --name.
void AddInputOptions(CommandLine& line, InputOptions& inputs);
/// --pack; `help` says what the pack is for.
void AddPackOption(CommandLine& line, std::string& pack,
                   const std::string& help = "Pack to read with: a name or a folder");
/// SUBJECT RELATION OBJECT
void AddRelationshipArguments(CommandLine& line, std::string& subject, std::string& relation,
                              std::string& object);

/// --mode; a name that is none is wrong usage.
void AddModeOption(CommandLine& line, std::string& mode);

}  // namespace verbale::cli
