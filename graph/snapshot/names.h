#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/snapshot/paged_map.h"
#include "graph/store/store.h"
#include "graph/view.h"

namespace verbale::graph::snapshot {

/// Names of one kind and their numbers. Copies share what they have until one of them grows. A name
/// that was handed out stays where it is while a copy lives that has it.
class NameList {
 public:
  NameList() = default;
  explicit NameList(const std::vector<std::string>& names);

  std::optional<std::uint32_t> Find(std::string_view name) const;
  std::string_view Name(std::uint32_t number) const { return *table_->names[number]; }
  std::uint32_t size() const {
    return table_ ? static_cast<std::uint32_t>(table_->names.size()) : 0;
  }
  /// The number of `name`, which the writer of `epoch` makes where it is new.
  std::uint32_t Make(std::string_view name, Epoch epoch);
  /// The names numbered `first` or above.
  std::vector<std::string> From(std::uint32_t first) const;

 private:
  struct Table {
    Epoch epoch = 0;
    std::vector<std::shared_ptr<const std::string>> names;  // Shared with longer copies.
    std::unordered_map<std::string_view, std::uint32_t> numbers;
  };
  static void Add(Table& table, std::string_view name);

  std::shared_ptr<Table> table_;  // Shared with other copies of the list.
};

/// All names of one state.
class NameCatalog final : public Catalog {
 public:
  NameCatalog() = default;
  explicit NameCatalog(const store::Names& names)
      : labels(names.labels), types(names.types), keys(names.keys) {}

  std::optional<LabelId> FindLabel(std::string_view name) const override;
  std::optional<TypeId> FindType(std::string_view name) const override;
  std::optional<KeyId> FindKey(std::string_view name) const override;
  std::string_view LabelName(LabelId id) const override { return labels.Name(id.value); }
  std::string_view TypeName(TypeId id) const override { return types.Name(id.value); }
  std::string_view KeyName(KeyId id) const override { return keys.Name(id.value); }
  std::uint32_t LabelCount() const override { return labels.size(); }
  std::uint32_t TypeCount() const override { return types.size(); }
  std::uint32_t KeyCount() const override { return keys.size(); }

  NameList labels;
  NameList types;
  NameList keys;
};

}  // namespace verbale::graph::snapshot
