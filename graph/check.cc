// Is the store in agreement with itself?
//
// Each check walks one space and compares it with what must mirror it. The two directions of
// adjacency are compared with the relationship records by counts and sums of hashes, which costs
// one pass over each and no memory; only where they differ are the entries listed.
//
// The snapshot is compared with the records in the same way. The passes over adjacency and over the
// snapshot go on in threads beside the others; what they find is reported in one order.

#include "graph/check.h"

#include <algorithm>
#include <functional>
#include <future>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "graph/error.h"
#include "graph/ingest/agreement.h"
#include "graph/ingest/documents.h"
#include "graph/ingest/identity.h"
#include "graph/snapshot/constraints.h"
#include "graph/snapshot/hash_rows.h"
#include "graph/store/checksum.h"
#include "graph/store/format.h"
#include "graph/store/index.h"
#include "graph/store/keys.h"
#include "graph/store/merge.h"
#include "graph/store/records.h"

namespace verbale::graph {
namespace {

using store::AdjacencyParts;
using store::DocId;
using store::RecordLayer;
using store::Space;

constexpr std::size_t kMostListed = 1000;  // problems of one kind

/// A hash with one more number in it; their order matters.
constexpr std::uint64_t Mix(std::uint64_t h, std::uint64_t part) {
  h = (h ^ part) * 0x9E3779B97F4A7C15u;
  return h ^ (h >> 29);
}

/// A set of relationships, or of keys, as count and sum: equal sets have equal ones, and different
/// sets hardly ever.
struct Fingerprint {
  std::uint64_t count = 0, sum = 0;
  bool operator==(const Fingerprint&) const = default;

  void Add(NodeId source, TypeId type, NodeId target, RelId rel) {
    AddHash(Mix(Mix(Mix(rel.value, source.value), type.value), target.value));
  }
  void Add(NodeId source, TypeId type, NodeId target, RelId rel, std::uint32_t support,
           std::uint64_t properties) {
    Add(source, type, target, RelId{Mix(Mix(rel.value, properties), support)});
  }
  void Add(NodeId node, const std::vector<LabelId>& labels, std::uint64_t properties) {
    std::uint64_t h = Mix(node.value, properties);
    for (const LabelId label : labels) h = Mix(h, label.value);
    AddHash(h);
  }
  void Add(std::string_view key) { AddHash(store::Checksum64(key)); }

 private:
  void AddHash(std::uint64_t hash) {
    ++count;
    sum += hash;
  }
};

/// Walks a space beside a walk over what its keys begin with, in one pass over both.
class Beside {
 public:
  Beside(const store::Reader& reader, Space space) : cursor_(reader.Walk(space)) {}

  /// Calls take(key, value) for the keys that begin with `prefix`. Prefixes ascend from call to
  /// call.
  template <typename Take>
  void ForEach(const std::string& prefix, const Take& take) {
    while (cursor_->Valid() && cursor_->key() < prefix) cursor_->Next();
    for (; cursor_->Valid() && cursor_->key().starts_with(prefix); cursor_->Next()) {
      take(cursor_->key(), cursor_->value());
    }
  }

 private:
  std::unique_ptr<store::Cursor> cursor_;
};

/// Of a converted document the text is kept, and the hash is that of the file.
bool HashIsOfText(const DocumentRecord& document, std::string_view text) {
  const bool converted = document.format == "pdf" || document.format == "docx";
  return !converted && !text.empty() && !document.hash.empty();
}

class Checker {
 public:
  Checker(const store::State& state, const snapshot::CommittedView* view)
      : state_(state), reader_(state.reader()), view_(view) {}

  std::vector<CheckProblem> Run() && {
    auto adjacency = std::async([this] { return SumAdjacency(); });
    auto viewed = std::async([this] { return SumView(); });
    auto indexes = std::async([this] { return SumIndexes(); });
    // A later check may rely on what an earlier one gathered.
    Try("documents", [this] { Documents(); });
    Try("nodes", [this] { Nodes(); });
    Try("relationships", [this] { Relationships(); });
    Try("adjacency", [&] { Adjacency(adjacency.get()); });
    Try("statements", [this] { Statements(); });
    Try("indexes", [&] { IndexEntries(indexes.get()); });
    if (view_ != nullptr) Try("snapshot", [&] { Snapshot(viewed.get()); });
    if (view_ != nullptr && problems_.empty()) Try("constraints", [this] { Constraints(); });
    return std::move(problems_);
  }

