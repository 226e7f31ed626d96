#include "graph/hash.h"

#include <cstddef>

// The functions of one algorithm, which need no set-up and bring nothing else into the program.
#define OPENSSL_API_COMPAT 10101
#include <openssl/sha.h>

#include "graph/error.h"
#include "graph/graph.h"

namespace verbale::graph {
namespace {

void Check(int result) {
  if (result != 1) throw Error(ErrorCode::kInternal, "SHA-256 is not available");
}

}  // namespace

struct Sha256::Context {
  SHA256_CTX state;
};

Sha256::Sha256() : context_(std::make_unique<Context>()) { Check(SHA256_Init(&context_->state)); }

Sha256::~Sha256() = default;

void Sha256::Update(std::string_view bytes) {
  Check(SHA256_Update(&context_->state, bytes.data(), bytes.size()));
}

std::array<std::uint8_t, 32> Sha256::Finish() {
  std::array<std::uint8_t, 32> digest{};
  Check(SHA256_Final(digest.data(), &context_->state));
  return digest;
}

std::string Sha256::FinishHex() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (const std::uint8_t byte : Finish()) {
    hex.push_back(kDigits[byte >> 4]);
    hex.push_back(kDigits[byte & 15]);
  }
  return hex;
}

std::uint64_t Digest64(std::string_view bytes) {
  Sha256 sha;
  sha.Update(bytes);
  const std::array<std::uint8_t, 32> digest = sha.Finish();
  std::uint64_t first = 0;
  for (std::size_t i = 0; i < 8; ++i) first = first << 8 | digest[i];
  return first;
}

std::string Sha256Hex(std::string_view bytes) {
  Sha256 sha;
  sha.Update(bytes);
  return sha.FinishHex();
}

}  // namespace verbale::graph
