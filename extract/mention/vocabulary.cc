#include "extract/mention/vocabulary.h"

namespace verbale::extract {

void Vocabulary::Place(std::uint32_t number) {
  const std::uint64_t hash = words_[number].ends.Hash();
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].number != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {number, static_cast<std::uint32_t>(hash >> 32)};
}

std::uint32_t Vocabulary::Add(std::string_view word) {
  if (const std::uint32_t known = Find(word)) return known;
  const auto number = static_cast<std::uint32_t>(words_.size());
  words_.push_back({kept_.emplace_back(word), EndsOf(word)});
  if (words_.size() * 2 <= slots_.size()) {
    Place(number);
  } else {
    slots_.assign(slots_.size() * 2, {});
    for (std::uint32_t each = 1; each <= number; ++each) Place(each);
  }
  return number;
}

}  // namespace verbale::extract
