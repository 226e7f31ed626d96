#pragma once

// A pack as it was written, checked but not compiled. Plain values that every stage reads; nothing
// here knows the form of the files.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/text/document.h"
#include "graph/fact.h"

namespace verbale::extract {

/// One entry of a gazetteer.
struct NameEntry {
  std::string label;
  std::string name;
  std::vector<std::string> aliases;     ///< With `official` and `former`; any capitalisation rules
                                        ///< of NameIndex apply.
  std::vector<std::string> acronyms;    ///< Exactly so, case included.
  std::vector<std::string> adjectives;  ///< "Canadian": names the entity, never as a head.
  bool case_sensitive = false;          ///< Aliases, too, exactly so.
  std::string of;                       ///< Name of the entity that it acts or stands for.
  graph::Attributes properties;         ///< iso2, iso3, …
};

/// A common noun that makes a capitalised or descriptive phrase an entity of `label`.
struct HeadNoun {
  std::string lemma;
  std::string label;
};

/// Words of the language by what they do in a sentence. Keys are lower-case; several words are
/// joined by one space.
struct Lexicon {
  /// Class → words. Classes: determiner, possessive, pronoun, preposition, conjunction,
  /// subordinator, conditional, relative, adverb, negation, including, adjective, quantifier,
  /// month, reporting, recommending, naming, definite, author_pronoun, weak_pronoun, …
  std::map<std::string, std::vector<std::string>> words;
  /// Modal verbs with what they make of a statement.
  std::vector<std::pair<std::string, graph::Modality>> modals;
  /// Lemma of a verb that takes "to …" or "…ing", and what it makes of the second verb.
  std::vector<std::pair<std::string, graph::Modality>> catenatives;
  /// Adverb, and what it makes of its verb: "almost".
  std::vector<std::pair<std::string, graph::Modality>> manners;
  /// Verb, noun or adjective, and what it makes of the clause with "that" behind it: "doubt".
  std::vector<std::pair<std::string, graph::Modality>> that_clauses;
  /// Verbs: the lemma, and for irregular ones the third person, past, participle, -ing form.
  std::vector<std::vector<std::string>> verbs;
};

/// A named set of words for patterns: `<verb:ratify>`, `<noun:member>`.
struct Fragment {
  std::string kind;  ///< "verb" or "noun".
  std::string name;
  std::vector<std::string> words;  ///< Lemmas.
  std::size_t offset = 0;
};

/// A fact that an example expects.
struct ExpectedFact {
  std::string subject, relation, object;
  graph::Attributes attributes;  ///< Those that must be so; others may be there.
  graph::Modality modality = graph::Modality::kAsserted;
};

struct RuleExample {
  std::string text;
  std::string lead_in;  ///< The text is a list item under it.
  std::string author = "Canada";
  std::vector<ExpectedFact> expect;
  std::string todo;  ///< Why it is not met yet; empty where it must be.
  std::string file;
  std::size_t line = 0;
};

/// One way in which English says one relation.
struct Rule {
  std::string id;        ///< "ratified.active"
  std::string relation;  ///< "RATIFIED"
  std::string note;      ///< What it is for and what it must not take.
  std::vector<std::string> patterns;
  std::vector<std::size_t> pattern_offsets;  ///< In the file, for errors.
  bool item_only = false;   ///< Only at the start of a list item or of a nominal sentence.
  bool main_only = false;   ///< Not in a relative clause: "the fund that was founded".
  bool named_only = false;  ///< Not for an object that has a common noun only: "a workshop".
  bool described = false;   ///< With named_only: or for what is told apart by what is said of it.
  bool of_clause = false;   ///< Says it in passing of the subject of the clause, whatever that will
                            ///< or should do: "as a member of A, we shall …".
  bool told =
      false;  ///< A noun that is as real as the verb that governs it: "hopes for our accession".
  bool home_only = false;    ///< In a speech only where something says that it was done at home.
  bool author_only = false;  ///< Only of the author: "we and B concluded an agreement".
  bool committed = false;    ///< Of what one is committed to do: that one stands by it is a fact.
  bool ended = false;        ///< Says that it is so no longer: "A left B".
  bool anyway = false;       ///< Holds whatever the verb makes of it: "A must end its occupation".
  std::vector<std::string> unless;  ///< RE2 patterns over the folded sentence that rule it out.
  std::vector<std::string> only;    ///< The same, of which one must be found; empty: anything.
  std::vector<std::string> from;    ///< Labels of who does it, as the relation says.
  graph::Attributes attributes;     ///< Fixed ones: status: adopted.
  /// Attribute → (word in the match → value): role: {founding: founder}.
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> word_attributes;
  std::vector<RuleExample> examples;
  std::string file;
  std::size_t line = 0;
};

/// What `where` of a rule may say.
struct RulePlace {
  std::string_view name;
  bool Rule::*flag;
  std::string_view meaning;
};
inline constexpr RulePlace kRulePlaces[] = {
    {"item", &Rule::item_only, "only at the start of a list item"},
    {"main", &Rule::main_only, "not in a relative clause"},
    {"named", &Rule::named_only, "only of what has a name of its own"},
    {"described", &Rule::described, "or is told apart by what is said of it"},
    {"clause", &Rule::of_clause, "said in passing of the subject of the clause"},
    {"told", &Rule::told, "as real as the verb that governs it"},
    {"committed", &Rule::committed, "of what one is committed to do"},
    {"home", &Rule::home_only, "in a speech only where something says that it was done at home"},
    {"anyway", &Rule::anyway, "whatever the verb makes of it"},
    {"author", &Rule::author_only, "only of the author"},
    {"ended", &Rule::ended, "it is so no longer"},
};

/// Entities that have numbers instead of names: resolutions, laws.
struct PatternEntity {
  std::string label;    ///< A label, or "law" for what becomes an attribute.
  std::string pattern;  ///< RE2 over the sentence.
  std::string name;     ///< Canonical name; \\1 stands for the first group.
  std::string series;   ///< RE2, as far as it goes of what may follow: "resolutions 5 and 6".
};

/// What a relation may join.
struct RelationSignature {
  std::string name;
  std::vector<std::string> from, to;
};

/// Relations and labels of what a document itself says.
struct DocumentRelations {
  std::string document_label, section_label;  ///< Document, Reply
  std::string submitted, in, mentions;        ///< Empty: not made.
};

/// How what was read is compared with what a person wrote down.
struct EvaluationTerms {
  std::vector<std::string> open_relations;  ///< Their objects need only share most of their words.
  std::vector<std::string> open_labels;     ///< Likewise objects with these labels.
};

/// A word of a pack's file, with its place there.
struct PlacedWord {
  std::string text, file;
  std::size_t offset = 0;  ///< Of the word, or of what it stands in.
};

/// What a pack speaks of, and must be known somewhere; but for what rules ask for.
struct UsedWords {
  std::vector<PlacedWord> labels, relations;
  std::vector<PlacedWord> names;  ///< In any form that a gazetteer has.
  std::vector<PlacedWord> verbs;  ///< Of fragments.
};

/// A pack with those that it extends, in one.
struct PackData {
  std::string name, version, title;
  std::string hash;
  std::vector<RelationSignature> relations;
  Structure structure;
  DocumentRelations document;
  EvaluationTerms evaluation;
  std::vector<std::string> recommending_headings;  ///< Words in a heading after which items are
                                                   ///< proposals.
  std::vector<std::string> actor_nouns;    ///< Heads of phrases that act for a section's author.
  std::vector<std::string> actor_labels;   ///< "State": labels of who acts.
  std::vector<std::string> acting_labels;  ///< "Body": labels of what acts for the author.
  /// "the Union's strategy": labels of those beside actors that have such things, and of the
  /// things.
  std::vector<std::string> owner_labels, owned_labels;
  std::vector<std::string> place_labels;  ///< Of what is nobody's, where it is not at home.
  std::vector<PatternEntity> pattern_entities;
  std::vector<NameEntry> names;
  std::set<std::string, std::less<>> gazetteer_labels;
  std::vector<HeadNoun> heads;
  std::vector<HeadNoun> named_heads;  ///< Only as the head of a phrase with capitals.
  std::vector<HeadNoun> stands_for;   ///< "this treaty": may mean what was named of that label.
  std::vector<HeadNoun> parts;        ///< "the decision of A" is not A, if A is of that label.
  /// Label of what is known by its head noun only → what it is to a relation that does not take it.
  std::map<std::string, std::string> recast;
  /// Relations whose objects belong to the one who made them, and labels of things that do so even
  /// with a name of their own: the national CERTs of two States are two.
  std::vector<std::string> own_relations, own_labels;
  /// Label → labels of those that have such a thing: "the Union held its first summit".
  std::map<std::string, std::set<std::string>> held_by;
  /// Head noun → what it names in a speech that has named no such thing: "the Charter".
  std::map<std::string, std::string> in_speeches;
  /// Name → head noun by which it goes besides its own: "the Alliance".
  std::map<std::string, std::string> also_called;
  Lexicon lexicon;
  std::vector<Fragment> fragments;
  std::vector<Rule> rules;  ///< Sorted by id.
  UsedWords used;
};

}  // namespace verbale::extract
