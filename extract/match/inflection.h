#pragma once

#include <string>
#include <vector>

namespace verbale::extract {

/// Lemma, third person, past, participle and -ing form of a verb as a lexicon gives it: all five,
/// or the lemma alone of a regular one.
std::vector<std::string> FormsOf(const std::vector<std::string>& verb);

}  // namespace verbale::extract
