// No rows at all, for timing.

#include "cli/rows/printer.h"

namespace verbale::cli {
namespace {

class TrashPrinter : public Printer {
 public:
  void Row(std::span<const graph::Value>) override {}
};

}  // namespace

std::unique_ptr<Printer> MakeTrash(const PrintTo&) { return std::make_unique<TrashPrinter>(); }

}  // namespace verbale::cli
