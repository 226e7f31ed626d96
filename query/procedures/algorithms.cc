#include "query/procedures/algorithms.h"

namespace verbale::query {

std::vector<Procedure> AlgorithmProcedures() {
  std::vector<Procedure> all;
  AddCentrality(all);
  AddComponents(all);
  AddCommunities(all);
  AddPaths(all);
  AddSimilarity(all);
  AddLayouts(all);
  return all;
}

}  // namespace verbale::query
