#include "extract/match/matcher.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <iterator>

#include <re2/re2.h>
#include <re2/set.h>

#include "extract/match/pattern.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

using graph::Modality;

/// For the automaton over all triggers. When it does not do, every pattern is tried instead: out of
/// memory must never read as "no match".
constexpr std::int64_t kSetBudget = std::int64_t{64} << 20;
constexpr std::int64_t kPatternBudget = std::int64_t{16} << 20;

struct Pattern {
  std::uint32_t rule = 0;
  std::uint32_t number = 0;  ///< Among the patterns of its rule.
  CompiledPattern compiled;
  std::unique_ptr<RE2> regex;
  int verb_group = 0, object_group = 0, subject_group = 0;
};

std::uint32_t NumberOf(re2::StringPiece text) {
  std::uint32_t number = kNoChunk;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// Numbers of the chunks in a stretch of the rendering.
std::vector<std::uint32_t> ChunksIn(re2::StringPiece text) {
  std::vector<std::uint32_t> numbers;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '@') continue;
    numbers.push_back(NumberOf(text.substr(i + 1)));
  }
  return numbers;
}

int GroupOf(const RE2& regex, const char* name) {
  const auto& groups = regex.NamedCapturingGroups();
  const auto at = groups.find(name);
  return at == groups.end() ? 0 : at->second;
}

RE2::Options OptionsWith(std::int64_t memory) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(memory);
  return options;
}

}  // namespace

struct Matcher::Impl {
  Impl(const PackData& data, const Words& lexicon) : pack(data), words(lexicon) {}

  const PackData& pack;
  const Words& words;
  std::vector<Pattern> patterns;
  std::vector<std::vector<std::unique_ptr<RE2>>> unless;  ///< Of each rule.
  std::unique_ptr<RE2::Set> triggers;
  Prefilter prefilter;

  void AddRule(std::uint32_t number);
  std::vector<int> Triggered(const Analysis& analysis, const std::vector<int>* possible) const;
  /// Whether the pattern may begin at one of the verbs; asked before its regex, which costs more.
  static bool MayStart(const CompiledPattern& pattern, const Analysis& analysis);
  static bool MayStartAt(const CompiledPattern& pattern, const Analysis& analysis,
                         std::uint32_t verb);
  /// What rules the rule out in this sentence; empty where nothing does.
  std::string GuardOf(std::uint32_t rule, std::string_view sentence) const;
  void Try(const Pattern& pattern, const Analysis& analysis, std::string_view sentence,
           const Context& context, std::vector<Candidate>& out) const;
};

namespace {

/// One match of one pattern, and what becomes of it.
class MatchReader {
 public:
  MatchReader(const Words& words, const PackData& pack, const Pattern& pattern,
              const Analysis& analysis, const Matcher::Context& context,
              std::vector<Candidate>& out)
      : words_(words),
        rule_(pack.rules[pattern.rule]),
        pattern_(pattern),
        analysis_(analysis),
        context_(context),
        out_(out) {}

  /// Every reading of the match is ruled out, and why.
  void RuleOut(std::string why) { ruled_out_ = std::move(why); }

  /// `groups[1]` is the whole match, without the blank before it.
  void Read(const std::vector<re2::StringPiece>& groups) {
    const std::vector<std::uint32_t> all = ChunksIn(groups[1]);
    base_.rule = pattern_.rule;
    base_.pattern = pattern_.number;
    base_.first = all.front();
    base_.last = all.back() + 1;
    if (pattern_.verb_group > 0) base_.verb = NumberOf(groups[pattern_.verb_group]);
    std::vector<std::uint32_t> objects =
        pattern_.compiled.left == LeftOfVerb::kObject
            ? SubjectsAsObjects()
            : ListedObjects(ChunksIn(groups[pattern_.object_group]));
    if (!objects.empty()) ReadSubjects(groups, objects);
  }

 private:
  const Chunk& At(std::uint32_t i) const { return analysis_.chunks[i]; }
  bool IsKind(std::uint32_t i, ChunkKind kind) const {
    return i < analysis_.chunks.size() && At(i).kind == kind;
  }
  bool Fits(std::uint32_t i) const {
    return At(i).kind == ChunkKind::kNoun && pattern_.compiled.labels.count(At(i).label) > 0;
  }
  /// The name before the head of "the Union's efforts", kNoChunk where there is none that fits.
  std::uint32_t FittingModifier(std::uint32_t i) const {
    if (Fits(i) || !IsVia(i)) return kNoChunk;
    for (const std::uint32_t modifier : At(i).modifiers) {
      if (pattern_.compiled.labels.count(analysis_.mentions[modifier].label) > 0) return modifier;
    }
    return kNoChunk;
  }
  bool IsVia(std::uint32_t i) const {
    return At(i).kind == ChunkKind::kNoun && pattern_.compiled.via.count(At(i).word) > 0;
  }

