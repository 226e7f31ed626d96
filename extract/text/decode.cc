#include "extract/text/decode.h"

#include <algorithm>
#include <cstring>
#include <memory>

#include <unicode/ucnv.h>

#include "extract/text/text_builder.h"
#include "graph/ascii.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;
constexpr std::string_view kReplacementUtf8 = "\xEF\xBF\xBD";

std::uint8_t Byte(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

/// Length of the well-formed sequence at `at` (Unicode table 3-7), or 0.
std::size_t SequenceLength(std::string_view text, std::size_t at) {
  const std::uint8_t lead = Byte(text, at);
  if (lead < 0x80) return 1;
  const std::size_t length = lead < 0xC2   ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || at + length > text.size()) return 0;
  const std::uint8_t second = Byte(text, at + 1);
  const std::uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const std::uint8_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (second < low || second > high) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((Byte(text, at + i) & 0xC0) != 0x80) return 0;
  }
  return length;
}

/// Where the longest valid prefix from `at` on ends. ASCII is passed eight bytes at a time.
std::size_t ValidUntil(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    std::uint64_t eight = 0;
    while (at + sizeof eight <= text.size()) {
      std::memcpy(&eight, text.data() + at, sizeof eight);
      if ((eight & 0x8080808080808080u) != 0) break;
      at += sizeof eight;
    }
    if (at == text.size()) break;
    const std::size_t length = SequenceLength(text, at);
    if (length == 0) return at;
    at += length;
  }
  return at;
}

/// How many bytes of a broken sequence one U+FFFD stands for: the lead byte with those that could
/// have followed it.
std::size_t BrokenLength(std::string_view text, std::size_t at) {
  const std::uint8_t lead = Byte(text, at);
  if (lead < 0xC2 || lead > 0xF4) return 1;
  const std::size_t most = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::size_t length = 1;
  while (length < most && at + length < text.size()) {
    const std::uint8_t next = Byte(text, at + length);
    const std::uint8_t low = length > 1 ? 0x80 : lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = length > 1 ? 0xBF : lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (next < low || next > high) break;
    ++length;
  }
  return length;
}

Decoded DecodeUtf8(std::string_view bytes, std::size_t skip) {
  Decoded decoded;
  std::size_t end = ValidUntil(bytes, skip);
  if (end == bytes.size()) {
    decoded.plain.text = bytes.substr(skip);
    decoded.plain.runs = {{0, skip, bytes.size() - skip}};
    return decoded;
  }
  TextBuilder out(bytes.size());
  std::size_t at = skip;
  while (true) {
    out.Append(bytes.substr(at, end - at), at);
    if (end == bytes.size()) break;
    at = end + BrokenLength(bytes, end);
    out.Replace(kReplacementUtf8, {end, at});
    ++decoded.replaced;
    end = ValidUntil(bytes, at);
  }
  decoded.plain = std::move(out).Take();
  return decoded;
}

Decoded DecodeUtf16(std::string_view bytes, bool big_endian) {
  Decoded decoded;
  TextBuilder out(bytes.size());
  const auto unit = [&](std::size_t at) {
    const std::uint32_t first = Byte(bytes, at);
    const std::uint32_t second = Byte(bytes, at + 1);
    return big_endian ? first << 8 | second : second << 8 | first;
  };
  std::string utf8;
  std::size_t at = 2;
  while (at < bytes.size()) {
    std::uint32_t code_point = kReplacement;
    std::size_t length = std::min<std::size_t>(2, bytes.size() - at);
    bool good = length == 2;
    if (good) {
      code_point = unit(at);
      const bool surrogate = code_point >= 0xD800 && code_point < 0xE000;
      if (surrogate) {
        const std::uint32_t low = at + 4 <= bytes.size() ? unit(at + 2) : 0;
        good = code_point < 0xDC00 && low >= 0xDC00 && low < 0xE000;
        if (good) length = 4;
        code_point = good ? 0x10000 + ((code_point - 0xD800) << 10) + (low - 0xDC00) : kReplacement;
      }
    }
    if (!good) ++decoded.replaced;
    utf8.clear();
    AppendUtf8(utf8, code_point);
    out.Replace(utf8, {at, at + length});
    at += length;
  }
  decoded.plain = std::move(out).Take();
  return decoded;
}

/// The encoding that a text in HTML or XML says that it is in: "windows-1252"; empty where it says
/// none.
std::string DeclaredEncoding(std::string_view bytes) {
  constexpr std::size_t kHead = 4096;
  const std::string_view head = bytes.substr(0, kHead);
  const std::string_view start = Trim(head);
  if (start.empty() || start.front() != '<') return {};
  std::string lower(head);
  std::transform(lower.begin(), lower.end(), lower.begin(), ToLower);
  for (const std::string_view key : {"charset", "encoding"}) {
    for (std::size_t at = 0; (at = lower.find(key, at)) != std::string::npos;) {
      at += key.size();
      std::size_t name = lower.find_first_not_of(" \t\r\n", at);
      if (name == std::string::npos || lower[name] != '=') continue;
      name = lower.find_first_not_of(" \t\r\n\"'", name + 1);
      if (name == std::string::npos) break;
      const std::size_t end = lower.find_first_of(" \t\r\n\"'/>;?", name);
      if (end != std::string::npos && end > name) return lower.substr(name, end - name);
    }
  }
  return {};
}

