#pragma once

#include <cstdint>
#include <vector>

#include "extract/match/internal/clauses.h"

namespace verbale::extract {

/// What a clause finder asks of the phrases of a sentence. All are numbers of chunks, and kNoChunk
/// where there is none. Neither `words` nor `analysis` is owned; both outlive the view.
class ClauseView {
 public:
  ClauseView(const Words& words, const Analysis& analysis)
      : words_(words), analysis_(analysis), chunks_(analysis.chunks) {}

  bool IsKind(std::uint32_t i, ChunkKind kind) const { return extract::IsKind(chunks_, i, kind); }
  std::uint32_t NextFinite(std::uint32_t i) const { return extract::NextFinite(chunks_, i); }
  std::uint32_t PreviousVerb(std::uint32_t before, bool finite) const {
    return extract::PreviousVerb(chunks_, before, finite);
  }

  // Whom a noun phrase stands for: clause_nouns.cc.
  /// "the Ministry of Gender, Children and Social Protection": the Ministry, where `n` is the last
  /// of what it is for; else kNoChunk.
  std::uint32_t HeadOfNameList(std::uint32_t n) const;
  /// Noun and everything coordinated to its left.
  std::vector<std::uint32_t> WithCoordinated(std::uint32_t n) const;
  /// "is home to the Centre for Security, set up": the Centre, where the noun at the head of the
  /// phrases that end with `n` says nothing of what it is.
  std::uint32_t QualifiedBefore(std::uint32_t n) const;
  /// What "which" stands for: the nearest noun, or where that names nothing the name that it
  /// belongs to ("the Convention on mines, which"); all members of a list before a plural verb.
  std::vector<std::uint32_t> Antecedent(std::uint32_t verb, std::uint32_t nearest) const;
  /// "the States that in 2015 adopted": only phrases stand between the pronoun and its verb.
  std::uint32_t RelativeBeforePhrases(std::uint32_t noun) const;
  /// "A, together with B, C and D, founded": A, where only names stand before the last comma.
  std::uint32_t BeforeCompany(std::uint32_t comma) const;

  // What a verb form is where it stands, and which verb it goes with: clause_verbs.cc.
  bool IsPastOnly(std::uint32_t i) const;
  /// "suggested that it become a member", "that A join": a base form behind one who is not many.
  bool IsSubjunctive(std::uint32_t i) const;
  /// "has, since 2005, supported", "have for many years cooperated": the auxiliary of a participle
  /// from which phrases part it.
  std::uint32_t AuxiliaryBefore(std::uint32_t i) const;
  /// "honoured to have been elected and to have hosted": the verb group that took the first "to".
  std::uint32_t CoordinateInfinitive(std::uint32_t i) const;
  /// "enabled us to join": we did join.
  std::uint32_t CausedBefore(std::uint32_t i) const;
  /// "I rise to reaffirm", "take this opportunity to reaffirm", but not "urge States to reaffirm".
  bool SaysAndDoes(std::uint32_t i) const;
  /// "had the honour to chair", "the privilege of chairing", "among the first States to sign".
  bool FollowsAssertingNoun(std::uint32_t i) const;
  bool FollowsStance(std::uint32_t i) const;
  /// A past form right after a noun: participle of the noun ("resolutions adopted by …"), or the
  /// verb of the clause ("Canada adopted …")?
  bool IsReduced(std::uint32_t i) const;
  /// "A founded by decree the Agency": the verb of the clause, though "by" stands behind it.
  bool TellsHowBeforeObject(std::uint32_t i) const;
  /// "the laws adopted include A": the verb of the clause is behind the participle.
  bool FollowsParticiple(std::uint32_t i) const;
  /// "In ratifying A, we took a great step": where it opens the sentence it was done.
  bool OpensWithDeed(std::uint32_t gerund) const;
  /// "Before joining A, it had had none": what came later is past, too.
  bool OpensBeforePast(std::uint32_t gerund) const;
  /// The verb of the clause that begins behind the next comma.
  std::uint32_t NextMain(std::uint32_t i) const;
  /// "A is among the States that", "A was one of the countries to": the verb that counts A among
  /// those of whom the clause at `end` tells.
  std::uint32_t CountingVerb(std::uint32_t end) const;
  /// "A considers that the law applies and endorses B": A endorses it, since a law does no such
  /// thing; `before` where nobody else is there who could.
  std::uint32_t OfWholeSentence(std::uint32_t verb, std::uint32_t before) const;
  /// "A supports the campaign which B launched, and was a member": A was. The comma has ended the
  /// relative clause; `before` where there is none, or where nobody acts before it.
  std::uint32_t BehindRelative(std::uint32_t verb, std::uint32_t before) const;
  /// Whom a purpose is of, and the verb that asks for it where there is one.
  struct Asked {
    std::vector<std::uint32_t> who;
    std::uint32_t governor = kNoChunk;
  };
  /// "urges A to join", "calls on A and B to join": A and B; "the application of A to join": A.
  Asked AskedBefore(std::uint32_t infinitive) const;
  /// "would like to see A join B": the verb of seeing.
  std::uint32_t SeenBefore(std::uint32_t bare) const;
  /// "without being a member", but not "cannot conclude without thanking".
  bool LacksDeed(std::uint32_t gerund) const;

 protected:
  const Words& words_;

 private:
  /// "the Commission, a body that hears cases": the Commission hears them.
  std::uint32_t NamedBy(std::uint32_t noun) const;
  /// "the Policy for 2017–2022, which": the date only says which.
  std::uint32_t BeforeDate(std::uint32_t noun) const;
  /// "the Fund, which A and B established": what follows the pronoun is the subject.
  bool OpensObjectRelative(std::uint32_t noun) const;
  /// A noun with capitals that names nothing by itself: "Social Protection".
  bool IsTopicWord(std::uint32_t i) const;
  /// "the Summit held in Washington, D.C., in April 2016, which": the Summit, where only places and
  /// dates stand between; else kNoChunk.
  std::uint32_t BeforeParticiple(std::uint32_t noun) const;
  /// "the second country, after Norway, to sign": the first comma; `i` where there is none.
  std::uint32_t BeforeAside(std::uint32_t i) const;
  bool Asserts(const Chunk& noun) const;

  const Analysis& analysis_;
  const std::vector<Chunk>& chunks_;
};

}  // namespace verbale::extract
