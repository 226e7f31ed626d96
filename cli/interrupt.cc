#include "cli/interrupt.h"

#include <atomic>
#include <csignal>

namespace verbale::cli {
namespace {

std::atomic<query::Session*> running{nullptr};
std::atomic<bool> interrupted{false};

extern "C" void OnInterrupt(int) {
  query::Session* session = running.load();
  if (session != nullptr) session->Cancel();
  interrupted = true;
  std::signal(SIGINT, SIG_DFL);
}

}  // namespace

StopOnInterrupt::StopOnInterrupt(query::Session& session) {
  interrupted = false;
  running = &session;
  std::signal(SIGINT, OnInterrupt);
}

StopOnInterrupt::~StopOnInterrupt() {
  std::signal(SIGINT, SIG_DFL);
  running = nullptr;
}

bool WasInterrupted() { return interrupted; }

void ForgetInterrupt() { interrupted = false; }

}  // namespace verbale::cli
