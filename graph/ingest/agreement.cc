#include "graph/ingest/agreement.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>

#include "graph/store/coding.h"

namespace verbale::graph::ingest {
namespace {

constexpr std::string_view kConflict = "conflict";

/// 2015, 2015-07 or 2015-07-14.
bool IsIsoDate(std::string_view s) {
  if (s.size() != 4 && s.size() != 7 && s.size() != 10) return false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool hyphen = i == 4 || i == 7;
    if (hyphen ? s[i] != '-' : s[i] < '0' || s[i] > '9') return false;
  }
  return true;
}

bool Refines(const Value& fine, const Value& coarse) {
  return fine.is_string() && coarse.is_string() && IsIsoDate(fine.as_string()) &&
         IsIsoDate(coarse.as_string()) && fine.as_string().starts_with(coarse.as_string());
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

std::map<std::string, Value> SummarizeEvidence(std::span<const EvidenceRecord> evidence) {
  Agreement agreement;
  std::int64_t count = 0;
  std::string_view first, last;
  for (const EvidenceRecord& piece : evidence) {
    Attributes attributes = piece.attributes;
    std::int64_t here = 1;
    std::erase_if(attributes, [&here](const auto& attribute) {
      if (attribute.first != "count" || !attribute.second.is_int()) return false;
      here = attribute.second.as_int();
      return true;
    });
    count += here;
    agreement.Add(attributes);
    if (piece.date.empty()) continue;
    if (first.empty() || piece.date < first) first = piece.date;
    if (piece.date > last) last = piece.date;
  }
  std::map<std::string, Value> properties = std::move(agreement).Take();
  properties.insert_or_assign("count", Value(count));
  if (!first.empty()) properties.insert_or_assign("first_stated", Value(first));
  if (!last.empty()) properties.insert_or_assign("last_stated", Value(last));
  return properties;
}

Entity MergeEntities(std::span<const Entity> statements) {
  Entity merged;
  merged.label = statements.front().label;
  merged.name = statements.front().name;
  Agreement agreement;
  for (const Entity& statement : statements) {
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
