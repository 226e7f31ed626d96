#include "graph/ingest/keep_constraints.h"

#include <algorithm>
#include <string>

#include "graph/error.h"
#include "graph/ingest/identity.h"
#include "graph/snapshot/constraints.h"
#include "graph/snapshot/layout.h"
#include "graph/store/format.h"
#include "graph/store/pending.h"

namespace verbale::graph::ingest {
namespace {

using snapshot::GraphState;

/// Whether `fact` speaks of a node, or of a relationship.
class Speaks {
 public:
  Speaks(const GraphState& state, const snapshot::Thing& thing)
      : by_name_(store::TellsByName(state.pinned->reader())) {
    if (const NodeNo* node = std::get_if<NodeNo>(&thing)) {
      source_ = target_ = state.Id(*node);
      return;
    }
    const RelEnds ends = state.Ends(std::get<RelNo>(thing));
    source_ = state.Id(ends.source);
    target_ = state.Id(ends.target);
    type_ = state.names.TypeName(ends.type);
  }

  bool operator()(const DocumentFacts& document, const Fact& fact) const {
    const bool from = NodeIdOf(document.entities[fact.subject], by_name_) == source_;
    const bool to = NodeIdOf(document.entities[fact.object], by_name_) == target_;
    return type_.empty() ? from || to : from && to && fact.type == type_;
  }

 private:
  const bool by_name_;
  NodeId source_, target_;
  std::string type_;  // Empty: of a node.
};

/// "document A/72/315", the first that speaks of `thing`. Where none does, it breaks the constraint
/// by what is no longer said.
std::string Speaker(const GraphState& state, const snapshot::Thing& thing,
                    std::span<const DocumentFacts> documents) {
  const Speaks speaks(state, thing);
  for (const DocumentFacts& document : documents) {
    const bool does = std::any_of(document.facts.begin(), document.facts.end(),
                                  [&](const Fact& fact) { return speaks(document, fact); });
    if (does) return "document " + document.document.symbol;
  }
  return "documents that go";
}

}  // namespace

void KeepConstraints(const GraphState& before, const store::Commit& commit,
                     std::span<const DocumentFacts> documents) {
  const std::vector<SchemaItem>& schema = before.pinned->schema();
  const auto is_index = [](const SchemaItem& item) { return item.kind == SchemaKind::kIndex; };
  if (std::all_of(schema.begin(), schema.end(), is_index)) return;
  const GraphState after =
      Changed(before, commit.changes, store::StateAfter(before.pinned, commit));
  ForEachBreach(after, commit.changes, [&](const snapshot::Thing& thing, const Error& why) {
    throw Error(why.code(), Speaker(after, thing, documents) + ": " + Describe(after, thing) +
                                ": " + why.what())
        .WithTck(why.phase(), why.type(), why.detail())
        .WithHint("nothing of this was written; mend what breaks the constraint, or drop it");
  });
}

}  // namespace verbale::graph::ingest
