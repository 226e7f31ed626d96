// Manifest, structure, lexicon, fragments and gazetteers of a pack.

#include <algorithm>

#include "extract/rules/load_internal.h"
#include "extract/text/patterns.h"

namespace verbale::extract {

using graph::Modality;
using graph::Value;

void CheckFormat(const YamlFile& file, const YamlMap& map, std::string_view expected) {
  const YamlNode& format = map.Get("format");
  if (ScalarText(file, format) == expected) return;
  file.Fail(format.offset, format.text.size(), "the format must be " + std::string(expected));
}

void NoteWords(const YamlFile& file, const YamlNode* node, std::vector<PlacedWord>& used) {
  if (node == nullptr) return;
  if (node->kind == YamlNode::Kind::kScalar) used.push_back({node->text, file.path, node->offset});
  for (const YamlNode& item : node->items) used.push_back({item.text, file.path, item.offset});
}

namespace {

void NoteKeys(const YamlFile& file, const YamlNode* node, std::vector<PlacedWord>& used) {
  if (node == nullptr) return;
  for (std::size_t i = 0; i < node->fields.size(); ++i) {
    used.push_back({node->fields[i].first, file.path, node->field_offsets[i]});
  }
}

/// Regular expressions over lines, each with the group that is read from it and the words that it
/// must have (empty: none).
std::vector<std::string> LineList(const YamlFile& file, const YamlMap& map, std::string_view key,
                                  std::string_view group = "", std::string_view needed = "") {
  const YamlNode* node = map.Find(key);
  if (node == nullptr) return {};
  const bool is_one = node->kind == YamlNode::Kind::kScalar;
  const std::vector<YamlNode> items = is_one ? std::vector{*node} : ListItems(file, *node);
  std::vector<std::string> patterns;
  for (const YamlNode& item : items) {
    patterns.push_back(ScalarText(file, item));
    if (patterns.back().find(needed) == std::string::npos) {
      file.Fail(item.offset, patterns.back().size(),
                std::string(key) + " '" + patterns.back() + "' has no " + std::string(needed));
    }
    try {
      LinePatterns({patterns.back()}, key, group);
    } catch (const Error& error) {
      file.Fail(item.offset, patterns.back().size(), error.what());
    }
  }
  return patterns;
}

void LoadRelations(const YamlFile& file, const YamlNode& node, PackData& pack) {
  for (const auto& [name, body] : MapFields(file, node)) {
    const YamlMap map(file, body, {"from", "to"});
    for (const char* key : {"from", "to"}) NoteWords(file, map.Find(key), pack.used.labels);
    RelationSignature signature{name, map.Strings("from"), map.Strings("to")};
    const auto known = std::find_if(pack.relations.begin(), pack.relations.end(),
                                    [&](const auto& relation) { return relation.name == name; });
    if (known == pack.relations.end()) {
      pack.relations.push_back(std::move(signature));
    } else {
      *known = std::move(signature);
    }
  }
}

void Append(std::vector<std::string>& to, std::vector<std::string> from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

void LoadWordGroups(const YamlFile& file, const YamlMap& map, std::string_view kind,
                    PackData& pack) {
  const YamlNode* group = map.Find(std::string(kind) + "s");
  if (group == nullptr) return;
  for (const auto& [name, words] : MapFields(file, *group)) {
    pack.fragments.push_back({std::string(kind), name, StringList(file, words), words.offset});
    if (kind == "verb") NoteWords(file, &words, pack.used.verbs);
    // None would stand for any: a pattern without words takes every verb.
    if (pack.fragments.back().words.empty()) file.Fail(words.offset, 1, "a fragment needs a word");
  }
}

void LoadHeads(const YamlFile& file, const YamlMap& map, const char* key,
               std::vector<HeadNoun>& heads) {
  const YamlNode* node = map.Find(key);
  if (node == nullptr) return;
  for (const auto& [label, lemmas] : MapFields(file, *node)) {
    for (std::string& lemma : StringList(file, lemmas)) heads.push_back({std::move(lemma), label});
  }
}

void LoadPairs(const YamlFile& file, const YamlMap& map, const char* key,
               std::map<std::string, std::string>& pairs) {
  const YamlNode* node = map.Find(key);
  if (node == nullptr) return;
  for (const auto& [name, value] : MapFields(file, *node)) pairs[name] = ScalarText(file, value);
}

std::vector<std::pair<std::string, Modality>> ModalityWords(const YamlFile& file,
                                                            const YamlNode& node) {
  std::vector<std::pair<std::string, Modality>> result;
  for (const auto& [name, words] : MapFields(file, node)) {
    Modality modality = Modality::kAsserted;
    try {
      modality = graph::ModalityFromName(name);
    } catch (const Error& error) {
      file.Fail(words.offset, 1, error.what());
    }
    for (std::string& word : StringList(file, words))
      result.emplace_back(std::move(word), modality);
  }
  return result;
}

}  // namespace

void LoadManifest(const YamlFile& file, PackData& pack) {
  const YamlMap map(
      file, file.root,
      {"format", "name", "version", "title", "extends", "relations", "own", "evaluation"});
  CheckFormat(file, map, "verbale-pack/1");
  pack.name = map.RequiredString("name");
  pack.version = map.RequiredString("version");
  pack.title = map.String("title", pack.name);
  if (const YamlNode* relations = map.Find("relations")) LoadRelations(file, *relations, pack);
  if (const YamlNode* node = map.Find("own")) {
    const YamlMap own(file, *node, {"relations", "labels"});
    Append(pack.own_relations, own.Strings("relations"));
    Append(pack.own_labels, own.Strings("labels"));
    NoteWords(file, own.Find("relations"), pack.used.relations);
    NoteWords(file, own.Find("labels"), pack.used.labels);
  }
  if (const YamlNode* node = map.Find("evaluation")) {
    const YamlMap terms(file, *node, {"open_relations", "open_labels"});
    Append(pack.evaluation.open_relations, terms.Strings("open_relations"));
    Append(pack.evaluation.open_labels, terms.Strings("open_labels"));
    NoteWords(file, terms.Find("open_relations"), pack.used.relations);
    NoteWords(file, terms.Find("open_labels"), pack.used.labels);
  }
  map.Strings("extends");  // That it is a list of texts; load.cc follows them.
}

void LoadStructure(const YamlFile& file, PackData& pack) {
  const YamlMap map(
      file, file.root,
      {"format", "symbols", "titles", "languages", "dates", "files", "authored", "author_lines",
       "introductions", "first_person", "at_home", "author_label", "heading_reach", "page_noise",
       "abbreviations", "document", "proposal_headings"});
  CheckFormat(file, map, "verbale-structure/1");
  Structure& structure = pack.structure;
  Append(structure.symbol_patterns, LineList(file, map, "symbols", "symbol"));
  Append(structure.title_patterns, LineList(file, map, "titles", "title"));
  Append(structure.language_patterns, LineList(file, map, "languages", "language"));
  Append(structure.date_patterns, LineList(file, map, "dates", "date"));
  Append(structure.file_patterns, LineList(file, map, "files"));
  Append(structure.authored_patterns, LineList(file, map, "authored"));
  Append(structure.author_line_patterns, LineList(file, map, "author_lines", "author"));
  Append(structure.introduction_patterns, LineList(file, map, "introductions", "author"));
  Append(structure.first_person_patterns, LineList(file, map, "first_person"));
  Append(structure.at_home_patterns, LineList(file, map, "at_home", "", "{author}"));
  Append(structure.page_noise_patterns, LineList(file, map, "page_noise"));
  Append(structure.abbreviations, map.Strings("abbreviations"));
  Append(pack.recommending_headings, map.Strings("proposal_headings"));
  structure.author_label = map.String("author_label", structure.author_label);
  NoteWords(file, map.Find("author_label"), pack.used.labels);
  if (const YamlNode* reach = map.Find("heading_reach")) {
    const std::string& text = ScalarText(file, *reach);
    if (text.size() != 1 || text[0] < '1' || text[0] > '9') {
      file.Fail(reach->offset, text.size(), "heading_reach is a number from 1 to 9");
    }
    structure.heading_reach = static_cast<std::uint32_t>(text[0] - '0');
  }
  const YamlNode* document = map.Find("document");
  if (document == nullptr) return;
  const YamlMap names(file, *document, {"label", "section_label", "submitted", "in", "mentions"});
  pack.document.document_label = names.RequiredString("label");
  pack.document.section_label = names.RequiredString("section_label");
  pack.document.submitted = names.String("submitted", "");
  pack.document.in = names.String("in", "");
  pack.document.mentions = names.String("mentions", "");
}

void LoadLexicon(const YamlFile& file, PackData& pack) {
  const YamlMap map(
      file, file.root,
      {"format", "words", "modals", "catenatives", "manners", "that_clauses", "verbs"});
  CheckFormat(file, map, "verbale-lexicon/1");
  Lexicon& lexicon = pack.lexicon;
  if (const YamlNode* words = map.Find("words")) {
    for (const auto& [name, list] : MapFields(file, *words)) {
      Append(lexicon.words[name], StringList(file, list));
    }
  }
  const auto load = [&](const char* key, std::vector<std::pair<std::string, Modality>>& words) {
    const YamlNode* node = map.Find(key);
    if (node == nullptr) return;
    for (auto& word : ModalityWords(file, *node)) words.push_back(std::move(word));
  };
  load("modals", lexicon.modals);
  load("catenatives", lexicon.catenatives);
  load("manners", lexicon.manners);
  load("that_clauses", lexicon.that_clauses);
  for (const std::string& line : map.Strings("verbs")) {
    std::vector<std::string> forms;
    std::size_t begin = 0;
    while (begin < line.size()) {
      const std::size_t end = std::min(line.find(' ', begin), line.size());
      if (end > begin) forms.push_back(line.substr(begin, end - begin));
      begin = end + 1;
    }
    if (forms.size() != 1 && forms.size() != 5) {
      file.Fail(
          map.Get("verbs").offset, 1,
          "a verb is its lemma, or lemma, third person, past, participle, -ing form: " + line);
    }
    lexicon.verbs.push_back(std::move(forms));
  }
}

void LoadFragments(const YamlFile& file, PackData& pack) {
  const YamlMap map(file, file.root,
                    {"format", "verbs", "nouns", "heads", "named_heads", "stands_for", "parts",
                     "recast", "in_speeches", "also_called", "held_by", "actors", "entities"});
  CheckFormat(file, map, "verbale-fragments/1");
  LoadWordGroups(file, map, "verb", pack);
  LoadWordGroups(file, map, "noun", pack);
  LoadHeads(file, map, "heads", pack.heads);
  LoadHeads(file, map, "named_heads", pack.named_heads);
  LoadHeads(file, map, "stands_for", pack.stands_for);
  LoadHeads(file, map, "parts", pack.parts);
  for (const char* key : {"stands_for", "parts", "recast", "held_by"}) {
    NoteKeys(file, map.Find(key), pack.used.labels);
  }
  LoadPairs(file, map, "recast", pack.recast);
  LoadPairs(file, map, "in_speeches", pack.in_speeches);
  LoadPairs(file, map, "also_called", pack.also_called);
  if (const YamlNode* held = map.Find("held_by")) {
    for (const auto& [label, by] : MapFields(file, *held)) {
      NoteWords(file, &by, pack.used.labels);
      for (std::string& holder : StringList(file, by)) pack.held_by[label].insert(holder);
    }
  }
  if (const YamlNode* node = map.Find("actors")) {
    const YamlMap actors(
        file, *node,
        {"labels", "acting_labels", "owner_labels", "owned_labels", "place_labels", "nouns"});
    for (const char* key :
         {"labels", "acting_labels", "owner_labels", "owned_labels", "place_labels"}) {
      NoteWords(file, actors.Find(key), pack.used.labels);
    }
    Append(pack.actor_labels, actors.Strings("labels"));
    Append(pack.acting_labels, actors.Strings("acting_labels"));
    Append(pack.owner_labels, actors.Strings("owner_labels"));
    Append(pack.owned_labels, actors.Strings("owned_labels"));
    Append(pack.place_labels, actors.Strings("place_labels"));
    Append(pack.actor_nouns, actors.Strings("nouns"));
  }
  if (const YamlNode* entities = map.Find("entities")) {
    for (const YamlNode& item : ListItems(file, *entities)) {
      const YamlMap fields(file, item, {"label", "pattern", "name", "series"});
      pack.pattern_entities.push_back({fields.RequiredString("label"),
                                       fields.RequiredString("pattern"),
                                       fields.String("name", "\\0"), fields.String("series", "")});
    }
  }
}

void LoadGazetteer(const YamlFile& file, PackData& pack) {
  const YamlMap map(file, file.root, {"format", "label", "entries"});
  CheckFormat(file, map, "verbale-gazetteer/1");
  const std::string label = map.RequiredString("label");
  pack.gazetteer_labels.insert(label);
  for (const YamlNode& node : ListItems(file, map.Get("entries"))) {
    const YamlMap fields(file, node,
                         {"name", "official", "aliases", "acronyms", "adjectives", "former", "iso2",
                          "iso3", "m49", "wikidata", "case_sensitive", "of"});
    NameEntry entry;
    entry.label = label;
    entry.name = fields.RequiredString("name");
    entry.aliases = fields.Strings("aliases");
    Append(entry.aliases, fields.Strings("former"));
    entry.acronyms = fields.Strings("acronyms");
    entry.adjectives = fields.Strings("adjectives");
    entry.case_sensitive = fields.Bool("case_sensitive", false);
    entry.of = fields.String("of", "");
    NoteWords(file, fields.Find("of"), pack.used.names);
    const std::string official = fields.String("official", "");
    if (!official.empty()) entry.aliases.push_back(official);
    for (const char* key : {"iso2", "iso3", "m49", "official", "wikidata"}) {
      const std::string value = fields.String(key, "");
      if (!value.empty()) entry.properties.emplace_back(key, Value(value));
    }
    std::sort(entry.properties.begin(), entry.properties.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    pack.names.push_back(std::move(entry));
  }
}

}  // namespace verbale::extract
