#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace verbale::cli {

/// What may stand where the cursor is.
struct Completions {
  std::size_t begin = 0;           ///< Of the word that is completed, in bytes of the line.
  std::vector<std::string> words;  ///< Whole words, ascending, each once.
};

/// Gives the completions of the last word of `line`, which ends at the cursor.
using Completer = std::function<Completions(std::string_view line)>;

/// Reads lines from the terminal with editing, history and completion (libedit). There is one at a
/// time; one thread.
class LineEditor {
 public:
  enum class Outcome {
    kLine,
    kInterrupted,  ///< Ctrl-C; `line` is what was typed, and gone from the terminal.
    kEnd,          ///< Ctrl-D on an empty line, or the terminal is gone.
    kTerminated,   ///< SIGTERM or SIGHUP.
  };
  struct Input {
    Outcome outcome;
    std::string line;  ///< Without its line break; may hold several lines that were pasted.
  };

  /// `color`: the prompt is bold.
  LineEditor(Completer completer, bool color);
  ~LineEditor();

  /// The prompt ends with a blank.
  Input Read(const std::string& prompt);
  /// Adds what arrow-up brings back.
  void Remember(const std::string& statement);

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace verbale::cli