 private:
  // What cannot be read is a problem, and the end of this check only.
  void Try(std::string_view what, const std::function<void()>& check) {
    try {
      check();
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kCorruption && error.code() != ErrorCode::kIo) throw;
      problems_.push_back({std::string(what), error.what()});
    }
  }

  void Report(std::string where, std::string what) {
    if (++reported_[what] <= kMostListed) {
      problems_.push_back({std::move(where), std::move(what)});
    }
  }

  // ---- Names for messages ---------------------------------------------------------------------

  const std::string& NameAt(const std::vector<std::string>& names, std::uint32_t number) {
    static const std::string kUnknown = "?";
    if (number < names.size()) return names[number];
    Report("catalog", "a record has a number without a name: " + std::to_string(number));
    return kUnknown;
  }
  std::string Describe(NodeId node) const {
    const auto it = readable_.find(node);
    return it != readable_.end() ? it->second : "node " + std::to_string(node.value);
  }
  std::string Describe(DocId document) const { return "document " + symbols_.at(document); }
  std::string Describe(NodeId source, TypeId type, NodeId target) {
    return "relationship " + Describe(source) + " -" + NameAt(state_.names().types, type.value) +
           "-> " + Describe(target);
  }

  bool Same(const store::Properties& properties, const std::map<std::string, Value>& expected) {
    if (properties.size() != expected.size()) return false;
    for (const auto& [key, value] : properties) {
      const auto it = expected.find(NameAt(state_.names().keys, key.value));
      if (it == expected.end() || it->second.type() != value.type() ||
          !Equivalent(it->second, value)) {
        return false;
      }
    }
    return true;
  }

  // ---- Checks ---------------------------------------------------------------------------------

  void Documents() {
    for (auto cursor = reader_.Walk(Space::kDocs); cursor->Valid(); cursor->Next()) {
      const store::DocKeyParts parts = store::ParseDocKey(cursor->key());
      if (parts.part == store::DocPart::kSections) store::DecodeSections(cursor->value());
      if (parts.part != store::DocPart::kRecord) continue;
      const DocumentRecord document = store::DecodeDocument(cursor->value());
      const std::string where = "document " + document.symbol;
      documents_.insert(parts.document);
      symbols_.emplace(parts.document, document.symbol);
      if (ingest::DocIdOf(document.symbol) != parts.document) {
        Report(where, "its key is not that of its symbol");
      }
      const auto text = reader_.Get(Space::kDocFacts, store::DocTextKey(parts.document));
      if (!text) {
        Report(where, "its text is missing");
      } else if (HashIsOfText(document, *text) && Sha256Hex(*text) != document.hash) {
        Report(where, "its text is not the one that was read");
      }
    }
  }

  void Nodes() {
    const bool by_name = store::TellsByName(reader_);
    Beside evidence(reader_, Space::kEvidence);
    std::vector<Entity> sayings;
    NodeId current;
    std::optional<store::DerivedNode> derived;
    std::optional<store::ManualNode> manual;
    const auto sum_up = [&] {
      if (const auto node = Merge(current, std::move(derived), std::move(manual))) {
        stored_.Add(node->id, node->labels, HashOf(node->properties));
      }
      derived.reset(), manual.reset();
    };
    std::vector<std::uint64_t> created;
    for (auto cursor = reader_.Walk(Space::kNodes); cursor->Valid(); cursor->Next()) {
      const store::NodeKeyParts parts = store::ParseNodeKey(cursor->key());
      if (parts.node != current) sum_up();
      current = parts.node;
      if (parts.layer == RecordLayer::kManual) {
        manual = store::DecodeManualNode(cursor->value());
        if (manual->created != (parts.node.value >= kManualIdBit)) {
          Report(Describe(parts.node), "a manual record has an id of the other kind");
        }
        if (manual->created) created.push_back(parts.node.value);
        if (manual->deleted) deleted_.insert(parts.node);
        continue;
      }
      derived = store::DecodeDerivedNode(cursor->value());
      const store::DerivedNode& node = *derived;
      const std::string& label = NameAt(state_.names().labels, node.label.value);
      const std::string where = label + " '" + node.name + "'";
      readable_.emplace(parts.node, where);
      unused_.insert(parts.node);
      sayings.clear();
      evidence.ForEach(store::SayingPrefix(parts.node), [&](auto, std::string_view value) {
        sayings.push_back(store::DecodeEntity(value));
      });
      if (sayings.empty()) {
        Report(where, "no document speaks of it");
        continue;
      }
      const Entity entity = ingest::MergeEntities(sayings);
      if (entity.label != label || ingest::NodeIdOf(entity, by_name) != parts.node) {
        Report(where, "its number is not that of its label and id");
      }
      if (entity.name != node.name || !Same(node.properties, ingest::NodeProperties(entity))) {
        Report(where, "its properties are not those that documents give it");
      }
    }
    sum_up();
    derived_.insert(unused_.begin(), unused_.end());
    created_ = snapshot::RowsOfIds(std::move(created));
  }

