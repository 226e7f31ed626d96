#include "graph/fact.h"

#include <array>
#include <cstddef>

#include "graph/error.h"

namespace verbale::graph {
namespace {

// In the order of Modality.
constexpr std::array<std::string_view, 9> kModalityNames = {"asserted",  "recommended", "hoped",
                                                            "requested", "conditional", "planned",
                                                            "denied",    "reported",    "ended"};

}  // namespace

std::string_view Name(Modality modality) {
  return kModalityNames[static_cast<std::size_t>(modality)];
}

Modality ModalityFromName(std::string_view name) {
  for (std::size_t i = 0; i < kModalityNames.size(); ++i) {
    if (kModalityNames[i] == name) return static_cast<Modality>(i);
  }
  std::string all;
  for (const std::string_view known : kModalityNames) {
    if (!all.empty()) all += ", ";
    all += known;
  }
  throw Error(ErrorCode::kInvalidArgument, "no modality is called '" + std::string(name) + "'")
      .WithHint("there are " + all);
}

}  // namespace verbale::graph
