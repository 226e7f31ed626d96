#include "extract/text/hyphen.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "graph/ascii.h"

namespace verbale::extract {
namespace {

/// So many questions about a document no longer than that are answered by searching in it.
constexpr int kFewQuestions = 40;
constexpr std::size_t kShortDocument = 1 << 16;

constexpr std::string_view kFragments[] = {
    "able",   "ably",   "al",    "ance", "ances",   "ary",    "ated",   "ating",   "ation",
    "ble",    "cation", "cial",  "cies", "cy",      "ence",   "ences",  "ency",    "eral",
    "ers",    "fied",   "ful",   "ic",   "ical",    "ing",    "ings",   "isation", "ism",
    "ist",    "ists",   "ities", "ity",  "ization", "lation", "lity",   "ly",      "ment",
    "mental", "ments",  "ness",  "nity", "nomic",   "ory",    "ous",    "ration",  "rity",
    "sation", "sion",   "sions", "tial", "tic",     "tics",   "ties",   "tion",    "tional",
    "tions",  "tive",   "tives", "ture", "tures",   "ty",     "zation", "zations"};
static_assert(IsSortedList(kFragments));
constexpr std::string_view kFirstParts[] = {
    "all",   "anti",  "co",    "counter", "cross", "cyber",  "decision", "ex",   "far",
    "first", "full",  "half",  "high",    "ill",   "law",    "like",     "long", "low",
    "mid",   "multi", "non",   "one",     "peace", "policy", "politico", "post", "pre",
    "pro",   "rule",  "rules", "second",  "self",  "semi",   "short",    "so",   "socio",
    "third", "three", "two",   "vice",    "well",  "world"};
static_assert(IsSortedList(kFirstParts));

constexpr std::string_view kSecondParts[] = {
    "abiding",   "allied",        "art",        "based",         "board",      "border",
    "building",  "committee",     "connected",  "cutting",       "date",       "day",
    "driven",    "effective",     "establish",  "establishment", "face",       "free",
    "friendly",  "general",       "governance", "governmental",  "income",     "keeping",
    "led",       "level",         "making",     "member",        "monitoring", "operation",
    "operative", "oriented",      "owned",      "pandemic",      "party",      "producing",
    "profit",    "proliferation", "raising",    "related",       "reporting",  "scale",
    "sensitive", "sharing",       "specific",   "standing",      "state",      "term",
    "up",        "wide",          "year"};
static_assert(IsSortedList(kSecondParts));

bool IsLowerWord(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), IsLower);
}

}  // namespace

/// Words and their parts: "chairmanship-in-office" is six of them. Words that are themselves broken
/// at a line end are no evidence and are left out.
void HyphenJoiner::ReadVocabulary() {
  constexpr std::size_t kMostParts = 8;
  std::array<std::size_t, kMostParts> begins{};
  std::size_t parts = 0;
  bool broken = false;
  const std::size_t size = document_.size();
  for (std::size_t at = 0; at < size;) {
    if (!IsAlpha(document_[at])) {
      broken = broken && IsSpace(document_[at]);  // white space after the break goes by
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < size && IsAlpha(document_[at])) ++at;
    const bool breaks = at + 1 < size && document_[at] == '-' && IsSpace(document_[at + 1]);
    if (parts == kMostParts) parts = 0;
    begins[parts++] = begin;
    for (std::size_t i = 0; i < parts && !broken && !breaks; ++i) {
      words_.insert(document_.substr(begins[i], at - begins[i]));
    }
    const bool continues = at + 1 < size && document_[at] == '-' && IsAlpha(document_[at + 1]);
    if (continues) {
      ++at;
      continue;
    }
    parts = 0;
    broken = breaks;
    if (breaks) ++at;
  }
}

/// Whether `word` stands in the document between other bytes than letters, and whole.
bool HyphenJoiner::Stands(std::string_view word) const {
  const char* const start = document_.data();
  const char* const over = start + document_.size();
  for (const char* found = start; found != over; ++found) {
    // memmem is several times as fast as string_view::find.
    found = static_cast<const char*>(
        memmem(found, static_cast<std::size_t>(over - found), word.data(), word.size()));
    if (found == nullptr) return false;
    const auto at = static_cast<std::size_t>(found - start);
    const std::size_t end = at + word.size();
    if (at > 0 && IsAlpha(document_[at - 1])) continue;
    if (end < document_.size() && IsAlpha(document_[end])) continue;
    if (end + 1 < document_.size() && document_[end] == '-' && IsSpace(document_[end + 1]))
      continue;
    std::size_t before = at;
    while (before > 0 && IsSpace(document_[before - 1])) --before;
    if (before > 1 && before < at && document_[before - 1] == '-' &&
        IsAlpha(document_[before - 2])) {
      continue;
    }
    return true;
  }
  return false;
}

bool HyphenJoiner::Knows(std::string_view word) {
  if (++questions_ <= kFewQuestions && document_.size() <= kShortDocument) return Stands(word);
  if (words_.empty()) ReadVocabulary();
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
  if (AmongSorted(tail, kFragments)) return true;
  if (AmongSorted(lower, kFirstParts) || AmongSorted(tail, kSecondParts)) return false;
  return !Knows(lower) && !Knows(head);
}

}  // namespace verbale::extract
