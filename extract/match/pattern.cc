#include "extract/match/pattern.h"

#include <algorithm>

#include <re2/re2.h>

#include "graph/error.h"

namespace verbale::extract {
namespace {

constexpr const char* kAnyNoun = "n:[^ ]* ";
/// Phrases that hang on a member of a list: "the Centre in Tallinn", "initiatives to foster norms".
constexpr const char* kTail =
    "(?:p:(?:of|on|for|in|at|concerning|against|from|between|to|related_to|relating_to|"
    "in_the_field_of|in_the_context_of|in_the_area_of)@\\d+ n:[^ ]* |"
    "v:[^: ]*:[ap]:[ir]@\\d+ (?:p:[^ ]* )?n:[^ ]* ){0,4}";
/// "A, B and C", "bodies such as A, including B".
constexpr const char* kSeparator =
    "(?:(?:,@\\d+ )?c:(?:and|or|as_well_as|together_with|along_with)@\\d+ (?:p:[^ ]* )?|"
    "(?:,@\\d+ )?i:[^ ]* (?:,@\\d+ )?(?:p:[^ ]* )?|,@\\d+ )";
/// "signed and ratified X", "participates in and contributes to X".
constexpr const char* kCoordinated =
    "(?:(?:v:[^ ]*:a:[^ ]* )?c:(?:and|or)@\\d+ v:[^ ]*:a:[^ ]* (?:p:[^ ]* )?)?";
/// Between a verb and its object: "has ratified, by virtue of Law 4411/2016, the Convention".
constexpr const char* kInsertion = "(?:(?:,@\\d+ )?p:[^ ]* n:[^ ]* (?:,@\\d+ )?){0,2}?";
constexpr const char* kGap = "(?:[^v; ][^ ]* |v:[^: ]*:p:r@\\d+ |v:[^: ]*:a:i@\\d+ ){0,8}?";

[[noreturn]] void Fail(const std::string& message, const std::string& hint = {}) {
  throw Error(ErrorCode::kSyntax, message).WithHint(hint);
}

std::string Quoted(const std::string& text) { return RE2::QuoteMeta(text); }

std::string OneOf(const std::vector<std::string>& words) {
  std::string result;
  for (const std::string& word : words) {
    std::string key = word;
    std::replace(key.begin(), key.end(), ' ', '_');
    result += (result.empty() ? "" : "|") + Quoted(key);
  }
  return "(?:" + result + ")";
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
  const std::string nearest = NearestName(name, names);
  Fail("unknown fragment <" + kind + ":" + name + ">",
       nearest.empty() ? "" : "did you mean <" + kind + ":" + nearest + ">?");
}

class PatternCompiler {
 public:
  explicit PatternCompiler(const PackData& pack) : pack_(pack) {}

  CompiledPattern Compile(const std::string& pattern) {
    const std::vector<std::string> elements = Elements(pattern);
    const int depth = Add(elements, elements.size(), pattern);
    if (depth != 0) Fail("'(' without ')' in '" + pattern + "'");
    Finish(pattern);
    return std::move(result_);
  }

  /// The first `count` elements; parentheses that are open there are closed.
  std::string Prefix(const std::vector<std::string>& elements, std::size_t count,
                     const std::string& pattern) {
    const int depth = Add(elements, count, pattern);
    return result_.regex + std::string(static_cast<std::size_t>(depth), ')');
  }

 private:
  /// Translates the first `count` elements; returns how many parentheses are open then.
  int Add(const std::vector<std::string>& elements, std::size_t count, const std::string& pattern) {
    int depth = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::string& element = elements[i];
      if (element == "(") ++depth;
      if (element[0] == ')' && --depth < 0) Fail("')' without '(' in '" + pattern + "'");
      const bool before_verb = i == 0 && elements.size() > 1 &&
                               elements[1].compare(0, 6, "<verb:") == 0 && element[0] == '{';
      result_.anything |= depth == 0 && element == "|";
      if (before_verb) {
        LeadingSlot(element);
      } else {
        const bool first = result_.regex.empty();
        result_.regex += Translate(element, depth);
        if (result_.has_verb) Start(element, depth, first);
        after_verb_ = element.compare(0, 6, "<verb:") == 0;
      }
    }
    return depth;
  }

