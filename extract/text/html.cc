#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "extract/text/convert.h"
#include "extract/text/fold.h"
#include "extract/text/tags.h"
#include "extract/text/text_builder.h"
#include "graph/ascii.h"

namespace verbale::extract {
namespace {

bool Among(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// What a page does not show.
bool IsHidden(const Tag& tag) {
  return !tag.empty &&
         Among(tag.name, {"script", "style", "noscript", "template", "svg", "select"});
}

/// Which tables, in their order, have several columns.
std::vector<bool> TablesOfSeveral(std::string_view text) {
  struct Open {
    std::size_t table = 0;
    int cells = 0;  // Of the row.
  };
  std::vector<bool> several;
  std::vector<Open> open;
  TagReader tags(text);
  Tag tag;
  while (tags.Next(tag)) {
    if (tag.kind == Tag::Kind::kClose && tag.name == "table" && !open.empty()) open.pop_back();
    if (tag.kind != Tag::Kind::kOpen) continue;
    if (IsHidden(tag)) {
      tags.SkipTo(tag.name);
    } else if (tag.name == "table") {
      open.push_back({several.size()});
      several.push_back(false);
    } else if (tag.name == "tr" && !open.empty()) {
      open.back().cells = 0;
    } else if ((tag.name == "td" || tag.name == "th") && !open.empty()) {
      const std::string_view wide = tags.Attribute(tag, "colspan");
      open.back().cells += wide.empty() || wide == "1" ? 1 : 2;
      if (open.back().cells > 1) several[open.back().table] = true;
    }
  }
  return several;
}

class Html {
 public:
  explicit Html(const SourceText& plain)
      : plain_(plain),
        tags_(plain.text),
        out_(plain.text.size()),
        several_(TablesOfSeveral(plain.text)) {}

  Converted Run() {
    Tag tag;
    while (tags_.Next(tag)) {
      switch (tag.kind) {
        case Tag::Kind::kText:
          Text(tag.begin, tag.end);
          break;
        case Tag::Kind::kOpen:
          Open(tag);
          break;
        case Tag::Kind::kClose:
          Close(tag);
          break;
        case Tag::Kind::kOther:
          break;
      }
    }
    result_.plain = std::move(out_).Take();
    return std::move(result_);
  }

 private:
  static bool IsBlock(std::string_view name) {
    return Among(name, {"p",       "div",        "section", "article", "main", "header", "footer",
                        "aside",   "blockquote", "table",   "tr",      "dl",   "dt",     "dd",
                        "figure",  "figcaption", "pre",     "hr",      "nav",  "form",   "fieldset",
                        "address", "center",     "body",    "caption"});
  }
  static int HeadingLevel(std::string_view name) {
    return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' ? name[1] - '0'
                                                                                  : 0;
  }

  /// Line breaks of the file are spaces of the text.
  void Text(std::size_t begin, std::size_t end) {
    const std::string_view text = std::string_view(plain_.text).substr(0, end);
    if (in_title_) {
      TextBuilder title(end - begin);
      AppendResolved(plain_, begin, end, title);
      result_.title = Folded(title.text());
      result_.title_source = {begin, end};
      return;
    }
    if (!Trim(text.substr(begin, end - begin)).empty()) {
      out_.Fill(bars_);
      out_.Fill(marker_);
      bars_.clear();
      marker_.clear();
    }
    while (begin < end) {
      const std::size_t stop = std::min(text.find_first_of("\r\n", begin), end);
      AppendResolved(plain_, begin, stop, out_);
      begin = stop;
      while (begin < end && IsSpace(text[begin])) ++begin;
      if (begin > stop) out_.Fill(" ");
    }
  }

  void Open(const Tag& tag) {
    if (IsHidden(tag)) {
      tags_.SkipTo(tag.name);
    } else if (tag.name == "title") {
      in_title_ = true;
    } else if (tag.name == "br") {
      out_.Fill("\n");
    } else if (tag.name == "sup") {
      SkipFootnoteMark(tag.end);
    } else if (tag.name == "ul" || tag.name == "ol") {
      if (lists_.size() < kDeepest) lists_.push_back(tag.name == "ol" ? 1 : 0);
      Break();
    } else if (tag.name == "li") {
      Item();
    } else if (const int level = HeadingLevel(tag.name)) {
      Break();
      marker_ = std::string(static_cast<std::size_t>(level), '#') + ' ';
    } else if (tag.name == "td" || tag.name == "th") {
      if (cells_++ > 0) bars_ += " | ";
    } else if (IsBlock(tag.name)) {
      Break();
      cells_ = 0;
      if (tag.name == "table") in_rows_.push_back(several_[tables_++]);
    }
  }

  void Close(const Tag& tag) {
    if (tag.name == "title") {
      in_title_ = false;
    } else if (tag.name == "ul" || tag.name == "ol") {
      if (!lists_.empty()) lists_.pop_back();
      Break();
    } else if (tag.name == "li" || IsBlock(tag.name) || HeadingLevel(tag.name) != 0) {
      Break();
      if (!IsBlock(tag.name)) marker_.clear();
      if (tag.name == "table" && !in_rows_.empty()) {
        in_rows_.pop_back();
        cells_ = 0;
      }
    }
  }

  /// Ends a paragraph; bars before cells in which nothing stands go with it.
  void Break() {
    const bool in_row = std::find(in_rows_.begin(), in_rows_.end(), true) != in_rows_.end();
    if (in_row) out_.Fill(std::string(1, kRowMark));
    out_.Fill("\n\n");
    bars_.clear();
  }

  void Item() {
    Break();
    marker_.clear();
    for (std::size_t depth = 1; depth < lists_.size(); ++depth) marker_ += "    ";
    const bool numbered = !lists_.empty() && lists_.back() > 0;
    marker_ += numbered ? fmt::format("{}. ", lists_.back()++) : "- ";
  }

  /// "<sup>1</sup>" and "<sup><a href=…>[1]</a></sup>" are nothing to read.
  void SkipFootnoteMark(std::size_t at) {
    const std::string_view text = plain_.text;
    const std::size_t over = text.substr(at, kLongestMark).find("</sup");
    if (over == std::string_view::npos) return;
    bool in_tag = false;
    for (const char c : text.substr(at, over)) {
      if (c == '<') in_tag = true;
      if (!in_tag && IsAlpha(c)) return;
      if (c == '>') in_tag = false;
    }
    tags_.SkipTo("sup");
  }

  static constexpr std::size_t kDeepest = 16;
  static constexpr std::size_t kLongestMark = 400;

  const SourceText& plain_;
  TagReader tags_;
  TextBuilder out_;
  Converted result_;
  std::vector<int> lists_;           // Number of the next item; 0 for bullets.
  int cells_ = 0;                    // Of the row of a table, so far.
  const std::vector<bool> several_;  // Of the tables, in their order.
  std::size_t tables_ = 0;           // Begun so far.
  std::vector<bool> in_rows_;        // Of the tables that are open: whether they have columns.
  bool in_title_ = false;
  std::string marker_;  // Of an item or heading of which nothing was read yet.
  std::string bars_;    // Between cells, until one has words.
};

}  // namespace

Converted ConvertHtml(const SourceText& plain) { return Html(plain).Run(); }

}  // namespace verbale::extract
