#pragma once

// The pack's lexicon made fast: what a word can be in a sentence.

#include <bitset>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/match/word_set.h"
#include "extract/mention/token.h"
#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// What a word can be; a set.
enum WordTag : std::uint32_t {
  kDeterminer = 1u << 0,
  kPossessive = 1u << 1,
  kPronoun = 1u << 2,
  kPreposition = 1u << 3,
  kConjunction = 1u << 4,
  kSubordinator = 1u << 5,
  kConditional = 1u << 6,
  kRelative = 1u << 7,
  kAdverb = 1u << 8,
  kNegation = 1u << 9,
  kIncluding = 1u << 10,
  kModal = 1u << 11,
  kBe = 1u << 12,
  kHave = 1u << 13,
  kDo = 1u << 14,
  kAdjective = 1u << 15,
  kQuantifier = 1u << 16,
  kTo = 1u << 17,
  kNaming = 1u << 18,         ///< "entitled": what follows is a title.
  kNounToo = 1u << 19,        ///< A verb form that is more often a noun: "reports".
  kAuthorPronoun = 1u << 20,  ///< "we": the author.
  kWeakPronoun = 1u << 21,    ///< "it": the author where nothing else was spoken of.
  kDefinite = 1u << 22,       ///< "the", "our", "this".
  kIndefinite = 1u << 23,     ///< "a", "an"
  kUnspecific = 1u << 24,     ///< "any", "other", "each": no particular thing.
  kRecommending = 1u << 25,   ///< In a lead-in: its items are proposals.
  kActorNoun = 1u << 26,
  kNoShortName = 1u << 31,    ///< "the Organization" may be any.
  kAssertingNoun = 1u << 27,  ///< "has the honour of chairing": it does chair.
  kNounOnly = 1u << 30,       ///< Looks like a verb form and is none: "understanding".
  kIncidental = 1u << 29,     ///< No part of a name: "new", "annual", "first".
  kAsserting = 1u << 28,      ///< A preposition after which -ing states a fact: "by founding".
};

/// Forms of a verb; a set.
enum VerbForm : std::uint8_t {
  kBaseForm = 1,
  kThirdPerson = 2,
  kPastForm = 4,
  kParticiple = 8,
  kIngForm = 16,
};

struct WordInfo {
  std::uint32_t tags = 0;
  std::uint8_t forms = 0;  ///< Of `lemma`, where it is a verb.
  std::string lemma;
  graph::Modality modality = graph::Modality::kAsserted;  ///< Of a modal.
  bool Is(std::uint32_t some) const { return (tags & some) != 0; }
  /// Past and nothing else: "was", not "put".
  bool IsPastTense() const { return (forms & kPastForm) != 0 && (forms & kBaseForm) == 0; }
};

/// Immutable; shared by threads.
class Words {
 public:
  Words(const PackData& pack, Vocabulary& vocabulary);

