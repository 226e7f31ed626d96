#include "extract/resolve/attributes.h"

#include <algorithm>
#include <charconv>

namespace verbale::extract {
namespace {

using graph::Value;

constexpr std::size_t kPeriod = 9;  ///< Letters of "2016-2019".

class AttributeReader {
 public:
  AttributeReader(const Rule& rule, const Analysis& analysis, const Candidate& candidate)
      : rule_(rule), analysis_(analysis), candidate_(candidate) {
    anchor_ = candidate.verb == kNoChunk ? candidate.first : candidate.verb;
    FindClause();
  }

  graph::Attributes Read() {
    for (const auto& [name, value] : rule_.attributes) Set(name, value);
    ReadWords();
    ReadLaw();
    ReadAmount();
    ReadEdition();
    ReadDate();
    std::sort(attributes_.begin(), attributes_.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return std::move(attributes_);
  }

 private:
  const Chunk& At(std::uint32_t i) const { return analysis_.chunks[i]; }

  void Set(const std::string& name, Value value) {
    for (const auto& known : attributes_) {
      if (known.first == name) return;
    }
    attributes_.emplace_back(name, std::move(value));
  }

  static bool Ends(const Chunk& chunk) {
    return chunk.kind == ChunkKind::kStop ||
           (chunk.kind == ChunkKind::kVerb && chunk.shape == VerbShape::kFinite);
  }

  /// From the verb before to the verb after; what stands before the first verb belongs to it.
  void FindClause() {
    end_ = std::max(anchor_ + 1, candidate_.object + 1);
    while (end_ < analysis_.chunks.size() && !Ends(At(end_))) ++end_;
    begin_ = anchor_;
    while (begin_ > 0 && !Ends(At(begin_ - 1))) --begin_;
  }

  void ReadWords() {
    const std::uint32_t first = At(candidate_.first).first;
    const std::uint32_t last = At(end_ - 1).last;
    for (const auto& [name, words] : rule_.word_attributes) {
      for (std::uint32_t i = first; i < last; ++i) {
        for (const auto& [word, meaning] : words) {
          if (analysis_.tokens[i].folded == word) Set(name, Value(meaning));
        }
      }
    }
  }

  void ReadLaw() {
    const std::uint32_t first = At(begin_).first;
    const std::uint32_t last = At(end_ - 1).last;
    for (const Mention& mention : analysis_.mentions) {
      if (mention.label != "law" || mention.first < first || mention.last > last) continue;
      Set("law", Value(mention.name));
      const std::size_t stroke = mention.name.rfind('/');
      if (stroke != std::string::npos && mention.name.size() == stroke + 5) {
        law_date_ = mention.name.substr(stroke + 1);
      }
      if (const Mention* dated = DateOf(mention)) law_date_ = dated->name;
    }
  }

  /// "Decree 4567 of 3 March 2015": the date behind a law, which is its own.
  const Mention* DateOf(const Mention& law) const {
    if (law.last >= analysis_.tokens.size() || analysis_.tokens[law.last].folded != "of") {
      return nullptr;
    }
    const auto date = std::find_if(
        analysis_.mentions.begin(), analysis_.mentions.end(), [&](const Mention& mention) {
          return mention.kind == Mention::Kind::kDate && mention.first == law.last + 1;
        });
    return date == analysis_.mentions.end() ? nullptr : &*date;
  }

  void ReadAmount() {
    const std::uint32_t first = At(anchor_).first;
    const std::uint32_t last = At(end_ - 1).last;
    for (const Mention& mention : analysis_.mentions) {
      if (mention.kind != Mention::Kind::kAmount || mention.first < first || mention.last > last) {
        continue;
      }
      double number = 0;
      std::from_chars(mention.name.data(), mention.name.data() + mention.name.size(), number);
      Set("amount", Value(number));
      Set("currency", Value(mention.extra));
      return;
    }
  }

  /// "the 2014-2015 Group": a year inside the phrase tells which one.
  void ReadEdition() {
    const Chunk& object = At(candidate_.object);
    for (const std::uint32_t modifier : object.modifiers) {
      const Mention& mention = analysis_.mentions[modifier];
      if (mention.kind != Mention::Kind::kDate) continue;
      if (object.mention != kNoChunk || mention.name.size() == kPeriod) {
        Set("edition", Value(mention.name));
      } else {
        object_year_ = mention.name;
      }
    }
  }

  void ReadDate() {
    std::string best;
    // "ratified A in 1991 and B in 1993": the object's own.
    const std::uint32_t own = candidate_.object + 2;
    if (candidate_.object > anchor_ && own < end_) best = DateAt(own);
    for (std::uint32_t i = anchor_; i < end_ && best.empty(); ++i) best = DateAt(i);
    for (std::uint32_t i = anchor_; i > begin_ && best.empty(); --i) best = DateAt(i - 1);
    const Chunk& object = At(candidate_.object);
    for (const Mention& mention : analysis_.mentions) {
      if (mention.kind == Mention::Kind::kDate && best.empty() && mention.name.size() != kPeriod &&
          mention.first == object.paren_first && mention.last == object.paren_last) {
        best = mention.name;
      }
    }
    if (best.empty()) best = object_year_;
    if (best.empty()) best = law_date_;
    if (!best.empty()) Set("date", Value(best));
  }

  /// A date that is a phrase by itself behind a preposition: "in July 2015".
  std::string DateAt(std::uint32_t i) const {
    const Chunk& chunk = At(i);
    if (chunk.kind != ChunkKind::kNoun || chunk.label != "date" || i == 0) return {};
    if (At(i - 1).kind != ChunkKind::kPreposition) return {};
    const std::string& word = At(i - 1).word;
    if (word == "of" || word == "for" || word == "until" || word == "to" || word == "by") return {};
    return std::string(analysis_.mentions[chunk.mention].name);
  }

  const Rule& rule_;
  const Analysis& analysis_;
  const Candidate& candidate_;
  graph::Attributes attributes_;
  std::uint32_t anchor_ = 0, begin_ = 0, end_ = 0;
  std::string law_date_, object_year_;
};

}  // namespace

graph::Attributes AttributesOf(const Rule& rule, const Analysis& analysis,
                               const Candidate& candidate) {
  return AttributeReader(rule, analysis, candidate).Read();
}

}  // namespace verbale::extract
