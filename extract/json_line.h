#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/value.h"

namespace verbale::extract {

/// Appends `text` as a JSON string. What is not UTF-8 in it becomes U+FFFD.
void AppendJson(std::string_view text, std::string& out);
/// Appends a value that JSON has; Error(kInternal) for any other.
void AppendJson(const graph::Value& value, std::string& out);

/// One JSON object, written key by key straight into a text that is borrowed: where facts are
/// many, building a document of them first costs as much as reading them. Begun by the
/// constructor, ended by End().
class JsonLine {
 public:
  explicit JsonLine(std::string& out) : out_(out) { out_ += '{'; }

  /// The text, for whoever writes the value of a key itself.
  std::string& Key(std::string_view key);
  void Add(std::string_view key, std::string_view text) { AppendJson(text, Key(key)); }
  void Add(std::string_view key, std::uint64_t number) { Key(key) += std::to_string(number); }
  void Add(std::string_view key, const graph::Map& values);
  /// An array: `append(item, out)` writes each item.
  template <typename Items, typename Append>
  void AddList(std::string_view key, const Items& items, Append append) {
    Key(key) += '[';
    for (const auto& item : items) {
      if (out_.back() != '[') out_ += ',';
      append(item, out_);
    }
    out_ += ']';
  }
  void End() { out_ += '}'; }

 private:
  std::string& out_;
};

}  // namespace verbale::extract
