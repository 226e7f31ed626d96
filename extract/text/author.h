#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/text/patterns.h"
#include "extract/text/read.h"

namespace verbale::extract {

/// Finds who speaks in a document without sections, or whose affairs it tells of: the one that the
/// file name says, else its titles, else the text itself. Immutable.
class AuthorFinder {
 public:
  explicit AuthorFinder(const Structure& structure);

  /// A section with heading and author, or nullopt where none of them names exactly one. `told` is
  /// the author that the pack's file patterns find in `stem`, the file name without its ending;
  /// empty where they find none.
  std::optional<Section> Find(const Document& document, std::string_view stem,
                              const std::string& told, const AuthorLookup& lookup) const;

 private:
  std::optional<Section> ByTitle(const Document& document, const AuthorLookup& lookup) const;
  std::vector<std::string> AuthorsNamed(const Unit& unit, const std::string& text,
                                        const AuthorLookup& lookup) const;
  std::optional<Section> ByText(const Document& document, std::string_view stem,
                                const AuthorLookup& lookup) const;
  std::optional<std::string> Introduced(const std::string& sentence,
                                        const AuthorLookup& lookup) const;

  LinePatterns authored_, author_line_, introduction_, first_person_, at_home_;
};

}  // namespace verbale::extract
