#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "query/bind/bound.h"
#include "query/bind/static_type.h"

namespace verbale::query {

struct Variable {
  Slot slot;
  SlotKind kind = SlotKind::kValue;
  StaticType type;
};

/// The variables that can be read at one place, by name. Those of an outer query can be read, but
/// are not what `*` stands for, and projections do not end them.
class Scope {
 public:
  using Variables = std::map<std::string, Variable, std::less<>>;

  /// nullptr where there is none.
  const Variable* Find(std::string_view name) const;
  void Add(const std::string& name, const Variable& variable);

  /// The scope's own variables, by name.
  const Variables& own() const { return own_; }
  /// All names that can be read, for hints.
  std::vector<std::string_view> Names() const;

  /// For a query inside: everything here is outer there.
  Scope Inner() const;
  /// Behind a projection: `own` are the only own variables.
  Scope WithOwn(Variables own) const;
  /// For a query inside a projection that groups: only `own` are left. The others are hidden: they
  /// are neither read there nor may their names be taken.
  Scope Grouped(Variables own) const;
  bool Hides(std::string_view name) const;

 private:
  Variables own_;
  Variables outer_;
  std::set<std::string, std::less<>> hidden_;
};

}  // namespace verbale::query