  /// Takes what follows the first verb at once: words, and then the object.
  void Start(const std::string& element, int depth, bool first) {
    PatternStart& start = result_.start;
    const bool verb = element.compare(0, 6, "<verb:") == 0;
    if (start_ == StartState::kBefore && depth == 0) {
      start.known = true;
      start.first = first;
      start.verbs = Keys(need_.words);
      start_ = StartState::kIn;
    } else if (start_ == StartState::kIn && depth == 0 && element[0] == '{') {
      start.object = element != "{date}" && element != "{amount}" && element != "{subject}";
      start_ = StartState::kAfter;
    } else if (start_ == StartState::kIn && depth == 0 && !verb && element[0] != '(' &&
               element[0] != ')' && element != "," && element != "..." && element != "|" &&
               element.compare(0, 5, "<own:") != 0) {
      start.words.push_back(Keys(need_.words));
    } else {
      start_ = StartState::kAfter;
    }
  }

  static PatternStart::WordSet Keys(const std::vector<std::string>& words) {
    PatternStart::WordSet keys;
    for (std::string key : words) {
      std::replace(key.begin(), key.end(), ' ', '_');
      keys.insert(std::move(key));
    }
    return keys;
  }

  void Finish(const std::string& pattern) {
    if (result_.labels.empty()) Fail("no slot for the object in '" + pattern + "'");
    if (result_.trigger.empty()) Fail("no verb, noun or word to start from in '" + pattern + "'");
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
      inside.resize(via);
    }
    for (const std::string& label : SplitBy(inside, '|')) result_.labels.insert(label);
    if (result_.labels.empty()) Fail("an empty slot");
  }

  std::string Translate(const std::string& element, int depth) {
    if (element == "(") return "(?:";
    if (element[0] == ')' || element == "|") return element;
    if (element == ",") return ",@\\d+ ";
    if (element == "...") return kGap;
    if (element == "{subject}") {
      result_.has_subject = true;
      return "n:s[^: ]*:[^ ]*@(?P<s>\\d+) ";
    }
    if (element == "{date}" || element == "{amount}") {
      const std::string label = element.substr(1, element.size() - 2);
      if (depth == 0) result_.needs.push_back({PatternNeed::Kind::kLabel, {label}});
      return "n::" + label + ":[^ ]* ";
    }
    if (element[0] == '{') return ObjectSlot(element, depth);
    if (element.compare(0, 5, "<own:") == 0) {
      const Fragment& fragment = FindFragment(pack_, "noun", element.substr(5, element.size() - 6));
      result_.has_subject = true;
      trigger_ = ":" + OneOf(fragment.words) + "@";
      if (depth == 0) Need({PatternNeed::Kind::kWord, fragment.words});
      return "n:s?o[^: ]*:[^: ]*:" + OneOf(fragment.words) + "@(?P<s>\\d+) ";
    }
    std::string regex;
    if (element.compare(0, 6, "<verb:") == 0) {
      regex = Verb(element.substr(6, element.size() - 7));
    } else if (element.compare(0, 6, "<noun:") == 0) {
      const Fragment& fragment = FindFragment(pack_, "noun", element.substr(6, element.size() - 7));
      regex = "n:[^: ]*:[^: ]*:" + OneOf(fragment.words) + "@\\d+ ";
      need_ = {PatternNeed::Kind::kWord, fragment.words};
    } else {
      regex = Word(element);
    }
    if (depth == 0) Need(need_);
    return regex;
  }

  /// An element outside parentheses, whose words a match must have.
  void Need(PatternNeed need) {
    if (result_.trigger.empty()) result_.trigger = trigger_;
    if (!need.words.empty()) result_.needs.push_back(std::move(need));
  }

  std::string Word(const std::string& element) {
    need_ = {PatternNeed::Kind::kWord, SplitBy(element, '|')};
    const std::string words = OneOf(need_.words);
    trigger_ = ":" + words + "@";
    return "(?:[pcrisx]:" + words + "|n:[^: ]*:[^: ]*:" + words + ")@\\d+ ";
  }

  std::string Verb(std::string name) {
    std::string voice = "a", shapes = "[figm]";
    const std::size_t dot = name.find('.');
    const std::string form = dot == std::string::npos ? "" : name.substr(dot + 1);
    if (dot != std::string::npos) name.resize(dot);
    if (form == "passive") {
      voice = "p";
      shapes = "[fi]";
    } else if (form == "reduced") {
      voice = "p";
      shapes = "r";
    } else if (form == "any") {
      voice = "[ap]";
      shapes = "[figmr]";
    } else if (form == "ing") {
      shapes = "g";
    } else if (!form.empty()) {
      Fail("a verb is .passive, .reduced, .ing or .any, not '." + form + "'");
    }
    need_ = {PatternNeed::Kind::kVerb, {}};
    if (name != "*") need_.words = FindFragment(pack_, "verb", name).words;
    const std::string lemmas = name == "*" ? "[^: ]*" : OneOf(need_.words);
    const std::string start = "v:" + lemmas + ":" + voice + ":" + shapes;
    trigger_ = start + "@";
    if (result_.has_verb) return start + "@\\d+ ";
    result_.has_verb = true;
    result_.any_verb = name == "*";
    result_.passive = voice == "p";
    result_.start.any_voice = voice.size() > 1;
    return start + "@(?P<v>\\d+) ";
  }

