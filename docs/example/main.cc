// Reads one document, keeps its facts in memory and asks two questions: the library without the
// program.
//   example PACK DOCUMENT

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "extract/extract.h"
#include "graph/graph.h"
#include "query/query.h"

namespace {

std::string Contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw verbale::Error(verbale::ErrorCode::kNotFound, "cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

void Run(const std::string& pack, const std::string& path) {
  using namespace verbale;

  // Text in, facts out.
  const extract::Reader reader(extract::Pack::Load(pack));
  const graph::DocumentFacts facts = reader.Read({path, Contents(path)});

  // Facts in, graph out. graph::Graph::Open(folder, options) keeps it on disk.
  const auto graph = graph::Graph::InMemory();
  graph->Ingest({&facts, 1}, {}, {});

  // A question that is prepared once and asked with two parameters.
  const auto session = query::Session::Open(*graph);
  const auto statement = session->Prepare(
      "MATCH (s:State)-[r:RATIFIED]->(:Treaty {name: $treaty}) RETURN s.name, r.date, quote(r) "
      "ORDER BY s.name");
  for (const char* treaty : {"Convention on Cybercrime", "Charter of the United Nations"}) {
    const auto result = statement->Execute({{"treaty", graph::Value(treaty)}});
    std::cout << treaty << '\n';
    while (const auto row = result->Next()) {
      std::cout << "  " << (*row)[0].as_string() << ", " << query::ToCypher((*row)[1], nullptr)
                << '\n';
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: example PACK DOCUMENT\n";
    return 2;
  }
  try {
    Run(argv[1], argv[2]);
    return 0;
  } catch (const verbale::Error& error) {
    std::cerr << "example: " << error.what() << '\n';
    return 1;
  }
}
