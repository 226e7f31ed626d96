// query_fuzz --seconds N --seed S [--first G]: compares the engine with the reference on generated
// graphs and queries for so long; prints what differs and how much was tried. Round G of seed S is
// always the same graph and the same queries. Every second round is a conversation: what its
// statements write stays. Exit code 1 where anything differs.

#include <charconv>
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "tests/query/reference/compare.h"
#include "tests/query/reference/conversation.h"

namespace {

using namespace verbale::query::reference;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kQueriesPerGraph = 30;
constexpr std::size_t kStepsPerConversation = 60;
constexpr std::uint64_t kMostReports = 12;

struct Arguments {
  std::uint64_t seconds = 10;
  std::uint64_t seed = 1;
  std::uint64_t first = 0;
  std::uint64_t rounds = 0;  ///< 0: as many as there is time for.
  std::uint64_t show_refused = 0;
};

bool Read(int argc, char** argv, Arguments& arguments) {
  const std::map<std::string_view, std::uint64_t*> known = {
      {"--seconds", &arguments.seconds},
      {"--seed", &arguments.seed},
      {"--first", &arguments.first},
      {"--rounds", &arguments.rounds},
      {"--show-refused", &arguments.show_refused}};
  for (int i = 1; i < argc; i += 2) {
    const auto option = known.find(argv[i]);
    if (option == known.end() || i + 1 == argc) return false;
    const std::string_view text = argv[i + 1];
    const auto end = text.data() + text.size();
    if (std::from_chars(text.data(), end, *option->second).ptr != end) return false;
  }
  return true;
}

void Tell(Verdict verdict, const std::string& report, std::uint64_t round, std::size_t query,
          const Arguments& arguments, const Tally& tally) {
  if (verdict == Verdict::kDiffers) {
    fmt::print("DIFFERS seed {} round {} query {}\n{}\n", arguments.seed, round, query, report);
    std::fflush(stdout);
  } else if (verdict == Verdict::kRefused && tally.refused <= arguments.show_refused) {
    fmt::print("{}", report);
  }
}

/// Each statement over the same graph.
void CompareAlone(Dice& dice, std::uint64_t round, const Arguments& arguments, Tally& tally) {
  Comparison comparison(RandomGraph(dice), round % 16 == 0);
  Generator generator(dice);
  for (std::size_t i = 0; i < kQueriesPerGraph; ++i) {
    const Verdict verdict = comparison.Run(generator.Generate(), tally);
    Tell(verdict, comparison.report(), round, i, arguments, tally);
  }
}

/// Each statement over what the ones before it have left.
void Converse(Dice& dice, std::uint64_t round, const Arguments& arguments, Tally& tally) {
  Conversation conversation(RandomGraph(dice), dice, round % 16 == 1);
  for (std::size_t i = 0; i < kStepsPerConversation; ++i) {
    const Verdict verdict = conversation.Step(tally);
    Tell(verdict, conversation.report(), round, i, arguments, tally);
    if (verdict == Verdict::kDiffers || conversation.is_over()) return;
  }
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  if (!Read(argc, argv, arguments)) {
    std::fputs("usage: query_fuzz [--seconds N] [--seed S] [--first ROUND] [--rounds N]\n", stderr);
    return 2;
  }
  const auto end = Clock::now() + std::chrono::seconds(arguments.seconds);
  Tally tally;
  std::uint64_t round = arguments.first;
  for (; Clock::now() < end && tally.different < kMostReports; ++round) {
    if (arguments.rounds > 0 && round == arguments.first + arguments.rounds) break;
    Dice dice((arguments.seed << 32) + round);
    if (round % 2 == 0) {
      CompareAlone(dice, round, arguments, tally);
    } else {
      Converse(dice, round, arguments, tally);
    }
  }
  fmt::print(
      "{} graphs, {} queries compared ({} errors alike), {} refused, {} too much: {} differ\n",
      round - arguments.first, tally.compared, tally.errors, tally.refused, tally.too_much,
      tally.different);
  return tally.different == 0 ? 0 : 1;
}
