#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "extract/resolve/entities.h"
#include "extract/resolve/facts.h"

namespace verbale::extract {

/// Entity of a section's author, or of whoever was spoken of last.
using Actor = std::optional<std::uint32_t>;

/// With one blank where there are several, and none around.
std::string WithSingleBlanks(std::string_view bytes);

/// One document, sentence after sentence to facts: facts.cc. What its names and pronouns stand for
/// is reader_names.cc, and antecedents.cc over sentences.
class DocumentReader {
 public:
  DocumentReader(const CompiledPack& pack, const Document& document, graph::DocumentFacts& facts,
                 std::vector<SentenceTrace>* traces)
      : pack_(pack),
        document_(document),
        facts_(facts),
        traces_(traces),
        text_(document.content.text),
        table_(pack.entities, facts.entities) {}

  void Read() {
    AddSections();
    for (std::uint32_t i = 0; i < document_.units.size(); ++i) ReadUnit(i);
    EntityTable::Prune(facts_);
  }

 private:
  // What the document says of itself.

  void AddSections();
  void AddOwnFact(std::uint32_t subject, const std::string& type, std::uint32_t object,
                  const std::string& section, const std::string& date, ByteSpan span,
                  const std::string& rule, graph::Attributes attributes);

  // Sentences.

  void ReadUnit(std::uint32_t number);
  void ReadSentence(const Unit& unit, Analysis& analysis);
  bool MaySayNothing(const Unit& unit, const Analysis& analysis);
  void FindPossible(const Analysis& analysis);
  void FindMentions(ByteSpan lead, ByteSpan own, Analysis& analysis);
  void DropPartsOfNames(Analysis& analysis) const;
  void FindQuotedNames(Analysis& analysis) const;
  void Parse(ByteSpan own, Analysis& analysis) const;
  void SplitLostBlank(std::vector<Token>& tokens) const;
  bool NeedsLeadIn(const Analysis& analysis) const;
  std::uint32_t LeadInOf(const Unit& unit);
  bool IsLabel(const Unit& unit);
  bool IsProposal(const Unit& unit);
  void EnterSection(std::uint32_t first_unit);
  bool IsSpoken(std::uint32_t first_unit) const;
  void LearnAcronyms(const Analysis& analysis);
  void LearnAcronym(const Analysis& analysis, std::uint32_t chunk);
  void LearnExpansions(Analysis& analysis);
  void LearnMeaning(const Analysis& analysis, std::uint32_t number, const std::string& acronym,
                    bool bare);
  void Learn(const Analysis& analysis, std::uint32_t number, const NamedThing& thing,
             const std::string& acronym);
  bool IsNewMeaning(const Chunk& chunk, const Analysis& analysis, const NamedThing& thing,
                    const std::string& acronym);
  std::string AcronymIn(const Analysis& analysis, const Chunk& chunk, bool& bare) const;
  std::optional<std::uint32_t> AcronymBehind(const Analysis& analysis, std::uint32_t number) const;
  std::optional<std::uint32_t> AbbreviatedBy(const Analysis& analysis, std::uint32_t number,
                                             std::string_view acronym) const;
  std::optional<NamedThing> NamedBy(const Analysis& analysis, std::uint32_t number) const;
  std::string SurfaceOf(const Token& token) const;
  void AddMentions(const Analysis& analysis, std::size_t named);
  bool MeansMany(const Analysis& analysis, const Candidate& candidate) const;
  bool IsOwn(const std::string& relation, const NamedThing& thing) const;
  std::string OwnId(const NamedThing& thing, std::uint32_t maker, const Unit& unit);
  void AddCandidate(const Unit& unit, const Analysis& analysis, const Candidate& candidate);
  bool FollowTopic(const Analysis& analysis);
  void PassOver(std::uint32_t number, const Analysis& analysis);
  Actor Topic();

  // What was named in the sentence before.

  void FollowThings(const Analysis& analysis);
  bool MayMeanThing(const Analysis& analysis, std::size_t token) const;
  bool SpeaksFirst(const Analysis& analysis) const;
  void OwnByThing(Analysis& analysis, std::uint32_t chunk) const;
  std::vector<Mention> MeantBy(const Analysis& analysis, std::uint32_t chunk) const;
  bool OnlyCounted(const Analysis& analysis, const Chunk& noun) const;
  static void StandFor(std::vector<Mention> things, Chunk& noun, Analysis& analysis);
  void KnowPatterns(Analysis& analysis) const;
  void NameByAcronym(Analysis& analysis) const;
  void ResolvePronouns(Analysis& analysis) const;
  static bool IsTakenBy(const Analysis& analysis, std::uint32_t preposition);
  void ResolveIt(Analysis& analysis) const;

