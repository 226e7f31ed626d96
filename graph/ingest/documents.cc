#include "graph/ingest/documents.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "graph/error.h"
#include "graph/ingest/agreement.h"
#include "graph/ingest/identity.h"
#include "graph/store/records.h"

namespace verbale::graph::ingest {
namespace {

using store::DocId;
using store::DocPart;
using store::Space;

std::optional<DocumentRecord> FindDocument(const store::State& state, std::string_view symbol) {
  const auto bytes =
      state.reader().Get(Space::kDocs, store::DocKey(DocIdOf(symbol), DocPart::kRecord));
  if (!bytes) return std::nullopt;
  DocumentRecord record = store::DecodeDocument(*bytes);
  if (record.symbol != symbol) return std::nullopt;
  return record;
}

store::DocStatements StatementsOf(const store::State& state, std::string_view symbol) {
  const DocId document = DocIdOf(symbol);
  const auto bytes = state.reader().Get(Space::kDocFacts, store::DocStatementsKey(document));
  if (!bytes) {
    throw Error(ErrorCode::kCorruption,
                "the statements of '" + std::string(symbol) + "' are missing");
  }
  return store::DecodeDocStatements(*bytes, document);
}

/// One reading of a document, with the nodes that it is about.
struct PlacedFact {
  NodeId subject, object;
  std::string type;
  EvidenceRecord evidence;
};

bool ComesBefore(const PlacedFact& a, const PlacedFact& b) {
  const auto place = [](const PlacedFact& fact) {
    return std::tie(fact.evidence.span, fact.evidence.rule, fact.type, fact.subject, fact.object,
                    fact.evidence.modality);
  };
  return place(a) < place(b);
}

/// Readings that are not asserted, in canonical order.
std::vector<PlacedFact> ReadingsOf(const store::State& state, const DocumentRecord& document) {
  std::vector<PlacedFact> readings;
  const std::string prefix = store::ReadingPrefix(DocIdOf(document.symbol));
  auto cursor = state.reader().Scan(Space::kDocFacts, prefix);
  for (; cursor->Valid(); cursor->Next()) {
    const store::ReadingKeyParts parts = store::ParseReadingKey(cursor->key());
    store::ReadingRecord record = store::DecodeReading(cursor->value());
    record.evidence.document = document.symbol;
    record.evidence.path = document.path;
    readings.push_back(
        {parts.subject, parts.object, std::move(record.type), std::move(record.evidence)});
  }
  std::stable_sort(readings.begin(), readings.end(), ComesBefore);
  return readings;
}

/// What is asserted, in the order of the keys.
std::vector<PlacedFact> AssertionsOf(const store::State& state, const DocumentRecord& document) {
  std::vector<PlacedFact> facts;
  const store::Reader& reader = state.reader();
  for (const store::EvidenceKeyParts& parts : StatementsOf(state, document.symbol).evidence) {
    const auto evidence = reader.Get(Space::kEvidence, store::EvidenceKey(parts));
    const auto record =
        reader.Get(Space::kRels, store::RelRecordKey(parts.rel, store::RecordLayer::kDerived));
    if (!evidence || !record) {
      throw Error(ErrorCode::kCorruption,
                  "a fact of '" + document.symbol + "' has lost its relationship");
    }
    const store::DerivedRel rel = store::DecodeDerivedRel(*record);
    if (rel.type.value >= state.names().types.size()) {
      throw Error(ErrorCode::kCorruption, "a relationship has a type without a name");
    }
    PlacedFact fact{parts.rel.source, rel.target, state.names().types[rel.type.value],
                    store::DecodeEvidence(*evidence)};
    fact.evidence.document = document.symbol;
    fact.evidence.path = document.path;
    facts.push_back(std::move(fact));
  }
  return facts;
}

}  // namespace

std::vector<DocumentRecord> Documents(const store::State& state) {
  std::vector<DocumentRecord> documents;
  for (auto cursor = state.reader().Walk(Space::kDocs); cursor->Valid(); cursor->Next()) {
    if (store::ParseDocKey(cursor->key()).part != DocPart::kRecord) continue;
    documents.push_back(store::DecodeDocument(cursor->value()));
  }
  std::sort(documents.begin(), documents.end(),
            [](const auto& a, const auto& b) { return a.symbol < b.symbol; });
  return documents;
}

std::vector<SourceRecord> Sources(const store::State& state) {
  std::vector<SourceRecord> sources;
  for (const DocumentRecord& document : Documents(state)) {
    auto root =
        state.reader().Get(Space::kDocs, store::DocKey(DocIdOf(document.symbol), DocPart::kSource));
    if (root) sources.push_back({document.symbol, std::move(*root), document.path});
  }
  return sources;
}

std::vector<SectionRecord> Sections(const store::State& state, std::string_view symbol) {
  if (!FindDocument(state, symbol)) return {};
  const auto bytes =
      state.reader().Get(Space::kDocs, store::DocKey(DocIdOf(symbol), DocPart::kSections));
  return bytes ? store::DecodeSections(*bytes) : std::vector<SectionRecord>{};
}

std::optional<std::string> DocumentText(const store::State& state, std::string_view symbol) {
  if (!FindDocument(state, symbol)) return std::nullopt;
  return state.reader().Get(Space::kDocFacts, store::DocTextKey(DocIdOf(symbol)));
}

DocumentFacts FactsOf(const store::State& state, std::string_view symbol) {
  DocumentFacts facts;
  std::optional<DocumentRecord> document = FindDocument(state, symbol);
  if (!document) {
    std::vector<std::string> symbols;
    for (DocumentRecord& other : Documents(state)) symbols.push_back(std::move(other.symbol));
    throw Error(ErrorCode::kNotFound, "there is no document '" + std::string(symbol) + "'")
        .WithHint(DidYouMean(symbol, symbols, "verbale documents lists them"));
  }
  facts.document = std::move(*document);
  facts.text = DocumentText(state, symbol).value_or(std::string());
  facts.sections = Sections(state, symbol);

  std::vector<std::pair<Entity, NodeId>> entities;
  for (const store::SayingParts& parts : StatementsOf(state, symbol).sayings) {
    const auto bytes =
        state.reader().Get(Space::kEvidence, store::SayingKey(parts.node, parts.digest));
    if (!bytes) throw Error(ErrorCode::kCorruption, "a document has lost one of its entities");
    entities.emplace_back(store::DecodeEntity(*bytes), parts.node);
  }
  std::sort(entities.begin(), entities.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first.label, a.first.name, a.first.id) <
           std::tie(b.first.label, b.first.name, b.first.id);
  });
  std::unordered_map<NodeId, std::uint32_t> places;
  for (auto& [entity, node] : entities) {
    places.emplace(node, static_cast<std::uint32_t>(facts.entities.size()));
    facts.entities.push_back(std::move(entity));
  }

  std::vector<PlacedFact> placed = AssertionsOf(state, facts.document);
  std::vector<PlacedFact> readings = ReadingsOf(state, facts.document);
  std::move(readings.begin(), readings.end(), std::back_inserter(placed));
  std::stable_sort(placed.begin(), placed.end(), ComesBefore);
  for (PlacedFact& fact : placed) {
    const auto subject = places.find(fact.subject);
    const auto object = places.find(fact.object);
    if (subject == places.end() || object == places.end()) {
      throw Error(ErrorCode::kCorruption, "a document has lost one of its entities");
    }
    facts.facts.push_back(
        {subject->second, std::move(fact.type), object->second, std::move(fact.evidence)});
  }
  return facts;
}

