#include "extract/tools/naming.h"

#include <algorithm>

#include "graph/ascii.h"

namespace verbale::extract {
namespace {

/// White space folded, typographic marks made plain, lower-case.
std::string Plain(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name.compare(i, 3, "’") == 0 || name.compare(i, 3, "–") == 0) {
      out.push_back(name.compare(i, 3, "’") == 0 ? '\'' : '-');
      i += 2;
    } else if (IsSpace(name[i])) {
      if (!out.empty() && out.back() != ' ') out.push_back(' ');
    } else {
      out.push_back(ToLower(name[i]));
    }
  }
  out = std::string(Trim(out));
  for (const std::string_view article : {"the ", "a ", "an "}) {
    if (out.rfind(article, 0) == 0) return out.substr(article.size());
  }
  return out;
}

}  // namespace

const std::string& Naming::Norm(std::string_view name) const {
  const auto at = known_.find(name);
  if (at != known_.end()) return at->second;
  std::string plain = Plain(name);
  const auto entities = pack_.FindEntities(plain, "");
  if (!entities.empty()) plain = Plain(entities.front().name);
  return known_.emplace(std::string(name), std::move(plain)).first->second;
}

std::set<std::string> Naming::ContentWords(std::string_view name) const {
  static constexpr std::string_view kEmpty[] = {"a",   "an", "and", "at",  "by",
                                                "for", "in", "its", "new", "national",
                                                "of",  "on", "the", "to",  "with"};
  std::set<std::string> words;
  std::string word;
  const auto finish = [&] {
    while (!word.empty() && word.back() == 's') word.pop_back();
    if (!word.empty() &&
        std::find(std::begin(kEmpty), std::end(kEmpty), word) == std::end(kEmpty)) {
      words.insert(word);
    }
    word.clear();
  };
  for (const char c : Norm(name)) {
    if (IsAlnum(c)) {
      word.push_back(c);
    } else {
      finish();
    }
  }
  finish();
  return words;
}

bool Naming::Alike(std::string_view a, std::string_view b) const {
  const auto left = ContentWords(a), right = ContentWords(b);
  if (left.empty() || right.empty()) return false;
  const auto shared = static_cast<std::size_t>(std::count_if(
      left.begin(), left.end(), [&](const std::string& word) { return right.count(word) > 0; }));
  return shared * 4 >= std::min(left.size(), right.size()) * 3 &&
         shared * 5 >= std::max(left.size(), right.size()) * 2;
}

}  // namespace verbale::extract
