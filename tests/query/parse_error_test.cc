// What does not parse: code, detail, caret and hint.

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "query/parse/parse.h"

namespace verbale::query {
namespace {

struct Row {
  std::string_view text;
  std::string_view marked;  ///< The bytes under the caret.
  std::string_view detail;
  std::string_view hint = {};
};

void Check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    SCOPED_TRACE(std::string(row.text));
    try {
      Parse(row.text);
      ADD_FAILURE() << "no error";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kSyntax);
      EXPECT_EQ(error.phase(), ErrorPhase::kCompileTime);
      EXPECT_EQ(error.type(), "SyntaxError");
      EXPECT_EQ(error.detail(), row.detail) << error.what();
      const TextPosition& at = error.position();
      EXPECT_EQ(row.text.substr(at.offset, at.length), row.marked) << error.what();
      EXPECT_EQ(error.hint(), row.hint) << error.what();
    }
  }
}

TEST(ParseErrorTest, Tokens) {
  Check({
      {"RETURN 'abc", "'", "UnexpectedSyntax"},
      {"RETURN 1 /* x", "/*", "UnexpectedSyntax"},
      {"RETURN `a", "`", "UnexpectedSyntax"},
      {"RETURN 1 AS ``", "``", "UnexpectedSyntax"},
      {"CREATE (:``)", "``", "UnexpectedSyntax"},
      {"MATCH (n) WHERE n.x != 1 RETURN n", "!=", "UnexpectedSyntax", "'not equal' is written <>"},
      {"MATCH (n) WHERE n.x = 1 && n.y RETURN n", "&", "UnexpectedSyntax", "'and' is written AND"},
      {"MATCH (n) WHERE n.x = 1 | n.y RETURN n", "|", "UnexpectedSyntax", "'or' is written OR"},
      {"CALL { MATCH (n) WHERE n.x ! RETURN n } RETURN n", "!", "UnexpectedSyntax",
       "'not' is written NOT"},
      {"RETURN 12ab", "12ab", "InvalidNumberLiteral"},
      {"RETURN 0x", "0x", "InvalidNumberLiteral"},
      {"RETURN 1__0", "1__0", "InvalidNumberLiteral"},
      {"RETURN 1_", "1_", "InvalidNumberLiteral"},
      {"RETURN 0o8", "0o8", "InvalidNumberLiteral"},
      {"RETURN 9223372036854775808", "9223372036854775808", "IntegerOverflow"},
      {"RETURN -9223372036854775809", "-9223372036854775809", "IntegerOverflow"},
      {"RETURN 1e999", "1e999", "FloatingPointOverflow"},
      {"RETURN 1 # 2", "#", "UnexpectedSyntax"},
      {"RETURN 1 \xE2\x80\x94 2", "\xE2\x80\x94", "InvalidUnicodeCharacter"},
      {"RETURN \xFF", "\xFF", "InvalidUnicodeCharacter"},
      {"RETURN 'a\xFF'", "\xFF", "InvalidUnicodeCharacter"},
      {"RETURN 1 AS `\xC3`", "\xC3", "InvalidUnicodeCharacter"},
      {"RETURN '\\uZZZZ'", "\\u", "InvalidUnicodeLiteral",
       "\\u takes four hexadecimal digits, \\U eight"},
      {"RETURN '\\q'", "\\q", "UnexpectedSyntax", "write a backslash as \\\\"},
      {"RETURN $", "$", "UnexpectedSyntax"},
      {"RETURN 1 != 2", "!=", "UnexpectedSyntax", "'not equal' is written <>"},
  });
}

