#include "graph/formats/parts.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "graph/value_text.h"

namespace verbale::graph::formats {
namespace {

template <typename Ref>
void SortById(std::vector<Ref>& refs) {
  std::sort(refs.begin(), refs.end(), [](const Ref& a, const Ref& b) { return a.id < b.id; });
  const auto same = [](const Ref& a, const Ref& b) { return a.id == b.id; };
  refs.erase(std::unique(refs.begin(), refs.end(), same), refs.end());
}

Contents CollectAll(const View& view) {
  Contents contents;
  contents.nodes.reserve(view.NodeCount());
  for (std::uint32_t i = 0; i < view.NodeLimit(); ++i) {
    if (view.Exists(NodeNo{i})) contents.nodes.push_back({NodeNo{i}, view.Id(NodeNo{i})});
  }
  contents.rels.reserve(view.RelCount());
  for (std::uint32_t i = 0; i < view.RelLimit(); ++i) {
    if (view.Exists(RelNo{i})) contents.rels.push_back({RelNo{i}, view.Id(RelNo{i})});
  }
  return contents;
}

Contents CollectSelected(const View& view, const Selection& selection) {
  Contents contents;
  std::set<NodeNo> chosen(selection.nodes.begin(), selection.nodes.end());
  for (const NodeNo node : chosen) contents.nodes.push_back({node, view.Id(node)});
  for (const RelNo rel : selection.rels) {
    const RelEnds ends = view.Ends(rel);
    if (chosen.count(ends.source) != 0 && chosen.count(ends.target) != 0) {
      contents.rels.push_back({rel, view.Id(rel)});
    }
  }
  return contents;
}

template <typename No>
Properties Named(const View& view, No no) {
  Properties properties;
  for (auto& [key, value] : view.Properties(no)) {
    properties.emplace_back(std::string(view.catalog().KeyName(key)), std::move(value));
  }
  std::sort(properties.begin(), properties.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return properties;
}

std::string JoinedList(const List& list) {
  std::string out;
  for (const Value& item : list) {
    if (&item != &list.front()) out += ';';
    out += PlainText(item);
  }
  return out;
}

bool IsPrintable(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 0x20 && byte != 0x7F) || c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

Contents Collect(const View& view, const Selection* selection) {
  Contents contents = selection == nullptr ? CollectAll(view) : CollectSelected(view, *selection);
  SortById(contents.nodes);
  SortById(contents.rels);
  return contents;
}

Properties PropertiesOf(const View& view, NodeNo node) { return Named(view, node); }
Properties PropertiesOf(const View& view, RelNo rel) { return Named(view, rel); }

std::vector<std::string> LabelsOf(const View& view, NodeNo node) {
  const auto names = LabelNames(view, node);
  return {names.begin(), names.end()};
}

std::string NameOf(const View& view, NodeRef node) {
  for (const char* key : {"name", "title", "id"}) {
    const auto id = view.catalog().FindKey(key);
    if (!id) continue;
    const Value value = view.Property(node.no, *id);
    if (!value.is_null()) return PlainText(value);
  }
  return Id(node);
}

std::string Id(NodeRef node) { return fmt::format("n{}", node.id.value); }
std::string Id(RelRef rel) { return fmt::format("e{}", rel.id.value); }

std::string DateOf(const View& view, RelNo rel) {
  const auto key = view.catalog().FindKey("date");
  return key ? PlainText(view.Property(rel, *key)) : "";
}

std::string PlainText(const Value& value) {
  switch (value.type()) {
    case ValueType::kBool:
      return value.as_bool() ? "true" : "false";
    case ValueType::kInt:
      return fmt::format("{}", value.as_int());
    case ValueType::kDouble:
      return FloatText(value.as_double());
    case ValueType::kString:
      return std::string(value.as_string());
    case ValueType::kList:
      return JoinedList(value.as_list());
    case ValueType::kDate:
    case ValueType::kLocalTime:
    case ValueType::kTime:
    case ValueType::kLocalDateTime:
    case ValueType::kDateTime:
    case ValueType::kDuration:
      return TemporalText(value);
    default:
      return {};  // null; maps, nodes and paths are never stored
  }
}

std::string BackquotedName(std::string_view name) {
  std::string out;
  AppendBackquoted(out, CleanText(name));
  return out;
}

std::string CleanText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t size = Utf8Size(text, at);
    const std::string_view character = text.substr(at, std::max<std::size_t>(size, 1));
    at += character.size();
    if (size == 0) {
      out += "\uFFFD";
    } else if (size > 1 || IsPrintable(character[0])) {
      if (character != "\uFFFE" && character != "\uFFFF") out += character;
    }
  }
  return out;
}

std::string XmlText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : CleanText(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string EvidenceText(const std::vector<EvidenceRecord>& evidence) {
  std::string out;
  for (const EvidenceRecord& one : evidence) {
    if (!out.empty()) out += '\n';
    out += fmt::format("“{}” ({}", one.sentence, one.document);
    if (!one.section.empty()) out += ", " + one.section;
    if (!one.date.empty()) out += ", " + one.date;
    out += ')';
  }
  return out;
}

}  // namespace verbale::graph::formats
