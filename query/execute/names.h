#pragma once

// Names of labels, types and keys against the catalog of the running statement. A name that is not
// there yet may appear while the statement writes, so it is looked up again until it is found.

#include <optional>
#include <string>
#include <vector>

#include "query/bind/bound.h"
#include "query/execute/context.h"

namespace verbale::query {

/// A property key.
class KeyName {
 public:
  explicit KeyName(std::string name) : name_(std::move(name)) {}
  const std::string& name() const { return name_; }
  void Forget() { id_.reset(); }
  std::optional<graph::KeyId> Find(const graph::View& view) {
    if (!id_) id_ = view.catalog().FindKey(name_);
    return id_;
  }

 private:
  std::string name_;
  std::optional<graph::KeyId> id_;
};

/// A condition over the labels of a node or the type of a relationship.
class LabelCondition {
 public:
  explicit LabelCondition(const LabelExpr& expr);

  void Forget();
  bool HoldsFor(const graph::View& view, graph::NodeNo node);
  bool HoldsFor(const graph::View& view, graph::TypeId type) const;

 private:
  LabelOp op_;
  std::string name_;
  std::optional<graph::LabelId> label_;  ///< Of `name_`, once it was found.
  std::vector<LabelCondition> operands_;
};

/// Whether nodes have one label. After many questions it asks the View once for all of them and
/// answers from marks; a statement that writes always asks the View.
class LabelTest {
 public:
  explicit LabelTest(std::optional<std::string> name) : name_(std::move(name)) {}

  bool is_set() const { return name_.has_value(); }
  void Open(const ExecContext& ctx);
  bool Holds(graph::NodeNo node) {
    if (!marks_.empty()) return marks_[node.value];
    return Ask(node);
  }

 private:
  static constexpr std::uint32_t kManyAsked = 4096;

  bool Ask(graph::NodeNo node);
  void Mark();

  std::optional<std::string> name_;
  const ExecContext* ctx_ = nullptr;
  std::optional<graph::LabelId> label_;
  std::uint32_t asked_ = 0;
  std::vector<bool> marks_;
};

/// The relationship types that a pattern allows.
class TypeFilter {
 public:
  explicit TypeFilter(const std::optional<LabelExpr>& types);

  /// Ascending; as of now: types may have been added since the last call.
  const std::vector<graph::TypeId>& Resolve(const graph::View& view);
  void Forget() { known_ = kNever; }
  bool Has(const graph::View& view, graph::TypeId type);

 private:
  static constexpr std::uint32_t kNever = 0xFFFFFFFF;

  std::optional<LabelCondition> condition_;
  std::uint32_t known_ = kNever;
  std::vector<graph::TypeId> types_;
};

}  // namespace verbale::query
