#include "cli/question.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "cli/data_folders.h"
#include "cli/inputs.h"
#include "cli/names.h"
#include "cli/split.h"
#include "graph/ascii.h"

namespace verbale::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".cypher";

std::string Trimmed(std::string_view text) { return std::string(Trim(text)); }

/// `NAME: KIND|KIND = LITERAL -- WHAT`; the last two may be absent.
QuestionParameter ParseParameter(const std::string& text) {
  QuestionParameter parameter;
  std::string rest = text;
  if (const std::size_t at = rest.find(" -- "); at != std::string::npos) {
    parameter.what = Trimmed(rest.substr(at + 4));
    rest.resize(at);
  }
  if (const std::size_t at = rest.find('='); at != std::string::npos) {
    parameter.preset = Trimmed(rest.substr(at + 1));
    query::ParseLiteral(parameter.preset);
    rest.resize(at);
  }
  const std::size_t colon = rest.find(':');
  parameter.name = Trimmed(rest.substr(0, colon));
  if (colon != std::string::npos) {
    for (const std::string_view kind : Split(std::string_view(rest).substr(colon + 1), '|')) {
      parameter.kinds.push_back(Trimmed(kind));
    }
  }
  const auto is_empty = [](const std::string& word) { return word.empty(); };
  if (parameter.name.empty() || parameter.kinds.empty() ||
      std::any_of(parameter.kinds.begin(), parameter.kinds.end(), is_empty)) {
    throw Error(ErrorCode::kSyntax, "a parameter is 'NAME: KIND = VALUE -- what it is'");
  }
  return parameter;
}

void TakeHeaderLine(Question& question, const std::string& key, const std::string& value) {
  if (key == "title") {
    question.title = value;
  } else if (key == "param") {
    question.parameters.push_back(ParseParameter(value));
  } else if (key == "picture") {
    question.picture = value;
  } else {
    throw Error(ErrorCode::kSyntax, fmt::format("a question has no '{}'", key))
        .WithHint("title, param and picture are known");
  }
}

/// One entry of the first comments, with the lines that go on with it.
struct HeaderEntry {
  std::string key, value;
  std::size_t line = 0;
};

std::vector<HeaderEntry> HeaderOf(std::string_view text) {
  std::vector<HeaderEntry> entries;
  std::size_t number = 1;
  for (; text.starts_with("//"); ++number) {
    const std::string_view line = text.substr(2, text.find('\n') - 2);
    text.remove_prefix(std::min(line.size() + 3, text.size()));
    const std::size_t colon = line.find(':');
    if (line.starts_with("   ") && !entries.empty()) {
      entries.back().value += '\n' + Trimmed(line);
    } else if (colon != std::string_view::npos) {
      entries.push_back({Trimmed(line.substr(0, colon)), Trimmed(line.substr(colon + 1)), number});
    } else {
      entries.push_back({Trimmed(line), "", number});
    }
  }
  return entries;
}

[[noreturn]] void WrongAnswer(const QuestionParameter& parameter, const std::string& given) {
  throw Error(ErrorCode::kInvalidArgument,
              fmt::format("--{} takes one {}, not '{}'", parameter.name,
                          fmt::join(parameter.kinds, " or "), given));
}

