#pragma once

#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>

#include "graph/fact.h"

namespace verbale::extract {

// The public facts format, verbale-facts/1 (docs/facts.md): JSON Lines, UTF-8. A document record,
// then its facts, one a line. Complete: what is read back equals what was written.

/// What the format calls the relation of a fact. A reading that is not asserted goes by a type of
/// its own, so that whoever takes lines for facts is not misled: PLANNED_RATIFIED.
std::string RelationOf(const graph::Fact& fact);

/// Appends the records of one document to `out`.
void WriteFacts(const graph::DocumentFacts& facts, std::string& out);

/// Reads documents back, one at a time: memory holds one document, whatever the length of the
/// input.
class FactsReader {
 public:
  /// Borrows `in`; `file` is named in errors.
  FactsReader(std::istream& in, std::string file);

  /// The next document, or nullopt at the end. Error(kSyntax, kSemantic) with file, line and, where
  /// the JSON is broken, column; the reader is not to be used after it.
  std::optional<graph::DocumentFacts> Next();

 private:
  bool ReadLine();

  std::istream& in_;
  std::string file_;
  std::string line_;
  std::size_t number_ = 0;
  bool pending_ = false;  ///< line_ holds a record that was read ahead.
};

}  // namespace verbale::extract
