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
  /// Whether ExactText of some may say something.
  bool has_inexact_nodes = false;
  bool has_inexact_rels = false;
};

/// Those of `properties` that a reader of the declared types would not give back as they are, as
/// TypedJson in one object; empty where all are: a number beside texts, an integer beside floats, a
/// list with ';' in an item, a text with control characters.
std::string ExactText(const PropertyTypes& types, const Properties& properties);
/// Where it stands: an attribute of GraphML, and a column that is ignored by who does not know it.
inline constexpr std::string_view kExactName = "exact";
inline constexpr std::string_view kExactColumn = "verbale.exact";

/// The name that a property is declared by beside the attributes that the format has of its own,
/// `reserved`: one that is called so, too, gets a prefix, so that it hides none.
std::string AttributeName(const std::string& property, std::span<const std::string_view> reserved);
inline constexpr std::string_view kPropertyPrefix = "property.";

}  // namespace verbale::graph::formats