  // Names.

  std::uint32_t SubjectBefore(const Analysis& analysis, std::uint32_t pronoun) const;
  Actor ResolveActor(const Analysis& analysis, std::uint32_t chunk);
  Actor ActorNamedIn(const Analysis& analysis, std::uint32_t chunk);
  std::optional<NamedThing> AsTaken(const std::string& relation, const NamedThing& thing) const;
  std::optional<NamedThing> PartOfNamed(const Analysis& analysis, std::uint32_t chunk) const;
  std::vector<NamedThing> CalledAs(const Analysis& analysis, std::uint32_t chunk) const;
  std::vector<NamedThing> KnownByComplements(const Analysis& analysis, std::uint32_t chunk) const;
  std::vector<NamedThing> ResolveObjects(const Analysis& analysis, const Candidate& candidate);
  /// By a name of their own, by that of what stands before the head, or by the head noun alone.
  const Mention* NamedBehind(const Analysis& analysis, std::uint32_t chunk) const;
  std::vector<NamedThing> NamedObjects(const Analysis& analysis, const Candidate& candidate);
  void FindShortNames(Analysis& analysis);
  const Mention* ShortNamed(const std::string& head, bool shown) const;
  bool GoesOnAsName(const Analysis& analysis, std::uint32_t next) const;
  bool FollowsArticle(const Analysis& analysis, std::uint32_t i) const;
  void RememberShortNames(const Analysis& analysis);
  void RememberShortName(const std::string& head, const Mention& mention);
  std::string HeadOfName(std::string_view name) const;
  void RememberNested(const Analysis& analysis, const Mention& outer);

  std::string ActsFor(const Analysis& analysis, std::uint32_t number);
  /// The entity itself, or the one that it acts for.
  Actor FindState(const Mention& mention);
  std::string_view text() const { return text_.text(); }
  void TokensOf(ByteSpan span, std::vector<Token>& tokens) {
    Tokenize(text_, pack_.vocabulary, static_cast<std::uint32_t>(span.begin),
             static_cast<std::uint32_t>(span.end), tokens);
  }
  void Trace(const Unit& unit, const Analysis& analysis, const std::vector<Candidate>& candidates);

  const CompiledPack& pack_;
  const Document& document_;
  graph::DocumentFacts& facts_;
  std::vector<SentenceTrace>* traces_;
  FoldedText text_;
  NameIndex::Room room_;
  Matcher::Room match_room_;
  std::vector<int> possible_;               ///< Patterns, of the sentence that is being read.
  std::optional<std::size_t> possible_of_;  ///< How many mentions it had then; nullopt: not yet.
  Analysis analysis_;
  EntityTable table_;

  std::uint32_t unit_ = 0;  ///< That is being read.

  // Of the section that is being read.
  std::uint32_t section_ = kNone;
  bool spoken_ = false;  ///< The section is a speech.
  Actor author_;
  std::string section_key_, section_date_;
  std::uint32_t reply_ = 0;
  std::vector<std::uint32_t> replies_;
  ByteSpan heading_;  ///< In the text.
  Actor topic_;  ///< Whom "it" stands for; nullopt after a sentence about something else. Without
                 ///< what the sentences in passed_ say; see Topic().
  struct Passed {
    std::uint32_t unit = 0;
    std::size_t mentions_end = 0;  ///< In passed_mentions_, where those of the next begin.
  };
  std::vector<Passed> passed_;
  std::vector<Mention> passed_mentions_;
  std::vector<Mention> things_;  ///< Named in the sentence before, each once, in its order.
  int actors_named_ = 0;         ///< In that sentence.
  std::map<std::pair<std::string, std::string>, NamedThing> spoken_of_;  ///< Label, head → name.

  std::map<std::string, Mention> short_names_;  ///< "convention" → the only one named in full.
  struct LastNamed {
    Mention mention;
    std::uint32_t unit = 0;
  };
  std::map<std::string, LastNamed> last_named_;  ///< "resolution" → the one named last.

  LocalNames local_;
  /// Of the sentence that begins there: label and name of what is somebody's own → whose.
  std::uint64_t made_in_ = 0;
  std::map<std::pair<std::string, std::string>, std::uint32_t> makers_;
  std::set<std::tuple<std::uint32_t, std::string, std::uint32_t, std::uint64_t, graph::Modality>>
      seen_;
};

}  // namespace verbale::extract
