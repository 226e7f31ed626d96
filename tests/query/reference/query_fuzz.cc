// query_fuzz --seconds N --seed S [--first G]: compares the engine with the reference on generated
// graphs and queries for so long; prints what differs and how much was tried. Round G of seed S is
// always the same graph and the same queries. Exit code 1 where anything differs.

#include <charconv>
#include <chrono>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "tests/query/reference/compare.h"

namespace {

using namespace verbale::query::reference;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kQueriesPerGraph = 30;
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
    Comparison comparison(RandomGraph(dice), round % 4 == 0);
    Generator generator(dice);
    for (std::size_t i = 0; i < kQueriesPerGraph; ++i) {
      const Verdict verdict = comparison.Run(generator.Generate(), tally);
      if (verdict == Verdict::kDiffers) {
        fmt::print("DIFFERS seed {} round {} query {}\n{}\n", arguments.seed, round, i,
                   comparison.report());
        std::fflush(stdout);
      } else if (verdict == Verdict::kRefused && tally.refused <= arguments.show_refused) {
        fmt::print("{}", comparison.report());
      }
    }
  }
  fmt::print(
      "{} graphs, {} queries compared ({} errors alike), {} refused, {} too much: {} differ\n",
      round - arguments.first, tally.compared, tally.errors, tally.refused, tally.too_much,
      tally.different);
  return tally.different == 0 ? 0 : 1;
}
