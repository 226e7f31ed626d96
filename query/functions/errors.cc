#include "query/functions/errors.h"

#include "query/query.h"

namespace verbale::query {
namespace {

constexpr std::size_t kLongestShown = 60;
constexpr std::size_t kLongestText = std::size_t{1} << 28;
constexpr std::size_t kLongestList = std::size_t{1} << 26;

[[noreturn]] void Throw(std::string message, std::string_view type, std::string_view detail) {
  throw Error(ErrorCode::kInvalidArgument, std::move(message))
      .WithTck(ErrorPhase::kRuntime, std::string(type), std::string(detail));
}

}  // namespace

void ThrowType(std::string message, std::string_view detail) {
  Throw(std::move(message), "TypeError", detail);
}

void ThrowArgument(std::string message, std::string_view detail) {
  Throw(std::move(message), "ArgumentError", detail);
}

void ThrowArithmetic(std::string message, std::string_view detail) {
  Throw(std::move(message), "ArithmeticError", detail);
}

void ThrowDeleted(std::string_view what) {
  throw Error(ErrorCode::kNotFound, "this " + std::string(what) + " was deleted by the statement")
      .WithTck(ErrorPhase::kRuntime, "EntityNotFound", "DeletedEntityAccess");
}

void CheckTextSize(std::size_t bytes) {
  if (bytes <= kLongestText) return;
  throw Error(ErrorCode::kLimitExceeded,
              "a string of more than " + std::to_string(kLongestText) + " bytes");
}

void CheckListSize(std::size_t elements) {
  if (elements <= kLongestList) return;
  throw Error(ErrorCode::kLimitExceeded,
              "a list of more than " + std::to_string(kLongestList) + " elements");
}

std::string Describe(const graph::Value& value) {
  std::string out(graph::TypeName(value.type()));
  if (value.is_null() || value.is_node() || value.is_rel() || value.is_path()) return out;
  std::string shown = ToCypher(value, nullptr);
  if (shown.size() > kLongestShown) {
    std::size_t cut = kLongestShown;
    while (cut > 0 && (static_cast<unsigned char>(shown[cut]) & 0xC0u) == 0x80u) --cut;
    shown.resize(cut);
    shown += "…";
  }
  return out + " " + shown;
}

}  // namespace verbale::query
