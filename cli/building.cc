#include "cli/building.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "cli/packs.h"
#include "cli/progress.h"
#include "cli/reading.h"

namespace verbale::cli {
namespace {

using graph::DocumentFacts;
using graph::SourceRecord;

// A batch is one commit, where the graph has no constraints. Small enough that a build that is
// stopped has lost little, large enough that the log is not synced for every document.
constexpr std::size_t kBatchDocuments = 64;
constexpr std::size_t kBatchBytes = std::size_t{8} << 20;

// Of a document and of a file, as text: so they are compared.
std::string AbsolutePath(const SourceRecord& source) {
  return source.root.empty() ? std::string() : TextOfPath(source.root) + "/" + source.path;
}

std::string AbsolutePath(const InputFile& file) { return TextOfPath(file.absolute); }

std::vector<std::string> AsTexts(const std::vector<std::string>& paths) {
  std::vector<std::string> texts;
  for (const std::string& path : paths) texts.push_back(TextOfPath(path));
  return texts;
}

/// A file that has a symbol, and the hash of its bytes.
struct Claim {
  std::string path, hash;
};

bool IsUnder(const std::string& path, const std::vector<std::string>& roots) {
  for (const std::string& root : roots) {
    if (path.size() > root.size() && path.compare(0, root.size(), root) == 0 &&
        path[root.size()] == '/')
      return true;
    if (root == "/") return true;
  }
  return false;
}

/// What breaks one refuses all that a build brings, whatever the order of files.
bool HasConstraints(const graph::Graph& graph) {
  const std::vector<graph::SchemaItem> schema = graph.Read()->Schema();
  return std::any_of(schema.begin(), schema.end(), [](const graph::SchemaItem& item) {
    return item.kind != graph::SchemaKind::kIndex;
  });
}

class Builder {
 public:
  Builder(graph::Graph& graph, const Inputs& inputs, const extract::Pack& pack,
          const BuildOptions& options, const std::function<void(std::string_view)>& phase)
      : graph_(graph),
        inputs_(inputs),
        roots_(AsTexts(inputs.roots)),
        unread_(AsTexts(inputs.unread)),
        pack_(HashOfReading(pack, options.keep_unasserted)),
        options_(options),
        in_one_commit_(options.plan || HasConstraints(graph)),
        phase_(phase) {
    report_.skipped = inputs.skipped;
    for (const auto& document : graph.Documents()) documents_.emplace(document.symbol, document);
    for (auto& source : graph.Sources()) {
      const std::string path = AbsolutePath(source);
      if (!path.empty()) symbol_at_.emplace(path, source.symbol);
      source_of_.emplace(source.symbol, std::move(source));
    }
    for (const InputFile& file : inputs.files) given_.insert(AbsolutePath(file));
    for (const std::string& path : inputs.filtered) filtered_.insert(TextOfPath(path));
  }

  BuildReport Run(const extract::Reader& reader) && {
    phase_("reading");
    Progress progress(inputs_.files.size());
    const auto unchanged = [this](const InputFile& file, const std::string& bytes) {
      return IsUnchanged(file, bytes);
    };
    ReadAll(inputs_.files, reader, options_.threads, unchanged, [&](ReadOutcome outcome) {
      progress.Advance(outcome.bytes, outcome.facts ? outcome.facts->facts.size() : 0);
      Take(std::move(outcome));
    });
    phase_("retracting");
    Commit(Gone());
    if (!options_.plan) graph_.Sync();
    return std::move(report_);
  }

 private:
  bool IsUnchanged(const InputFile& file, const std::string& bytes) const {
    const auto at = symbol_at_.find(AbsolutePath(file));
    if (file.absolute.empty() || at == symbol_at_.end()) return false;
    const auto& document = documents_.at(at->second);
    return document.pack == pack_ && document.path == file.path &&
           document.hash == graph::Sha256Hex(bytes);
  }

