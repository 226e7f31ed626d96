#include "extract/mention/vocabulary.h"

namespace verbale::extract {

void Vocabulary::Place(std::uint32_t number) {
  const Ends ends = EndsOf(words_[number]);
  std::size_t at = ends.Hash() & (slots_.size() - 1);
  while (slots_[at].number != 0) at = (at + 1) & (slots_.size() - 1);
  slots_[at] = {ends, number};
}

std::uint32_t Vocabulary::Add(std::string_view word) {
  if (const std::uint32_t known = Find(word)) return known;
  const auto number = static_cast<std::uint32_t>(words_.size());
  words_.push_back(kept_.emplace_back(word));
  if (words_.size() * 2 <= slots_.size()) {
    Place(number);
  } else {
    slots_.assign(slots_.size() * 2, {});
    for (std::uint32_t each = 1; each <= number; ++each) Place(each);
  }
  return number;
}

}  // namespace verbale::extract
