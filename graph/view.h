#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/fact.h"
#include "graph/ids.h"
#include "graph/value.h"

namespace verbale::graph {

/// From which end a relationship is looked at.
enum class Direction : std::uint8_t { kOut, kIn };

/// Names and their numbers. Grows, never shrinks; numbers are dense from 0 in order of arrival.
class Catalog {
 public:
  virtual ~Catalog() = default;

  virtual std::optional<LabelId> FindLabel(std::string_view name) const = 0;
  virtual std::optional<TypeId> FindType(std::string_view name) const = 0;
  virtual std::optional<KeyId> FindKey(std::string_view name) const = 0;
  virtual std::string_view LabelName(LabelId id) const = 0;
  virtual std::string_view TypeName(TypeId id) const = 0;
  virtual std::string_view KeyName(KeyId id) const = 0;
  virtual std::uint32_t LabelCount() const = 0;
  virtual std::uint32_t TypeCount() const = 0;
  virtual std::uint32_t KeyCount() const = 0;
};

/// All names of a kind by number, borrowed from the catalog.
std::vector<std::string_view> LabelNames(const Catalog& catalog);
std::vector<std::string_view> TypeNames(const Catalog& catalog);
std::vector<std::string_view> KeyNames(const Catalog& catalog);

/// The relationships of one type at one node in one direction, ordered by neighbour number, then by
/// relationship number. Borrowed from the View; lives until the View ends or, in a Transaction,
/// until the next write.
struct Adjacency {
  std::span<const NodeNo> nodes;  ///< The other ends; a loop stands in both directions.
  const RelNo* rels = nullptr;    ///< Beside `nodes`; nullptr: consecutive from `first`.
  RelNo first;

  std::size_t size() const { return nodes.size(); }
  RelNo rel(std::size_t i) const {
    return rels ? rels[i] : RelNo{first.value + static_cast<std::uint32_t>(i)};
  }
};

/// How many relationships of one type a node has in one direction.
struct ChangedDegree {
  NodeNo node;
  std::uint32_t degree = 0;
};
/// Of the nodes whose number divided by kChangedDegreePage is the same. Ascending by node.
using ChangedDegreePage = std::span<const ChangedDegree>;
constexpr std::uint32_t kChangedDegreePage = 4096;

class View;

/// The relationships of one type in one direction at all nodes, for looking at many nodes without a
/// call for each. What was written lately is asked for node by node, behind the same questions.
/// Borrowed from the View like Adjacency.
class AdjacencyTable {
 public:
  AdjacencyTable() = default;
  /// Everything is asked of `view`.
  AdjacencyTable(const View& view, Direction direction, TypeId type)
      : view_(&view), direction_(direction), type_(type), asks_always_(true) {}

  /// Flat arrays: the entries of node `first + i` are [starts[i], starts[i + 1]).
  struct Arrays {
    std::uint32_t first = 0;
    std::span<const std::uint32_t> starts;
    const NodeNo* nodes = nullptr;
    const RelNo* rels = nullptr;  ///< nullptr: consecutive from `first_rel`.
    RelNo first_rel;
    std::span<const std::uint64_t> changed;  ///< A bit a node: ask the View. May be short.
    std::span<const ChangedDegreePage> changed_degrees;  ///< Of those nodes. May be short.
  };
  AdjacencyTable(const View& view, Direction direction, TypeId type, const Arrays& arrays)
      : view_(&view), direction_(direction), type_(type), arrays_(arrays) {}

