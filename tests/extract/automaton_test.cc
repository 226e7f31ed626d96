// The search over phrases against a plain backtracking one, which tries every way in the order of
// preference: the first match, what it spans, and which phrases have which role.

#include "extract/match/automaton.h"

#include <functional>
#include <random>

#include <gtest/gtest.h>

namespace verbale::extract {
namespace {

using Tree = PatternTree;

/// Words "a" to "c" as nouns, and commas.
class Line {
 public:
  Line() : words_(Lists()), labels_(SetList()) {}

  /// "a,bc"
  const SymbolLine& Of(const std::string& text) {
    line_.Clear();
    for (const char& c : text) {
      Phrase phrase;
      phrase.kind = c == ',' ? ChunkKind::kComma : ChunkKind::kNoun;
      phrase.word = std::string_view(&c, 1);
      line_.Add(phrase, words_, labels_);
    }
    return line_;
  }

 private:
  static SetList Lists() {
    SetList list;
    for (const char* word : {"a", "b", "c"}) list.Add({word});
    return list;
  }

  MemberSets words_, labels_;
  SymbolLine line_;
};

Tree Word(char word) {
  PhraseTest test;
  test.words = static_cast<std::uint32_t>(word - 'a');
  return Tree::Phrase(test);
}

Tree Any() { return Tree::Phrase({}); }

/// "2-5": where the next match from `from` on begins and ends, "" where there is none.
std::string Found(const Tree& tree, const SymbolLine& line, std::uint32_t from = 0) {
  const Automaton automaton(tree);
  Automaton::Search::Room room;
  PatternMatch match;
  if (!Automaton::Search(automaton, line, room).Next(from, match)) return "";
  return std::to_string(match.first) + "-" + std::to_string(match.last);
}

TEST(Automaton, PrefersAsRegularExpressionsDo) {
  Line lines;
  const SymbolLine& line = lines.Of("aaabc");
  EXPECT_EQ(Found(Tree::Repeat(Tree::kNoLimit, Word('a')), line), "0-3");
  EXPECT_EQ(Found(Tree::Repeat(2, Word('a')), line), "0-2");
  EXPECT_EQ(Found(Tree::LazyRepeat(2, Word('a')), line), "0-0");
  EXPECT_EQ(Found(Tree::Sequence({Tree::LazyRepeat(8, Any()), Word('b')}), line), "0-4");
  EXPECT_EQ(Found(Tree::Sequence({Word('a'), Tree::Option(Word('b'))}), line), "0-1");
  EXPECT_EQ(Found(Tree::Choice({Word('a'), Tree::Sequence({Word('a'), Word('a')})}), line), "0-1");
  EXPECT_EQ(Found(Word('c'), line), "4-5");
  EXPECT_EQ(Found(Word('a'), line, 1), "1-2");
  EXPECT_EQ(Found(Tree::Sequence({Word('c'), Word('c')}), line), "");
}

TEST(Automaton, TellsRoles) {
  Line lines;
  const Tree tree = Tree::Sequence({Word('a').As(PhraseRole::kVerb), Any(),
                                    Tree::Repeat(3, Word('b')).As(PhraseRole::kObject),
                                    Tree::Option(Word('c')).As(PhraseRole::kSubject)});
  const Automaton automaton(tree);
  Automaton::Search::Room room;
  PatternMatch match;
  ASSERT_TRUE(Automaton::Search(automaton, lines.Of("c,a,bbc"), room).Next(0, match));
  EXPECT_EQ(match.first, 2u);
  EXPECT_EQ(match.last, 7u);
  EXPECT_EQ(match.verb, 2u);
  EXPECT_EQ(match.object_first, 4u);
  EXPECT_EQ(match.object_last, 6u);
  EXPECT_EQ(match.subject, 6u);
}

TEST(Automaton, TakesTimeInProportion) {
  // What backtracking alone would try in 2^40 ways.
  Tree tree = Word('b');
  for (int i = 0; i < 40; ++i) tree = Tree::Sequence({Tree::Option(Word('a')), std::move(tree)});
  for (int i = 0; i < 40; ++i) tree = Tree::Sequence({Word('a'), std::move(tree)});
  Line lines;
  EXPECT_EQ(Found(tree, lines.Of(std::string(200, 'a'))), "");
}

/// Every way in the order of preference.
class Reference {
 public:
  explicit Reference(const SymbolLine& line) : line_(line) {}

