#include "query/execute/path_builder.h"

namespace verbale::query {

void PathBuilder::AddNode(graph::NodeNo node) {
  if (node == graph::kNoNode) {
    is_null_ = true;
  } else if (path_.nodes.size() == path_.rels.size()) {
    path_.nodes.push_back(Ref(node));
  }
}

void PathBuilder::AddRel(graph::RelNo rel) {
  if (rel == graph::kNoRel || path_.nodes.empty()) {
    is_null_ = true;
    return;
  }
  const graph::RelEnds ends = view_.Ends(rel);
  const bool forward = ends.source == path_.nodes.back().no;
  path_.rels.push_back({rel, view_.Id(rel)});
  path_.forward.push_back(forward);
  path_.nodes.push_back(Ref(forward ? ends.target : ends.source));
}

void PathBuilder::Add(const graph::Value& part) {
  switch (part.type()) {
    case graph::ValueType::kNode:
      AddNode(part.as_node().no);
      return;
    case graph::ValueType::kRelationship:
      AddRel(part.as_rel().no);
      return;
    case graph::ValueType::kList:
      for (const graph::Value& item : part.as_list()) {
        if (item.is_node()) AddNode(item.as_node().no);
        if (item.is_rel()) AddRel(item.as_rel().no);
      }
      return;
    case graph::ValueType::kPath:
      for (const graph::RelRef rel : part.as_path().rels) AddRel(rel.no);
      return;
    default:
      is_null_ = true;
  }
}

graph::Value PathBuilder::Finish() {
  if (is_null_ || path_.nodes.empty()) return {};
  return graph::Value(std::move(path_));
}

}  // namespace verbale::query
