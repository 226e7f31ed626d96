#pragma once

#include <string>
#include <string_view>

namespace verbale::extract {

/// Whether `archive` is a ZIP archive with an entry of that name; false for damaged ones.
bool HasZipEntry(std::string_view archive, std::string_view name);

/// The unpacked entry. Error(kCorruption) where the archive is damaged or has no such entry,
/// Error(kUnsupported) for encryption and unusual compression, Error(kLimitExceeded) beyond 256
/// MiB.
std::string ReadZipEntry(std::string_view archive, std::string_view name);

}  // namespace verbale::extract
