#include "extract/match/pattern.h"

#include <algorithm>

#include "extract/match/rendering.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

/// Of parentheses in parentheses.
constexpr std::size_t kDeepest = 16;

[[noreturn]] void Fail(const std::string& message, const std::string& hint = {}) {
  throw Error(ErrorCode::kSyntax, message).WithHint(hint);
}

std::vector<std::string> SplitBy(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find(separator, begin), text.size());
    if (end > begin) parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

/// Cuts a pattern into its elements; braces and angles keep what is inside.
std::vector<std::string> Elements(const std::string& pattern) {
  std::vector<std::string> elements;
  std::string current;
  int depth = 0;
  const auto flush = [&] {
    if (!current.empty()) elements.push_back(current);
    current.clear();
  };
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '{' || c == '<') ++depth;
    if (c == '}' || c == '>') --depth;
    if (depth > 0 || (c != ' ' && c != '(' && c != ')')) {
      current.push_back(c);
      continue;
    }
    flush();
    if (c == '(') elements.push_back("(");
    if (c == ')') {
      const bool option = i + 1 < pattern.size() && pattern[i + 1] == '?';
      elements.push_back(option ? ")?" : ")");
      if (option) ++i;
    }
  }
  flush();
  return elements;
}

const Fragment& FindFragment(const PackData& pack, const std::string& kind,
                             const std::string& name) {
  const Fragment* found = nullptr;
  std::vector<std::string> names;
  for (const Fragment& fragment : pack.fragments) {
    if (fragment.kind != kind) continue;
    names.push_back(fragment.name);
    if (fragment.name == name) found = &fragment;  // The last one stands: the pack's own.
  }
  if (found != nullptr) return *found;
  Fail("unknown fragment <" + kind + ":" + name + ">",
       DidYouMean(name, names, "", "<" + kind + ":", ">"));
}

bool IsVerbElement(const std::string& element) { return element.compare(0, 6, "<verb:") == 0; }

class PatternCompiler {
 public:
  PatternCompiler(const PackData& pack, PatternSets& sets,
                  const std::vector<std::string>& doers = {})
      : pack_(pack), sets_(sets), doers_(doers) {}

  CompiledPattern Compile(const std::string& pattern) {
    const std::vector<std::string> elements = Elements(pattern);
    if (Add(elements, elements.size(), pattern) != 0) Fail("'(' without ')' in '" + pattern + "'");
    Finish(pattern);
    result_.sets.push_back({PatternNeed::Kind::kLabel, result_.label_set});
    for (const PatternNeed& need : result_.needs) result_.sets.push_back({need.kind, need.set});
    result_.automaton = Automaton(Close(")"));
    return std::move(result_);
  }

  /// The first `count` elements; parentheses that are open there are closed.
  Automaton Prefix(const std::vector<std::string>& elements, std::size_t count,
                   const std::string& pattern) {
    for (std::size_t open = Add(elements, count, pattern); open > 0; --open) {
      PatternTree group = Close(")");
      groups_.back().back().parts.push_back(std::move(group));
    }
    return Automaton(Close(")"));
  }

 private:
  /// Alternatives, each a sequence; the last one is being read.
  using Group = std::vector<PatternTree>;

  /// Translates the first `count` elements; returns how many parentheses are open then.
  std::size_t Add(const std::vector<std::string>& elements, std::size_t count,
                  const std::string& pattern) {
    groups_.assign(1, Group(1));
    for (std::size_t i = 0; i < count; ++i) {
      const std::string& element = elements[i];
      const bool before_verb =
          i == 0 && elements.size() > 1 && IsVerbElement(elements[1]) && element[0] == '{';
      if (before_verb) {
        LeadingSlot(element);
        continue;
      }
      if (element == "(") {
        if (groups_.size() > kDeepest) Fail("too many parentheses in '" + pattern + "'");
        groups_.emplace_back(1);
      } else if (element == "|") {
        result_.anything |= groups_.size() == 1;
        groups_.back().emplace_back();
      } else if (element[0] == ')') {
        if (groups_.size() == 1) Fail("')' without '(' in '" + pattern + "'");
        PatternTree group = Close(element);
        groups_.back().back().parts.push_back(std::move(group));
      } else {
        PatternTree tree = Translate(element, groups_.size() == 1);
        groups_.back().back().parts.push_back(std::move(tree));
      }
      after_verb_ = IsVerbElement(element);
    }
    return groups_.size() - 1;
  }

  /// Ends the innermost group, with ")" or ")?".
  PatternTree Close(const std::string& end) {
    PatternTree tree = PatternTree::Choice(std::move(groups_.back()));
    groups_.pop_back();
    return end == ")?" ? PatternTree::Option(std::move(tree)) : tree;
  }

  void Finish(const std::string& pattern) {
    if (result_.labels.empty()) Fail("no slot for the object in '" + pattern + "'");
    if (!anchored_) Fail("no verb, noun or word to start from in '" + pattern + "'");
    if (result_.passive && result_.left == LeftOfVerb::kActor && !object_in_place_) {
      Fail("a passive whose subject acts has no object in '" + pattern + "'");
    }
  }

