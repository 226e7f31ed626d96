#include "extract/mention/aho_corasick.h"

#include <algorithm>

namespace verbale::extract {

void AhoCorasick::Add(const std::vector<std::uint32_t>& words, std::uint32_t id) {
  if (words.empty()) return;
  std::uint32_t state = 0;
  for (const std::uint32_t word : words) {
    const auto [edge, fresh] =
        added_.try_emplace({state, word}, static_cast<std::uint32_t>(states_.size()));
    if (fresh) {
      states_.emplace_back();
      states_.back().depth = states_[state].depth + 1;
    }
    state = edge->second;
  }
  states_[state].ids.push_back(id);
}

void AhoCorasick::Build() {
  for (const auto& [key, target] : added_) {
    const auto [source, word] = key;
    if (word >= root_.size()) root_.resize(word + 1);
    if (source == 0) {
      root_[word].state = target & kMostStates;
    } else {
      root_[word].goes_on = 1;
    }
    State& state = states_[source];
    if (state.edges_end == 0) state.edges = static_cast<std::uint32_t>(edges_.size());
    edges_.push_back({word, target});
    state.edges_end = static_cast<std::uint32_t>(edges_.size());
  }
  // Breadth first: a state's failure is shorter than the state, hence already known.
  std::vector<std::pair<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t>> edges(
      added_.begin(), added_.end());
  std::stable_sort(edges.begin(), edges.end(), [&](const auto& a, const auto& b) {
    return states_[a.second].depth < states_[b.second].depth;
  });
  for (const auto& [key, target] : edges) {
    const auto [source, word] = key;
    State& state = states_[target];
    state.fail = source == 0 ? 0 : Next(states_[source].fail, word);
    const State& fail = states_[state.fail];
    state.report = fail.ids.empty() ? fail.report : state.fail;
  }
  added_.clear();
}

std::uint32_t AhoCorasick::Next(std::uint32_t state, std::uint32_t word) const {
  for (; state != 0; state = states_[state].fail) {
    const auto begin = edges_.begin() + states_[state].edges;
    const auto end = edges_.begin() + states_[state].edges_end;
    const auto edge = std::lower_bound(
        begin, end, word, [](const Edge& a, std::uint32_t wanted) { return a.word < wanted; });
    if (edge != end && edge->word == word) return edge->state;
  }
  return FromRoot(word).state;
}

void AhoCorasick::Find(const std::vector<std::uint32_t>& words, std::vector<Hit>& hits) const {
  hits.clear();
  std::uint32_t state = 0;
  for (std::uint32_t i = 0; i < words.size(); ++i) {
    const First first = FromRoot(words[i]);
    state = state != 0 && first.goes_on ? Next(state, words[i]) : first.state;
    if (state == 0) continue;
    std::uint32_t at = states_[state].ids.empty() ? states_[state].report : state;
    for (; at != 0; at = states_[at].report) {
      for (const std::uint32_t id : states_[at].ids) {
        hits.push_back({i + 1 - states_[at].depth, i + 1, id});
      }
    }
  }
}

}  // namespace verbale::extract