  /// What the grammatical subject of a passive names.
  std::vector<std::uint32_t> SubjectsAsObjects() const {
    std::vector<std::uint32_t> objects;
    for (const std::uint32_t noun : At(base_.verb).subjects) {
      if (Fits(noun)) {
        if (!IsPlace(noun)) objects.push_back(noun);
      } else if (IsVia(noun)) {
        // "the work of A", "the reports produced by A"
        const std::uint32_t next =
            noun + (IsKind(noun + 1, ChunkKind::kVerb) && At(noun + 1).shape == VerbShape::kReduced
                        ? 2
                        : 1);
        if (IsKind(next, ChunkKind::kPreposition) && next + 1 < analysis_.chunks.size() &&
            Fits(next + 1)) {
          objects.push_back(next + 1);
        }
      }
    }
    return objects;
  }

  /// "the war in A that threatened us": A is only where it is.
  bool IsPlace(std::uint32_t noun) const {
    return noun > 0 && words_.IsActorLabel(At(noun).label) &&
           IsKind(noun - 1, ChunkKind::kPreposition) && At(noun - 1).word != "of" &&
           At(noun - 1).word != "by";
  }

  /// Members of the list, not what only qualifies them.
  std::vector<std::uint32_t> ListedObjects(const std::vector<std::uint32_t>& chunks) const {
    std::vector<std::uint32_t> objects;
    bool in_phrase = false;  // "the presence of A and B": B goes with A.
    for (std::size_t k = 0; k < chunks.size(); ++k) {
      const std::uint32_t i = chunks[k];
      if (At(i).kind == ChunkKind::kIncluding) in_phrase = false;
      if (!Fits(i) &&
          (FittingModifier(i) == kNoChunk || (!pattern_.compiled.before_head && LeadsOn(i))))
        continue;
      in_phrase |= !IsMember(chunks, k);
      if (in_phrase) continue;
      if (k > 0 && OpensClause(i)) break;
      objects.push_back(i);
    }
    return objects;
  }

  /// "the Union's efforts within A": A is the object, not the Union.
  bool LeadsOn(std::uint32_t i) const {
    return IsKind(i + 1, ChunkKind::kPreposition) && IsKind(i + 2, ChunkKind::kNoun) && Fits(i + 2);
  }

  bool IsMember(const std::vector<std::uint32_t>& chunks, std::size_t k) const {
    if (k == 0) return true;
    if (At(chunks[k - 1]).kind != ChunkKind::kPreposition) {
      // "efforts to strengthen A" and "the report published by A" are not A.
      return At(chunks[k - 1]).kind != ChunkKind::kNoun &&
             At(chunks[k - 1]).kind != ChunkKind::kVerb;
    }
    // "with B and with A", "partners (from A, B)"
    if (k >= 2 && At(chunks[k - 2]).kind != ChunkKind::kNoun &&
        At(chunks[k - 2]).kind != ChunkKind::kVerb) {
      return true;
    }
    // "the work of A": the noun before the preposition must be one that leads to the object.
    if (k < 2 || !IsVia(chunks[k - 2])) return false;
    // "attacks in A" are not A's.
    const std::string& preposition = At(chunks[k - 1]).word;
    if (words_.IsActorLabel(At(chunks[k]).label) && preposition != "of" && preposition != "by") {
      return false;
    }
    return IsMember(chunks, k - 2);
  }

  /// "… supports A, and B has …": B is the subject of what follows.
  bool OpensClause(std::uint32_t noun) const {
    for (std::uint32_t i = noun + 1; i < analysis_.chunks.size(); ++i) {
      if (At(i).kind == ChunkKind::kPreposition || At(i).kind == ChunkKind::kNoun) continue;
      if (At(i).kind != ChunkKind::kVerb || At(i).shape != VerbShape::kFinite) return false;
      const auto& subjects = At(i).subjects;
      return std::find(subjects.begin(), subjects.end(), noun) != subjects.end();
    }
    return false;
  }

