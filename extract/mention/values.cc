#include "extract/mention/values.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <re2/re2.h>

#include "extract/mention/gated_patterns.h"
#include "extract/text/patterns.h"
#include "graph/ascii.h"
#include "graph/error.h"

namespace verbale::extract {
namespace {

/// Words of a currency: "New Zealand dollars".
constexpr std::uint32_t kLongestUnit = 3;

/// ISO 4217 for a currency that is none of its own.
constexpr std::string_view kUnknownCurrency = "XXX";

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
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
  const std::string_view view = token.folded;
  const std::size_t first = view.find('.');
  const std::size_t second = view.find('.', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return {};
  const auto day = view.substr(0, first), month = view.substr(first + 1, second - first - 1),
             year = view.substr(second + 1);
  if (!AllDigits(day) || !AllDigits(month) || !AllDigits(year) || year.size() != 4) return {};
  if (ToInt(day) < 1 || ToInt(day) > 31 || ToInt(month) < 1 || ToInt(month) > 12) return {};
  return fmt::format("{}-{:02}-{:02}", year, ToInt(month), ToInt(day));
}

}  // namespace

struct ValueFinder::Impl {
  PerWord<int> months;
  std::map<std::string, std::string, std::less<>> currencies;
  PerWord<double> scales;
  struct Pattern {
    const PatternEntity* entity = nullptr;
    bool needs_digit = false;
  };
  std::vector<Pattern> patterns;  ///< As `regexes` numbers them.
  GatedPatterns regexes;

  int Month(const Token& token) const { return token.capital ? months(token.word) : 0; }

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
      const std::string first(at(0)->folded), second(at(1)->folded);
      const std::string last = year(1) ? second : first.substr(0, 2) + second;
      if (last > first) return std::pair(2u, first + "-" + last);
    }
    if (year(0)) return std::pair(1u, std::string(at(0)->folded));
    if (const std::string dotted = DottedDate(tokens[i]); !dotted.empty()) {
      return std::pair(1u, dotted);
    }
    return std::nullopt;
  }

  /// "francs", "New Zealand dollars": where it ends, and the currency; empty where it is none.
  std::pair<std::uint32_t, std::string_view> UnitAt(const std::vector<Token>& tokens,
                                                    std::uint32_t at) const {
    std::string unit;
    for (std::uint32_t k = at; k < tokens.size() && k < at + kLongestUnit; ++k) {
      unit += (unit.empty() ? "" : " ") + std::string(tokens[k].folded);
      auto known = currencies.find(unit);
      const bool of_country = known == currencies.end() && k > at &&
                              std::all_of(tokens.begin() + at, tokens.begin() + k,
                                          [](const Token& token) { return token.capital; });
      // "Kenya shillings", "Namibian dollars": some country's.
      if (of_country && tokens[k].kind == TokenKind::kWord &&
          currencies.contains(std::string(tokens[k].folded))) {
        return {k + 1, kUnknownCurrency};
      }
      if (known == currencies.end()) continue;
      // "in 2015 $5 million": the sign is the next number's.
      const bool of_next = tokens[k].kind != TokenKind::kWord && k + 1 < tokens.size() &&
                           tokens[k + 1].kind == TokenKind::kNumber;
      if (!of_next) return {k + 1, known->second};
    }
    return {at, {}};
  }

  /// "$11 million", "US$ 2.5 billion", "10 million euros".
  std::optional<Mention> AmountAt(const std::vector<Token>& tokens, std::uint32_t i,
                                  FoldedText& keeper) const {
    std::uint32_t at = i;
    while (at < tokens.size() && at < i + 2 && tokens[at].kind != TokenKind::kNumber) ++at;
    if (at >= tokens.size() || tokens[at].kind != TokenKind::kNumber) return std::nullopt;
    std::string_view currency;
    if (at > i) {
      std::string sign;
      for (std::uint32_t k = i; k < at; ++k) sign += tokens[k].folded;
      const auto known = currencies.find(sign);
      if (known == currencies.end()) return std::nullopt;
      currency = known->second;
    }
    std::string digits(tokens[at++].folded);
    digits.erase(std::remove(digits.begin(), digits.end(), ','), digits.end());
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    if (at < tokens.size()) {
      if (const double scale = scales(tokens[at].word); scale != 0) {
        value *= scale;
        ++at;
      }
    }
    if (currency.empty()) {
      const auto [behind, unit] = UnitAt(tokens, at);
      if (unit.empty()) return std::nullopt;
      at = behind;
      currency = unit;
    }
    return Mention{Mention::Kind::kAmount,
                   i,
                   at,
                   false,
                   "amount",
                   keeper.Keep(fmt::format("{}", value)),
                   currency,
                   Mention::kNoEntry};
  }

  void FindPatterns(std::string_view text, const std::vector<Token>& tokens, bool digits,
                    FoldedText& keeper, std::vector<Mention>& mentions) const;
  void FindPattern(std::uint32_t number, std::string_view text, const std::vector<Token>& tokens,
                   FoldedText& keeper, std::vector<Mention>& mentions) const;
  void FindNumbers(const std::vector<Token>& tokens, FoldedText& keeper,
                   std::vector<Mention>& mentions) const;
};

