// libedit reads bytes through a function of ours, which waits for the terminal and for signals in
// one place: with libedit's own reading, a signal between two bytes would be lost or leave the
// terminal raw. Signals that matter are blocked but for that wait.

#include "cli/shell/line_editor.h"

#include <algorithm>
#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <histedit.h>
#include <poll.h>
#include <unistd.h>

#include "cli/width.h"
#include "graph/error.h"

namespace verbale::cli {
namespace {

constexpr int kSignals[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT};

// Where a handler writes the number of its signal. A pipe, because the kernel may run the handler
// on any thread: interrupting this one's wait is not to be relied on.
class SignalPipe {
 public:
  static SignalPipe& Only() {
    static SignalPipe only;
    return only;
  }

  int end() const { return ends_[0]; }
  void Write(unsigned char signal) const {
    [[maybe_unused]] const ssize_t written = write(ends_[1], &signal, 1);
  }
  /// The oldest signal that was not taken; 0 where there is none.
  int Take() const {
    unsigned char signal = 0;
    return read(ends_[0], &signal, 1) == 1 ? signal : 0;
  }

 private:
  SignalPipe() {
    if (pipe2(ends_, O_CLOEXEC | O_NONBLOCK) != 0) {
      throw Error(ErrorCode::kIo, "cannot make a pipe for signals");
    }
  }

  int ends_[2];
};

extern "C" void NoteSignal(int signal) {
  const int before = errno;
  SignalPipe::Only().Write(static_cast<unsigned char>(signal));
  errno = before;
}

// The signals are ours while it lives.
class SignalScope {
 public:
  SignalScope() {
    while (SignalPipe::Only().Take() != 0) {
    }
    struct sigaction note {};
    note.sa_handler = NoteSignal;
    note.sa_flags = SA_RESTART;
    for (std::size_t i = 0; i < std::size(kSignals); ++i) {
      sigaction(kSignals[i], &note, &before_[i]);
    }
  }
  ~SignalScope() {
    for (std::size_t i = 0; i < std::size(kSignals); ++i) {
      sigaction(kSignals[i], &before_[i], nullptr);
    }
  }
  SignalScope(const SignalScope&) = delete;
  SignalScope& operator=(const SignalScope&) = delete;

 private:
  struct sigaction before_[std::size(kSignals)]{};
};

// Bytes behind the first one of a UTF-8 sequence, and the bits of the first one that count.
std::pair<int, wchar_t> Lead(unsigned char byte) {
  if (byte >= 0xF0) return {3, byte & 0x07};
  if (byte >= 0xE0) return {2, byte & 0x0F};
  if (byte >= 0xC0) return {1, byte & 0x1F};
  return {0, byte};
}

std::string CommonPrefix(const std::vector<std::string>& words) {
  std::string prefix = words.front();
  for (const std::string& word : words) {
    const auto [end, other] = std::mismatch(prefix.begin(), prefix.end(), word.begin(), word.end());
    prefix.erase(end, prefix.end());
  }
  return prefix;
}

// Code points, which is how libedit counts.
int CountCharacters(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// In columns, downwards, as ls lists.
void PrintWords(const std::vector<std::string>& words) {
  std::size_t width = 0;
  for (const std::string& word : words) width = std::max(width, DisplayWidth(word) + 2);
  const std::size_t terminal = std::max(TerminalWidth(STDOUT_FILENO), width);
  const std::size_t columns = terminal / width;
  const std::size_t lines = (words.size() + columns - 1) / columns;
  for (std::size_t line = 0; line < lines; ++line) {
    std::string text;
    for (std::size_t i = line; i < words.size(); i += lines) {
      text += words[i] + std::string(width - DisplayWidth(words[i]), ' ');
    }
    text.erase(text.find_last_not_of(' ') + 1);
    fmt::print("{}\n", text);
  }
}

}  // namespace

class LineEditor::Implementation {
 public:
  Implementation(Completer completer, bool color)
      : completer_(std::move(completer)), color_(color) {
    // libedit decodes by the locale; only the character type is set, so nothing else depends on it.
    std::setlocale(LC_CTYPE, "C.UTF-8");
    edit_ = el_init("verbale", stdin, stdout, stderr);
    history_ = history_init();
    HistEvent event;
    history(history_, &event, H_SETSIZE, 2000);
    history(history_, &event, H_SETUNIQUE, 1);
    el_set(edit_, EL_CLIENTDATA, this);
    el_set(edit_, EL_PROMPT_ESC, &Prompt, '\1');
    el_set(edit_, EL_EDITOR, "emacs");
    el_set(edit_, EL_SIGNAL, 0);
    el_set(edit_, EL_HIST, history, history_);
    el_set(edit_, EL_GETCFN, &GetCharacter);
    el_set(edit_, EL_ADDFN, "verbale-complete", "complete the word", &Complete);
    el_set(edit_, EL_ADDFN, "verbale-paste", "insert pasted text", &Paste);
    BindKeys();
    el_source(edit_, nullptr);  // the user's ~/.editrc
  }