  void Take(ReadOutcome outcome) {
    const InputFile& file = *outcome.file;
    if (!outcome.failure.empty()) {
      if (outcome.unread) unread_.push_back(AbsolutePath(file));
      report_.skipped.push_back({file.path, outcome.failure, true});
      return;
    }
    const std::string symbol =
        outcome.unchanged ? symbol_at_.at(AbsolutePath(file)) : outcome.facts->document.symbol;
    std::string hash =
        outcome.unchanged ? documents_.at(symbol).hash : outcome.facts->document.hash;
    const Claim owner = Owner(symbol, file);
    if (!owner.path.empty()) {
      const bool lost = owner.hash != hash;  // A copy of it tells nothing new.
      report_.skipped.push_back(
          {file.path, fmt::format("its symbol {} is that of {}", symbol, owner.path), lost});
      return;
    }
    claimed_.emplace(symbol, Claim{file.path, std::move(hash)});
    if (outcome.unchanged) {
      ++report_.unchanged;
      return;
    }
    Count(outcome);
    sources_.push_back({symbol, file.root, file.path});
    batch_bytes_ += outcome.bytes;
    batch_.push_back(std::move(*outcome.facts));
    batch_.back().document.pack = pack_;
    if (options_.keep_unasserted) KeepUnasserted(batch_.back());
    const bool full = batch_.size() >= kBatchDocuments || batch_bytes_ >= kBatchBytes;
    if (full && !in_one_commit_) Commit({});
  }

  // The file that has this symbol already and keeps it; no path where it is free.
  Claim Owner(const std::string& symbol, const InputFile& file) const {
    const auto claimed = claimed_.find(symbol);
    if (claimed != claimed_.end()) return claimed->second;
    const auto stored = source_of_.find(symbol);
    if (stored == source_of_.end()) return {};
    const std::string path = AbsolutePath(stored->second);
    if (path.empty() || path == AbsolutePath(file)) return {};
    const bool given = given_.count(path) != 0 || IsUnder(path, roots_);
    const bool stays = given ? IsUnread(path) : std::filesystem::exists(PathOfText(path));
    if (!stays) return {};
    return {path, documents_.at(symbol).hash};
  }

  void Count(const ReadOutcome& outcome) {
    ++report_.read;
    report_.bytes += outcome.bytes;
    report_.sections += outcome.facts->sections.size();
    report_.sentences += outcome.facts->document.sentences;
    report_.replaced_characters += outcome.facts->document.replaced;
    for (const std::string& warning : outcome.facts->warnings) {
      report_.warnings.push_back(outcome.file->path + ": " + warning);
    }
  }

  // Symbols of documents whose file does not yield them any more.
  std::vector<std::string> Gone() const {
    std::vector<std::string> gone;
    for (const auto& [symbol, source] : source_of_) {
      const std::string path = AbsolutePath(source);
      if (path.empty() || claimed_.count(symbol) != 0 || IsUnread(path)) continue;
      const bool given = given_.count(path) != 0;
      const bool lost = IsUnder(path, roots_) && filtered_.count(path) == 0;
      if (given || lost) gone.push_back(symbol);
    }
    return gone;
  }

  // Whether the system did not let it be read, so that nobody knows what became of it.
  bool IsUnread(const std::string& path) const {
    return std::find(unread_.begin(), unread_.end(), path) != unread_.end() ||
           IsUnder(path, unread_);
  }

  void Commit(const std::vector<std::string>& gone) {
    report_.removed += gone.size();
    if (options_.plan) {
      report_.changes = graph_.Plan(batch_, gone).changes;
      return;
    }
    if (batch_.empty() && gone.empty()) return;
    if (gone.empty()) phase_("committing");
    graph_.Ingest(batch_, gone, sources_, graph::Durability::kWithSync);
    batch_.clear();
    sources_.clear();
    batch_bytes_ = 0;
    if (gone.empty()) phase_("reading");
  }

  graph::Graph& graph_;
  const Inputs& inputs_;
  // What was given, as text.
  const std::vector<std::string> roots_;
  std::vector<std::string> unread_;
  std::set<std::string> given_, filtered_;
  const std::string pack_;  ///< What documents say that they were read with.
  const BuildOptions& options_;
  const bool in_one_commit_;  ///< All is written or nothing.
  const std::function<void(std::string_view)>& phase_;

  // As the graph stood before.
  std::unordered_map<std::string, graph::DocumentRecord> documents_;
  std::unordered_map<std::string, std::string> symbol_at_;  // absolute path → symbol
  std::map<std::string, SourceRecord> source_of_;

  std::map<std::string, Claim> claimed_;  // by symbol, in this run
  std::vector<DocumentFacts> batch_;
  std::vector<SourceRecord> sources_;
  std::size_t batch_bytes_ = 0;
  BuildReport report_;
};

}  // namespace

BuildReport Build(graph::Graph& graph, const Inputs& inputs, const extract::Pack& pack,
                  const extract::Reader& reader, const BuildOptions& options,
                  const std::function<void(std::string_view)>& phase) {
  return Builder(graph, inputs, pack, options, phase).Run(reader);
}

}  // namespace verbale::cli
