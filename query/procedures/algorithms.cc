#include "query/procedures/algorithms.h"

namespace verbale::query {

void AddAlgorithms(ProcedureCatalog& catalog) {
  AddCentrality(catalog);
  AddComponents(catalog);
  AddCommunities(catalog);
  AddPaths(catalog);
  AddSimilarity(catalog);
  AddLayouts(catalog);
}

}  // namespace verbale::query
