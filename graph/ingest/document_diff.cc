#include "graph/ingest/document_diff.h"

#include <optional>
#include <utility>

#include "graph/error.h"
#include "graph/hash.h"
#include "graph/ingest/agreement.h"
#include "graph/ingest/identity.h"
#include "graph/store/records.h"

namespace verbale::graph::ingest {
namespace {

[[noreturn]] void ThrowCollision(const std::string& what) {
  throw Error(ErrorCode::kAlreadyExists, "two different things have one id: " + what);
}

class StatementMaker {
 public:
  StatementMaker(const DocumentFacts& facts, bool by_name)
      : facts_(facts),
        by_name_(by_name),
        document_(DocIdOf(facts.document.symbol)),
        nodes_(facts.entities.size()) {}

  Statements Make() && {
    for (const Fact& fact : facts_.facts) {
      if (fact.subject >= facts_.entities.size() || fact.object >= facts_.entities.size()) {
        throw Error(ErrorCode::kInvalidArgument, "a fact of '" + facts_.document.symbol +
                                                     "' names an entity that is not listed");
      }
      Add(fact, Node(fact.subject), Node(fact.object));
    }
    return std::move(statements_);
  }

 private:
  // The node of an entity; with its first use the document says what it says of it.
  NodeId Node(std::uint32_t index) {
    std::optional<NodeId>& node = nodes_[index];
    if (node) return *node;
    const Entity entity = Canonical(facts_.entities[index]);
    node = NodeIdOf(entity, by_name_);
    std::string bytes = store::Encode(entity);
    const store::SayingParts key{*node, Digest64(bytes)};
    statements_.sayings.emplace(key, std::move(bytes));
    return *node;
  }

  void Add(const Fact& fact, NodeId subject, NodeId object) {
    const ByteSpan span = fact.evidence.span;
    if (span.end < span.begin) {
      throw Error(ErrorCode::kInvalidArgument, "a fact of '" + facts_.document.symbol +
                                                   "' has a span that ends before it begins");
    }
    if (fact.evidence.modality == Modality::kAsserted || IsKept(fact)) {
      AddRelationship({subject, fact.type, object}, fact.evidence);
      return;
    }
    std::string bytes = store::Encode(store::ReadingRecord{fact.type, fact.evidence});
    std::string key = store::ReadingKey({document_, span, subject, object, Digest64(bytes)});
    statements_.readings.emplace(std::move(key), std::move(bytes));
  }

  /// A reading under a type of its own, its modality before the type: PLANNED_RATIFIED.
  static bool IsKept(const Fact& fact) {
    std::string prefix(Name(fact.evidence.modality));
    for (char& c : prefix) c = static_cast<char>(c - 'a' + 'A');
    return fact.type.rfind(prefix + "_", 0) == 0;
  }

  void AddRelationship(Triple triple, const EvidenceRecord& evidence) {
    const RelId rel = RelIdOf(triple.source, triple.type, triple.target);
    std::string bytes = store::Encode(evidence);
    const store::EvidenceKeyParts key{
        {triple.source, rel}, document_, evidence.span, Digest64(bytes)};
    const auto [it, is_new] = statements_.triples.try_emplace(rel, triple);
    if (!is_new && it->second != triple) ThrowCollision("two relationships");
    statements_.evidence.emplace(key, std::move(bytes));
  }

  const DocumentFacts& facts_;
  bool by_name_;
  store::DocId document_;
  std::vector<std::optional<NodeId>> nodes_;  // of the entities, once they are used
  Statements statements_;
};

}  // namespace

Statements StatementsOf(const DocumentFacts& facts, bool by_name) {
  return StatementMaker(facts, by_name).Make();
}

store::DocStatements ListOf(const Statements& statements) {
  store::DocStatements list;
  for (const auto& [key, unused] : statements.evidence) list.evidence.push_back(key);
  for (const auto& [key, unused] : statements.sayings) list.sayings.push_back(key);
  return list;
}

Statements StoredStatements(const store::Reader& reader, store::DocId document) {
  using store::Space;
  Statements stored;
  if (const auto bytes = reader.Get(Space::kDocFacts, store::DocStatementsKey(document))) {
    const store::DocStatements list = store::DecodeDocStatements(*bytes, document);
    for (const auto& key : list.evidence) stored.evidence.emplace(key, std::string());
    for (const auto& key : list.sayings) stored.sayings.emplace(key, std::string());
  }
  auto cursor = reader.Scan(Space::kDocFacts, store::ReadingPrefix(document));
  for (; cursor->Valid(); cursor->Next()) stored.readings.emplace(cursor->key(), std::string());
  return stored;
}

}  // namespace verbale::graph::ingest
