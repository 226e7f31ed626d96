#include "graph/formats/parts.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

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
    if (!out.empty()) out += ';';
    out += PlainText(item);
  }
  return out;
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
  std::vector<std::string> names;
  for (const LabelId label : view.Labels(node)) names.emplace_back(view.catalog().LabelName(label));
  std::sort(names.begin(), names.end());
  return names;
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

std::string PlainText(const Value& value) {
  switch (value.type()) {
    case ValueType::kBool:
      return value.as_bool() ? "true" : "false";
    case ValueType::kInt:
      return fmt::format("{}", value.as_int());
    case ValueType::kDouble:
      return fmt::format("{}", value.as_double());
    case ValueType::kString:
      return std::string(value.as_string());
    case ValueType::kList:
      return JoinedList(value.as_list());
    case ValueType::kDate:
      return ToString(value.as_date());
    case ValueType::kLocalTime:
      return ToString(value.as_local_time());
    case ValueType::kTime:
      return ToString(value.as_time());
    case ValueType::kLocalDateTime:
      return ToString(value.as_local_date_time());
    case ValueType::kDateTime:
      return ToString(value.as_date_time());
    case ValueType::kDuration:
      return ToString(value.as_duration());
    default:
      return {};  // null; maps, nodes and paths are never stored
  }
}

std::string XmlText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
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
      default:
        if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n' || c == '\r') out += c;
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
