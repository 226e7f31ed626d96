#include "extract/match/automaton.h"

#include <bit>
#include <utility>

#include "graph/error.h"

namespace verbale::extract {

PatternTree PatternTree::Phrase(PhraseTest test) {
  PatternTree tree;
  tree.kind = Kind::kPhrase;
  tree.test = test;
  return tree;
}

PatternTree PatternTree::Sequence(std::vector<PatternTree> parts) {
  PatternTree tree;
  tree.parts = std::move(parts);
  return tree;
}

PatternTree PatternTree::Choice(std::vector<PatternTree> parts) {
  PatternTree tree = Sequence(std::move(parts));
  tree.kind = Kind::kChoice;
  return tree;
}

PatternTree PatternTree::Repeat(std::uint32_t most, PatternTree part) {
  PatternTree tree;
  tree.kind = Kind::kRepeat;
  tree.most = most;
  tree.parts.push_back(std::move(part));
  return tree;
}

PatternTree PatternTree::LazyRepeat(std::uint32_t most, PatternTree part) {
  PatternTree tree = Repeat(most, std::move(part));
  tree.lazy = true;
  return tree;
}

PatternTree PatternTree::As(PhraseRole new_role) && {
  role = new_role;
  for (PatternTree& part : parts) part = std::move(part).As(new_role);
  return std::move(*this);
}

/// First a program of phrases, forks and jumps, as Thompson has it; then the forks and jumps are
/// followed once and for all.
class Automaton::Builder {
 public:
  Builder(const PatternTree& tree, Automaton& out) : out_(out) {
    Emit(tree);
    Add({Step::Kind::kAccept, 0, 0});
    out_.states_.emplace_back();
    for (Step& step : program_) {
      if (step.kind != Step::Kind::kPhrase) continue;
      step.state = static_cast<std::uint16_t>(out_.states_.size());
      out_.states_.push_back({step.phrase->test, step.phrase->role, 0, 0});
    }
    Follow(0, out_.states_.front());
    for (std::uint32_t i = 0; i < program_.size(); ++i) {
      if (program_[i].kind == Step::Kind::kPhrase) Follow(i + 1, out_.states_[program_[i].state]);
    }
    out_.begin_forms_ = BeginForms();
  }

 private:
  static constexpr std::size_t kMostSteps = 20000;

  struct Step {
    enum class Kind : std::uint8_t { kPhrase, kFork, kAccept };
    Kind kind = Kind::kPhrase;
    std::uint32_t to = 0, otherwise = 0;  ///< kFork: preferred first; equal ones are a jump.
    const PatternTree* phrase = nullptr;
    std::uint16_t state = 0;
  };

  std::uint32_t BeginForms() const {
    const State& before = out_.states_.front();
    std::uint32_t forms = 0;
    for (std::uint32_t i = before.next; i < before.next_end; ++i) {
      if (out_.next_[i] == kAccept) return 0;
      forms |= out_.states_[out_.next_[i]].test.forms;
    }
    return forms;
  }

  std::uint32_t Here() const { return static_cast<std::uint32_t>(program_.size()); }
  std::uint32_t Add(Step step) {
    if (program_.size() == kMostSteps)
      throw Error(ErrorCode::kLimitExceeded, "too large a pattern");
    program_.push_back(step);
    return Here() - 1;
  }

  /// As deep as the tree, whose depth the pattern's reader limits.
  void Emit(const PatternTree& tree) {
    switch (tree.kind) {
      case PatternTree::Kind::kPhrase:
        Add({Step::Kind::kPhrase, 0, 0, &tree});
        break;
      case PatternTree::Kind::kSequence:
        for (const PatternTree& part : tree.parts) Emit(part);
        break;
      case PatternTree::Kind::kChoice:
        EmitChoice(tree);
        break;
      case PatternTree::Kind::kRepeat:
        EmitRepeat(tree);
        break;
    }
  }

  void EmitChoice(const PatternTree& tree) {
    std::vector<std::uint32_t> ends;
    for (std::size_t i = 0; i < tree.parts.size(); ++i) {
      const bool last = i + 1 == tree.parts.size();
      const std::uint32_t fork = last ? 0 : Add({Step::Kind::kFork, Here() + 1, 0});
      Emit(tree.parts[i]);
      if (last) break;
      ends.push_back(Add({Step::Kind::kFork, 0, 0}));
      program_[fork].otherwise = Here();
    }
    for (const std::uint32_t end : ends) program_[end].to = program_[end].otherwise = Here();
  }

  void EmitRepeat(const PatternTree& tree) {
    std::vector<std::uint32_t> forks;
    const bool endless = tree.most == PatternTree::kNoLimit;
    for (std::uint32_t i = 0; i < (endless ? 1 : tree.most); ++i) {
      forks.push_back(Add({Step::Kind::kFork, Here() + 1, 0}));
      Emit(tree.parts.front());
      if (endless) Add({Step::Kind::kFork, forks.front(), forks.front()});
    }
    for (const std::uint32_t fork : forks) {
      program_[fork].otherwise = Here();
      if (tree.lazy) std::swap(program_[fork].to, program_[fork].otherwise);
    }
  }

