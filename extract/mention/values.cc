#include "extract/mention/values.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>
#include <re2/re2.h>

#include "graph/error.h"

namespace verbale::extract {
namespace {

bool AllDigits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int ToInt(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// "5", "5th", "1st" → 5; 0 for what is no day of a month.
int DayOf(const Token& token) {
  std::string_view text = token.folded;
  if (token.kind != TokenKind::kNumber) return 0;
  for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
    if (text.size() > 2 && text.substr(text.size() - 2) == ending) {
      text.remove_suffix(2);
      break;
    }
  }
  if (text.size() > 2 || !AllDigits(text)) return 0;
  const int day = ToInt(text);
  return day >= 1 && day <= 31 ? day : 0;
}

int YearOf(const Token& token) {
  if (token.kind != TokenKind::kNumber || token.folded.size() != 4 || !AllDigits(token.folded)) {
    return 0;
  }
  const int year = ToInt(token.folded);
  return year >= 1800 && year <= 2199 ? year : 0;
}

/// "23.11.2001" → 2001-11-23.
std::string DottedDate(const Token& token) {
  const std::string& text = token.folded;
  const std::size_t first = text.find('.');
  const std::size_t second = text.find('.', first + 1);
  if (first == std::string::npos || second == std::string::npos) return {};
  const std::string_view view = text;
  const auto day = view.substr(0, first), month = view.substr(first + 1, second - first - 1),
             year = view.substr(second + 1);
  if (!AllDigits(day) || !AllDigits(month) || !AllDigits(year) || year.size() != 4) return {};
  if (ToInt(day) < 1 || ToInt(day) > 31 || ToInt(month) < 1 || ToInt(month) > 12) return {};
  return fmt::format("{}-{:02}-{:02}", year, ToInt(month), ToInt(day));
}

}  // namespace

struct ValueFinder::Impl {
  std::unordered_map<std::string, int> months;
  std::unordered_map<std::string, std::string> currencies;
  std::unordered_map<std::string, double> scales;
  struct Pattern {
    const PatternEntity* entity = nullptr;
    std::unique_ptr<RE2> regex;
  };
  std::vector<Pattern> patterns;

  int Month(const Token& token) const {
    const auto at = months.find(token.folded);
    return at == months.end() || !token.capital ? 0 : at->second;
  }

  /// Tokens of the date that begins at `i`, and its ISO form.
  std::optional<std::pair<std::uint32_t, std::string>> DateAt(const std::vector<Token>& tokens,
                                                              std::uint32_t i) const {
    const auto at = [&](std::uint32_t k) {
      return i + k < tokens.size() ? &tokens[i + k] : nullptr;
    };
    const auto month = [&](std::uint32_t k) { return at(k) ? Month(*at(k)) : 0; };
    const auto year = [&](std::uint32_t k) { return at(k) ? YearOf(*at(k)) : 0; };
    const auto day = [&](std::uint32_t k) { return at(k) ? DayOf(*at(k)) : 0; };
    if (day(0) && month(1) && year(2)) {
      return std::pair(3u, fmt::format("{:04}-{:02}-{:02}", year(2), month(1), day(0)));
    }
    // "15 and 16 November 2015", "15-16 November 2015": the first day.
    if (day(0) && at(1) && at(1)->folded == "and" && day(2) && month(3) && year(4)) {
      return std::pair(5u, fmt::format("{:04}-{:02}-{:02}", year(4), month(3), day(0)));
    }
    if (day(0) && at(1) && at(1)->joined && day(1) && month(2) && year(3)) {
      return std::pair(4u, fmt::format("{:04}-{:02}-{:02}", year(3), month(2), day(0)));
    }
    if (month(0) && year(1)) return std::pair(2u, fmt::format("{:04}-{:02}", year(1), month(0)));
    const std::uint32_t comma = at(2) && at(2)->folded == "," ? 3 : 2;
    if (month(0) && day(1) && year(comma)) {
      return std::pair(comma + 1, fmt::format("{:04}-{:02}-{:02}", year(comma), month(0), day(1)));
    }
    if (month(0) && day(1) && at(2) && at(2)->folded == "th" && year(3)) {
      return std::pair(4u, fmt::format("{:04}-{:02}-{:02}", year(3), month(0), day(1)));
    }
    if (year(0) && at(1) && at(1)->joined && (year(1) || day(1))) {
      const std::string last = year(1) ? at(1)->folded : at(0)->folded.substr(0, 2) + at(1)->folded;
      if (last > at(0)->folded) return std::pair(2u, at(0)->folded + "-" + last);
    }
    if (year(0)) return std::pair(1u, at(0)->folded);
    if (const std::string dotted = DottedDate(tokens[i]); !dotted.empty()) {
      return std::pair(1u, dotted);
    }
    return std::nullopt;
  }