  void Relationships() {
    Beside evidence(reader_, Space::kEvidence);
    store::RelKey current;
    std::optional<store::DerivedRel> derived;
    std::optional<store::ManualRel> manual;
    const auto sum_up = [&] {
      const bool by_hand = !derived;
      const auto rel = Merge(current, std::move(derived), std::move(manual));
      if (rel && HasEnds(*rel, by_hand)) {
        stored_.Add(rel->source, rel->type, rel->target, rel->id, rel->support,
                    HashOf(rel->properties));
      }
      derived.reset(), manual.reset();
    };
    for (auto cursor = reader_.Walk(Space::kRels); cursor->Valid(); cursor->Next()) {
      const store::RelKeyParts parts = store::ParseRelKey(cursor->key());
      if (parts.rel != current) sum_up();
      current = parts.rel;
      if (parts.layer == RecordLayer::kManual) {
        manual = store::DecodeManualRel(cursor->value());
        if (manual->created != (current.rel.value >= kManualIdBit)) {
          Report(Describe(current.source, manual->type, manual->target),
                 "a manual record has an id of the other kind");
        }
        if (manual->created) Created(current, *manual);
        continue;
      }
      derived = store::DecodeDerivedRel(cursor->value());
      records_.Add(current.source, derived->type, derived->target, current.rel);
      supports_ += derived->support;
      Derived(current, *derived, evidence);
    }
    sum_up();
    std::vector<NodeId> unused(unused_.begin(), unused_.end());
    std::sort(unused.begin(), unused.end());
    for (const NodeId node : unused) Report(Describe(node), "no relationship uses it");
  }

  // As State::ForEachRel has it: what documents say has its ends, unless a person deleted them.
  bool HasEnds(const store::StoredRel& rel, bool is_manual) const {
    const auto is_there = [&](NodeId end) {
      if (end.value >= kManualIdBit) return true;
      return !deleted_.contains(end) && (!is_manual || derived_.contains(end));
    };
    return is_there(rel.source) && is_there(rel.target);
  }

  // A derived end may be missing: then the relationship waits for it.
  void Created(store::RelKey key, const store::ManualRel& rel) {
    records_.Add(key.source, rel.type, rel.target, key.rel);
    for (const NodeId end : {key.source, rel.target}) {
      if (end.value < kManualIdBit || created_.Find(end.value)) continue;
      Report(Describe(key.source, rel.type, rel.target), "an end is missing");
    }
  }

  void Derived(store::RelKey key, const store::DerivedRel& rel, Beside& evidence) {
    const std::string where = Describe(key.source, rel.type, rel.target);
    for (const NodeId end : {key.source, rel.target}) {
      if (!derived_.contains(end)) Report(where, "an end is missing");
      unused_.erase(end);
    }
    const std::string& type = NameAt(state_.names().types, rel.type.value);
    if (ingest::RelIdOf(key.source, type, rel.target) != key.rel) {
      Report(where, "its id is not that of its ends and type");
    }
    ingest::EvidenceSummary summary;
    std::uint32_t support = 0;
    evidence.ForEach(store::EvidencePrefix(key), [&](auto, std::string_view value) {
      summary.Add(store::DecodeEvidence(value));
      ++support;
    });
    if (support == 0) {
      Report(where, "it has no evidence");
    } else if (support != rel.support) {
      Report(where, "its count of evidence is wrong");
    } else if (!Same(rel.properties, std::move(summary).Take())) {
      Report(where, "its properties are not those of its evidence");
    }
  }