  /// The states that can follow where the program stands at `begin`.
  void Follow(std::uint32_t begin, State& state) {
    state.next = static_cast<std::uint32_t>(out_.next_.size());
    seen_.assign(program_.size(), false);
    std::vector<std::uint32_t> open = {begin};
    while (!open.empty()) {
      const std::uint32_t at = open.back();
      open.pop_back();
      if (seen_[at]) continue;
      seen_[at] = true;
      const Step& step = program_[at];
      if (step.kind == Step::Kind::kFork) {
        open.push_back(step.otherwise);
        open.push_back(step.to);
      } else {
        out_.next_.push_back(step.kind == Step::Kind::kAccept ? kAccept : step.state);
      }
    }
    state.next_end = static_cast<std::uint32_t>(out_.next_.size());
  }

  Automaton& out_;
  std::vector<Step> program_;
  std::vector<bool> seen_;
};

Automaton::Automaton(const PatternTree& tree) { Builder(tree, *this); }

Automaton::Search::Search(const Automaton& automaton, const SymbolLine& line, Room& room)
    : automaton_(automaton),
      line_(line),
      room_(room),
      width_(automaton.states_.size() / 64 + 1),
      places_(line.PlacesOf(automaton.begin_forms_)) {}

std::uint32_t Automaton::Search::NextPlace(std::uint32_t from) const {
  if (automaton_.begin_forms_ == 0 || from >= SymbolLine::kPlaces) return from;
  const std::uint64_t places = places_ >> from;
  if (places != 0) return from + static_cast<std::uint32_t>(std::countr_zero(places));
  const bool more = line_.size() > SymbolLine::kPlaces;
  return static_cast<std::uint32_t>(more ? SymbolLine::kPlaces : line_.size() + 1);
}

bool Automaton::Search::MayBegin(std::uint32_t from) const {
  const State& before = automaton_.states_.front();
  for (std::uint32_t i = before.next; i < before.next_end; ++i) {
    const std::uint16_t next = automaton_.next_[i];
    if (next == kAccept) return true;
    if (from < line_.size() && automaton_.states_[next].test.Holds(line_[from])) return true;
  }
  return false;
}

/// Most patterns begin nowhere in a sentence: what a search needs is made when it is needed.
void Automaton::Search::Begin() {
  if (begun_) return;
  begun_ = true;
  room_.tried.assign(width_ * line_.size(), 0);
  room_.path.resize(line_.size() + 1);
}

bool Automaton::Search::Mark(std::uint16_t state, std::size_t phrase) {
  std::uint64_t& marks = room_.tried[phrase * width_ + state / 64];
  const std::uint64_t bit = std::uint64_t{1} << state % 64;
  const bool fresh = (marks & bit) == 0;
  marks |= bit;
  return fresh;
}

void Automaton::Search::Unmark(std::uint16_t state, std::size_t phrase) {
  room_.tried[phrase * width_ + state / 64] &= ~(std::uint64_t{1} << state % 64);
}

bool Automaton::Search::Next(std::uint32_t from, PatternMatch& match) {
  for (from = NextPlace(from); from <= line_.size(); from = NextPlace(from + 1)) {
    if (!MayBegin(from)) continue;
    Begin();
    const std::optional<std::uint32_t> length = MatchAt(from);
    if (!length) continue;
    match = {};
    match.first = from;
    match.last = from + *length;
    for (std::uint32_t i = 0; i < *length; ++i) {
      const std::uint32_t phrase = from + i;
      const std::uint16_t state = room_.path[i + 1].state;
      switch (automaton_.states_[state].role) {
        case PhraseRole::kVerb:
          match.verb = phrase;
          break;
        case PhraseRole::kSubject:
          match.subject = phrase;
          break;
        case PhraseRole::kObject:
          if (match.object_first == kNoChunk) match.object_first = phrase;
          match.object_last = phrase + 1;
          break;
        case PhraseRole::kOther:
          break;
      }
      Unmark(state, phrase);  // It leads somewhere: another match may pass here.
    }
    return true;
  }
  return false;
}

std::optional<std::uint32_t> Automaton::Search::MatchAt(std::uint32_t from) {
  const std::vector<State>& states = automaton_.states_;
  Room::Step* step = room_.path.data();
  *step = {0, states[0].next};
  for (std::uint32_t phrase = from;;) {
    if (step->next == states[step->state].next_end) {
      if (phrase == from) return std::nullopt;
      --phrase;
      --step;
      continue;
    }
    const std::uint16_t next = automaton_.next_[step->next++];
    if (next == kAccept) return phrase - from;
    if (phrase == line_.size() || !states[next].test.Holds(line_[phrase]) || !Mark(next, phrase)) {
      continue;
    }
    ++phrase;
    *++step = {next, states[next].next};
  }
}

}  // namespace verbale::extract
