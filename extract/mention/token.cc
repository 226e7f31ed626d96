#include "extract/mention/token.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#include "graph/ascii.h"

namespace verbale::extract {
namespace {

constexpr std::uint32_t kMaxQuote = 160;  // Longer ones are quoted speech, not names.

/// What a byte is at the start of a character. Letters beyond ASCII count as letters, general
/// punctuation (U+2000–U+206F) and Latin-1 signs such as the no-break space do not.
enum class Class : std::uint8_t { kMark, kBlank, kLower, kUpper, kDigit, kWide };

constexpr std::array<Class, 256> kClasses = [] {
  std::array<Class, 256> classes{};
  for (int c = 'a'; c <= 'z'; ++c) classes[c] = Class::kLower;
  for (int c = 'A'; c <= 'Z'; ++c) classes[c] = Class::kUpper;
  for (int c = '0'; c <= '9'; ++c) classes[c] = Class::kDigit;
  for (int c = 0x80; c <= 0xFF; ++c) classes[c] = Class::kWide;
  for (const char c : {' ', '\n', '\t'}) classes[static_cast<unsigned char>(c)] = Class::kBlank;
  classes[0xE2] = Class::kMark;  // General punctuation, currency signs, arrows.
  classes[0xC2] = Class::kMark;  // Latin-1 signs.
  return classes;
}();

constexpr bool IsLetter(Class c) {
  return c == Class::kLower || c == Class::kUpper || c == Class::kWide;
}

/// How many of eight bytes, from the first on, are small letters.
std::uint32_t LowerAtStart(const char* bytes) {
  static_assert(std::endian::native == std::endian::little, "the first byte is the lowest");
  constexpr std::uint64_t kOnes = 0x0101010101010101u, kHighs = kOnes * 0x80;
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes, sizeof eight);
  const std::uint64_t low = eight & ~kHighs;
  const std::uint64_t from_a = low + kOnes * (0x80 - 'a'), past_z = low + kOnes * (0x7F - 'z');
  const std::uint64_t others = (~from_a | past_z | eight) & kHighs;
  return static_cast<std::uint32_t>(std::countr_zero(others)) / 8;
}

/// The characters of [at, end) of a text, from left to right.
class Scanner {
 public:
  Scanner(std::string_view text, std::uint32_t begin, std::uint32_t end)
      : text_(text.data()), at_(begin), end_(end) {}

  bool done() const { return at_ >= end_; }
  std::uint32_t at() const { return at_; }
  unsigned char byte() const { return static_cast<unsigned char>(text_[at_]); }
  Class here() const { return kClasses[byte()]; }
  /// Passes over small letters, and says how many they were.
  std::uint32_t SkipLower() {
    const std::uint32_t from = at_;
    while (at_ + 8 <= end_) {
      const std::uint32_t lower = LowerAtStart(text_ + at_);
      at_ += lower;
      if (lower < 8) return at_ - from;
    }
    while (at_ < end_ && kClasses[byte()] == Class::kLower) ++at_;
    return at_ - from;
  }
  void Skip(std::uint32_t n) { at_ = at_ + n > end_ ? end_ : at_ + n; }

  bool StartsWith(std::string_view what) const {
    return end_ - at_ >= what.size() && std::memcmp(text_ + at_, what.data(), what.size()) == 0;
  }
  bool IsApostrophe() const { return byte() == '\'' || (byte() == 0xE2 && StartsWith("’")); }
  std::uint32_t ApostropheSize() const { return byte() == '\'' ? 1 : 3; }
  /// Length of the dash or hyphen that joins words here, 0 where there is none.
  std::uint32_t HyphenSize() const {
    if (byte() == '-') return 1;
    if (byte() != 0xE2) return 0;
    return StartsWith("‐") || StartsWith("‑") || StartsWith("–") ? 3 : 0;
  }
  std::uint32_t CharacterSize() const {
    const unsigned char c = byte();
    const std::uint32_t size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    return at_ + size > end_ ? end_ - at_ : size;
  }
  bool LetterAt(std::uint32_t offset) const { return offset < end_ && IsLetter(At(offset)); }
  bool IsUpper(std::uint32_t offset) const { return At(offset) == Class::kUpper; }
  bool DigitAt(std::uint32_t offset) const { return offset < end_ && At(offset) == Class::kDigit; }

 private:
  Class At(std::uint32_t offset) const {
    return kClasses[static_cast<unsigned char>(text_[offset])];
  }

