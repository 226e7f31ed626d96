#include "extract/text/fold.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include <unicode/normalizer2.h>

#include "extract/text/decode.h"
#include "extract/text/sentences.h"
#include "graph/ascii.h"

namespace verbale::extract {
namespace {

enum class Look : std::uint8_t { kPlain, kSpace, kTwice };

/// Bytes at which folding has to look twice; everything else is copied in long pieces.
constexpr std::array<Look, 256> MakeLooks() {
  std::array<Look, 256> looks{};
  for (std::size_t c = 0; c < 0x20; ++c) looks[c] = Look::kTwice;
  looks[' '] = Look::kSpace;
  looks['['] = Look::kTwice;
  looks[0xC2] = Look::kTwice;                // no-break space, soft hyphen, ¹ ² ³
  looks[0xCC] = looks[0xCD] = Look::kTwice;  // marks that combine with the letter before
  looks[0xE2] = Look::kTwice;  // spaces and superscripts of General Punctuation; curly quotes, too
  looks[0xE3] = Look::kTwice;  // ideographic space
  looks[0xEF] = Look::kTwice;  // ligatures, zero-width no-break space
  return looks;
}
constexpr std::array<Look, 256> kLooks = MakeLooks();

/// Whether one of eight bytes is more than a letter or a single space between two of them. May say
/// yes for nothing.
bool AnyToLookAt(std::uint64_t eight) {
  constexpr std::uint64_t kOnes = 0x0101010101010101u;
  constexpr std::uint64_t kHighs = 0x8080808080808080u;
  const auto zeros = [&](std::uint64_t x) { return (x - kOnes) & ~x & kHighs; };
  const std::uint64_t controls = (eight - kOnes * 0x20) & ~eight;
  const std::uint64_t spaces = zeros(eight ^ (kOnes * ' '));
  const std::uint64_t double_spaces = spaces & (spaces >> 8);
  return (((eight | controls) & kHighs) | zeros(eight ^ (kOnes * '[')) | double_spaces) != 0;
}

/// The first byte from `at` on that a copy cannot just take along: a single space between words
/// can.
std::size_t PlainUntil(std::string_view text, std::size_t at, std::size_t end) {
  const char* const bytes = text.data();
  bool after_space = true;
  while (at < end) {
    std::uint64_t eight = 0;
    while (at + sizeof eight <= end && !(after_space && bytes[at] == ' ')) {
      std::memcpy(&eight, bytes + at, sizeof eight);
      if (AnyToLookAt(eight)) break;
      at += sizeof eight;
      after_space = bytes[at - 1] == ' ';
    }
    for (const std::size_t stop = std::min(end, at + sizeof eight); at < stop; ++at) {
      const Look look = kLooks[static_cast<std::uint8_t>(bytes[at])];
      if (look == Look::kTwice || (look == Look::kSpace && after_space)) return at;
      after_space = look == Look::kSpace;
    }
  }
  return end;
}

bool IsWideSpace(std::uint32_t c) {
  return c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}
bool IsInvisible(std::uint32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}
bool IsSuperscriptDigit(std::uint32_t c) {
  return c == 0xB9 || c == 0xB2 || c == 0xB3 || c == 0x2070 || (c >= 0x2074 && c <= 0x2079);
}
std::string_view Ligature(std::uint32_t c) {
  constexpr std::string_view kLetters[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
  return c >= 0xFB00 && c <= 0xFB06 ? kLetters[c - 0xFB00] : std::string_view();
}

bool IsCombining(std::uint32_t c) { return c >= 0x300 && c <= 0x36F; }

/// A letter with the marks behind it, as one character ("e\u0301" is "é"); size 0 where there is no
/// such character.
CodePoint ComposedAt(std::string_view text, std::size_t letter, std::size_t end) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const nfc = icu::Normalizer2::getNFCInstance(status);
  if (U_FAILURE(status) != 0) return {};
  CodePoint composed = CodePointAt(text, letter);
  std::size_t at = letter + composed.size;
  composed.size = 0;
  while (at < end) {
    const CodePoint mark = CodePointAt(text, at);
    if (!IsCombining(mark.value)) break;
    const UChar32 both =
        nfc->composePair(static_cast<UChar32>(composed.value), static_cast<UChar32>(mark.value));
    if (both < 0) break;
    composed.value = static_cast<std::uint32_t>(both);
    at += mark.size;
    composed.size = static_cast<std::uint32_t>(at - letter);
  }
  return composed;
}

/// Whether a mark behind `text` is one of a footnote: it stands at the end of a word of three
/// letters or more, or of punctuation. "km²" is not.
bool TakesFootnoteMark(std::string_view text) {
  if (text.empty() || IsSpace(text.back()) || text.ends_with("\u00A0")) return false;
  if (!IsAlnum(text.back())) return true;
  if (!IsAlpha(text.back())) return false;
  return text.size() >= 3 && IsAlpha(text[text.size() - 2]) && IsAlpha(text[text.size() - 3]);
}

class Folder {
 public:
  Folder(const SourceText& plain, TextBuilder& out)
      : plain_(plain), out_(out), start_(out.size()) {}

