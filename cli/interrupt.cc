#include "cli/interrupt.h"

#include <atomic>
#include <csignal>

#include <sys/time.h>
#include <unistd.h>

namespace verbale::cli {
namespace {

/// How long a cancelled statement may take to end before the program ends without it.
constexpr suseconds_t kPatienceMicroseconds = 20'000;

// What the handlers see; they call nothing that is not async-signal-safe.
std::atomic<query::Session*> running{nullptr};
std::atomic<const std::string*> last_words{nullptr};
std::atomic<bool> interrupted{false};

extern "C" void OnPatienceEnd(int) {
  const query::Session* session = running.load();
  const std::string* text = last_words.load();
  if (session == nullptr || text == nullptr || session->committing()) return;
  const ssize_t written = write(STDERR_FILENO, text->data(), text->size());
  static_cast<void>(written);  // There is nobody left to tell.
  _exit(kInterrupted);
}

extern "C" void OnInterrupt(int) {
  query::Session* session = running.load();
  if (session != nullptr) session->Cancel();
  interrupted = true;
  std::signal(SIGINT, SIG_DFL);
  if (last_words.load() == nullptr) return;
  std::signal(SIGALRM, OnPatienceEnd);
  const itimerval once{{0, 0}, {0, kPatienceMicroseconds}};
  setitimer(ITIMER_REAL, &once, nullptr);
}

}  // namespace

StopOnInterrupt::StopOnInterrupt(query::Session& session, const std::string& farewell) {
  interrupted = false;
  last_words = farewell.empty() ? nullptr : &farewell;
  running = &session;
  std::signal(SIGINT, OnInterrupt);
}

StopOnInterrupt::~StopOnInterrupt() {
  std::signal(SIGINT, SIG_DFL);
  running = nullptr;
  last_words = nullptr;
}

bool WasInterrupted() { return interrupted; }

void ForgetInterrupt() { interrupted = false; }

}  // namespace verbale::cli
