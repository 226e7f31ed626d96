#include "graph/store/last_commit.h"

#include <cstdio>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "graph/store/checksum.h"

namespace verbale::graph::store {
namespace {

std::string PathIn(const std::string& folder) { return folder + "/last"; }

std::string NoteOf(std::uint64_t sequence) {
  const std::string number = std::to_string(sequence);
  return fmt::format("{} {:016x}\n", number, Checksum64(number));
}

}  // namespace

std::uint64_t NotedCommit(const std::string& folder) {
  std::ifstream in(PathIn(folder), std::ios::binary);
  const std::string note((std::istreambuf_iterator<char>(in)), {});
  unsigned long long sequence = 0;
  if (std::sscanf(note.c_str(), "%20llu", &sequence) != 1 || NoteOf(sequence) != note) return 0;
  return sequence;
}

void NoteCommit(const std::string& folder, std::uint64_t sequence) {
  const std::string beside = PathIn(folder) + ".new";
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out << NoteOf(sequence);
  out.close();
  const bool is_written = out && std::rename(beside.c_str(), PathIn(folder).c_str()) == 0;
  if (!is_written) std::remove(beside.c_str());
}

}  // namespace verbale::graph::store
