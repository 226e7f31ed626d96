#pragma once

// Documents for tests, made in a line or two.

#include <string>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "graph/graph.h"

namespace verbale::graph {

/// Makes the facts of one document.
class DocumentMaker {
 public:
  explicit DocumentMaker(std::string symbol) {
    facts_.document.symbol = std::move(symbol);
    facts_.document.path = facts_.document.symbol + ".txt";
    facts_.text = "Text of " + facts_.document.symbol;
    facts_.document.bytes = facts_.text.size();
    facts_.document.hash = Sha256Hex(facts_.text);
  }

  /// The entity with label and name, listed at its first use.
  std::uint32_t Entity(const std::string& label, const std::string& name,
                       std::vector<std::string> aliases = {}, Attributes properties = {}) {
    for (std::uint32_t i = 0; i < facts_.entities.size(); ++i) {
      if (facts_.entities[i].label == label && facts_.entities[i].name == name) return i;
    }
    facts_.entities.push_back(
        {label, name, EntityId(label, name), std::move(aliases), std::move(properties)});
    return static_cast<std::uint32_t>(facts_.entities.size() - 1);
  }

  /// Asserted unless said otherwise. Each has a place of its own, and is stated on `date`.
  DocumentMaker& Fact(std::uint32_t subject, std::string type, std::uint32_t object,
                      Attributes attributes = {}, std::string date = "2017",
                      Modality modality = Modality::kAsserted) {
    EvidenceRecord evidence;
    evidence.document = facts_.document.symbol;
    evidence.path = facts_.document.path;
    evidence.date = std::move(date);
    evidence.span = {10 * facts_.facts.size(), 10 * facts_.facts.size() + 9};
    evidence.sentence = "It " + type + " that.";
    evidence.rule = type + ".active";
    evidence.modality = modality;
    evidence.attributes = std::move(attributes);
    facts_.facts.push_back({subject, std::move(type), object, std::move(evidence)});
    return *this;
  }

  /// "<state> ratified <treaty>", with a date or without.
  DocumentMaker& Ratified(const std::string& state, const std::string& treaty,
                          const std::string& date = "", const std::string& stated = "2017") {
    Attributes attributes;
    if (!date.empty()) attributes.emplace_back("date", Value(date));
    const std::uint32_t subject = Entity("State", state);
    return Fact(subject, "RATIFIED", Entity("Treaty", treaty), std::move(attributes), stated);
  }

  DocumentFacts& facts() { return facts_; }
  operator DocumentFacts() const { return facts_; }  // NOLINT: made to be handed over

 private:
  DocumentFacts facts_;
};

}  // namespace verbale::graph
