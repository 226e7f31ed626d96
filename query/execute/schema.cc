// CREATE and DROP of indexes and constraints.

#include <algorithm>

#include "query/execute/operators.h"

namespace verbale::query {
namespace {

class SchemaOperator : public Operator {
 public:
  explicit SchemaOperator(const LogicalSchema& op) : command_(op.command) {}

 protected:
  bool DoNext(Batch&) override {
    if (command_.drop) {
      Drop();
    } else {
      Create();
    }
    return false;
  }

 private:
  void Drop() {
    const std::vector<graph::SchemaItem> items = view().Schema();
    const auto found = std::find_if(items.begin(), items.end(), [this](const auto& item) {
      return item.name == command_.item.name &&
             (item.kind != graph::SchemaKind::kIndex) == command_.is_constraint;
    });
    if (found == items.end()) {
      if (command_.if_absent_or_present) return;
      throw Error(ErrorCode::kNotFound, std::string("there is no ") +
                                            (command_.is_constraint ? "constraint" : "index") +
                                            " named " + command_.item.name);
    }
    ctx().transaction().DropSchema(command_.item.name);
    ++(command_.is_constraint ? ctx().counts.constraints_removed : ctx().counts.indexes_removed);
  }

  void Create() {
    graph::SchemaItem item = command_.item;
    if (item.name.empty()) item.name = DefaultName(item);
    for (const graph::SchemaItem& other : view().Schema()) {
      const bool same = other.kind == item.kind && other.label == item.label &&
                        other.keys == item.keys && other.on_relationship == item.on_relationship;
      if (!same && other.name != item.name) continue;
      if (command_.if_absent_or_present) return;
      throw Error(ErrorCode::kAlreadyExists, "there is such an index or constraint: " + other.name);
    }
    ctx().transaction().CreateSchema(item);
    ++(command_.is_constraint ? ctx().counts.constraints_added : ctx().counts.indexes_added);
  }

  static std::string DefaultName(const graph::SchemaItem& item) {
    static constexpr std::string_view kPrefixes[] = {"index", "unique", "exists", "type"};
    std::string name(kPrefixes[static_cast<std::size_t>(item.kind)]);
    name += "_" + item.label;
    for (const std::string& key : item.keys) name += "_" + key;
    return name;
  }

  BoundSchemaCommand command_;
};

}  // namespace

OperatorPtr MakeSchema(const LogicalSchema& op) { return std::make_unique<SchemaOperator>(op); }

}  // namespace verbale::query
