#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace verbale {

/// What kind of thing went wrong. Ten codes, no more: a caller decides by code, a person by
/// message. Each has an exit code, a GQLSTATUS and a Neo4j class in one table (error.cc).
enum class ErrorCode : std::uint8_t {
  kInvalidArgument,  ///< A value is out of its domain. Not for text that does not parse (kSyntax).
  kNotFound,         ///< A named thing is absent and the operation cannot go on without it.
  kAlreadyExists,    ///< A thing that must be new is there, or a uniqueness constraint is violated.
  kSyntax,           ///< Text of a person does not parse: query, rule, data file.
  kSemantic,       ///< It parses, but means nothing: unknown variable, wrong type, bad aggregation.
  kUnsupported,    ///< Understood, and not offered. Never used for what is merely wrong.
  kLimitExceeded,  ///< Time, memory, rows, depth; or cancelled by the caller.
  kCorruption,     ///< Stored data contradicts itself or its checksum.
  kIo,             ///< The operating system refused: missing file, full disk, lock held by another.
  kInternal,       ///< A mistake of ours.
};

/// When a query error is raised, in the words of the openCypher Technology Compatibility Kit.
enum class ErrorPhase : std::uint8_t { kNone, kCompileTime, kRuntime };

/// Where in a text that a person wrote. Lines and columns count from 1, columns in code points.
struct TextPosition {
  std::string file;        ///< Empty where the text has no file (a query on the command line).
  std::size_t offset = 0;  ///< In bytes, from the start of the text.
  std::size_t length =
      0;  ///< In bytes; how much of the line the caret underlines. At least 1 when printed.
  std::size_t line = 0;  ///< 0: no position is known.
  std::size_t column = 0;
};

/// The one exception type of the project. Thrown when an operation cannot go on; what is expected
/// to be absent is a std::optional or an empty range instead.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  Error(ErrorCode code, const std::string& message, TextPosition position)
      : std::runtime_error(message), code_(code), position_(std::move(position)) {}

  ErrorCode code() const noexcept { return code_; }
  const TextPosition& position() const noexcept { return position_; }

  /// Type and detail in the words of the TCK ("SyntaxError", "UndefinedVariable"); empty elsewhere.
  ErrorPhase phase() const noexcept { return phase_; }
  const std::string& type() const noexcept { return type_; }
  const std::string& detail() const noexcept { return detail_; }

  /// What to do about it, such as the nearest known name; empty where nothing helps.
  const std::string& hint() const noexcept { return hint_; }

  Error&& WithTck(ErrorPhase phase, std::string type, std::string detail) &&;
  Error&& WithHint(std::string hint) &&;
  Error&& WithPosition(TextPosition position) &&;

 private:
  ErrorCode code_;
  ErrorPhase phase_ = ErrorPhase::kNone;
  TextPosition position_;
  std::string type_;
  std::string detail_;
  std::string hint_;
};

/// Short name of a code as it is shown to people and in JSON: "InvalidArgument".
std::string_view Name(ErrorCode code);
/// Exit code of a program that ends with this error (docs/cli.md).
int ExitCode(ErrorCode code);
/// Five characters, ISO/IEC 39075:2024 (GQL) clause 23.
std::string_view GqlStatus(ErrorCode code);
/// Class as Neo4j drivers know it: "Neo.ClientError.Statement.SyntaxError".
std::string_view Neo4jClass(ErrorCode code);

/// Line and column of byte `offset` in `text` (both from 1; columns in code points).
TextPosition LocateInText(std::string_view text, std::size_t offset, std::size_t length);

/// `text`'s line at `position` with a caret line below it, ready to print; empty without a
/// position.
std::string CaretLines(std::string_view text, const TextPosition& position);

/// The name in `known` nearest to `name` by edit distance, ignoring case; empty where none is near
/// enough to be a useful guess: at most a third of the letters of `name`, or one, may differ, or
/// `name` is its beginning. A single letter resembles nothing.
template <typename Range>
std::string NearestName(std::string_view name, const Range& known);
/// The hint for a name that is not known: "did you mean X?", with the nearest one between `before`
/// and `after`; `otherwise` where none is near.
template <typename Range>
std::string DidYouMean(std::string_view name, const Range& known, std::string_view otherwise = {},
                       std::string_view before = {}, std::string_view after = {});
/// Edit distance (Levenshtein with transpositions of neighbours), ignoring ASCII case.
std::size_t EditDistance(std::string_view a, std::string_view b);

template <typename Range>
std::string NearestName(std::string_view name, const Range& known) {
  std::string best;
  if (name.size() < 2) return best;
  std::size_t best_distance = (name.size() < 6 ? 1 : name.size() / 3) + 1;
  for (const auto& candidate : known) {
    const bool begun = name.size() >= 3 &&
                       EditDistance(name, std::string_view(candidate).substr(0, name.size())) == 0;
    const std::size_t distance = begun ? 1 : EditDistance(name, candidate);
    // Of equally near ones the shortest: "Canad" is Canada rather than a Canadian plan.
    const bool shorter = distance == best_distance && !best.empty() &&
                         std::string_view(candidate).size() < best.size();
    if (distance < best_distance || shorter) {
      best_distance = distance;
      best = std::string(candidate);
    }
  }
  return best;
}

template <typename Range>
std::string DidYouMean(std::string_view name, const Range& known, std::string_view otherwise,
                       std::string_view before, std::string_view after) {
  const std::string nearest = NearestName(name, known);
  if (nearest.empty()) return std::string(otherwise);
  return std::string("did you mean ").append(before).append(nearest).append(after) + "?";
}

}  // namespace verbale
