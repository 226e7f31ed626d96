#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "query/functions/registry.h"
#include "query/parse/lexer.h"
#include "query/parse/parse.h"
#include "query/query.h"

namespace verbale::query {
namespace {

// Functions that write a value which has no literal of its own.
constexpr std::array<std::string_view, 6> kConstructors = {"date",     "time",          "localtime",
                                                           "datetime", "localdatetime", "duration"};

// The value of an expression that says it by itself. As deep as the parser lets it be.
class LiteralReader {
 public:
  explicit LiteralReader(std::string_view text) : text_(text) {}

  graph::Value Read(const Expr& expr) const {
    if (const auto* literal = std::get_if<LiteralExpr>(&expr.node)) return literal->value;
    if (const auto* list = std::get_if<ListExpr>(&expr.node)) return ReadList(*list);
    if (const auto* map = std::get_if<MapExpr>(&expr.node)) return ReadMap(*map);
    if (const auto* call = std::get_if<CallExpr>(&expr.node)) return ReadCall(expr, *call);
    Fail(expr);
  }

 private:
  [[noreturn]] void Fail(const Expr& expr) const {
    throw SyntaxError(text_, expr.span, "UnexpectedSyntax", "This is not a literal value")
        .WithHint("text needs quotes: 'text'");
  }

  graph::Value ReadList(const ListExpr& list) const {
    graph::List values;
    for (const ExprPtr& item : list.items) values.push_back(Read(*item));
    return graph::Value(std::move(values));
  }

  graph::Value ReadMap(const MapExpr& map) const {
    graph::Map values;
    for (const auto& [key, value] : map.entries) values.emplace_back(key.text, Read(*value));
    return graph::Value::OfMap(std::move(values));
  }

  graph::Value ReadCall(const Expr& expr, const CallExpr& call) const {
    const Function* function = FindFunction(call.name.text);
    if (function == nullptr || call.arguments.size() != 1) Fail(expr);
    if (std::find(kConstructors.begin(), kConstructors.end(), function->name) ==
        kConstructors.end()) {
      Fail(expr);
    }
    const graph::Value argument = Read(*call.arguments.front());
    if (!function->argument(0).Has(argument.type())) Fail(expr);
    return function->call(std::span(&argument, 1), FunctionContext{});
  }

  std::string_view text_;
};

}  // namespace

graph::Value ParseLiteral(std::string_view text) {
  const ExprPtr expr = ParseExpression(text);
  return LiteralReader(text).Read(*expr);
}

}  // namespace verbale::query
