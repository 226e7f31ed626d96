#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "extract/mention/token.h"
#include "extract/rules/pack_data.h"

namespace verbale::extract {

/// Tokens [first, last) that say a date.
struct FoundDate {
  std::uint32_t first = 0, last = 0;
  std::string iso;  ///< "2015-07-14", "2015-07", "2015"; years as "2016-2019".
};

/// Reads dates by the words of the pack's lexicon: names of months (`month`), of days of the week
/// (`weekday`), of times of a year (`part_of_year`). Of several days on end the first counts.
class DateFinder {
 public:
  DateFinder(const PackData& pack, Vocabulary& vocabulary);

  /// The date whose first number or month is token `i`, with what stands before it and belongs to
  /// it: "on Tuesday, the 5th of May 2015", "at the end of 2015".
  std::optional<FoundDate> At(const std::vector<Token>& tokens, std::uint32_t i) const;

 private:
  enum class Before : std::uint8_t {
    kNothing,
    kWeekday,  ///< "Tuesday, 5 May 2015"
    kPart,     ///< "late May 2015", "the end of 2015"
  };
  struct Reading;

  std::uint32_t FirstOf(const std::vector<Token>& tokens, std::uint32_t i) const;

  PerWord<int> months_;
  PerWord<Before> before_;
};

}  // namespace verbale::extract
