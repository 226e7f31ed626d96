#include "extract/rules/yaml.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <new>

#include <yaml.h>

namespace verbale::extract {
namespace {

constexpr int kMaxDepth = 32;

/// What aliases may repeat: a file of a few lines can name more nodes than there is memory for.
constexpr std::size_t kMostRepeated = 1'000'000;

/// Builds the tree from the parser's events.
class TreeReader {
 public:
  explicit TreeReader(const YamlFile& file) : file_(file) {
    if (yaml_parser_initialize(&parser_) == 0) throw std::bad_alloc();
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    const std::string_view text = std::string_view(file.bytes).substr(start_);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  ~TreeReader() {
    yaml_event_delete(&event_);
    yaml_parser_delete(&parser_);
  }
  TreeReader(const TreeReader&) = delete;
  TreeReader& operator=(const TreeReader&) = delete;

  YamlNode Read() {
    Next();  // The stream begins.
    Next();
    YamlNode root;
    if (event_.type == YAML_STREAM_END_EVENT) return root;
    Next();
    root = Node(0);
    Next();  // The document ends.
    Next();
    if (event_.type != YAML_STREAM_END_EVENT) {
      file_.Fail(Offset(), 1, "a second document begins here; one file holds one");
    }
    return root;
  }

 private:
  void Next() {
    yaml_event_delete(&event_);
    if (yaml_parser_parse(&parser_, &event_) == 0) Fail();
  }

  [[noreturn]] void Fail() {
    if (parser_.error == YAML_MEMORY_ERROR) throw std::bad_alloc();
    const std::string problem = parser_.problem == nullptr ? "" : parser_.problem;
    // The reader counts bytes, the rest letters.
    const bool is_reader = parser_.error == YAML_READER_ERROR;
    const std::size_t at =
        is_reader ? start_ + parser_.problem_offset : OffsetOf(parser_.problem_mark);
    file_.Fail(at, 1, "this is not YAML: " + problem);
  }

  std::size_t Offset() { return OffsetOf(event_.start_mark); }

  /// Marks count letters; of those that came before, the bytes are known.
  std::size_t OffsetOf(const yaml_mark_t& mark) {
    const std::string& bytes = file_.bytes;
    if (mark.index < letters_) letters_ = 0, at_ = start_, line_ = 1;
    for (; letters_ < mark.index && at_ < bytes.size(); ++letters_) {
      if (bytes[at_++] == '\n') ++line_;
      while (at_ < bytes.size() && (static_cast<unsigned char>(bytes[at_]) & 0xC0) == 0x80) ++at_;
    }
    return at_;
  }

  /// Of the event that was read; afterwards its last event is.
  YamlNode Node(int depth) {
    YamlNode node;
    node.offset = Offset();
    node.line = line_;
    if (depth > kMaxDepth) file_.Fail(node.offset, 1, "this file nests deeper than 32 levels");
    std::string anchor;
    switch (event_.type) {
      case YAML_ALIAS_EVENT:
        return Repeated(Text(event_.data.alias.anchor));
      case YAML_SCALAR_EVENT:
        anchor = Text(event_.data.scalar.anchor);
        Scalar(node);
        break;
      case YAML_SEQUENCE_START_EVENT:
        anchor = Text(event_.data.sequence_start.anchor);
        node.kind = YamlNode::Kind::kList;
        for (Next(); event_.type != YAML_SEQUENCE_END_EVENT; Next()) {
          node.items.push_back(Node(depth + 1));
        }
        break;
      case YAML_MAPPING_START_EVENT:
        anchor = Text(event_.data.mapping_start.anchor);
        Map(depth, node);
        break;
      default:
        break;
    }
    if (!anchor.empty()) anchors_.insert_or_assign(anchor, node);
    return node;
  }

  void Scalar(YamlNode& node) const {
    const auto& scalar = event_.data.scalar;
    node.text.assign(reinterpret_cast<const char*>(scalar.value), scalar.length);
    const bool is_plain = scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.plain_implicit != 0;
    static constexpr std::string_view kNulls[] = {"", "~", "null", "Null", "NULL"};
    if (is_plain &&
        std::find(std::begin(kNulls), std::end(kNulls), node.text) != std::end(kNulls)) {
      node.text.clear();
      return;
    }
    node.kind = YamlNode::Kind::kScalar;
  }

  void Map(int depth, YamlNode& node) {
    node.kind = YamlNode::Kind::kMap;
    for (Next(); event_.type != YAML_MAPPING_END_EVENT; Next()) {
      const std::size_t at = Offset();
      const YamlNode key = Node(depth + 1);
      if (key.kind != YamlNode::Kind::kScalar) file_.Fail(at, 1, "a key must be plain text");
      for (const auto& earlier : node.fields) {
        if (earlier.first != key.text) continue;
        file_.Fail(at, key.text.size(), "the key '" + key.text + "' stands twice");
      }
      Next();
      node.fields.emplace_back(key.text, Node(depth + 1));
      node.field_offsets.push_back(at);
    }
  }

  /// What stands at the anchor, as if it were written here.
  YamlNode Repeated(const std::string& anchor) {
    const std::size_t at = Offset();
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      file_.Fail(at, anchor.size() + 1, "the alias '" + anchor + "' stands for nothing before it");
    }
    repeated_ += SizeOf(found->second);
    if (repeated_ > kMostRepeated) file_.Fail(at, anchor.size() + 1, "aliases repeat too much");
    return found->second;
  }

  static std::size_t SizeOf(const YamlNode& node) {
    std::size_t size = 1;
    for (const YamlNode& item : node.items) size += SizeOf(item);
    for (const auto& field : node.fields) size += SizeOf(field.second);
    return size;
  }

  static std::string Text(const yaml_char_t* text) {
    return text == nullptr ? std::string() : reinterpret_cast<const char*>(text);
  }

  const YamlFile& file_;
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  std::map<std::string, YamlNode> anchors_;
  std::size_t repeated_ = 0;  // nodes
  const std::size_t start_ = file_.bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  std::size_t letters_ = 0;  // From there to the byte at_.
  std::size_t at_ = start_;
  std::size_t line_ = 1;  // Of that byte.
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
  file.root = TreeReader(file).Read();
  return file;
}

YamlFile ReadYaml(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path))
    throw Error(ErrorCode::kIo, "cannot read " + path);
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
  const YamlNode& node = Get(key);
  if (ScalarText(file_, node).empty()) file_.Fail(node.offset, 1, "text is needed here");
  return node.text;
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
