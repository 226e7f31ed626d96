#include "extract/text/pieces.h"

#include <deque>

namespace verbale::extract {

void Pieces::Add(std::string_view piece, int id) {
  std::uint32_t state = 0;
  for (const char c : piece) {
    const std::size_t letter = LetterOf(c);
    std::uint32_t next = next_[state][letter];
    if (next == 0) next_[state][letter] = next = AddState();
    state = next;
  }
  ids_[state].push_back(id);
}

void Pieces::Build() {
  std::vector<std::uint32_t> fail(next_.size(), 0);
  std::deque<std::uint32_t> open = {0};
  while (!open.empty()) {
    const std::uint32_t state = open.front();
    open.pop_front();
    // A state's failure is shorter than the state, hence complete.
    const std::vector<int>& shorter = ids_[fail[state]];
    if (state != 0) ids_[state].insert(ids_[state].end(), shorter.begin(), shorter.end());
    for (std::size_t letter = 0; letter < kLetters; ++letter) {
      const std::uint32_t otherwise = state == 0 ? 0 : next_[fail[state]][letter];
      std::uint32_t& next = next_[state][letter];
      if (next == 0) {
        next = otherwise;
        continue;
      }
      fail[next] = otherwise;
      open.push_back(next);
    }
  }
}

}  // namespace verbale::extract