  template <typename Take>
  void ForEachEntry(Space space, const Take& take) const {
    for (auto cursor = reader_.Walk(space); cursor->Valid(); cursor->Next()) {
      take(store::ParseAdjacencyKey(cursor->key()));
    }
  }

  struct AdjacencySums {
    Fingerprint out, in;
  };
  AdjacencySums SumAdjacency() const {
    AdjacencySums sums;
    ForEachEntry(Space::kOut,
                 [&](const AdjacencyParts& p) { sums.out.Add(p.near, p.type, p.far, p.rel); });
    ForEachEntry(Space::kIn,
                 [&](const AdjacencyParts& p) { sums.in.Add(p.far, p.type, p.near, p.rel); });
    return sums;
  }

  void Adjacency(const AdjacencySums& sums) {
    if (sums.out == records_ && sums.in == records_) return;

    using Entry = std::tuple<NodeId, TypeId, NodeId, RelId>;
    std::vector<Entry> outs, ins, rels;
    ForEachEntry(Space::kOut,
                 [&](const AdjacencyParts& p) { outs.emplace_back(p.near, p.type, p.far, p.rel); });
    ForEachEntry(Space::kIn,
                 [&](const AdjacencyParts& p) { ins.emplace_back(p.far, p.type, p.near, p.rel); });
    for (auto cursor = reader_.Walk(Space::kRels); cursor->Valid(); cursor->Next()) {
      const auto [key, layer] = store::ParseRelKey(cursor->key());
      if (layer == RecordLayer::kDerived) {
        const store::DerivedRel rel = store::DecodeDerivedRel(cursor->value());
        rels.emplace_back(key.source, rel.type, rel.target, key.rel);
      } else if (const store::ManualRel rel = store::DecodeManualRel(cursor->value());
                 rel.created) {
        rels.emplace_back(key.source, rel.type, rel.target, key.rel);
      }
    }
    const auto report = [this](std::vector<Entry>& there, std::vector<Entry>& missing_in,
                               const std::string& what) {
      std::sort(there.begin(), there.end());
      std::sort(missing_in.begin(), missing_in.end());
      std::vector<Entry> lost;
      std::set_difference(there.begin(), there.end(), missing_in.begin(), missing_in.end(),
                          std::back_inserter(lost));
      for (const auto& [source, type, target, rel] : lost) {
        Report(Describe(source, type, target), what);
      }
    };
    report(rels, outs, "it is missing from the outgoing adjacency");
    report(rels, ins, "it is missing from the incoming adjacency");
    report(outs, rels, "the outgoing adjacency names it, and it has no record");
    report(ins, rels, "the incoming adjacency names it, and it has no record");
  }

  void Statements() {
    for (const DocId document : documents_) {
      auto cursor = reader_.Scan(Space::kDocFacts, store::ReadingPrefix(document));
      for (; cursor->Valid(); cursor->Next()) {
        store::ParseReadingKey(cursor->key());
        store::DecodeReading(cursor->value());
      }
    }
    if (!StatementsAgree()) FindStatements();
  }

  // Whether what documents list as theirs is there, and nothing else is: told from sums over keys.
  bool StatementsAgree() {
    Fingerprint listed, stored;
    for (const DocId document : documents_) {
      const auto bytes = reader_.Get(Space::kDocFacts, store::DocStatementsKey(document));
      if (!bytes) return false;
      const store::DocStatements list = store::DecodeDocStatements(*bytes, document);
      for (const auto& parts : list.evidence) listed.Add(store::EvidenceKey(parts));
      for (const auto& parts : list.sayings) {
        listed.Add(store::SaidByKey(parts.node, parts.digest, document));
      }
    }
    std::uint64_t proofs = 0;
    std::set<store::SayingParts> said;  // Of one node, until somebody says it.
    std::set<store::SayingParts> unsaid;
    for (auto cursor = reader_.Walk(Space::kEvidence); cursor->Valid(); cursor->Next()) {
      const std::string_view key = cursor->key();
      if (store::IsSaying(key)) {
        const store::SayingParts parts = store::ParseSayingKey(key);
        if (!unsaid.empty() && unsaid.begin()->node != parts.node) return false;
        if (!said.empty() && said.begin()->node != parts.node) said.clear();
        said.insert(parts);
        unsaid.insert(parts);
        continue;
      }
      stored.Add(key);
      if (store::IsProof(key)) {
        ++proofs;
        continue;
      }
      const store::SayingParts parts = store::ParseSaidByParts(key);
      if (!said.contains(parts)) return false;
      unsaid.erase(parts);
    }
    return listed == stored && unsaid.empty() && proofs == supports_;
  }

