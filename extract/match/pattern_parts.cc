#include "extract/match/pattern_parts.h"

#include <algorithm>
#include <utility>

namespace verbale::extract {
namespace {

using Tree = PatternTree;

constexpr std::uint32_t kNounForm = Symbol::Form(ChunkKind::kNoun);
constexpr std::uint32_t kPrepositionForm = Symbol::Form(ChunkKind::kPreposition);
constexpr std::uint32_t kConjunctionForm = Symbol::Form(ChunkKind::kConjunction);
/// Verbs that only qualify a phrase: "initiatives to foster norms", "the centre founded in 2015".
constexpr std::uint32_t kQualifyingVerb =
    Symbol::Form(false, VerbShape::kInfinitive) | Symbol::Form(true, VerbShape::kInfinitive) |
    Symbol::Form(false, VerbShape::kReduced) | Symbol::Form(true, VerbShape::kReduced);
/// All that is no verb.
constexpr std::uint32_t kNoVerb = 0xFFFF & ~Symbol::Form(ChunkKind::kVerb);

std::uint32_t ActiveForms() {
  std::uint32_t forms = 0;
  for (const VerbShape shape : {VerbShape::kFinite, VerbShape::kInfinitive, VerbShape::kGerund,
                                VerbShape::kReduced, VerbShape::kBare}) {
    forms |= Symbol::Form(false, shape);
  }
  return forms;
}

Tree OneWord(PatternSets& sets, std::uint32_t forms, const std::vector<std::string>& words) {
  PhraseTest test;
  test.forms = forms;
  test.words = sets.Words(words);
  return Tree::Phrase(test);
}

Tree Preposition(PatternSets& sets, const std::vector<std::string>& words) {
  return OneWord(sets, kPrepositionForm, words);
}

Tree AnyVerb(std::uint32_t forms) {
  PhraseTest test;
  test.forms = forms;
  return Tree::Phrase(test);
}

/// Phrases that hang on a member of a list: "the Centre in Tallinn", "initiatives to foster norms".
Tree Tail(PatternSets& sets) {
  return Tree::Repeat(
      4,
      Tree::Choice(
          {Tree::Sequence(
               {Preposition(sets, {"of", "on", "for", "in", "at", "concerning", "against", "from",
                                   "between", "to", "as", "related_to", "relating_to",
                                   "in_the_field_of", "in_the_context_of", "in_the_area_of"}),
                AnyOf(ChunkKind::kNoun)}),
           Tree::Sequence({AnyVerb(kQualifyingVerb), Tree::Option(AnyOf(ChunkKind::kPreposition)),
                           AnyOf(ChunkKind::kNoun)})}));
}

/// Between members: "A, B and C", "bodies such as A, including B".
Tree Separator(PatternSets& sets) {
  return Tree::Choice(
      {Tree::Sequence(
           {Tree::Option(Comma()),
            OneWord(sets, kConjunctionForm,
                    {"and", "or", "but_also", "as_well_as", "together_with", "along_with"}),
            Tree::Option(Comma()), Tree::Option(AnyOf(ChunkKind::kPreposition))}),
       Tree::Sequence({Tree::Option(Comma()), AnyOf(ChunkKind::kIncluding), Tree::Option(Comma()),
                       Tree::Option(AnyOf(ChunkKind::kPreposition))}),
       Tree::Sequence({Comma(), Tree::Option(AnyOf(ChunkKind::kPreposition))})});
}

Tree And(PatternSets& sets) { return OneWord(sets, kConjunctionForm, {"and", "or", "as_well_as"}); }

/// A noun that neither acts nor has a name before its head.
Tree PlainNoun() {
  Tree tree = AnyOf(ChunkKind::kNoun);
  tree.test.flags = Symbol::kPlain;
  return tree;
}

Tree WithOther(PatternSets& sets) { return Tree::Sequence({And(sets), PlainNoun()}); }

/// "signed and ratified X", "participates in and contributes to X".
Tree Coordinated(PatternSets& sets) {
  return Tree::Option(Tree::Sequence(
      {Tree::Option(AnyVerb(ActiveForms())), OneWord(sets, kConjunctionForm, {"and", "or", "but"}),
       AnyVerb(ActiveForms()), Tree::Option(AnyOf(ChunkKind::kPreposition))}));
}

/// Between a verb and its object: "has ratified, by virtue of Law 4411/2016, the Convention",
/// "launched, together with the head of A, Ms. B, the Centre".
Tree Insertion(PatternSets& sets) {
  const auto noun = [] { return AnyOf(ChunkKind::kNoun); };
  Tree company = Tree::Sequence(
      {Comma(),
       OneWord(sets, kConjunctionForm | kPrepositionForm,
               {"together_with", "along_with", "jointly_with"}),
       noun(), Tree::Option(Tree::Sequence({Preposition(sets, {"of"}), noun()})),
       Tree::Repeat(2, Tree::Sequence({Comma(), noun(), Tree::Option(noun())})), Comma()});
  Tree phrase = Tree::Sequence(
      {Tree::Option(Comma()), AnyOf(ChunkKind::kPreposition), noun(), Tree::Option(Comma())});
  return Tree::LazyRepeat(2, Tree::Choice({std::move(company), std::move(phrase)}));
}

/// "the Union's efforts": a label before one of the nouns that lead to an object.
Tree NameBeforeNoun(PatternSets& sets, const ObjectSlot& slot) {
  PhraseTest test;
  test.forms = kNounForm;
  test.before = sets.labels.Add(slot.labels);
  test.words = sets.Words(slot.via);
  return Tree::Phrase(test);
}

/// The member of the list for which the slot stands.
Tree Member(PatternSets& sets, const ObjectSlot& slot) {
  PhraseTest test;
  test.forms = kNounForm;
  test.labels = sets.labels.Add(slot.labels);
  Tree typed = Tree::Phrase(test);
  if (slot.via.empty()) return Tree::Sequence({std::move(typed), Tail(sets)});
  // "the work of A", "the principles enshrined in A"
  Tree to = Preposition(sets, {"of", "by", "within", "under", "at", "in", "to", "for", "into", "on",
                               "on_behalf_of", "towards", "as"});
  if (!slot.via_verbs.empty()) {
    // "progress made in implementing A", "the decision (of B) to establish A"
    const auto doing = [&](VerbShape shape) {
      return Tree::Sequence({Verb(sets, slot.via_verbs, Symbol::Form(false, shape)),
                             Tree::Option(Tree::Sequence({And(sets), AnyVerb(ActiveForms())}))});
    };
    to = Tree::Choice({Tree::Sequence({std::move(to), Tree::Option(doing(VerbShape::kGerund))}),
                       Tree::Sequence({Tree::Option(Tree::Sequence({Preposition(sets, {"of", "by"}),
                                                                    AnyOf(ChunkKind::kNoun)})),
                                       doing(VerbShape::kInfinitive)})});
  }
  Tree lead =
      Tree::Repeat(3, Tree::Sequence({Noun(sets, slot.via, 0),
                                      Tree::Option(AnyVerb(Symbol::Form(true, VerbShape::kReduced) |
                                                           Symbol::Form(true, VerbShape::kGerund))),
                                      std::move(to)}));
  return Tree::Sequence(
      {std::move(lead), Tree::Choice({std::move(typed), NameBeforeNoun(sets, slot)}), Tail(sets)});
}

}  // namespace

std::uint32_t PatternSets::Words(const std::vector<std::string>& of) {
  std::vector<std::string> keys = of;
  for (std::string& key : keys) std::replace(key.begin(), key.end(), ' ', '_');
  return words.Add(std::move(keys));
}

Tree AnyOf(ChunkKind kind) {
  PhraseTest test;
  test.forms = Symbol::Form(kind);
  return Tree::Phrase(test);
}

Tree Comma() { return AnyOf(ChunkKind::kComma); }

Tree WordOrHead(PatternSets& sets, const std::vector<std::string>& words) {
  return OneWord(sets, kNoVerb & ~Symbol::Form(ChunkKind::kComma) & ~Symbol::Form(ChunkKind::kStop),
                 words);
}

Tree Noun(PatternSets& sets, const std::vector<std::string>& nouns, std::uint32_t flags) {
  Tree tree = OneWord(sets, kNounForm, nouns);
  tree.test.flags = flags;
  return tree;
}

Tree CoordinatedNoun(PatternSets& sets, const std::vector<std::string>& nouns) {
  const auto noun = [&] { return Noun(sets, nouns, 0); };
  return Tree::Choice({Tree::Sequence({noun(), Tree::Option(WithOther(sets))}),
                       Tree::Sequence({PlainNoun(), And(sets), noun()})});
}

Tree OwnedNoun(PatternSets& sets, const std::vector<std::string>& nouns) {
  const auto owned = [](Tree tree) {
    tree.test.flags = Symbol::kOwned;
    return std::move(tree).As(PhraseRole::kSubject);
  };
  return Tree::Choice(
      {Tree::Sequence({owned(Noun(sets, nouns, 0)), Tree::Option(WithOther(sets))}),
       Tree::Sequence({owned(AnyOf(ChunkKind::kNoun)), And(sets), Noun(sets, nouns, 0)})});
}

Tree Subject(PatternSets& sets, const std::vector<std::string>& labels) {
  const auto one = [&](PhraseRole role) {
    Tree actor = AnyOf(ChunkKind::kNoun);
    actor.test.flags = Symbol::kActor;
    if (labels.empty()) return std::move(actor).As(role);
    PhraseTest named;
    named.forms = kNounForm;
    named.labels = sets.labels.Add(labels);
    return Tree::Choice({std::move(actor).As(role), Tree::Phrase(named).As(role)});
  };
  const auto actor = [&] { return one(PhraseRole::kOther); };
  Tree list = Tree::Sequence({Tree::Repeat(Tree::kNoLimit, Tree::Sequence({Comma(), actor()})),
                              Tree::Option(Comma()), OneWord(sets, kConjunctionForm, {"and"}),
                              AnyOf(ChunkKind::kNoun)});
  return Tree::Sequence(
      {one(PhraseRole::kSubject), Tree::Option(std::move(list)),
       Tree::Option(Tree::Sequence({Preposition(sets, {"of", "for"}), AnyOf(ChunkKind::kNoun)}))});
}

Tree Capital() {
  Tree tree = AnyOf(ChunkKind::kNoun);
  tree.test.flags = Symbol::kCapital;
  return std::move(tree).As(PhraseRole::kSubject);
}

Tree PlainValue(PatternSets& sets, const std::string& label) {
  Tree tree = AnyOf(ChunkKind::kNoun);
  tree.test.flags = Symbol::kPlain;
  tree.test.labels = sets.labels.Add({label});
  return tree;
}

Tree Verb(PatternSets& sets, const std::vector<std::string>& lemmas, std::uint32_t forms) {
  Tree tree = AnyVerb(forms);
  if (!lemmas.empty()) tree.test.words = sets.Words(lemmas);
  return tree;
}

Tree Gap() {
  PhraseTest test;
  test.forms = (kNoVerb & ~Symbol::Form(ChunkKind::kStop)) |
               Symbol::Form(true, VerbShape::kReduced) |
               Symbol::Form(false, VerbShape::kInfinitive);
  return Tree::LazyRepeat(8, Tree::Phrase(test));
}

Tree Object(PatternSets& sets, const ObjectSlot& slot) {
  Tree coordinated = Tree::Sequence({Coordinated(sets)});
  if (slot.after_verb) coordinated.parts.push_back(Insertion(sets));
  const auto any = [&] { return Tree::Sequence({AnyOf(ChunkKind::kNoun), Tail(sets)}); };
  const auto role = PhraseRole::kObject;
  if (slot.before_head) {
    coordinated.parts.clear();
    coordinated.parts.push_back(NameBeforeNoun(sets, slot).As(role));
    return coordinated;
  }
  Tree list = Tree::Sequence(
      {Tree::Repeat(Tree::kNoLimit, Tree::Sequence({any(), Separator(sets)})), Member(sets, slot),
       Tree::Repeat(Tree::kNoLimit, Tree::Sequence({Separator(sets), any()}))});
  coordinated.parts.push_back(std::move(list).As(role));
  return coordinated;
}

}  // namespace verbale::extract
