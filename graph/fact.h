#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/span.h"
#include "graph/value.h"

namespace verbale::graph {

// What a reader of documents hands over. Plain values: a reader needs no store to make them, and
// the store needs no reader to take them. This is also what travels in the facts format
// (docs/facts.md).

/// How a sentence says its fact. Only kAsserted becomes a relationship. Written to disk: do not
/// renumber.
enum class Modality : std::uint8_t {
  kAsserted = 0,
  kRecommended = 1,  ///< "should be included", "encourages"
  kHoped = 2,        ///< "hopes to", "looks forward to"
  kRequested = 3,    ///< "requests", "calls for"
  kConditional = 4,  ///< "if it ratifies"
  kPlanned = 5,      ///< "intends to", "will", "is drafting"
  kDenied = 6,       ///< "has not signed"
  kReported = 7,     ///< said of the subject by another, not stated as fact: "X alleges that"
  kEnded = 8,        ///< "was a member until"
};

/// "asserted", "recommended", … and back; FromName throws Error(kInvalidArgument).
std::string_view Name(Modality modality);
Modality ModalityFromName(std::string_view name);

/// Named values, sorted by name, each name once. Dates are strings in ISO 8601 with the precision
/// that the text has: "2015", "2015-07", "2015-07-14".
using Attributes = Map;

/// A thing in the world, told apart by label and id (docs/decisions/0011); all else may grow.
struct Entity {
  std::string label;                 ///< "State"
  std::string name;                  ///< Canonical: "Armenia"
  std::string id;                    ///< Stable and readable: "state:armenia". See EntityId().
  std::vector<std::string> aliases;  ///< Sorted, unique, without the name.
  Attributes properties;             ///< Further ones, such as iso2 and iso3.
};

/// "State", "Republic of Korea" → "state:republic-of-korea": label and name in lower case; Latin
/// letters lose their accents, apostrophes vanish, letters of other scripts are kept, and
/// everything else becomes single hyphens. Two names that differ only in case, accents or
/// punctuation have one id.
std::string EntityId(std::string_view label, std::string_view name);

/// Where and how a fact is stated.
struct EvidenceRecord {
  std::string document;  ///< Symbol, "A/72/315".
  std::string section;   ///< Key of the section in its document, "Canada"; empty outside sections.
  std::string
      date;  ///< When it was stated: the section's date, else the document's. ISO 8601 or empty.
  std::string path;      ///< Of the source, relative to the folder that was given to the build.
  ByteSpan span;         ///< Of the quote in the source file.
  std::string sentence;  ///< The quote with white space folded, for people.
  std::string rule;      ///< "ratified.active"
  Modality modality = Modality::kAsserted;
  Attributes attributes;  ///< What this sentence says of the fact: date, role, amount, …
};

/// subject -type-> object, read from one place by one rule.
struct Fact {
  std::uint32_t subject = 0;  ///< Index into DocumentFacts::entities.
  std::string type;           ///< "RATIFIED"
  std::uint32_t object = 0;   ///< Index into DocumentFacts::entities.
  EvidenceRecord evidence;    ///< Its document, path fields equal those of the DocumentFacts.
};

/// A part of a document with one author.
struct SectionRecord {
  std::string
      key;  ///< Unique in the document: "Canada"; a second one of the same author "Canada (2)".
  std::string author;    ///< Canonical name of the author entity; empty where there is none.
  std::string language;  ///< "English"; empty where not said.
  std::string date;      ///< ISO 8601, or empty.
  ByteSpan span;         ///< Of the whole section in the source file, heading included.
};

/// One input file.
struct DocumentRecord {
  std::string symbol;  ///< Unique in a graph: "A/72/315"; else the file name without its ending.
  std::string title;
  std::string date;  ///< ISO 8601, or empty.
  std::string language;
  std::string path;    ///< Relative to the folder that was given; '/' between parts.
  std::string format;  ///< "text", "markdown", "html", "pdf", "docx": found by content.
  std::string hash;    ///< SHA-256 of the bytes, lower-case hex.
  std::string pack;    ///< SHA-256 over everything of the packs that could change a reading.
  std::uint64_t bytes = 0;
  std::uint64_t sentences = 0;
  std::uint64_t replaced = 0;  ///< Invalid UTF-8 sequences that were read as U+FFFD.
};

/// Everything that one document says.
struct DocumentFacts {
  DocumentRecord document;
  std::string
      text;  ///< The bytes of the file as they are: `verify` derives every fact from them again.
  std::vector<SectionRecord> sections;
  std::vector<Entity> entities;       ///< Each once; those that no fact uses are not kept.
  std::vector<Fact> facts;            ///< Of every modality.
  std::vector<std::string> warnings;  ///< For people: "acronym CD clashes with …". Not stored.
};

}  // namespace verbale::graph