  void ReadSubjects(const std::vector<re2::StringPiece>& groups,
                    const std::vector<std::uint32_t>& objects) {
    if (pattern_.subject_group > 0 && groups[pattern_.subject_group].data() != nullptr) {
      return Emit(NumberOf(groups[pattern_.subject_group]), objects);
    }
    if (rule_.of_clause) return EmitOfClause(objects);
    if (base_.verb == kNoChunk) return Emit(kNoChunk, objects);
    const Chunk& verb = At(base_.verb);
    if (pattern_.compiled.left == LeftOfVerb::kActor) return EmitActors(verb, objects);
    if (!verb.passive || pattern_.compiled.has_subject) return Emit(kNoChunk, objects);
    if (verb.agent == kNoChunk) {
      if (rule_.main_only && base_.verb > 0 && IsKind(base_.verb - 1, ChunkKind::kRelative)) {
        return Stop(objects, "it stands in a relative clause and nobody is named who did it");
      }
      if (rule_.agent_only) return Stop(objects, "nobody is named who did it");
      if (analysis_.spoken && !IsAtHome()) {
        return Stop(objects,
                    "nobody is named who did it, and nothing says that it was done at home");
      }
      return Emit(kNoChunk, objects);
    }
    // "the blockade imposed by A": A is what is spoken of, by the author.
    if (pattern_.compiled.left == LeftOfVerb::kNothing &&
        std::find(objects.begin(), objects.end(), verb.agent) != objects.end()) {
      return Emit(kNoChunk, objects);
    }
    // A body that is named only as an agent may be anybody's: "by the Committee of Ministers".
    if (!CanAct(words_, analysis_, At(verb.agent)) || words_.IsActingLabel(At(verb.agent).label)) {
      return Stop(objects, "'" + At(verb.agent).word + "' did it, who is no actor");
    }
    Emit(verb.agent, objects);
  }

  /// "our", "national", or the author's own name stands in the sentence.
  bool IsAtHome() const {
    return std::any_of(analysis_.tokens.begin(), analysis_.tokens.end(),
                       [&](const Token& token) { return words_.IsHome(token.folded); }) ||
           std::any_of(analysis_.mentions.begin(), analysis_.mentions.end(),
                       [&](const Mention& mention) { return mention.name == context_.author; });
  }

  /// The clause of an insertion: what it interrupts or ends, or what follows where it opens a
  /// clause, as at the start of a sentence and after "that".
  std::uint32_t VerbOfClause() const {
    std::uint32_t before = base_.first;
    if (before > 0 && IsKind(before - 1, ChunkKind::kComma)) --before;
    const bool opens = before == 0 || IsKind(before - 1, ChunkKind::kRelative) ||
                       IsKind(before - 1, ChunkKind::kSubordinator) ||
                       IsKind(before - 1, ChunkKind::kConjunction);
    for (std::uint32_t i = opens ? 0 : before; i-- > 0 && !IsKind(i, ChunkKind::kStop);) {
      if (IsFinite(i)) return i;
    }
    for (std::uint32_t i = base_.last; i < analysis_.chunks.size(); ++i) {
      if (IsKind(i, ChunkKind::kStop)) break;
      if (IsFinite(i) && !IsKind(i - 1, ChunkKind::kRelative)) return i;
    }
    return kNoChunk;
  }
  bool IsFinite(std::uint32_t i) const {
    return IsKind(i, ChunkKind::kVerb) && At(i).shape == VerbShape::kFinite;
  }

  void EmitOfClause(const std::vector<std::uint32_t>& objects) {
    // "served as a member", "its election as a member": somebody else may be meant.
    const bool after_word = base_.first > 0 && (IsKind(base_.first - 1, ChunkKind::kVerb) ||
                                                IsKind(base_.first - 1, ChunkKind::kNoun));
    const std::uint32_t verb = after_word ? kNoChunk : VerbOfClause();
    if (verb == kNoChunk) return Stop(objects, "it belongs to no clause");
    EmitActors(At(verb), objects);
  }

  void EmitActors(const Chunk& verb, const std::vector<std::uint32_t>& objects) {
    if (pattern_.compiled.any_verb && Recommends(verb)) {
      return Stop(objects, "'" + verb.word + "' is about what others should do");
    }
    if (verb.subjects.empty()) {
      if (verb.implicit_subject) return Emit(kNoChunk, objects);
      return Stop(objects, "'" + verb.word + "' has no subject");
    }
    for (const std::uint32_t subject : verb.subjects) {
      if (CanAct(words_, analysis_, At(subject))) {
        Emit(subject, objects);
      } else {
        Stop(objects, "the subject '" + At(subject).word + "' is no actor");
      }
    }
  }