TEST(ParseErrorTest, TheKeywordThatWasMeant) {
  Check({
      {"MTCH (n) RETURN n", "MTCH", "UnexpectedSyntax", "did you mean MATCH?"},
      {"MATCH (n) RETRUN n", "RETRUN", "UnexpectedSyntax", "did you mean RETURN?"},
      {"MATCH (n) WEHRE n.x RETURN n", "WEHRE", "UnexpectedSyntax", "did you mean WHERE?"},
      {"MATCH (n) RETURN n ODER BY n.x", "ODER", "UnexpectedSyntax", "did you mean ORDER?"},
      {"MATCH (n) RETURN n LIMT 3", "LIMT", "UnexpectedSyntax", "did you mean LIMIT?"},
      {"MATCH (n) RETURN n.x CONTIANS 'a'", "CONTIANS", "UnexpectedSyntax",
       "did you mean CONTAINS?"},
      {"FOO", "FOO", "UnexpectedSyntax"},
      {"", "", "UnexpectedSyntax"},
      {"MATCH (n", "n", "UnexpectedSyntax"},
      {"MATCH (n) RETURN", "N", "UnexpectedSyntax"},
      {"MATCH (n) RETURN n n", "n", "UnexpectedSyntax"},
      {"RETURN 1; RETURN 2", "RETURN", "UnexpectedSyntax"},
      {"RETURN [1, 2", "2", "UnexpectedSyntax"},
      {"RETURN {1: 2}", "1", "UnexpectedSyntax"},
      {"RETURN (1", "1", "UnexpectedSyntax"},
      {"RETURN CASE END", "END", "UnexpectedSyntax"},
  });
}

TEST(ParseErrorTest, Composition) {
  Check({
      {"MATCH (n)", "MATCH (n)", "InvalidClauseComposition"},
      {"MATCH (n) WITH n", "WITH n", "InvalidClauseComposition"},
      {"RETURN 1 MATCH (n)", "RETURN 1", "InvalidClauseComposition"},
      {"RETURN 1 AS a UNION RETURN 2 AS a UNION ALL RETURN 3 AS a", "UNION",
       "InvalidClauseComposition"},
      {"FOREACH (x IN [1] | MATCH (n))", "MATCH (n)", "InvalidClauseComposition"},
      {"MATCH ()-[:A..]->() RETURN 1", "..", "InvalidRelationshipPattern"},
      {"MATCH ()-[*-2]->() RETURN 1", "-", "InvalidRelationshipPattern"},
      {"MATCH ((a)-->(b)){3,1} RETURN 1", "{3,1}", "InvalidRelationshipPattern"},
  });
}

TEST(ParseErrorTest, DepthHasALimit) {
  const auto nested = [](std::string_view open, std::string_view close, int depth) {
    std::string text = "RETURN ";
    for (int i = 0; i < depth; ++i) text += open;
    text += '1';
    for (int i = 0; i < depth; ++i) text += close;
    return text;
  };
  const std::vector<std::string> texts = {
      nested("(", ")", 10000),
      nested("[", "]", 10000),
      nested("{a:", "}", 10000),
      nested("-", "", 10000),
      nested("NOT ", "", 10000),
      nested("CASE WHEN 1 THEN ", " END", 10000),
      nested("f(", ")", 10000),
      nested("[x IN ", "|x]", 10000),
      nested("1+", "", 10000),
      nested("", "+1", 10000),
      nested("", "[0]", 10000),
      nested("", " IS NULL", 10000),
      nested("EXISTS { RETURN ", " }", 10000),
      nested("EXISTS { MATCH (n WHERE ", ") }", 10000),
      nested("CASE WHEN (a:", ") THEN 1 END", 10000),
      "MATCH (n:" + std::string(10000, '!') + "A) RETURN n",
      "MATCH " + std::string(10000, '(') + ") RETURN 1",
  };
  for (const std::string& text : texts) {
    try {
      Parse(text);
      ADD_FAILURE() << "no error: " << text.substr(0, 40);
    } catch (const Error& error) {
      EXPECT_TRUE(error.code() == ErrorCode::kLimitExceeded || error.code() == ErrorCode::kSyntax)
          << text.substr(0, 40) << ": " << error.what();
    }
  }
  EXPECT_NO_THROW(Parse(nested("(", ")", 900)));
  ParseLimits limits;
  limits.max_depth = 10;
  EXPECT_THROW(Parse(nested("(", ")", 20), limits), Error);
}

// What programs write: flat, and longer than any person would.
TEST(ParseErrorTest, LongIsNotDeep) {
  std::string chain = "RETURN 1 = 1";
  std::string list = "RETURN [1";
  std::string create = "CREATE (n)";
  for (int i = 0; i < 5000; ++i) {
    chain += " OR 2 = 3";
    list += ", 1";
    create += " CREATE (:A)-[:R]->(:B)";
  }
  EXPECT_NO_THROW(Parse(chain));
  EXPECT_NO_THROW(Parse(list + "]"));
  EXPECT_NO_THROW(Parse(create));
}

}  // namespace
}  // namespace verbale::query
