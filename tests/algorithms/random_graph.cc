#include "tests/algorithms/random_graph.h"

#include <random>
#include <vector>

namespace verbale::graph {

std::unique_ptr<Graph> RandomGraph(std::uint32_t nodes, std::uint32_t rels, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  auto graph = Graph::InMemory();
  std::vector<NodeId> ids;
  for (int commit = 0; commit < 3; ++commit) {
    const auto transaction = graph->Begin();
    const LabelId labels[] = {transaction->Label("A"), transaction->Label("B")};
    const TypeId types[] = {transaction->Type("R"), transaction->Type("S")};
    const KeyId weight = transaction->Key("w");
    for (std::uint32_t i = 0; i < nodes / 3; ++i) {
      const std::uint64_t kind = random() % 3;
      const NodeNo node = transaction->CreateNode(kind == 2 ? std::span<const LabelId>()
                                                            : std::span(&labels[kind], 1));
      ids.push_back(transaction->Id(node));
    }
    std::vector<RelNo> made;
    for (std::uint32_t i = 0; i < rels / 3; ++i) {
      const NodeNo source = *transaction->Find(ids[random() % ids.size()]);
      const NodeNo target = *transaction->Find(ids[random() % ids.size()]);
      made.push_back(transaction->CreateRel(source, types[random() % 2], target));
      transaction->Set(made.back(), weight, Value(static_cast<std::int64_t>(random() % 9 + 1)));
    }
    for (std::size_t i = 0; i < made.size(); i += 17) transaction->Delete(made[i]);
    transaction->Commit();
  }
  return graph;
}

}  // namespace verbale::graph
