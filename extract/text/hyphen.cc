#include "extract/text/hyphen.h"

#include <algorithm>
#include <string>

#include "extract/text/ascii.h"

namespace verbale::extract {
namespace {

constexpr std::string_view kFragments[] = {
    "able",   "ably",   "al",    "ance", "ances",   "ary",    "ated",   "ating",   "ation",
    "ble",    "cation", "cial",  "cies", "cy",      "ence",   "ences",  "ency",    "eral",
    "ers",    "fied",   "ful",   "ic",   "ical",    "ing",    "ings",   "isation", "ism",
    "ist",    "ists",   "ities", "ity",  "ization", "lation", "lity",   "ly",      "ment",
    "mental", "ments",  "ness",  "nity", "nomic",   "ory",    "ous",    "ration",  "rity",
    "sation", "sion",   "sions", "tial", "tic",     "tics",   "ties",   "tion",    "tional",
    "tions",  "tive",   "tives", "ture", "tures",   "ty",     "zation", "zations"};
constexpr std::string_view kFirstParts[] = {
    "all",   "anti",  "co",    "counter", "cross", "cyber",  "decision", "ex",    "far",
    "first", "full",  "half",  "high",    "ill",   "law",    "like",     "long",  "low",
    "mid",   "multi", "non",   "one",     "peace", "policy", "politico", "post",  "pre",
    "pro",   "rule",  "rules", "second",  "self",  "semi",   "short",    "socio", "so",
    "third", "three", "two",   "vice",    "well",  "world"};

bool IsLowerWord(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), IsLower);
}

bool Among(std::string_view word, const std::string_view* begin, const std::string_view* end) {
  return std::find(begin, end, word) != end;
}

}  // namespace

/// Words that are themselves broken at a line end are no evidence and are left out.
void HyphenJoiner::ReadVocabulary() {
  const std::size_t size = document_.size();
  std::size_t begin = 0;
  std::size_t part = 0;
  bool broken = false;
  for (std::size_t at = 0; at <= size; ++at) {
    const char c = at < size ? document_[at] : ' ';
    if (IsAlpha(c)) continue;
    const bool breaks = c == '-' && at + 1 < size && IsSpace(document_[at + 1]);
    if (!broken && !breaks && at > part) words_.insert(document_.substr(part, at - part));
    part = at + 1;
    if (c == '-' && at + 1 < size && IsAlpha(document_[at + 1])) continue;
    if (!broken && !breaks && at > begin) words_.insert(document_.substr(begin, at - begin));
    broken = breaks || (broken && at == begin);  // white space after the break goes by
    begin = at + 1;
  }
}

bool HyphenJoiner::Knows(std::string_view word) {
  if (!read_) ReadVocabulary();
  read_ = true;
  return words_.contains(word);
}

bool HyphenJoiner::Drops(std::string_view first, std::string_view second) {
  while (!second.empty() && !IsAlpha(second.back())) second.remove_suffix(1);
  const std::string_view tail = second.substr(0, second.find_first_of("-.,;:)'"));
  std::string_view head = first.substr(0, first.size() - 1);
  while (!head.empty() &&
         (head.front() == '(' || static_cast<unsigned char>(head.front()) >= 0x80)) {
    head.remove_prefix(1);
  }
  std::string lower(head);
  if (!lower.empty()) lower[0] = ToLower(lower[0]);
  if (!IsLowerWord(lower) || !IsLowerWord(tail)) return false;
  if (Knows(lower + std::string(tail)) || Knows(std::string(head) + std::string(tail))) return true;
  if (Knows(std::string(head) + "-" + std::string(tail))) return false;
  if (Among(tail, std::begin(kFragments), std::end(kFragments))) return true;
  if (Among(lower, std::begin(kFirstParts), std::end(kFirstParts))) return false;
  return !Knows(lower) && !Knows(head);
}

}  // namespace verbale::extract
