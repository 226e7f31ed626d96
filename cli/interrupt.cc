#include "cli/interrupt.h"

#include <atomic>
#include <csignal>

#include <sys/time.h>
#include <unistd.h>

namespace verbale::cli {
namespace {

/// How long a cancelled statement may take to end before its end is told without it.
constexpr suseconds_t kPatienceMicroseconds = 20'000;

// What the handlers see; they call nothing that is not async-signal-safe.
std::atomic<query::Session*> running{nullptr};
std::atomic<const std::string*> told{nullptr};
std::atomic<AfterInterrupt> then{AfterInterrupt::kEnd};
std::atomic<bool> interrupted{false};
std::atomic<bool> said{false};

extern "C" void OnPatienceEnd(int) {
  const query::Session* session = running.load();
  const std::string* text = told.load();
  if (session == nullptr || text == nullptr || session->committing()) return;
  const ssize_t written = write(STDERR_FILENO, text->data(), text->size());
  static_cast<void>(written);  // There is nobody left to tell.
  if (then.load() == AfterInterrupt::kEnd) _exit(kInterrupted);
  said = true;
}

extern "C" void OnInterrupt(int) {
  query::Session* session = running.load();
  if (session != nullptr) session->Cancel();
  interrupted = true;
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGALRM, OnPatienceEnd);
  const itimerval once{{0, 0}, {0, kPatienceMicroseconds}};
  setitimer(ITIMER_REAL, &once, nullptr);
}

void ForgetPatience() {
  const itimerval never{};
  setitimer(ITIMER_REAL, &never, nullptr);
}

}  // namespace

StopOnInterrupt::StopOnInterrupt(query::Session& session, const std::string& message,
                                 AfterInterrupt after) {
  interrupted = false;
  said = false;
  told = &message;
  then = after;
  running = &session;
  std::signal(SIGINT, OnInterrupt);
}

StopOnInterrupt::~StopOnInterrupt() {
  ForgetPatience();
  std::signal(SIGINT, SIG_DFL);
  running = nullptr;
  told = nullptr;
}

bool WasInterrupted() { return interrupted; }

bool SaidInterrupted() { return said; }

void ForgetInterrupt() {
  interrupted = false;
  said = false;
}

}  // namespace verbale::cli
