#include "graph/formats/schema_text.h"

#include <fmt/format.h>

#include "graph/formats/parts.h"
#include "graph/value_text.h"

namespace verbale::graph::formats {
namespace {

/// `(x.a, x.b)`; of one without brackets.
std::string Keys(const SchemaItem& item) {
  std::string keys;
  for (const std::string& key : item.keys)
    keys += (keys.empty() ? "x." : ", x.") + BackquotedName(key);
  return item.keys.size() == 1 ? keys : "(" + keys + ")";
}

}  // namespace

std::string SchemaStatement(const SchemaItem& item) {
  const std::string label = BackquotedName(item.label);
  const std::string pattern =
      item.on_relationship ? fmt::format("()-[x:{}]-()", label) : fmt::format("(x:{})", label);
  const bool is_index = item.kind == SchemaKind::kIndex;
  const std::string head = fmt::format("CREATE {} {} FOR {} ", is_index ? "INDEX" : "CONSTRAINT",
                                       BackquotedName(item.name), pattern);
  switch (item.kind) {
    case SchemaKind::kIndex:
      return head + (item.keys.size() == 1 ? "ON (" + Keys(item) + ")" : "ON " + Keys(item));
    case SchemaKind::kUnique:
      return head + "REQUIRE " + Keys(item) + " IS UNIQUE";
    case SchemaKind::kExists:
      return head + "REQUIRE " + Keys(item) + " IS NOT NULL";
    case SchemaKind::kType:
      return head + "REQUIRE " + Keys(item) + " IS :: " + item.value_type;
  }
  return head;
}

}  // namespace verbale::graph::formats
