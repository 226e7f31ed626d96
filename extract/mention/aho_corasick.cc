#include "extract/mention/aho_corasick.h"

#include <algorithm>

namespace verbale::extract {
namespace {

std::uint64_t EdgeKey(std::uint32_t state, std::uint32_t word) {
  return static_cast<std::uint64_t>(state) << 32 | word;
}

}  // namespace

void AhoCorasick::Add(const std::vector<std::string>& words, std::uint32_t id) {
  if (words.empty()) return;
  std::uint32_t state = 0;
  for (const std::string& word : words) {
    const auto number = static_cast<std::uint32_t>(words_.size() + 1);
    const std::uint32_t known = words_.try_emplace(word, number).first->second;
    const auto [edge, fresh] =
        edges_.try_emplace(EdgeKey(state, known), static_cast<std::uint32_t>(states_.size()));
    if (fresh) {
      states_.emplace_back();
      states_.back().depth = states_[state].depth + 1;
    }
    state = edge->second;
  }
  states_[state].ids.push_back(id);
}

void AhoCorasick::Build() {
  // Breadth first: a state's failure is shorter than the state, hence already known. The order of
  // the hash map does not matter, since states of one depth do not depend on one another.
  std::vector<std::pair<std::uint64_t, std::uint32_t>> edges(edges_.begin(), edges_.end());
  std::sort(edges.begin(), edges.end(), [&](const auto& a, const auto& b) {
    return std::pair(states_[a.second].depth, a.second) <
           std::pair(states_[b.second].depth, b.second);
  });
  for (const auto& [key, target] : edges) {
    const auto source = static_cast<std::uint32_t>(key >> 32);
    const auto word = static_cast<std::uint32_t>(key);
    State& state = states_[target];
    state.fail = source == 0 ? 0 : Next(states_[source].fail, word);
    const State& fail = states_[state.fail];
    state.report = fail.ids.empty() ? fail.report : state.fail;
  }
}

std::uint32_t AhoCorasick::Next(std::uint32_t state, std::uint32_t word) const {
  while (true) {
    const auto edge = edges_.find(EdgeKey(state, word));
    if (edge != edges_.end()) return edge->second;
    if (state == 0) return 0;
    state = states_[state].fail;
  }
}

void AhoCorasick::Find(const std::vector<std::uint32_t>& words, std::vector<Hit>& hits) const {
  hits.clear();
  std::uint32_t state = 0;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    state = words[i] == 0 ? 0 : Next(state, words[i]);
    std::uint32_t at = states_[state].ids.empty() ? states_[state].report : state;
    for (; at != 0; at = states_[at].report) {
      for (const std::uint32_t id : states_[at].ids) {
        hits.push_back({i + 1 - states_[at].depth, i + 1, id});
      }
    }
  }
}

}  // namespace verbale::extract
