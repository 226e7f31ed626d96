// JSON: an array of objects, or an object a line.

#include <fmt/format.h>

#include "cli/evidence_text.h"
#include "cli/rows/printer.h"

namespace verbale::cli {
namespace {

class JsonPrinter : public Printer {
 public:
  JsonPrinter(const PrintTo& to, bool lines) : to_(to), lines_(lines) {
    for (const auto& column : to.result.columns()) {
      names_.push_back(query::ToJson(graph::Value(column.name), nullptr));
    }
  }

  void Row(std::span<const graph::Value> row) override {
    std::string line = lines_ ? "{" : count_ == 0 ? "[\n  {" : ",\n  {";
    ++count_;
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i != 0) line += ", ";
      line += names_[i] + ": " + query::ToJson(row[i], &to_.result.view());
    }
    if (to_.options.why) {
      line += row.empty() ? "" : ", ";
      line += "\"why\": " + EvidenceJson(EvidenceOfRow(to_.result));
    }
    fmt::print(to_.out, "{}{}", line, lines_ ? "}\n" : "}");
  }

  void End() override {
    if (!lines_) fmt::print(to_.out, "{}", count_ == 0 ? "[]\n" : "\n]\n");
  }

 private:
  const PrintTo to_;
  const bool lines_;
  std::vector<std::string> names_;
  std::size_t count_ = 0;
};

}  // namespace

std::unique_ptr<Printer> MakeJson(const PrintTo& to) {
  return std::make_unique<JsonPrinter>(to, false);
}

std::unique_ptr<Printer> MakeJsonLines(const PrintTo& to) {
  return std::make_unique<JsonPrinter>(to, true);
}

}  // namespace verbale::cli
