// The canonical text of a graph.
//
// A line is a kind and what it says of one thing, named by what it is (label and name, symbol),
// never by numbers that depend on the order of arrival. Kinds follow one another in a fixed order;
// within a kind the lines are sorted by bytes, so that two graphs with the same content have the
// same text.

#include "graph/dump.h"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/error.h"
#include "graph/hash.h"
#include "graph/ingest/documents.h"
#include "graph/store/keys.h"
#include "graph/store/records.h"
#include "graph/value_text.h"

namespace verbale::graph {
namespace {

using store::RecordLayer;
using store::Space;

/// Writes `{name: value, …}` field by field; empty strings and null are left out.
class Fields {
 public:
  explicit Fields(std::string& out) : out_(out) { out_ += " {"; }
  Fields& Text(std::string_view name, std::string_view value) {
    if (!value.empty()) AppendQuoted(Begin(name), value);
    return *this;
  }
  Fields& Number(std::string_view name, std::uint64_t value) {
    Begin(name) += std::to_string(value);
    return *this;
  }
  Fields& Any(std::string_view name, const Value& value) {
    if (!value.is_null()) AppendText(Begin(name), value);
    return *this;
  }
  /// Also null.
  Fields& Over(std::string_view name, const Value& value) {
    AppendText(Begin(name), value);
    return *this;
  }
  void End() { out_ += '}'; }

 private:
  std::string& Begin(std::string_view name) {
    if (!std::exchange(first_, false)) out_ += ", ";
    AppendName(out_, name);
    out_ += ": ";
    return out_;
  }

  std::string& out_;
  bool first_ = true;
};

class Dumper {
 public:
  Dumper(const store::State& state, const std::function<void(std::string_view)>& visit)
      : state_(state), reader_(state.reader()), visit_(visit) {}

  void Derived() {
    visit_("verbale dump 1");
    Documents();
    Nodes();
    Relationships();
    Evidence();
    Readings();
  }

  void Manual() {
    ManualNodes();
    ManualRelationships();
    for (const SchemaItem& item : state_.schema()) Schema(item);
    Flush();
  }

 private:
  void Flush() {
    std::sort(lines_.begin(), lines_.end());
    for (const std::string& line : lines_) visit_(line);
    lines_.clear();
  }

  void Documents() {
    for (const DocumentRecord& document : ingest::Documents(state_)) {
      symbols_.emplace(store::DocId{Digest64(document.symbol)}, document.symbol);
      std::string& line = lines_.emplace_back("document ");
      AppendQuoted(line, document.symbol);
      Fields(line)
          .Text("title", document.title)
          .Text("date", document.date)
          .Text("language", document.language)
          .Text("path", document.path)
          .Text("format", document.format)
          .Text("hash", document.hash)
          .Text("pack", document.pack)
          .Number("bytes", document.bytes)
          .Number("sentences", document.sentences)
          .Number("replaced", document.replaced)
          .End();
      for (const SectionRecord& section : ingest::Sections(state_, document.symbol)) {
        std::string& part = lines_.emplace_back("section ");
        AppendQuoted(part, document.symbol);
        part += ' ';
        AppendQuoted(part, section.key);
        Fields(part)
            .Text("author", section.author)
            .Text("language", section.language)
            .Text("date", section.date)
            .Number("start", section.span.begin)
            .Number("end", section.span.end)
            .End();
      }
    }
    Flush();
  }

  void Nodes() {
    for (auto cursor = reader_.Walk(Space::kNodes); cursor->Valid(); cursor->Next()) {
      const store::NodeKeyParts parts = store::ParseNodeKey(cursor->key());
      if (parts.layer != RecordLayer::kDerived) continue;
      const store::DerivedNode node = store::DecodeDerivedNode(cursor->value());
      std::string title;
      AppendTitle(title, LabelName(node.label), node.name, IdOf(node));
      std::string& line = lines_.emplace_back("node " + title);
      AppendProperties(line, node.properties);
      titles_.emplace(parts.node, std::move(title));
    }
    Flush();
  }

