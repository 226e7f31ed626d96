#include "extract/match/matcher.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <span>

#include <re2/re2.h>

#include "extract/match/internal/match_reader.h"
#include "extract/match/rendering.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

/// Whether the line has all that every match of the pattern has.
bool HasNeeds(const CompiledPattern& pattern, const SymbolLine& line) {
  const auto has = [&](const NeededSet& need) {
    switch (need.kind) {
      case PatternNeed::Kind::kVerb:
        return line.HasVerb(need.set);
      case PatternNeed::Kind::kWord:
        return line.HasWord(need.set);
      case PatternNeed::Kind::kLabel:
        break;
    }
    return line.HasLabel(need.set);
  };
  return pattern.anything || std::all_of(pattern.sets.begin(), pattern.sets.end(), has);
}

bool Meets(const Symbol& symbol, const NeededSet& need) {
  constexpr std::uint32_t kVerbForms = Symbol::kFormsOfSort[1];
  const auto has = [&](const std::uint64_t* sets) {
    return (sets[need.set / 64] >> need.set % 64 & 1) != 0;
  };
  if (need.kind == PatternNeed::Kind::kLabel) return has(symbol.labels) || has(symbol.before);
  const bool verb = (symbol.form & kVerbForms) != 0;
  return verb == (need.kind == PatternNeed::Kind::kVerb) && has(symbol.words);
}

/// Whether some phrases of the line, one behind the other, are what every match of the pattern in
/// it has, so that an automaton is worth its while. An object that is found as the subject of the
/// verb has no place in the line.
bool MayMatch(const CompiledPattern& pattern, const SymbolLine& line) {
  if (pattern.anything) return true;
  const std::span<const NeededSet> needs = std::span(pattern.sets).subspan(1);
  auto need = needs.begin();
  for (std::size_t i = 0; i < line.size(); ++i) {
    // A name before a noun, and the noun, are one phrase.
    while (need != needs.end() && Meets(line[i], *need)) ++need;
  }
  return need == needs.end();
}

Rule WithSignature(const PackData& pack, Rule rule) {
  for (const RelationSignature& relation : pack.relations) {
    if (relation.name == rule.relation) rule.from = relation.from;
  }
  return rule;
}

}  // namespace

/// A rule with what is made of it.
struct Matcher::CompiledRule {
  CompiledRule(const PackData& pack, std::uint32_t number, Rule rule_of_it, PatternSets& sets,
               std::shared_ptr<GatedPatterns> guards_of_it);

  const Rule rule;
  std::vector<RulePattern> patterns;
  std::shared_ptr<const GatedPatterns> guards;  ///< Shared by rules that were made together.
  std::vector<std::uint32_t> unless, only;      ///< Numbers of `guards`.
};

struct Matcher::Impl {
  explicit Impl(const Words& lexicon) : words(lexicon) {}

  const Words& words;
  std::vector<std::shared_ptr<const CompiledRule>> rules;  ///< Shared with variants of this one.
  std::vector<const RulePattern*> patterns;                ///< Of all rules.
  PatternSets sets;                                        ///< That these patterns ask for.
  std::optional<MemberSets> word_sets, label_sets;         ///< Made of `sets`.

  // Which patterns to try on a sentence: of a variant, those that `base` tries, and always all of
  // the rule that is another.
  std::shared_ptr<const Impl> base;
  std::uint32_t changed = 0;
  Prefilter prefilter;

  /// After `rules` are there.
  void Build();
  /// Numbers of patterns of `base` as those of this one, and those of the changed rule.
  void Renumber(std::vector<int>& numbers) const;
  void Possible(const WordLine& line, Prefilter::Room& room, std::vector<int>& numbers) const;
  /// What rules the rule out in this sentence; empty where nothing does.
  std::string GuardOf(std::uint32_t rule, std::string_view sentence,
                      GatedPatterns::Room& room) const;
  /// The same into room.guard; once, since the patterns of a rule are tried one after the other.
  void AskGuard(std::uint32_t rule, std::string_view sentence, Room& room) const;
  void Try(const RulePattern& pattern, const Analysis& analysis, std::string_view sentence,
           const Context& context, Room& room, std::vector<Candidate>& out) const;
};

