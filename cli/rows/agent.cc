// For language models, which pay for every word: a header once, tab-separated rows with the numbers
// of their quotes, then each quote once, then the counts.
//
//     state<TAB>treaty<TAB>quotes
//     Canada<TAB>Convention on Cybercrime<TAB>1 2
//     #1 A/70/172 Canada 1200-1311: Canada ratified …
//     #rows 1 quotes 2

#include <map>

#include <fmt/format.h>

#include "cli/rows/printer.h"

namespace verbale::cli {
namespace {

class AgentPrinter : public Printer {
 public:
  explicit AgentPrinter(const PrintTo& to) : to_(to) {
    std::vector<std::string> names;
    for (const std::string& name : ColumnNames(to.result)) names.push_back(TsvField(name));
    names.push_back("quotes");
    fmt::print(to_.out, "{}\n", fmt::join(names, "\t"));
  }

  void Row(std::span<const graph::Value> row) override {
    std::string line;
    for (const graph::Value& value : row) {
      line += TsvField(CellText(value, to_.result.view())) + "\t";
    }
    std::vector<std::size_t> numbers;
    for (const auto& evidence : EvidenceOfRow(to_.result)) numbers.push_back(NumberOf(evidence));
    fmt::print(to_.out, "{}{}\n", line, fmt::join(numbers, " "));
    ++rows_;
  }

  void End() override {
    for (std::size_t i = 0; i < quotes_.size(); ++i) {
      fmt::print(to_.out, "#{} {}\n", i + 1, quotes_[i]);
    }
    fmt::print(to_.out, "#rows {} quotes {}\n", rows_, quotes_.size());
  }

 private:
  std::size_t NumberOf(const graph::EvidenceRecord& evidence) {
    std::string place = evidence.document;
    if (!evidence.section.empty()) place += " " + evidence.section;
    place += fmt::format(" {}-{}", evidence.span.begin, evidence.span.end);
    const auto [at, is_new] = numbers_.emplace(place, quotes_.size() + 1);
    if (is_new) quotes_.push_back(fmt::format("{}: {}", place, OneLine(evidence.sentence)));
    return at->second;
  }

  const PrintTo to_;
  std::map<std::string, std::size_t> numbers_;  // place → number of the quote
  std::vector<std::string> quotes_;
  std::size_t rows_ = 0;
};

}  // namespace

std::unique_ptr<Printer> MakeAgent(const PrintTo& to) { return std::make_unique<AgentPrinter>(to); }

}  // namespace verbale::cli
