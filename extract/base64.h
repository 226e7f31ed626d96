#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace verbale::extract {

// Base64 (RFC 4648), for texts that are not valid UTF-8 and so cannot stand in JSON.

std::string EncodeBase64(std::string_view bytes);
/// nullopt for what is no Base64. Padding may be missing.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace verbale::extract
