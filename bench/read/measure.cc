// How fast documents are read, beside what regular expressions alone would cost on the same text.
//
//   verbale_bench_read PACK FOLDER MEGABYTES ROUNDS WHAT…
//
// WHAT is `facts` (bytes to facts, one thread), `facts2` (two threads), `alternation` (RE2, one
// alternation of 400 names), `set` (RE2::Set of 150 relation patterns, a sentence each), `digest`
// (a number that changes with any byte of any fact: two versions that should read alike do). All
// take turns in every round, so that what else the machine does hits all alike; the best round
// counts. Files are in memory before the clock starts. Prints one line of JSON a WHAT.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <re2/re2.h>
#include <re2/set.h>
#include <sys/resource.h>

#include "extract/extract.h"
#include "extract/facts_jsonl.h"
#include "graph/error.h"
#include "graph/graph.h"

namespace verbale {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// The files below `folder`, by name, until there are `bytes`; from the first again where the
/// folder holds less. Without their bytes where not `keep`.
std::vector<extract::Source> Load(const fs::path& folder, std::uint64_t bytes, bool keep) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  if (paths.empty()) throw Error(ErrorCode::kNotFound, "no files in " + folder.string());
  std::sort(paths.begin(), paths.end());
  std::vector<extract::Source> sources;
  for (std::uint64_t have = 0, i = 0; have < bytes; ++i) {
    const fs::path& path = paths[i % paths.size()];
    sources.push_back({fs::relative(path, folder).string(), keep ? ReadFile(path) : ""});
    have += fs::file_size(path);
  }
  return sources;
}

/// What a round found: so that no work is left out, and rounds can be compared.
struct Count {
  std::uint64_t found = 0;
};

Count ReadFromDisk(const extract::Reader& reader, const std::vector<extract::Source>& sources,
                   const fs::path& folder) {
  Count count;
  for (const extract::Source& source : sources) {
    count.found += reader.Read({source.path, ReadFile(folder / source.path)}).facts.size();
  }
  return count;
}

Count ReadAll(const extract::Reader& reader, const std::vector<extract::Source>& sources,
              unsigned threads) {
  std::atomic<std::size_t> next{0};
  std::atomic<std::uint64_t> found{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < sources.size(); i = next++) {
      found += reader.Read(sources[i]).facts.size();
    }
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  return {found};
}

/// 400 names of entities that the pack knows: what speeches are full of.
std::string Alternation(const extract::Pack& pack, const std::vector<extract::Source>& sources) {
  std::map<std::string, bool> names;
  const extract::Reader reader(
      std::shared_ptr<const extract::Pack>(&pack, [](const extract::Pack*) {}));
  for (const extract::Source& source : sources) {
    for (const graph::Entity& entity : reader.Read(source).entities) {
      if (names.size() < 400 && entity.name.size() > 3) names.emplace(entity.name, true);
    }
    if (names.size() == 400) break;
  }
  std::string pattern;
  for (const auto& [name, used] : names) {
    pattern += (pattern.empty() ? "" : "|") + RE2::QuoteMeta(name);
  }
  return "\\b(?:" + pattern + ")\\b";
}

Count MatchNames(const RE2& names, const std::vector<extract::Source>& sources) {
  Count count;
  for (const extract::Source& source : sources) {
    re2::StringPiece rest(source.bytes);
    while (RE2::FindAndConsume(&rest, names)) ++count.found;
  }
  return count;
}

/// 150 patterns as somebody writes them who reads relations with regular expressions alone.
std::vector<std::string> RelationPatterns() {
  const std::vector<std::string> verbs = {
      "ratif(?:y|ies|ied|ying)",   "sign(?:s|ed|ing)?",        "acced(?:e|es|ed|ing) to",
      "join(?:s|ed|ing)?",         "support(?:s|ed|ing)?",     "welcom(?:e|es|ed|ing)",
      "endors(?:e|es|ed|ing)",     "condemn(?:s|ed|ing)?",     "establish(?:es|ed|ing)?",
      "adopt(?:s|ed|ing)?",        "host(?:s|ed|ing)?",        "fund(?:s|ed|ing)?",
      "participat(?:e|es|ed|ing)", "contribut(?:e|es|ed|ing)", "cooperat(?:e|es|ed|ing) with"};
  const std::vector<std::string> objects = {
      "(?:the )?[A-Z]\\w+ Convention",  "(?:the )?Treaty on [A-Z]\\w+",
      "(?:the )?[A-Z]\\w+ Protocol",    "(?:the )?United Nations",
      "(?:the )?[A-Z]\\w+ Union",       "(?:the )?[A-Z]\\w+ Council",
      "(?:the )?Group of [A-Z]\\w+",    "(?:a|an|the) [\\w ]{0,30}(?:centre|agency|law|strategy)",
      "(?:the )?[A-Z]\\w+ Declaration", "(?:the )?[A-Z]\\w+ (?:Fund|Programme|Initiative)"};
  std::vector<std::string> patterns;
  for (const std::string& verb : verbs) {
    for (const std::string& object : objects) patterns.push_back(verb + " " + object);
  }
  return patterns;
}