Matcher::CompiledRule::CompiledRule(const PackData& pack, std::uint32_t number, Rule rule_of_it,
                                    PatternSets& sets, std::shared_ptr<GatedPatterns> guards_of_it)
    : rule(WithSignature(pack, std::move(rule_of_it))), guards(guards_of_it) {
  const auto fail = [&](const Error& error) {
    throw Error(ErrorCode::kSyntax, rule.file + ":" + std::to_string(rule.line) + ": rule '" +
                                        rule.id + "': " + error.what())
        .WithHint(error.hint());
  };
  std::vector<std::string> doers;  // That are no actors: whoever has a name.
  for (const std::string& label : rule.from) {
    const auto& actors = pack.actor_labels;
    if (std::find(actors.begin(), actors.end(), label) == actors.end()) doers.push_back(label);
  }
  for (const std::string& text : rule.patterns) {
    RulePattern pattern;
    pattern.rule = number;
    pattern.number = static_cast<std::uint32_t>(&text - rule.patterns.data());
    try {
      pattern.compiled = CompilePattern(pack, text, sets, doers);
    } catch (const Error& error) {
      fail(error);
    }
    patterns.push_back(std::move(pattern));
  }
  const auto compile = [&](const char* key, const std::vector<std::string>& texts) {
    std::vector<std::uint32_t> numbers;
    for (const std::string& text : texts) {
      try {
        numbers.push_back(guards_of_it->Add(text));
      } catch (const Error& error) {
        fail(Error(ErrorCode::kSyntax, "'" + std::string(key) + "' is no RE2: " + error.what()));
      }
    }
    return numbers;
  };
  unless = compile("unless", rule.unless);
  only = compile("only", rule.only);
}

void Matcher::Impl::Build() {
  for (const auto& rule : rules) {
    for (const RulePattern& pattern : rule->patterns) patterns.push_back(&pattern);
  }
  word_sets.emplace(sets.words);
  label_sets.emplace(sets.labels);
}

Matcher::Matcher(const PackData& pack, const Words& words, Vocabulary& vocabulary) {
  auto impl = std::make_shared<Impl>(words);
  const auto guards = std::make_shared<GatedPatterns>();
  for (std::uint32_t i = 0; i < pack.rules.size(); ++i) {
    impl->rules.push_back(
        std::make_shared<CompiledRule>(pack, i, pack.rules[i], impl->sets, guards));
  }
  impl->Build();
  for (const RulePattern* pattern : impl->patterns) impl->prefilter.Add(pattern->compiled);
  impl->prefilter.Build(pack, words, vocabulary);
  guards->Build(vocabulary, pack.lexicon);
  impl_ = std::move(impl);
}

Matcher::Matcher(const Matcher& base, const PackData& pack, std::uint32_t number, Rule rule) {
  auto impl = std::make_shared<Impl>(base.impl_->words);
  impl->base = base.impl_;
  impl->changed = number;
  impl->rules = base.impl_->rules;
  impl->sets = base.impl_->sets;                          // Their numbers stay; there may be more.
  const auto guards = std::make_shared<GatedPatterns>();  // So few that all may be run.
  impl->rules[number] =
      std::make_shared<CompiledRule>(pack, number, std::move(rule), impl->sets, guards);
  impl->Build();
  impl_ = std::move(impl);
}

Matcher::~Matcher() = default;

const Rule& Matcher::RuleAt(std::uint32_t number) const { return impl_->rules[number]->rule; }

void Matcher::Impl::Renumber(std::vector<int>& numbers) const {
  const auto size_of = [&](const Impl& impl, std::uint32_t rule) {
    return static_cast<int>(impl.rules[rule]->patterns.size());
  };
  int first = 0;
  for (std::uint32_t i = 0; i < changed; ++i) first += size_of(*this, i);
  const int before = size_of(*base, changed), now = size_of(*this, changed);
  const auto end = std::lower_bound(numbers.begin(), numbers.end(), first + before);
  std::for_each(end, numbers.end(), [&](int& number) { number += now - before; });
  auto at = numbers.erase(std::lower_bound(numbers.begin(), numbers.end(), first), end);
  for (int i = now; i-- > 0;) at = numbers.insert(at, first + i);
}

