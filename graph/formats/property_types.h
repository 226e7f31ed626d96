#pragma once

// Types of properties for formats that declare them before use.

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "graph/formats/parts.h"

namespace verbale::graph::formats {

/// A declared property: the narrowest type that holds all of its values, and its number in the
/// order of names.
struct PropertyType {
  std::string_view type;   ///< In the words of GraphML and GEXF: boolean, long, double, string.
  std::string_view exact;  ///< In those of neo4j-admin: also date, datetime, …, long[], string[].
  std::size_t number = 0;
};
using PropertyTypes = std::map<std::string, PropertyType>;

/// What is to be written, with the properties that it has.
struct DeclaredContents : Contents {
  DeclaredContents(const View& view, const Selection* selection);

  PropertyTypes node_types;
  PropertyTypes rel_types;
};

/// The name that a property is declared by beside the attributes that the format has of its own,
/// `reserved`: one that is called so, too, gets a prefix, so that it hides none.
std::string AttributeName(const std::string& property, std::span<const std::string_view> reserved);
inline constexpr std::string_view kPropertyPrefix = "property.";

}  // namespace verbale::graph::formats