  bool Recommends(const Chunk& verb) const {
    const WordInfo* info = words_.Find(verb.word);
    return info != nullptr && info->Is(kRecommending);
  }

  void Stop(const std::vector<std::uint32_t>& objects, const std::string& why) {
    if (!context_.explain) return;
    for (const std::uint32_t object : objects) {
      Candidate candidate = base_;
      candidate.object = object;
      candidate.stopped = why;
      out_.push_back(std::move(candidate));
    }
  }

  void Emit(std::uint32_t subject, const std::vector<std::uint32_t>& objects) {
    for (const std::uint32_t object : objects) {
      if (object == subject) continue;
      // What the lead-in says for itself was read with the lead-in.
      const std::uint32_t last = std::max(object, base_.verb == kNoChunk ? object : base_.verb);
      if (last < analysis_.item_first) continue;
      if (rule_.item_only && !StartsItem()) {
        // Of what is no list item the rule has nothing to say.
        if (context_.list_item) Stop({object}, "it does not begin the list item");
        continue;
      }
      Candidate candidate = base_;
      candidate.subject = subject;
      candidate.object = object;
      if (pattern_.compiled.left != LeftOfVerb::kObject) {
        candidate.object_mention = FittingModifier(object);
      }
      candidate.stopped = ruled_out_;
      JudgeCandidate(candidate);
      out_.push_back(std::move(candidate));
    }
  }

  bool StartsItem() const { return context_.list_item && base_.first == analysis_.item_first; }

  /// "We hope for our accession", "our accession will help": the verb that the noun is the subject
  /// of, else the verb before it, says whether it has come about.
  void JudgeByGovernor(Candidate& candidate) const {
    std::uint32_t noun = candidate.first;
    while (noun + 1 < candidate.last && !IsKind(noun, ChunkKind::kNoun)) ++noun;
    const std::uint32_t governor = Governor(noun);
    if (governor == kNoChunk) return;
    const Chunk& verb = At(governor);
    candidate.guard = verb.modality_word;
    candidate.modality = verb.modality;
    if (verb.modality == Modality::kDenied) return;
    if (words_.IsPerformative(verb.word)) candidate.modality = Modality::kAsserted;
    const Modality* makes = governor < noun ? words_.Catenative(verb.word) : nullptr;
    if (candidate.modality != Modality::kAsserted || makes == nullptr) return;
    candidate.modality = *makes;
    candidate.guard = verb.word;
  }

  std::uint32_t Governor(std::uint32_t noun) const {
    for (std::uint32_t i = noun + 1; i < analysis_.chunks.size(); ++i) {
      if (!IsKind(i, ChunkKind::kVerb)) continue;
      const auto& subjects = At(i).subjects;
      if (std::find(subjects.begin(), subjects.end(), noun) != subjects.end()) return i;
    }
    for (std::uint32_t i = noun; i-- > 0 && !IsKind(i, ChunkKind::kStop);) {
      if (IsKind(i, ChunkKind::kVerb)) return i;
    }
    return kNoChunk;
  }

  void JudgeCandidate(Candidate& candidate) const {
    if (rule_.told) return JudgeByGovernor(candidate);
    if (candidate.verb != kNoChunk) {
      const Chunk& verb = At(candidate.verb);
      candidate.modality = verb.modality;
      candidate.guard = verb.modality_word;
      const bool own_clause = !verb.implicit_subject && verb.shape == VerbShape::kFinite;
      if (candidate.modality != Modality::kAsserted || own_clause) return;
    }
    if (context_.proposal) {
      candidate.modality = Modality::kRecommended;
      candidate.guard = "proposals";
    }
  }

  const Words& words_;
  const Rule& rule_;
  const Pattern& pattern_;
  const Analysis& analysis_;
  const Matcher::Context& context_;
  std::vector<Candidate>& out_;
  Candidate base_;
  std::string ruled_out_;
};

}  // namespace

