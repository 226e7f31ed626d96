#include "graph/hash.h"

#include <cstddef>

#include <openssl/evp.h>

#include "graph/error.h"
#include "graph/graph.h"

namespace verbale::graph {
namespace {

EVP_MD_CTX* Context(void* context) { return static_cast<EVP_MD_CTX*>(context); }

void Check(int result) {
  if (result != 1) throw Error(ErrorCode::kInternal, "SHA-256 is not available");
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  // One look-up for the life of the process: it costs more than hashing a short text.
  static const EVP_MD* const kAlgorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  Check(EVP_DigestInit_ex(Context(context_), kAlgorithm, nullptr));
}

Sha256::~Sha256() { EVP_MD_CTX_free(Context(context_)); }

void Sha256::Update(std::string_view bytes) {
  Check(EVP_DigestUpdate(Context(context_), bytes.data(), bytes.size()));
}

std::array<std::uint8_t, 32> Sha256::Finish() {
  std::array<std::uint8_t, 32> digest{};
  Check(EVP_DigestFinal_ex(Context(context_), digest.data(), nullptr));
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
