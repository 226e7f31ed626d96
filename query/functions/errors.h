#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "graph/error.h"
#include "graph/value.h"

namespace verbale::query {

// Run-time errors of functions and operators, in the words of the TCK.

/// TypeError.
[[noreturn]] void ThrowType(std::string message, std::string_view detail = "InvalidArgumentType");
/// ArgumentError: the type is right, the value is not.
[[noreturn]] void ThrowArgument(std::string message, std::string_view detail = "InvalidArgument");
/// ArithmeticError.
[[noreturn]] void ThrowArithmetic(std::string message, std::string_view detail);
/// EntityNotFound: DeletedEntityAccess. `what` is "node" or "relationship".
[[noreturn]] void ThrowDeleted(std::string_view what);

/// One value may not fill the memory: Error(kLimitExceeded) for a string of more than 2^28 bytes,
/// a list of more than 2^26 elements.
void CheckTextSize(std::size_t bytes);
void CheckListSize(std::size_t elements);

/// "INTEGER 42", for messages; long values are cut.
std::string Describe(const graph::Value& value);

}  // namespace verbale::query
