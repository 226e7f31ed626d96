#include "extract/match/words.h"

#include <algorithm>
#include <set>

#include "extract/match/inflection.h"

namespace verbale::extract {
namespace {

std::vector<std::string> Split(const std::string& text) {
  std::vector<std::string> words;
  for (const NameToken& token : NameTokens(text)) words.push_back(token.folded);
  return words;
}

}  // namespace

Words::Words(const PackData& pack, Vocabulary& vocabulary) : vocabulary_(vocabulary) {
  static constexpr std::pair<const char*, std::uint32_t> kClasses[] = {
      {"determiner", kDeterminer},
      {"possessive", kPossessive | kDefinite},
      {"pronoun", kPronoun},
      {"author_pronoun", kPronoun | kAuthorPronoun},
      {"weak_pronoun", kPronoun | kWeakPronoun},
      {"preposition", kPreposition},
      {"conjunction", kConjunction},
      {"subordinator", kSubordinator},
      {"conditional", kSubordinator | kConditional},
      {"relative", kRelative},
      {"adverb", kAdverb},
      {"negation", kNegation},
      {"including", kIncluding},
      {"be", kBe},
      {"have", kHave},
      {"do", kDo},
      {"adjective", kAdjective},
      {"quantifier", kQuantifier},
      {"to", kTo},
      {"naming", kNaming},
      {"noun_too", kNounToo},
      {"definite", kDefinite},
      {"indefinite", kDeterminer | kIndefinite},
      {"unspecific", kUnspecific},
      {"recommending", kRecommending},
      {"asserting_noun", kAssertingNoun},
      {"no_short_name", kNoShortName},
      {"incidental", kIncidental},
      {"noun", kNounOnly},
      {"asserting", kPreposition | kAsserting},
  };
  AddVerbs(pack);
  for (const auto& [name, tag] : kClasses) AddClass(pack, name, tag);
  for (const auto& [word, modality] : pack.lexicon.modals) {
    WordInfo& info = At(word);
    info.tags |= kModal;
    info.modality = modality;
  }
  for (std::string noun : pack.actor_nouns) {
    AddActorExpression(Split(noun));
    std::replace(noun.begin(), noun.end(), ' ', '_');  // As Chunk::word has them.
    At(noun).tags |= kActorNoun;
  }
  AddPhrasal(pack);
  if (const auto at = pack.lexicon.words.find("compound"); at != pack.lexicon.words.end()) {
    for (const std::string& compound : at->second) {
      std::vector<std::string> parts = Split(compound);
      if (parts.size() == 3) parts = {parts[0], parts[1] + "_" + parts[2]};  // "other member state"
      if (parts.size() != 2) continue;
      compounds_.emplace(vocabulary_.Add(parts[0]), vocabulary_.Add(parts[1]));
    }
  }
  CollectSets(pack);
  CollectPointers();
  if (const auto at = pack.lexicon.words.find("prefix"); at != pack.lexicon.words.end()) {
    prefixes_ = at->second;
  }
  for (const std::string& label : pack.actor_labels) actor_labels_.Insert(label);
  for (const std::string& label : pack.acting_labels) acting_labels_.Insert(label);
  for (const std::string& label : pack.owner_labels) owner_labels_.Insert(label);
  for (const std::string& label : pack.owned_labels) owned_labels_.Insert(label);
  for (const std::string& label : pack.place_labels) place_labels_.Insert(label);
  for (const auto& [label, holders] : pack.held_by) held_labels_.Insert(label);
  for (const auto& [lemma, modality] : pack.lexicon.catenatives) {
    catenatives_[vocabulary_.Add(lemma)] = modality;
  }
  for (const auto& [word, modality] : pack.lexicon.that_clauses) {
    that_clauses_[vocabulary_.Add(word)] = modality;
  }
  for (const auto& [word, modality] : pack.lexicon.manners) {
    const std::vector<std::string> parts = Split(word);
    if (parts.size() > 1) {
      AddExpression(parts, kAdverb);
    } else {
      At(word).tags |= kAdverb;
    }
    std::string joined = word;  // As Expression() gives it.
    std::replace(joined.begin(), joined.end(), ' ', '_');
    manners_.emplace(std::move(joined), modality);
  }
  for (const HeadNoun& head : pack.heads) {
    heads_[vocabulary_.Add(head.lemma)] = &labels_.emplace_back(head.label);
  }
  for (const HeadNoun& head : pack.named_heads) {
    named_heads_[vocabulary_.Add(head.lemma)] = &labels_.emplace_back(head.label);
  }
  for (const HeadNoun& noun : pack.stands_for) stands_for_[noun.lemma].Insert(noun.label);
  for (const HeadNoun& noun : pack.parts) {
    parts_[noun.lemma].Insert(noun.label);
    holders_.Insert(noun.label);
  }
  for (Expressions& list : expressions_) {
    std::stable_sort(list.items.begin(), list.items.end(), [](const auto& a, const auto& b) {
      if (a.words[1] != b.words[1]) return a.words[1] < b.words[1];
      return a.words.size() > b.words.size();
    });
  }
}

/// "chamber of deputies" is more than one phrase; "prime minister" is none.
void Words::AddActorExpression(const std::vector<std::string>& words) {
  if (words.size() < 3 || words[1] != "of") return;
  std::vector<std::uint32_t> rest;
  for (std::size_t i = 2; i < words.size(); ++i) rest.push_back(vocabulary_.Add(words[i]));
  actor_expressions_[vocabulary_.Add(words[0])].push_back(std::move(rest));
}

bool Words::IsActorExpression(const std::vector<Token>& tokens, std::size_t head) const {
  const auto& endings = actor_expressions_(tokens[head].word);
  return std::any_of(endings.begin(), endings.end(), [&](const auto& rest) {
    if (head + 2 + rest.size() > tokens.size() || tokens[head + 1].folded != "of") return false;
    return std::equal(rest.begin(), rest.end(),
                      tokens.begin() + static_cast<std::ptrdiff_t>(head) + 2,
                      [](std::uint32_t word, const Token& token) { return token.word == word; });
  });
}

void Words::CollectSets(const PackData& pack) {
  Collect(pack, "authors_own", own_);
  Collect(pack, "future_of_speaker", futures_of_speaker_);
  Collect(pack, "others_own", others_own_);
  Collect(pack, "things_own", things_own_);
  Collect(pack, "title", titles_);
  Collect(pack, "speaking", speaking_);
  Collect(pack, "home", home_);
  Collect(pack, "denying", denying_);
  Collect(pack, "lacking", lacking_);
  Collect(pack, "bygone", bygone_);
  Collect(pack, "joined_role", joined_roles_);
  Collect(pack, "giving_way", giving_way_);
  Collect(pack, "office", offices_);
  Collect(pack, "office_of", office_holders_);
  Collect(pack, "stance", stances_);
  Collect(pack, "leading_both", both_led_);
  Collect(pack, "time_clause", time_clauses_);
  Collect(pack, "ending", ending_);
  Collect(pack, "being", being_);
  Collect(pack, "until", until_);
  Collect(pack, "at_place", at_place_);
  Collect(pack, "seat", seats_);
  Collect(pack, "respective", respective_);
  Collect(pack, "hearsay", hearsay_);
  Collect(pack, "truth", truth_);
  Collect(pack, "perceiving", perceiving_);
  Collect(pack, "opening_condition", opening_conditions_);
  Collect(pack, "title_end", title_ends_);
  Collect(pack, "earlier_than", before_);
  Collect(pack, "performative", performatives_);
  Collect(pack, "favouring", favouring_);
  Collect(pack, "softening", softening_);
  Collect(pack, "lasting", lasting_);
  Collect(pack, "feeling", feelings_);
  Collect(pack, "postnominal", postnominals_);
  Collect(pack, "unfinished", unfinished_);
  Collect(pack, "occasion", occasions_);
  Collect(pack, "time_unit", time_units_);
  Collect(pack, "joint_work", joint_work_);
  Collect(pack, "time_ago", time_ago_);
  Collect(pack, "pointing", pointing_);
  Collect(pack, "describable", describable_);
  Collect(pack, "deed_noun", deed_nouns_);
  Collect(pack, "praising", praising_);
  Collect(pack, "description_joining", description_joining_);
  Collect(pack, "name_tail", name_tail_);
  Collect(pack, "topic_joining", topic_joining_);
  Collect(pack, "telling_where", telling_where_);
  Collect(pack, "naming_author", naming_author_);
  Collect(pack, "company", company_);
  Collect(pack, "dating", dating_);
  Collect(pack, "just_done", just_done_);
  Collect(pack, "floating", floating_);
  Collect(pack, "title_at_home", titles_at_home_);
  Collect(pack, "causative", causatives_);
  Collect(pack, "plural_verb", plural_verbs_);
  Collect(pack, "by_agent", by_agent_);
  Collect(pack, "sharing", sharing_);
  Collect(pack, "from_sender", from_sender_);
  Collect(pack, "listing", listing_);
  Collect(pack, "joining", joining_);
  Collect(pack, "colleague", colleagues_);
  Collect(pack, "existential", existential_);
  Collect(pack, "achieved", achieved_);
  Collect(pack, "past_be", past_be_);
  Collect(pack, "demonstrative", demonstratives_);
  Collect(pack, "asserting_first", asserting_first_);
  Collect(pack, "plain_count", plain_counts_);
  Collect(pack, "in_passing", in_passing_);
  Collect(pack, "rank", ranks_);
  Collect(pack, "count_verb", count_verbs_);
  Collect(pack, "former", former_);
  Collect(pack, "latter", latter_);
  Collect(pack, "all_named", all_named_);
  Collect(pack, "all_of", all_of_);
  Collect(pack, "deed", deeds_);
  Collect(pack, "committing", committing_);
  Collect(pack, "candidacy", candidacies_);
  Collect(pack, "month", months_);
  Collect(pack, "counting", counting_);
  Collect(pack, "name_joining", name_joining_);
  Collect(pack, "thanked_for", thanked_for_);
  Collect(pack, "relative_for_noun", antecedents_);
  Collect(pack, "relative_owner", owning_);
}

void Words::CollectPointers() {
  for (const WordSet* set : {&former_, &latter_, &things_own_, &all_named_, &all_of_}) {
    for (const std::string& word : set->words()) pointers_[vocabulary_.Add(word)] |= kOther;
  }
  for (const std::string& word : demonstratives_.words()) {
    pointers_[vocabulary_.Add(word)] |= kDemonstrative;
  }
  for (std::uint32_t word = 1; word < known_.size(); ++word) {
    const WordInfo* info = known_(word);
    if (info != nullptr && info->Is(kWeakPronoun)) pointers_[word] |= kOther;
  }
}

WordInfo& Words::At(std::string_view word) {
  WordInfo*& info = known_[vocabulary_.Add(word)];
  if (info == nullptr) info = &infos_.emplace_back();
  return *info;
}

void Words::AddExpression(const std::vector<std::string>& words, std::uint32_t tag) {
  std::uint32_t& list = expressions_of_[vocabulary_.Add(words[0])];
  if (list == 0) {
    expressions_.emplace_back();
    list = static_cast<std::uint32_t>(expressions_.size());
  }
  Expressions::Item item;
  item.info.tags = tag;
  for (const std::string& word : words) {
    item.words.push_back(vocabulary_.Add(word));
    item.text += (item.text.empty() ? "" : "_") + word;
  }
  expressions_[list - 1].seconds.set(item.words[1] % kSeconds);
  std::vector<Expressions::Item>& items = expressions_[list - 1].items;
  const auto known = std::find_if(items.begin(), items.end(), [&](const Expressions::Item& other) {
    return other.words == item.words;
  });
  if (known == items.end()) {
    items.push_back(std::move(item));
  } else {
    known->info.tags |= tag;
  }
}

void Words::AddPhrasal(const PackData& pack) {
  const auto found = pack.lexicon.words.find("phrasal");
  if (found == pack.lexicon.words.end()) return;
  for (const std::string& text : found->second) {
    const std::vector<std::string> parts = Split(text);
    if (parts.size() < 2) continue;
    Particle particle;
    particle.lemma = parts[0];
    for (std::size_t i = 1; i < parts.size(); ++i) {
      particle.words.push_back(vocabulary_.Add(parts[i]));
      particle.lemma += "_" + parts[i];
    }
    std::vector<Particle>& particles = phrasal_[vocabulary_.Add(parts[0])];
    particles.push_back(std::move(particle));
    std::stable_sort(particles.begin(), particles.end(),
                     [](const auto& a, const auto& b) { return a.words.size() > b.words.size(); });
  }
}

const std::string* Words::Phrasal(std::string_view lemma, const std::vector<Token>& tokens,
                                  const std::vector<std::uint32_t>& order, std::size_t at,
                                  std::size_t& size) const {
  for (const Particle& particle : phrasal_(vocabulary_.Find(lemma))) {
    size = particle.words.size();
    if (at + size > order.size()) continue;
    std::size_t same = 0;
    while (same < size && tokens[order[at + same]].word == particle.words[same]) ++same;
    if (same == size) return &particle.lemma;
  }
  return nullptr;
}

void Words::Collect(const PackData& pack, const char* name, WordSet& words) {
  const auto found = pack.lexicon.words.find(name);
  if (found == pack.lexicon.words.end()) return;
  for (const std::string& word : found->second) words.Insert(word);
}

void Words::AddClass(const PackData& pack, const char* name, std::uint32_t tag) {
  const auto words = pack.lexicon.words.find(name);
  if (words == pack.lexicon.words.end()) return;
  for (const std::string& word : words->second) {
    const std::vector<std::string> parts = Split(word);
    if (parts.size() > 1) {
      AddExpression(parts, tag);
    } else if (!parts.empty()) {
      At(parts[0]).tags |= tag;
    }
  }
}

void Words::AddVerb(const std::vector<std::string>& given) {
  const std::vector<std::string> forms = FormsOf(given);
  for (std::size_t i = 0; i < forms.size(); ++i) {
    AddForm(forms[i], forms[0], static_cast<std::uint8_t>(1u << i));
  }
}

/// A verb of a fragment that no lexicon has is known by its past, which is hardly ever anything
/// else: as "tabled" is not, and "table" is.
void Words::AddVerbs(const PackData& pack) {
  std::set<std::string_view> known;
  for (const auto& forms : pack.lexicon.verbs) {
    AddVerb(forms);
    known.insert(forms.front());
  }
  for (const Fragment& fragment : pack.fragments) {
    if (fragment.kind != "verb") continue;
    for (const std::string& lemma : fragment.words) {
      if (known.contains(lemma) || lemma.find('_') != std::string::npos) continue;
      const std::vector<std::string> forms = FormsOf({lemma});
      AddForm(forms[2], lemma, kPastForm | kParticiple);
    }
  }
}

void Words::AddForm(const std::string& word, const std::string& lemma, std::uint8_t form) {
  WordInfo& info = At(word);
  if (!info.lemma.empty() && info.lemma != lemma) return;  // "found" is a form of "find" first.
  info.lemma = lemma;
  info.forms |= form;
}

bool Words::EndsExpression(std::uint32_t word) const {
  return std::any_of(expressions_.begin(), expressions_.end(), [&](const Expressions& list) {
    return std::any_of(list.items.begin(), list.items.end(),
                       [&](const Expressions::Item& item) { return item.words.back() == word; });
  });
}

std::size_t Words::Expression(const Expressions& list, const std::vector<Token>& tokens,
                              const std::vector<std::uint32_t>& order, std::size_t at,
                              const WordInfo** info, std::string_view* text) {
  const std::uint32_t second = tokens[order[at + 1]].word;
  auto item = std::lower_bound(
      list.items.begin(), list.items.end(), second,
      [](const Expressions::Item& one, std::uint32_t word) { return one.words[1] < word; });
  for (; item != list.items.end() && item->words[1] == second; ++item) {
    if (at + item->words.size() > order.size()) continue;
    std::size_t same = 2;
    while (same < item->words.size() && tokens[order[at + same]].word == item->words[same]) ++same;
    if (same < item->words.size()) continue;
    *info = &item->info;
    *text = item->text;
    return item->words.size();
  }
  return 0;
}

const graph::Modality* Words::Catenative(std::string_view lemma) const {
  const auto& modality = catenatives_(vocabulary_.Find(lemma));
  return modality ? &*modality : nullptr;
}

const graph::Modality* Words::ThatClause(std::string_view word) const {
  const auto& modality = that_clauses_(vocabulary_.Find(word));
  return modality ? &*modality : nullptr;
}

const graph::Modality* Words::Manner(std::string_view adverb) const {
  const auto at = manners_.find(adverb);
  return at == manners_.end() ? nullptr : &at->second;
}

const std::string& Words::HeadLabel(std::string_view lemma) const {
  static const std::string none;
  if (const std::string* label = heads_(vocabulary_.Find(lemma))) return *label;
  for (const std::string& prefix : prefixes_) {
    if (lemma.size() > prefix.size() + 2 && lemma[0] == prefix[0] && lemma.starts_with(prefix)) {
      const std::string* label = heads_(vocabulary_.Find(lemma.substr(prefix.size())));
      if (label != nullptr) return *label;
    }
  }
  return none;
}

const std::string& Words::NamedHeadLabel(std::string_view lemma) const {
  if (const std::string* label = named_heads_(vocabulary_.Find(lemma))) return *label;
  return HeadLabel(lemma);
}

const std::string& Words::TitleLabel(std::string_view title) const {
  const std::size_t end = std::min(
      {title.find(','), title.find(" of "), title.find(" on "), title.find(" for "), title.size()});
  std::string_view last = title.substr(0, end);
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  while (!last.empty() && !is_letter(last.back())) last.remove_suffix(1);
  std::size_t begin = last.size();
  while (begin > 0 && is_letter(last[begin - 1])) --begin;
  return NamedHeadLabel(last.substr(begin));
}

std::string Words::Singular(std::string_view noun) {
  const std::size_t size = noun.size();
  if (size < 4 || noun.back() != 's') return std::string(noun);
  const char before = noun[size - 2];
  if (before == 's' || before == 'u' || before == 'i') return std::string(noun);
  if (before != 'e') return std::string(noun.substr(0, size - 1));
  if (noun.ends_with("selves")) return std::string(noun.substr(0, size - 3)) + "f";
  if (noun[size - 3] == 'i' && size > 4) return std::string(noun.substr(0, size - 3)) + "y";
  const std::string_view stem = noun.substr(0, size - 2);
  const bool takes_es =
      stem.ends_with("ss") || stem.ends_with("x") || stem.ends_with("ch") || stem.ends_with("sh");
  return std::string(takes_es ? stem : noun.substr(0, size - 1));
}

}  // namespace verbale::extract
