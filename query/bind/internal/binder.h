#pragma once

// The binder of one statement. It walks the clauses in order with the scope at that place, and
// each expression with a State that says what may stand there.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "query/bind/bind.h"
#include "query/bind/scope.h"
#include "query/bind/static_type.h"
#include "query/parse/walk.h"

namespace verbale::query {

/// A bound expression with what is known of its type.
struct Typed {
  BoundExprPtr expr;
  StaticType type;
  SlotKind kind = SlotKind::kValue;  ///< Of a plain variable; otherwise kValue.
};

/// What a projection that aggregates, or that is DISTINCT, leaves to be read: the values of its
/// items, each known by its text.
struct Grouping {
  struct Key {
    std::string text;                             ///< Normal form of the item (print.h).
    std::string variable;                         ///< Where the item is a plain variable.
    std::set<std::string, std::less<>> mentions;  ///< All variables in it.
    Variable value;
    bool aggregates = false;
  };
  std::vector<Key> keys;
  /// Aggregates that are there already, by their text.
  std::map<std::string, Variable> aggregates;
  std::vector<BoundAggregate>* out = nullptr;  ///< nullptr: no new aggregates.
  const Scope* before = nullptr;               ///< What the arguments of aggregates read.
  bool behind = false;  ///< In ORDER BY and WHERE, where the projected names can be read.

  const Key* FindText(std::string_view text) const;
  const Key* FindVariable(std::string_view name) const;
  bool Mentions(std::string_view name) const;
};

/// Sets a member for as long as it lives.
template <typename T>
class Setting {
 public:
  Setting(T& member, T value) : member_(member), saved_(std::exchange(member, std::move(value))) {}
  ~Setting() { member_ = std::move(saved_); }
  Setting(const Setting&) = delete;
  Setting& operator=(const Setting&) = delete;

 private:
  T& member_;
  T saved_;
};

class Binder {
 public:
  Binder(const Ast& ast, const BindOptions& options);
  BoundStatement Run();

 private:
  BoundUse BindUse(const UseGraph& use);
  /// What may stand at the place of an expression.
  struct State {
    Grouping* grouping = nullptr;  ///< Of the projection around, where it aggregates.
    bool per_element = false;      ///< Inside a comprehension or the like: no aggregates.
    bool in_aggregate = false;     ///< Inside the arguments of an aggregate.
    bool sorts_aggregate = false;  ///< ORDER BY of an expression with an aggregate inside.
    bool predicate = false;        ///< A truth value is asked for: patterns may stand here.
    bool constant = false;         ///< SKIP and LIMIT: no variables.
  };

  // Names and errors (binder.cc).
  Slot NewSlot(std::string name, SlotKind kind);
  std::string_view TextAt(ByteSpan span) const;
  Error Fault(ByteSpan span, const char* detail, std::string message) const;
  Error Undefined(ByteSpan span, std::string_view name) const;
  Error Ungrouped(ByteSpan span, std::string_view name) const;
  [[noreturn]] void FailBound(const Name& name) const;
  [[noreturn]] void FailType(ByteSpan span, TypeSet wanted, const StaticType& found) const;
  void Warn(const char* code, std::string_view what, std::string_view name, ByteSpan span,
            const std::vector<std::string_view>& known);
  void NoteLabels(const LabelExpr& labels, bool of_relationship);
  void NoteKey(const Name& key);
  void MakeLabels(const LabelExpr& labels);
  /// The statement writes the keys of this map; nullptr, or no literal: keys that nobody knows yet.
  void MakeKeys(const Expr* map);

  // Statements and queries (binder.cc).
  struct Returned {
    std::string name;
    Variable variable;
  };
  /// `call`: the clause whose body it is, or nullptr.
  BoundQuery BindQuery(const Query& query, const SubqueryClause* call);
  BoundSingleQuery BindBranch(const SingleQuery& branch, std::size_t first_clause);
  void AlignUnion(const SingleQuery& branch, const std::vector<Returned>& first,
                  BoundSingleQuery& bound) const;
  BoundSchemaCommand BindSchema(const SchemaCommand& command) const;
  BoundQuery BindShow(const ShowCommand& command);

  // Clauses (clause.cc, call.cc, projection.cc, update.cc).
  void BindClause(const Clause& clause, std::vector<BoundClause>& out);
  BoundMatch Bind(const MatchClause& match);
  BoundUnwind Bind(const UnwindClause& unwind);
  BoundProjection Bind(const ProjectionClause& projection);
  BoundCreate Bind(const CreateClause& create);
  BoundMerge Bind(const MergeClause& merge);
  BoundSet Bind(const SetClause& set);
  void BindRemove(const RemoveClause& remove, ByteSpan span, std::vector<BoundClause>& out);
  BoundDelete Bind(const DeleteClause& clause);
  BoundForeach Bind(const ForeachClause& loop);
  BoundCall Bind(const CallClause& call);
  BoundCallSubquery Bind(const SubqueryClause& call);
  BoundLoadCsv Bind(const LoadCsvClause& load);
  BoundSetItem BindSetItem(const SetItem& item);
  std::vector<BoundSetItem> BindSetItems(const std::vector<SetItem>& items);
  Variable Declare(const Name& name, SlotKind kind, const StaticType& type);