Count MatchSet(const RE2::Set& set, const std::vector<extract::Source>& sources) {
  Count count;
  std::vector<int> which;
  for (const extract::Source& source : sources) {
    const std::string_view text = source.bytes;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(". ", at), text.size());
      which.clear();
      set.Match(re2::StringPiece(text.data() + at, end - at), &which);
      count.found += which.size();
      at = end + 2;
    }
  }
  return count;
}

Count DigestFacts(const extract::Reader& reader, const std::vector<extract::Source>& sources) {
  std::string chain;
  for (const extract::Source& source : sources) {
    extract::WriteFacts(reader.Read(source), chain);
    chain = graph::Sha256Hex(chain);
  }
  return {std::stoull(chain.substr(0, 16), nullptr, 16)};
}

long PeakKilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

int Run(const std::vector<std::string>& arguments) {
  const std::shared_ptr<const extract::Pack> pack = extract::Pack::Load(arguments[0]);
  const extract::Reader reader(pack);
  const long before = PeakKilobytes();
  const std::vector<std::string> what(arguments.begin() + 4, arguments.end());
  const std::vector<extract::Source> sources =
      Load(arguments[1], std::uint64_t{1'000'000} * std::stoul(arguments[2]), what[0] != "stream");
  const auto wanted = [&](const char* name) {
    return std::find(what.begin(), what.end(), name) != what.end();
  };
  RE2::Options roomy;
  roomy.set_max_mem(std::int64_t{256} << 20);
  const RE2 names(wanted("alternation") ? Alternation(*pack, sources) : "", roomy);
  RE2::Set set(roomy, RE2::UNANCHORED);
  for (const std::string& pattern : RelationPatterns()) set.Add(pattern, nullptr);
  set.Compile();
  const std::map<std::string, std::function<Count()>> tasks = {
      {"facts", [&] { return ReadAll(reader, sources, 1); }},
      {"facts2", [&] { return ReadAll(reader, sources, 2); }},
      {"alternation", [&] { return MatchNames(names, sources); }},
      {"set", [&] { return MatchSet(set, sources); }},
      {"stream", [&] { return ReadFromDisk(reader, sources, arguments[1]); }},
      {"digest", [&] { return DigestFacts(reader, sources); }},
  };
  std::uint64_t bytes = 0;
  for (const extract::Source& source : sources) {
    bytes += fs::file_size(fs::path(arguments[1]) / source.path);
  }
  struct Best {
    double seconds = 0, cpu_seconds = 0;
    std::uint64_t found = 0;
  };
  std::map<std::string, Best> best;
  for (unsigned long round = 0; round < std::stoul(arguments[3]); ++round) {
    for (const std::string& name : what) {
      const auto begin = std::chrono::steady_clock::now();
      const std::clock_t cpu_begin = std::clock();
      const Count count = tasks.at(name)();
      const double cpu = static_cast<double>(std::clock() - cpu_begin) / CLOCKS_PER_SEC;
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
      Best& run = best.try_emplace(name, Best{took.count(), cpu, count.found}).first->second;
      run.seconds = std::min(run.seconds, took.count());
      run.cpu_seconds = std::min(run.cpu_seconds, cpu);
    }
  }
  for (const std::string& name : what) {
    const Best& run = best.at(name);
    fmt::print(
        "{{\"what\": \"{}\", \"bytes\": {}, \"documents\": {}, \"seconds\": {:.4f}, "
        "\"cpu_seconds\": {:.4f}, \"found\": {}, \"pack_kb\": {}, \"peak_kb\": {}}}\n",
        name, bytes, sources.size(), run.seconds, run.cpu_seconds, run.found, before,
        PeakKilobytes());
  }
  return 0;
}

}  // namespace
}  // namespace verbale

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 5) {
    std::cerr << "usage: verbale_bench_read PACK FOLDER MEGABYTES ROUNDS "
                 "facts|facts2|alternation|set|digest|stream …\n";
    return 2;
  }
  try {
    return verbale::Run(arguments);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