  /// nullptr for a word that the lexicon does not know.
  const WordInfo* Find(const Token& token) const { return known_(token.word); }
  const WordInfo* Find(std::string_view folded) const { return known_(vocabulary_.Find(folded)); }
  /// The longest known expression of several words that begins at `at`; 0 where there is none,
  /// else its number of tokens.
  std::size_t Expression(const std::vector<Token>& tokens, const std::vector<std::uint32_t>& order,
                         std::size_t at, const WordInfo** info, std::string_view* text) const {
    const auto list = expressions_of_(tokens[order[at]].word);
    if (list == 0 || at + 1 == order.size()) return 0;
    const Expressions& expressions = expressions_[list - 1];
    if (!expressions.seconds.test(tokens[order[at + 1]].word % kSeconds)) return 0;
    return Expression(expressions, tokens, order, at, info, text);
  }
  /// Whether some expression of several words begins with this one, or ends with it.
  bool OpensExpression(std::uint32_t word) const { return expressions_of_(word) != 0; }
  bool EndsExpression(std::uint32_t word) const;
  /// What a verb makes of the verb that follows it, nullptr where it takes none.
  const graph::Modality* Catenative(std::string_view lemma) const;
  /// What a word before "that" makes of the clause behind it: "doubt"; nullptr for all others.
  const graph::Modality* ThatClause(std::string_view word) const;
  /// What an adverb makes of its verb: "almost", "no_longer"; nullptr for all others.
  const graph::Modality* Manner(std::string_view adverb) const;
  /// "set_up" for the verb "set" with "up" at this place, nullptr where it is by itself; `size` are
  /// the words that go with it.
  const std::string* Phrasal(std::string_view lemma, const std::vector<Token>& tokens,
                             const std::vector<std::uint32_t>& order, std::size_t at,
                             std::size_t& size) const;
  /// Label of a head noun, empty where it is none.
  const std::string& HeadLabel(std::string_view lemma) const;
  /// Label of a head noun in a phrase with capitals; else as HeadLabel().
  const std::string& NamedHeadLabel(std::string_view lemma) const;
  /// Label of a title in quotation marks by its head noun: "Safe Harbours Act, 2000".
  const std::string& TitleLabel(std::string_view title) const;
  /// Whether two words make one noun: "member State".
  bool IsCompound(std::string_view first, std::string_view second) const {
    return compounds_.count({vocabulary_.Find(first), vocabulary_.Find(second)}) > 0;
  }
  /// "our", "my": what follows is the author's.
  bool IsAuthorsOwn(std::string_view folded) const { return own_.Has(folded); }
  /// "his", "their": what follows is somebody else's.
  bool IsOthersOwn(std::string_view folded) const { return others_own_.Has(folded); }
  /// "its": what follows may be that of a thing that was named.
  bool IsThingsOwn(std::string_view folded) const { return things_own_.Has(folded); }
  /// "agreement": what is said of one may tell which is meant; "step": never.
  bool IsDescribable(std::string_view noun) const { return describable_.Has(noun); }
  /// "call": what is called for belongs to it, "the call to end the blockade".
  bool AimsAtDeed(std::string_view noun) const { return deed_nouns_.Has(noun); }
  /// "of", "by": whose call it is.
  bool NamesAuthor(std::string_view word) const { return naming_author_.Has(word); }
  /// "cyberstrategy": says more than a strategy.
  bool HasPrefix(std::string_view lemma) const {
    for (const std::string& prefix : prefixes_) {
      if (lemma.starts_with(prefix)) return true;
    }
    return false;
  }
  /// "timely": says what one thinks of a thing, not which it is.
  bool IsPraising(std::string_view word) const { return praising_.Has(word); }
  /// "between": a phrase with it is part of a description wherever it stands.
  bool JoinsDescription(std::string_view word) const { return description_joining_.Has(word); }
  /// "Centre for Security": what follows belongs to the name; "law on crime": it says what about.
  bool IsNameTail(std::string_view word) const { return name_tail_.Has(word); }
  bool JoinsTopic(std::string_view word) const { return topic_joining_.Has(word); }
  /// "in": only next to the noun, or to the participle that tells of it.
  bool TellsWhere(std::string_view word) const { return telling_where_.Has(word); }
  /// "minister": with a name after it, one of the author's even where no country is named.
  bool IsTitle(std::string_view folded) const { return titles_.Has(folded); }
  /// "reaffirm": who wishes to do it does it by saying so.
  bool IsPerformative(std::string_view lemma) const { return performatives_.Has(lemma); }
  /// "supports convening": what is favoured is not done by it.
  bool IsFavouring(std::string_view lemma) const { return favouring_.Has(lemma); }
  /// "like", "wish": what softens such a verb.
  bool IsSoftening(std::string_view lemma) const { return softening_.Has(lemma); }
  /// "will continue": what was so already.
  /// Whether the words from the head on are one who can act: "Chamber of Deputies".
  bool IsActorExpression(const std::vector<Token>& tokens, std::size_t head) const;
  /// "shall": of oneself it tells of the future, of others what they must.
  bool IsFutureOfSpeaker(std::string_view word) const { return futures_of_speaker_.Has(word); }
  /// "responsible": an adjective that stands behind its noun.
  bool IsPostnominal(std::string_view word) const { return postnominals_.Has(word); }
  /// "satisfaction": how something is said or done.
  bool IsFeeling(std::string_view word) const { return feelings_.Has(word); }
  bool IsLasting(std::string_view lemma) const { return lasting_.Has(lemma); }
  /// "is preparing": not done as long as it is being done.
  bool IsUnfinished(std::string_view lemma) const { return unfinished_.Has(lemma); }
  /// "opportunity": what is taken to say something.
  bool IsOccasion(std::string_view noun) const { return occasions_.Has(noun); }
  /// "year", and "ago": what stands between a number and the latter tells when.
  bool IsTimeUnit(std::string_view noun) const { return time_units_.Has(noun); }
  /// "cooperation": what it is in belongs to it, "on cooperation in cyber defence".
  bool IsJointWork(std::string_view noun) const { return joint_work_.Has(noun); }
  bool IsTimeAgo(std::string_view word) const { return time_ago_.Has(word); }
  /// "for": what it introduces is done by whoever is thanked.
  bool IsThankedFor(std::string_view word) const { return thanked_for_.Has(word); }
  /// "of", "on": what follows it may go on with a name.
  bool JoinsName(std::string_view word) const { return name_joining_.Has(word); }
  /// "more", "members": what is counted, and no more, stands behind it.
  bool IsCounting(std::string_view noun) const { return counting_.Has(noun); }
  bool IsMonth(std::string_view noun) const { return months_.Has(noun); }
  /// "newly": a participle behind it tells what was done to the noun.
  bool IsJustDone(std::string_view word) const { return just_done_.Has(word); }
  /// "President": with a name it is one of home, but in a speech.
  bool IsTitleAtHome(std::string_view word) const { return titles_at_home_.Has(word); }
  /// "each": behind those who act it stands with the verb.
  bool IsFloating(std::string_view word) const { return floating_.Has(word); }
  /// "since": with a date it says when, wherever it stands.
  bool IsDating(std::string_view word) const { return dating_.Has(word); }
  /// "together_with": who follows it does the same.
  bool IsCompany(std::string_view word) const { return company_.Has(word); }
  /// "enable": who is enabled to do something does it.
  bool IsCausative(std::string_view lemma) const { return causatives_.Has(lemma); }
  /// "have", "were": a verb that begins so has several subjects, or a plural one.
  bool IsPluralVerb(std::string_view folded) const { return plural_verbs_.Has(folded); }
  /// "co-host": who it is done with does it.
  bool IsSharing(std::string_view lemma) const { return sharing_.Has(lemma); }
  /// "by": what follows it behind a passive did it.
  bool IsByAgent(std::string_view word) const { return by_agent_.Has(word); }
  /// "from": what follows it sends those who are named before it.
  bool IsFromSender(std::string_view word) const { return from_sender_.Has(word); }
  /// "join": who joins others in doing something does it.
  bool IsJoining(std::string_view lemma) const { return joining_.Has(lemma); }
  /// "include": what follows it are some of its subject.
  bool IsListing(std::string_view lemma) const { return listing_.Has(lemma); }
  /// "by decree": what is named is how something was done, not who did it.
  bool IsDeed(std::string_view noun) const { return deeds_.Has(noun); }
  /// "election as a member": somebody's, who need not be the subject of the clause.
  bool IsCandidacy(std::string_view noun) const { return candidacies_.Has(noun); }
  /// "which": stands for the noun before it.
  bool HasAntecedent(std::string_view relative) const { return antecedents_.Has(relative); }
  /// "whose": what follows it belongs to that noun.
  bool OwnsNext(std::string_view relative) const { return owning_.Has(relative); }
  /// "commit", "dedicated": whoever is so stands by what is to be done.
  bool IsCommitting(std::string_view word) const { return committing_.Has(word); }
  /// "our counterparts in A" are A's.
  bool IsColleague(std::string_view noun) const { return colleagues_.Has(noun); }
  /// "there was established": the subject follows.
  bool IsExistential(std::string_view folded) const { return existential_.Has(folded); }
  /// "able": what one was able to do is done.
  bool IsAchieved(std::string_view word) const { return achieved_.Has(word); }
  bool IsPastBe(std::string_view folded) const { return past_be_.Has(folded); }
  /// "this": with a noun, what was named last of that kind.
  bool IsDemonstrative(std::string_view word) const { return demonstratives_.Has(word); }
  bool IsDemonstrative(const Token& token) const {
    return (pointers_(token.word) & kDemonstrative) != 0;
  }
  /// "it", "its", "this", "both", "the former": what the sentence before has named may be meant.
  bool PointsBack(const Token& token) const { return pointers_(token.word) != 0; }
  /// "one", "first", "those": with "be", some of those whom a clause tells of.
  bool IsPlainCount(std::string_view word) const { return plain_counts_.Has(word); }
  /// "second": of those who did something, the one who is told of.
  bool IsRank(std::string_view word) const { return ranks_.Has(word); }
  /// "be", "become": says who is one of those whom a clause tells of.
  bool IsCountVerb(std::string_view lemma) const { return count_verbs_.Has(lemma); }
  /// "as": what it introduces is said in passing of the subject of the clause.
  bool IsInPassing(std::string_view word) const { return in_passing_.Has(word); }
  /// "in": where a sentence opens with it and an -ing form, that was done.
  bool AssertsFirst(std::string_view word) const { return asserting_first_.Has(word); }
  /// "the former", "the latter": the first, and the last, of two that were named.
  bool IsFormer(std::string_view word) const { return former_.Has(word); }
  bool IsLatter(std::string_view word) const { return latter_.Has(word); }
  /// "both", "them": all that were named.
  bool MeansAll(std::string_view word) const { return all_named_.Has(word); }
  /// "both treaties", "these treaties": all that were named of that kind.
  bool MeansAllOf(std::string_view word) const { return all_of_.Has(word); }
  /// Whether "this instrument" may mean a thing of the label.
  bool StandsFor(std::string_view noun, std::string_view label) const {
    const auto at = stands_for_.find(noun);
    return at != stands_for_.end() && at->second.Has(label);
  }
  /// "the decision of A": no more than a part of what A, of that label, does.
  bool IsPart(std::string_view noun, std::string_view label) const {
    const auto at = parts_.find(noun);
    return at != parts_.end() && at->second.Has(label);
  }
  bool StandsForSome(std::string_view noun) const {
    return stands_for_.find(noun) != stands_for_.end();
  }
  /// "I am": expressions, capitals and all, that only a speech has.
  const std::vector<std::string>& speaking() const { return speaking_.words(); }
  /// "our", "national": what a speech says so was done by the author.
  bool IsHome(std::string_view folded) const { return home_.Has(folded); }
  /// "takes no part", "supports no treaty": the determiner denies what the verb says.
  /// "the Prevention of Terrorism Act": a title may end with it that has small words before it.
  bool EndsTitle(std::string_view folded) const { return title_ends_.Has(folded); }
  bool IsBefore(std::string_view folded) const { return before_.Has(folded); }
  /// "the following", "the same": what they stand with is told elsewhere.
  bool IsPointing(std::string_view folded) const { return pointing_.Has(folded); }
  bool IsDenying(std::string_view folded) const { return denying_.Has(folded); }
  /// "without": what follows it is not so.
  bool IsLacking(std::string_view word) const { return lacking_.Has(word); }
  /// "former": what it stands with was so.
  bool IsBygone(std::string_view folded) const { return bygone_.Has(folded); }
  bool IsNegation(std::string_view folded) const {
    const WordInfo* info = known_(vocabulary_.Find(folded));
    return info != nullptr && info->Is(kNegation);
  }
  /// "five years after it had signed"
  bool OpensTimeClause(std::string_view word) const { return time_clauses_.Has(word); }
  /// "our support for A and B": of both.
  bool LeadsBoth(std::string_view word) const { return both_led_.Has(word); }
  /// "it is our policy to support"
  bool IsStance(std::string_view noun) const { return stances_.Has(noun); }
  /// "Head" "of State"
  bool IsOfficeOf(std::string_view folded) const { return offices_.Has(folded); }
  bool IsOfficeHolder(std::string_view folded) const { return office_holders_.Has(folded); }
  /// "has never wavered"
  bool IsGivingWay(std::string_view lemma) const { return giving_way_.Has(lemma); }
  /// "a member and …": what one is counts, whatever else one is.
  bool IsJoinedRole(std::string_view lemma) const { return joined_roles_.Has(lemma); }
  /// "expire": what it is said of is over.
  bool IsEnding(std::string_view lemma) const { return ending_.Has(lemma); }
  /// "belong": says how something is, and of the past how it is no longer.
  bool IsBeing(std::string_view lemma) const { return being_.Has(lemma); }
  /// "until": with a date it says when something ended.
  bool IsUntil(std::string_view word) const { return until_.Has(word); }
  /// "in": what follows it may be where something was done.
  bool IsAtPlace(std::string_view word) const { return at_place_.Has(word); }
  /// Last word of a city where the world meets: what is held there is no State's.
  bool IsSeat(std::string_view folded) const { return seats_.Has(folded); }
  /// "respectively": of two lists, each to each.
  bool IsRespective(std::string_view folded) const { return respective_.Has(folded); }
  /// "media": who says so knows it from others.
  bool IsHearsay(std::string_view noun) const { return hearsay_.Has(noun); }
  /// "true": what is not so is denied.
  bool IsTruth(std::string_view word) const { return truth_.Has(word); }
  /// "see": what one would like to see is not there.
  bool IsPerceiving(std::string_view lemma) const { return perceiving_.Has(lemma); }
  /// "should": before its subject it opens a condition.
  bool OpensCondition(std::string_view folded) const { return opening_conditions_.Has(folded); }
  /// Entities with this label act in their own name.
  bool IsActorLabel(std::string_view label) const { return actor_labels_.Has(label); }
  /// A definite thing of this label acts for the author: "the Agency".
  /// Of what somebody holds, and what its topic tells apart: a meeting.
  bool IsHeldLabel(std::string_view label) const { return held_labels_.Has(label); }
  /// Of those who have things: an organization.
  bool IsHolder(std::string_view label) const { return holders_.Has(label); }
  bool IsActingLabel(std::string_view label) const { return acting_labels_.Has(label); }
  /// "the Union's strategy": the Union has such things, and a strategy is somebody's.
  bool IsOwnerLabel(std::string_view label) const { return owner_labels_.Has(label); }
  bool IsOwnedLabel(std::string_view label) const { return owned_labels_.Has(label); }
  bool IsPlaceLabel(std::string_view label) const { return place_labels_.Has(label); }
  /// No lexicon has all verbs: an unknown word that ends in -ed is a form of one.
  static bool LooksPast(const Token& token) {
    const std::string_view word = token.folded;
    return !token.capital && !token.joined && word.size() > 4 && word.ends_with("ed") &&
           word[word.size() - 3] != 'e';
  }
  /// "strategies" → "strategy".
  static std::string Singular(std::string_view noun);

