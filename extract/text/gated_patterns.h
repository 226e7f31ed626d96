#pragma once

// Many RE2 patterns over one text after the other. Nearly every one has words that a text must have
// for it to be found ("in the hope"); RE2 derives them from the patterns, all of them are looked
// for in one pass over a text, and only the patterns whose words are there are run.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace verbale::extract {

/// Immutable after Build(); shared by threads.
class GatedPatterns {
 public:
  GatedPatterns();
  ~GatedPatterns();
  GatedPatterns(const GatedPatterns&) = delete;
  GatedPatterns& operator=(const GatedPatterns&) = delete;

  /// What one question after another uses, so that none asks for memory. One a thread.
  class Room {
   public:
    /// Another text is asked about from here on.
    void Forget() { looked_ = nullptr; }

   private:
    friend class GatedPatterns;
    const GatedPatterns* looked_ = nullptr;  ///< Whose words have been looked for in the text.
    std::vector<char> possible_;  ///< Of each of its patterns, whether its words are there.
    std::vector<char> found_;     ///< Of each of the words that are looked for.
    std::vector<int> atoms_, patterns_;
  };

  /// Its number, from 0 on. Error(kSyntax) says why it is no RE2. Not after Build().
  std::uint32_t Add(const std::string& pattern);
  void Build();

  const re2::RE2& At(std::uint32_t number) const;
  /// What the pattern finds first; nullopt for nothing.
  std::optional<std::string_view> Find(std::uint32_t number, std::string_view text,
                                       Room& room) const;

 private:
  struct Impl;

  void Look(std::string_view text, Room& room) const;

  std::unique_ptr<Impl> impl_;
};

}  // namespace verbale::extract
