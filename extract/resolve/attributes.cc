#include "extract/resolve/attributes.h"

#include <algorithm>
#include <charconv>

namespace verbale::extract {
namespace {

using graph::Value;

constexpr std::size_t kPeriod = 9;  ///< Letters of "2016-2019".

constexpr std::string_view kOrdinals[] = {"first", "second", "third",    "fourth",
                                          "fifth", "sixth",  "seventh",  "eighth",
                                          "ninth", "tenth",  "eleventh", "twelfth"};

/// "7" for "7th" and "seventh"; empty for another word.
std::string OrdinalOf(const Token& token) {
  std::string_view word = token.folded;
  if (token.kind == TokenKind::kNumber) {
    const std::size_t size = std::min(word.find_first_not_of("0123456789"), word.size());
    const std::string_view ending = word.substr(size);
    const bool ordinal = ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
    return ordinal ? std::string(word.substr(0, size)) : std::string();
  }
  const auto* const known = std::find(std::begin(kOrdinals), std::end(kOrdinals), word);
  return known == std::end(kOrdinals) ? std::string()
                                      : std::to_string(known - std::begin(kOrdinals) + 1);
}

class AttributeReader {
 public:
  AttributeReader(const Words& words, const Rule& rule, const Analysis& analysis,
                  const Candidate& candidate)
      : words_(words), rule_(rule), analysis_(analysis), candidate_(candidate) {
    anchor_ = candidate.verb == kNoChunk ? candidate.first : candidate.verb;
    FindClause();
  }

  graph::Attributes Read() {
    for (const auto& [name, value] : rule_.attributes) Set(name, value);
    ReadWords();
    ReadLaw();
    ReadAmount();
    ReadOrdinal();
    ReadEdition();
    ReadDate();
    std::sort(attributes_.begin(), attributes_.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    return std::move(attributes_);
  }

 private:
  const Chunk& At(std::uint32_t i) const { return analysis_.chunks[i]; }
  bool Is(std::uint32_t i, ChunkKind kind) const {
    return i < analysis_.chunks.size() && At(i).kind == kind;
  }

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
    while (begin_ > 0 && (!Ends(At(begin_ - 1)) || IsInserted(begin_ - 1))) --begin_;
  }

