#include "extract/match/sentence_lines.h"

#include "extract/match/rendering.h"

namespace verbale::extract {
namespace {

/// "since 2006": a preposition and a date.
bool SaysWhen(const Words& words, const Analysis& analysis, std::uint32_t i) {
  const Chunk& preposition = analysis.chunks[i];
  if (preposition.kind != ChunkKind::kPreposition || i + 1 >= analysis.chunks.size()) return false;
  const Chunk& date = analysis.chunks[i + 1];
  if (date.kind != ChunkKind::kNoun || !date.modifiers.empty()) return false;
  // "on 8 September", "in July": a month by itself is no date that could be written down.
  return (date.label == "date" || words.IsMonth(date.word)) && words.IsDating(preposition.word);
}

}  // namespace

SentenceLine& SentenceLines::Add() {
  if (used_ == lines_.size()) lines_.emplace_back();
  SentenceLine& line = lines_[used_++];
  line.symbols.Clear();
  line.chunks.clear();
  line.active = line.copula = kNoChunk;
  line.bearers.clear();
  line.moved = false;
  return line;
}

void SentenceLines::AddUndated() {
  if (!says_when_) return;
  SentenceLine& undated = Add();
  const SentenceLine& line = lines_[used_ - 2];
  undated.active = line.active;
  undated.copula = line.copula;
  undated.bearers = line.bearers;
  undated.moved = line.moved;
  const auto is_comma = [&](std::uint32_t chunk) {
    return analysis_->chunks[chunk].kind == ChunkKind::kComma;
  };
  // "A and, since 2009, B"
  const auto dated_member = [&](std::size_t i) {
    return i > 0 && i + 3 < line.chunks.size() && is_comma(line.chunks[i]) &&
           analysis_->chunks[line.chunks[i - 1]].kind == ChunkKind::kConjunction &&
           SaysWhen(*words_, *analysis_, line.chunks[i + 1]) && is_comma(line.chunks[i + 3]);
  };
  for (std::size_t i = 0; i < line.chunks.size(); ++i) {
    if (dated_member(i)) {
      i += 3;
      continue;
    }
    if (i + 1 < line.chunks.size() && line.chunks[i + 1] == line.chunks[i] + 1 &&
        SaysWhen(*words_, *analysis_, line.chunks[i])) {
      ++i;
      // "launched, in 2015, the Centre": nothing is left between the commas.
      const bool enclosed = i + 1 < line.chunks.size() && is_comma(line.chunks[i + 1]) &&
                            !undated.chunks.empty() && is_comma(undated.chunks.back());
      if (enclosed) ++i;
      continue;
    }
    undated.symbols.Add(line.symbols[i]);
    undated.chunks.push_back(line.chunks[i]);
  }
}

void SentenceLines::Set(const Words& words, const Analysis& analysis, const MemberSets& word_sets,
                        const MemberSets& label_sets) {
  words_ = &words;
  analysis_ = &analysis;
  word_sets_ = &word_sets;
  used_ = 0;
  has_plain_ = says_when_ = false;
  SentenceLine& sentence = Add();
  for (std::uint32_t i = 0; i < analysis.chunks.size(); ++i) {
    says_when_ = says_when_ || SaysWhen(words, analysis, i);
    Describe(words, analysis, analysis.chunks[i], phrase_);
    sentence.symbols.Add(phrase_, word_sets, label_sets);
    sentence.chunks.push_back(i);
  }
  AddUndated();
}

void SentenceLines::AddPlainLines() {
  if (has_plain_) return;
  has_plain_ = true;
  plain_.Find(*words_, *analysis_);
  for (std::size_t i = 0; i < plain_.size(); ++i) {
    const PlainLine& plain = plain_[i];
    SentenceLine& line = Add();
    line.active = plain.active;
    line.copula = plain.copula;
    line.bearers = plain.bearers;
    line.moved = plain.moved;
    line.chunks = plain.chunks;
    for (const std::uint32_t chunk : plain.chunks) {
      Symbol symbol = Whole()[chunk];
      if (chunk == plain.active) symbol.form = Symbol::Form(false, VerbShape::kFinite);
      if (chunk == plain.owner) {
        symbol.form = Symbol::Form(ChunkKind::kPreposition);
        symbol.words = word_sets_->Find("of").data();
      }
      if (chunk == plain.copula) {
        symbol.form = Symbol::Form(false, VerbShape::kFinite);
        symbol.words = word_sets_->Find("be").data();
      }
      line.symbols.Add(symbol);
    }
    AddUndated();
  }
}

}  // namespace verbale::extract
