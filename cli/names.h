#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/view.h"

namespace verbale::cli {

/// A node, and the name that the graph shows for it.
struct NamedNode {
  graph::NodeNo node;
  std::string name;
};

/// Finds nodes by what people call them: name, alias or id, compared as ids are made, so that case,
/// punctuation and white space do not count.
class EntityNames {
 public:
  /// Borrows the view.
  explicit EntityNames(const graph::View& view);

  /// Every node that goes by `name` and has one of `labels` (none: any). Error(kNotFound) with the
  /// nearest name where there is none.
  std::vector<NamedNode> Find(const std::string& name,
                              const std::vector<std::string>& labels = {}) const;

 private:
  std::string Text(graph::NodeNo node, std::optional<graph::KeyId> key) const;
  std::vector<std::string> NamesOf(graph::NodeNo node) const;

  const graph::View& view_;
  std::optional<graph::KeyId> name_, aliases_, id_;
};

/// The type of relationships that is called so, in any case. Error(kNotFound) with the nearest one.
graph::TypeId FindType(const graph::View& view, const std::string& relation);

}  // namespace verbale::cli
