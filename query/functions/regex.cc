// The operator =~, and the only place of the query engine that knows RE2.

#include <memory>
#include <string>
#include <unordered_map>

#include <re2/re2.h>

#include "query/functions/errors.h"
#include "query/functions/operators.h"

namespace verbale::query::ops {
namespace {

// A statement mostly asks for one pattern again and again; a column of patterns must not fill the
// memory.
constexpr std::size_t kKeptPatterns = 64;

const re2::RE2& Compiled(std::string_view pattern) {
  thread_local std::unordered_map<std::string, std::unique_ptr<re2::RE2>> kept;
  const std::string key(pattern);
  if (const auto found = kept.find(key); found != kept.end()) return *found->second;
  re2::RE2::Options options;
  options.set_log_errors(false);
  auto compiled = std::make_unique<re2::RE2>(key, options);
  if (!compiled->ok()) {
    throw Error(ErrorCode::kInvalidArgument,
                "'" + key + "' is no regular expression: " + compiled->error())
        .WithTck(ErrorPhase::kRuntime, "SyntaxError", "InvalidRegularExpression");
  }
  if (kept.size() >= kKeptPatterns) kept.clear();
  return *kept.emplace(key, std::move(compiled)).first->second;
}

}  // namespace

Value RegexMatch(const Value& text, const Value& pattern) {
  if (!text.is_string() || !pattern.is_string()) return Value();
  const std::string_view subject = text.as_string();
  return Value(re2::RE2::FullMatch(re2::StringPiece(subject.data(), subject.size()),
                                   Compiled(pattern.as_string())));
}

}  // namespace verbale::query::ops
