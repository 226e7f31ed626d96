// The graph as a part of its documents states it.
//
// The derived layer is a function of what documents say. So its past, or one document's share of
// it, is not read off the whole, whose attributes and counts already agree on more: it is made anew
// from the statements that count. Nothing is kept for it, and who never asks pays nothing.

#include <algorithm>

#include "graph/graph.h"

namespace verbale::graph {
namespace {

/// Whether a day of any precision is `until` or before.
bool IsUntil(const std::string& date, const std::string& until) {
  return !date.empty() && date.substr(0, until.size()) <= until;
}

std::vector<std::string> Symbols(const Graph& graph) {
  std::vector<std::string> symbols;
  for (DocumentRecord& document : graph.Documents()) symbols.push_back(std::move(document.symbol));
  return symbols;
}

}  // namespace

std::unique_ptr<Graph> GraphAsStated(const Graph& graph, const StatedBy& by) {
  std::vector<std::string> symbols = by.documents.empty() ? Symbols(graph) : by.documents;
  std::sort(symbols.begin(), symbols.end());
  symbols.erase(std::unique(symbols.begin(), symbols.end()), symbols.end());
  std::vector<DocumentFacts> documents;
  for (const std::string& symbol : symbols) {
    DocumentFacts facts = graph.FactsOf(symbol);
    facts.text.clear();  // Places are kept, and nobody verifies this graph.
    if (!by.until.empty()) {
      std::erase_if(facts.facts,
                    [&by](const Fact& fact) { return !IsUntil(fact.evidence.date, by.until); });
    }
    documents.push_back(std::move(facts));
  }
  auto stated = Graph::InMemory();
  stated->Ingest(documents, {}, {});
  return stated;
}

}  // namespace verbale::graph