  void LeadingSlot(const std::string& element) {
    if (element == "{subject}") {
      result_.left = LeftOfVerb::kActor;
      return;
    }
    result_.left = LeftOfVerb::kObject;
    ReadSlot(element);
  }

  void ReadSlot(const std::string& element) {
    if (!result_.labels.empty()) Fail("two slots for the object: '" + element + "'");
    std::string inside = element.substr(1, element.size() - 2);
    std::size_t via = inside.find(" via ");
    if (const std::size_t in = inside.find(" in "); in != std::string::npos) {
      result_.before_head = true;
      inside.replace(in, 4, " via ");
      via = in;
    }
    if (via != std::string::npos) {
      const Fragment& fragment = FindFragment(pack_, "noun", inside.substr(via + 5));
      result_.via.insert(fragment.words.begin(), fragment.words.end());
      for (const Fragment& verbs : pack_.fragments) {
        if (verbs.kind != "verb" || verbs.name != fragment.name || result_.before_head) continue;
        result_.via_verbs = {verbs.words.begin(), verbs.words.end()};  // The last one stands.
      }
      inside.resize(via);
    }
    for (const std::string& label : SplitBy(inside, '|')) result_.labels.insert(label);
    if (result_.labels.empty()) Fail("an empty slot");
    result_.label_set = sets_.labels.Add({result_.labels.begin(), result_.labels.end()});
  }

  /// `outside`: in no parentheses, so that every match must have it.
  PatternTree Translate(const std::string& element, bool outside) {
    if (element == ",") return Comma();
    if (element == "...") return Gap();
    if (element == "{subject}") {
      result_.has_subject = true;
      return Subject(sets_, doers_);
    }
    if (element == "{capital}") {
      result_.has_subject = true;
      return Capital();
    }
    if (element == "{date}" || element == "{amount}") {
      const std::string label = element.substr(1, element.size() - 2);
      Need(PatternNeed::Kind::kLabel, {label}, outside);
      return PlainValue(sets_, label);
    }
    if (element[0] == '{') return Slot(element, outside);
    anchored_ |= outside;
    if (IsVerbElement(element)) return VerbOf(element.substr(6, element.size() - 7), outside);
    if (element.compare(0, 5, "<own:") == 0) {
      result_.has_subject = true;
      const std::vector<std::string>& nouns = Nouns(element.substr(5, element.size() - 6));
      Need(PatternNeed::Kind::kWord, nouns, outside);
      return OwnedNoun(sets_, nouns);
    }
    if (element.compare(0, 6, "<noun:") == 0) {
      const std::vector<std::string>& nouns = Nouns(element.substr(6, element.size() - 7));
      Need(PatternNeed::Kind::kWord, nouns, outside);
      return CoordinatedNoun(sets_, nouns);
    }
    const std::vector<std::string> words = SplitBy(element, '|');
    std::vector<std::string> needed = words;
    // "A, whose creation we welcome" has no "of", but a line of it has.
    const auto owners = pack_.lexicon.words.find("relative_owner");
    if (owners != pack_.lexicon.words.end() &&
        std::find(words.begin(), words.end(), "of") != words.end()) {
      needed.insert(needed.end(), owners->second.begin(), owners->second.end());
    }
    Need(PatternNeed::Kind::kWord, needed, outside);
    return WordOrHead(sets_, words);
  }

  const std::vector<std::string>& Nouns(const std::string& fragment) const {
    return FindFragment(pack_, "noun", fragment).words;
  }

  void Need(PatternNeed::Kind kind, const std::vector<std::string>& words, bool outside) {
    if (!outside || words.empty()) return;
    const bool label = kind == PatternNeed::Kind::kLabel;
    result_.needs.push_back({kind, words, label ? sets_.labels.Add(words) : sets_.Words(words)});
    result_.dated |= label && words.front() == "date";
  }

  PatternTree VerbOf(std::string name, bool outside) {
    using enum VerbShape;
    bool active = true, passive = false;
    std::vector<VerbShape> shapes = {kFinite, kInfinitive, kGerund, kBare};
    const std::size_t dot = name.find('.');
    const std::string form = dot == std::string::npos ? "" : name.substr(dot + 1);
    if (dot != std::string::npos) name.resize(dot);
    if (form == "passive") {
      active = false;
      shapes = {kFinite, kInfinitive};
    } else if (form == "reduced") {
      active = false;
      shapes = {kReduced};
    } else if (form == "any") {
      passive = true;
      shapes.push_back(kReduced);
    } else if (form == "ing") {
      shapes = {kGerund};
    } else if (!form.empty()) {
      Fail("a verb is .passive, .reduced, .ing or .any, not '." + form + "'");
    }
    passive |= !active;
    std::uint32_t forms = 0;
    for (const VerbShape shape : shapes) {
      if (active) forms |= Symbol::Form(false, shape);
      if (passive) forms |= Symbol::Form(true, shape);
    }
    std::vector<std::string> lemmas;
    if (name != "*") lemmas = FindFragment(pack_, "verb", name).words;
    // "S, a member of A": a comma may stand for "be".
    const bool copula = std::find(lemmas.begin(), lemmas.end(), "be") != lemmas.end();
    Need(PatternNeed::Kind::kVerb, lemmas, outside && !copula);
    PatternTree tree = Verb(sets_, lemmas, forms);
    if (has_verb_) return tree;
    has_verb_ = true;
    result_.any_verb = name == "*";
    result_.passive = !active;
    return std::move(tree).As(PhraseRole::kVerb);
  }