  void Relationships() {
    for (auto cursor = reader_.Walk(Space::kRels); cursor->Valid(); cursor->Next()) {
      const store::RelKeyParts parts = store::ParseRelKey(cursor->key());
      if (parts.layer != RecordLayer::kDerived) continue;
      const store::DerivedRel rel = store::DecodeDerivedRel(cursor->value());
      std::string title = RelTitle(parts.rel.source, rel.type, rel.target);
      AppendProperties(lines_.emplace_back("relationship " + title), rel.properties);
      rel_titles_.emplace(parts.rel.rel, std::move(title));
    }
    Flush();
  }

  void Evidence() {
    for (auto cursor = reader_.Walk(Space::kEvidence); cursor->Valid(); cursor->Next()) {
      if (!store::IsProof(cursor->key())) continue;
      const store::EvidenceKeyParts parts = store::ParseEvidenceKey(cursor->key());
      const auto title = rel_titles_.find(parts.rel.rel);
      const auto symbol = symbols_.find(parts.document);
      if (title == rel_titles_.end() || symbol == symbols_.end()) {
        throw Error(ErrorCode::kCorruption, "evidence of nothing: 'verbale check' says more");
      }
      std::string& line = lines_.emplace_back("evidence " + title->second);
      AppendEvidence(line, symbol->second, store::DecodeEvidence(cursor->value()));
    }
    Flush();
  }

  void Readings() {
    ingest::ForEachReading(state_, [this](const Entity& subject, const std::string& type,
                                          const Entity& object, const EvidenceRecord& evidence) {
      std::string& line = lines_.emplace_back("reading ");
      AppendTitle(line, subject.label, subject.name, subject.id);
      line += ' ';
      AppendName(line, type);
      line += ' ';
      AppendTitle(line, object.label, object.name, object.id);
      AppendEvidence(line, evidence.document, evidence);
    });
    Flush();
  }

  void ManualNodes() {
    for (auto cursor = reader_.Walk(Space::kNodes); cursor->Valid(); cursor->Next()) {
      const store::NodeKeyParts parts = store::ParseNodeKey(cursor->key());
      if (parts.layer != RecordLayer::kManual) continue;
      const store::ManualNode node = store::DecodeManualNode(cursor->value());
      std::string& line = lines_.emplace_back("manual node ");
      line += NodeTitle(parts.node);
      if (node.deleted) line += " deleted";
      for (const std::string& label : SortedLabels(node.labels_added))
        AppendName(line += " :", label);
      for (const std::string& label : SortedLabels(node.labels_removed))
        AppendName(line += " -:", label);
      AppendOver(line, node.properties, node.author);
    }
    Flush();
  }

  void ManualRelationships() {
    for (auto cursor = reader_.Walk(Space::kRels); cursor->Valid(); cursor->Next()) {
      const store::RelKeyParts parts = store::ParseRelKey(cursor->key());
      if (parts.layer != RecordLayer::kManual) continue;
      const store::ManualRel rel = store::DecodeManualRel(cursor->value());
      std::string& line = lines_.emplace_back("manual relationship ");
      line += RelTitle(parts.rel.source, rel.type, rel.target);
      if (rel.created) line += " #" + std::to_string(parts.rel.rel.value - kManualIdBit);
      if (rel.deleted) line += " deleted";
      AppendOver(line, rel.properties, rel.author);
    }
    Flush();
  }

  void Schema(const SchemaItem& item) {
    constexpr std::string_view kKinds[] = {"index", "unique", "exists", "type"};
    List keys;
    for (const std::string& key : item.keys) keys.emplace_back(key);
    std::string& line = lines_.emplace_back("schema ");
    AppendQuoted(line, item.name);
    Fields(line)
        .Text("kind", kKinds[static_cast<std::size_t>(item.kind)])
        .Text("on", item.on_relationship ? "relationship" : "node")
        .Text("label", item.label)
        .Any("keys", Value(std::move(keys)))
        .Text("type", item.value_type)
        .End();
  }

  // ---- Parts of lines -------------------------------------------------------------------------

