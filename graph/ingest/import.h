#pragma once

#include "graph/import.h"
#include "graph/ingest/import_sink.h"

namespace verbale::graph::ingest {

/// Reads the CSV files of `options` into `sink`: all nodes, then all relationships.
void ImportCsv(const ImportOptions& options, ImportSink& sink);

/// Reads the JSON Lines files of `options`.
void ImportJsonLines(const ImportOptions& options, ImportSink& sink);

/// Reads the GraphML files of `options`.
void ImportGraphMl(const ImportOptions& options, ImportSink& sink);

}  // namespace verbale::graph::ingest
