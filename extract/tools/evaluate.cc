// Compares what was read with what people wrote down. Names are compared by Naming; those of an
// open class (a body, a law) need only share most of their words. Each gold fact may be found by
// several predictions, and each of them is right; a prediction that finds none is false.

#include <algorithm>
#include <istream>
#include <map>
#include <set>
#include <tuple>

#include <nlohmann/json.hpp>

#include "extract/pack.h"
#include "extract/rules_tool.h"
#include "extract/tools/naming.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

using Json = nlohmann::json;

[[noreturn]] void FailAt(const std::string& file, std::size_t line, const std::string& what) {
  TextPosition position;
  position.file = file;
  position.line = line;
  position.column = 1;
  throw Error(ErrorCode::kSyntax, what, position);
}

/// Calls `take` with each JSON object of a JSON Lines file; what it lacks is an error with the
/// line.
template <typename Take>
void ForEachLine(std::istream& in, const std::string& file, const Take& take) {
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object()) FailAt(file, number, "not a JSON object");
    try {
      take(json);
    } catch (const Json::exception& error) {
      FailAt(file, number, error.what());
    } catch (const Error& error) {
      FailAt(file, number, error.what());
    }
  }
}

bool Contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

class Evaluator {
 public:
  explicit Evaluator(const Pack& pack)
      : data_(static_cast<const LoadedPack&>(pack).compiled().data), naming_(pack) {}

  Evaluation Run(std::span<const GoldFact> gold, std::span<const Trap> traps,
                 std::span<const PredictedFact> all) {
    ChoosePredictions(gold, all);
    right_.assign(evaluation_.predicted.size(), false);
    for (const GoldFact& fact : gold) TakeGold(fact);
    for (std::size_t i = 0; i < right_.size(); ++i) {
      const PredictedFact& fact = evaluation_.predicted[i];
      Score& score = scores_[fact.relation];
      ++score.predicted;
      score.right += right_[i] ? 1 : 0;
      if (!right_[i]) evaluation_.wrong.push_back(fact);
    }
    evaluation_.is_right = right_;
    FindSprung(traps);
    Sum();
    return std::move(evaluation_);
  }

 private:
  bool IsOpen(const std::string& relation) const {
    return Contains(data_.evaluation.open_relations, relation);
  }

  /// Of the sections that the gold covers, each fact once.
  void ChoosePredictions(std::span<const GoldFact> gold, std::span<const PredictedFact> all) {
    std::set<std::pair<std::string, std::string>> covered;
    for (const GoldFact& fact : gold) covered.emplace(fact.document, naming_.Norm(fact.section));
    std::set<std::string> relations;
    for (const RelationSignature& relation : data_.relations) {
      if (relation.name != data_.document.in && relation.name != data_.document.mentions) {
        relations.insert(relation.name);
      }
    }
    std::set<std::tuple<std::string, std::string, std::string, std::string, std::string>> seen;
    for (const PredictedFact& fact : all) {
      const std::string& section = naming_.Norm(fact.section);
      if (covered.count({fact.document, section}) == 0 || relations.count(fact.relation) == 0) {
        continue;
      }
      if (seen.emplace(fact.document, section, naming_.Norm(fact.subject), fact.relation,
                       naming_.Norm(fact.object))
              .second) {
        evaluation_.predicted.push_back(fact);
      }
    }
  }

  bool SameObject(const std::string& relation, const std::string& wanted, const PredictedFact& fact,
                  const std::string& label) const {
    if (naming_.Equal(wanted, fact.object)) return true;
    if (!IsOpen(relation) && !Contains(data_.evaluation.open_labels, label)) return false;
    return naming_.Alike(wanted, fact.object);
  }

  bool Finds(const PredictedFact& fact, const GoldFact& gold) const {
    if (fact.document != gold.document || fact.relation != gold.relation ||
        !naming_.Equal(fact.section, gold.section) || !naming_.Equal(fact.subject, gold.subject)) {
      return false;
    }
    return gold.relation == data_.document.submitted ||
           SameObject(gold.relation, gold.object, fact, gold.object_label) ||
           (!gold.object_surface.empty() &&
            SameObject(gold.relation, gold.object_surface, fact, gold.object_label));
  }

  void TakeGold(const GoldFact& gold) {
    bool found = false;
    for (std::size_t i = 0; i < right_.size(); ++i) {
      if (!Finds(evaluation_.predicted[i], gold)) continue;
      right_[i] = found = true;
    }
    if (gold.debatable) return;
    Score& score = scores_[gold.relation];
    ++score.gold;
    score.found += found ? 1 : 0;
    if (!found) evaluation_.misses.push_back(gold);
  }

