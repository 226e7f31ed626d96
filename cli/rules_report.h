#pragma once

#include <string>
#include <vector>

#include "extract/rules_tool.h"

namespace verbale::cli {

/// "text", "junit", "sarif", "tap".
const std::vector<std::string>& ReportForms();

/// The outcomes of rule tests in one of ReportForms(). Files are named as the pack was.
std::string ReportText(const extract::RuleTestReport& report, const std::string& form, bool color);

}  // namespace verbale::cli