ValueFinder::ValueFinder(const PackData& pack, Vocabulary& vocabulary) {
  auto impl = std::make_unique<Impl>();
  const auto words = [&](const char* name) {
    const auto at = pack.lexicon.words.find(name);
    return at == pack.lexicon.words.end() ? std::vector<std::string>() : at->second;
  };
  int number = 0;
  for (const std::string& month : words("month")) {
    impl->months[vocabulary.Add(month)] = number++ % 12 + 1;
  }
  for (const std::string& line : words("currency")) {
    const std::size_t equals = line.find('=');
    if (equals != std::string::npos) {
      impl->currencies[line.substr(0, equals)] = line.substr(equals + 1);
    }
  }
  for (const std::string& line : words("scale")) {
    const std::size_t equals = line.find('=');
    if (equals == std::string::npos) continue;
    impl->scales[vocabulary.Add(line.substr(0, equals))] =
        ToInt(std::string_view(line).substr(equals + 1));
  }
  for (const PatternEntity& entity : pack.pattern_entities) {
    try {
      impl->regexes.Add(entity.pattern);
    } catch (const Error& error) {
      throw Error(ErrorCode::kSyntax, "pattern of entity '" + entity.label + "': " + error.what() +
                                          ": " + entity.pattern);
    }
    impl->patterns.push_back({&entity, NeedsDigit(entity.pattern)});
  }
  impl->regexes.Build(vocabulary, pack.lexicon);
  impl_ = std::move(impl);
}

ValueFinder::~ValueFinder() = default;

void ValueFinder::Impl::FindPatterns(std::string_view text, const std::vector<Token>& tokens,
                                     bool digits, FoldedText& keeper,
                                     std::vector<Mention>& mentions) const {
  std::vector<std::uint32_t> possible;
  regexes.Possible(tokens, possible);
  for (const std::uint32_t number : possible) {
    if (digits || !patterns[number].needs_digit) {
      FindPattern(number, text, tokens, keeper, mentions);
    }
  }
}

