#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "extract/match/internal/clauses.h"
#include "extract/match/matcher.h"
#include "extract/match/pattern.h"

namespace verbale::extract {

/// A pattern with where it stands.
struct RulePattern {
  std::uint32_t rule = 0;
  std::uint32_t number = 0;  ///< Among the patterns of its rule.
  CompiledPattern compiled;
};

/// One match of one pattern, and what becomes of it: `ruled_out` says why nothing may; empty where
/// something may. Who did it is match_reader.cc, what it was done to match_objects.cc, and whether
/// it is asserted match_modality.cc. Borrows all.
class MatchReader {
 public:
  MatchReader(const Words& words, const Rule& rule, const RulePattern& pattern,
              const Analysis& analysis, const Matcher::Context& context, const SentenceLine& line,
              const std::string& ruled_out, std::vector<Candidate>& out)
      : words_(words),
        rule_(rule),
        pattern_(pattern),
        analysis_(analysis),
        context_(context),
        line_(line),
        ruled_out_(ruled_out),
        out_(out) {}

  /// Returns the place in the line from which on the next match may begin. Matches may overlap; but
  /// one that begins inside a list of which all was read would only find the rest of it again.
  std::uint32_t Read(const PatternMatch& match);

 private:
  const Chunk& At(std::uint32_t i) const { return analysis_.chunks[i]; }
  bool IsKind(std::uint32_t i, ChunkKind kind) const {
    return extract::IsKind(analysis_.chunks, i, kind);
  }
  bool Fits(std::uint32_t i) const {
    return At(i).kind == ChunkKind::kNoun && pattern_.compiled.labels.count(At(i).label) > 0;
  }

  // What it was done to.

  /// "A, B and C": whether all that stands in the match's object are `objects` and what joins them.
  bool IsWholeList(const PatternMatch& match, const std::vector<std::uint32_t>& objects) const;

  bool IsNameless(std::uint32_t i) const { return At(i).mention == kNoChunk && !At(i).capital; }
  /// "the initiative to adopt A", "the decision of B to establish A": A is what is meant.
  bool LeadsToObject(const std::vector<std::uint32_t>& chunks, std::size_t k) const;
  /// "the call to end the war": the call, where what it leads to has no name of its own.
  bool IsDescribedBy(std::uint32_t lead, std::uint32_t object) const {
    return rule_.described && Fits(lead) && IsNameless(object) && words_.AimsAtDeed(At(lead).word);
  }

