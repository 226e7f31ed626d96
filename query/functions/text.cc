#include "query/functions/text.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "graph/value_text.h"
#include "graph/view.h"
#include "query/query.h"

namespace verbale::query {
namespace {

using graph::Value;
using graph::ValueType;
using graph::View;

using Entries = std::vector<std::pair<std::string_view, Value>>;

// Name and value, sorted by name: catalog numbers depend on the order of arrival.
Entries Named(const View& view, const std::vector<std::pair<graph::KeyId, Value>>& properties) {
  Entries named;
  for (const auto& [key, value] : properties) {
    named.emplace_back(view.catalog().KeyName(key), value);
  }
  std::sort(named.begin(), named.end(), [](auto& a, auto& b) { return a.first < b.first; });
  return named;
}

Entries MapEntries(const Value& map) {
  Entries entries;
  for (const auto& [key, value] : map.as_map()) entries.emplace_back(key, value);
  return entries;
}

// ---- Cypher ---------------------------------------------------------------------------------

class CypherWriter {
 public:
  explicit CypherWriter(const View* view) : view_(view) {}

  void Write(const Value& value) {
    switch (value.type()) {
      case ValueType::kNull:
        out_ += "null";
        return;
      case ValueType::kBool:
      case ValueType::kInt:
      case ValueType::kDouble:
        out_ += PlainText(value);
        return;
      case ValueType::kString:
        return graph::AppendCypherString(out_, value.as_string());
      case ValueType::kList:
        return WriteList(value.as_list());
      case ValueType::kMap:
        return WriteEntries(MapEntries(value));
      case ValueType::kNode:
        return WriteNode(value.as_node());
      case ValueType::kRelationship:
        return WriteRel(value.as_rel());
      case ValueType::kPath:
        return WritePath(value.as_path());
      default:
        fmt::format_to(std::back_inserter(out_), "{}('{}')", graph::TemporalFunction(value.type()),
                       graph::TemporalText(value));
    }
  }

  std::string Take() { return std::move(out_); }

 private:
  // Quoted with backticks where it is no plain identifier.
  void WriteName(std::string_view name) {
    if (!graph::IsPlainName(name)) return graph::AppendBackquoted(out_, name);
    out_ += name;
  }

  void WriteList(const graph::List& list) {
    out_ += '[';
    for (const Value& element : list) {
      if (&element != &list.front()) out_ += ", ";
      Write(element);
    }
    out_ += ']';
  }

  void WriteEntries(const Entries& entries) {
    out_ += '{';
    for (const auto& entry : entries) {
      if (&entry != &entries.front()) out_ += ", ";
      WriteName(entry.first);
      out_ += ": ";
      Write(entry.second);
    }
    out_ += '}';
  }

  void WriteProperties(const Entries& entries) {
    if (entries.empty()) return;
    if (out_.back() != '(' && out_.back() != '[') out_ += ' ';
    WriteEntries(entries);
  }

  void WriteNode(const graph::NodeRef& node) {
    out_ += '(';
    if (view_ && view_->Exists(node.no)) {
      for (const std::string_view label : graph::LabelNames(*view_, node.no)) {
        out_ += ':';
        WriteName(label);
      }
      WriteProperties(Named(*view_, view_->Properties(node.no)));
    }
    out_ += ')';
  }

  void WriteRel(const graph::RelRef& rel) {
    out_ += '[';
    if (view_ && view_->Exists(rel.no)) {
      out_ += ':';
      WriteName(view_->catalog().TypeName(view_->Ends(rel.no).type));
      WriteProperties(Named(*view_, view_->Properties(rel.no)));
    }
    out_ += ']';
  }

  void WritePath(const graph::Path& path) {
    WriteNode(path.nodes.front());
    for (std::size_t i = 0; i < path.rels.size(); ++i) {
      out_ += path.forward[i] ? "-" : "<-";
      WriteRel(path.rels[i]);
      out_ += path.forward[i] ? "->" : "-";
      WriteNode(path.nodes[i + 1]);
    }
  }

  const View* view_;
  std::string out_;
};

// ---- JSON -----------------------------------------------------------------------------------

class JsonWriter {
 public:
  explicit JsonWriter(const View* view) : view_(view) {}

  void Write(const Value& value) {
    switch (value.type()) {
      case ValueType::kNull:
        out_ += "null";
        return;
      case ValueType::kBool:
      case ValueType::kInt:
        out_ += PlainText(value);
        return;
      case ValueType::kDouble:
        return WriteFloat(value.as_double());
      case ValueType::kString:
        return WriteString(value.as_string());
      case ValueType::kList:
        return WriteSequence(value.as_list(), [this](const Value& v) { Write(v); });
      case ValueType::kMap:
        return WriteEntries(MapEntries(value));
      case ValueType::kNode:
        return WriteNode(value.as_node());
      case ValueType::kRelationship:
        return WriteRel(value.as_rel());
      case ValueType::kPath:
        return WritePath(value.as_path());
      default:
        return WriteString(graph::TemporalText(value));
    }
  }

