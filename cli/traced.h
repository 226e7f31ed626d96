#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/globals.h"
#include "extract/rules_tool.h"

namespace verbale::cli {

/// Files and folders read with traces; where there are no paths, the documents of the graph, read
/// again from the text that it keeps. `document`: only the one with this symbol; empty: all.
/// Error(kNotFound) where nothing is there to read.
std::vector<extract::TracedDocument> ReadTraced(const std::shared_ptr<const extract::Pack>& pack,
                                                const std::vector<std::string>& paths,
                                                const std::string& document,
                                                const Globals& globals);

/// The same inputs unread: path and bytes.
std::vector<extract::Source> ReadSources(const std::vector<std::string>& paths,
                                         const std::string& document, const Globals& globals);

}  // namespace verbale::cli