  Adjacency Of(NodeNo node) const {
    if (IsChanged(node)) [[unlikely]]
      return Ask(node);
    const std::uint32_t i = node.value - arrays_.first;  // Wraps below, and so is too large.
    if (i + std::size_t{1} >= arrays_.starts.size()) return {};
    const std::uint32_t begin = arrays_.starts[i];
    return {{arrays_.nodes + begin, arrays_.starts[i + 1] - begin},
            arrays_.rels ? arrays_.rels + begin : nullptr,
            RelNo{arrays_.first_rel.value + begin}};
  }
  std::uint32_t Degree(NodeNo node) const {
    if (IsChanged(node)) [[unlikely]]
      return static_cast<std::uint32_t>(Ask(node).size());
    const std::uint32_t i = node.value - arrays_.first;
    if (i + std::size_t{1} >= arrays_.starts.size()) return 0;
    return arrays_.starts[i + 1] - arrays_.starts[i];
  }
  /// Degrees of node `first` and those that follow it, as many as there is room for.
  void Degrees(NodeNo first, std::span<std::uint32_t> out) const;
  /// The arrays of nodes [first, first + count) alone, where they have all relationships of those;
  /// nullopt where something was written at one of them.
  std::optional<Arrays> Part(NodeNo first, std::uint32_t count) const;

 private:
  bool IsChanged(NodeNo node) const {
    const std::size_t word = node.value >> 6;
    if (word < arrays_.changed.size()) return arrays_.changed[word] >> (node.value & 63) & 1;
    return asks_always_;
  }
  Adjacency Ask(NodeNo node) const;

  const View* view_ = nullptr;
  Direction direction_ = Direction::kOut;
  TypeId type_;
  bool asks_always_ = false;
  Arrays arrays_;
};

/// Ends and type of a relationship.
struct RelEnds {
  NodeNo source;
  NodeNo target;
  TypeId type;
};

/// One property of many nodes or relationships, as compactly as the layout has it. Reused between
/// calls: whoever fills it calls Reset first.
struct PropertyVector {
  enum class Kind : std::uint8_t {
    kValues,      ///< `values`
    kInts,        ///< `ints`, `valid`
    kDoubles,     ///< `doubles`, `valid`
    kDictionary,  ///< `codes` into `dictionary`, `valid`: a string or boolean stands there once
  };

  Kind kind = Kind::kValues;
  std::vector<Value> values;
  std::vector<std::int64_t> ints;
  std::vector<double> doubles;
  std::vector<std::uint32_t> codes;
  std::span<const Value> dictionary;  ///< Borrowed from the View.
  /// 1 where the property is there; empty where it is everywhere. Unused with kValues.
  std::vector<std::uint8_t> valid;

  void Reset(Kind k) {
    kind = k;
    values.clear(), ints.clear(), doubles.clear(), codes.clear(), valid.clear();
    dictionary = {};
  }
  /// The i-th one as a Value; null where it is absent.
  Value At(std::size_t i) const;
};

/// One property of consecutively numbered nodes or relationships as the layout has it: each of them
/// has a value, and of none was one written since. Borrowed from the View.
struct PackedProperty {
  unsigned width = 0;          ///< Bytes of each distance: 1, 2, 4, 8; 0 where all are 0.
  const void* data = nullptr;  ///< Distances from `base`, unsigned; codes have 4 bytes.
  std::int64_t base = 0;
  /// Where there is one, `data` are codes into it. Entries may be null that Properties was never
  /// asked for.
  std::span<const Value> dictionary;
};

/// What an index or constraint covers.
enum class SchemaKind : std::uint8_t { kIndex = 0, kUnique = 1, kExists = 2, kType = 3 };
/// An index or a constraint.
struct SchemaItem {
  std::string name;
  SchemaKind kind = SchemaKind::kIndex;
  bool on_relationship = false;
  std::string label;              ///< Label, or relationship type.
  std::vector<std::string> keys;  ///< At least one.
  std::string value_type;         ///< kType only: "STRING", "INTEGER", …
};

/// One state of the graph, from first read to last: what the query engine reads, and all it reads.
///
/// Numbers (NodeNo, RelNo) are dense and belong to this View. Numbers of deleted things stay unused
/// holes. A View is immutable and may be used by any number of threads, except that a Transaction
/// is a View that its one owner changes. Spans are borrowed from the View.
class View {
 public:
  virtual ~View() = default;

  virtual const Catalog& catalog() const = 0;

