#pragma once

// Saved questions: files of Cypher whose first comments say what is asked (data/queries/README.md).

#include <string>
#include <utility>
#include <vector>

#include "graph/view.h"
#include "query/query.h"

namespace verbale::cli {

/// What a saved question wants to be told.
struct QuestionParameter {
  std::string name;
  /// "Text", "Integer", "Relation" (a type of relationships), or labels: then it is a name or alias
  /// of a node that has one of them.
  std::vector<std::string> kinds;
  std::string preset;  ///< A literal; empty where the asker has to say.
  std::string what;    ///< For people; may be empty.
};

/// A question that was saved under a name.
struct Question {
  std::string name;  ///< File name without ending: "ratifications".
  std::string file;
  std::string title;
  std::vector<QuestionParameter> parameters;
  std::string picture;    ///< A statement whose nodes and relationships are drawn; may be empty.
  std::string statement;  ///< The whole file, so that errors are found where they stand.
};

/// Reads a question. Error(kSyntax) at its place where the first comments are wrong.
Question ParseQuestion(const std::string& file, std::string text);

/// A file where `given` is one, else the question of this name in $VERBALE_QUERIES, in
/// share/verbale/queries beside an installed program, or in data/queries above a program in its
/// build folder. Error(kNotFound) with the nearest name.
Question FindQuestion(const std::string& given);

/// All that there are by name, sorted; of two with one name, the one that FindQuestion finds.
std::vector<Question> AllQuestions();

/// What was said for a parameter, by its name.
using Answers = std::vector<std::pair<std::string, std::string>>;

/// Values for all parameters: names become those that the graph has. Error(kInvalidArgument) for a
/// parameter that is missing, unknown or of another kind; Error(kNotFound), with the nearest one,
/// for a name that nothing goes by.
query::Parameters BindAnswers(const Question& question, const Answers& answers,
                              const graph::View& view);

}  // namespace verbale::cli
