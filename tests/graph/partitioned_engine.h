#pragma once

// An engine that keeps its keys in sixteen parts, as a distributed one would, to prove that nothing
// above the engine needs more than the contract says: a scan must stay within one partition, and a
// batch is applied one part at a time. What is to be written goes into an intent record first, so
// that a batch that was cut off between two parts is finished by Recover().

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "graph/store/coding.h"
#include "graph/store/engine.h"
#include "graph/store/keys.h"

namespace verbale::graph::store {

/// What a stopped machine throws.
struct Stopped : std::runtime_error {
  Stopped() : std::runtime_error("stopped between two partitions") {}
};

class PartitionedEngine final : public Engine {
 public:
  static constexpr std::size_t kParts = 16;
  using Parts = std::array<std::shared_ptr<const Reader>, kParts>;

  PartitionedEngine() {
    for (auto& part : parts_) part = MakeMemoryEngine();
  }

  /// The next batch stops after this many writes to parts, the intent record among them.
  void StopAfter(std::optional<int> writes) { writes_left_ = writes; }

  /// Finishes what an intent record promises.
  void Recover() {
    const auto intent = parts_[0]->Get(Space::kMeta, kIntent);
    if (intent) Apply(Decode(*intent));
  }

  Capabilities capabilities() const override { return {}; }
  std::shared_ptr<const Reader> Snapshot() const override {
    Parts pinned;
    for (std::size_t i = 0; i < kParts; ++i) pinned[i] = parts_[i]->Snapshot();
    return std::make_shared<const PartReader>(std::move(pinned));
  }
  std::optional<std::string> Get(Space space, std::string_view key) const override {
    return Snapshot()->Get(space, key);
  }
  std::vector<std::optional<std::string>> MultiGet(
      Space space, std::span<const std::string> keys) const override {
    return Snapshot()->MultiGet(space, keys);
  }
  std::unique_ptr<Cursor> Scan(Space space, std::string_view prefix) const override {
    return Snapshot()->Scan(space, prefix);
  }
  std::unique_ptr<Cursor> Walk(Space space) const override { return Snapshot()->Walk(space); }

  void Write(const Batch& batch, Sync) override {
    Batch intent;
    intent.Put(Space::kMeta, std::string(kIntent), Encode(batch));
    WritePart(0, intent);
    Apply(batch);
  }
  std::uint64_t SizeInBytes() const override { return 0; }

 private:
  static constexpr std::string_view kIntent = "intent";

  static std::size_t PartOf(Space space, std::string_view key) {
    return std::hash<std::string_view>()(Partition(space, key)) % kParts;
  }

  class MergedCursor final : public Cursor {
   public:
    /// Merges walks over all parts.
    explicit MergedCursor(std::vector<std::unique_ptr<Cursor>> parts) : parts_(std::move(parts)) {
      Settle();
    }
    bool Valid() const override { return least_ != nullptr; }
    void Next() override {
      least_->Next();
      Settle();
    }
    std::string_view key() const override { return least_->key(); }
    std::string_view value() const override { return least_->value(); }

   private:
    void Settle() {
      least_ = nullptr;
      for (const auto& part : parts_) {
        if (part->Valid() && (least_ == nullptr || part->key() < least_->key())) {
          least_ = part.get();
        }
      }
    }
    std::vector<std::unique_ptr<Cursor>> parts_;
    Cursor* least_ = nullptr;
  };

  class PartReader final : public Reader {
   public:
    explicit PartReader(Parts parts) : parts_(std::move(parts)) {}
    std::optional<std::string> Get(Space space, std::string_view key) const override {
      return parts_[PartOf(space, key)]->Get(space, key);
    }
    std::vector<std::optional<std::string>> MultiGet(
        Space space, std::span<const std::string> keys) const override {
      std::vector<std::optional<std::string>> values;
      for (const std::string& key : keys) values.push_back(Get(space, key));
      return values;
    }
    std::unique_ptr<Cursor> Scan(Space space, std::string_view prefix) const override {
      const std::string longer = std::string(prefix) + "x";
      if (Partition(space, longer) != Partition(space, prefix)) {
        throw std::logic_error("a scan crosses partitions");
      }
      return parts_[PartOf(space, prefix)]->Scan(space, prefix);
    }
    std::unique_ptr<Cursor> Walk(Space space) const override {
      std::vector<std::unique_ptr<Cursor>> cursors;
      for (const auto& part : parts_) cursors.push_back(part->Walk(space));
      return std::make_unique<MergedCursor>(std::move(cursors));
    }

   private:
    Parts parts_;
  };

  void WritePart(std::size_t part, const Batch& batch) {
    if (writes_left_ && (*writes_left_)-- <= 0) throw Stopped();
    parts_[part]->Write(batch, Sync::kDurable);
  }

  void Apply(const Batch& batch) {
    std::array<Batch, kParts> by_part;
    for (const Batch::Operation& operation : batch.operations()) {
      Batch& part = by_part[PartOf(operation.space, operation.key)];
      if (operation.value) {
        part.Put(operation.space, operation.key, *operation.value);
      } else {
        part.Delete(operation.space, operation.key);
      }
    }
    for (std::size_t i = 0; i < kParts; ++i) {
      if (!by_part[i].empty()) WritePart(i, by_part[i]);
    }
    Batch done;
    done.Delete(Space::kMeta, std::string(kIntent));
    WritePart(0, done);
  }

  static std::string Encode(const Batch& batch) {
    std::string bytes;
    for (const Batch::Operation& operation : batch.operations()) {
      AppendU8(bytes, static_cast<std::uint8_t>(operation.space));
      AppendString(bytes, operation.key);
      AppendU8(bytes, operation.value ? 1 : 0);
      AppendString(bytes, operation.value.value_or(std::string()));
    }
    return bytes;
  }
  static Batch Decode(std::string_view bytes) {
    Batch batch;
    ByteReader reader(bytes, "intent");
    while (!reader.AtEnd()) {
      const auto space = static_cast<Space>(reader.U8());
      std::string key(reader.String());
      const bool put = reader.U8() == 1;
      std::string value(reader.String());
      if (put) {
        batch.Put(space, std::move(key), std::move(value));
      } else {
        batch.Delete(space, std::move(key));
      }
    }
    return batch;
  }

  std::array<std::unique_ptr<Engine>, kParts> parts_;
  std::optional<int> writes_left_;
};

}  // namespace verbale::graph::store
