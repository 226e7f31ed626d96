#include "extract/mention/values.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <re2/re2.h>

#include "extract/mention/date_finder.h"
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

/// The three figures between two separators of thousands.
constexpr std::size_t kThousands = 3;

/// Whether the figures of `text` behind its first `sign` are parted into thousands by it:
/// "1.234.567".
bool PartsThousands(std::string_view text, char sign) {
  std::size_t at = text.find(sign);
  if (at == std::string_view::npos || at == 0 || at > kThousands || text[0] == '0') return false;
  while (at != std::string_view::npos) {
    const std::size_t next = text.find(sign, at + 1);
    if (std::min(next, text.size()) - at - 1 != kThousands) return false;
    at = next;
  }
  return true;
}

/// The figures with a decimal point and nothing else: "1,234.5", "1.234,5" and "1234,5" are 1234.5.
/// What could be either is read by what stands behind: "250.000" is a quarter of a million, as
/// nobody writes an amount to a thousandth of its unit, but "1.234 billion" (`scaled`) is not.
std::string PlainFigures(std::string_view text, bool scaled) {
  const std::size_t comma = text.rfind(','), point = text.rfind('.');
  const bool has_comma = comma != std::string_view::npos,
             has_point = point != std::string_view::npos;
  char decimal = '.';
  if (has_comma && has_point) {
    decimal = comma > point ? ',' : '.';
  } else if (has_comma) {
    decimal = PartsThousands(text, ',') ? '.' : ',';
  } else if (has_point && PartsThousands(text, '.')) {
    decimal = scaled && text.find('.') == point ? '.' : ',';
  }
  std::string plain;
  for (const char c : text) {
    if (IsDigit(c)) plain += c;
    if (c == decimal) plain += '.';
  }
  return plain;
}

/// A thousand is three.
int Zeros(std::string_view number) {
  return static_cast<int>(std::count(number.begin(), number.end(), '0'));
}

/// A member of a series without what joins it: ", and No. 5" is "No. 5".
std::string_view MemberOf(std::string_view joined) {
  joined.remove_prefix(joined.find_first_not_of(", "));
  constexpr std::string_view kAnd = "and ";
  if (joined.starts_with(kAnd)) joined.remove_prefix(kAnd.size());
  return joined;
}

/// What may follow a thing of `entity`, with what joins it.
std::unique_ptr<const RE2> SeriesOf(const PatternEntity& entity) {
  if (entity.series.empty()) return nullptr;
  auto series = std::make_unique<const RE2>("(?:,? and |, )" + entity.series, RE2::Quiet);
  if (series->ok() && series->NumberOfCapturingGroups() > 0) return series;
  throw Error(ErrorCode::kSyntax,
              "series of entity '" + entity.label + "': no pattern with a group: " + entity.series);
}

}  // namespace

struct ValueFinder::Impl {
  Impl(const PackData& pack, Vocabulary& vocabulary) : dates(pack, vocabulary) {}

  DateFinder dates;
  std::map<std::string, std::string, std::less<>> currencies;
  std::map<std::string, int, std::less<>> scales;  ///< Zeros: 6 for "million".
  struct Pattern {
    const PatternEntity* entity = nullptr;
    bool needs_digit = false;
    std::unique_ptr<const RE2> series;  ///< A further member, behind what joins it; or none.
  };
  std::vector<Pattern> patterns;  ///< As `regexes` numbers them.
  GatedPatterns regexes;

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

  /// "2.5 billion", "8.2m", "300 000": the number at `at`, which goes behind it.
  std::optional<double> NumberAt(const std::vector<Token>& tokens, std::uint32_t& at) const {
    const std::string_view all = tokens[at++].folded;
    const std::size_t size = std::min(all.find_first_not_of("0123456789.,"), all.size());
    std::string figures(all.substr(0, size));
    int zeros = 0;
    if (size < all.size()) {
      zeros = ZerosOf(all.substr(size));
      if (zeros == 0) return std::nullopt;
    } else {
      AddThousands(tokens, at, figures);
      if (at < tokens.size()) zeros = ZerosOf(tokens[at].folded);
      if (zeros != 0) ++at;
    }
    // Read as one number, since 8.2 times a million is not quite 8.2 million.
    figures = fmt::format("{}e{}", PlainFigures(figures, zeros != 0), zeros);
    double value = 0;
    const auto [end, error] =
        std::from_chars(figures.data(), figures.data() + figures.size(), value);
    if (error != std::errc() || end != figures.data() + figures.size()) return std::nullopt;
    return value;
  }
  /// "300 000": blanks part the thousands.
  static void AddThousands(const std::vector<Token>& tokens, std::uint32_t& at,
                           std::string& figures) {
    if (figures.size() > kThousands || !AllDigits(figures)) return;
    while (at < tokens.size() && tokens[at].kind == TokenKind::kNumber && !tokens[at].joined &&
           tokens[at].folded.size() == kThousands && AllDigits(tokens[at].folded)) {
      figures += tokens[at++].folded;
    }
  }
  int ZerosOf(std::string_view scale) const {
    const auto known = scales.find(scale);
    return known == scales.end() ? 0 : known->second;
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
    const std::optional<double> value = NumberAt(tokens, at);
    if (!value) return std::nullopt;
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
                   keeper.Keep(fmt::format("{}", *value)),
                   currency,
                   Mention::kNoEntry};
  }

  void FindPatterns(std::string_view text, const std::vector<Token>& tokens, bool digits,
                    FoldedText& keeper, std::vector<Mention>& mentions) const;
  void FindPattern(std::uint32_t number, std::string_view text, const std::vector<Token>& tokens,
                   FoldedText& keeper, std::vector<Mention>& mentions) const;
  void AddPatternMention(std::uint32_t number, const std::vector<Token>& tokens,
                         std::uint32_t begin, std::uint32_t end, const re2::StringPiece* groups,
                         int count, FoldedText& keeper, std::vector<Mention>& mentions) const;
  void FindNumbers(const std::vector<Token>& tokens, FoldedText& keeper,
                   std::vector<Mention>& mentions) const;
};

