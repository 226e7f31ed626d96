#include "query/bind/scope.h"

namespace verbale::query {

const Variable* Scope::Find(std::string_view name) const {
  if (const auto found = own_.find(name); found != own_.end()) return &found->second;
  if (const auto found = outer_.find(name); found != outer_.end()) return &found->second;
  return nullptr;
}

void Scope::Add(const std::string& name, const Variable& variable) {
  own_.insert_or_assign(name, variable);
}

std::vector<std::string_view> Scope::Names() const {
  std::vector<std::string_view> names;
  for (const auto& entry : own_) names.push_back(entry.first);
  for (const auto& entry : outer_) names.push_back(entry.first);
  return names;
}

Scope Scope::Inner() const {
  Scope inner;
  inner.outer_ = outer_;
  inner.hidden_ = hidden_;
  for (const auto& [name, variable] : own_) inner.outer_.insert_or_assign(name, variable);
  return inner;
}

Scope Scope::WithOwn(Variables own) const {
  Scope behind;
  behind.outer_ = outer_;
  behind.hidden_ = hidden_;
  behind.own_ = std::move(own);
  return behind;
}

Scope Scope::Grouped(Variables own) const {
  Scope grouped = WithOwn(std::move(own));
  for (const std::string_view name : Names()) grouped.hidden_.emplace(name);
  grouped.outer_.clear();
  return grouped;
}

bool Scope::Hides(std::string_view name) const {
  return hidden_.count(name) > 0 && Find(name) == nullptr;
}

}  // namespace verbale::query
