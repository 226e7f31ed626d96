#include "extract/rules/check_words.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "extract/match/inflection.h"
#include "extract/rules/yaml.h"

namespace verbale::extract {
namespace {

using Known = std::set<std::string, std::less<>>;

[[noreturn]] void Fail(const PlacedWord& word, const std::string& message,
                       const std::string& hint) {
  const YamlFile file = ReadYaml(word.file);  // Only now is it needed again.
  const std::size_t at = std::min(file.bytes.find(word.text, word.offset), file.bytes.size());
  file.Fail(at == file.bytes.size() ? word.offset : at, word.text.size(), message, hint);
}

void ExpectKnown(const std::vector<PlacedWord>& words, const Known& known,
                 const std::string& message, const std::string& otherwise) {
  for (const PlacedWord& word : words) {
    if (known.contains(word.text)) continue;
    Fail(word, message + " '" + word.text + "'", DidYouMean(word.text, known, otherwise, "'", "'"));
  }
}

Known LabelsOf(const PackData& pack) {
  Known labels = pack.gazetteer_labels;
  for (const auto* heads : {&pack.heads, &pack.named_heads}) {
    for (const HeadNoun& head : *heads) labels.insert(head.label);
  }
  for (const PatternEntity& entity : pack.pattern_entities) labels.insert(entity.label);
  for (const auto& [label, other] : pack.recast) labels.insert(other);
  labels.insert({pack.document.document_label, pack.document.section_label});
  return labels;
}

Known RelationsOf(const PackData& pack) {
  Known relations;
  for (const RelationSignature& relation : pack.relations) relations.insert(relation.name);
  return relations;
}

/// Names in every form that a gazetteer has.
void CheckNames(const PackData& pack) {
  if (pack.used.names.empty()) return;
  std::unordered_set<std::string_view> known;
  for (const NameEntry& entry : pack.names) {
    known.insert(entry.name);
    known.insert(entry.aliases.begin(), entry.aliases.end());
    known.insert(entry.acronyms.begin(), entry.acronyms.end());
  }
  for (const PlacedWord& word : pack.used.names) {
    if (known.contains(word.text)) continue;
    Fail(word, "no gazetteer has the name '" + word.text + "'",
         DidYouMean(word.text, known, "", "'", "'"));
  }
}

/// Labels of `slot`, without its braces; none for what is no object.
std::vector<std::string> SlotLabels(std::string_view slot) {
  if (slot == "subject" || slot == "capital" || slot == "date" || slot == "amount") return {};
  for (const std::string_view link : {" via ", " in "}) slot = slot.substr(0, slot.find(link));
  std::vector<std::string> labels;
  while (!slot.empty()) {
    const std::size_t end = std::min(slot.find('|'), slot.size());
    labels.emplace_back(slot.substr(0, end));
    slot.remove_prefix(std::min(end + 1, slot.size()));
  }
  return labels;
}

/// Calls visit(label, pattern number) for what the slots of a rule ask for.
template <typename Visit>
void ForEachSlotLabel(const Rule& rule, const Visit& visit) {
  for (std::size_t i = 0; i < rule.patterns.size(); ++i) {
    const std::string_view pattern = rule.patterns[i];
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos;) {
      const std::size_t close = std::min(pattern.find('}', open), pattern.size());
      for (const std::string& label : SlotLabels(pattern.substr(open + 1, close - open - 1))) {
        visit(label, i);
      }
      open = pattern.find('{', close);
    }
  }
}

/// That slots ask for labels that there are, and that the relation takes.
void CheckSlots(const PackData& pack, const Known& labels) {
  std::unordered_map<std::string_view, const RelationSignature*> relations;
  for (const RelationSignature& relation : pack.relations) relations[relation.name] = &relation;
  for (const Rule& rule : pack.rules) {
    const std::vector<std::string>& to = relations.at(rule.relation)->to;
    const auto takes = [&](const std::string& label) {
      return to.empty() || std::find(to.begin(), to.end(), label) != to.end();
    };
    ForEachSlotLabel(rule, [&](const std::string& label, std::size_t i) {
      const PlacedWord place{label, rule.file, rule.pattern_offsets[i]};
      if (!labels.contains(label)) {
        Fail(place, "nothing has the label '" + label + "'",
             DidYouMean(label, labels, "a gazetteer or `heads` says what does", "'", "'"));
      }
      const auto recast = pack.recast.find(label);
      if (takes(label) || (recast != pack.recast.end() && takes(recast->second))) return;
      Fail(place, rule.relation + " takes no '" + label + "'",
           DidYouMean(label, to, "what it takes is `to` in pack.yml", "'", "'"));
    });
  }
}

/// Words of verb fragments are lemmas; those of several words are `phrasal` in a lexicon.
void CheckVerbs(const PackData& pack) {
  std::unordered_map<std::string, std::string> lemmas;  // Form → lemma, of verbs in lexicons.
  for (const auto& verb : pack.lexicon.verbs) {
    for (const std::string& form : FormsOf(verb)) lemmas.try_emplace(form, verb.front());
  }
  for (const auto& verb : pack.lexicon.verbs) lemmas[verb.front()] = verb.front();
  Known phrasal;
  if (const auto at = pack.lexicon.words.find("phrasal"); at != pack.lexicon.words.end()) {
    for (std::string words : at->second) {
      std::replace(words.begin(), words.end(), ' ', '_');
      phrasal.insert(std::move(words));
    }
  }
  for (const PlacedWord& word : pack.used.verbs) {
    const auto known = lemmas.find(word.text);
    if (known != lemmas.end() && known->second != word.text) {
      Fail(word, "'" + word.text + "' is a form of a verb, and fragments have lemmas",
           "did you mean '" + known->second + "'?");
    }
    const bool is_one_word = word.text.find_first_of("_ ") == std::string::npos;
    if (is_one_word || phrasal.contains(word.text)) continue;
    Fail(word, "no lexicon has the verb '" + word.text + "' under `phrasal`",
         DidYouMean(word.text, phrasal, "the words of one are joined by '_'", "'", "'"));
  }
}

}  // namespace

void CheckWords(const PackData& pack) {
  const Known labels = LabelsOf(pack);
  ExpectKnown(pack.used.labels, labels, "nothing has the label",
              "a gazetteer or `heads` says what does");
  ExpectKnown(pack.used.relations, RelationsOf(pack), "unknown relation",
              "relations are listed in pack.yml");
  CheckSlots(pack, labels);
  CheckVerbs(pack);
  CheckNames(pack);
}

}  // namespace verbale::extract