  // The same one by one, to say what is wrong.
  void FindStatements() {
    std::uint64_t proofs = 0, sayings = 0;
    for (const DocId document : documents_) {
      const auto bytes = reader_.Get(Space::kDocFacts, store::DocStatementsKey(document));
      if (!bytes) {
        Report(Describe(document), "its list of statements is missing");
        continue;
      }
      const store::DocStatements list = store::DecodeDocStatements(*bytes, document);
      for (const store::EvidenceKeyParts& parts : list.evidence) {
        ++proofs;
        if (reader_.Get(Space::kEvidence, store::EvidenceKey(parts))) continue;
        Report(Describe(document), "a piece of its evidence is missing");
      }
      for (const store::SayingParts& parts : list.sayings) {
        ++sayings;
        const bool is_there =
            reader_.Get(Space::kEvidence, store::SayingKey(parts.node, parts.digest)) &&
            reader_.Get(Space::kEvidence, store::SaidByKey(parts.node, parts.digest, document));
        if (!is_there) Report(Describe(document), "something that it says of a node is missing");
      }
    }
    std::uint64_t stored_proofs = 0, stored_said_by = 0;
    for (auto cursor = reader_.Walk(Space::kEvidence); cursor->Valid(); cursor->Next()) {
      if (store::IsProof(cursor->key())) {
        ++stored_proofs;
      } else if (store::IsSaying(cursor->key())) {
        const store::SayingParts parts = store::ParseSayingKey(cursor->key());
        const std::string said_by = store::SaidByPrefix(parts.node, parts.digest);
        if (!reader_.Scan(Space::kEvidence, said_by)->Valid()) {
          Report(Describe(parts.node), "what is said of it, nobody says");
        }
      } else {
        store::ParseSaidByKey(cursor->key());
        ++stored_said_by;
      }
    }
    const auto compare = [this](const std::string& what, std::uint64_t listed,
                                std::uint64_t stored) {
      if (listed == stored) return;
      Report(what, "documents list " + std::to_string(listed) + ", and " + std::to_string(stored) +
                       " are stored");
    };
    compare("evidence", proofs, stored_proofs);
    compare("sayings", sayings, stored_said_by);
    // Of each relationship as much evidence is there as it counts; together that is all there is.
    compare("evidence of relationships", supports_, stored_proofs);
  }

  struct IndexSums {
    Fingerprint expected, found;
  };
  IndexSums SumIndexes() const {
    IndexSums sums;
    const store::Indexes indexes(state_.schema(), state_.names());
    if (!indexes.empty()) {
      state_.ForEachNode([&](const store::StoredNode& node) {
        for (const std::string& key : indexes.Entries(node)) sums.expected.Add(key);
      });
    }
    for (auto cursor = reader_.Walk(Space::kIndex); cursor->Valid(); cursor->Next()) {
      sums.found.Add(cursor->key());
    }
    return sums;
  }

  void IndexEntries(const IndexSums& sums) {
    if (sums.expected == sums.found) return;
    if (sums.expected.count != sums.found.count) {
      Report("indexes", "they have " + std::to_string(sums.found.count) + " entries, and not the " +
                            std::to_string(sums.expected.count) + " that follow from the nodes");
    } else {
      Report("indexes", "some of their entries do not follow from the nodes");
    }
  }

  /// What a View has otherwise than the store; the first ones of each kind.
  struct Differences {
    std::vector<NodeId> nodes;
    std::vector<store::StoredRel> rels;
    bool has_more = false;
  };