  /// The name before the head of "the Union's efforts", kNoChunk where there is none that fits.
  std::uint32_t FittingModifier(std::uint32_t i) const;
  bool IsVia(std::uint32_t i) const {
    return At(i).kind == ChunkKind::kNoun && pattern_.compiled.via.count(At(i).word) > 0;
  }
  /// Of the verb; of a comma that stands for one, of whom it says something.
  const std::vector<std::uint32_t>& SubjectsOf(const Chunk& verb) const {
    const bool copula = line_.copula != kNoChunk && &verb == &At(line_.copula);
    return copula ? line_.bearers : verb.subjects;
  }
  /// "cooperation between A and both B and C": C is no subject.
  bool IsOfSeveral(std::uint32_t noun) const;
  /// "replacing A is crucial" says nothing of A, "strengthening A is crucial" does.
  bool IsOfOtherDeed(std::uint32_t noun) const;
  /// "the Union's decision", "the Union's reform efforts"
  bool NamesPart(std::uint32_t i, std::uint32_t modifier) const;
  /// What the grammatical subject of a passive names.
  std::vector<std::uint32_t> SubjectsAsObjects() const;
  /// "A was enacted in 2021, together with B"
  void AddCompanions(std::vector<std::uint32_t>& objects) const;
  /// "a separate centre, the Cables Centre, was set up": the name; kNoChunk where there is none.
  std::uint32_t NamedBehind(std::uint32_t noun) const;
  /// "Two conventions of the Organization, namely A and B, were ratified."
  void AddExamples(std::uint32_t noun, std::vector<std::uint32_t>& objects) const;
  /// "the war in A that threatened us": A is only where it is.
  bool IsPlace(std::uint32_t noun) const {
    return noun > 0 && words_.IsActorLabel(At(noun).label) &&
           IsKind(noun - 1, ChunkKind::kPreposition) && At(noun - 1).word != "of" &&
           At(noun - 1).word != "by";
  }
  /// Members of the list, not what only qualifies them.
  std::vector<std::uint32_t> ListedObjects(const std::vector<std::uint32_t>& chunks) const;
  /// "the Network of A, to which …": the Network is the object, not A.
  bool QualifiesFitting(std::uint32_t i) const {
    if (i < 2 || !IsKind(i - 1, ChunkKind::kPreposition) || At(i - 1).word != "of" ||
        !Fits(i - 2) || words_.IsActorLabel(At(i).label)) {
      return false;
    }
    // "takes part in the Network of A": found by what leads to the Network, too.
    const bool named =
        At(i - 2).mention != kNoChunk || (At(i - 2).capital && At(i - 2).head > At(i - 2).core);
    return base_.first == i || (named && !IsVia(i - 2));
  }
  /// "founded A together with B": B founded it, too.
  bool IsCompanion(std::uint32_t i) const;
  /// "launched A, a campaign against tests": what A is, and nothing else.
  bool IsApposition(std::uint32_t named, std::uint32_t i) const;
  /// "a law on the control and regulation of plastics": no regulation by itself.
  bool IsOfComplement(const std::vector<std::uint32_t>& chunks, std::size_t k) const;
  /// Nothing is joined to the noun and its phrases.
  bool EndsList(std::uint32_t i) const;
  /// "an exercise, Blue Lake": what it is called stands behind it.
  bool IsNamedNext(std::uint32_t i) const;
  /// "the Union's efforts within A": A is the object, not the Union.
  bool LeadsOn(std::uint32_t i) const {
    return IsKind(i + 1, ChunkKind::kPreposition) && IsKind(i + 2, ChunkKind::kNoun) && Fits(i + 2);
  }
  /// "the work done by A", "the work being done by A"
  bool QualifiesNoun(std::uint32_t verb) const {
    return IsKind(verb, ChunkKind::kVerb) &&
           (At(verb).shape == VerbShape::kReduced ||
            (At(verb).shape == VerbShape::kGerund && At(verb).passive));
  }
  bool IsMember(const std::vector<std::uint32_t>& chunks, std::size_t k) const;
  /// "for A and for B", but not "for A, most recently in B".
  bool IsLedAlike(const std::vector<std::uint32_t>& chunks, std::size_t k) const;
  /// "the decision of A", "the campaign launched by A": no more than a part of what A does.
  bool IsOfPart(const std::vector<std::uint32_t>& chunks, std::size_t k) const;
  /// "thanks for the presence and help of A", "his participation in bodies, including A": what
  /// stands behind a comma or "and" belongs to the phrase before it, not to the verb.
  bool BelongsBefore(const std::vector<std::uint32_t>& chunks, std::size_t k) const;
  /// Place of the noun that leads to what stands at `k` by a verb: "the decision (of B) to
  /// establish A", "the progress made in implementing A".
  std::optional<std::size_t> LedByVerb(const std::vector<std::uint32_t>& chunks,
                                       std::size_t k) const;
  /// "… supports A, and B has …": B is the subject of what follows.
  bool OpensClause(std::uint32_t noun) const;

  // Who did it.

