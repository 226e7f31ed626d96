#include "extract/text/tags.h"

#include <algorithm>

#include "extract/text/decode.h"
#include "graph/ascii.h"

namespace verbale::extract {
namespace {

struct Named {
  std::string_view name;
  std::uint32_t code_point;
};

/// Sorted by name. Those of Latin-1 and of typography; whatever else is written as a number.
constexpr Named kNamed[] = {
    {"AElig", 0xC6},   {"Aacute", 0xC1},   {"Acirc", 0xC2},   {"Agrave", 0xC0},  {"Aring", 0xC5},
    {"Atilde", 0xC3},  {"Auml", 0xC4},     {"Ccedil", 0xC7},  {"Eacute", 0xC9},  {"Ecirc", 0xCA},
    {"Egrave", 0xC8},  {"Euml", 0xCB},     {"Iacute", 0xCD},  {"Icirc", 0xCE},   {"Igrave", 0xCC},
    {"Iuml", 0xCF},    {"Ntilde", 0xD1},   {"OElig", 0x152},  {"Oacute", 0xD3},  {"Ocirc", 0xD4},
    {"Ograve", 0xD2},  {"Oslash", 0xD8},   {"Otilde", 0xD5},  {"Ouml", 0xD6},    {"Scaron", 0x160},
    {"Uacute", 0xDA},  {"Ucirc", 0xDB},    {"Ugrave", 0xD9},  {"Uuml", 0xDC},    {"Yacute", 0xDD},
    {"aacute", 0xE1},  {"acirc", 0xE2},    {"aelig", 0xE6},   {"agrave", 0xE0},  {"amp", '&'},
    {"apos", '\''},    {"aring", 0xE5},    {"atilde", 0xE3},  {"auml", 0xE4},    {"bdquo", 0x201E},
    {"bull", 0x2022},  {"ccedil", 0xE7},   {"cent", 0xA2},    {"copy", 0xA9},    {"deg", 0xB0},
    {"eacute", 0xE9},  {"ecirc", 0xEA},    {"egrave", 0xE8},  {"emsp", 0x2003},  {"ensp", 0x2002},
    {"euml", 0xEB},    {"euro", 0x20AC},   {"frac12", 0xBD},  {"gt", '>'},       {"hellip", 0x2026},
    {"iacute", 0xED},  {"icirc", 0xEE},    {"igrave", 0xEC},  {"iuml", 0xEF},    {"laquo", 0xAB},
    {"ldquo", 0x201C}, {"lsaquo", 0x2039}, {"lsquo", 0x2018}, {"lt", '<'},       {"mdash", 0x2014},
    {"middot", 0xB7},  {"minus", 0x2212},  {"nbsp", 0xA0},    {"ndash", 0x2013}, {"ntilde", 0xF1},
    {"oacute", 0xF3},  {"ocirc", 0xF4},    {"oelig", 0x153},  {"ograve", 0xF2},  {"ordf", 0xAA},
    {"ordm", 0xBA},    {"oslash", 0xF8},   {"otilde", 0xF5},  {"ouml", 0xF6},    {"para", 0xB6},
    {"plusmn", 0xB1},  {"pound", 0xA3},    {"quot", '"'},     {"raquo", 0xBB},   {"rdquo", 0x201D},
    {"reg", 0xAE},     {"rsaquo", 0x203A}, {"rsquo", 0x2019}, {"sbquo", 0x201A}, {"scaron", 0x161},
    {"sect", 0xA7},    {"shy", 0xAD},      {"sup1", 0xB9},    {"sup2", 0xB2},    {"sup3", 0xB3},
    {"szlig", 0xDF},   {"thinsp", 0x2009}, {"times", 0xD7},   {"trade", 0x2122}, {"uacute", 0xFA},
    {"ucirc", 0xFB},   {"ugrave", 0xF9},   {"uuml", 0xFC},    {"yacute", 0xFD},  {"yen", 0xA5},
    {"yuml", 0xFF},    {"zwj", 0x200D},    {"zwnj", 0x200C}};

constexpr std::size_t kLongestEntity = 12;
/// What has not closed by then is text.
constexpr std::size_t kLongestTag = 1 << 16;

bool EqualsNoCase(std::string_view text, std::string_view lower) {
  return text.size() == lower.size() && std::equal(text.begin(), text.end(), lower.begin(),
                                                   [](char a, char b) { return ToLower(a) == b; });
}

bool IsNameByte(char c) { return IsAlnum(c) || c == ':' || c == '-' || c == '_'; }

/// End of the tag that opens at `at`, behind its ">"; 0 where it never closes. Quoted values may
/// hold ">".
std::size_t TagEnd(std::string_view text, std::size_t at) {
  char quote = 0;
  const std::size_t stop = std::min(text.size(), at + kLongestTag);
  for (std::size_t i = at + 1; i < stop; ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && text[i - 1] == '=') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    } else if (c == '<') {
      return 0;
    }
  }
  return 0;
}

}  // namespace

