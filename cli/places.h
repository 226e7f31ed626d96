#pragma once

#include <string>

namespace verbale::cli {

/// The file or folder that a path means: without links, and without the slash behind it that would
/// make names beside it names inside it. It need not exist.
std::string PlaceOf(const std::string& path);

/// A name beside `place` that nothing has: to write to before it takes the place.
std::string NameBeside(const std::string& place, const char* ending);

}  // namespace verbale::cli
