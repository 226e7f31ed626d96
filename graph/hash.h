#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace verbale::graph {

/// SHA-256 taken in pieces.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Update(std::string_view bytes);
  /// Once, after the last Update.
  std::array<std::uint8_t, 32> Finish();
  /// Finish, as lower-case hex.
  std::string FinishHex();

 private:
  struct Context;

  std::unique_ptr<Context> context_;
};

/// The first 8 bytes of the SHA-256 of `bytes`, the first byte on top.
std::uint64_t Digest64(std::string_view bytes);

}  // namespace verbale::graph
