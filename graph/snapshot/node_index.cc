#include "graph/snapshot/node_index.h"

namespace verbale::graph::snapshot {

const HashRows& BaseIndex::rows() const {
  std::call_once(filled_, [this] { Fill(); });
  return rows_;
}

void BaseIndex::Fill() const {
  if (const HashRows* kept = base_->FindIndex(label_, key_)) {
    rows_ = *kept;
    return;
  }
  std::vector<std::uint64_t> hashes;
  std::vector<std::uint32_t> numbers;
  for (const std::uint32_t r : base_->RunsOf(label_)) {
    const Run& run = base_->runs[r];
    const Column* column = FindColumn(run.columns, key_);
    if (!column) continue;
    for (std::uint32_t row = 0; row < run.count; ++row) {
      const auto slot = column->Slot(row);
      if (!slot) continue;
      hashes.push_back(Hash(column->AtSlot(*slot)));
      numbers.push_back(run.first + row);
    }
  }
  rows_ = HashRows(hashes, numbers);
}

void AddedIndex::Add(std::uint64_t hash, std::uint32_t number, Epoch epoch) {
  if (size_ >> bits_ >= 2) {  // Two entries a bucket: twice the buckets.
    ++bits_;
    heads_ = {};
    for (std::uint32_t entry = 0; entry < size_; ++entry) Link(entry, epoch);
  }
  entries_.Edit(size_, epoch) = {hash, number, 0};
  Link(size_++, epoch);
}

void AddedIndex::Link(std::uint32_t entry, Epoch epoch) {
  Entry& slot = entries_.Edit(entry, epoch);
  std::uint32_t& head = heads_.Edit(Bucket(slot.hash), epoch);
  slot.next = head;
  head = entry + 1;
}

}  // namespace verbale::graph::snapshot