  std::string Take() { return std::move(out_); }

 private:
  // JSON has no words for them, so they are strings.
  void WriteFloat(double d) {
    if (std::isfinite(d)) {
      out_ += graph::FloatText(d);
    } else {
      WriteString(graph::FloatText(d));
    }
  }

  void WriteString(std::string_view s) {
    out_ += '"';
    for (const char c : s) {
      if (c == '"' || c == '\\') {
        out_ += '\\';
        out_ += c;
      } else if (c == '\n') {
        out_ += "\\n";
      } else if (c == '\t') {
        out_ += "\\t";
      } else if (static_cast<unsigned char>(c) < 0x20) {
        fmt::format_to(std::back_inserter(out_), "\\u{:04x}", static_cast<unsigned>(c));
      } else {
        out_ += c;
      }
    }
    out_ += '"';
  }

  template <typename Range, typename WriteOne>
  void WriteSequence(const Range& range, WriteOne write_one) {
    out_ += '[';
    bool first = true;
    for (const auto& element : range) {
      if (!std::exchange(first, false)) out_ += ',';
      write_one(element);
    }
    out_ += ']';
  }

  void WriteEntries(const Entries& entries) {
    out_ += '{';
    for (const auto& entry : entries) {
      if (&entry != &entries.front()) out_ += ',';
      WriteString(entry.first);
      out_ += ':';
      Write(entry.second);
    }
    out_ += '}';
  }

  void WriteNode(const graph::NodeRef& node) {
    const bool known = view_ && view_->Exists(node.no);
    out_ += R"({"elementId":)";
    WriteString(ElementId(node.id));
    out_ += R"(,"labels":)";
    WriteSequence(known ? graph::LabelNames(*view_, node.no) : std::vector<std::string_view>(),
                  [this](std::string_view label) { WriteString(label); });
    out_ += R"(,"properties":)";
    WriteEntries(known ? Named(*view_, view_->Properties(node.no)) : Entries());
    out_ += '}';
  }

  void WriteRel(const graph::RelRef& rel) {
    const bool known = view_ && view_->Exists(rel.no);
    out_ += R"({"elementId":)";
    WriteString(ElementId(rel.id));
    if (known) {
      const graph::RelEnds ends = view_->Ends(rel.no);
      out_ += R"(,"startNodeElementId":)";
      WriteString(ElementId(view_->Id(ends.source)));
      out_ += R"(,"endNodeElementId":)";
      WriteString(ElementId(view_->Id(ends.target)));
      out_ += R"(,"type":)";
      WriteString(view_->catalog().TypeName(ends.type));
    }
    out_ += R"(,"properties":)";
    WriteEntries(known ? Named(*view_, view_->Properties(rel.no)) : Entries());
    out_ += '}';
  }

  void WritePath(const graph::Path& path) {
    out_ += '[';
    WriteNode(path.nodes.front());
    for (std::size_t i = 0; i < path.rels.size(); ++i) {
      out_ += ',';
      WriteRel(path.rels[i]);
      out_ += ',';
      WriteNode(path.nodes[i + 1]);
    }
    out_ += ']';
  }

  const View* view_;
  std::string out_;
};

std::string ElementText(std::string text, std::uint64_t id) {
  if (id < graph::kManualIdBit) text += 'd';
  return text + std::to_string(ShownId(id));
}

}  // namespace

std::string PlainText(const Value& value) {
  switch (value.type()) {
    case ValueType::kString:
      return std::string(value.as_string());
    case ValueType::kBool:
      return value.as_bool() ? "true" : "false";
    case ValueType::kInt:
      return std::to_string(value.as_int());
    case ValueType::kDouble:
      return graph::FloatText(value.as_double());
    default:
      return graph::TemporalText(value);
  }
}

std::int64_t ShownId(std::uint64_t id) {
  return static_cast<std::int64_t>(id & ~graph::kManualIdBit);
}

std::string ElementId(graph::NodeId id) { return ElementText("n:", id.value); }
std::string ElementId(graph::RelId id) { return ElementText("r:", id.value); }

std::string ToCypher(const Value& value, const View* view) {
  CypherWriter writer(view);
  writer.Write(value);
  return writer.Take();
}

std::string ToJson(const Value& value, const View* view) {
  JsonWriter writer(view);
  writer.Write(value);
  return writer.Take();
}

}  // namespace verbale::query