void Matcher::Impl::Possible(const WordLine& line, Prefilter::Room& room,
                             std::vector<int>& numbers) const {
  if (base == nullptr) return prefilter.Possible(line, room, numbers);
  base->Possible(line, room, numbers);
  Renumber(numbers);
}

std::string Matcher::Impl::GuardOf(std::uint32_t rule, std::string_view sentence,
                                   GatedPatterns::Room& room) const {
  const CompiledRule& guarded = *rules[rule];
  const auto& only = guarded.only;
  const bool met = std::any_of(only.begin(), only.end(), [&](std::uint32_t number) {
    return guarded.guards->Find(number, sentence, room).has_value();
  });
  if (!only.empty() && !met) {
    return "nothing is there of its 'only: " + guarded.guards->At(only.front()).pattern() + "'";
  }
  for (const std::uint32_t number : guarded.unless) {
    const auto found = guarded.guards->Find(number, sentence, room);
    if (!found) continue;
    return "its guard 'unless: " + guarded.guards->At(number).pattern() + "' found '" +
           std::string(*found) + "'";
  }
  return {};
}

void Matcher::Impl::AskGuard(std::uint32_t rule, std::string_view sentence, Room& room) const {
  if (room.guarded_rule == rule) return;
  room.guarded_rule = rule;
  room.guard = GuardOf(rule, sentence, room.guards);
}

void Matcher::Impl::Try(const RulePattern& pattern, const Analysis& analysis,
                        std::string_view sentence, const Context& context, Room& room,
                        std::vector<Candidate>& out) const {
  if (room.guarded_rule != pattern.rule) room.guard.clear();
  if (!room.guard.empty() && !context.explain) return;
  if (!HasNeeds(pattern.compiled, room.lines.Whole())) return;
  room.lines.AddPlainLines();
  const Rule& rule = rules[pattern.rule]->rule;
  for (std::size_t i = 0; i < room.lines.size(); ++i) {
    const SentenceLine& line = room.lines.At(i, pattern.compiled.dated);
    // What is said in passing of a clause is told by where it stands.
    if (line.moved && (rule.of_clause || rule.item_only)) continue;
    if (!MayMatch(pattern.compiled, line.symbols)) continue;
    Automaton::Search search(pattern.compiled.automaton, line.symbols, room.search);
    PatternMatch match;
    std::uint32_t from = 0;
    while (search.Next(from, match)) {
      if (context.explain) AskGuard(pattern.rule, sentence, room);
      const auto before = static_cast<std::ptrdiff_t>(out.size());
      MatchReader reader(words, rule, pattern, analysis, context, line, room.guard, out);
      from = reader.Read(match);
      // Most matches come to nothing: the guard, which reads the whole sentence, is asked last.
      if (context.explain || out.end() == out.begin() + before) continue;
      AskGuard(pattern.rule, sentence, room);
      if (room.guard.empty()) continue;
      out.erase(out.begin() + before, out.end());
      return;
    }
  }
}

void Matcher::Possible(const WordLine& line, Room& room, std::vector<int>& patterns) const {
  impl_->Possible(line, room.filter, patterns);
}

void Matcher::Match(const Analysis& analysis, std::string_view sentence, const Context& context,
                    Room& room, std::vector<Candidate>& candidates) const {
  candidates.clear();
  room.guarded_rule = kNoRule;
  room.guards.Set(analysis.tokens);
  room.lines.Set(impl_->words, analysis, *impl_->word_sets, *impl_->label_sets);
  const auto attempt = [&](const RulePattern& pattern) {
    impl_->Try(pattern, analysis, sentence, context, room, candidates);
  };
  const auto attempt_timed = [&](const RulePattern& pattern) {
    if (context.times == nullptr) return attempt(pattern);
    const auto begin = std::chrono::steady_clock::now();
    attempt(pattern);
    const std::chrono::nanoseconds took = std::chrono::steady_clock::now() - begin;
    context.times->emplace_back(pattern.rule, static_cast<std::uint64_t>(took.count()));
  };
  if (context.possible == nullptr) {
    for (const RulePattern* pattern : impl_->patterns) attempt_timed(*pattern);
    return;
  }
  for (const int which : *context.possible) {
    attempt_timed(*impl_->patterns[static_cast<std::size_t>(which)]);
  }
}

}  // namespace verbale::extract
