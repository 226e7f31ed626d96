#pragma once

#include <string>
#include <string_view>

namespace verbale::extract {

/// A date as people write it in English, in ISO 8601 with the precision that it has: "26 May 2017",
/// "May 26th, 2017", "2017-05-26" → "2017-05-26"; "July 2015" → "2015-07"; "2015" → "2015". Empty
/// for anything else, impossible days included.
std::string IsoDate(std::string_view text);

/// 1 to 12 for a month's name or its first three letters or more ("Sept"); 0 for another word.
int MonthNumber(std::string_view word);
/// Of a month from 1 to 12.
int DaysIn(int year, int month);

}  // namespace verbale::extract