void Matcher::Impl::AddRule(std::uint32_t number) {
  const Rule& rule = pack.rules[number];
  const auto fail = [&](const Error& error) {
    throw Error(ErrorCode::kSyntax, rule.file + ":" + std::to_string(rule.line) + ": rule '" +
                                        rule.id + "': " + error.what())
        .WithHint(error.hint());
  };
  for (const std::string& text : rule.patterns) {
    Pattern pattern;
    pattern.rule = number;
    pattern.number = static_cast<std::uint32_t>(&text - rule.patterns.data());
    try {
      pattern.compiled = CompilePattern(pack, text);
    } catch (const Error& error) {
      fail(error);
    }
    pattern.regex = std::make_unique<RE2>("(?:^| )(" + pattern.compiled.regex + ")",
                                          OptionsWith(kPatternBudget));
    if (!pattern.regex->ok()) {
      fail(Error(ErrorCode::kSyntax,
                 "'" + text + "' compiles to no RE2: " + pattern.regex->error()));
    }
    pattern.verb_group = GroupOf(*pattern.regex, "v");
    pattern.object_group = GroupOf(*pattern.regex, "o");
    pattern.subject_group = GroupOf(*pattern.regex, "s");
    patterns.push_back(std::move(pattern));
  }
  unless.emplace_back();
  for (const std::string& text : rule.unless) {
    auto regex = std::make_unique<RE2>(text, OptionsWith(kPatternBudget));
    if (!regex->ok()) fail(Error(ErrorCode::kSyntax, "'unless' is no RE2: " + regex->error()));
    unless.back().push_back(std::move(regex));
  }
}

Matcher::Matcher(const PackData& pack, const Words& words, Vocabulary& vocabulary) {
  auto impl = std::make_unique<Impl>(pack, words);
  for (std::uint32_t i = 0; i < pack.rules.size(); ++i) impl->AddRule(i);
  impl->triggers = std::make_unique<RE2::Set>(OptionsWith(kSetBudget), RE2::UNANCHORED);
  for (const Pattern& pattern : impl->patterns) {
    impl->prefilter.Add(pattern.compiled);
    std::string error;
    if (impl->triggers->Add(pattern.compiled.trigger, &error) < 0) {
      throw Error(ErrorCode::kInternal, "trigger of a pattern: " + error);
    }
  }
  if (!impl->triggers->Compile()) impl->triggers.reset();
  impl->prefilter.Build(pack, words, vocabulary);
  impl_ = std::move(impl);
}

Matcher::~Matcher() = default;

std::vector<int> Matcher::Impl::Triggered(const Analysis& analysis,
                                          const std::vector<int>* possible) const {
  // To try one or two patterns costs less than to ask which of them.
  if (possible != nullptr && possible->size() <= 2) return *possible;
  std::vector<int> which;
  if (triggers != nullptr && !patterns.empty()) {
    RE2::Set::ErrorInfo error{};
    triggers->Match(analysis.rendering, &which, &error);
    if (error.kind == RE2::Set::kNoError) {
      std::sort(which.begin(), which.end());
      if (possible == nullptr) return which;
      std::vector<int> both;
      std::set_intersection(which.begin(), which.end(), possible->begin(), possible->end(),
                            std::back_inserter(both));
      return both;
    }
    which.clear();
  }
  if (possible != nullptr) return *possible;
  for (int i = 0; i < static_cast<int>(patterns.size()); ++i) which.push_back(i);
  return which;
}

bool Matcher::Impl::MayStart(const CompiledPattern& pattern, const Analysis& analysis) {
  if (!pattern.start.known || pattern.anything) return true;
  for (std::uint32_t i = 0; i < analysis.chunks.size(); ++i) {
    if (MayStartAt(pattern, analysis, i)) return true;
  }
  return false;
}

bool Matcher::Impl::MayStartAt(const CompiledPattern& pattern, const Analysis& analysis,
                               std::uint32_t verb) {
  const std::vector<Chunk>& chunks = analysis.chunks;
  const PatternStart& start = pattern.start;
  if (chunks[verb].kind != ChunkKind::kVerb) return false;
  if (!start.any_voice && chunks[verb].passive != pattern.passive) return false;
  if (!start.verbs.empty() && start.verbs.count(chunks[verb].word) == 0) return false;
  std::size_t i = verb + 1;
  for (const PatternStart::WordSet& words : start.words) {
    if (i >= chunks.size() || chunks[i].kind == ChunkKind::kVerb) return false;
    if (words.count(chunks[i++].word) == 0) return false;
  }
  if (!start.object) return true;
  // Between verb and object stand phrases, and of verbs only what a list of objects can have: a
  // verb that qualifies one of them, or one that is coordinated with the first.
  const auto is = [&](std::size_t at, ChunkKind kind) {
    return at < chunks.size() && chunks[at].kind == kind;
  };
  const auto fits = [&](std::string_view label) { return pattern.labels.count(label) > 0; };
  for (; i < chunks.size(); ++i) {
    const Chunk& chunk = chunks[i];
    switch (chunk.kind) {
      case ChunkKind::kNoun:
        if (fits(chunk.label)) return true;
        if (!pattern.via.empty() &&
            std::any_of(chunk.modifiers.begin(), chunk.modifiers.end(),
                        [&](std::uint32_t m) { return fits(analysis.mentions[m].label); })) {
          return true;
        }
        break;
      case ChunkKind::kVerb:
        if (chunk.shape != VerbShape::kInfinitive && chunk.shape != VerbShape::kReduced &&
            !is(i - 1, ChunkKind::kConjunction) && !is(i + 1, ChunkKind::kConjunction)) {
          return false;
        }
        break;
      case ChunkKind::kPreposition:
      case ChunkKind::kConjunction:
      case ChunkKind::kComma:
      case ChunkKind::kIncluding:
        break;
      default:
        return false;
    }
  }
  return false;
}

