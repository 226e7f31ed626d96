#pragma once

// Many statements one after the other on the same graphs: what is written stays, transactions are
// open for a while, statements that were prepared long ago run again, indexes come and go, and
// graphs on disk are closed and opened in between. The reference keeps a graph of its own.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/graph.h"
#include "query/query.h"
#include "tests/query/reference/compare.h"
#include "tests/query/reference/generator.h"
#include "tests/query/reference/small_graph.h"

namespace verbale::query::reference {

class Conversation {
 public:
  /// Begins with `graph`, laid out; one of the graphs on disk where asked for.
  Conversation(const SmallGraph& graph, Dice& dice, bool on_disk);
  ~Conversation();

  /// One more statement, or what stands between statements. Adds to `tally`. Behind a difference
  /// the conversation is over.
  Verdict Step(Tally& tally);
  /// Whether there is nothing more to compare, since an engine took too long for what it writes.
  bool is_over() const { return is_over_; }
  /// All that is needed to see the last difference again.
  const std::string& report() const { return report_; }

 private:
  /// One engine with a graph of its own.
  struct Engine {
    std::string name;
    Options options;
    bool on_disk = false;
    std::unique_ptr<graph::Graph> graph;
    std::unique_ptr<Session> session;
    std::vector<std::unique_ptr<Statement>> prepared;  ///< As prepared_.
  };

  void AddEngine(const SmallGraph& graph, const char* name, const Options& options, bool on_disk);
  void Open(Engine& engine);
  std::filesystem::path FolderOf(const Engine& engine) const { return folder_ / engine.name; }

  void LayOut();
  void ChangeSchema();
  void BeginOrEnd();
  Verdict Ask(Tally& tally);
  Verdict Compare(const GeneratedQuery& query, std::size_t prepared, Tally& tally);
  std::optional<Outcome> Expected(const GeneratedQuery& query);
  Verdict CompareGraphs();
  Verdict Report(const GeneratedQuery& query, const std::string& engine, const Outcome& expected,
                 const Outcome& found);
  const graph::View& reference_view() const;

  Dice& dice_;
  std::filesystem::path folder_;
  std::unique_ptr<graph::Graph> reference_;
  std::shared_ptr<const graph::View> reference_read_;
  std::unique_ptr<graph::Transaction> transaction_;  ///< Of the reference, while one is open.
  std::vector<Engine> engines_;
  std::vector<GeneratedQuery> prepared_;
  std::string script_;  ///< All that was said so far and changed anything.
  std::string report_;
  bool is_over_ = false;
};

}  // namespace verbale::query::reference
