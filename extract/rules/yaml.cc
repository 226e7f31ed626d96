#include "extract/rules/yaml.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include <yaml-cpp/yaml.h>

namespace verbale::extract {
namespace {

constexpr int kMaxDepth = 32;

std::size_t OffsetOf(const YAML::Mark& mark) {
  return mark.is_null() ? 0 : static_cast<std::size_t>(mark.pos);
}

class Converter {
 public:
  explicit Converter(const YamlFile& file) : file_(file) {}

  YamlNode Convert(const YAML::Node& from, int depth) {
    YamlNode node;
    node.offset = OffsetOf(from.Mark());
    if (depth > kMaxDepth) file_.Fail(node.offset, 1, "this file nests deeper than 32 levels");
    switch (from.Type()) {
      case YAML::NodeType::Scalar:
        node.kind = YamlNode::Kind::kScalar;
        node.text = from.Scalar();
        break;
      case YAML::NodeType::Sequence:
        node.kind = YamlNode::Kind::kList;
        for (const auto& item : from) node.items.push_back(Convert(item, depth + 1));
        break;
      case YAML::NodeType::Map:
        ConvertMap(from, depth, node);
        break;
      default:
        break;
    }
    return node;
  }

 private:
  void ConvertMap(const YAML::Node& from, int depth, YamlNode& node) {
    node.kind = YamlNode::Kind::kMap;
    for (const auto& field : from) {
      const std::size_t at = OffsetOf(field.first.Mark());
      if (!field.first.IsScalar()) file_.Fail(at, 1, "a key must be plain text");
      const std::string& key = field.first.Scalar();
      for (const auto& earlier : node.fields) {
        if (earlier.first == key) file_.Fail(at, key.size(), "the key '" + key + "' stands twice");
      }
      node.fields.emplace_back(key, Convert(field.second, depth + 1));
      node.field_offsets.push_back(at);
    }
  }

  const YamlFile& file_;
};

}  // namespace

void YamlFile::Fail(std::size_t offset, std::size_t length, const std::string& message,
                    const std::string& hint) const {
  TextPosition position =
      LocateInText(bytes, std::min(offset, bytes.size()), std::max<std::size_t>(length, 1));
  position.file = path;
  throw Error(ErrorCode::kSyntax, message, std::move(position)).WithHint(hint);
}

YamlFile ParseYaml(std::string path, std::string bytes) {
  YamlFile file{std::move(path), std::move(bytes), {}};
  try {
    file.root = Converter(file).Convert(YAML::Load(file.bytes), 0);
  } catch (const YAML::Exception& error) {
    file.Fail(OffsetOf(error.mark), 1, "this is not YAML: " + error.msg);
  }
  return file;
}

YamlFile ReadYaml(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Error(ErrorCode::kIo, "cannot read " + path);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  return ParseYaml(path, std::move(bytes));
}

YamlMap::YamlMap(const YamlFile& file, const YamlNode& node,
                 std::initializer_list<std::string_view> known)
    : file_(file), node_(node) {
  if (node.kind != YamlNode::Kind::kMap)
    file.Fail(node.offset, 1, "a map with keys is needed here");
  for (std::size_t i = 0; i < node.fields.size(); ++i) {
    const std::string& key = node.fields[i].first;
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    file.Fail(node.field_offsets[i], key.size(), "unknown key '" + key + "'",
              DidYouMean(key, known, "", "'", "'"));
  }
}

const YamlNode* YamlMap::Find(std::string_view key) const {
  for (const auto& field : node_.fields) {
    if (field.first == key) return &field.second;
  }
  return nullptr;
}

const YamlNode& YamlMap::Get(std::string_view key) const {
  const YamlNode* node = Find(key);
  if (node == nullptr) file_.Fail(node_.offset, 1, "the key '" + std::string(key) + "' is missing");
  return *node;
}

std::string YamlMap::String(std::string_view key, std::string_view otherwise) const {
  const YamlNode* node = Find(key);
  return node == nullptr ? std::string(otherwise) : ScalarText(file_, *node);
}

std::string YamlMap::RequiredString(std::string_view key) const {
  return ScalarText(file_, Get(key));
}

bool YamlMap::Bool(std::string_view key, bool otherwise) const {
  const YamlNode* node = Find(key);
  if (node == nullptr) return otherwise;
  const std::string& text = ScalarText(file_, *node);
  if (text != "true" && text != "false") file_.Fail(node->offset, text.size(), "true or false");
  return text == "true";
}

std::vector<std::string> YamlMap::Strings(std::string_view key) const {
  const YamlNode* node = Find(key);
  return node == nullptr ? std::vector<std::string>() : StringList(file_, *node);
}

const std::string& ScalarText(const YamlFile& file, const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kScalar) file.Fail(node.offset, 1, "text is needed here");
  return node.text;
}

std::vector<std::string> StringList(const YamlFile& file, const YamlNode& node) {
  std::vector<std::string> list;
  if (node.kind == YamlNode::Kind::kScalar) return {node.text};
  for (const YamlNode& item : ListItems(file, node)) list.push_back(ScalarText(file, item));
  return list;
}

const std::vector<YamlNode>& ListItems(const YamlFile& file, const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kList && node.kind != YamlNode::Kind::kNull) {
    file.Fail(node.offset, 1, "a list is needed here");
  }
  return node.items;
}

const std::vector<std::pair<std::string, YamlNode>>& MapFields(const YamlFile& file,
                                                               const YamlNode& node) {
  if (node.kind != YamlNode::Kind::kMap && node.kind != YamlNode::Kind::kNull) {
    file.Fail(node.offset, 1, "a map with keys is needed here");
  }
  return node.fields;
}

}  // namespace verbale::extract
