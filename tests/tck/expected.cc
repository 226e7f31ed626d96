#include "tests/tck/expected.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/value_text.h"

namespace verbale::tck {
namespace {

using graph::Value;
using graph::ValueType;

// A value taken apart. Properties of nodes and relationships are a map child.
struct Structure {
  enum class Kind : std::uint8_t { kScalar, kList, kMap, kNode, kRelationship, kPath };
  Kind kind = Kind::kScalar;
  std::string text;                 // Scalar: canonical. Relationship: its type.
  std::vector<std::string> names;   // Map: keys. Node: labels. Path: "->" or "<-" a relationship.
  std::vector<Structure> children;  // List: elements. Map: values. Node, relationship: a map.
};

using Kind = Structure::Kind;

std::string Quoted(std::string_view s) {
  std::string out = "'";
  for (const char c : s) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string FloatText(double d) { return graph::FloatText(d == 0 ? 0.0 : d); }

void SortMap(Structure& map) {
  std::vector<std::size_t> order(map.names.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return map.names[a] < map.names[b]; });
  Structure sorted;
  sorted.kind = Kind::kMap;
  for (const std::size_t i : order) {
    sorted.names.push_back(std::move(map.names[i]));
    sorted.children.push_back(std::move(map.children[i]));
  }
  map = std::move(sorted);
}

std::string Print(const Structure& s, ListOrder order) {
  switch (s.kind) {
    case Kind::kScalar:
      return s.text;
    case Kind::kList: {
      std::vector<std::string> elements;
      for (const Structure& child : s.children) elements.push_back(Print(child, order));
      if (order == ListOrder::kIgnored) std::sort(elements.begin(), elements.end());
      std::string out = "[";
      for (const std::string& element : elements) out += (out.size() > 1 ? ", " : "") + element;
      return out + "]";
    }
    case Kind::kMap: {
      std::string out = "{";
      for (std::size_t i = 0; i < s.names.size(); ++i) {
        out += (i > 0 ? ", " : "") + s.names[i] + ": " + Print(s.children[i], order);
      }
      return out + "}";
    }
    case Kind::kNode: {
      std::string out = "(";
      for (const std::string& label : s.names) out += ":" + label;
      if (!s.children[0].names.empty()) out += " " + Print(s.children[0], order);
      return out + ")";
    }
    case Kind::kRelationship: {
      std::string out = "[:" + s.text;
      if (!s.children[0].names.empty()) out += " " + Print(s.children[0], order);
      return out + "]";
    }
    case Kind::kPath: {
      // Nodes and relationships alternate.
      std::string out = "<" + Print(s.children[0], order);
      for (std::size_t i = 0; i < s.names.size(); ++i) {
        const bool forward = s.names[i] == "->";
        out +=
            (forward ? "-" : "<-") + Print(s.children[2 * i + 1], order) + (forward ? "->" : "-");
        out += Print(s.children[2 * i + 2], order);
      }
      return out + ">";
    }
  }
  return {};
}

// ---- The kit's notation ----------------------------------------------------------------------

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Structure Whole() {
    Structure s = Any(0);
    Blank();
    if (at_ < text_.size()) Throw();
    return s;
  }

 private:
  static constexpr int kMaxDepth = 200;

  Structure Any(int depth) {
    if (depth > kMaxDepth) Throw();
    Blank();
    const char c = Peek();
    if (c == '(') return Node(depth);
    if (c == '<') return Path(depth);
    if (c == '[') return AtRelationship() ? Relationship(depth) : List(depth);
    if (c == '{') return Map(depth);
    if (c == '\'') return {Kind::kScalar, Quoted(String()), {}, {}};
    return Word();
  }

  bool AtRelationship() const {
    std::size_t i = at_ + 1;
    while (i < text_.size() && text_[i] == ' ') ++i;
    return i < text_.size() && text_[i] == ':';
  }

  Structure Node(int depth) {
    Structure node{Kind::kNode, {}, {}, {}};
    Expect('(');
    while (Take(':')) node.names.push_back(Name());
    std::sort(node.names.begin(), node.names.end());
    node.children.push_back(OptionalMap(depth));
    Expect(')');
    return node;
  }

