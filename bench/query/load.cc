#include "bench/query/load.h"

#include "graph/error.h"

namespace verbale::bench {

void LoadGraph(graph::Graph& graph, const std::string& folder) {
  // bench/run puts them there: the files of the generator under headers that name the types.
  const std::string files = folder + "/import/";
  graph::ImportOptions options;
  options.integer_ids = true;
  options.nodes = {{{files + "person.csv"}, {"Person"}}, {{files + "org.csv"}, {"Org"}}};
  options.relationships = {{{files + "knows.csv"}, {"KNOWS"}},
                           {{files + "member_of.csv"}, {"MEMBER_OF"}}};
  options.unique = {{"Person", "id"}, {"Org", "id"}};
  graph.Import(options);
}

}  // namespace verbale::bench
