#include "extract/rules/load.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "extract/rules/check_words.h"
#include "extract/rules/load_internal.h"
#include "graph/graph.h"

namespace verbale::extract {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPacks = 16;

/// Files of one kind, sorted by name. What lies there and looks like one, but is none, is an error:
/// nobody would miss it.
std::vector<fs::path> YamlFilesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& path = entry.path();
    // "own.yml.txt", as some editors have it; "own.yml~" is a copy that they keep.
    const std::string name = path.filename().string();
    const bool is_more = name.find(".yml.") != std::string::npos && name.back() != '~';
    if (name[0] != '.' && (path.extension() == ".yaml" || is_more)) {
      throw Error(ErrorCode::kSemantic, path.string() + ": files of a pack end in .yml");
    }
    if (entry.is_directory() && path.filename().string()[0] != '.') {
      throw Error(ErrorCode::kSemantic,
                  path.string() + ": there is no folder in a folder of a pack");
    }
    if (path.extension() == ".yml") files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

/// Whether a folder has files as a pack's folders have.
bool HasYamlFiles(const fs::path& folder) {
  const fs::directory_iterator files(folder);
  return std::any_of(begin(files), end(files), [](const fs::directory_entry& file) {
    return file.path().extension() == ".yml" || file.path().extension() == ".yaml";
  });
}

/// That the pack's own folder has nothing of rules or words that would never be read.
void CheckFileNames(const fs::path& folder) {
  const std::vector<std::string> files = {"pack.yml", "structure.yml", "lexicon.yml",
                                          "fragments.yml"};
  const std::vector<std::string> folders = {"rules", "gazetteer", "examples"};
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    const std::string ending = entry.path().extension().string();
    const bool is_folder = entry.is_directory();
    const std::vector<std::string>& known = is_folder ? folders : files;
    if (name[0] == '.' || std::find(known.begin(), known.end(), name) != known.end()) continue;
    const bool looks_like_one =
        is_folder ? HasYamlFiles(entry.path()) : ending == ".yml" || ending == ".yaml";
    if (!looks_like_one) continue;
    throw Error(ErrorCode::kSemantic, entry.path().string() + ": no " +
                                          (is_folder ? "folder" : "file") +
                                          " of a pack is called so")
        .WithHint(DidYouMean(name, known, "rules, gazetteers and examples have folders", "'", "'"));
  }
}

/// The packs that one builds on, with the places of their names in its manifest.
std::vector<const YamlNode*> BasesIn(const YamlFile& manifest) {
  std::vector<const YamlNode*> bases;
  for (const auto& [key, node] : manifest.root.fields) {
    if (key != "extends") continue;
    if (node.kind == YamlNode::Kind::kScalar) bases.push_back(&node);
    for (const YamlNode& item : node.items) bases.push_back(&item);
  }
  return bases;
}

/// Loads packs depth-first, each once, and takes the hash of all that was read.
class PackLoader {
 public:
  PackLoader(const std::vector<std::string>& shelves, PackParts parts)
      : shelves_(shelves), parts_(parts) {}

  void Load(const fs::path& folder, PackData& pack) {
    const std::string name = folder.filename().string();
    if (!loaded_.insert(name).second) return;
    if (loaded_.size() > kMaxPacks) {
      throw Error(ErrorCode::kLimitExceeded, "more than 16 packs build on one another");
    }
    if (!fs::is_directory(folder)) {
      throw Error(ErrorCode::kNotFound, "no pack in " + folder.string());
    }
    const YamlFile manifest = Read(folder / "pack.yml");
    PackData own;
    LoadManifest(manifest, own);  // Everything in it is looked at before anything else is read.
    CheckFileNames(folder);
    open_.push_back(name);
    for (const YamlNode* base : BasesIn(manifest)) LoadBase(manifest, *base, pack);
    open_.pop_back();
    LoadManifest(manifest, pack);
    LoadFiles(folder, pack);
  }

  std::string Hash() const { return graph::Sha256Hex(seen_); }

 private:
  void LoadBase(const YamlFile& manifest, const YamlNode& base, PackData& pack) {
    const fs::path folder = Find(fs::path(manifest.path).parent_path().parent_path(), base.text);
    if (!fs::is_directory(folder)) {
      manifest.Fail(base.offset, base.text.size(), "no pack is called '" + base.text + "'");
    }
    if (std::find(open_.begin(), open_.end(), folder.filename().string()) != open_.end()) {
      manifest.Fail(base.offset, base.text.size(), "'" + base.text + "' builds on this pack");
    }
    Load(folder, pack);
  }