  // Counts, for planning and for answering count(*) without walking.
  virtual std::uint64_t NodeCount() const = 0;
  virtual std::uint64_t NodeCount(LabelId label) const = 0;
  virtual std::uint64_t RelCount() const = 0;
  virtual std::uint64_t RelCount(TypeId type) const = 0;

  // Nodes.
  virtual std::uint32_t NodeLimit() const = 0;  ///< All node numbers are below.
  virtual bool Exists(NodeNo node) const = 0;
  /// Fills `out` with existing nodes numbered `from` or above, ascending, that have `label` (any
  /// node where nullopt). Returns how many; fewer than out.size() means there are no more.
  virtual std::size_t ScanNodes(std::optional<LabelId> label, NodeNo from,
                                std::span<NodeNo> out) const = 0;
  virtual bool HasLabel(NodeNo node, LabelId label) const = 0;
  /// Ascending by LabelId. Callers that show them sort by name.
  virtual std::vector<LabelId> Labels(NodeNo node) const = 0;
  virtual NodeId Id(NodeNo node) const = 0;
  virtual std::optional<NodeNo> Find(NodeId id) const = 0;
  virtual Value Property(NodeNo node, KeyId key) const = 0;
  /// kNoNode among them has no property.
  virtual void Properties(std::span<const NodeNo> nodes, KeyId key, PropertyVector& out) const = 0;
  /// Of nodes [first, first + count), at least one; nullopt where it does not lie like that.
  virtual std::optional<PackedProperty> Packed(NodeNo first, std::uint32_t count,
                                               KeyId key) const = 0;
  /// All properties that the node has, ascending by KeyId, none of them null.
  virtual std::vector<std::pair<KeyId, Value>> Properties(NodeNo node) const = 0;

  // Relationships.
  virtual std::uint32_t RelLimit() const = 0;
  virtual bool Exists(RelNo rel) const = 0;
  virtual Adjacency Neighbours(NodeNo node, Direction direction, TypeId type) const = 0;
  /// The same for all nodes. Of a Transaction it lives as long, too: until the next write.
  virtual AdjacencyTable Table(Direction direction, TypeId type) const = 0;
  virtual RelEnds Ends(RelNo rel) const = 0;
  /// Fills `out` with existing relationships of `type` numbered `from` or above, ascending. Returns
  /// how many; fewer than out.size() means there are no more.
  virtual std::size_t ScanRels(TypeId type, RelNo from, std::span<RelNo> out) const = 0;
  /// The nodes from which (kOut) or to which (kIn) `rels` lead, one each.
  virtual void NodesOf(std::span<const RelNo> rels, Direction direction,
                       std::span<NodeNo> out) const = 0;
  /// Whether all relationships of `type` lead from (kOut) or to (kIn) nodes that have `label`.
  /// False also where that would take long to find out.
  virtual bool AllHaveLabel(TypeId type, Direction direction, LabelId label) const = 0;
  /// Whether some relationship of `type` may lead from a node to itself.
  virtual bool MayHaveLoops(TypeId type) const = 0;
  virtual RelId Id(RelNo rel) const = 0;
  virtual std::optional<RelNo> Find(RelId id) const = 0;
  virtual Value Property(RelNo rel, KeyId key) const = 0;
  virtual void Properties(std::span<const RelNo> rels, KeyId key, PropertyVector& out) const = 0;
  virtual std::optional<PackedProperty> Packed(RelNo first, std::uint32_t count,
                                               KeyId key) const = 0;
  virtual std::vector<std::pair<KeyId, Value>> Properties(RelNo rel) const = 0;

  // Evidence of a relationship, strongest first (asserted, then earlier date, then document,
  // offset). Manual relationships have none.
  virtual std::uint32_t Support(RelNo rel) const = 0;
  virtual std::vector<EvidenceRecord> Evidence(RelNo rel) const = 0;