 private:
  static constexpr std::size_t kSeconds = 1024;

  /// Expressions with one first word, by their second, then the longest first.
  struct Expressions {
    struct Item {
      std::vector<std::uint32_t> words;
      std::string text;  ///< Joined by '_'.
      WordInfo info;
    };
    std::vector<Item> items;
    std::bitset<kSeconds> seconds;  ///< Bit n % kSeconds for each second word n.
  };

  /// What goes with a verb to make another one of it: "set up", "put in place".
  struct Particle {
    std::vector<std::uint32_t> words;
    std::string lemma;
  };

  static void Collect(const PackData& pack, const char* name, WordSet& words);
  void CollectPointers();
  void CollectSets(const PackData& pack);
  void AddClass(const PackData& pack, const char* name, std::uint32_t tag);
  void AddVerb(const std::vector<std::string>& forms);
  void AddVerbs(const PackData& pack);
  void AddForm(const std::string& word, const std::string& lemma, std::uint8_t form);
  void AddExpression(const std::vector<std::string>& words, std::uint32_t tag);
  void AddPhrasal(const PackData& pack);
  void AddActorExpression(const std::vector<std::string>& words);
  WordInfo& At(std::string_view word);
  static std::size_t Expression(const Expressions& list, const std::vector<Token>& tokens,
                                const std::vector<std::uint32_t>& order, std::size_t at,
                                const WordInfo** info, std::string_view* text);