  Structure Relationship(int depth) {
    Structure rel{Kind::kRelationship, {}, {}, {}};
    Expect('[');
    Expect(':');
    rel.text = Name();
    rel.children.push_back(OptionalMap(depth));
    Expect(']');
    return rel;
  }

  Structure Path(int depth) {
    Structure path{Kind::kPath, {}, {}, {}};
    Expect('<');
    path.children.push_back(Node(depth + 1));
    while (!Take('>')) {
      const bool backward = Take('<');
      Expect('-');
      path.children.push_back(Relationship(depth + 1));
      Expect('-');
      if (!backward) Expect('>');
      path.names.emplace_back(backward ? "<-" : "->");
      path.children.push_back(Node(depth + 1));
    }
    return path;
  }

  Structure List(int depth) {
    Structure list{Kind::kList, {}, {}, {}};
    Expect('[');
    if (Take(']')) return list;
    do list.children.push_back(Any(depth + 1));
    while (Take(','));
    Expect(']');
    return list;
  }

  Structure OptionalMap(int depth) {
    Blank();
    return Peek() == '{' ? Map(depth + 1) : Structure{Kind::kMap, {}, {}, {}};
  }

  Structure Map(int depth) {
    Structure map{Kind::kMap, {}, {}, {}};
    Expect('{');
    if (Take('}')) return map;
    do {
      map.names.push_back(Name());
      Expect(':');
      map.children.push_back(Any(depth + 1));
    } while (Take(','));
    Expect('}');
    SortMap(map);
    return map;
  }

  std::string String() {
    Expect('\'');
    std::string s;
    while (at_ < text_.size() && text_[at_] != '\'') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      s += text_[at_++];
    }
    Expect('\'');
    return s;
  }

  std::string Name() {
    Blank();
    if (Peek() == '`') {
      const std::size_t end = text_.find('`', at_ + 1);
      if (end == text_.npos) Throw();
      const std::string name(text_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      return name;
    }
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           std::string_view(":,(){}[]<>' \t-").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    if (at_ == begin) Throw();
    return std::string(text_.substr(begin, at_ - begin));
  }

  // null, true, false, NaN, Inf, or a number.
  Structure Word() {
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           std::string_view(",]} \t").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word == "null" || word == "true" || word == "false" || word == "NaN") return Scalar(word);
    if (word == "Inf" || word == "Infinity") return Scalar("Infinity");
    if (word == "-Inf" || word == "-Infinity") return Scalar("-Infinity");
    const char* end = word.data() + word.size();
    std::int64_t integer = 0;
    const auto as_integer = std::from_chars(word.data(), end, integer);
    if (as_integer.ec == std::errc() && as_integer.ptr == end) {
      return Scalar(std::to_string(integer));
    }
    double number = 0;
    const auto as_float = std::from_chars(word.data(), end, number);
    if (as_float.ec != std::errc() || as_float.ptr != end) Throw();
    return Scalar(FloatText(number));
  }

  static Structure Scalar(std::string_view text) {
    return {Kind::kScalar, std::string(text), {}, {}};
  }

  void Blank() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  char Peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool Take(char c) {
    Blank();
    if (Peek() != c) return false;
    ++at_;
    return true;
  }
  void Expect(char c) {
    if (!Take(c)) Throw();
  }

