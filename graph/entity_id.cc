// EntityId: a readable id from label and name. Latin letters lose their accents (compatibility
// decomposition, then marks dropped); letters of other scripts stay, so that two names in Greek do
// not become the same empty id.

#include <string>
#include <string_view>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "graph/ascii.h"
#include "graph/error.h"
#include "graph/fact.h"

namespace verbale::graph {
namespace {

// Letters that have no decomposition, but an ASCII spelling that everybody uses.
std::string_view Spelled(UChar32 c) {
  switch (c) {
    case 0xDF:
      return "ss";
    case 0xE6:
      return "ae";
    case 0xF0:
      return "d";
    case 0xF8:
      return "o";
    case 0xFE:
      return "th";
    case 0x111:
      return "d";
    case 0x131:
      return "i";
    case 0x142:
      return "l";
    case 0x153:
      return "oe";
    default:
      return {};
  }
}

void AppendHyphen(std::string& out, std::size_t begin) {
  if (out.size() > begin && out.back() != '-') out += '-';
}

void FoldAscii(std::string_view text, std::string& out) {
  const std::size_t begin = out.size();
  for (const char c : text) {
    if (IsAlnum(c)) {
      out += ToLower(c);
    } else if (c != '\'') {  // "People's" is one word
      AppendHyphen(out, begin);
    }
  }
}

void FoldUnicode(std::string_view text, std::string& out) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) throw Error(ErrorCode::kInternal, "ICU has no normalisation data");
  const auto raw = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const icu::UnicodeString decomposed = nfkd->normalize(raw, status);
  const std::size_t begin = out.size();
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = u_tolower(decomposed.char32At(i));
    if (u_charType(c) == U_NON_SPACING_MARK || c == '\'' || c == 0x2019) continue;
    const std::string_view spelled = Spelled(c);
    if (!spelled.empty()) {
      out += spelled;
    } else if (u_isalnum(c)) {
      icu::UnicodeString(c).toUTF8String(out);
    } else {
      AppendHyphen(out, begin);
    }
  }
}

}  // namespace

std::string EntityId(std::string_view label, std::string_view name) {
  std::string id;
  id.reserve(label.size() + name.size() + 1);
  FoldAscii(label, id);
  id += ':';
  const std::size_t begin = id.size();
  if (IsAscii(name)) {
    FoldAscii(name, id);
  } else {
    FoldUnicode(name, id);
  }
  if (id.size() > begin && id.back() == '-') id.pop_back();
  return id;
}

}  // namespace verbale::graph