  const char* text_;
  std::uint32_t at_, end_;
};

/// The apostrophes inside a word.
struct Apostrophes {
  bool curly = false;
  std::uint32_t last = 0;  ///< Its offset; 0: there is none.
};

Apostrophes ReadWord(Scanner& in, Token& token) {
  std::uint32_t letters = 0, uppers = 0;
  Apostrophes apostrophes;
  token.capital = in.here() == Class::kUpper ||
                  (in.here() == Class::kWide && (in.StartsWith("É") || in.StartsWith("Å")));
  for (;; in.Skip(1)) {
    letters += in.SkipLower();
    if (in.done()) break;
    const Class c = in.here();
    if (c == Class::kUpper) {
      ++letters, ++uppers;
    } else if (c == Class::kWide) {
      ++letters;
      in.Skip(in.CharacterSize() - 1);
    } else if (in.byte() == '.' && in.at() - token.begin == 1 && token.capital &&
               in.LetterAt(in.at() + 1)) {
      continue;  // "U.S." goes on.
    } else if (c == Class::kMark && in.IsApostrophe() &&
               in.LetterAt(in.at() + in.ApostropheSize())) {
      if (in.StartsWith("'s") || in.StartsWith("’s")) break;
      apostrophes.curly |= in.byte() != '\'';
      apostrophes.last = in.at();
      in.Skip(in.ApostropheSize() - 1);
    } else if (c == Class::kDigit) {
      token.digits = true;
    } else {
      break;
    }
  }
  token.end = in.at();
  token.upper = letters >= 2 && uppers == letters;
  return apostrophes;
}

/// Names are found whichever apostrophe they are written with.
std::string WithPlainApostrophes(std::string_view word) {
  static constexpr std::string_view kCurly = "’";
  std::string plain(word);
  for (std::size_t at = 0; (at = plain.find(kCurly, at)) != std::string::npos; ++at) {
    plain.replace(at, kCurly.size(), "'");
  }
  return plain;
}

/// Two words that are written as one, behind the apostrophe of the second.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kShortened = {
    {{"t", "not"}, {"ve", "have"}, {"re", "are"}, {"ll", "will"}, {"m", "am"}}};
/// First words that lose a letter before "n't".
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kBeforeNot = {
    {{"ca", "can"}, {"wo", "will"}, {"sha", "shall"}}};

/// "hasn't", "we've": takes the second word off the first, and gives it; its `folded` is empty
/// where the apostrophe at `at` shortens nothing.
Token SplitShortened(Token& token, std::uint32_t at) {
  Token second;
  const std::string_view word = token.folded;
  std::uint32_t cut = at - token.begin;
  const std::string_view tail = word.substr(cut + (word[cut] == '\'' ? 1 : 3));
  const auto* const meant = std::find_if(kShortened.begin(), kShortened.end(),
                                         [&](const auto& one) { return one.first == tail; });
  if (meant == kShortened.end()) return second;
  if (tail == "t") {
    if (cut < 3 || word[cut - 1] != 'n') return second;
    --cut;
  }
  second.begin = token.begin + cut, second.end = token.end;
  second.folded = meant->second;
  token.end = second.begin;
  token.folded = word.substr(0, cut);
  for (const auto& [shortened, whole] : kBeforeNot) {
    if (tail == "t" && token.folded == shortened) token.folded = whole;
  }
  return second;
}

/// "the Convention on Cybercrime1": the mark of a footnote is cut off a word that is none with it,
/// but is one without.
void CutFootnoteMark(Token& token, const Vocabulary& vocabulary) {
  constexpr std::size_t kMostFigures = 2, kShortestWord = 4;
  std::string_view word = token.folded;
  while (!word.empty() && IsDigit(word.back())) word.remove_suffix(1);
  const std::size_t figures = token.folded.size() - word.size();
  if (figures == 0 || figures > kMostFigures || word.size() < kShortestWord) return;
  if (vocabulary.Find(token.folded) != 0 || vocabulary.Find(word) == 0) return;
  token.folded = word;
  token.end -= static_cast<std::uint32_t>(figures);
  token.digits = false;
}

/// "Nati0ns", "Counci1", "0f": a figure that is a letter, if only one reading is a known word.
std::uint32_t WithoutFigure(std::string_view word, const Vocabulary& vocabulary) {
  constexpr std::size_t kShortest = 4;
  const std::size_t at = word.find_first_of("01");
  if (at == std::string_view::npos || word.find_first_of("0123456789", at + 1) != word.npos ||
      (word.size() < kShortest && word != "0f")) {
    return 0;
  }
  std::string read(word);
  const auto reading = [&](char letter) {
    read[at] = letter;
    return vocabulary.Find(read);
  };
  if (word[at] == '0') return reading('o');
  const std::uint32_t with_l = reading('l'), with_i = reading('i');
  return with_l == 0 ? with_i : with_i == 0 ? with_l : 0;
}

