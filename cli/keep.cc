// Looking after the folder of a graph: check and repair, backup and restore, compact.

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/options.h"
#include "cli/places.h"

namespace verbale::cli {
namespace {

namespace fs = std::filesystem;

int PrintProblems(const std::vector<graph::CheckProblem>& problems) {
  for (const auto& problem : problems) fmt::print("{}: {}\n", problem.where, problem.what);
  fmt::print("{} problems\n", problems.size());
  return problems.empty() ? kDone : kCheckFailed;
}

int Check(const Globals& globals, bool repair) {
  if (!repair) return PrintProblems(OpenToRead(globals)->Check());
  const auto graph = OpenToWrite(globals, false, "verbale check --repair");
  fmt::print("{} entries repaired\n", graph->Repair());
  return PrintProblems(graph->Check());
}

std::string Megabytes(std::uint64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

/// Where `folder` is the folder of a graph or stands in it, restore --force would lose it with the
/// graph, or refuse because of it.
void ExpectOutside(const std::string& folder, const std::string& graph) {
  const fs::path inner = PlaceOf(folder), outer = PlaceOf(graph);
  const auto [unused, rest] = std::mismatch(inner.begin(), inner.end(), outer.begin(), outer.end());
  if (rest != outer.end()) return;
  throw Error(ErrorCode::kInvalidArgument,
              fmt::format("'{}' is in the folder of the graph '{}'", folder, graph))
      .WithHint("name a place outside of it");
}

int Backup(const Globals& globals, const std::string& folder) {
  ExpectOutside(folder, globals.graph);
  const auto graph = OpenToRead(globals);
  graph->Backup(folder);
  fmt::print("backup    {} ({})\n", folder, Megabytes(graph->Stats().disk_bytes));
  return kDone;
}

/// Removes `place`, which was copied from `folder`, where it does not agree with itself.
void ExpectSound(const std::string& place, const std::string& folder) {
  graph::OpenOptions options;
  options.read_only = true;
  const std::size_t problems = graph::Graph::Open(place, options)->Check().size();
  if (problems == 0) return;
  fs::remove_all(place);
  throw Error(ErrorCode::kCorruption,
              fmt::format("the backup in '{}' is damaged ({} problems)", folder, problems))
      .WithHint(fmt::format("verbale check --graph {}", folder));
}

// The copy is made beside, checked, and put in place by a rename, so that a graph is there at any
// time: the old one, or the new one.
int Restore(const Globals& globals, const std::string& folder, bool force) {
  Globals from = globals;
  from.graph = folder;
  ExpectOutside(globals.graph, folder);
  const auto backup = OpenToRead(from);
  const std::string place = PlaceOf(globals.graph);
  const bool exists = graph::HoldsGraph(place);
  if (exists && !force) {
    throw Error(ErrorCode::kIo, fmt::format("there is a graph in '{}'", globals.graph))
        .WithHint("--force replaces it; --graph names another place");
  }
  graph::ExpectNothingButGraph(place);
  const std::string beside = NameBeside(place, ".restored");
  backup->Backup(beside);
  ExpectSound(beside, folder);
  // Opened and closed again: nobody else writes to the old one.
  if (exists) OpenToWrite(globals, false, "verbale restore");
  const std::string old = NameBeside(place, ".replaced");
  if (fs::exists(place)) fs::rename(place, old);
  fs::rename(beside, place);
  fs::remove_all(old);
  fmt::print("restored  {} from {}\n", globals.graph, folder);
  return kDone;
}

int Compact(const Globals& globals) {
  const auto graph = OpenToWrite(globals, false, "verbale compact");
  const std::uint64_t before = graph->Stats().disk_bytes;
  graph->Compact();
  fmt::print("compacted {} to {}\n", Megabytes(before), Megabytes(graph->Stats().disk_bytes));
  return kDone;
}

}  // namespace

Command CheckCommand() {
  Command command;
  command.name = "check";
  command.summary = "Check that the stored graph agrees with itself";
  command.text =
      "Compares adjacency in both directions, indexes with data, counts, the evidence of every "
      "derived relationship, and the snapshot with the store. Prints what does not agree and exits "
      "with 3 where anything does not. With --repair, what follows from records (adjacency, "
      "indexes, the snapshot) is made anew first.";
  command.examples = {{"verbale check", "after a crash, or before a backup"},
                      {"verbale check --repair", "and mend what can be mended"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    auto repair = std::make_shared<bool>(false);
    AddGraphOption(line, globals);
    line.Flag("--repair", *repair, "Make anew what follows from records");
    return [repair, &globals] { return Check(globals, *repair); };
  };
  return command;
}

Command BackupCommand() {
  Command command;
  command.name = "backup";
  command.summary = "Copy the graph as it is now, while others read and write";
  command.text =
      "Makes a copy of the present state that opens as a graph of its own. On the same file system "
      "it shares the files with the original, so it takes hardly any time or room.";
  command.examples = {{"verbale backup /backups/monday", "a folder that does not exist yet"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    auto folder = std::make_shared<std::string>();
    AddGraphOption(line, globals);
    line.Add("folder", *folder, "Where the copy goes").Type("DIR").Required();
    return [folder, &globals] { return Backup(globals, *folder); };
  };
  return command;
}

Command RestoreCommand() {
  Command command;
  command.name = "restore";
  command.summary = "Put a backup in the place of the graph";
  command.text =
      "Copies a backup to the place of the graph. A graph that is there is replaced only with "
      "--force, and only once the copy is complete; a folder that holds anything else never is.";
  command.examples = {{"verbale restore /backups/monday", "where there is no graph"},
                      {"verbale restore /backups/monday --force", "in place of the one there is"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    auto folder = std::make_shared<std::string>();
    auto force = std::make_shared<bool>(false);
    AddGraphOption(line, globals);
    line.Add("folder", *folder, "A backup").Type("DIR").Required();
    line.Flag("--force", *force, "Replace the graph that is there");
    return [folder, force, &globals] { return Restore(globals, *folder, *force); };
  };
  return command;
}

Command CompactCommand() {
  Command command;
  command.name = "compact";
  command.summary = "Give back the space of what was deleted or overwritten";
  command.text = "Rewrites the files of the graph without what is no longer part of it.";
  command.examples = {{"verbale compact", "after many changes"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    AddGraphOption(line, globals);
    return [&globals] { return Compact(globals); };
  };
  return command;
}

}  // namespace verbale::cli
