// Each row in one line, then the sentences that prove it, indented; a blank line between rows.

#include <fmt/format.h>

#include "cli/evidence_text.h"
#include "cli/rows/printer.h"

namespace verbale::cli {
namespace {

class EvidencePrinter : public Printer {
 public:
  explicit EvidencePrinter(const PrintTo& to) : to_(to) {}

  void Row(std::span<const graph::Value> row) override {
    std::vector<std::string> cells;
    for (const graph::Value& value : row) {
      const std::string text = ShownCell(value, to_.result.view());
      const std::string_view tint = Tint(value);
      cells.push_back(to_.options.color ? Tinted(text, tint.empty() ? kBold : tint) : text);
    }
    std::string block = first_ ? "" : "\n";
    first_ = false;
    block += fmt::format("{}\n", fmt::join(cells, " · "));
    for (const auto& evidence : EvidenceOfRow(to_.result)) {
      block += EvidenceBlock(evidence, "    ", to_.options.width, to_.options.color);
    }
    fmt::print(to_.out, "{}", block);
  }

 private:
  const PrintTo to_;
  bool first_ = true;
};

}  // namespace

std::unique_ptr<Printer> MakeEvidence(const PrintTo& to) {
  return std::make_unique<EvidencePrinter>(to);
}

}  // namespace verbale::cli
