#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "query/query.h"

namespace verbale::cli {

/// A literal of the query language; what is none is taken as a string, so that shells need no two
/// layers of quotes.
graph::Value ParameterValue(std::string_view text);

/// The members of the one JSON object in a file. Error(kIo); what is no such object is wrong usage.
query::Parameters ReadParameterFile(const std::string& path);

/// What is wrong with "name=value" of -P; empty where nothing is.
std::string ProblemOfParameter(const std::string& given);
/// "name=value" that has no problem.
std::pair<std::string, graph::Value> ReadParameter(const std::string& given);
/// All of them, over what `into` has. One that is given twice is wrong usage.
void AddParameters(const std::vector<std::string>& given, query::Parameters& into);

}  // namespace verbale::cli
