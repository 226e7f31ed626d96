// query_exhaustive [--stride N] [--first K]: every graph of up to three nodes with every pattern of
// up to two relationships, engine against reference; of all pairs, those whose number leaves the
// remainder K when divided by N. Graphs of three nodes have relationships of one type, smaller ones
// of two; a node has the label A or none; of graphs that differ by names only, one is taken.
// Exit code 1 where anything differs.

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tests/query/reference/compare.h"

namespace {

using namespace verbale::query::reference;

/// A relationship list `*` over many relationships has more matches than anybody waits for.
constexpr std::size_t kMostRels = 6;

/// A graph as digits: by node its label, then by ordered pair of nodes which types lead across.
struct Code {
  std::size_t nodes = 0;
  std::vector<unsigned> labels;
  std::vector<unsigned> types;

  Code Renamed(const std::vector<std::size_t>& to) const {
    Code out = *this;
    for (std::size_t a = 0; a < nodes; ++a) {
      out.labels[to[a]] = labels[a];
      for (std::size_t b = 0; b < nodes; ++b) {
        out.types[to[a] * nodes + to[b]] = types[a * nodes + b];
      }
    }
    return out;
  }
  auto Digits() const { return std::pair(labels, types); }
};

bool IsFirstOfItsKind(const Code& code) {
  std::vector<std::size_t> names(code.nodes);
  std::iota(names.begin(), names.end(), std::size_t{0});
  while (std::next_permutation(names.begin(), names.end())) {
    if (code.Renamed(names).Digits() < code.Digits()) return false;
  }
  return true;
}

SmallGraph GraphOf(const Code& code) {
  SmallGraph graph;
  for (std::size_t i = 0; i < code.nodes; ++i) {
    graph.nodes.push_back(
        {code.labels[i] ? std::vector<std::string>{"A"} : std::vector<std::string>{},
         {{"i", std::to_string(i)}}});
  }
  for (std::size_t pair = 0; pair < code.types.size(); ++pair) {
    for (const unsigned bit : {1u, 2u}) {
      if ((code.types[pair] & bit) == 0) continue;
      graph.rels.push_back({pair / code.nodes,
                            pair % code.nodes,
                            bit == 1 ? "T" : "U",
                            {{"i", std::to_string(graph.rels.size())}}});
    }
  }
  return graph;
}

std::vector<SmallGraph> AllGraphs() {
  std::vector<SmallGraph> graphs;
  for (std::size_t nodes = 0; nodes <= 3; ++nodes) {
    const unsigned kinds = nodes == 3 ? 2 : 4;
    Code code{nodes, std::vector<unsigned>(nodes), std::vector<unsigned>(nodes * nodes)};
    const auto step = [&] {
      for (unsigned& digit : code.labels) {
        if (++digit < 2) return true;
        digit = 0;
      }
      for (unsigned& digit : code.types) {
        if (++digit < kinds) return true;
        digit = 0;
      }
      return false;
    };
    do {
      if (!IsFirstOfItsKind(code)) continue;
      SmallGraph graph = GraphOf(code);
      if (graph.rels.size() <= kMostRels) graphs.push_back(std::move(graph));
    } while (step());
  }
  return graphs;
}

std::vector<std::string> AllSteps(const char* name) {
  std::vector<std::string> steps;
  for (const char* body : {"", ":T", ":U", "*0..1", "*1..2", "*", ":T*2"}) {
    const std::string inner = fmt::format("[{}{}]", name, body);
    steps.push_back(fmt::format("-{}->", inner));
    steps.push_back(fmt::format("<-{}-", inner));
    steps.push_back(fmt::format("-{}-", inner));
  }
  return steps;
}

std::vector<std::string> AllQueries() {
  std::vector<std::string> queries;
  const auto add = [&](const std::string& pattern, const char* columns) {
    queries.push_back(fmt::format("MATCH {} RETURN {}", pattern, columns));
  };
  for (const char* node : {"(a)", "(a:A)", "(a:!A)"}) add(node, "a");
  for (const std::string& r : AllSteps("r")) {
    add(fmt::format("(a){}(b)", r), "a, r, b");
    add(fmt::format("(a:A){}(b)", r), "a, r, b");
    add(fmt::format("(a){}(b:A)", r), "a, r, b");
    add(fmt::format("(a){}(a)", r), "a, r");
    for (const std::string& s : AllSteps("s")) {
      add(fmt::format("(a){}(b){}(c)", r, s), "a, r, b, s, c");
      add(fmt::format("(a:A){}(b){}(c:!A)", r, s), "a, r, b, s, c");
      add(fmt::format("(a){}(b){}(a)", r, s), "a, r, b, s");
      add(fmt::format("(a){}(a){}(b)", r, s), "a, r, s, b");
      add(fmt::format("(a){}(b), (a){}(b)", r, s), "a, r, b, s");
      add(fmt::format("(a){}(b), (c){}(d)", r, s), "a, r, b, s, c, d");
      add(fmt::format("(a){}(b), ({}){}(d:A)", r, "b", s), "count(*)");
    }
  }
  return queries;
}

struct Part {
  std::size_t stride = 1, first = 0;
};

/// False where an argument is not understood.
bool Read(int argc, char** argv, Part& part) {
  for (int i = 1; i < argc; i += 2) {
    const std::string_view name = argv[i], text = i + 1 < argc ? argv[i + 1] : "";
    if (name != "--stride" && name != "--first") return false;
    std::size_t& number = name == "--stride" ? part.stride : part.first;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return false;
  }
  return part.first < part.stride;
}

}  // namespace

int main(int argc, char** argv) {
  Part part;
  if (!Read(argc, argv, part)) {
    std::fputs("usage: query_exhaustive [--stride N] [--first K]\n", stderr);
    return 2;
  }
  const std::vector<SmallGraph> graphs = AllGraphs();
  const std::vector<std::string> queries = AllQueries();
  Tally tally;
  std::size_t number = 0;
  for (std::size_t g = 0; g < graphs.size() && tally.different < 10; ++g) {
    Comparison comparison(graphs[g], g % 64 == 0);
    for (const std::string& text : queries) {
      if (number++ % part.stride != part.first) continue;
      GeneratedQuery query;
      query.text = text;
      if (comparison.Run(query, tally) == Verdict::kDiffers) {
        fmt::print("DIFFERS\n{}\n", comparison.report());
      }
    }
  }
  fmt::print("{} graphs, {} patterns: {} pairs compared, {} refused, {} too much: {} differ\n",
             graphs.size(), queries.size(), tally.compared, tally.refused, tally.too_much,
             tally.different);
  return tally.different == 0 && tally.refused == 0 ? 0 : 1;
}