  /// "$11 million", "US$ 2.5 billion", "10 million euros".
  std::optional<Mention> AmountAt(const std::vector<Token>& tokens, std::uint32_t i) const {
    std::uint32_t at = i;
    std::string sign, currency;
    while (at < tokens.size() && at < i + 2 && tokens[at].kind != TokenKind::kNumber) {
      sign += tokens[at++].folded;
    }
    if (at >= tokens.size() || tokens[at].kind != TokenKind::kNumber) return std::nullopt;
    if (!sign.empty()) {
      const auto known = currencies.find(sign);
      if (known == currencies.end()) return std::nullopt;
      currency = known->second;
    }
    std::string digits = tokens[at++].folded;
    digits.erase(std::remove(digits.begin(), digits.end(), ','), digits.end());
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    if (at < tokens.size()) {
      if (const auto scale = scales.find(tokens[at].folded); scale != scales.end()) {
        value *= scale->second;
        ++at;
      }
    }
    if (currency.empty() && at < tokens.size()) {
      const auto known = currencies.find(tokens[at].folded);
      if (known == currencies.end()) return std::nullopt;
      currency = known->second;
      ++at;
    }
    if (currency.empty()) return std::nullopt;
    Mention mention{Mention::Kind::kAmount, i, at, "amount", fmt::format("{}", value), currency};
    return mention;
  }

  void FindPatterns(std::string_view text, const std::vector<Token>& tokens,
                    std::vector<Mention>& mentions) const;
};

ValueFinder::ValueFinder(const PackData& pack) {
  auto impl = std::make_unique<Impl>();
  const auto words = [&](const char* name) {
    const auto at = pack.lexicon.words.find(name);
    return at == pack.lexicon.words.end() ? std::vector<std::string>() : at->second;
  };
  int number = 0;
  for (const std::string& month : words("month")) impl->months[month] = number++ % 12 + 1;
  for (const std::string& line : words("currency")) {
    const std::size_t equals = line.find('=');
    if (equals != std::string::npos) {
      impl->currencies[line.substr(0, equals)] = line.substr(equals + 1);
    }
  }
  for (const std::string& line : words("scale")) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    impl->scales[line.substr(0, equals)] = ToInt(std::string_view(line).substr(equals + 1));
  }
  for (const PatternEntity& entity : pack.pattern_entities) {
    RE2::Options options;
    options.set_log_errors(false);
    auto regex = std::make_unique<RE2>(entity.pattern, options);
    if (!regex->ok()) {
      throw Error(ErrorCode::kSyntax, "pattern of entity '" + entity.label +
                                          "': " + regex->error() + ": " + entity.pattern);
    }
    impl->patterns.push_back({&entity, std::move(regex)});
  }
  impl_ = std::move(impl);
}

ValueFinder::~ValueFinder() = default;

void ValueFinder::Impl::FindPatterns(std::string_view text, const std::vector<Token>& tokens,
                                     std::vector<Mention>& mentions) const {
  if (tokens.empty()) return;
  const std::uint32_t base = tokens.front().begin;
  const re2::StringPiece sentence(text.data() + base, tokens.back().end - base);
  for (const Pattern& pattern : patterns) {
    std::size_t from = 0;
    re2::StringPiece groups[3];
    const int count = std::min(3, 1 + pattern.regex->NumberOfCapturingGroups());
    while (from < sentence.size() &&
           pattern.regex->Match(sentence, from, sentence.size(), RE2::UNANCHORED, groups, count)) {
      const auto begin = static_cast<std::uint32_t>(groups[0].data() - text.data());
      const auto end = static_cast<std::uint32_t>(begin + groups[0].size());
      from = end - base + 1;
      std::uint32_t first = 0;
      while (first < tokens.size() && tokens[first].end <= begin) ++first;
      std::uint32_t last = first;
      while (last < tokens.size() && tokens[last].begin < end) ++last;
      std::string name;
      if (first == last || !pattern.regex->Rewrite(&name, pattern.entity->name, groups, count)) {
        continue;
      }
      mentions.erase(std::remove_if(mentions.begin(), mentions.end(),
                                    [&](const Mention& other) {
                                      return other.first >= first && other.last <= last;
                                    }),
                     mentions.end());
      const bool crosses = std::any_of(mentions.begin(), mentions.end(), [&](const Mention& other) {
        return other.first < last && first < other.last;
      });
      if (crosses) continue;
      mentions.push_back({Mention::Kind::kPattern, first, last, pattern.entity->label, name, ""});
    }
  }
}

void ValueFinder::Find(std::string_view text, const std::vector<Token>& tokens,
                       std::vector<Mention>& mentions) const {
  impl_->FindPatterns(text, tokens, mentions);
  std::vector<bool> taken(tokens.size(), false);
  for (const Mention& mention : mentions) {
    std::fill(taken.begin() + mention.first, taken.begin() + mention.last, true);
  }
  const auto free = [&](std::uint32_t first, std::uint32_t last) {
    return std::find(taken.begin() + first, taken.begin() + last, true) == taken.begin() + last;
  };
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (taken[i]) continue;
    if (const auto amount = impl_->AmountAt(tokens, i); amount && free(i, amount->last)) {
      mentions.push_back(*amount);
      i = amount->last - 1;
      continue;
    }
    const auto date = impl_->DateAt(tokens, i);
    if (!date || !free(i, i + date->first)) continue;
    mentions.push_back({Mention::Kind::kDate, i, i + date->first, "date", date->second, ""});
    i += date->first - 1;
  }
  std::sort(mentions.begin(), mentions.end(),
            [](const Mention& a, const Mention& b) { return a.first < b.first; });
}

}  // namespace verbale::extract