std::string Matcher::Impl::GuardOf(std::uint32_t rule, std::string_view sentence) const {
  const re2::StringPiece text(sentence.data(), sentence.size());
  for (const auto& regex : unless[rule]) {
    re2::StringPiece found;
    if (!regex->Match(text, 0, text.size(), RE2::UNANCHORED, &found, 1)) continue;
    return "its guard 'unless: " + regex->pattern() + "' found '" + found.as_string() + "'";
  }
  return {};
}

void Matcher::Impl::Try(const Pattern& pattern, const Analysis& analysis, std::string_view sentence,
                        const Context& context, std::vector<Candidate>& out) const {
  const re2::StringPiece text(analysis.rendering);
  std::vector<re2::StringPiece> groups(1 + pattern.regex->NumberOfCapturingGroups());
  const auto match = [&](std::size_t from, RE2::Anchor anchor) {
    return pattern.regex->Match(text, from, text.size(), anchor, groups.data(),
                                static_cast<int>(groups.size()));
  };
  // False where nothing more can come of the pattern in this sentence.
  const auto read = [&] {
    MatchReader reader(words, pack, pattern, analysis, context, out);
    if (std::string guard = GuardOf(pattern.rule, sentence); !guard.empty()) {
      if (!context.explain) return false;
      reader.RuleOut(std::move(guard));
    }
    reader.Read(groups);
    return true;
  };
  const CompiledPattern& compiled = pattern.compiled;
  if (compiled.start.first && !compiled.anything) {
    // A match begins at one of few verbs: to look there alone spares the search for it.
    for (std::uint32_t i = 0; i < analysis.chunks.size(); ++i) {
      if (!MayStartAt(compiled, analysis, i)) continue;
      const std::uint32_t offset = analysis.rendering_offsets[i];
      if (match(offset == 0 ? 0 : offset - 1, RE2::ANCHOR_START) && !read()) return;
    }
    return;
  }
  std::size_t from = 0;
  while (from < text.size() && match(from, RE2::UNANCHORED)) {
    const auto begin = static_cast<std::size_t>(groups[1].data() - text.data());
    if (!read()) return;
    // On from the next chunk's blank: matches may overlap.
    from = text.find(' ', begin);
    if (from == re2::StringPiece::npos) break;
  }
}

void Matcher::Possible(const std::vector<Token>& tokens, const std::vector<Mention>& mentions,
                       Prefilter::Room& room, std::vector<int>& patterns) const {
  impl_->prefilter.Possible(tokens, mentions, room, patterns);
}

void Matcher::Match(const Analysis& analysis, std::string_view sentence, const Context& context,
                    std::vector<Candidate>& candidates) const {
  candidates.clear();
  for (const int which : impl_->Triggered(analysis, context.possible)) {
    const Pattern& pattern = impl_->patterns[static_cast<std::size_t>(which)];
    const bool starts = pattern.compiled.start.first || Impl::MayStart(pattern.compiled, analysis);
    if (!context.explain && !starts) continue;
    if (context.times == nullptr) {
      impl_->Try(pattern, analysis, sentence, context, candidates);
      continue;
    }
    const auto begin = std::chrono::steady_clock::now();
    impl_->Try(pattern, analysis, sentence, context, candidates);
    const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - begin;
    context.times->emplace_back(pattern.rule, static_cast<std::uint64_t>(took.count()));
  }
}

}  // namespace verbale::extract
