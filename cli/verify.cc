#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/packs.h"
#include "cli/reading.h"
#include "cli/width.h"

namespace verbale::cli {
namespace {

using graph::DocumentFacts;
using graph::Fact;

struct Options {
  std::vector<std::string> paths;
  std::string pack = kDefaultPack;
  bool quotes_only = false;
};

// Everything that makes one reading what it is, in one comparable line.
std::string Key(const DocumentFacts& facts, const Fact& fact) {
  std::string attributes;
  for (const auto& [name, value] : fact.evidence.attributes) {
    attributes += fmt::format(" {}={}", name, graph::Hash(value));
  }
  return fmt::format("{} {} {} {} [{}, {}) {}{}", facts.entities[fact.subject].id, fact.type,
                     facts.entities[fact.object].id, graph::Name(fact.evidence.modality),
                     fact.evidence.span.begin, fact.evidence.span.end, fact.evidence.rule,
                     attributes);
}

std::multiset<std::string> Keys(const DocumentFacts& facts) {
  std::multiset<std::string> keys;
  for (const Fact& fact : facts.facts) keys.insert(Key(facts, fact));
  return keys;
}

std::string FactText(const DocumentFacts& facts, const Fact& fact) {
  return fmt::format("{} {} {}", facts.entities[fact.subject].name, fact.type,
                     facts.entities[fact.object].name);
}

// Where the files of documents are: those under the paths that were given, by relative path or
// name; else the files that the graph was built from.
class Files {
 public:
  Files(const std::vector<std::string>& paths, const std::vector<graph::SourceRecord>& sources) {
    given_ = !paths.empty();
    if (given_) {
      InputOptions options;
      options.paths = paths;
      for (const InputFile& file : CollectInputs(options).files)
        by_path_.emplace(file.path, file.absolute);
    }
    for (const auto& source : sources) {
      if (!source.root.empty()) {
        built_from_.emplace(source.symbol, PathOfText(source.root + "/" + source.path));
      }
    }
  }

  /// Why Of() knows none.
  std::string WhyNone(const graph::DocumentRecord& document) const {
    if (given_) return fmt::format("no file {} under the given paths", document.path);
    return built_from_.count(document.symbol) == 0
               ? "it was not built from a file; give the path of one"
               : "the file it was built from is gone";
  }

  /// Empty where there is none.
  std::string Of(const graph::DocumentRecord& document) const {
    if (given_) {
      const auto same = by_path_.find(document.path);
      if (same != by_path_.end()) return same->second;
      const auto named = by_path_.find(std::filesystem::path(document.path).filename().string());
      return named == by_path_.end() ? "" : named->second;
    }
    const auto at = built_from_.find(document.symbol);
    return at == built_from_.end() || !std::filesystem::exists(at->second) ? "" : at->second;
  }

 private:
  bool given_ = false;
  std::map<std::string, std::string> by_path_;
  std::map<std::string, std::string> built_from_;
};

class Verifier {
 public:
  Verifier(const graph::Graph& graph, const Options& options)
      : graph_(graph), options_(options), files_(options.paths, graph.Sources()) {}

  int Run() {
    for (const auto& document : graph_.Documents()) {
      const DocumentFacts facts = graph_.FactsOf(document.symbol);
      const std::string stored = graph_.DocumentText(document.symbol).value_or("");
      CheckFile(document, facts, stored);
      if (!options_.quotes_only) CheckDerivation(document, facts, stored);
    }
    fmt::print("{} quotes found again, {} relationships derived again, {} problems\n", quotes_,
               derived_, problems_);
    return problems_ == 0 ? kDone : kCheckFailed;
  }

 private:
  void Problem(const std::string& where, const std::string& what) {
    ++problems_;
    fmt::print("{}: {}\n", OneLine(where), OneLine(what));
  }

