#pragma once

// The door of bind/: what names mean. Every error that openCypher asks for before a row is read is
// raised here or in parse/.

#include "graph/view.h"
#include "query/bind/bound.h"
#include "query/bind/procedure.h"
#include "query/parse/ast.h"

namespace verbale::query {

struct BindOptions {
  const ProcedureCatalog* procedures = nullptr;  ///< nullptr: there are none.
  /// For warnings about labels, types and keys that the graph does not have; nullptr: no warnings.
  const graph::Catalog* names = nullptr;
};

/// Throws Error(kSemantic) with position, TCK detail and, for unknown names, the nearest known one.
BoundStatement Bind(const Ast& ast, const BindOptions& options = {});

}  // namespace verbale::query