/// The word that text recognition made an unknown one of, by one letter that looks like another; 0
/// where there is none. Where short words differ by as much, nothing is guessed: a modem is not
/// modern.
std::uint32_t Misread(const Token& token, const Vocabulary& vocabulary) {
  constexpr std::size_t kLongWord = 7;
  const std::string_view word = token.folded;
  if (token.digits) return WithoutFigure(word, vocabulary);
  if (word == "pf") return vocabulary.Find("of");
  if (word.size() < kLongWord) return 0;
  if (word.starts_with("ln")) return vocabulary.Find(std::string("i").append(word.substr(1)));
  const std::size_t at = word.find('m');
  if (at == std::string_view::npos || at == 0) return 0;
  return vocabulary.Find(std::string(word.substr(0, at)).append("rn").append(word.substr(at + 1)));
}

/// Reads an unknown word as the one that it was before recognition.
void MendMisread(Token& token, const Vocabulary& vocabulary) {
  const std::uint32_t word = Misread(token, vocabulary);
  if (word == 0) return;
  token.word = word;
  token.folded = vocabulary.Word(word);
  token.kind = TokenKind::kWord;
  token.digits = false;
}

/// "States'", "Canada's": the mark belongs to the word and is passed over.
void ReadPossessive(Scanner& in, Token& token) {
  if (in.done() || !in.IsApostrophe()) return;
  const std::uint32_t size = in.ApostropheSize();
  if (in.StartsWith("'s") || in.StartsWith("’s")) {
    if (in.LetterAt(in.at() + size + 1)) return;
    in.Skip(size + 1);
    token.possessive = true;
  } else if (token.folded.back() == 's') {
    in.Skip(size);
    token.possessive = true;
  }
}

void ReadNumber(Scanner& in, Token& token) {
  while (!in.done()) {
    if (in.here() == Class::kDigit || IsLetter(in.here())) {
      in.Skip(in.CharacterSize());
    } else if ((in.byte() == '.' || in.byte() == ',') && in.DigitAt(in.at() + 1)) {
      in.Skip(1);
    } else {
      break;
    }
  }
  token.kind = TokenKind::kNumber;
  token.digits = true;
  token.end = in.at();
}

/// Where the quotation that opens with `open` before `from` ends; npos where it does not. A single
/// mark that a letter follows is an apostrophe.
std::size_t EndOfQuote(std::string_view text, std::size_t from, std::string_view close) {
  const bool single = close == "’" || close == "'";
  std::size_t at = text.find(close, from);
  while (single && at != std::string_view::npos && at + close.size() < text.size() &&
         IsLetter(kClasses[static_cast<unsigned char>(text[at + close.size()])])) {
    at = text.find(close, at + close.size());
  }
  return at;
}

/// Whether a plain apostrophe at `at` opens a quotation: behind a blank, before a capital.
bool OpensSingle(std::string_view text, std::size_t at) {
  const bool apart = at == 0 || text[at - 1] == ' ' || text[at - 1] == '(';
  return apart && at + 1 < text.size() && verbale::IsUpper(text[at + 1]);
}

/// A quotation that ends within reach becomes one token. Gives what stands between its marks, empty
/// where there is no quotation.
std::string_view ReadQuote(Scanner& in, const FoldedText& text, std::uint32_t end, Token& token) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kQuotes = {
      {{"“", "”"}, {"\"", "\""}, {"«", "»"}, {"‘", "’"}, {"'", "'"}}};
  if (in.byte() < 0x80 && in.byte() != '"' && in.byte() != '\'') return {};
  if (in.byte() == '\'' && !OpensSingle(text.text(), in.at())) return {};
  for (const auto& [open, close] : kQuotes) {
    if (!in.StartsWith(open)) continue;
    const std::size_t from = in.at() + open.size();
    const std::size_t at = EndOfQuote(
        text.text().substr(0, std::min<std::size_t>(end, from + kMaxQuote + close.size())), from,
        close);
    if (at == std::string_view::npos || at - from > kMaxQuote || at == from) return {};
    token.kind = TokenKind::kQuote;
    token.digits = true;  // It may have one.
    token.end = static_cast<std::uint32_t>(at + close.size());
    in.Skip(token.end - in.at());
    return text.folded().substr(from, at - from);
  }
  return {};
}