  // Calls (call.cc).
  const ProcedureEntry& FindProcedure(const Name& name) const;
  void BindArguments(const CallClause& call, const ProcedureEntry& entry, BoundCall& bound);
  void BindYields(const CallClause& call, const ProcedureEntry& entry, BoundCall& bound);
  void AddYield(const ProcedureEntry& entry, const Name& field, const Name& alias,
                BoundCall& bound);
  void CheckInTransactions(const SubqueryClause& call) const;
  Scope ImportedScope(const SubqueryClause& call, const SingleQuery& branch,
                      std::size_t& first_clause);

  // Projections (projection.cc).
  struct Item {
    std::string name;
    const Expr* value = nullptr;  ///< nullptr where it comes of a `*`.
    ByteSpan span;
    bool aggregates = false;
    BoundExprPtr bound;
    Variable result;
  };
  std::vector<Item> CollectItems(const ProjectionClause& projection);
  void Finish(Item& item, Typed value);
  Grouping::Key KeyOf(const Item& item) const;
  void BindPlainItems(std::vector<Item>& items);
  void BindGroups(std::vector<Item>& items, Grouping& grouping, BoundProjection& bound);
  void BindAggregates(std::vector<Item>& items, Grouping& grouping);
  void BindBehind(const ProjectionClause& projection, const std::vector<Item>& items,
                  Grouping& grouping, BoundProjection& bound);
  void CheckItems(const ProjectionClause& projection, const std::vector<Item>& items) const;
  BoundExprPtr BindCount(const ExprPtr& expr, std::string_view clause);
  bool HasAggregate(const Expr& expr) const;

  // Patterns of MATCH and of expressions (pattern.cc).
  struct PatternState {
    std::set<Slot> fresh;  ///< Slots that this pattern declares.
    bool may_declare = true;
    std::vector<BoundExprPtr> conditions;  ///< Of the pattern as a whole.
  };
  BoundPattern BindPattern(std::span<const PathPattern> paths, const Expr* where, bool may_declare);
  static BoundExprPtr Conjunction(std::vector<BoundExprPtr> conditions);
  void CheckSelector(const PathPattern& path) const;
  void DeclareElements(const std::vector<PathElement>& elements, PatternState& state);
  void DeclareGroup(const GroupPattern& group, PatternState& state);
  void DeclareInPattern(const Name& name, SlotKind kind, PatternState& state);
  [[noreturn]] void FailNestedGroup(ByteSpan span) const;
  BoundPath BindPath(const PathPattern& path, PatternState& state);
  void BindElements(const std::vector<PathElement>& elements, PatternState& state,
                    BoundPath& bound);
  void BindBracketed(const GroupPattern& group, PatternState& state, BoundPath& bound);
  BoundNode AnonymousNode();
  BoundNode BindNode(const NodePattern& node, PatternState& state);
  BoundRel BindRel(const RelPattern& rel, PatternState& state);
  std::shared_ptr<const BoundGroup> BindGroup(const GroupPattern& pattern,
                                              const PatternState& state);
  std::shared_ptr<const BoundGroup> BindRepeatedRel(const RelPattern& rel,
                                                    const PatternState& state);
  std::set<Slot> SlotsOf(const std::vector<PathElement>& elements) const;
  std::set<Slot> Behind(std::span<const PathPattern> paths, const PatternState& state) const;
  void CheckReadable(ByteSpan span, const Variable& variable) const;
  void ListUnnamed(BoundGroup& group);
  std::vector<BoundProperty> BindProperties(const ExprPtr& properties);

  // Patterns of CREATE and MERGE (update.cc).
  struct Creation {
    bool merges = false;
    Scope::Variables fresh;  ///< What it makes.
  };
  BoundPath BindCreation(const PathPattern& path, Creation& creation);
  BoundNode CreateNode(const NodePattern& node, bool alone, Creation& creation);
  BoundRel CreateRel(const RelPattern& rel, Creation& creation);
  const Variable* FindCreated(const Name& name, const Creation& creation) const;
  Slot DeclareCreated(const Name& name, SlotKind kind, Creation& creation);
  LabelExpr PlainLabels(const LabelExpr& labels) const;
  void CreateProperties(const ExprPtr& properties, bool merges, std::vector<BoundProperty>& list,
                        BoundExprPtr& map);

