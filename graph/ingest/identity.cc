#include "graph/ingest/identity.h"

#include <string>

#include "graph/hash.h"
#include "graph/store/coding.h"

namespace verbale::graph::ingest {

NodeId NodeIdOf(const Entity& entity, bool by_name) {
  std::string key = entity.label;
  key.push_back('\0');
  key.append(by_name ? entity.name : entity.id);
  return NodeId{Digest64(key) >> 1};
}

RelId RelIdOf(NodeId source, std::string_view type, NodeId target) {
  std::string key;
  store::AppendU64(key, source.value);
  key.append(type);
  key.push_back('\0');
  store::AppendU64(key, target.value);
  return RelId{Digest64(key) >> 1};
}

store::DocId DocIdOf(std::string_view symbol) { return store::DocId{Digest64(symbol)}; }

}  // namespace verbale::graph::ingest
