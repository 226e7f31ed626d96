#pragma once

#include <memory>
#include <string>

#include "extract/extract.h"

namespace verbale::cli {

/// The pack that commands read with where none is named.
inline constexpr const char* kDefaultPack = "ict-security";

/// Folder of a pack: `given` itself where it is a folder, else the pack of that name in
/// $VERBALE_PACKS, in share/verbale/packs beside an installed program, or in data/packs above a
/// program that stands in its build folder. Error(kNotFound) with the names that there are.
std::string FindPack(const std::string& given);

/// What DocumentRecord::pack says of a document that was read with `pack`: its hash, or another one
/// where readings that are not asserted were kept as relationships.
std::string HashOfReading(const extract::Pack& pack, bool keep_unasserted);
std::shared_ptr<const extract::Pack> LoadPack(const std::string& given,
                                              extract::PackParts parts = extract::PackParts::kAll);

}  // namespace verbale::cli
