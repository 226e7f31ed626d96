#include "query/functions/registry.h"

#include <algorithm>
#include <string>
#include <vector>

#include "graph/ascii.h"
#include "query/functions/define.h"

namespace verbale::query {
namespace {

struct Entry {
  std::string key;  // Lower case.
  const Function* function;
};

const std::vector<Entry>& Entries() {
  static const std::vector<Entry> entries = [] {
    std::vector<Entry> all;
    for (const auto table :
         {ConversionFunctions(), EvidenceFunctions(), GraphFunctions(), ListFunctions(),
          MathFunctions(), StringFunctions(), TemporalFunctions(), TrigonometryFunctions()}) {
      for (const Function& function : table) all.push_back({LowerCase(function.name), &function});
    }
    std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return a.key < b.key; });
    return all;
  }();
  return entries;
}

}  // namespace

const Function* FindFunction(std::string_view name) {
  const std::string key = LowerCase(name);
  const auto& entries = Entries();
  const auto at = std::lower_bound(entries.begin(), entries.end(), key,
                                   [](const Entry& e, const std::string& k) { return e.key < k; });
  return at != entries.end() && at->key == key ? at->function : nullptr;
}

std::span<const Function* const> AllFunctions() {
  static const std::vector<const Function*> all = [] {
    std::vector<const Function*> functions;
    for (const Entry& entry : Entries()) functions.push_back(entry.function);
    return functions;
  }();
  return all;
}

const AggregateFunction* FindAggregate(std::string_view name) {
  const std::string key = LowerCase(name);
  for (const AggregateFunction& function : AllAggregates()) {
    if (LowerCase(function.name) == key) return &function;
  }
  return nullptr;
}

// SplitMix64.
std::uint64_t Random::Next() {
  state_ += 0x9E3779B97F4A7C15u;
  std::uint64_t z = state_;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

double Random::NextUnit() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

}  // namespace verbale::query
