#pragma once

// The second door of extract/: packs and rules as software that is tested, measured and explained.
// Everything here runs the one engine behind Reader; nothing reads sentences in a way of its own.

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/extract.h"

namespace verbale::extract {

// ---- The examples beside the rules.

/// What became of an example.
enum class Outcome : std::uint8_t {
  kReported,   ///< Facts were expected and found.
  kValidated,  ///< Nothing was expected, nothing found.
  kMissing,    ///< Expected, not found.
  kNoisy,      ///< Found, not expected.
  kWrong,      ///< Found with another attribute or modality.
  kTodo,       ///< Known not to be met.
  kFixedTodo,  ///< Is met now: its `todo` has to go.
};

/// "reported", "fixed-todo", …
std::string_view Name(Outcome outcome);
/// Missing, noisy, wrong, fixed-todo.
bool IsFailure(Outcome outcome);

/// One example with what became of it.
struct ExampleResult {
  std::string rule, relation, file;
  std::size_t line = 0;
  std::string text, lead_in, author, todo;
  Outcome outcome = Outcome::kReported;
  std::vector<std::string> problems;  ///< One line each: "missing: Canada RATIFIED …".
};

/// A rule with fewer than two examples of either kind.
struct LackingRule {
  std::string rule, file;
  std::size_t line = 0;
  std::size_t positive = 0, negative = 0;
};

/// What a run of the examples came to.
struct RuleTestReport {
  std::vector<ExampleResult> examples;  ///< By rule id, then as they stand in the file.
  std::vector<LackingRule> lacking;

  bool Passed() const;
};

/// Runs the examples of the rules whose id has a match for the RE2 `filter` (empty: of all).
/// Error(kInvalidArgument) for a filter that is none.
RuleTestReport TestRules(const std::shared_ptr<const Pack>& pack, const std::string& filter);

/// One rule in a list of them.
struct RuleSummary {
  std::string id, relation, note, file;
  std::size_t line = 0;
  std::size_t patterns = 0, guards = 0, examples = 0;
};
std::vector<RuleSummary> ListRules(const Pack& pack);

// ---- What was read against what people wrote down.

/// A fact that a person found, as the files of annotated facts have it (docs/rules.md).
struct GoldFact {
  std::string document, section, subject, relation, object, object_label;
  std::string object_surface;  ///< As the text calls the object; may be empty.
  std::string sentence;
  bool debatable = false;  ///< Counts neither for nor against.
};

/// A fact that a careless reader would find in the sentence, and that it does not state.
struct Trap {
  std::string document, section, sentence, subject, relation, object, why;
};

/// An asserted fact as it was read.
struct PredictedFact {
  std::string document, section, subject, relation, object, sentence, rule;
};

/// Counts over one relation, or a class of them. A prediction is right where it finds a gold fact,
/// debatable ones too; a gold fact is found where a prediction does.
struct Score {
  std::string name;
  std::size_t gold = 0, found = 0, predicted = 0, right = 0;