  void Run(std::size_t begin, std::size_t end) {
    const std::string_view text = plain_.text;
    std::size_t copied = begin;
    std::size_t at = begin;
    const auto flush = [&] {
      if (copied == at) return;
      Space();
      out_.AppendFrom(plain_, copied, at);
    };
    while ((at = PlainUntil(text, at, end)) < end) {
      // A space before white space is white space, too.
      if (at > copied && text[at - 1] == ' ' && IsWhite(text, at)) --at;
      if (at > copied && IsCombining(CodePointAt(text, at).value)) {
        const std::size_t mark = at;
        do --at;
        while (at > copied && (static_cast<std::uint8_t>(text[at]) & 0xC0) == 0x80);
        if (const CodePoint composed = ComposedAt(text, at, end); composed.size != 0) {
          flush();
          Space();
          std::string letter;
          AppendUtf8(letter, composed.value);
          out_.Replace(letter, plain_.ToSource(at, at + composed.size));
          copied = at += composed.size;
          continue;
        }
        at = mark;
      }
      const std::size_t size = Special(text.substr(0, end), at, flush);
      if (size == 0) {  // nothing special after all
        at += CodePointAt(text, at).size;
        continue;
      }
      at += size;
      copied = at;
    }
    if (at > copied && text[at - 1] == ' ') --at;  // white space at the end
    flush();
  }

 private:
  static bool IsWhite(std::string_view text, std::size_t at) {
    const std::uint32_t c = CodePointAt(text, at).value;
    return c <= 0x20 || IsWideSpace(c);
  }

  /// Handles what stands at `at` and returns its length, or 0 where it is ordinary. Calls `flush`
  /// before anything changes.
  template <typename Flush>
  std::size_t Special(std::string_view text, std::size_t at, const Flush& flush) {
    const CodePoint c = CodePointAt(text, at);
    if (IsWhite(text, at)) {
      flush();
      space_ = true;
      return c.size;
    }
    if (IsInvisible(c.value)) {
      flush();
      return c.size;
    }
    if (const std::string_view letters = Ligature(c.value); !letters.empty()) {
      flush();
      Space();
      out_.Replace(letters, plain_.ToSource(at, at + c.size));
      return c.size;
    }
    const bool superscript = IsSuperscriptDigit(c.value);
    const std::size_t bracketed = c.value == '[' ? BracketedMark(text, at) : 0;
    if ((superscript || bracketed != 0) && TakesFootnoteMark(text.substr(0, at))) {
      flush();
      if (bracketed != 0) return bracketed;
      std::size_t end = at + c.size;
      while (end < text.size()) {
        const CodePoint next = CodePointAt(text, end);
        if (!IsSuperscriptDigit(next.value)) break;
        end += next.size;
      }
      return end - at;
    }
    return 0;
  }

  void Space() {
    if (space_ && out_.size() > start_) out_.Fill(" ");
    space_ = false;
  }

  const SourceText& plain_;
  TextBuilder& out_;
  std::uint64_t start_;
  bool space_ = false;
};

}  // namespace

void AppendFolded(const SourceText& plain, std::uint64_t begin, std::uint64_t end,
                  TextBuilder& out) {
  Folder(plain, out).Run(begin, end);
}

std::string Folded(std::string_view text) {
  SourceText plain;
  plain.text = text;
  plain.runs = {{0, 0, text.size()}};
  TextBuilder out(text.size());
  AppendFolded(plain, 0, text.size(), out);
  return std::move(std::move(out).Take().text);
}

}  // namespace verbale::extract