  Vocabulary& vocabulary_;      ///< Filled by the constructor only.
  std::deque<WordInfo> infos_;  ///< Stay where they are.
  PerWord<WordInfo*> known_;
  std::vector<Expressions> expressions_;
  PerWord<std::uint32_t> expressions_of_;  ///< First word → place in expressions_ from 1.
  PerWord<std::optional<graph::Modality>> catenatives_, that_clauses_;
  std::map<std::string, graph::Modality, std::less<>> manners_;
  PerWord<std::vector<std::vector<std::uint32_t>>> actor_expressions_;  ///< By the first word.
  PerWord<std::vector<Particle>> phrasal_;  ///< By lemma, longest first.
  std::deque<std::string> labels_;
  PerWord<const std::string*> heads_, named_heads_;
  enum Pointer : std::uint8_t { kOther = 1, kDemonstrative = 2 };
  PerWord<std::uint8_t> pointers_;     ///< A set; see PointsBack().
  std::vector<std::string> prefixes_;  ///< "cyber": "cyberstrategy" is a strategy.
  WordSet actor_labels_, acting_labels_, held_labels_, holders_;
  WordSet owner_labels_, owned_labels_, place_labels_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> compounds_;
  WordSet own_, others_own_, things_own_, titles_, speaking_, home_, denying_, title_ends_, before_;
  WordSet offices_, office_holders_, stances_, both_led_, time_clauses_, giving_way_, joined_roles_,
      lacking_, bygone_, ending_, being_, until_, respective_, at_place_, seats_, hearsay_, truth_,
      perceiving_, opening_conditions_;
  WordSet performatives_, favouring_, softening_, lasting_, feelings_, postnominals_, unfinished_,
      occasions_, time_units_, joint_work_, time_ago_, company_, dating_, just_done_, floating_,
      titles_at_home_;
  WordSet causatives_, plural_verbs_, by_agent_, demonstratives_, deeds_, committing_, candidacies_;
  WordSet from_sender_, listing_, joining_, former_, latter_, all_named_, all_of_, asserting_first_,
      plain_counts_, in_passing_, ranks_, count_verbs_;
  std::map<std::string, WordSet, std::less<>> stands_for_;  ///< Noun → labels.
  std::map<std::string, WordSet, std::less<>> parts_;       ///< Likewise.
  WordSet sharing_, describable_, deed_nouns_, praising_, description_joining_, name_tail_,
      topic_joining_, telling_where_, naming_author_;
  WordSet futures_of_speaker_;
  WordSet pointing_, existential_, achieved_, past_be_, colleagues_;
  WordSet antecedents_, owning_, months_, counting_, name_joining_, thanked_for_;
};

}  // namespace verbale::extract