ValueFinder::ValueFinder(const PackData& pack, Vocabulary& vocabulary) {
  auto impl = std::make_unique<Impl>(pack, vocabulary);
  const auto words = [&](const char* name) {
    const auto at = pack.lexicon.words.find(name);
    return at == pack.lexicon.words.end() ? std::vector<std::string>() : at->second;
  };
  for (const std::string& line : words("currency")) {
    const std::size_t equals = line.find('=');
    if (equals != std::string::npos) {
      impl->currencies[line.substr(0, equals)] = line.substr(equals + 1);
    }
  }
  for (const std::string& line : words("scale")) {
    const std::size_t equals = line.find('=');
    if (equals != std::string::npos) {
      impl->scales[line.substr(0, equals)] = Zeros(std::string_view(line).substr(equals + 1));
    }
  }
  for (const PatternEntity& entity : pack.pattern_entities) {
    try {
      impl->regexes.Add(entity.pattern);
    } catch (const Error& error) {
      throw Error(ErrorCode::kSyntax, "pattern of entity '" + entity.label + "': " + error.what() +
                                          ": " + entity.pattern);
    }
    impl->patterns.push_back({&entity, NeedsDigit(entity.pattern), SeriesOf(entity)});
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
    AddPatternMention(number, tokens, begin, end, groups, count, keeper, mentions);
    if (patterns[number].series == nullptr) continue;
    // "resolutions 5 and 6", "Conventions Nos. 29, 87 and 98"
    re2::StringPiece rest(text.data() + end,
                          sentence.data() + sentence.size() - (text.data() + end));
    const RE2& series = *patterns[number].series;
    const int size = std::min(3, 1 + series.NumberOfCapturingGroups());
    while (series.Match(rest, 0, rest.size(), RE2::ANCHOR_START, groups, size)) {
      const auto close =
          static_cast<std::uint32_t>(groups[0].data() - text.data() + groups[0].size());
      const auto own =
          static_cast<std::uint32_t>(close - MemberOf({groups[0].data(), groups[0].size()}).size());
      AddPatternMention(number, tokens, own, close, groups, size, keeper, mentions);
      rest.remove_prefix(groups[0].size());
    }
  }
}

void ValueFinder::Impl::AddPatternMention(std::uint32_t number, const std::vector<Token>& tokens,
                                          std::uint32_t begin, std::uint32_t end,
                                          const re2::StringPiece* groups, int count,
                                          FoldedText& keeper,
                                          std::vector<Mention>& mentions) const {
  const PatternEntity& entity = *patterns[number].entity;
  std::uint32_t first = 0;
  while (first < tokens.size() && tokens[first].end <= begin) ++first;
  std::uint32_t last = first;
  while (last < tokens.size() && tokens[last].begin < end) ++last;
  std::string name;
  if (first == last || !regexes.At(number).Rewrite(&name, entity.name, groups, count)) return;
  std::erase_if(mentions,
                [&](const Mention& other) { return other.first >= first && other.last <= last; });
  const bool crosses = std::any_of(mentions.begin(), mentions.end(), [&](const Mention& other) {
    return other.first < last && first < other.last;
  });
  if (crosses) return;
  mentions.push_back({Mention::Kind::kPattern, first, last, false, entity.label,
                      keeper.Keep(std::move(name)), "", Mention::kNoEntry});
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
    auto date = dates.At(tokens, i);
    if (!date || !free(date->first, date->last)) continue;
    mentions.push_back({Mention::Kind::kDate, date->first, date->last, false, "date",
                        keeper.Keep(std::move(date->iso)), "", Mention::kNoEntry});
    i = date->last - 1;
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
