#pragma once

// Bytes of keys and records. Keys are big-endian, so that their order is the order of what they
// hold; records are little and dense: variable-length integers and length-prefixed strings.

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/value.h"

namespace verbale::graph::store {

// Keys.
void AppendU8(std::string& out, std::uint8_t v);
void AppendU32(std::string& out, std::uint32_t v);
void AppendU64(std::string& out, std::uint64_t v);

/// Appends bytes whose order, compared as bytes, is that of TotalOrder over values that can be
/// properties. No encoding is a prefix of another's. Equivalent values (1 and 1.0) have the same
/// bytes.
void AppendOrdered(std::string& out, const Value& value);

// Records.
void AppendVarint(std::string& out, std::uint64_t v);
void AppendString(std::string& out, std::string_view s);
/// Any value that can be stored: all types but node, relationship and path. Error(kInvalidArgument)
/// for those and for nesting deeper than kMaxValueDepth.
void AppendValue(std::string& out, const Value& value);
inline constexpr int kMaxValueDepth = 64;

/// Takes keys and records apart. Every read checks that the bytes are there and mean something, and
/// throws Error(kCorruption) that names `what` where they do not. Borrows the bytes.
class ByteReader {
 public:
  ByteReader(std::string_view bytes, std::string_view what) : bytes_(bytes), what_(what) {}

  std::uint8_t U8();
  std::uint32_t U32();
  std::uint64_t U64();
  std::uint64_t Varint();
  /// A varint that fits 32 bits.
  std::uint32_t Varint32();
  /// A number of things of which each takes at least one byte.
  std::size_t Count();
  std::string_view Bytes(std::size_t size);
  std::string_view String();
  graph::Value Value() { return Value(0); }
  std::string_view Rest() const { return bytes_; }
  bool AtEnd() const { return bytes_.empty(); }
  /// Corruption where bytes are left over.
  void ExpectEnd() const;
  [[noreturn]] void Fail(std::string_view why) const;

 private:
  graph::Value Value(int depth);
  graph::Value Temporal(ValueType type);
  std::int64_t Signed();

  std::string_view bytes_;
  std::string_view what_;
};

}  // namespace verbale::graph::store
