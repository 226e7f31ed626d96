#pragma once

// The readers of the single files of a pack; load.cc puts them together.

#include "extract/rules/pack_data.h"
#include "extract/rules/yaml.h"

namespace verbale::extract {

/// pack.yml, but for what `extends` names.
void LoadManifest(const YamlFile& file, PackData& pack);
void LoadStructure(const YamlFile& file, PackData& pack);
void LoadLexicon(const YamlFile& file, PackData& pack);
void LoadFragments(const YamlFile& file, PackData& pack);
void LoadGazetteer(const YamlFile& file, PackData& pack);
void LoadRules(const YamlFile& file, PackData& pack);
/// Further examples of rules that are loaded.
void LoadExamples(const YamlFile& file, PackData& pack);

/// Error where the file's `format` is not `expected`.
void CheckFormat(const YamlFile& file, const YamlMap& map, std::string_view expected);

/// Adds the texts of a list, or the one text, to those that must be known; nullptr: none.
void NoteWords(const YamlFile& file, const YamlNode* node, std::vector<PlacedWord>& used);

}  // namespace verbale::extract