/// "CERT.br": a full stop between capitals and the two letters of a country; of "the UN.It" only a
/// blank was lost.
bool JoinsCountry(const Scanner& in, const Token* before) {
  const std::uint32_t at = in.at() + 1;
  return in.byte() == '.' && before != nullptr && before->upper && in.LetterAt(at) &&
         in.LetterAt(at + 1) && !in.LetterAt(at + 2) && in.IsUpper(at) == in.IsUpper(at + 1);
}

bool JoinsPrefix(const Token& token) {
  return token.folded == "co" || token.folded == "e" || token.folded == "re";
}

}  // namespace

FoldedText::FoldedText(std::string_view text) : text_(text), folded_(text) {
  for (char& c : folded_) c = ToLower(c);
  // Latin-1 letters: upper case is 0x20 below lower case, in the second byte.
  for (std::size_t at = folded_.find('\xC3'); at != std::string::npos && at + 1 < folded_.size();
       at = folded_.find('\xC3', at + 2)) {
    const auto second = static_cast<unsigned char>(folded_[at + 1]);
    if (second >= 0x80 && second <= 0x9E && second != 0x97) {
      folded_[at + 1] = static_cast<char>(second + 0x20);
    }
  }
}

void Tokenize(FoldedText& text, const Vocabulary& vocabulary, std::uint32_t begin,
              std::uint32_t end, std::vector<Token>& tokens) {
  tokens.clear();
  const std::string_view folded = text.folded();
  Scanner in(text.text(), begin, end);
  bool after_hyphen = false;
  while (!in.done()) {
    const Class c = in.here();
    if (c == Class::kBlank || (in.byte() == 0xC2 && in.StartsWith("\u00A0"))) {
      in.Skip(c == Class::kBlank ? 1 : 2);
      after_hyphen = false;
      continue;
    }
    Token& token =
        tokens.emplace_back();  // Filled in its place: to copy it costs as much as to read it.
    Token* const before = tokens.size() > 1 ? &token - 1 : nullptr;
    token.begin = in.at();
    token.joined = after_hyphen;
    after_hyphen = false;
    if (IsLetter(c)) {
      const Apostrophes apostrophes = ReadWord(in, token);
      token.folded = folded.substr(token.begin, token.end - token.begin);
      if (apostrophes.last != 0) {
        Token second = SplitShortened(token, apostrophes.last);
        if (!second.folded.empty()) {
          token.word = vocabulary.Find(token.folded);
          second.word = vocabulary.Find(second.folded);
          tokens.push_back(second);
          continue;
        }
        if (apostrophes.curly) token.folded = text.Keep(WithPlainApostrophes(token.folded));
      }
      if (token.digits) CutFootnoteMark(token, vocabulary);
      ReadPossessive(in, token);
    } else if (c == Class::kDigit) {
      ReadNumber(in, token);
      token.folded = folded.substr(token.begin, token.end - token.begin);
    } else if (token.folded = ReadQuote(in, text, end, token); token.folded.empty()) {
      const std::uint32_t hyphen = JoinsCountry(in, before) ? 1 : in.HyphenSize();
      if (hyphen > 0 && before != nullptr && before->end == in.at() &&
          before->kind != TokenKind::kMark) {
        in.Skip(hyphen);
        after_hyphen = true;
        tokens.pop_back();
        continue;
      }
      in.Skip(in.CharacterSize());
      token.kind = TokenKind::kMark;
      token.end = in.at();
      token.folded = folded.substr(token.begin, token.end - token.begin);
    }
    if (token.joined && token.kind == TokenKind::kWord && JoinsPrefix(*before)) {
      before->folded = text.Keep(std::string(before->folded).append(token.folded));
      before->word = vocabulary.Find(before->folded);
      before->end = token.end;
      before->possessive = token.possessive;
      before->digits |= token.digits;
      tokens.pop_back();
      continue;
    }
    token.word = vocabulary.Find(token.folded);
    if (token.word == 0 && token.kind <= TokenKind::kNumber) MendMisread(token, vocabulary);
  }
}

std::vector<NameToken> NameTokens(std::string_view name) {
  static const Vocabulary none;
  FoldedText text(name);
  std::vector<Token> tokens;
  Tokenize(text, none, 0, static_cast<std::uint32_t>(name.size()), tokens);
  std::vector<NameToken> words;
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::kMark && token.folded != ",") continue;
    words.push_back({token.kind, token.capital, token.upper, std::string(token.folded)});
  }
  return words;
}

}  // namespace verbale::extract