bool TagReader::Next(Tag& tag) {
  if (at_ >= text_.size()) return false;
  tag = {};
  tag.begin = at_;
  std::size_t end = 0;
  std::size_t name = at_ + 1;
  if (text_[at_] == '<' && name < text_.size()) {
    if (text_.substr(at_, 4) == "<!--") {
      end = text_.find("-->", at_);
      end = end == std::string_view::npos ? text_.size() : end + 3;
      tag.kind = Tag::Kind::kOther;
    } else if (text_[name] == '!' || text_[name] == '?') {
      end = TagEnd(text_, at_);
      tag.kind = Tag::Kind::kOther;
    } else {
      tag.kind = text_[name] == '/' ? Tag::Kind::kClose : Tag::Kind::kOpen;
      if (tag.kind == Tag::Kind::kClose) ++name;
      if (name < text_.size() && IsAlpha(text_[name])) end = TagEnd(text_, at_);
    }
  }
  if (end == 0) {
    tag.kind = Tag::Kind::kText;
    end = std::min(text_.find('<', at_ + 1), text_.size());
  } else if (tag.kind != Tag::Kind::kOther) {
    while (name < end && IsNameByte(text_[name])) tag.name += ToLower(text_[name++]);
    tag.empty = text_[end - 2] == '/';
  }
  tag.end = at_ = end;
  return true;
}

void TagReader::SkipTo(std::string_view name) {
  while (at_ < text_.size()) {
    const std::size_t close = text_.find("</", at_);
    if (close == std::string_view::npos) break;
    at_ = close + 2;
    if (!EqualsNoCase(text_.substr(at_, name.size()), name)) continue;
    at_ = std::min(text_.find('>', at_), text_.size() - 1) + 1;
    return;
  }
  at_ = text_.size();
}

std::string_view TagReader::Attribute(const Tag& tag, std::string_view name) const {
  const std::string_view text = text_.substr(tag.begin, tag.end - tag.begin);
  std::size_t at = text.find(name);
  while (at != std::string_view::npos) {
    const std::size_t value = at + name.size();
    if (at > 0 && IsSpace(text[at - 1]) && value + 1 < text.size() && text[value] == '=') {
      const char quote = text[value + 1];
      if (quote == '"' || quote == '\'') {
        return text.substr(value + 2, text.find(quote, value + 2) - value - 2);
      }
      return text.substr(value + 1, text.find_first_of(" \t\r\n/>", value + 1) - value - 1);
    }
    at = text.find(name, value);
  }
  return {};
}

std::optional<Entity> EntityAt(std::string_view text, std::size_t at) {
  const std::size_t semicolon = text.substr(at, kLongestEntity).find(';');
  if (semicolon == std::string_view::npos || semicolon < 2) return std::nullopt;
  const std::string_view name = text.substr(at + 1, semicolon - 1);
  Entity entity;
  entity.size = semicolon + 1;
  if (name[0] == '#') {
    const bool hex = name.size() > 1 && ToLower(name[1]) == 'x';
    std::uint32_t value = 0;
    const std::string_view digits = name.substr(hex ? 2 : 1);
    if (digits.empty()) return std::nullopt;
    for (const char c : digits) {
      const char lower = ToLower(c);
      const bool letter = hex && lower >= 'a' && lower <= 'f';
      if (!IsDigit(c) && !letter) return std::nullopt;
      const auto digit = static_cast<std::uint32_t>(letter ? lower - 'a' + 10 : c - '0');
      value = std::min<std::uint32_t>(value * (hex ? 16 : 10) + digit, 0x110000);
    }
    AppendUtf8(entity.text, value == 0 ? 0xFFFD : value);
    return entity;
  }
  const auto* const found =
      std::lower_bound(std::begin(kNamed), std::end(kNamed), name,
                       [](const Named& named, std::string_view key) { return named.name < key; });
  if (found == std::end(kNamed) || found->name != name) return std::nullopt;
  AppendUtf8(entity.text, found->code_point);
  return entity;
}

void AppendResolved(const SourceText& plain, std::size_t begin, std::size_t end, TextBuilder& out) {
  const std::string_view text = std::string_view(plain.text).substr(0, end);
  std::size_t copied = begin;
  for (std::size_t at = text.find('&', begin); at < end; at = text.find('&', at + 1)) {
    const std::optional<Entity> entity = EntityAt(text, at);
    if (!entity) continue;
    out.AppendFrom(plain, copied, at);
    out.Replace(entity->text, plain.ToSource(at, at + entity->size));
    copied = at + entity->size;
  }
  out.AppendFrom(plain, copied, end);
}

}  // namespace verbale::extract
