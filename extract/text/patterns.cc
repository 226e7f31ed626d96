#include "extract/text/patterns.h"

#include <algorithm>

#include <re2/re2.h>
#include <re2/set.h>

#include "graph/error.h"

namespace verbale::extract {

bool NeedsDigit(std::string_view pattern) {
  struct Group {
    bool digit = false, alternatives = false;
  };
  std::vector<Group> open(1);
  const auto required = [&](std::size_t after) {
    const std::string_view rest = pattern.substr(std::min(after, pattern.size()));
    return rest.empty() || (rest[0] != '*' && rest[0] != '?' && rest.substr(0, 2) != "{0");
  };
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const std::string_view rest = pattern.substr(i);
    bool digit = false;
    if (rest[0] == '\\') {
      digit = rest.substr(0, 2) == "\\d";
      ++i;
    } else if (rest[0] == '[') {
      digit = rest.substr(0, 5) == "[0-9]";
      for (++i; i < pattern.size() && pattern[i] != ']'; ++i) i += pattern[i] == '\\' ? 1 : 0;
    } else if (rest[0] == '(') {
      open.emplace_back();
    } else if (rest[0] == '|') {
      open.back().alternatives = true;
    } else if (rest[0] == ')' && open.size() > 1) {
      digit = open.back().digit && !open.back().alternatives;
      open.pop_back();
    }
    open.back().digit |= digit && required(i + 1);
  }
  return open.front().digit && !open.front().alternatives;
}

struct LinePatterns::Compiled {
  std::unique_ptr<RE2> re;
  int group = 0;  // 0: none is asked for.
};

struct LinePatterns::Together {
  explicit Together(const std::vector<std::string>& patterns) {
    for (const std::string& pattern : patterns) set.Add(pattern, nullptr);
    set.Compile();
  }

  RE2::Set set{RE2::Quiet, RE2::ANCHOR_BOTH};
};

LinePatterns::LinePatterns(const std::vector<std::string>& patterns, std::string_view what,
                           std::string_view group) {
  for (const std::string& pattern : patterns) {
    Compiled compiled{std::make_unique<RE2>(pattern, RE2::Quiet), 0};
    const std::string where = std::string(what) + " '" + pattern + "'";
    if (!compiled.re->ok()) {
      throw Error(ErrorCode::kSyntax, where + ": " + compiled.re->error());
    }
    if (!group.empty()) {
      const auto& groups = compiled.re->NamedCapturingGroups();
      const auto found = groups.find(std::string(group));
      if (found == groups.end()) {
        throw Error(ErrorCode::kSyntax, where + " has no group (?P<" + std::string(group) + ">…)");
      }
      compiled.group = found->second;
    }
    need_digit_ = need_digit_ && NeedsDigit(pattern);
    std::string least, most;
    if (!compiled.re->PossibleMatchRange(&least, &most, 4) || most.empty()) most = "\xFF";
    const std::size_t low = least.empty() ? 0 : static_cast<unsigned char>(least[0]);
    for (std::size_t byte = low; byte <= static_cast<unsigned char>(most[0]); ++byte) {
      first_[byte] = true;
    }
    may_be_empty_ = may_be_empty_ || least.empty();
    compiled_.push_back(std::move(compiled));
  }
  if (patterns.size() > 1) together_ = std::make_unique<const Together>(patterns);
}

LinePatterns::~LinePatterns() = default;
LinePatterns::LinePatterns(LinePatterns&&) noexcept = default;

bool LinePatterns::MayMatch(std::string_view line) const {
  const bool possible = line.empty() ? may_be_empty_ : first_[static_cast<unsigned char>(line[0])];
  if (!possible || together_ == nullptr) return possible;
  RE2::Set::ErrorInfo error{};
  return together_->set.Match(re2::StringPiece(line.data(), line.size()), nullptr, &error) ||
         error.kind != RE2::Set::kNoError;  // It had not enough memory.
}

bool LinePatterns::Match(std::string_view line, std::string* captured) const {
  if (!MayMatch(line)) return false;
  const re2::StringPiece text(line.data(), line.size());
  std::vector<re2::StringPiece> groups;
  for (const Compiled& pattern : compiled_) {
    groups.resize(static_cast<std::size_t>(pattern.group) + 1);
    if (!pattern.re->Match(text, 0, text.size(), RE2::ANCHOR_BOTH, groups.data(),
                           pattern.group + 1)) {
      continue;
    }
    if (captured != nullptr) {
      const re2::StringPiece& value = groups.back();
      captured->assign(value.data() == nullptr ? "" : value.data(), value.size());
    }
    return true;
  }
  return false;
}

std::string LinePatterns::Group(std::string_view text, const std::string& name) const {
  for (const Compiled& pattern : compiled_) {
    const auto& groups = pattern.re->NamedCapturingGroups();
    const auto found = groups.find(name);
    if (found == groups.end()) continue;
    std::vector<re2::StringPiece> values(static_cast<std::size_t>(found->second) + 1);
    const re2::StringPiece whole(text.data(), text.size());
    if (pattern.re->Match(whole, 0, whole.size(), RE2::ANCHOR_BOTH, values.data(),
                          found->second + 1) &&
        values.back().data() != nullptr) {
      return std::string(values.back().data(), values.back().size());
    }
  }
  return "";
}

}  // namespace verbale::extract