  static const std::string& At(const std::vector<std::string>& names, std::uint32_t number) {
    if (number < names.size()) return names[number];
    throw Error(ErrorCode::kCorruption, "a record has a name that the catalog does not know");
  }
  const std::string& LabelName(LabelId id) const { return At(state_.names().labels, id.value); }

  // `State "Canada"`; what people created has only its number.
  std::string NodeTitle(NodeId node) const {
    if (node.value >= kManualIdBit) return '#' + std::to_string(node.value - kManualIdBit);
    const auto title = titles_.find(node);
    if (title != titles_.end()) return title->second;
    // A node that documents no longer make, with something of a person's waiting for it.
    return "absent " + std::to_string(node.value);
  }

  std::string RelTitle(NodeId source, TypeId type, NodeId target) const {
    std::string title = NodeTitle(source) + ' ';
    AppendName(title, At(state_.names().types, type.value));
    return title + ' ' + NodeTitle(target);
  }

  // `State "Canada"`; with its id where that is not the one that label and name have.
  static void AppendTitle(std::string& line, std::string_view label, std::string_view name,
                          std::string_view id) {
    AppendName(line, label);
    line += ' ';
    AppendQuoted(line, name);
    if (!id.empty() && id != EntityId(label, name)) (line += ' ') += id;
  }

  std::string IdOf(const store::DerivedNode& node) const {
    for (const auto& [key, value] : node.properties) {
      if (value.is_string() && At(state_.names().keys, key.value) == "id") {
        return std::string(value.as_string());
      }
    }
    return {};
  }

  std::vector<std::string> SortedLabels(const std::vector<LabelId>& labels) const {
    std::vector<std::string> names;
    for (const LabelId label : labels) names.push_back(LabelName(label));
    std::sort(names.begin(), names.end());
    return names;
  }

  std::vector<std::pair<std::string_view, const Value*>> Named(
      const store::Properties& properties) const {
    std::vector<std::pair<std::string_view, const Value*>> named;
    for (const auto& [key, value] : properties) {
      named.emplace_back(At(state_.names().keys, key.value), &value);
    }
    std::sort(named.begin(), named.end());
    return named;
  }

  void AppendProperties(std::string& line, const store::Properties& properties) const {
    Fields fields(line);
    for (const auto& [name, value] : Named(properties)) fields.Any(name, *value);
    fields.End();
  }

  void AppendOver(std::string& line, const store::Properties& properties,
                  const std::string& author) const {
    Fields fields(line);
    for (const auto& [name, value] : Named(properties)) fields.Over(name, *value);
    fields.End();
    if (author.empty()) return;
    line += " by ";
    AppendQuoted(line, author);
  }

  static void AppendEvidence(std::string& line, std::string_view document,
                             const EvidenceRecord& evidence) {
    Fields(line)
        .Text("document", document)
        .Text("section", evidence.section)
        .Text("date", evidence.date)
        .Number("start", evidence.span.begin)
        .Number("end", evidence.span.end)
        .Text("rule", evidence.rule)
        .Text("modality", Name(evidence.modality))
        .Text("sentence", evidence.sentence)
        .Any("attributes",
             evidence.attributes.empty() ? Value() : Value::OfMap(evidence.attributes))
        .End();
  }

  const store::State& state_;
  const store::Reader& reader_;
  const std::function<void(std::string_view)>& visit_;
  std::vector<std::string> lines_;  // of the kind that is being written
  std::unordered_map<store::DocId, std::string> symbols_;
  std::unordered_map<NodeId, std::string> titles_;
  std::unordered_map<RelId, std::string> rel_titles_;
};

}  // namespace

void ForEachDumpLine(const store::State& state, Layer layer,
                     const std::function<void(std::string_view)>& visit) {
  Dumper dumper(state, visit);
  dumper.Derived();
  if (layer == Layer::kAll) dumper.Manual();
}

std::string DumpHash(const store::State& state) {
  Sha256 sha;
  ForEachDumpLine(state, Layer::kDerived, [&sha](std::string_view line) {
    sha.Update(line);
    sha.Update("\n");
  });
  return sha.FinishHex();
}

}  // namespace verbale::graph
