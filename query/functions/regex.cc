// The operator =~, and the only place of the query engine that knows RE2.

#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>

#include <re2/re2.h>

#include "query/functions/errors.h"
#include "query/functions/operators.h"

namespace verbale::query::ops {

/// A pattern. Of those that are plain text, with anything before or behind it, that text tells most
/// subjects without an automaton.
struct RegexPattern {
  RegexPattern(const std::string& text, const re2::RE2::Options& options)
      : compiled(text, options) {
    std::string_view rest = text;
    any_before = rest.starts_with(".*");
    if (any_before) rest.remove_prefix(2);
    any_behind = rest.ends_with(".*");
    if (any_behind) rest.remove_suffix(2);
    is_plain = rest.find_first_of("\\.+*?()|[]{}^$") == std::string_view::npos;
    plain = rest;
  }

  /// Whether the plain text stands where it has to.
  bool HasPlain(std::string_view subject) const {
    if (any_before && any_behind) return IsFoundIn(subject);
    if (any_before) return subject.ends_with(plain);
    return any_behind ? subject.starts_with(plain) : subject == plain;
  }

  /// In a short text each place is looked at, since calls to look for one letter take longer.
  bool IsFoundIn(std::string_view subject) const {
    constexpr std::size_t kShort = 64;
    if (plain.size() < 2 || subject.size() > kShort) {
      return subject.find(plain) != std::string_view::npos;
    }
    std::uint16_t wanted = 0, here = 0;
    std::memcpy(&wanted, plain.data(), sizeof(wanted));
    for (std::size_t i = 0; i + plain.size() <= subject.size(); ++i) {
      std::memcpy(&here, subject.data() + i, sizeof(here));
      if (here == wanted && subject.substr(i).starts_with(plain)) return true;
    }
    return false;
  }

  re2::RE2 compiled;
  bool is_plain = false;
  bool any_before = false;
  bool any_behind = false;
  std::string plain;
};

namespace {

// A statement mostly asks for one pattern again and again; a column of patterns must not fill the
// memory.
constexpr std::size_t kKeptPatterns = 64;

/// Whether a "." fits each character: it fits no end of a line, and no bytes that are no UTF-8.
bool IsOneLineOfAscii(std::string_view text) {
  constexpr std::uint64_t kOnes = 0x0101010101010101, kHigh = 0x8080808080808080;
  std::uint64_t seen =
      0;  // Highest bits of bytes that are no ASCII, and of some behind ends of lines.
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, text.data() + i, 8);
    const std::uint64_t ends = eight ^ (kOnes * '\n');  // A byte of 0 for each end of a line.
    seen |= eight | ((ends - kOnes) & ~ends);
  }
  bool is_plain = (seen & kHigh) == 0;
  for (; i < text.size(); ++i) {
    is_plain &= text[i] != '\n' && static_cast<unsigned char>(text[i]) < 0x80;
  }
  return is_plain;
}

std::shared_ptr<const RegexPattern> Compiled(std::string_view pattern) {
  thread_local std::unordered_map<std::string, std::shared_ptr<const RegexPattern>> kept;
  const std::string key(pattern);
  if (const auto found = kept.find(key); found != kept.end()) return found->second;
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_shared<const RegexPattern>(key, options);
  if (!compiled->compiled.ok()) {
    throw Error(ErrorCode::kInvalidArgument,
                "'" + key + "' is no regular expression: " + compiled->compiled.error())
        .WithTck(ErrorPhase::kRuntime, "SyntaxError", "InvalidRegularExpression");
  }
  if (kept.size() >= kKeptPatterns) kept.clear();
  return kept.emplace(key, std::move(compiled)).first->second;
}

}  // namespace

Regex::Regex(std::string_view pattern) : pattern_(Compiled(pattern)) {}

bool Regex::Matches(std::string_view text) const {
  if (pattern_->is_plain) {
    if (!pattern_->HasPlain(text)) return false;
    if (IsOneLineOfAscii(text)) return true;
  }
  return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern_->compiled);
}

Value RegexMatch(const Value& text, const Value& pattern) {
  if (!text.is_string() || !pattern.is_string()) return Value();
  return Value(Regex(pattern.as_string()).Matches(text.as_string()));
}

}  // namespace verbale::query::ops