  /// Where the pack `name` lies; beside the one that extends it where it is nowhere.
  fs::path Find(const fs::path& beside, const std::string& name) const {
    if (fs::is_directory(beside / name)) return beside / name;
    for (const std::string& shelf : shelves_) {
      if (fs::is_directory(fs::path(shelf) / name)) return fs::path(shelf) / name;
    }
    return beside / name;
  }

  void LoadFiles(const fs::path& folder, PackData& pack) {
    const auto if_there = [&](const char* name, void (*load)(const YamlFile&, PackData&)) {
      if (fs::exists(folder / name)) load(Read(folder / name), pack);
    };
    if_there("structure.yml", &LoadStructure);
    if_there("lexicon.yml", &LoadLexicon);
    if_there("fragments.yml", &LoadFragments);
    for (const fs::path& file : YamlFilesIn(folder / "gazetteer")) LoadGazetteer(Read(file), pack);
    for (const fs::path& file : YamlFilesIn(folder / "rules")) LoadRules(Read(file), pack);
    // Examples change no reading, so they are no part of the hash.
    if (parts_ == PackParts::kForReading) return;
    for (const fs::path& file : YamlFilesIn(folder / "examples")) {
      LoadExamples(ReadYaml(file.string()), pack);
    }
  }

  YamlFile Read(const fs::path& path) {
    YamlFile file = ReadYaml(path.string());
    const fs::path folder = path.parent_path();
    // The name that goes into the hash is the one inside the packs' folder, so that the place of
    // the packs does not count.
    const std::string inside = loaded_.size() == 1 ? path.filename().string()
                                                   : (folder.filename() / path.filename()).string();
    seen_ += inside + '\0' + std::to_string(file.bytes.size()) + '\0' + file.bytes;
    return file;
  }

  const std::vector<std::string>& shelves_;
  const PackParts parts_;
  std::set<std::string> loaded_;
  std::vector<std::string> open_;  // Packs whose bases are being loaded, from the outermost on.
  std::string seen_;
};

/// Entries of one label and name become one, in the order in which they were read.
void MergeNames(PackData& pack) {
  std::map<std::pair<std::string, std::string>, std::size_t> at;
  std::vector<NameEntry> merged;
  const auto append = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
    for (const std::string& text : from) {
      if (std::find(to.begin(), to.end(), text) == to.end()) to.push_back(text);
    }
  };
  for (NameEntry& entry : pack.names) {
    const auto [place, fresh] = at.try_emplace({entry.label, entry.name}, merged.size());
    if (fresh) {
      merged.push_back(std::move(entry));
      continue;
    }
    NameEntry& known = merged[place->second];
    append(known.aliases, entry.aliases);
    append(known.acronyms, entry.acronyms);
    append(known.adjectives, entry.adjectives);
    known.case_sensitive |= entry.case_sensitive;
    if (known.of.empty()) known.of = std::move(entry.of);
    if (known.properties.empty()) known.properties = entry.properties;
  }
  pack.names = std::move(merged);
}

void CheckRuleIds(PackData& pack) {
  std::sort(pack.rules.begin(), pack.rules.end(),
            [](const Rule& a, const Rule& b) { return a.id < b.id; });
  for (std::size_t i = 1; i < pack.rules.size(); ++i) {
    const Rule& rule = pack.rules[i];
    if (rule.id != pack.rules[i - 1].id) continue;
    throw Error(ErrorCode::kSemantic, rule.file + ":" + std::to_string(rule.line) +
                                          ": the rule id '" + rule.id + "' stands twice");
  }
}

void CheckRelations(const PackData& pack) {
  std::vector<std::string> names;
  for (const RelationSignature& relation : pack.relations) names.push_back(relation.name);
  for (const Rule& rule : pack.rules) {
    if (std::find(names.begin(), names.end(), rule.relation) != names.end()) continue;
    throw Error(ErrorCode::kSemantic, rule.file + ":" + std::to_string(rule.line) + ": rule '" +
                                          rule.id + "' has the unknown relation '" + rule.relation +
                                          "'")
        .WithHint(DidYouMean(rule.relation, names, "relations are listed in pack.yml", "'", "'"));
  }
}

}  // namespace

PackData LoadPackData(const std::string& folder, const std::vector<std::string>& shelves,
                      PackParts parts) {
  PackData pack;
  PackLoader loader(shelves, parts);
  loader.Load(fs::path(folder).lexically_normal(), pack);
  MergeNames(pack);
  CheckRuleIds(pack);
  CheckRelations(pack);
  CheckWords(pack);
  pack.structure.inner_words = pack.lexicon.words["inner"];
  std::sort(pack.structure.inner_words.begin(), pack.structure.inner_words.end());
  pack.hash = loader.Hash();
  return pack;
}

}  // namespace verbale::extract
