#include "query/functions/registry.h"
#include "query/parse/keywords.h"
#include "query/query.h"

namespace verbale::query {

const std::vector<std::string>& Keywords() {
  static const std::vector<std::string> kWords = [] {
    std::vector<std::string> words;
    for (const KeywordInfo& keyword : kKeywords) words.emplace_back(keyword.text);
    return words;
  }();
  return kWords;
}

const std::vector<std::string>& FunctionNames() {
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (const Function* function : AllFunctions()) names.emplace_back(function->name);
    for (const AggregateFunction& function : AllAggregates()) names.emplace_back(function.name);
    std::sort(names.begin(), names.end());
    return names;
  }();
  return kNames;
}

}  // namespace verbale::query