  /// Those that are named with `actor` in one list: "the accession of A, B and C to", "to which A
  /// and B acceded".
  std::vector<std::uint32_t> WithListed(std::uint32_t actor) const;
  /// `in_place`: what the pattern itself has for {subject}.
  void ReadSubjects(std::uint32_t in_place, const std::vector<std::uint32_t>& objects);
  /// What nobody is named for in a speech may be anybody's, unless "our", "national", or the
  /// author's own name stands in the sentence.
  bool IsAnybodys() const;
  /// The clause of an insertion: what it interrupts or ends, or what follows where it opens a
  /// clause, as at the start of a sentence and after "that".
  std::uint32_t VerbOfClause() const;
  bool IsFinite(std::uint32_t i) const {
    return IsKind(i, ChunkKind::kVerb) && At(i).shape == VerbShape::kFinite;
  }
  /// "share our practices as a member": a noun that neither acts nor names anything, nor is a way
  /// of becoming something.
  bool IsPlainThing(std::uint32_t noun) const;
  /// Whether the noun of the match is the subject of the verb behind it.
  bool IsSubjectHere() const;
  void EmitOfClause(const std::vector<std::uint32_t>& objects);
  /// A passive that was read as active: its agent, or at home the author.
  void EmitAgent(const Chunk& verb, const std::vector<std::uint32_t>& objects);
  /// "nine States, among them A and B": of A and B; false where nobody is named.
  bool EmitExamples(std::uint32_t noun, const std::vector<std::uint32_t>& objects);
  void EmitAgents(const Chunk& verb, const std::vector<std::uint32_t>& objects);
  /// One who can act, or has a name of a label that the relation takes: "financed by the Union".
  bool Acts(std::uint32_t noun) const;
  /// A body that is named only as an agent may be anybody's: "by the Committee of Ministers".
  bool ActsAsAgent(std::uint32_t agent) const;
  /// "by the Ministry of Justice"
  bool IsOffice(const Chunk& noun) const {
    const WordInfo* info = words_.Find(noun.word);
    return info != nullptr && info->Is(kActorNoun);
  }
  bool IsOfOtherState(std::uint32_t noun) const;
  /// Who had it done where a passive does not say, if that is not the author: the phrase that names
  /// a State ("the Agency of A", "held in A"), the thing itself ("A's Agency"), or kNoChunk for one
  /// who may be anybody ("the Union's strategy", "held in Geneva").
  std::optional<std::uint32_t> OwnerOf(std::uint32_t object) const;
  /// The same by where it was done.
  std::optional<std::uint32_t> PlaceOf(std::uint32_t object) const;
  /// Whether something of a passive without an agent is somebody else's, who did it then.
  bool EmitOwned(const std::vector<std::uint32_t>& objects);
  /// "the Union's Centre", of which nobody says who founded it.
  bool HasOtherName(const std::vector<std::uint32_t>& objects) const {
    return std::any_of(objects.begin(), objects.end(), [&](std::uint32_t object) {
      return words_.IsActingLabel(At(object).label) && IsNamedAfterOther(At(object));
    });
  }
  bool IsNamedAfterOther(const Chunk& noun) const;
  void EmitActors(const Chunk& verb, const std::vector<std::uint32_t>& objects);
  /// "Decree No. 5 set up the Agency", "the Cables Act created it": who made the law did.
  bool IsLawOfHome(std::uint32_t noun) const;
  bool Recommends(const Chunk& verb) const {
    const WordInfo* info = words_.Find(verb.word);
    return info != nullptr && info->Is(kRecommending);
  }
  void Stop(const std::vector<std::uint32_t>& objects, const std::string& why);
  void Emit(std::uint32_t subject, const std::vector<std::uint32_t>& objects);
  /// "A and B signed the Arms Treaty": a treaty that many have is no agreement of the two.
  bool ConcludesForAll(std::uint32_t object) const;
  void EmitOne(std::uint32_t subject, std::uint32_t object);
  bool IsAuthor(std::uint32_t actor) const;

  // Whether it is asserted.

  bool StartsItem() const { return context_.list_item && base_.first == analysis_.item_first; }
  /// "We hope for our accession", "our accession will help": the verb that the noun is the subject
  /// of, else the verb before it, says whether it has come about.
  void JudgeByGovernor(Candidate& candidate) const;
  std::uint32_t Governor(std::uint32_t noun) const;
  /// "is committed to implementing A", "our commitment to uphold A": the deed is to come, the
  /// commitment is there.
  void JudgeCommitted(Candidate& candidate) const;
  void JudgeCandidate(Candidate& candidate);
  void JudgeByClause(Candidate& candidate);
  /// Of a rule that says that something is over: where that is asserted, it is.
  void JudgeEnding(Candidate& candidate) const;
  /// "was a member until 2012", "a former member": and is none any more.
  bool IsOver(Candidate& candidate) const;
  /// "until 2012", "from 2009 to 2011", in the clause of the verb.
  bool HasEndDate(std::uint32_t verb) const;
  /// "takes no part in A", "supports no treaty".
  bool IsDenied(const Candidate& candidate);
  bool Denies(std::uint32_t noun) const;
  /// "No agreement exists with A."
  bool SubjectsDeny();

  const Words& words_;
  const Rule& rule_;
  const RulePattern& pattern_;
  const Analysis& analysis_;
  const Matcher::Context& context_;
  const SentenceLine& line_;
  const std::string& ruled_out_;
  std::vector<Candidate>& out_;
  Candidate base_;
  std::optional<bool> subjects_deny_;  // Asked once, of a list of many.
  bool author_done_ = false;           // Emit() has had the author as its subject.
};

}  // namespace verbale::extract