  // Expressions (expression.cc, expression_forms.cc, function_call.cc).
  Typed BindExpr(const Expr& expr);
  BoundExprPtr BindValue(const Expr& expr) { return BindExpr(expr).expr; }
  /// Where a truth value is asked for: WHERE, AND, NOT …
  BoundExprPtr BindPredicate(const Expr& expr);
  std::optional<Typed> ReadGrouping(const Expr& expr);
  Typed ReadVariable(const Expr& expr, const std::string& name);
  const Variable* FindLocal(std::string_view name) const;
  Typed ReadSlot(ByteSpan span, const Variable& variable) const;
  Typed Bind(const Expr& expr, const LiteralExpr& literal);
  Typed Bind(const Expr& expr, const ParameterExpr& parameter);
  Typed Bind(const Expr& expr, const VariableExpr& variable);
  Typed Bind(const Expr& expr, const PropertyExpr& property);
  Typed Bind(const Expr& expr, const IndexExpr& index);
  Typed Bind(const Expr& expr, const SliceExpr& slice);
  Typed Bind(const Expr& expr, const UnaryExpr& unary);
  Typed Bind(const Expr& expr, const BinaryExpr& binary);
  Typed Bind(const Expr& expr, const LogicExpr& logic);
  Typed Bind(const Expr& expr, const CompareExpr& compare);
  Typed Bind(const Expr& expr, const HasLabelsExpr& has);
  Typed Bind(const Expr& expr, const TypeCheckExpr& check);
  Typed Bind(const Expr& expr, const CallExpr& call);
  Typed Bind(const Expr& expr, const CountStarExpr& count);
  Typed Bind(const Expr& expr, const ListExpr& list);
  Typed Bind(const Expr& expr, const MapExpr& map);
  Typed Bind(const Expr& expr, const MapProjectionExpr& projection);
  Typed Bind(const Expr& expr, const ListComprehensionExpr& comprehension);
  Typed Bind(const Expr& expr, const PatternComprehensionExpr& comprehension);
  Typed Bind(const Expr& expr, const QuantifierExpr& quantifier);
  Typed Bind(const Expr& expr, const ReduceExpr& reduce);
  Typed Bind(const Expr& expr, const CaseSubjectExpr& subject);
  Typed Bind(const Expr& expr, const CaseExpr& choice);
  BoundExprPtr BindCaseTest(const Expr& test, const Typed* subject, bool searched);
  Typed Bind(const Expr& expr, const PatternExpr& pattern);
  Typed Bind(const Expr& expr, const SubqueryExpr& subquery);
  Typed BindBool(const Expr& expr);
  Typed BindList(const Expr& expr);
  Typed BindScalar(const Expr& expr, const CallExpr& call);
  Typed BindExists(const Expr& expr, const CallExpr& call);
  Typed BindAggregate(const Expr& expr, const AggregateFunction* function, bool distinct,
                      const std::vector<ExprPtr>& arguments);
  BoundAggregate AggregateOf(const Expr& expr, const AggregateFunction* function, bool distinct,
                             const std::vector<ExprPtr>& arguments);
  void CheckArgumentCount(const Expr& expr, std::string_view name, std::size_t count,
                          std::size_t least, std::size_t most) const;
  std::shared_ptr<BoundExpr> New(BoundKind kind, const Expr& expr,
                                 std::vector<BoundExprPtr> args = {}) const;
  Typed SubqueryOver(const Expr& expr, SubqueryKind kind, BoundQuery query, TypeSet element);
  BoundQuery QueryOver(BoundPattern pattern, BoundExprPtr value);
  BoundExprPtr BindInside(const ExprPtr& expr, bool predicate, StaticType* type = nullptr);
  Scope ReadableScope() const;

  /// A variable of a comprehension, readable while it lives.
  class Local {
   public:
    Local(Binder& binder, const Name& name, const StaticType& type);
    ~Local() { binder_.locals_.pop_back(); }
    Local(const Local&) = delete;
    Local& operator=(const Local&) = delete;
    Slot slot() const { return slot_; }

   private:
    Binder& binder_;
    Slot slot_;
  };

  /// Sets what a query inside an expression sees, and takes it back.
  class InnerQuery {
   public:
    explicit InnerQuery(Binder& binder);

   private:
    Setting<Scope> scope_;
    Setting<State> state_;
    Setting<std::vector<std::pair<std::string, Variable>>> locals_;
    Setting<std::vector<Returned>> returned_;
    Setting<bool> standalone_;
    Setting<bool> in_predicate_;
  };

  const Ast& ast_;
  const BindOptions& options_;
  BoundStatement out_;
  Scope scope_;
  State state_;
  std::vector<std::pair<std::string, Variable>> locals_;
  /// What the same MATCH finds around or behind the part of it that is being bound, so that there
  /// is no value yet.
  std::set<Slot> beside_;
  std::vector<Typed> case_subjects_;  // Of the CASE expressions around, outermost first.
  /// Names that the statement itself brings into the graph, so far: unknown before, and no slips.
  struct Made {
    std::set<std::string> labels, types, keys;
    bool any_key = false;
  };
  Made made_;
  std::map<std::string, ByteSpan, std::less<>> parameters_;  // Where each is first named.
  std::vector<Returned> returned_;   // Columns of the branch that is being bound.
  bool in_predicate_query_ = false;  // Inside EXISTS, COUNT or COLLECT: nothing may be written.
  std::size_t query_depth_ = 0;      // How many queries are around, each in the next.
  bool in_union_ = false;            // The outermost query has several branches.
  bool standalone_call_ = false;     // The statement is one CALL of a procedure.
};

}  // namespace verbale::query
