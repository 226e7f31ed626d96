#include <algorithm>
#include <vector>

#include "extract/text/convert.h"
#include "extract/text/tags.h"
#include "extract/text/text_builder.h"
#include "graph/ascii.h"

namespace verbale::extract {
namespace {

/// Reads paragraphs (w:p), their style and list level, and runs of text (w:t).
class Docx {
 public:
  explicit Docx(const SourceText& plain)
      : plain_(plain), tags_(plain.text), out_(plain.text.size() / 4) {}

  SourceText Run() {
    Tag tag;
    while (tags_.Next(tag)) {
      if (tag.kind == Tag::Kind::kText && in_text_) {
        Text(tag);
      } else if (tag.kind == Tag::Kind::kOpen) {
        Open(tag);
      } else if (tag.kind == Tag::Kind::kClose && tag.name == "w:t") {
        in_text_ = false;
      } else if (tag.kind == Tag::Kind::kClose && tag.name == "w:tr") {
        cells_ = 0;
      } else if (tag.kind == Tag::Kind::kClose && tag.name == "w:tbl" && !columns_.empty()) {
        columns_.pop_back();
      }
    }
    EndRow();
    return std::move(out_).Take();
  }

 private:
  void Open(const Tag& tag) {
    if (tag.name == "w:p") {
      // The cells of a row go on one line.
      if (cells_ <= 1) EndRow();
      out_.Fill(cells_ > 1 ? " | " : "\n\n");
      heading_ = 0, list_ = -1, started_ = false;
    } else if (tag.name == "w:t") {
      in_text_ = !tag.empty;
    } else if (tag.name == "w:r") {
      superscript_ = false;
    } else if (tag.name == "w:pstyle") {
      heading_ = HeadingLevel(tags_.Attribute(tag, "w:val"));
    } else if (tag.name == "w:ilvl") {
      const std::string_view level = tags_.Attribute(tag, "w:val");
      list_ = level.size() == 1 && IsDigit(level[0]) ? level[0] - '0' : 0;
    } else if (tag.name == "w:vertalign") {
      superscript_ = tags_.Attribute(tag, "w:val") == "superscript";
    } else if (tag.name == "w:tab") {
      if (started_) out_.Fill(" ");
    } else if (tag.name == "w:tbl") {
      columns_.push_back(0);
    } else if (tag.name == "w:gridcol") {
      if (!columns_.empty()) ++columns_.back();
    } else if (tag.name == "w:tr") {
      cells_ = 0;
    } else if (tag.name == "w:tc") {
      ++cells_;
    } else if (tag.name == "w:br" || tag.name == "w:cr") {
      out_.Fill("\n");
    } else if (tag.name == "w:nobreakhyphen") {
      Start();
      out_.Replace("-", plain_.ToSource(tag.begin, tag.end));
    } else if ((tag.name == "mc:fallback" || tag.name == "w:movefrom") && !tag.empty) {
      // What stands there stands a second time: for older programs, or where it was moved to.
      tags_.SkipTo(tag.name);
    }
  }

  void Text(const Tag& tag) {
    const std::string_view text =
        std::string_view(plain_.text).substr(tag.begin, tag.end - tag.begin);
    const bool figures = std::none_of(text.begin(), text.end(), IsAlpha);
    if (superscript_ && figures) return;
    Start();
    AppendResolved(plain_, tag.begin, tag.end, out_);
  }

  /// Says what the paragraph is, before its first character.
  void Start() {
    if (started_) return;
    if (heading_ > 0) out_.Fill(std::string(static_cast<std::size_t>(heading_), '#') + " ");
    if (heading_ == 0 && list_ >= 0) {
      out_.Fill(std::string(static_cast<std::size_t>(list_) * 4, ' ') + "- ");
    }
    started_ = true;
    in_row_ = in_row_ || (!columns_.empty() && columns_.back() > 1);
  }

  void EndRow() {
    if (in_row_) out_.Fill(std::string(1, kRowMark));
    in_row_ = false;
  }

  /// "Heading2" → 2, "Title" → 1, other styles 0.
  static int HeadingLevel(std::string_view style) {
    if (style == "Title") return 1;
    const bool heading = style.size() == 8 && style.substr(1, 6) == "eading";
    return heading && style[7] >= '1' && style[7] <= '6' ? style[7] - '0' : 0;
  }

  const SourceText& plain_;
  TagReader tags_;
  TextBuilder out_;
  int heading_ = 0;
  int cells_ = 0;             // Of the row of a table, so far; 0 outside.
  int list_ = -1;             // Level of the list item; -1: none.
  std::vector<int> columns_;  // Of the tables that are open.
  bool started_ = false, in_text_ = false, superscript_ = false;
  bool in_row_ = false;  // What was read since the last line end is of a table with columns.
};

}  // namespace

Converted ConvertDocx(const SourceText& plain) { return {Docx(plain).Run(), "", {}}; }

}  // namespace verbale::extract