  std::string ObjectSlot(const std::string& element, int depth) {
    ReadSlot(element);
    if (depth == 0) {
      result_.needs.push_back(
          {PatternNeed::Kind::kLabel, {result_.labels.begin(), result_.labels.end()}});
    }
    object_in_place_ = true;
    const std::string via =
        result_.via.empty()
            ? ""
            : "(?:n:[^: ]*:[^: ]*:" +
                  OneOf(std::vector<std::string>(result_.via.begin(), result_.via.end())) +
                  "@\\d+ p:(?:of|by|within|under|at|in|to|for)@\\d+ ){0,2}";
    std::string labels;
    for (const std::string& label : result_.labels) labels += (labels.empty() ? "" : "|") + label;
    if (result_.before_head) {
      return "(?P<o>n:[^: ]*\\+(?:" + labels + ")[^: ]*:[^: ]*:" +
             OneOf(std::vector<std::string>(result_.via.begin(), result_.via.end())) + "@\\d+ )";
    }
    std::string typed = "n:[^: ]*:(?:" + labels + "):[^ ]* ";
    if (!result_.via.empty()) {
      // "the Union's efforts"
      typed = "(?:" + typed + "|n:[^: ]*\\+(?:" + labels + ")[^: ]*:[^: ]*:" +
              OneOf(std::vector<std::string>(result_.via.begin(), result_.via.end())) + "@\\d+ )";
    }
    typed = via + typed + kTail;
    const std::string any = std::string(kAnyNoun) + kTail;
    const std::string more = std::string("(?:") + kSeparator + any + ")*";
    const std::string list = "(?:" + any + kSeparator + ")*" + typed + more;
    return std::string(after_verb_ ? kInsertion : "") + kCoordinated + "(?P<o>" + list + ")";
  }

  const PackData& pack_;
  CompiledPattern result_;
  std::string trigger_;
  PatternNeed need_;  ///< Of the element translated last.
  enum class StartState : std::uint8_t { kBefore, kIn, kAfter };
  StartState start_ = StartState::kBefore;
  bool object_in_place_ = false;
  bool after_verb_ = false;
};

}  // namespace

CompiledPattern CompilePattern(const PackData& pack, const std::string& pattern) {
  return PatternCompiler(pack).Compile(pattern);
}

PatternReach ReachOf(const PackData& pack, const std::string& pattern,
                     const std::string& rendering) {
  const std::vector<std::string> elements = Elements(pattern);
  RE2::Options options;
  options.set_log_errors(false);
  PatternReach reach;
  reach.total = elements.size();
  int depth = 0;
  for (std::size_t count = 1; count <= elements.size(); ++count) {
    depth += elements[count - 1] == "(" ? 1 : elements[count - 1][0] == ')' ? -1 : 0;
    if (depth > 0) continue;  // Alternatives and options are there or not as a whole.
    const std::string regex = PatternCompiler(pack).Prefix(elements, count, pattern);
    if (!RE2::PartialMatch(rendering, RE2("(?:^| )" + regex, options))) {
      reach.missing = elements[count - 1];
      break;
    }
    reach.matched = count;
  }
  return reach;
}

bool MatchesAny(const PackData& pack, const std::string& pattern,
                const std::vector<const std::string*>& renderings) {
  RE2::Options options;
  options.set_log_errors(false);
  const RE2 regex("(?:^| )" + CompilePattern(pack, pattern).regex, options);
  return std::any_of(renderings.begin(), renderings.end(), [&](const std::string* rendering) {
    return RE2::PartialMatch(*rendering, regex);
  });
}

std::string ExpandPattern(const PackData& pack, const std::string& pattern) {
  std::string out;
  for (const std::string& element : Elements(pattern)) {
    if (!out.empty()) out += ' ';
    const bool verb = element.compare(0, 6, "<verb:") == 0;
    if ((!verb && element.compare(0, 6, "<noun:") != 0) || element[6] == '*') {
      out += element;
      continue;
    }
    std::string name = element.substr(6, element.size() - 7), form;
    if (const std::size_t dot = name.find('.'); dot != std::string::npos) {
      form = name.substr(dot);
      name.resize(dot);
    }
    out += '<';
    const Fragment& fragment = FindFragment(pack, verb ? "verb" : "noun", name);
    for (std::size_t i = 0; i < fragment.words.size(); ++i) {
      out += (i == 0 ? "" : "|") + fragment.words[i];
    }
    out += form + '>';
  }
  return out;
}

}  // namespace verbale::extract
