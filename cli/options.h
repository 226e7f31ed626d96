#pragma once

#include <string>

#include "cli/globals.h"
#include "cli/inputs.h"

namespace CLI {
class App;
}

namespace verbale::cli {

// Options that several commands have, so that each is spelled and explained in one place. What they
// fill must live as long as the App.

/// --errors and --color, which stand before a command or behind it.
void AddCommonOptions(CLI::App& app, Globals& globals);
/// --graph
void AddGraphOption(CLI::App& app, Globals& globals);
/// --threads
void AddThreadsOption(CLI::App& app, Globals& globals);
/// PATH…, --include, --exclude and --name.
void AddInputOptions(CLI::App& app, InputOptions& inputs);
/// --pack; `help` says what the pack is for.
void AddPackOption(CLI::App& app, std::string& pack,
                   const std::string& help = "Pack to read with: a name or a folder");
/// SUBJECT RELATION OBJECT
void AddRelationshipArguments(CLI::App& app, std::string& subject, std::string& relation,
                              std::string& object);

/// --mode; a name that is none is wrong usage.
void AddModeOption(CLI::App& app, std::string& mode);

}  // namespace verbale::cli
