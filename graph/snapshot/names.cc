#include "graph/snapshot/names.h"

namespace verbale::graph::snapshot {
namespace {

template <typename Id>
std::optional<Id> As(std::optional<std::uint32_t> number) {
  return number ? std::optional<Id>(Id{*number}) : std::nullopt;
}

}  // namespace

NameList::NameList(const std::vector<std::string>& names) {
  if (names.empty()) return;
  table_ = std::make_shared<Table>();
  for (const std::string& name : names) Add(*table_, name);
}

void NameList::Add(Table& table, std::string_view name) {
  const auto number = static_cast<std::uint32_t>(table.names.size());
  table.names.push_back(std::make_shared<const std::string>(name));
  table.numbers.emplace(*table.names.back(), number);
}

std::optional<std::uint32_t> NameList::Find(std::string_view name) const {
  if (!table_) return std::nullopt;
  const auto at = table_->numbers.find(name);
  return at != table_->numbers.end() ? std::optional(at->second) : std::nullopt;
}

std::uint32_t NameList::Make(std::string_view name, Epoch epoch) {
  if (const auto number = Find(name)) return *number;
  if (!table_ || table_->epoch != epoch) {
    table_ = table_ ? std::make_shared<Table>(*table_) : std::make_shared<Table>();
    table_->epoch = epoch;
  }
  Add(*table_, name);
  return size() - 1;
}

std::vector<std::string> NameList::From(std::uint32_t first) const {
  std::vector<std::string> names;
  for (std::uint32_t i = first; i < size(); ++i) names.emplace_back(Name(i));
  return names;
}

std::optional<LabelId> NameCatalog::FindLabel(std::string_view name) const {
  return As<LabelId>(labels.Find(name));
}

std::optional<TypeId> NameCatalog::FindType(std::string_view name) const {
  return As<TypeId>(types.Find(name));
}

std::optional<KeyId> NameCatalog::FindKey(std::string_view name) const {
  return As<KeyId>(keys.Find(name));
}

}  // namespace verbale::graph::snapshot
