// Who did it beside the subject that stands before its verb: the agent of a passive, and a subject
// that follows its verb.

#include <utility>

#include "extract/match/internal/clauses.h"

namespace verbale::extract {
namespace {

/// "In 2015 there was established a Centre": its subject stands behind it.
bool IsExistential(const Words& words, const Analysis& analysis, const Chunk& verb) {
  return verb.kind == ChunkKind::kVerb && verb.passive && verb.shape == VerbShape::kFinite &&
         verb.first > 0 && words.IsExistential(analysis.tokens[verb.first - 1].folded);
}

void FindInvertedSubject(std::vector<Chunk>& chunks, std::uint32_t i) {
  std::vector<std::uint32_t> subjects;
  bool joined = true;  // Of a list: behind the verb, a comma or "and".
  for (std::uint32_t k = i + 1; k < chunks.size(); ++k) {
    if (IsKind(chunks, k, ChunkKind::kVerb) || IsKind(chunks, k, ChunkKind::kStop) ||
        IsKind(chunks, k, ChunkKind::kRelative)) {
      break;
    }
    if (IsKind(chunks, k, ChunkKind::kPreposition) && IsKind(chunks, k + 1, ChunkKind::kNoun)) {
      ++k;
    } else if (!IsKind(chunks, k, ChunkKind::kNoun)) {
      joined = true;
    } else if (joined) {
      subjects.push_back(k);
      joined = false;
    }
  }
  if (subjects.empty()) return;
  chunks[i].subjects = std::move(subjects);
  chunks[i].implicit_subject = false;
}

void FindAgent(const Words& words, std::vector<Chunk>& chunks, std::uint32_t i) {
  for (std::uint32_t k = i + 1; k + 1 < chunks.size(); ++k) {
    if (IsKind(chunks, k, ChunkKind::kVerb) || IsKind(chunks, k, ChunkKind::kStop)) return;
    if (IsKind(chunks, k, ChunkKind::kPreposition) && words.IsByAgent(chunks[k].word) &&
        IsKind(chunks, k + 1, ChunkKind::kNoun)) {
      // "approved by Decree No. 5", "set up by the Telecommunications Act": by what, not by whom.
      if (chunks[k + 1].label == "date" || chunks[k + 1].label == "law" ||
          words.IsDeed(chunks[k + 1].word)) {
        continue;
      }
      chunks[i].agent = k + 1;
      return;
    }
  }
}

}  // namespace

void FindAgents(const Words& words, Analysis& analysis) {
  for (std::uint32_t i = 0; i < analysis.chunks.size(); ++i) {
    const Chunk& verb = analysis.chunks[i];
    if (verb.kind == ChunkKind::kVerb && verb.passive) FindAgent(words, analysis.chunks, i);
  }
}

void FindInvertedSubjects(const Words& words, Analysis& analysis) {
  for (std::uint32_t i = 0; i < analysis.chunks.size(); ++i) {
    if (IsExistential(words, analysis, analysis.chunks[i])) FindInvertedSubject(analysis.chunks, i);
  }
  // "Not only is S a member of A"
  std::vector<Chunk>& chunks = analysis.chunks;
  if (chunks.size() > 2 && IsKind(chunks, 0, ChunkKind::kVerb) && chunks[0].word == "be" &&
      IsKind(chunks, 1, ChunkKind::kNoun) && IsKind(chunks, 2, ChunkKind::kNoun) &&
      words.IsNegation(analysis.tokens[0].folded) && chunks[0].first > 0) {
    chunks[0].subjects = {1};
    chunks[0].implicit_subject = false;
  }
}

}  // namespace verbale::extract
