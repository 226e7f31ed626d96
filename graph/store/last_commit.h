#pragma once

// A note beside the database of the last commit that a writer was through with when it closed.
// RocksDB does not miss a log that is gone or ends too early: what was in it would be lost without
// a word.

#include <cstdint>
#include <string>

namespace verbale::graph::store {

/// The sequence number that is noted in the folder of a graph; 0 where there is no note, or a
/// damaged one.
std::uint64_t NotedCommit(const std::string& folder);

/// Notes it, in place of an earlier note. What cannot be written is left: the note only warns.
void NoteCommit(const std::string& folder, std::uint64_t sequence);

}  // namespace verbale::graph::store