  PatternTree Slot(const std::string& element, bool outside) {
    ReadSlot(element);
    const std::vector<std::string> labels(result_.labels.begin(), result_.labels.end());
    Need(PatternNeed::Kind::kLabel, labels, outside);
    if (result_.before_head) {
      Need(PatternNeed::Kind::kWord, {result_.via.begin(), result_.via.end()}, outside);
    }
    object_in_place_ = true;
    return Object(sets_, {labels,
                          {result_.via.begin(), result_.via.end()},
                          {result_.via_verbs.begin(), result_.via_verbs.end()},
                          result_.before_head,
                          after_verb_});
  }

  const PackData& pack_;
  PatternSets& sets_;
  std::vector<std::string> doers_;  ///< Labels of who acts beside actors.
  std::vector<Group> groups_;       ///< Open ones, outermost first.
  CompiledPattern result_;
  bool anchored_ = false;  ///< Every match has a certain verb, noun or word, or some verb.
  bool has_verb_ = false;
  bool object_in_place_ = false;
  bool after_verb_ = false;
};

bool Matches(const Automaton& automaton, const PatternSets& sets, const std::string& rendering) {
  const MemberSets words(sets.words), labels(sets.labels);
  SymbolLine line;
  RenderingReader reader(rendering);
  for (Phrase phrase; reader.Next(phrase);) line.Add(phrase, words, labels);
  Automaton::Search::Room room;
  PatternMatch match;
  return Automaton::Search(automaton, line, room).Next(0, match);
}

}  // namespace

CompiledPattern CompilePattern(const PackData& pack, const std::string& pattern, PatternSets& sets,
                               const std::vector<std::string>& doers) {
  return PatternCompiler(pack, sets, doers).Compile(pattern);
}

PatternReach ReachOf(const PackData& pack, const std::string& pattern,
                     const std::string& rendering) {
  const std::vector<std::string> elements = Elements(pattern);
  PatternReach reach;
  reach.total = elements.size();
  int depth = 0;
  for (std::size_t count = 1; count <= elements.size(); ++count) {
    depth += elements[count - 1] == "(" ? 1 : elements[count - 1][0] == ')' ? -1 : 0;
    if (depth > 0) continue;  // Alternatives and options are there or not as a whole.
    PatternSets sets;
    const Automaton prefix = PatternCompiler(pack, sets).Prefix(elements, count, pattern);
    if (!Matches(prefix, sets, rendering)) {
      reach.missing = elements[count - 1];
      break;
    }
    reach.matched = count;
  }
  return reach;
}

bool MatchesAny(const PackData& pack, const std::string& pattern,
                const std::vector<const std::string*>& renderings) {
  PatternSets sets;
  const Automaton automaton = CompilePattern(pack, pattern, sets).automaton;
  return std::any_of(renderings.begin(), renderings.end(), [&](const std::string* rendering) {
    return Matches(automaton, sets, *rendering);
  });
}

namespace {

/// "<kind:words.form>", or "{labels via words}", with the words of the fragment in place of its
/// name.
std::string ExpandElement(const PackData& pack, const std::string& element) {
  const auto words = [&](const std::string& kind, const std::string& name) {
    std::string list;
    for (const std::string& word : FindFragment(pack, kind, name).words) {
      list += (list.empty() ? "" : "|") + word;
    }
    return list;
  };
  if (element[0] == '{') {
    for (const std::string_view link : {" via ", " in "}) {
      const std::size_t at = element.find(link);
      if (at == std::string::npos) continue;
      const std::size_t name = at + link.size();
      return element.substr(0, name) +
             words("noun", element.substr(name, element.size() - name - 1)) + "}";
    }
    return element;
  }
  const std::size_t colon = element.find(':');
  if (element[0] != '<' || colon == std::string::npos || element[colon + 1] == '*') return element;
  const std::string kind = element.substr(1, colon - 1);
  const std::size_t end = std::min(element.find('.'), element.size() - 1);
  return "<" + words(kind == "verb" ? kind : "noun", element.substr(colon + 1, end - colon - 1)) +
         element.substr(end);
}

}  // namespace

std::string ExpandPattern(const PackData& pack, const std::string& pattern) {
  std::string out;
  for (const std::string& element : Elements(pattern)) {
    out += (out.empty() ? "" : " ") + ExpandElement(pack, element);
  }
  return out;
}

}  // namespace verbale::extract