  // Schema.
  virtual std::vector<SchemaItem> Schema() const = 0;
  /// Nodes with `label` whose `key` equals `value` (openCypher `=`), ascending; nullopt where no
  /// index covers it, and the caller scans.
  virtual std::optional<std::vector<NodeNo>> Lookup(LabelId label, KeyId key,
                                                    const Value& value) const = 0;
};

inline Adjacency AdjacencyTable::Ask(NodeNo node) const {
  return view_ ? view_->Neighbours(node, direction_, type_) : Adjacency();
}

/// Calls `visit` with spans of existing nodes, ascending, that have `label` (any node where
/// nullopt).
template <typename Visit>
void VisitNodes(const View& view, std::optional<LabelId> label, const Visit& visit) {
  std::vector<NodeNo> nodes(4096);
  for (NodeNo from{0};; from = NodeNo{nodes.back().value + 1}) {
    const std::size_t count = view.ScanNodes(label, from, nodes);
    visit(std::span<const NodeNo>(nodes).first(count));
    if (count < nodes.size()) return;
  }
}

/// The labels of a node, sorted by name. Borrowed from the catalog.
std::vector<std::string_view> LabelNames(const View& view, NodeNo node);

/// What a statement changed, as openCypher counts it.
struct WriteCounts {
  std::uint64_t nodes_created = 0;
  std::uint64_t nodes_deleted = 0;
  std::uint64_t relationships_created = 0;
  std::uint64_t relationships_deleted = 0;
  std::uint64_t properties_set = 0;
  std::uint64_t labels_added = 0;
  std::uint64_t labels_removed = 0;
  std::uint64_t indexes_added = 0;
  std::uint64_t indexes_removed = 0;
  std::uint64_t constraints_added = 0;
  std::uint64_t constraints_removed = 0;
};

/// The one writer. Reads see its own writes at once; others see them after Commit. Writes go to the
/// manual layer. Destroyed without Commit, it leaves nothing behind. One thread.
class Transaction : public View {
 public:
  // Names are made where they are new.
  virtual LabelId Label(std::string_view name) = 0;
  virtual TypeId Type(std::string_view name) = 0;
  virtual KeyId Key(std::string_view name) = 0;

  virtual NodeNo CreateNode(std::span<const LabelId> labels) = 0;
  virtual RelNo CreateRel(NodeNo source, TypeId type, NodeNo target) = 0;
  /// Null removes. Throws Error(kInvalidArgument) for what cannot be a property: a map, a node, a
  /// list of lists (openCypher 9, property types).
  virtual void Set(NodeNo node, KeyId key, const Value& value) = 0;
  virtual void Set(RelNo rel, KeyId key, const Value& value) = 0;
  /// False where there was nothing to change.
  virtual bool AddLabel(NodeNo node, LabelId label) = 0;
  virtual bool RemoveLabel(NodeNo node, LabelId label) = 0;
  virtual void Delete(RelNo rel) = 0;
  /// The node may still have relationships until Commit, which throws Error(kInvalidArgument)
  /// (DeleteConnectedNode) where it then does.
  virtual void Delete(NodeNo node) = 0;
  virtual bool IsConnected(NodeNo node) const = 0;

  virtual void CreateSchema(const SchemaItem& item) = 0;
  virtual void DropSchema(std::string_view name) = 0;

  /// A mark to which a failed statement rolls back, in a transaction of several statements.
  virtual std::size_t Savepoint() = 0;
  /// Marks that were made later are gone afterwards; this one stays.
  virtual void RollbackTo(std::size_t savepoint) = 0;
  /// Forgets the mark and those made later; what was written since stays. For a statement that
  /// ended well: each mark holds on to what was overwritten since.
  virtual void Release(std::size_t savepoint) = 0;

  /// Constraints are checked, then one durable batch. The Transaction is over afterwards, also when
  /// this throws.
  virtual void Commit() = 0;
  /// Makes durable what was written so far, as Commit does, and goes on: numbers of nodes and
  /// relationships stay, savepoints are forgotten. The Transaction is over when this throws.
  virtual void CommitSoFar() = 0;
};

}  // namespace verbale::graph