/// In the encoding of that name. As browsers do, Latin 1 is read as the superset that Windows has.
Decoded DecodeAs(std::string_view bytes, std::string name) {
  for (const std::string_view latin : {"iso-8859-1", "iso8859-1", "latin1", "us-ascii", "ascii"}) {
    if (name == latin) name = "windows-1252";
  }
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(
      ucnv_open(name.c_str(), &status), ucnv_close);
  if (U_FAILURE(status) != 0) {
    throw Error(ErrorCode::kUnsupported,
                "it says that it is in '" + name + "', an encoding that is not known");
  }
  Decoded decoded;
  TextBuilder out(bytes.size());
  std::string utf8;
  const char* at = bytes.data();
  const char* const end = at + bytes.size();
  while (at < end) {
    const char* const from = at;
    status = U_ZERO_ERROR;
    const UChar32 c = ucnv_getNextUChar(converter.get(), &at, end, &status);
    if (status == U_INDEX_OUTOFBOUNDS_ERROR) break;  // Only signs that switch the encoding.
    const auto begin = static_cast<std::uint64_t>(from - bytes.data());
    const bool bad = U_FAILURE(status) != 0 || static_cast<std::uint32_t>(c) == kReplacement;
    if (bad) ++decoded.replaced;
    if (!bad && at == from + 1 && c == static_cast<unsigned char>(*from) && c < 0x80) {
      out.Append({from, 1}, begin);
      continue;
    }
    utf8.clear();
    AppendUtf8(utf8, bad ? kReplacement : static_cast<std::uint32_t>(c));
    out.Replace(utf8, {begin, static_cast<std::uint64_t>(at - bytes.data())});
  }
  decoded.plain = std::move(out).Take();
  return decoded;
}

/// UTF-8, or what the text says that it is in where it is no UTF-8.
Decoded DecodeBytes(std::string_view bytes) {
  const std::size_t skip = bytes.substr(0, 3) == "\xEF\xBB\xBF" ? 3 : 0;
  if (skip != 0 || ValidUntil(bytes, skip) == bytes.size()) return DecodeUtf8(bytes, skip);
  const std::string declared = DeclaredEncoding(bytes);
  const bool utf8 = declared.empty() || declared == "utf-8" || declared == "utf8";
  return utf8 ? DecodeUtf8(bytes, skip) : DecodeAs(bytes, declared);
}

/// Old Macintosh line ends become "\n"; offsets stay.
void EndLinesWithNewline(std::string& text) {
  std::size_t at = text.find('\r');
  while (at != std::string::npos) {
    if (at + 1 == text.size() || text[at + 1] != '\n') text[at] = '\n';
    at = text.find('\r', at + 1);
  }
}

void RefuseBinary(const std::string& text) {
  std::size_t controls = 0;
  const std::string_view head = std::string_view(text).substr(0, 4096);
  for (const char c : head) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\v') ++controls;
  }
  if (text.find('\0') == std::string::npos && controls * 10 <= head.size()) return;
  throw Error(ErrorCode::kUnsupported, "this is a binary file, not a text")
      .WithHint("text, Markdown, HTML, PDF and DOCX can be read");
}

}  // namespace

Decoded Decode(std::string_view bytes) {
  Decoded decoded;
  if (bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF") {
    decoded = DecodeUtf16(bytes, bytes[0] == '\xFE');
  } else {
    decoded = DecodeBytes(bytes);
  }
  RefuseBinary(decoded.plain.text);
  EndLinesWithNewline(decoded.plain.text);
  return decoded;
}

bool IsUtf8(std::string_view text) { return ValidUntil(text, 0) == text.size(); }

void AppendUtf8(std::string& out, std::uint32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000)) {
    code_point = kReplacement;
  }
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | code_point >> 6), put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12), put(0x80 | (code_point >> 6 & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | code_point >> 18), put(0x80 | (code_point >> 12 & 0x3F));
    put(0x80 | (code_point >> 6 & 0x3F)), put(0x80 | (code_point & 0x3F));
  }
}

CodePoint CodePointAt(std::string_view text, std::size_t at) {
  const std::uint8_t lead = Byte(text, at);
  if (lead < 0x80) return {lead, 1};
  const std::uint32_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint32_t value = lead & (0x7Fu >> size);
  for (std::size_t i = 1; i < size && at + i < text.size(); ++i) {
    value = value << 6 | (Byte(text, at + i) & 0x3Fu);
  }
  return {value, size};
}

}  // namespace verbale::extract