  double Precision() const;
  double Recall() const;
  double F1() const;
};

/// What the comparison came to.
struct Evaluation {
  std::vector<Score> relations;          ///< Sorted by name.
  Score closed, open, all;               ///< `closed` is without the documents' own relation.
  std::vector<PredictedFact> predicted;  ///< In sections that the gold covers, each once.
  std::vector<bool> is_right;            ///< Of each of `predicted`.
  std::vector<GoldFact> misses;
  std::vector<PredictedFact> wrong;
  std::size_t traps = 0;
  std::vector<std::pair<Trap, PredictedFact>> sprung;
};

/// JSON Lines. Error(kSyntax) with file and line.
std::vector<GoldFact> ReadGold(std::istream& in, const std::string& file);
std::vector<Trap> ReadTraps(std::istream& in, const std::string& file);
/// Appends the asserted facts of a document.
void AddPredictions(const graph::DocumentFacts& facts, std::vector<PredictedFact>& predicted);
Evaluation Evaluate(const Pack& pack, std::span<const GoldFact> gold, std::span<const Trap> traps,
                    std::span<const PredictedFact> predicted);

// ---- Why a fact was not read.

/// One thing of a pack changed.
struct PackChange {
  enum class Kind : std::uint8_t {
    kDropPattern,     ///< `index` of rule `target`.
    kReplacePattern,  ///< `index` of rule `target` by `text`.
    kAddPattern,      ///< `text` to rule `target`.
    kDropGuard,       ///< `unless` number `index` of rule `target`.
    kDropCondition,   ///< Of rule `target` the `where` called `text`.
    kAddWord,         ///< `text` to the fragment `target`, "verb:ratify".
    kAddName,         ///< `text` to the gazetteer of label `target`.
  };
  Kind kind = Kind::kAddPattern;
  std::string target;
  std::size_t index = 0;
  std::string text;
};

/// What kept a sentence from stating a fact; the nearest to a fact first.
enum class Obstacle : std::uint8_t {
  kStated,        ///< It does state it.
  kModality,      ///< It is a reading that is not asserted.
  kGuard,         ///< A rule matched, and its `unless` ruled it out.
  kStopped,       ///< A rule matched, and a condition of it did not hold.
  kOtherSubject,  ///< A rule matched, and somebody else is the subject.
  kQualifier,     ///< The name only qualifies another noun: "the NATO Centre".
  kNoRule,        ///< Both are there, and no rule of the relation matched between them.
  kSlotType,      ///< The relation takes no object of that label.
  kOverlap,       ///< The name is part of a longer one.
  kNoMention,     ///< The words are there and name nothing.
};

/// "modality", "no rule", …
std::string_view Name(Obstacle obstacle);

/// A sentence that comes near.
struct Attempt {
  std::string section, sentence;
  ByteSpan span;
  Obstacle obstacle = Obstacle::kNoMention;
  std::string why;     ///< For people, one line.
  std::string rule;    ///< The rule that came nearest; may be empty.
  std::string change;  ///< The smallest change that was found to let it through; may be empty.
  std::optional<PackChange> edit;  ///< The same, to apply.
};

/// How WhyNot() searches.
struct WhyNotOptions {
  std::size_t limit = 5;     ///< At most so many attempts.
  bool find_changes = true;  ///< Costs a compiled pack for each change that is tried.
};

/// `pack` with one thing changed, to read with; what lists its rules lists them as they are
/// written. Error where the change makes it no pack.
std::shared_ptr<const Pack> Changed(const Pack& pack, const PackChange& change);

/// Why none of the sentences, or which of them, states that `subject` `relation` `object`. Nearest
/// first. Changes are tried out, and only those that work are told.
/// Error(kNotFound) for a relation that the pack does not have.
std::vector<Attempt> WhyNot(const Pack& pack, std::span<const SentenceTrace> traces,
                            const std::string& subject, const std::string& relation,
                            const std::string& object, const WhyNotOptions& options);

/// What was read from one document, and how.
struct TracedDocument {
  graph::DocumentFacts facts;
  std::vector<SentenceTrace> traces;
};

/// Error(kNotFound), with the nearest name, where neither a gazetteer nor a sentence has this one.
void CheckIsNamed(const Pack& pack, std::span<const TracedDocument> documents,
                  const std::string& name);

// ---- Rules measured.

/// One rule over some documents.
struct RuleStats {
  std::string rule;
  std::size_t matches = 0;            ///< Candidates that nothing stopped.
  std::size_t unique = 0;             ///< Facts that no other rule read.
  std::size_t judged = 0, right = 0;  ///< Predictions in sections that the gold covers.
  double time = 0;                    ///< Share of the time of all rules, 0 to 1.
  /// Patterns that never matched, and words of the others' alternatives that stood in no match.
  std::vector<std::string> silent;
};

/// By rule id. `evaluation` may be nullptr.
std::vector<RuleStats> MeasureRules(const Pack& pack, std::span<const TracedDocument> documents,
                                    const Evaluation* evaluation);

/// What a set of mutants came to.
struct MutationReport {
  std::size_t mutants = 0;
  std::size_t noticed = 0;
  std::size_t broken = 0;              ///< Of `noticed`: changed packs that do not even load.
  std::vector<std::string> survivors;  ///< One line each.
};

/// How Mutate() works.
struct MutationOptions {
  std::string filter;    ///< Only rules whose id this RE2 matches; empty: all.
  unsigned threads = 1;  ///< The report does not depend on it.
  std::function<void(std::size_t done, std::size_t all)> progress;  ///< May be empty.
};

/// Changes one thing of one rule at a time (each pattern, guard, condition, option and alternative
/// dropped, each slot widened by the label that its own are most easily taken for) and sees whether
/// an example or, where `gold` is not empty, a fact of the gold in `sources` notices.
MutationReport Mutate(const std::shared_ptr<const Pack>& pack, std::span<const Source> sources,
                      std::span<const GoldFact> gold, const MutationOptions& options);

/// Something that a pack's author may want to add.
struct Suggestion {
  std::string what;  ///< A name with its label, or a verb.
  std::size_t count = 0;
  std::string context;  ///< The first sentence.
};

/// Lists for the author of a pack.
struct Suggestions {
  /// Have a word with a capital, stood in a slot, and are in no gazetteer.
  std::vector<Suggestion> names;
  /// Between somebody who acts and something that a relation takes, in a sentence in which no rule
  /// matched.
  std::vector<Suggestion> verbs;
};

/// Most frequent first.
Suggestions Suggest(const Pack& pack, std::span<const TracedDocument> documents);

}  // namespace verbale::extract
