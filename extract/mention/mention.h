#pragma once

#include <cstdint>
#include <string_view>

namespace verbale::extract {

/// A place in a sentence that names an entity, a date, an amount or a law.
struct Mention {
  enum class Kind : std::uint8_t { kName, kAdjective, kPattern, kDate, kAmount };
  Kind kind = Kind::kName;
  std::uint32_t first = 0, last = 0;  ///< Tokens [first, last).
  bool nested = false;                ///< Its words after the first hold the words of another name.
  // Of the pack, or kept by the FoldedText of the document.
  std::string_view label;          ///< "State"; "date", "amount" for values.
  std::string_view name;           ///< Canonical; of a date its ISO form, of an amount the number.
  std::string_view extra;          ///< Of an amount the currency.
  std::uint32_t entry = kNoEntry;  ///< Index into PackData::names.
  std::string_view of = {};        ///< Name of the entity that it acts or stands for.

  static constexpr std::uint32_t kNoEntry = 0xFFFFFFFF;
};

}  // namespace verbale::extract
