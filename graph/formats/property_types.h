#pragma once

// Types of properties for formats that declare them before use.

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "graph/formats/parts.h"

namespace verbale::graph::formats {

/// A declared property: its type in the words of GraphML and GEXF ("boolean", "long", "double",
/// "string"; the narrowest that holds all values) and its number in the order of names.
struct PropertyType {
  std::string_view type;
  std::size_t number = 0;
};
using PropertyTypes = std::map<std::string, PropertyType>;

PropertyTypes NodePropertyTypes(const View& view, const Contents& contents);
PropertyTypes RelPropertyTypes(const View& view, const Contents& contents);

}  // namespace verbale::graph::formats
