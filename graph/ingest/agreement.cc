#include "graph/ingest/agreement.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "graph/store/coding.h"
#include "graph/temporal.h"

namespace verbale::graph::ingest {
namespace {

constexpr std::string_view kConflict = "conflict", kCount = "count";
constexpr std::string_view kFirstStated = "first_stated", kLastStated = "last_stated";

bool Refines(const Value& fine, const Value& coarse) {
  return fine.is_string() && coarse.is_string() && HasDateForm(fine.as_string()) &&
         HasDateForm(coarse.as_string()) && fine.as_string().starts_with(coarse.as_string());
}

std::string Bytes(const Value& value) {
  std::string bytes;
  store::AppendValue(bytes, value);
  return bytes;
}

/// What two statements of one attribute say together; nullopt where they disagree.
std::optional<Value> Join(const Value& a, const Value& b) {
  if (Refines(a, b)) return a;
  if (Refines(b, a)) return b;
  if (!Equivalent(a, b)) return std::nullopt;
  // 1 and 1.0 are one value in two forms: the choice must not depend on which came first.
  return Bytes(a) <= Bytes(b) ? a : b;
}

}  // namespace

Agreement::Agreement(const std::map<std::string, Value>& taken) {
  for (const auto& [name, value] : taken) {
    if (name != kConflict) {
      states_.emplace(name, value);
    } else if (value.is_list()) {
      for (const Value& lost : value.as_list()) {
        if (lost.is_string()) states_.insert_or_assign(std::string(lost.as_string()), std::nullopt);
      }
    }
  }
}

void Agreement::Add(const Attributes& attributes) {
  for (const auto& [name, value] : attributes) {
    if (value.is_null()) continue;
    const auto [it, is_new] = states_.try_emplace(name, value);
    if (!is_new && it->second) it->second = Join(*it->second, value);
  }
}

std::map<std::string, Value> Agreement::Take() && {
  std::map<std::string, Value> agreed;
  List conflicts;
  for (auto& [name, value] : states_) {
    if (value) {
      agreed.emplace(name, std::move(*value));
    } else {
      conflicts.emplace_back(name);
    }
  }
  if (!conflicts.empty()) agreed.insert_or_assign(std::string(kConflict), Value(conflicts));
  return agreed;
}

EvidenceSummary::EvidenceSummary(const std::map<std::string, Value>& taken) {
  std::map<std::string, Value> agreed = taken;
  const auto take = [&agreed](std::string_view name) {
    const auto node = agreed.extract(std::string(name));
    return node.empty() ? Value() : node.mapped();
  };
  if (const Value count = take(kCount); count.is_int()) count_ = count.as_int();
  if (const Value first = take(kFirstStated); first.is_string()) first_ = first.as_string();
  if (const Value last = take(kLastStated); last.is_string()) last_ = last.as_string();
  agreement_ = Agreement(agreed);
}

void EvidenceSummary::Add(const EvidenceRecord& evidence) {
  Attributes attributes = evidence.attributes;
  std::int64_t here = 1;
  std::erase_if(attributes, [&here](const auto& attribute) {
    const auto& [name, value] = attribute;
    if (name == kCount && value.is_int()) here = value.as_int();
    return name == kCount || name == kFirstStated || name == kLastStated || name == kConflict;
  });
  count_ += here;
  agreement_.Add(attributes);
  if (evidence.date.empty()) return;
  if (first_.empty() || evidence.date < first_) first_ = evidence.date;
  if (evidence.date > last_) last_ = evidence.date;
}

std::map<std::string, Value> EvidenceSummary::Take() && {
  std::map<std::string, Value> properties = std::move(agreement_).Take();
  properties.insert_or_assign(std::string(kCount), Value(count_));
  if (!first_.empty()) properties.insert_or_assign(std::string(kFirstStated), Value(first_));
  if (!last_.empty()) properties.insert_or_assign(std::string(kLastStated), Value(last_));
  return properties;
}

Entity MergeEntities(std::span<const Entity> statements) {
  Entity merged;
  merged.label = statements.front().label;
  merged.name = statements.front().name;
  Agreement agreement;
  for (const Entity& statement : statements) {
    if (statement.name != merged.name) {
      merged.aliases.push_back(std::max(merged.name, statement.name));
      merged.name = std::min(merged.name, statement.name);
    }
    if (merged.id.empty() || (!statement.id.empty() && statement.id < merged.id)) {
      merged.id = statement.id;
    }
    merged.aliases.insert(merged.aliases.end(), statement.aliases.begin(), statement.aliases.end());
    agreement.Add(statement.properties);
  }
  for (auto& [name, value] : std::move(agreement).Take()) {
    merged.properties.emplace_back(name, value);
  }
  return Canonical(std::move(merged));
}

std::map<std::string, Value> NodeProperties(const Entity& entity) {
  std::map<std::string, Value> properties(entity.properties.begin(), entity.properties.end());
  List aliases;
  for (const std::string& alias : entity.aliases) aliases.emplace_back(alias);
  properties.insert_or_assign("id", Value(entity.id));
  properties.insert_or_assign("name", Value(entity.name));
  properties.insert_or_assign("aliases", Value(std::move(aliases)));
  return properties;
}

Entity Canonical(Entity entity) {
  if (entity.id.empty()) entity.id = EntityId(entity.label, entity.name);
  std::sort(entity.aliases.begin(), entity.aliases.end());
  entity.aliases.erase(std::unique(entity.aliases.begin(), entity.aliases.end()),
                       entity.aliases.end());
  std::erase(entity.aliases, entity.name);
  std::erase_if(entity.properties, [](const auto& property) { return property.second.is_null(); });
  std::sort(entity.properties.begin(), entity.properties.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return entity;
}

}  // namespace verbale::graph::ingest
