#pragma once

// What of a Snapshot goes into a file, and in which order: said once, for the writer and for the
// reader. An archive has
//
//     Number(unsigned&)        a number of up to 32 bits
//     Array(FlatArray<T>&)     plain values
//     Count(std::vector<T>&)   its size; the reader resizes it
//     Dictionary(std::shared_ptr<const Dictionary>&)

#include <cstdint>

#include "graph/snapshot/snapshot.h"

namespace verbale::graph::snapshot {

/// First number of a file: raised whenever what follows changes. Another one is no file to us, and
/// so is laid out anew.
inline constexpr std::uint32_t kSnapshotFileVersion = 4;

template <typename Archive, typename Ids>
void ArchiveIds(Archive& archive, Ids& ids) {
  archive.Count(ids);
  for (auto& id : ids) archive.Number(id.value);
}

template <typename Archive>
void ArchiveNumbers(Archive& archive, std::vector<std::uint32_t>& numbers) {
  archive.Count(numbers);
  for (std::uint32_t& number : numbers) archive.Number(number);
}

template <typename Archive>
void ArchiveInts(Archive& archive, PackedInts& ints) {
  auto low = static_cast<std::uint32_t>(ints.base);
  auto high = static_cast<std::uint32_t>(ints.base >> 32);
  archive.Number(low);
  archive.Number(high);
  ints.base = std::uint64_t{high} << 32 | low;
  archive.Number(ints.zeros.count);
  archive.Array(ints.bytes);
  archive.Array(ints.shorts);
  archive.Array(ints.words);
  archive.Array(ints.longs);
}

template <typename Archive>
void ArchiveColumns(Archive& archive, Columns& columns) {
  archive.Count(columns);
  for (Column& column : columns) {
    archive.Number(column.key.value);
    auto kind = static_cast<std::uint32_t>(column.kind);
    archive.Number(kind);
    column.kind = static_cast<PropertyVector::Kind>(kind);
    archive.Array(column.presence);
    archive.Array(column.rows);
    ArchiveInts(archive, column.ints);
    archive.Array(column.doubles);
    archive.Array(column.codes);
  }
}

template <typename Archive>
void ArchiveHashRows(Archive& archive, HashRows& rows) {
  archive.Number(rows.shift);
  archive.Array(rows.starts);
  archive.Array(rows.numbers);
}

template <typename Archive>
void ArchiveStarts(Archive& archive, Starts& starts) {
  archive.Number(starts.first);
  archive.Array(starts.starts);
}

template <typename Archive>
void ArchiveSnapshot(Archive& archive, SnapshotParts& snapshot) {
  ArchiveInts(archive, snapshot.node_ids);
  ArchiveInts(archive, snapshot.run_of);
  ArchiveInts(archive, snapshot.rel_ids);
  archive.Array(snapshot.targets);
  archive.Array(snapshot.support);
  archive.Count(snapshot.runs);
  for (Run& run : snapshot.runs) {
    archive.Number(run.first);
    archive.Number(run.count);
    ArchiveIds(archive, run.labels);
    ArchiveColumns(archive, run.columns);
  }
  archive.Count(snapshot.label_runs);
  for (auto& runs : snapshot.label_runs) ArchiveNumbers(archive, runs);
  archive.Count(snapshot.types);
  for (TypeBlock& block : snapshot.types) {
    archive.Number(block.first);
    archive.Number(block.count);
    ArchiveStarts(archive, block.out);
    archive.Array(block.source_marks);
    ArchiveStarts(archive, block.in);
    archive.Array(block.in_sources);
    archive.Array(block.in_rels);
    auto loops = static_cast<std::uint32_t>(block.may_have_loops);
    archive.Number(loops);
    block.may_have_loops = loops != 0;
    ArchiveColumns(archive, block.columns);
  }
  ArchiveNumbers(archive, snapshot.types_by_first);
  for (auto* dictionaries : {&snapshot.node_dictionaries, &snapshot.rel_dictionaries}) {
    archive.Count(*dictionaries);
    for (auto& dictionary : *dictionaries) archive.Dictionary(dictionary);
  }
  ArchiveHashRows(archive, snapshot.nodes_by_id);
  archive.Count(snapshot.indexes);
  for (KeptIndex& index : snapshot.indexes) {
    archive.Number(index.label.value);
    archive.Number(index.key.value);
    ArchiveHashRows(archive, index.rows);
  }
}

/// What the first page of a file says. All fields are little-endian, as they stand here.
struct SnapshotHeader {
  static constexpr std::size_t kPage = 4096;  ///< The data begins behind so many bytes.

  char magic[8];                    ///< "verbsnap"
  std::uint32_t version;            ///< kSnapshotFileVersion
  std::uint32_t byte_order;         ///< 0x01020304
  std::uint64_t sequence, history;  ///< Of the state that it stands for.
  std::uint64_t data_bytes;
  std::uint64_t directory_at, directory_bytes;
  std::uint64_t sums_at, sum_count;
  std::uint64_t directory_sum, sums_sum;  ///< Checksums of the two tables.
  std::uint64_t header_sum;               ///< Of the fields above.
};

}  // namespace verbale::graph::snapshot
