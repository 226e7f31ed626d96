#pragma once

#include <string_view>
#include <unordered_set>

namespace verbale::extract {

/// Decides about words that a line end broke at a hyphen: "infor-/mation" is one word, and
/// "confidence-/building" keeps its hyphen. Evidence is the document's own vocabulary. Not for
/// several threads: the vocabulary is made when it is first needed.
class HyphenJoiner {
 public:
  /// `document` is borrowed.
  explicit HyphenJoiner(std::string_view document) : document_(document) {}

  /// Whether the hyphen goes when `first` (ending in "-") and `second`, the words on both sides of
  /// the line end, are joined. Rules, the first that speaks decides:
  /// 1. it stays beside anything but lower-case letters ("2014-/2015", "Canada-/United"), and where
  ///    `first` has another hyphen ("chairmanship-in-/office");
  /// 2. it goes where the joined word stands elsewhere in the document, and stays where the word
  ///    stands elsewhere with its hyphen;
  /// 3. it goes where `second` begins like no English word ("-tion", "-ment", "-zation");
  /// 4. it stays where `first` is a usual first part ("self", "non"), `second` a usual second one
  ///    ("based", "building"), or `first` a word of the document of its own; else it goes.
  bool Drops(std::string_view first, std::string_view second);

 private:
  bool Knows(std::string_view word);
  bool Stands(std::string_view word) const;
  void ReadVocabulary();

  std::string_view document_;
  int questions_ = 0;
  std::unordered_set<std::string_view> words_;  // Made when they are first needed.
};

}  // namespace verbale::extract
