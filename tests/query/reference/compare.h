#pragma once

// One statement through the reference and through the engine in all its configurations.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "query/query.h"
#include "tests/query/reference/generator.h"
#include "tests/query/reference/outcome.h"
#include "tests/query/reference/small_graph.h"

namespace verbale::query::reference {

enum class Verdict {
  kAgrees,
  kRefused,  ///< The engine does not accept the statement; nothing was compared.
  kTooMuch,  ///< The reference does not know it, or would take too long.
  kDiffers,
};

/// How many statements ended how.
struct Tally {
  std::uint64_t compared = 0;
  std::uint64_t errors = 0;  ///< Of those compared: both sides failed, in the same way.
  std::uint64_t refused = 0;
  std::uint64_t too_much = 0;
  std::uint64_t different = 0;

  void Add(Verdict verdict);
};

/// A small graph in memory and, where asked for, in a folder, closed and opened again.
class Comparison {
 public:
  Comparison(SmallGraph graph, bool on_disk);
  ~Comparison();

  /// Adds to `tally`. Of a difference, `report()` tells all that is needed to see it again.
  Verdict Run(const GeneratedQuery& query, Tally& tally);
  const std::string& report() const { return report_; }

 private:
  struct Engine {
    std::string name;
    std::unique_ptr<Session> session;
  };

  std::optional<Outcome> Expected(const GeneratedQuery& query);
  Verdict Compare(const GeneratedQuery& query, Tally& tally);
  void OpenEngines(graph::Graph& graph, const std::string& store);
  void Report(const GeneratedQuery& query, const std::string& engine, const Outcome& expected,
              const Outcome& found);

  SmallGraph small_;
  std::filesystem::path folder_;  ///< Empty: memory only.
  std::unique_ptr<graph::Graph> memory_;
  std::unique_ptr<graph::Graph> disk_;
  std::vector<Engine> engines_;
  std::string report_;
};

}  // namespace verbale::query::reference