void ValueFinder::Impl::FindPattern(std::uint32_t number, std::string_view text,
                                    const std::vector<Token>& tokens, FoldedText& keeper,
                                    std::vector<Mention>& mentions) const {
  if (tokens.empty()) return;
  const RE2& regex = regexes.At(number);
  const PatternEntity& entity = *patterns[number].entity;
  const std::uint32_t base = tokens.front().begin;
  const re2::StringPiece sentence(text.data() + base, tokens.back().end - base);
  std::size_t from = 0;
  re2::StringPiece groups[3];
  const int count = std::min(3, 1 + regex.NumberOfCapturingGroups());
  while (from < sentence.size() &&
         regex.Match(sentence, from, sentence.size(), RE2::UNANCHORED, groups, count)) {
    const auto begin = static_cast<std::uint32_t>(groups[0].data() - text.data());
    const auto end = static_cast<std::uint32_t>(begin + groups[0].size());
    from = end - base + 1;
    std::uint32_t first = 0;
    while (first < tokens.size() && tokens[first].end <= begin) ++first;
    std::uint32_t last = first;
    while (last < tokens.size() && tokens[last].begin < end) ++last;
    std::string name;
    if (first == last || !regex.Rewrite(&name, entity.name, groups, count)) continue;
    std::erase_if(mentions,
                  [&](const Mention& other) { return other.first >= first && other.last <= last; });
    const bool crosses = std::any_of(mentions.begin(), mentions.end(), [&](const Mention& other) {
      return other.first < last && first < other.last;
    });
    if (crosses) continue;
    mentions.push_back({Mention::Kind::kPattern, first, last, false, entity.label,
                        keeper.Keep(std::move(name)), "", Mention::kNoEntry});
  }
}

/// Dates and amounts of money outside `mentions`.
void ValueFinder::Impl::FindNumbers(const std::vector<Token>& tokens, FoldedText& keeper,
                                    std::vector<Mention>& mentions) const {
  std::vector<bool> taken(tokens.size(), false);
  for (const Mention& mention : mentions) {
    std::fill(taken.begin() + mention.first, taken.begin() + mention.last, true);
  }
  const auto free = [&](std::uint32_t first, std::uint32_t last) {
    return std::find(taken.begin() + first, taken.begin() + last, true) == taken.begin() + last;
  };
  const auto cut = [&](std::uint32_t end) {
    return std::any_of(mentions.begin(), mentions.end(), [&](const Mention& mention) {
      return mention.first < end && end < mention.last;
    });
  };
  // A date or an amount has its first figure among its first three tokens.
  const auto near_figure = [&](std::uint32_t i) {
    const std::size_t end = std::min<std::size_t>(i + 3, tokens.size());
    for (; i < end; ++i) {
      if (tokens[i].digits) return true;
    }
    return false;
  };
  for (std::uint32_t i = 0; i < tokens.size(); ++i) {
    if (!near_figure(i)) continue;
    // "US$ 10,000": no State.
    const bool sign = i + 1 < tokens.size() && tokens[i + 1].kind == TokenKind::kMark &&
                      tokens[i].kind == TokenKind::kWord;
    if (taken[i] && !sign) continue;
    if (const auto amount = AmountAt(tokens, i, keeper); amount && !cut(amount->last)) {
      // The country of a currency is not spoken of.
      std::erase_if(mentions, [&](const Mention& other) {
        return other.first >= i && other.last <= amount->last;
      });
      mentions.push_back(*amount);
      i = amount->last - 1;
      continue;
    }
    if (taken[i]) continue;
    const auto date = DateAt(tokens, i);
    if (!date || !free(i, i + date->first)) continue;
    mentions.push_back({Mention::Kind::kDate, i, i + date->first, false, "date",
                        keeper.Keep(date->second), "", Mention::kNoEntry});
    i += date->first - 1;
  }
}

void ValueFinder::Find(std::string_view text, const std::vector<Token>& tokens, FoldedText& keeper,
                       std::vector<Mention>& mentions) const {
  const bool digits =
      std::any_of(tokens.begin(), tokens.end(), [](const Token& token) { return token.digits; });
  impl_->FindPatterns(text, tokens, digits, keeper, mentions);
  // Every date and every amount has a figure.
  if (digits) impl_->FindNumbers(tokens, keeper, mentions);
  std::sort(mentions.begin(), mentions.end(),
            [](const Mention& a, const Mention& b) { return a.first < b.first; });
}

}  // namespace verbale::extract
