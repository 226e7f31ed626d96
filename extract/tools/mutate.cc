// Mutation testing of rules: a rule whose guard can go without any test noticing has a guard that
// nobody knows the use of. Examples of the mutant's own rule are asked first, since they are most
// likely to notice; then all others; then the gold.

#include <algorithm>
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

}  // namespace

MutationReport Mutate(const std::shared_ptr<const Pack>& pack, const std::string& filter,
                      std::span<const Source> sources, std::span<const GoldFact> gold,
                      const std::function<void(std::size_t, std::size_t)>& progress) {
  const std::vector<std::string> ids = FilterIds(pack->RuleIds(), filter);
  const std::set<std::string> chosen(ids.begin(), ids.end());
  std::vector<PackChange> mutants = Mutants(*pack);
  mutants.erase(
      std::remove_if(mutants.begin(), mutants.end(),
                     [&](const PackChange& change) { return chosen.count(change.target) == 0; }),
      mutants.end());
  MutantJudge judge(*pack, sources, gold);
  judge.SetBaseline(pack);
  MutationReport report;
  for (const PackChange& change : mutants) {
    if (progress) progress(report.mutants, mutants.size());
    ++report.mutants;
    std::shared_ptr<const Pack> mutant;
    try {
      mutant = Changed(*pack, change);
    } catch (const Error&) {
      ++report.broken;
      ++report.noticed;
      continue;
    }
    if (judge.Notices(mutant, change.target)) {
      ++report.noticed;
    } else {
      report.survivors.push_back(Describe(*pack, change));
    }
  }
  return report;
}

}  // namespace verbale::extract
