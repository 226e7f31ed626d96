#include "cli/gather.h"

#include <vector>

#include <fmt/format.h>

namespace verbale::cli {

void Gatherer::NoteNothing() const {
  if (!any_ || !selection_.nodes.empty()) return;
  fmt::print(stderr, "verbale: note: the rows hold no nodes, relationships or paths\n");
}

void Gatherer::Add(const graph::Value& value) {
  any_ = true;
  std::vector<const graph::Value*> open = {&value};  // lists in lists, without recursion
  while (!open.empty()) {
    const graph::Value* next = open.back();
    open.pop_back();
    if (next->is_node()) selection_.nodes.push_back(next->as_node().no);
    if (next->is_rel()) AddRel(next->as_rel());
    if (next->is_path()) {
      for (const auto& node : next->as_path().nodes) selection_.nodes.push_back(node.no);
      for (const auto& rel : next->as_path().rels) AddRel(rel);
    }
    if (next->is_list()) {
      for (const auto& item : next->as_list()) open.push_back(&item);
    }
    if (next->is_map()) {
      for (const auto& entry : next->as_map()) open.push_back(&entry.second);
    }
  }
}

void Gatherer::AddRel(graph::RelRef rel) {
  const graph::RelEnds ends = view_.Ends(rel.no);
  selection_.rels.push_back(rel.no);
  selection_.nodes.push_back(ends.source);
  selection_.nodes.push_back(ends.target);
}

}  // namespace verbale::cli