StatementCounts CountStatements(const store::State& state, std::string_view symbol) {
  StatementCounts counts;
  counts.evidence = StatementsOf(state, symbol).evidence.size();
  auto cursor = state.reader().Scan(Space::kDocFacts, store::ReadingPrefix(DocIdOf(symbol)));
  for (; cursor->Valid(); cursor->Next()) ++counts.readings;
  return counts;
}

void ForEachReading(const store::State& state, const ReadingVisitor& visit) {
  std::unordered_map<NodeId, Entity> entities;
  const auto entity = [&](NodeId node) -> const Entity& {
    const auto [it, is_new] = entities.try_emplace(node);
    if (is_new) it->second = EntityOf(state, node).value_or(Entity{});
    return it->second;
  };
  for (const DocumentRecord& document : Documents(state)) {
    for (const PlacedFact& reading : ReadingsOf(state, document)) {
      const Entity& subject = entity(reading.subject);
      visit(subject, reading.type, entity(reading.object), reading.evidence);
    }
  }
}

std::optional<Entity> EntityOf(const store::State& state, NodeId node) {
  std::vector<Entity> sayings;
  auto cursor = state.reader().Scan(Space::kEvidence, store::SayingPrefix(node));
  for (; cursor->Valid(); cursor->Next()) sayings.push_back(store::DecodeEntity(cursor->value()));
  if (sayings.empty()) return std::nullopt;
  return MergeEntities(sayings);
}

}  // namespace verbale::graph::ingest
