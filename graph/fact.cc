#include "graph/fact.h"

#include <array>
#include <cstddef>

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "graph/error.h"

namespace verbale::graph {
namespace {

// In the order of Modality.
constexpr std::array<std::string_view, 9> kModalityNames = {"asserted",  "recommended", "hoped",
                                                            "requested", "conditional", "planned",
                                                            "denied",    "reported",    "ended"};

/// Appends `text` as EntityId writes it.
void AppendFolded(std::string& out, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString folded = icu::UnicodeString::fromUTF8(
      icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  if (U_SUCCESS(status)) folded = decompose->normalize(folded.foldCase(), status);
  if (U_FAILURE(status)) throw Error(ErrorCode::kInternal, u_errorName(status));
  const std::size_t start = out.size();
  bool gap = false;
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 c = folded.char32At(i);
    if (u_charType(c) == U_NON_SPACING_MARK) continue;  // the accent that was decomposed
    if (!u_isalnum(c)) {
      gap = true;
      continue;
    }
    if (gap && !kept.isEmpty()) kept.append(static_cast<UChar32>('-'));
    gap = false;
    kept.append(c);
  }
  kept.toUTF8String(out);
  if (out.size() == start) out.push_back('-');
}

}  // namespace

std::string EntityId(std::string_view label, std::string_view name) {
  std::string id;
  AppendFolded(id, label);
  id.push_back(':');
  AppendFolded(id, name);
  return id;
}

std::string_view Name(Modality modality) {
  return kModalityNames[static_cast<std::size_t>(modality)];
}

Modality ModalityFromName(std::string_view name) {
  for (std::size_t i = 0; i < kModalityNames.size(); ++i) {
    if (kModalityNames[i] == name) return static_cast<Modality>(i);
  }
  throw Error(ErrorCode::kInvalidArgument, "no modality is called '" + std::string(name) + "'")
      .WithHint("nearest: " + NearestName(name, kModalityNames));
}

}  // namespace verbale::graph
