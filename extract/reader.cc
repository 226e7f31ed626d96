#include <algorithm>

#include "extract/pack.h"
#include "extract/resolve/facts.h"
#include "extract/text/read.h"
#include "extract/text/sentences.h"
#include "graph/graph.h"

namespace verbale::extract {

class Reader::Impl {
 public:
  explicit Impl(std::shared_ptr<const Pack> pack)
      : pack_(std::move(pack)),
        compiled_(static_cast<const LoadedPack&>(*pack_).compiled()),
        text_(compiled_.data.structure),
        sentences_(compiled_.data.structure.abbreviations) {}

  graph::DocumentFacts Read(Source source, std::vector<SentenceTrace>* traces) const {
    const Document document = text_.Read(
        source.bytes, source.path, [&](std::string_view heading) { return AuthorOf(heading); });
    graph::DocumentFacts facts = Begin(document, std::move(source));
    ReadFacts(compiled_, document, facts, traces);
    return facts;
  }

  graph::DocumentFacts ReadSentence(const std::string& sentence, const std::string& author,
                                    const std::string& lead_in,
                                    std::vector<SentenceTrace>* traces) const {
    Document document;
    document.symbol = "sentence";
    const std::uint64_t begin = lead_in.empty() ? 0 : lead_in.size() + 1;
    document.content.text = lead_in.empty() ? sentence : lead_in + "\n" + sentence;
    const std::uint64_t end = document.content.text.size();
    document.content.runs.push_back({0, 0, end});
    if (!author.empty()) {
      Section section;
      section.heading = author;
      section.source = {0, end};
      document.sections.push_back(std::move(section));
    }
    const std::uint32_t number = author.empty() ? kNone : 0;
    if (!lead_in.empty()) {
      Unit unit;
      unit.kind = UnitKind::kLeadIn;
      unit.text = unit.source = {0, lead_in.size()};
      unit.section = number;
      document.units.push_back(std::move(unit));
    }
    const std::string_view text = document.content.text;
    const std::vector<ByteSpan> spans =
        lead_in.empty() ? sentences_.Split(text) : std::vector<ByteSpan>{{begin, end}};
    for (const ByteSpan span : spans) {
      Unit unit;
      unit.text = unit.source = span;
      unit.section = number;
      if (!lead_in.empty()) {
        unit.kind = UnitKind::kListItem;
        unit.lead_in = 0;
      }
      document.units.push_back(std::move(unit));
    }
    graph::DocumentFacts facts = Begin(document, {"", document.content.text});
    ReadFacts(compiled_, document, facts, traces);
    return facts;
  }

 private:
  std::optional<std::string> AuthorOf(std::string_view heading) const {
    const auto entries = compiled_.names.Lookup(heading, compiled_.data.structure.author_label);
    if (entries.empty()) return std::nullopt;
    return entries.front()->name;
  }

  graph::DocumentFacts Begin(const Document& document, Source source) const {
    graph::DocumentFacts facts;
    facts.document.symbol = document.symbol;
    facts.document.title = document.title;
    facts.document.date = document.date;
    facts.document.path = std::move(source.path);
    facts.document.format = document.format;
    facts.document.hash = graph::Sha256Hex(source.bytes);
    facts.document.pack = compiled_.data.hash;
    facts.document.bytes = source.bytes.size();
    facts.document.sentences = static_cast<std::uint64_t>(std::count_if(
        document.units.begin(), document.units.end(),
        [](const Unit& unit) { return unit.kind != UnitKind::kHeading || unit.guessed; }));
    facts.document.replaced = document.replaced;
    // Of a PDF or DOCX the spans refer to the text that was made of it (docs/decisions/0001).
    facts.text = document.converted.empty() ? std::move(source.bytes) : document.converted;
    return facts;
  }

  std::shared_ptr<const Pack> pack_;  ///< Shared with whoever loaded it.
  const CompiledPack& compiled_;
  TextReader text_;
  SentenceSplitter sentences_;
};

Reader::Reader(std::shared_ptr<const Pack> pack) : impl_(std::make_unique<Impl>(std::move(pack))) {}
Reader::~Reader() = default;
Reader::Reader(Reader&&) noexcept = default;

graph::DocumentFacts Reader::Read(Source source) const {
  return impl_->Read(std::move(source), nullptr);
}

graph::DocumentFacts Reader::Read(Source source, std::vector<SentenceTrace>& traces) const {
  return impl_->Read(std::move(source), &traces);
}

graph::DocumentFacts Reader::ReadSentence(const std::string& sentence, const std::string& author,
                                          const std::string& lead_in,
                                          std::vector<SentenceTrace>& traces) const {
  return impl_->ReadSentence(sentence, author, lead_in, &traces);
}

graph::DocumentFacts Reader::ReadSentence(const std::string& sentence, const std::string& author,
                                          const std::string& lead_in) const {
  return impl_->ReadSentence(sentence, author, lead_in, nullptr);
}

}  // namespace verbale::extract
