#pragma once

// A second, slow answer to a statement, to compare the engine with. It works straight from the
// tree: a pattern is matched by trying every relationship of the graph at every step, a clause
// holds all its rows, nothing is planned. Of the engine it shares only the parser and the functions
// on values.

#include <string>
#include <vector>

#include "graph/value.h"
#include "graph/view.h"
#include "query/parse/ast.h"
#include "query/query.h"

namespace verbale::query::reference {

/// All rows of a result, in order.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<graph::Value>> rows;
};

/// The rows of `query` over `view`. `transaction` is where it writes: the same object as `view`, or
/// nullptr for a query that only reads. Throws Error as the engine does at run time; for what only
/// the engine understands, Error(kUnsupported); for more work than a test can wait for,
/// Error(kLimitExceeded). Semantic rules are not checked: give it what the engine has prepared.
Table Evaluate(const Query& query, const graph::View& view, graph::Transaction* transaction,
               const Parameters& parameters = {});

}  // namespace verbale::query::reference
