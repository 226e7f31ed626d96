#pragma once

// What a pattern asks of a phrase is nearly always whether its word, or its label, is one of a few.
// Each such set has a number, and each word knows the numbers of its sets, as bits: a phrase is
// looked up once and then answers any number of patterns without its letters.

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/match/analysis.h"

namespace verbale::extract {

/// The sets that some patterns ask for; equal ones have one number.
class SetList {
 public:
  std::uint32_t Add(std::vector<std::string> members);

 private:
  friend class MemberSets;
  std::map<std::vector<std::string>, std::uint32_t> numbers_;
};

/// Which members are in which sets. Immutable; shared by threads.
class MemberSets {
 public:
  explicit MemberSets(const SetList& list);

  /// A bit for each set; the same for all that are in none.
  std::span<const std::uint64_t> Find(std::string_view member) const {
    return std::span(bits_).subspan(members_.Find(member) * width_, width_);
  }
  /// What Find() gives for all that are in none.
  std::span<const std::uint64_t> None() const { return std::span(bits_).first(width_); }

 private:
  Vocabulary members_;
  std::size_t width_ = 1;
  std::vector<std::uint64_t> bits_;  ///< `width_` for each number of `members_`, 0 included.
};

/// A chunk as a pattern sees it, in words.
struct Phrase {
  ChunkKind kind = ChunkKind::kOther;
  std::string_view word, label;
  bool actor = false;                    ///< One who can act for a section's author.
  bool owned = false;                    ///< "our …"
  bool capital = false;                  ///< A place that stands for its State.
  std::vector<std::string_view> before;  ///< Labels of the names before the head.
  bool passive = false;
  VerbShape shape = VerbShape::kFinite;
};

/// The same, in numbers.
struct Symbol {
  /// Of Symbol::flags.
  enum Flag : std::uint32_t { kActor = 1, kOwned = 2, kPlain = 4, kCapital = 8 };
  /// One bit for each kind, and for verbs for each voice and shape.
  static constexpr std::uint32_t Form(ChunkKind kind) {
    return 1u << static_cast<std::uint32_t>(kind);
  }
  static constexpr std::uint32_t Form(bool passive, VerbShape shape) {
    return 1u << (16 + (passive ? 8 : 0) + static_cast<std::uint32_t>(shape));
  }

  /// Forms are of four sorts: nouns, verbs, prepositions, and all else.
  static constexpr std::size_t kSorts = 4;
  static constexpr std::uint32_t kFormsOfSort[kSorts] = {
      1u << static_cast<std::uint32_t>(ChunkKind::kNoun), 0xFFFF0000u,
      1u << static_cast<std::uint32_t>(ChunkKind::kPreposition),
      0xFFFFu & ~(1u << static_cast<std::uint32_t>(ChunkKind::kNoun) |
                  1u << static_cast<std::uint32_t>(ChunkKind::kPreposition))};

  std::uint32_t form = 0;
  std::uint32_t flags = 0;  ///< kPlain: none of the others, and no name before the head.
  const std::uint64_t *words = nullptr, *labels = nullptr;  ///< Sets of the word, of the label.
  const std::uint64_t* before = nullptr;                    ///< Sets of all labels before the head.
};

/// The chunks of one sentence. Borrows the sets that it was made with.
class SymbolLine {
 public:
  /// As many lines after each other may be made as one likes; the last is kept.
  void Clear();
  void Add(const Phrase& phrase, const MemberSets& words, const MemberSets& labels);
  /// As another line has it, which must outlive this one unchanged.
  void Add(const Symbol& symbol);
  /// Of the first kPlaces symbols those that have one of these forms, and perhaps others, a bit
  /// each.
  std::uint64_t PlacesOf(std::uint32_t forms) const {
    std::uint64_t places = 0;
    for (std::size_t sort = 0; sort < Symbol::kSorts; ++sort) {
      if ((forms & Symbol::kFormsOfSort[sort]) != 0) places |= places_[sort];
    }
    return places;
  }
  static constexpr std::size_t kPlaces = 64;
  /// Whether some verb, some other word, or some label of the line is in the set.
  bool HasVerb(std::uint32_t set) const { return Has(verbs_, set); }
  bool HasWord(std::uint32_t set) const { return Has(words_, set); }
  bool HasLabel(std::uint32_t set) const { return Has(labels_, set); }
  const Symbol& operator[](std::size_t i) const { return symbols_[i]; }
  std::size_t size() const { return symbols_.size(); }

 private:
  using Bits = std::vector<std::uint64_t>;

  static bool Has(const Bits& bits, std::uint32_t set) {
    return set / 64 < bits.size() && (bits[set / 64] >> set % 64 & 1) != 0;
  }
  static void Unite(Bits& bits, std::span<const std::uint64_t> more);

  void Place(std::uint32_t form);

  std::vector<Symbol> symbols_;
  std::array<std::uint64_t, Symbol::kSorts> places_{};  ///< See PlacesOf().
  Bits verbs_, words_, labels_;                         ///< Of all symbols.
  std::vector<Bits> before_;                            ///< Kept for the next line.
  std::size_t before_used_ = 0;
};

}  // namespace verbale::extract