  /// "In 2013 A, which had joined B, ratified": the verb of the insertion.
  bool IsInserted(std::uint32_t verb) const {
    return verb >= 2 && Is(verb, ChunkKind::kVerb) && Is(verb - 1, ChunkKind::kRelative) &&
           Is(verb - 2, ChunkKind::kComma);
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
    // Of several laws it is its own number.
    const Chunk& object = At(candidate_.object);
    if (object.mention != kNoChunk && object.label == "law") {
      Set("law", Value(std::string(analysis_.mentions[object.mention].name)));
    }
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

  /// "the second Forum", "the 7th Forum": which one, where the name is the same each time. "The
  /// first centre of its kind" is no edition.
  void ReadOrdinal() {
    const Chunk& object = At(candidate_.object);
    const std::uint32_t name =
        object.mention == kNoChunk ? object.head : analysis_.mentions[object.mention].first;
    for (std::uint32_t i = object.first; i < name; ++i) {
      const std::string ordinal = OrdinalOf(analysis_.tokens[i]);
      if (ordinal.empty() || (ordinal == "1" && !object.capital)) continue;
      // "the fifth Group (2016-2017)": as others call the same one.
      const std::string years = InBrackets(object, true);
      Set("edition", Value(years.empty() ? ordinal : years));
    }
  }

  /// The date that fills the brackets behind a phrase: years from and to, or another one.
  std::string InBrackets(const Chunk& chunk, bool period) const {
    for (const Mention& mention : analysis_.mentions) {
      if (mention.kind == Mention::Kind::kDate && mention.first == chunk.paren_first &&
          mention.last == chunk.paren_last && (mention.name.size() == kPeriod) == period) {
        return std::string(mention.name);
      }
    }
    return {};
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
    const bool behind = candidate_.object > anchor_;
    std::string best = RespectiveDate();
    if (best.empty() && behind) best = DateOfObject();
    // "signed in 2001 A, and in 2003 B"
    if (best.empty() && anchor_ + 2 < end_) best = DateAt(anchor_ + 2);
    if (behind) {
      for (std::uint32_t i = candidate_.object; i < end_ && best.empty(); ++i) best = OwnDateAt(i);
    }
    for (std::uint32_t i = anchor_; i < end_ && best.empty(); ++i) best = OwnDateAt(i);
    for (std::uint32_t i = anchor_; i > begin_ && best.empty(); --i) {
      if (OpensWithDate(i - 1)) best = DateAt(i - 1);
    }
    if (best.empty()) best = InBrackets(At(candidate_.object), false);
    if (best.empty()) best = object_year_;
    if (best.empty()) best = law_date_;
    if (!best.empty()) Set("date", Value(best));
  }

  /// "A and B in 1991 and 1993 respectively": as many dates as members of the list.
  std::string RespectiveDate() const {
    const auto respective = [&](const Token& token) { return words_.IsRespective(token.folded); };
    const auto last = end_ < analysis_.chunks.size() ? analysis_.tokens.begin() + At(end_).first
                                                     : analysis_.tokens.end();
    if (std::none_of(analysis_.tokens.begin() + At(anchor_).first, last, respective)) return {};
    std::uint32_t date = anchor_;
    while (date < end_ && DateAt(date).empty()) ++date;
    std::vector<std::string> dates;
    for (std::uint32_t i = date; i < end_ && Is(i, ChunkKind::kNoun); i += 2) {
      if (Is(i + 1, ChunkKind::kPreposition) && At(i).label != "date") break;
      if (At(i).label == "date") dates.emplace_back(analysis_.mentions[At(i).mention].name);
      if (Is(i + 2, ChunkKind::kPreposition) || Is(i + 2, ChunkKind::kConjunction)) ++i;
    }
    std::size_t place = 0, members = 0;
    const std::uint32_t first = std::min(candidate_.object, anchor_);
    for (std::uint32_t i = first; i < date; ++i) {
      if (!Is(i, ChunkKind::kNoun) || At(i).label == "date") continue;
      if (i > first && Is(i - 1, ChunkKind::kPreposition)) continue;
      if (i == candidate_.object) place = members;
      ++members;
    }
    return members == dates.size() && members > 1 ? dates[place] : std::string();
  }

  /// "ratified A in 1991 and B in 1993", "a law on trade in 2012"; "and in 1993 B".
  std::string DateOfObject() const {
    for (std::uint32_t i = candidate_.object + 1; i + 1 < end_; i += 2) {
      if (!Is(i, ChunkKind::kPreposition) || !Is(i + 1, ChunkKind::kNoun)) break;
      if (std::string date = DateAt(i + 1); !date.empty()) return date;
    }
    const std::uint32_t before = candidate_.object - 1;
    const bool joined = before >= anchor_ + 3 && (Is(before - 2, ChunkKind::kConjunction) ||
                                                  Is(before - 2, ChunkKind::kComma));
    return joined ? DateAt(before) : std::string();
  }

  /// The date there, if it does not belong to a thing behind it ("A, and in 1993 B") or to what
  /// only tells of a thing ("A, adopted in 1985").
  std::string OwnDateAt(std::uint32_t i) const {
    std::string date = DateAt(i);
    if (date.empty() || i < 2) return date;
    const bool of_next = Is(i - 2, ChunkKind::kConjunction) && Is(i + 1, ChunkKind::kNoun) &&
                         i + 1 != candidate_.object;
    return of_next || TellsOfThing(i) ? std::string() : date;
  }

  bool TellsOfThing(std::uint32_t date) const {
    for (std::uint32_t i = date; i-- > anchor_ + 1;) {
      if (Is(i, ChunkKind::kComma) || !DateAt(i).empty()) return false;
      if (!Is(i, ChunkKind::kVerb) || At(i).shape != VerbShape::kReduced) continue;
      const Chunk& object = At(candidate_.object);
      // "attended the Forum held in 2015", "has a strategy adopted in 2015"
      const bool same = IsSubjectOf(candidate_.object, At(i)) && object.mention == kNoChunk;
      return !same && !words_.IsHeldLabel(object.label);
    }
    return false;
  }

  /// Before the verb a date is the verb's where nothing else was told since: "A, which joined B in
  /// 1949, ratified", "The Agency, founded in 2012, adopted".
  bool OpensWithDate(std::uint32_t date) const {
    // "…, in 2001 A joined", "and in 2001", "that in 2001"
    if (date < 2 || !(Is(date - 2, ChunkKind::kNoun) || Is(date - 2, ChunkKind::kVerb)))
      return true;
    // "together with B, A in 2019 sponsored"
    if (IsSubjectOf(date - 2, At(anchor_))) return true;
    const bool relative = candidate_.object < anchor_ && HasRelative(candidate_.object, anchor_);
    std::uint32_t verb = date;
    while (verb > begin_ && !Is(verb, ChunkKind::kVerb)) --verb;
    if (Is(verb, ChunkKind::kVerb)) {
      if (At(verb).shape == VerbShape::kReduced) return IsHeldAt(verb);
      return relative;  // "a meeting, which was held in 2001, A being its host"
    }
    if (begin_ == 0 || !Is(begin_ - 1, ChunkKind::kVerb)) return true;
    // "has since 2018 supported"
    const Chunk& before = At(begin_ - 1);
    return relative || (before.auxiliary && before.last - before.first == 1 && begin_ + 1 == date);
  }

  bool HasRelative(std::uint32_t from, std::uint32_t to) const {
    return std::any_of(analysis_.chunks.begin() + from, analysis_.chunks.begin() + to,
                       [](const Chunk& chunk) { return chunk.kind == ChunkKind::kRelative; });
  }

  /// "At the meeting held in 2001, A was adopted."
  bool IsHeldAt(std::uint32_t participle) const {
    const auto& subjects = At(participle).subjects;
    if (subjects.empty() || subjects.front() == 0) return false;
    return words_.IsHeldLabel(At(subjects.front()).label) &&
           Is(subjects.front() - 1, ChunkKind::kPreposition) &&
           words_.IsAtPlace(At(subjects.front() - 1).word);
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

  const Words& words_;
  const Rule& rule_;
  const Analysis& analysis_;
  const Candidate& candidate_;
  graph::Attributes attributes_;
  std::uint32_t anchor_ = 0, begin_ = 0, end_ = 0;
  std::string law_date_, object_year_;
};

}  // namespace

graph::Attributes AttributesOf(const Words& words, const Rule& rule, const Analysis& analysis,
                               const Candidate& candidate) {
  return AttributeReader(words, rule, analysis, candidate).Read();
}

}  // namespace verbale::extract
