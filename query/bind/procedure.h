#pragma once

// Procedures by name, with their signatures read.

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "query/query.h"

namespace verbale::query {

/// A named, typed argument or output of a procedure.
struct ProcedureField {
  std::string name;
  std::string type;  ///< Without the question mark, in capitals: "STRING", "LIST OF ANY".
  bool nullable = false;
};

/// A procedure with its signature taken apart.
struct ProcedureEntry {
  std::string name;  ///< "test.my.proc"
  std::vector<ProcedureField> inputs;
  std::vector<ProcedureField> outputs;
  Procedure procedure;
};

/// Reads a signature such as `test.my.proc(name :: STRING?) :: (city :: STRING?)`; `:: VOID` or
/// `:: ()` is a procedure without outputs. Throws Error(kSyntax).
ProcedureEntry ReadProcedure(Procedure procedure);

/// All procedures of a session. Entries stay where they are until the catalog ends.
class ProcedureCatalog {
 public:
  /// Replaces one of the same name.
  void Add(Procedure procedure);
  /// nullptr where there is none. Names are case-sensitive.
  const ProcedureEntry* Find(std::string_view name) const;
  /// Sorted by name.
  std::vector<const ProcedureEntry*> All() const;

 private:
  std::map<std::string, std::unique_ptr<ProcedureEntry>, std::less<>> entries_;
};

}  // namespace verbale::query
