#pragma once

#include <array>
#include <string>
#include <string_view>

#include "graph/view.h"

namespace verbale::graph::formats {

/// Kinds by their number, as JSON Lines name them.
inline constexpr std::array<std::string_view, 4> kSchemaKinds = {"index", "unique", "exists",
                                                                 "type"};

/// The statement that makes it, without a semicolon: "CREATE INDEX …".
std::string SchemaStatement(const SchemaItem& item);

}  // namespace verbale::graph::formats
