#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/ids.h"
#include "graph/store/store.h"
#include "graph/value.h"

namespace verbale::graph::ingest {

/// Names and numbers of a state, with those that an ingestion adds.
class NameTable {
 public:
  explicit NameTable(const store::Names& names)
      : labels_(names.labels), types_(names.types), keys_(names.keys) {}

  /// The number of a name; a new one where it is new.
  LabelId Label(std::string_view name) { return LabelId{labels_.Number(name)}; }
  TypeId Type(std::string_view name) { return TypeId{types_.Number(name)}; }
  KeyId Key(std::string_view name) { return KeyId{keys_.Number(name)}; }
  const std::string& TypeName(TypeId id) const { return types_.Name(id.value); }
  const std::string& KeyName(KeyId id) const { return keys_.Name(id.value); }

  /// Properties by number, from properties by name.
  template <typename NamedValues>
  store::Properties Numbered(const NamedValues& values) {
    store::Properties properties;
    for (const auto& [name, value] : values) properties.emplace_back(Key(name), value);
    std::sort(properties.begin(), properties.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return properties;
  }

  /// And back.
  std::map<std::string, Value> Named(const store::Properties& properties) const {
    std::map<std::string, Value> values;
    for (const auto& [key, value] : properties) values.emplace(KeyName(key), value);
    return values;
  }

  /// All names, and those that are new, in order of arrival.
  store::Names All() const { return {labels_.names, types_.names, keys_.names}; }
  store::Names New() const { return {labels_.New(), types_.New(), keys_.New()}; }

 private:
  struct Column {
    explicit Column(const std::vector<std::string>& known) : names(known), old(known.size()) {
      for (std::uint32_t i = 0; i < names.size(); ++i) numbers.emplace(names[i], i);
    }
    std::uint32_t Number(std::string_view name) {
      const auto [it, is_new] =
          numbers.try_emplace(std::string(name), static_cast<std::uint32_t>(names.size()));
      if (is_new) names.emplace_back(name);
      return it->second;
    }
    const std::string& Name(std::uint32_t number) const {
      if (number < names.size()) return names[number];
      throw Error(ErrorCode::kCorruption, "a record has a name that the catalog does not know");
    }
    std::vector<std::string> New() const {
      return {names.begin() + static_cast<long>(old), names.end()};
    }

    std::vector<std::string> names;
    std::size_t old;
    std::unordered_map<std::string, std::uint32_t> numbers;
  };

  Column labels_, types_, keys_;
};

}  // namespace verbale::graph::ingest