  [[noreturn]] void Throw() const {
    throw Error(ErrorCode::kSyntax, "no value of the kit: " + std::string(text_),
                LocateInText(text_, at_, 1));
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// ---- Actual values ---------------------------------------------------------------------------

Structure Actual(const Value& value, const graph::View& view);

Structure Properties(const graph::View& view,
                     const std::vector<std::pair<graph::KeyId, Value>>& properties) {
  Structure map{Kind::kMap, {}, {}, {}};
  for (const auto& [key, value] : properties) {
    map.names.emplace_back(view.catalog().KeyName(key));
    map.children.push_back(Actual(value, view));
  }
  SortMap(map);
  return map;
}

Structure ActualNode(const graph::NodeRef& node, const graph::View& view) {
  Structure s{Kind::kNode, {}, {}, {}};
  for (const graph::LabelId label : view.Labels(node.no)) {
    s.names.emplace_back(view.catalog().LabelName(label));
  }
  std::sort(s.names.begin(), s.names.end());
  s.children.push_back(Properties(view, view.Properties(node.no)));
  return s;
}

Structure ActualRel(const graph::RelRef& rel, const graph::View& view) {
  Structure s{Kind::kRelationship, {}, {}, {}};
  s.text = view.catalog().TypeName(view.Ends(rel.no).type);
  s.children.push_back(Properties(view, view.Properties(rel.no)));
  return s;
}

Structure ActualPath(const graph::Path& path, const graph::View& view) {
  Structure s{Kind::kPath, {}, {}, {}};
  s.children.push_back(ActualNode(path.nodes[0], view));
  for (std::size_t i = 0; i < path.rels.size(); ++i) {
    // The direction is read from the graph, not from what the path says of itself.
    const bool forward = view.Ends(path.rels[i].no).source == path.nodes[i].no;
    s.names.emplace_back(forward ? "->" : "<-");
    s.children.push_back(ActualRel(path.rels[i], view));
    s.children.push_back(ActualNode(path.nodes[i + 1], view));
  }
  return s;
}

Structure Actual(const Value& value, const graph::View& view) {
  Structure s;
  switch (value.type()) {
    case ValueType::kNull:
      s.text = "null";
      break;
    case ValueType::kDouble:
      s.text = FloatText(value.as_double());
      break;
    case ValueType::kBool:
    case ValueType::kInt:
      s.text = graph::DisplayText(value);
      break;
    case ValueType::kString:
      s.text = Quoted(value.as_string());
      break;
    case ValueType::kList:
      s.kind = Kind::kList;
      for (const Value& element : value.as_list()) s.children.push_back(Actual(element, view));
      break;
    case ValueType::kMap:
      s.kind = Kind::kMap;
      for (const auto& [key, element] : value.as_map()) {
        s.names.push_back(key);
        s.children.push_back(Actual(element, view));
      }
      break;
    case ValueType::kNode:
      return ActualNode(value.as_node(), view);
    case ValueType::kRelationship:
      return ActualRel(value.as_rel(), view);
    case ValueType::kPath:
      return ActualPath(value.as_path(), view);
    default:
      s.text = Quoted(graph::TemporalText(value));
  }
  return s;
}

// Scalars are read back from their canonical text.
Value FromStructure(const Structure& s) {
  if (s.kind == Kind::kList) {
    graph::List list;
    for (const Structure& child : s.children) list.push_back(FromStructure(child));
    return Value(std::move(list));
  }
  if (s.kind == Kind::kMap) {
    graph::Map map;
    for (std::size_t i = 0; i < s.names.size(); ++i) {
      map.emplace_back(s.names[i], FromStructure(s.children[i]));
    }
    return Value::OfMap(std::move(map));
  }
  if (s.kind != Kind::kScalar) {
    throw Error(ErrorCode::kSyntax, "a parameter cannot be " + Print(s, ListOrder::kKept));
  }
  if (s.text == "null") return Value();
  if (s.text == "true" || s.text == "false") return Value(s.text == "true");
  if (s.text == "NaN") return Value(std::numeric_limits<double>::quiet_NaN());
  if (s.text.ends_with("Infinity")) {
    const double infinity = std::numeric_limits<double>::infinity();
    return Value(s.text[0] == '-' ? -infinity : infinity);
  }
  if (s.text[0] == '\'') {
    std::string string;
    for (std::size_t i = 1; i + 1 < s.text.size(); ++i) {
      if (s.text[i] == '\\') ++i;
      string += s.text[i];
    }
    return Value(string);
  }
  std::int64_t integer = 0;
  const char* end = s.text.data() + s.text.size();
  if (std::from_chars(s.text.data(), end, integer).ptr == end) return Value(integer);
  double number = 0;
  std::from_chars(s.text.data(), end, number);
  return Value(number);
}

}  // namespace

std::string CanonicalExpected(std::string_view cell, ListOrder order) {
  return Print(Parser(cell).Whole(), order);
}

std::string CanonicalActual(const Value& value, const graph::View& view, ListOrder order) {
  return Print(Actual(value, view), order);
}

Value ToValue(std::string_view cell) { return FromStructure(Parser(cell).Whole()); }

}  // namespace verbale::tck
