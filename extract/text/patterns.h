#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace verbale::extract {

/// Whether every match of an RE2 pattern must hold a digit, as far as its form tells: a `\d` or
/// `[0-9]` that stands in no alternative and is not optional.
bool NeedsDigit(std::string_view pattern);

/// A few patterns that whole lines are held against. Most lines are turned away by their first
/// byte, and nearly all others by one look at all patterns together.
class LinePatterns {
 public:
  /// With a `group`, every pattern must have a group of that name. Error(kSyntax) names `what` the
  /// patterns are and the one that is wrong.
  LinePatterns(const std::vector<std::string>& patterns, std::string_view what,
               std::string_view group);
  ~LinePatterns();
  LinePatterns(LinePatterns&&) noexcept;

  bool empty() const { return compiled_.empty(); }
  /// Whether a line that begins with this byte may match.
  bool MayBeginWith(char c) const { return first_[static_cast<unsigned char>(c)]; }
  /// Every line that one of them matches has a digit.
  bool NeedDigit() const { return need_digit_; }
  /// Whether one of the patterns matches the whole line; its named group goes to `captured`, which
  /// may be nullptr.
  bool Match(std::string_view line, std::string* captured) const;
  /// The value of any group of the first pattern that matches the whole of `text`.
  std::string Group(std::string_view text, const std::string& name) const;

 private:
  struct Compiled;
  struct Together;

  bool MayMatch(std::string_view line) const;

  std::vector<Compiled> compiled_;
  std::unique_ptr<const Together> together_;  // Where there are several.
  std::array<bool, 256> first_{};             // Bytes with which a matching line can begin.
  bool may_be_empty_ = false;
  bool need_digit_ = true;
};

}  // namespace verbale::extract