  void FindSprung(std::span<const Trap> traps) {
    evaluation_.traps = traps.size();
    for (const Trap& trap : traps) {
      for (const PredictedFact& fact : evaluation_.wrong) {
        if (fact.document == trap.document && fact.relation == trap.relation &&
            naming_.Equal(fact.section, trap.section) &&
            naming_.Equal(fact.subject, trap.subject) &&
            SameObject(trap.relation, trap.object, fact, "")) {
          evaluation_.sprung.emplace_back(trap, fact);
        }
      }
    }
  }

  void Sum() {
    Score closed{"closed class", 0, 0, 0, 0}, open{"open class", 0, 0, 0, 0},
        all{"all", 0, 0, 0, 0};
    const auto add = [](Score& total, const Score& score) {
      total.gold += score.gold;
      total.found += score.found;
      total.predicted += score.predicted;
      total.right += score.right;
    };
    for (auto& [relation, score] : scores_) {
      score.name = relation;
      evaluation_.relations.push_back(score);
      if (IsOpen(relation)) {
        add(open, score);
      } else if (relation != data_.document.submitted) {
        add(closed, score);
      }
      add(all, score);
    }
    evaluation_.closed = closed;
    evaluation_.open = open;
    evaluation_.all = all;
  }

  const PackData& data_;
  Naming naming_;
  std::map<std::string, Score> scores_;
  std::vector<bool> right_;
  Evaluation evaluation_;
};

const std::string& TextAt(const Json& json, const char* key) {
  const auto at = json.find(key);
  if (at == json.end() || !at->is_string()) {
    throw Error(ErrorCode::kSyntax, std::string("a text '") + key + "' is expected");
  }
  return at->get_ref<const std::string&>();
}

}  // namespace

double Score::Precision() const {
  return predicted == 0 ? 1.0 : static_cast<double>(right) / static_cast<double>(predicted);
}

double Score::Recall() const {
  return gold == 0 ? 1.0 : static_cast<double>(found) / static_cast<double>(gold);
}

double Score::F1() const {
  const double sum = Precision() + Recall();
  return sum == 0 ? 0.0 : 2 * Precision() * Recall() / sum;
}

std::vector<GoldFact> ReadGold(std::istream& in, const std::string& file) {
  std::vector<GoldFact> gold;
  ForEachLine(in, file, [&](const Json& json) {
    GoldFact fact;
    fact.document = TextAt(json, "doc");
    fact.section = TextAt(json, "reply");
    fact.subject = TextAt(json, "subject");
    fact.relation = TextAt(json, "relation");
    fact.object = TextAt(json, "object");
    fact.object_label = TextAt(json, "object_type");
    if (json.contains("object_surface")) fact.object_surface = TextAt(json, "object_surface");
    if (json.contains("evidence")) fact.sentence = TextAt(json, "evidence");
    fact.debatable = TextAt(json, "certainty") != "clear";
    gold.push_back(std::move(fact));
  });
  // Measured by nothing, everything is right.
  if (gold.empty()) throw Error(ErrorCode::kInvalidArgument, file + " has no annotated facts");
  return gold;
}

std::vector<Trap> ReadTraps(std::istream& in, const std::string& file) {
  std::vector<Trap> traps;
  ForEachLine(in, file, [&](const Json& json) {
    Trap trap;
    trap.document = TextAt(json, "doc");
    trap.section = TextAt(json, "reply");
    trap.sentence = TextAt(json, "evidence");
    const auto stated = json.find("false");
    const bool is_fact = stated != json.end() && stated->is_array() && stated->size() == 3 &&
                         std::all_of(stated->begin(), stated->end(),
                                     [](const Json& part) { return part.is_string(); });
    if (!is_fact) {
      throw Error(ErrorCode::kSyntax, "'false' must be a list of subject, relation and object");
    }
    trap.subject = stated->at(0);
    trap.relation = stated->at(1);
    trap.object = stated->at(2);
    if (json.contains("why")) trap.why = TextAt(json, "why");
    traps.push_back(std::move(trap));
  });
  return traps;
}

void AddPredictions(const graph::DocumentFacts& facts, std::vector<PredictedFact>& predicted) {
  for (const graph::Fact& fact : facts.facts) {
    if (fact.evidence.modality != graph::Modality::kAsserted) continue;
    predicted.push_back(
        {facts.document.symbol, fact.evidence.section, facts.entities[fact.subject].name, fact.type,
         facts.entities[fact.object].name, fact.evidence.sentence, fact.evidence.rule});
  }
}

Evaluation Evaluate(const Pack& pack, std::span<const GoldFact> gold, std::span<const Trap> traps,
                    std::span<const PredictedFact> predicted) {
  return Evaluator(pack).Run(gold, traps, predicted);
}

}  // namespace verbale::extract
