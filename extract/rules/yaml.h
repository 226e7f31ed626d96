#pragma once

// A YAML file as a plain tree that remembers where everything stands, and a strict reader of its
// maps: what is not known is an error with its place and the nearest known key.

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/error.h"

namespace verbale::extract {

/// One node of a YAML file.
struct YamlNode {
  enum class Kind { kNull, kScalar, kList, kMap };
  Kind kind = Kind::kNull;
  std::string text;                                      ///< kScalar
  std::vector<YamlNode> items;                           ///< kList
  std::vector<std::pair<std::string, YamlNode>> fields;  ///< kMap, in the order of the file
  std::vector<std::size_t> field_offsets;                ///< Of the keys, parallel to `fields`.
  std::size_t offset = 0;                                ///< In bytes.
  std::size_t line = 1;
};

/// A file of a pack. `bytes` stays so that errors can show the line.
struct YamlFile {
  std::string path;
  std::string bytes;
  YamlNode root;

  /// Throws Error(kSyntax) at `offset` of this file.
  [[noreturn]] void Fail(std::size_t offset, std::size_t length, const std::string& message,
                         const std::string& hint = {}) const;
};

/// Error(kIo) where the file cannot be read, Error(kSyntax) where it is no YAML, has a key twice,
/// or nests deeper than 32.
YamlFile ReadYaml(const std::string& path);
YamlFile ParseYaml(std::string path, std::string bytes);

/// The fields of one map, with `known` keys only. Borrows file and node.
class YamlMap {
 public:
  YamlMap(const YamlFile& file, const YamlNode& node,
          std::initializer_list<std::string_view> known);

  /// nullptr where the key is absent.
  const YamlNode* Find(std::string_view key) const;
  /// Error where the key is absent.
  const YamlNode& Get(std::string_view key) const;

  std::string String(std::string_view key, std::string_view otherwise) const;
  std::string RequiredString(std::string_view key) const;
  bool Bool(std::string_view key, bool otherwise) const;
  /// A list of strings; one string stands for a list of one; empty where the key is absent.
  std::vector<std::string> Strings(std::string_view key) const;

 private:
  const YamlFile& file_;
  const YamlNode& node_;
};

/// `node` as text; Error where it is a list or a map.
const std::string& ScalarText(const YamlFile& file, const YamlNode& node);
std::vector<std::string> StringList(const YamlFile& file, const YamlNode& node);
/// `node`'s items; Error where it is no list.
const std::vector<YamlNode>& ListItems(const YamlFile& file, const YamlNode& node);
const std::vector<std::pair<std::string, YamlNode>>& MapFields(const YamlFile& file,
                                                               const YamlNode& node);

}  // namespace verbale::extract