  void CheckFile(const graph::DocumentRecord& document, const DocumentFacts& facts,
                 const std::string& stored) {
    const std::string path = files_.Of(document);
    if (path.empty()) {
      Problem(document.symbol, files_.WhyNone(document));
      return;
    }
    std::string bytes;
    try {
      bytes = ReadInput({"", path, path});
    } catch (const Error& error) {
      Problem(document.symbol, error.what());
      return;
    }
    if (graph::Sha256Hex(bytes) != document.hash) {
      Problem(document.symbol, fmt::format("the file has changed: {}", path));
    }
    if (graph::Sha256Hex(stored) != document.hash) {
      std::optional<std::string> text = Converted(document, std::move(bytes));
      if (!text) return;  // Nothing is known of its quotes.
      bytes = std::move(*text);
    }
    for (const Fact& fact : facts.facts) {
      const auto& span = fact.evidence.span;
      const bool inside = span.end <= bytes.size() && span.end <= stored.size();
      if (inside && bytes.compare(span.begin, span.size(), stored, span.begin, span.size()) == 0) {
        ++quotes_;
      } else {
        Problem(fmt::format("{} bytes {}–{}", document.path, span.begin, span.end),
                fmt::format("the quote is not there any more; lost its proof: {} “{}”",
                            FactText(facts, fact), fact.evidence.sentence));
      }
    }
  }

  // The quotes of a PDF or DOCX stand in the text that is made of it; none where it cannot be read.
  std::optional<std::string> Converted(const graph::DocumentRecord& document, std::string bytes) {
    try {
      return Reader().Read({document.path, std::move(bytes)}).text;
    } catch (const Error& error) {
      Problem(document.symbol, fmt::format("{}, so nothing is known of its quotes", error.what()));
      return std::nullopt;
    }
  }

  const extract::Reader& Reader() {
    if (reader_ == nullptr) {
      const auto pack = LoadPack(options_.pack, extract::PackParts::kForReading);
      asserted_only_ = HashOfReading(*pack, false);
      with_unasserted_ = HashOfReading(*pack, true);
      reader_ = std::make_unique<extract::Reader>(pack);
    }
    return *reader_;
  }

  void CheckDerivation(const graph::DocumentRecord& document, const DocumentFacts& facts,
                       const std::string& stored) {
    const extract::Reader& reader = Reader();
    if (document.pack != asserted_only_ && document.pack != with_unasserted_) {
      Problem(document.symbol,
              "was read with another pack, so nothing can be derived again (run build, or name it "
              "with --pack)");
      return;
    }
    DocumentFacts again = reader.Read({document.path, stored});
    if (document.pack == with_unasserted_) KeepUnasserted(again);
    auto expected = Keys(facts);
    for (const Fact& fact : again.facts) {
      const auto at = expected.find(Key(again, fact));
      if (at == expected.end()) {
        Problem(document.symbol, "is read now, but not in the graph: " + Key(again, fact));
      } else {
        expected.erase(at);
        ++derived_;
      }
    }
    for (const std::string& key : expected) {
      Problem(document.symbol, "is in the graph, but not read from the text: " + key);
    }
  }

  const graph::Graph& graph_;
  const Options& options_;
  const Files files_;
  std::unique_ptr<extract::Reader> reader_;
  std::string asserted_only_, with_unasserted_;  // HashOfReading; with reader_.
  std::uint64_t quotes_ = 0, derived_ = 0, problems_ = 0;
};

}  // namespace

Command VerifyCommand() {
  Command command;
  command.name = "verify";
  command.summary = "Find every quote again in its file, and derive every relationship again";
  command.text =
      "Compares each quote with the bytes of its file (the files that the graph was built from, or "
      "those "
      "under PATH), and reads the kept text of each document again: the same facts must come out. "
      "A "
      "changed file is named; where the change lies inside a quote, so are the relationships that "
      "lost "
      "their proof. Exits with 3 where anything does not hold.";
  command.examples = {{"verbale verify", "against the files that were read"},
                      {"verbale verify /mnt/archive", "against another copy of them"}};
  command.setup = [](CommandLine& line, Globals& globals) {
    auto options = std::make_shared<Options>();
    line.Add("paths", options->paths, "Files or folders to look in").Type("PATH");
    AddGraphOption(line, globals);
    AddPackOption(line, options->pack, "Pack that the graph was built with");
    line.Flag("--quotes-only", options->quotes_only, "Do not derive again");
    return [options, &globals] {
      const auto graph = OpenToRead(globals);
      return Verifier(*graph, *options).Run();
    };
  };
  return command;
}

}  // namespace verbale::cli