graph::Value CanonicalName(const QuestionParameter& parameter, const std::string& given,
                           const graph::View& view) {
  std::vector<std::string> names;
  for (const NamedNode& node : EntityNames(view).Find(given, parameter.kinds)) {
    if (node.name == given) return graph::Value(given);
    names.push_back(node.name);
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  if (names.size() == 1) return graph::Value(names.front());
  throw Error(ErrorCode::kInvalidArgument, fmt::format("several things are called '{}'", given))
      .WithHint(fmt::format("say which: {}", fmt::join(names, ", ")));
}

graph::Value ValueOf(const QuestionParameter& parameter, const std::string& given,
                     const graph::View& view) {
  const std::string& kind = parameter.kinds.front();
  if (kind == "Text") return graph::Value(given);
  if (kind == "Relation") return graph::Value(view.catalog().TypeName(FindType(view, given)));
  if (kind != "Integer") return CanonicalName(parameter, given, view);
  try {
    graph::Value value = query::ParseLiteral(given);
    if (value.type() == graph::ValueType::kInt) return value;
  } catch (const Error&) {
    WrongAnswer(parameter, given);
  }
  WrongAnswer(parameter, given);
}

std::string PresetText(const QuestionParameter& parameter) {
  const graph::Value value = query::ParseLiteral(parameter.preset);
  return value.is_string() ? std::string(value.as_string()) : parameter.preset;
}

void CheckNames(const Question& question, const Answers& answers) {
  std::vector<std::string> known;
  for (const QuestionParameter& parameter : question.parameters) known.push_back(parameter.name);
  for (const auto& [name, value] : answers) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw Error(ErrorCode::kInvalidArgument,
                fmt::format("'{}' has no parameter --{}", question.name, name))
        .WithHint(known.empty()
                      ? "it has none"
                      : DidYouMean(name, known,
                                   fmt::format("it has --{}", fmt::join(known, ", --")), "--"));
  }
}

/// Files by the names of their questions; of two with one name, that of the folder that comes
/// first.
std::map<std::string, fs::path> SavedQuestions() {
  std::map<std::string, fs::path> files;
  for (const fs::path& folder : DataFolders("queries", "VERBALE_QUERIES")) {
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(folder, none)) {
      const bool is_question = entry.path().extension() == kEnding && entry.is_regular_file(none);
      if (is_question) files.emplace(entry.path().stem(), entry.path());
    }
  }
  return files;
}

Question ReadQuestion(const std::string& path) {
  return ParseQuestion(path, ReadInput({"", path, path}));
}

}  // namespace

Question ParseQuestion(const std::string& file, std::string text) {
  Question question;
  question.file = file;
  question.name = fs::path(file).stem().string();
  for (const HeaderEntry& entry : HeaderOf(text)) {
    try {
      TakeHeaderLine(question, entry.key, entry.value);
    } catch (const Error& error) {
      TextPosition position;
      position.file = file;
      position.line = entry.line;
      position.column = 1;
      throw Error(ErrorCode::kSyntax, error.what(), position).WithHint(error.hint());
    }
  }
  question.statement = std::move(text);
  return question;
}

Question FindQuestion(const std::string& given) {
  const bool is_file = given.find('/') != std::string::npos || given.ends_with(kEnding);
  if (is_file) return ReadQuestion(given);
  const auto files = SavedQuestions();
  if (const auto file = files.find(given); file != files.end()) {
    return ReadQuestion(file->second.string());
  }
  std::vector<std::string> known;
  for (const auto& [name, path] : files) known.push_back(name);
  throw Error(ErrorCode::kNotFound, fmt::format("no saved question is called '{}'", given))
      .WithHint(DidYouMean(given, known, "verbale ask lists them"));
}

std::vector<Question> AllQuestions() {
  std::vector<Question> questions;
  for (const auto& [name, path] : SavedQuestions())
    questions.push_back(ReadQuestion(path.string()));
  return questions;
}

query::Parameters BindAnswers(const Question& question, const Answers& answers,
                              const graph::View& view) {
  CheckNames(question, answers);
  query::Parameters parameters;
  for (const QuestionParameter& parameter : question.parameters) {
    const auto given = std::find_if(answers.rbegin(), answers.rend(), [&](const auto& answer) {
      return answer.first == parameter.name;
    });
    if (given == answers.rend() && parameter.preset.empty()) {
      throw Error(ErrorCode::kInvalidArgument,
                  fmt::format("'{}' needs --{}", question.name, parameter.name))
          .WithHint(parameter.what.empty() ? fmt::format("{}", fmt::join(parameter.kinds, " or "))
                                           : parameter.what);
    }
    const std::string text = given != answers.rend() ? given->second : PresetText(parameter);
    parameters.emplace_back(parameter.name, ValueOf(parameter, text, view));
  }
  return parameters;
}

}  // namespace verbale::cli
