// Mutation testing of rules: a rule whose guard can go without any test noticing has a guard that
// nobody knows the use of. Examples of the mutant's own rule are asked first, since they are most
// likely to notice; then all others; then the gold.

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>
#include <set>

#include "extract/pack.h"
#include "extract/rules/filter.h"
#include "extract/rules_tool.h"
#include "extract/tools/example_run.h"
#include "extract/tools/pack_change.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

class MutantJudge {
 public:
  MutantJudge(const Pack& pack, std::span<const Source> sources, std::span<const GoldFact> gold)
      : data_(static_cast<const LoadedPack&>(pack).compiled().data),
        sources_(sources),
        gold_(gold) {}

  /// What the pack itself comes to.
  void SetBaseline(const std::shared_ptr<const Pack>& pack) {
    const Reader reader(pack);
    for (const Rule& rule : data_.rules) {
      for (const RuleExample& example : rule.examples) {
        if (Fails(reader, example)) failing_.insert(&example);
      }
    }
    if (!gold_.empty()) baseline_ = Facts(*pack, reader);
  }

  bool Notices(const std::shared_ptr<const Pack>& mutant, const std::string& rule) const {
    const Reader reader(mutant);
    for (const bool own : {true, false}) {
      for (const Rule& other : data_.rules) {
        if ((other.id == rule) == own && ExamplesNotice(reader, other)) return true;
      }
    }
    return !gold_.empty() && Facts(*mutant, reader) != baseline_;
  }

 private:
  static bool Fails(const Reader& reader, const RuleExample& example) {
    std::vector<std::string> problems;
    return IsFailure(RunExample(reader, example, problems));
  }

  bool ExamplesNotice(const Reader& reader, const Rule& rule) const {
    return std::any_of(rule.examples.begin(), rule.examples.end(), [&](const RuleExample& example) {
      return Fails(reader, example) != (failing_.count(&example) > 0);
    });
  }

  /// Gold facts found, and predictions that are right and wrong.
  std::vector<std::size_t> Facts(const Pack& pack, const Reader& reader) const {
    std::vector<PredictedFact> predicted;
    for (const Source& source : sources_) AddPredictions(reader.Read(source), predicted);
    const Evaluation evaluation = Evaluate(pack, gold_, {}, predicted);
    std::vector<std::size_t> figures;
    for (const Score& score : evaluation.relations) {
      figures.insert(figures.end(), {score.found, score.predicted, score.right});
    }
    return figures;
  }

  const PackData& data_;
  std::span<const Source> sources_;
  std::span<const GoldFact> gold_;
  std::set<const RuleExample*> failing_;
  std::vector<std::size_t> baseline_;
};

/// What became of one mutant.
enum class Fate : std::uint8_t { kSurvived, kNoticed, kBroken };

Fate FateOf(const MutantJudge& judge, const Pack& pack, const PackChange& change) {
  std::shared_ptr<const Pack> mutant;
  try {
    mutant = Changed(pack, change);
  } catch (const Error&) {
    return Fate::kBroken;
  }
  return judge.Notices(mutant, change.target) ? Fate::kNoticed : Fate::kSurvived;
}

std::vector<PackChange> MutantsOf(const Pack& pack, const std::string& filter) {
  const std::vector<std::string> ids = FilterIds(pack.RuleIds(), filter);
  const std::set<std::string> chosen(ids.begin(), ids.end());
  std::vector<PackChange> mutants = Mutants(pack);
  mutants.erase(
      std::remove_if(mutants.begin(), mutants.end(),
                     [&](const PackChange& change) { return chosen.count(change.target) == 0; }),
      mutants.end());
  return mutants;
}

}  // namespace

MutationReport Mutate(const std::shared_ptr<const Pack>& pack, std::span<const Source> sources,
                      std::span<const GoldFact> gold, const MutationOptions& options) {
  const std::vector<PackChange> mutants = MutantsOf(*pack, options.filter);
  MutantJudge judge(*pack, sources, gold);
  judge.SetBaseline(pack);
  std::vector<Fate> fates(mutants.size());
  std::atomic<std::size_t> next = 0;
  std::mutex telling;
  std::size_t done = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < mutants.size(); i = next++) {
      fates[i] = FateOf(judge, *pack, mutants[i]);
      const std::lock_guard lock(telling);
      ++done;
      if (options.progress) options.progress(done, mutants.size());
    }
  };
  std::vector<std::future<void>> workers;
  for (unsigned i = 1; i < options.threads; ++i) {
    workers.push_back(std::async(std::launch::async, work));
  }
  work();
  for (auto& worker : workers) worker.get();
  MutationReport report;
  report.mutants = mutants.size();
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    if (fates[i] == Fate::kSurvived) report.survivors.push_back(Describe(*pack, mutants[i]));
    report.noticed += fates[i] == Fate::kSurvived ? 0 : 1;
    report.broken += fates[i] == Fate::kBroken ? 1 : 0;
  }
  return report;
}

}  // namespace verbale::extract