  ~Implementation() {
    el_end(edit_);
    history_end(history_);
  }

  Input Read(const std::string& prompt) {
    const SignalScope signals;
    // libedit writes an escape sequence with the character behind it, so the last one needs one.
    const std::string_view bold = std::string_view(prompt).substr(0, prompt.size() - 1);
    prompt_ = color_ ? fmt::format("\1\x1b[1m\1{}\1\x1b[0m\1 ", bold) : prompt;
    const bool terminal = isatty(STDOUT_FILENO) != 0;
    if (terminal) fmt::print("\x1b[?2004h");  // pasted text comes in brackets
    std::fflush(stdout);
    // Before the prompt, not with the first key, as libedit would: what is typed as soon as the
    // prompt is there must not meet the line discipline of the terminal.
    el_set(edit_, EL_PREP_TERM, 1);
    int count = 0;
    const char* line = el_gets(edit_, &count);
    if (terminal) fmt::print("\x1b[?2004l");
    std::fflush(stdout);
    const int signal = std::exchange(ended_by_, 0);
    if (signal == SIGTERM || signal == SIGHUP) return {Outcome::kTerminated, {}};
    if (signal == SIGINT) {
      const LineInfo* info = el_line(edit_);
      std::string typed(info->buffer, info->lastchar);
      el_reset(edit_);
      fmt::print("^C\n");
      return {Outcome::kInterrupted, std::move(typed)};
    }
    if (line == nullptr || count <= 0) return {Outcome::kEnd, {}};
    std::string text(line);
    if (!text.empty() && text.back() == '\n') text.pop_back();
    return {Outcome::kLine, std::move(text)};
  }

  void Remember(const std::string& statement) {
    HistEvent event;
    history(history_, &event, H_ENTER, statement.c_str());
  }

 private:
  static Implementation& Of(EditLine* edit) {
    void* self = nullptr;
    el_get(edit, EL_CLIENTDATA, &self);
    return *static_cast<Implementation*>(self);
  }

  void BindKeys() {
    const std::pair<const char*, const char*> kKeys[] = {
        {"^I", "verbale-complete"},        {"\\e[200~", "verbale-paste"},
        {"^R", "em-inc-search-prev"},      {"^W", "ed-delete-prev-word"},
        {"\\e[3~", "ed-delete-next-char"}, {"\\e[H", "ed-move-to-beg"},
        {"\\e[F", "ed-move-to-end"},       {"\\e[1~", "ed-move-to-beg"},
        {"\\e[4~", "ed-move-to-end"},      {"\\e[1;5D", "ed-prev-word"},
        {"\\e[1;5C", "em-next-word"},
    };
    for (const auto& [key, action] : kKeys) el_set(edit_, EL_BIND, key, action, nullptr);
  }

  static char* Prompt(EditLine* edit) { return Of(edit).prompt_.data(); }