  static std::uint64_t HashOf(const store::Properties& properties) {
    std::uint64_t h = properties.size();
    for (const auto& [key, value] : properties) {
      h = Mix(Mix(h, key.value), Hash(value) ^ static_cast<std::uint64_t>(value.type()));
    }
    return h;
  }

  Fingerprint SumView() const {
    Fingerprint sum;
    if (view_ == nullptr) return sum;
    for (std::uint32_t no = 0; no < view_->NodeLimit(); ++no) {
      const NodeNo node{no};
      if (!view_->Exists(node)) continue;
      sum.Add(view_->Id(node), view_->Labels(node), HashOf(view_->Properties(node)));
    }
    for (std::uint32_t no = 0; no < view_->RelLimit(); ++no) {
      const RelNo rel{no};
      if (!view_->Exists(rel)) continue;
      const RelEnds ends = view_->Ends(rel);
      sum.Add(view_->Id(ends.source), ends.type, view_->Id(ends.target), view_->Id(rel),
              view_->Support(rel), HashOf(view_->Properties(rel)));
    }
    return sum;
  }

  // What a View has otherwise than the store, one by one.
  Differences FindDifferences() const {
    Differences differences;
    std::uint64_t nodes = 0, rels = 0;
    state_.ForEachNode([&](const store::StoredNode& node) {
      ++nodes;
      const auto no = view_->Find(node.id);
      if (no && view_->Labels(*no) == node.labels &&
          SameValues(view_->Properties(*no), node.properties)) {
        return;
      }
      if (differences.nodes.size() < kMostListed) differences.nodes.push_back(node.id);
    });
    state_.ForEachRel([&](const store::StoredRel& rel) {
      ++rels;
      const auto no = view_->Find(rel.id);
      const RelEnds ends = no ? view_->Ends(*no) : RelEnds{kNoNode, kNoNode, TypeId{}};
      if (no && ends.type == rel.type && view_->Id(ends.source) == rel.source &&
          view_->Id(ends.target) == rel.target && view_->Support(*no) == rel.support &&
          SameValues(view_->Properties(*no), rel.properties)) {
        return;
      }
      if (differences.rels.size() < kMostListed) differences.rels.push_back(rel);
    });
    differences.has_more = nodes != view_->NodeCount() || rels != view_->RelCount();
    return differences;
  }

  void Snapshot(const Fingerprint& viewed) {
    if (viewed == stored_) return;
    const Differences differences = FindDifferences();
    for (const NodeId node : differences.nodes) {
      Report(Describe(node), "the snapshot has it differently");
    }
    for (const store::StoredRel& rel : differences.rels) {
      Report(Describe(rel.source, rel.type, rel.target), "the snapshot has it differently");
    }
    if (differences.has_more) Report("snapshot", "it has more than the store");
  }

  // Of a graph that is sound otherwise.
  void Constraints() {
    snapshot::ForEachBreach(view_->state(), [this](const auto& thing, const Error& why) {
      Report(snapshot::Describe(view_->state(), thing), why.what());
    });
  }

  static bool SameValues(const store::Properties& a, const store::Properties& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) {
      return x.first == y.first && x.second.type() == y.second.type() &&
             Equivalent(x.second, y.second);
    });
  }

  const store::State& state_;
  const store::Reader& reader_;
  const snapshot::CommittedView* view_;
  std::vector<CheckProblem> problems_;
  std::map<std::string, std::size_t> reported_;  // by what is wrong
  std::set<DocId> documents_;                    // in order, so that problems are listed in order
  std::unordered_map<DocId, std::string> symbols_;
  std::unordered_map<NodeId, std::string> readable_;
  std::unordered_set<NodeId> derived_, unused_;
  std::unordered_set<NodeId> deleted_;  // derived ones below a tombstone
  snapshot::RowsOfIds created_;
  std::uint64_t supports_ = 0;  // of all derived relationships
  Fingerprint records_;
  Fingerprint stored_;  // what the snapshot must have
};

}  // namespace

std::vector<CheckProblem> CheckStore(const store::State& state,
                                     const snapshot::CommittedView* view) {
  return Checker(state, view).Run();
}

}  // namespace verbale::graph
