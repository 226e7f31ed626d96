#pragma once

// The door of extract/: text in, facts out. Nothing here touches a store.

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/fact.h"

namespace verbale::extract {

/// How much of a pack is loaded.
enum class PackParts {
  kAll,
  kForReading,  ///< Not the files of examples, which change no reading.
};

/// Gazetteers and rules of one domain, loaded, checked and compiled. Immutable; shared by threads.
/// Error(kSyntax, kSemantic) with file, line and column for what is wrong in the pack.
class Pack {
 public:
  /// Folder of a pack (`data/packs/ict-security`); packs that it builds on are loaded with it, from
  /// beside it, else from the first of `shelves` (folders of packs) that has them.
  static std::shared_ptr<const Pack> Load(const std::string& folder,
                                          const std::vector<std::string>& shelves = {},
                                          PackParts parts = PackParts::kAll);
  virtual ~Pack() = default;

  virtual const std::string& name() const = 0;
  /// SHA-256 over everything that could change a reading.
  virtual const std::string& hash() const = 0;
  /// Entities whose name, alias or code equals `name` without regard to case; of any label where
  /// `label` is empty.
  virtual std::vector<graph::Entity> FindEntities(std::string_view name,
                                                  std::string_view label) const = 0;
  virtual std::vector<std::string> RuleIds() const = 0;
  /// Pattern, guards, examples of one rule for people; Error(kNotFound) with the nearest id.
  virtual std::string DescribeRule(std::string_view id, bool expanded) const = 0;

 protected:
  Pack() = default;
};

/// One input: bytes as they lie on disk, and the name they go by.
struct Source {
  std::string
      path;  ///< Relative, for the record; decides nothing but the symbol of a nameless text.
  std::string bytes;
};

/// A mention as a trace shows it.
struct TraceMention {
  ByteSpan span;  ///< In the source file.
  std::string surface, label, name;
  std::string
      qualifies;  ///< Head of the phrase that it only qualifies ("the NATO Centre"), or empty.
};

/// A reading that a rule proposed.
struct TraceCandidate {
  std::uint32_t pattern = 0;  ///< Which of the rule's patterns, from 0.
  std::string rule, subject, relation, object, object_label;
  graph::Modality modality = graph::Modality::kAsserted;
  std::string guard;    ///< What made the modality: "should".
  std::string stopped;  ///< Why it is no reading at all; empty where it is one.
};

/// A verb that makes its statement something else than a fact.
struct TraceVerb {
  std::string lemma;
  graph::Modality modality = graph::Modality::kAsserted;
  std::string word;  ///< What made it so: "should"; may be empty.
};

/// How one sentence was read: for `rules try` and `why-not`.
struct SentenceTrace {
  std::string sentence;
  ByteSpan span;        ///< In the source file.
  std::string section;  ///< Key of the section.
  std::string lead_in;  ///< What a list item completes; may be empty.
  std::string author;   ///< Canonical name of who speaks; may be empty.
  std::string phrases;  ///< Its phrases and verb groups, as patterns see them (docs/rules.md).
  std::vector<TraceMention> mentions;
  std::vector<TraceVerb> verbs;  ///< Only those.
  std::vector<TraceCandidate> candidates;
  /// Rule (as RuleIds numbers them) and the nanoseconds that its patterns took: of no other use
  /// than to compare rules.
  std::vector<std::pair<std::uint32_t, std::uint64_t>> times;
};

/// Reads documents with one pack. Thread-safe: one Reader may serve all threads. The result depends
/// on source and pack alone.
class Reader {
 public:
  explicit Reader(std::shared_ptr<const Pack> pack);
  ~Reader();
  Reader(Reader&&) noexcept;

  /// Error(kUnsupported) for a format that cannot be read (a binary file, a PDF without pdftotext).
  graph::DocumentFacts Read(Source source) const;
  /// The same reading, with one trace for each sentence.
  graph::DocumentFacts Read(Source source, std::vector<SentenceTrace>& traces) const;
  /// Reads one sentence as if `author` (a name or alias; may be empty) said it; where `lead_in` is
  /// not empty, as a list item under it.
  graph::DocumentFacts ReadSentence(const std::string& sentence, const std::string& author,
                                    const std::string& lead_in,
                                    std::vector<SentenceTrace>& traces) const;
  graph::DocumentFacts ReadSentence(const std::string& sentence, const std::string& author,
                                    const std::string& lead_in) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace verbale::extract
