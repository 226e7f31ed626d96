#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "extract/text/text_builder.h"

namespace verbale::extract {

/// One piece of HTML or XML.
struct Tag {
  enum class Kind : std::uint8_t { kText, kOpen, kClose, kOther };
  Kind kind = Kind::kText;
  std::size_t begin = 0, end = 0;  ///< In the text, angle brackets included.
  std::string name;                ///< Lower case; empty for text, comments, declarations.
  bool empty = false;              ///< "<br/>"
};

/// Walks over HTML or XML piece by piece. Never fails: what is no tag is text.
class TagReader {
 public:
  /// `text` is borrowed.
  explicit TagReader(std::string_view text) : text_(text) {}

  /// False at the end.
  bool Next(Tag& tag);
  /// Goes on behind the next "</name>" in any case of letters, or at the end.
  void SkipTo(std::string_view name);
  /// Value of an attribute of the open tag, entities as they are; empty where it is absent.
  std::string_view Attribute(const Tag& tag, std::string_view name) const;

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// The character that the entity at `at` stands for ("&amp;", "&#8217;", "&eacute;") and its size
/// in bytes; nullopt where there is none.
struct Entity {
  std::string text;
  std::size_t size = 0;
};
std::optional<Entity> EntityAt(std::string_view text, std::size_t at);

/// Copies [begin, end) of `plain` with its entities resolved.
void AppendResolved(const SourceText& plain, std::size_t begin, std::size_t end, TextBuilder& out);

}  // namespace verbale::extract
