#pragma once

// A Snapshot kept in a file, so that opening a graph costs no more than mapping it.
//
// The file belongs to one state of one store: it carries that state's sequence number and its
// history, a checksum over everything that was ever committed. It is written beside, synced and
// renamed, so it is whole or not there. It may be deleted at any time: the store is the truth.
//
//     header      one page: marks, sizes, what state it stands for, checksums of the tables
//     data        arrays, each at a multiple of 64 bytes; verified block by block when first read
//     directory   which array is where, and everything that is not an array
//     sums        a checksum for each block of data
//
// Byte by byte in docs/storage-format.md.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "graph/snapshot/snapshot.h"
#include "graph/snapshot/state.h"

namespace verbale::graph::snapshot {

struct SnapshotFile {
  std::shared_ptr<const Snapshot> snapshot;
  std::uint64_t sequence = 0;
  std::uint64_t history = 0;
  std::uint64_t bytes = 0;
};

/// Writes what `state`, over which nothing was written, has, with the indexes that it declares.
/// Error(kIo) where the system refuses; then there is what there was before.
void WriteSnapshotFile(const std::string& path, const GraphState& state);

/// Maps a file. nullopt where there is none, or none that this program can read, or where its
/// tables are damaged. A small file is verified at once, the data of a larger one when it is read.
std::optional<SnapshotFile> MapSnapshotFile(const std::string& path);

}  // namespace verbale::graph::snapshot