  std::string Found(const Tree& tree, std::uint32_t from) const {
    for (; from <= line_.size(); ++from) {
      std::uint32_t last = 0;
      const auto end = [&](std::uint32_t at) {
        last = at;
        return true;
      };
      if (Match(tree, from, end)) return std::to_string(from) + "-" + std::to_string(last);
    }
    return "";
  }

 private:
  using Then = std::function<bool(std::uint32_t)>;

  bool Match(const Tree& tree, std::uint32_t at, const Then& then) const {
    switch (tree.kind) {
      case Tree::Kind::kPhrase:
        return at < line_.size() && tree.test.Holds(line_[at]) && then(at + 1);
      case Tree::Kind::kSequence:
        return MatchParts(tree, 0, at, then);
      case Tree::Kind::kChoice:
        for (const Tree& part : tree.parts) {
          if (Match(part, at, then)) return true;
        }
        return false;
      case Tree::Kind::kRepeat:
        break;
    }
    return MatchTimes(tree, 0, at, then);
  }

  bool MatchParts(const Tree& tree, std::size_t part, std::uint32_t at, const Then& then) const {
    if (part == tree.parts.size()) return then(at);
    return Match(tree.parts[part], at,
                 [&](std::uint32_t next) { return MatchParts(tree, part + 1, next, then); });
  }

  bool MatchTimes(const Tree& tree, std::uint32_t times, std::uint32_t at, const Then& then) const {
    if (tree.lazy && then(at)) return true;
    const bool once_more =
        times < tree.most && Match(tree.parts.front(), at, [&](std::uint32_t next) {
          return MatchTimes(tree, times + 1, next, then);
        });
    return once_more || (!tree.lazy && then(at));
  }

  const SymbolLine& line_;
};

/// Trees in which no loop goes round without a phrase.
class Generator {
 public:
  std::string Line() {
    std::string line(Below(9), 'a');
    for (char& c : line) c = "abc,"[Below(4)];
    return line;
  }

  Tree Make(int depth) {
    switch (depth == 0 ? 0 : Below(5)) {
      case 0:
        return Below(4) == 0 ? Any() : Word(static_cast<char>('a' + Below(3)));
      case 1:
        return Tree::Choice({Make(depth - 1), Make(depth - 1)});
      case 2: {
        Tree body = Tree::Sequence({Word(static_cast<char>('a' + Below(3))), Make(depth - 1)});
        const std::uint32_t most = Below(3) == 0 ? Tree::kNoLimit : 1 + Below(3);
        return Below(2) == 0 ? Tree::Repeat(most, std::move(body))
                             : Tree::LazyRepeat(most, std::move(body));
      }
      default:
        return Tree::Sequence({Make(depth - 1), Make(depth - 1)});
    }
  }

 private:
  std::uint32_t Below(std::uint32_t n) { return static_cast<std::uint32_t>(random_()) % n; }

  std::mt19937 random_{7};
};

TEST(Automaton, FindsWhatBacktrackingFinds) {
  Generator generator;
  Line lines;
  for (int i = 0; i < 3000; ++i) {
    const Tree tree = generator.Make(4);
    const std::string text = generator.Line();
    const SymbolLine& line = lines.Of(text);
    const Automaton automaton(tree);
    Automaton::Search::Room room;
    Automaton::Search search(automaton, line, room);
    // One search after another, as matches that overlap are read.
    for (std::uint32_t from = 0;;) {
      PatternMatch match;
      const bool found = search.Next(from, match);
      const std::string span =
          found ? std::to_string(match.first) + "-" + std::to_string(match.last) : "";
      ASSERT_EQ(span, Reference(line).Found(tree, from)) << i << " " << text << " from " << from;
      if (!found) break;
      from = match.first + 1;
    }
  }
}

}  // namespace
}  // namespace verbale::extract
