#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>

#include "extract/extract.h"

namespace verbale::extract {

/// When two names mean the same thing, for comparing what was read with what a person wrote down.
/// Remembers what it looked up; not shared by threads.
class Naming {
 public:
  explicit Naming(const Pack& pack) : pack_(pack) {}

  /// Lower-case, straight marks, without a leading article; the canonical name where the pack's
  /// gazetteers know it.
  const std::string& Norm(std::string_view name) const;
  /// Words that tell names apart: without articles, prepositions and plural endings.
  std::set<std::string> ContentWords(std::string_view name) const;
  /// Equal after Norm().
  bool Equal(std::string_view a, std::string_view b) const { return Norm(a) == Norm(b); }
  /// The names share most of their words: at least three quarters of the shorter one's and two
  /// fifths of the longer one's.
  bool Alike(std::string_view a, std::string_view b) const;

 private:
  const Pack& pack_;
  mutable std::map<std::string, std::string, std::less<>> known_;
};

}  // namespace verbale::extract