  // One byte from the terminal; -1 at its end or where a signal ends the line.
  int Byte() {
    while (true) {
      pollfd waits[] = {{STDIN_FILENO, POLLIN, 0}, {SignalPipe::Only().end(), POLLIN, 0}};
      if (poll(waits, std::size(waits), -1) < 0) {
        if (errno != EINTR) return -1;
        continue;  // the pipe has the signal now
      }
      if (waits[1].revents != 0) {
        if (!TakeSignal()) return -1;
        continue;
      }
      unsigned char byte = 0;
      return read(STDIN_FILENO, &byte, 1) == 1 ? byte : -1;
    }
  }

  // False where the signal ends the line.
  bool TakeSignal() {
    const int signal = SignalPipe::Only().Take();
    if (signal == SIGINT || signal == SIGTERM || signal == SIGHUP) {
      ended_by_ = signal;
      return false;
    }
    if (signal == SIGWINCH) el_resize(edit_);
    if (signal == SIGCONT) {  // another program had the terminal meanwhile
      el_set(edit_, EL_PREP_TERM, 0);
      el_set(edit_, EL_PREP_TERM, 1);
      el_set(edit_, EL_REFRESH);
    }
    return true;
  }

  static int GetCharacter(EditLine* edit, wchar_t* out) {
    Implementation& self = Of(edit);
    const int first = self.Byte();
    if (first < 0) return first;
    auto [more, character] = Lead(static_cast<unsigned char>(first));
    for (; more > 0; --more) {
      const int next = self.Byte();
      if (next < 0) return next;
      character = static_cast<wchar_t>(character << 6 | (next & 0x3F));
    }
    *out = character;
    return 1;
  }

  static unsigned char Complete(EditLine* edit, wint_t) {
    const LineInfo* info = el_line(edit);
    const std::string line(info->buffer, info->cursor);
    const Completions found = Of(edit).completer_(line);
    if (found.words.empty()) return CC_REFRESH_BEEP;
    const std::string typed = line.substr(found.begin);
    std::string word = CommonPrefix(found.words);
    const bool ready = found.words.size() == 1;
    if (word.size() < typed.size() || (!ready && word == typed)) {
      fmt::print("\n");
      PrintWords(found.words);
      std::fflush(stdout);
      return CC_REDISPLAY;
    }
    if (ready && word.back() != '(') word += ' ';
    el_deletestr(edit, CountCharacters(typed));
    el_insertstr(edit, word.c_str());
    return CC_REFRESH;
  }

  // Everything up to the closing bracket is text, whatever it would do when typed: a tab does not
  // complete, and a line break does not run anything.
  static unsigned char Paste(EditLine* edit, wint_t) {
    constexpr std::string_view kEnd = "\x1b[201~";
    std::string text;
    while (!text.ends_with(kEnd)) {
      const int byte = Of(edit).Byte();
      if (byte < 0) return CC_EOF;
      text += byte == '\r' ? '\n' : byte == '\t' || byte == 0 ? ' ' : static_cast<char>(byte);
    }
    text.resize(text.size() - kEnd.size());
    while (text.ends_with('\n')) text.pop_back();
    if (el_insertstr(edit, text.c_str()) != 0) return CC_REFRESH_BEEP;
    return CC_REFRESH;
  }

  Completer completer_;
  const bool color_;
  std::string prompt_;
  int ended_by_ = 0;  // The signal that ended the line; 0: none did.
  EditLine* edit_ = nullptr;
  History* history_ = nullptr;
};

LineEditor::LineEditor(Completer completer, bool color)
    : implementation_(std::make_unique<Implementation>(std::move(completer), color)) {}

LineEditor::~LineEditor() = default;

LineEditor::Input LineEditor::Read(const std::string& prompt) {
  return implementation_->Read(prompt);
}

void LineEditor::Remember(const std::string& statement) { implementation_->Remember(statement); }

}  // namespace verbale::cli
