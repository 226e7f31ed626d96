#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "query/query.h"

namespace verbale::query {
namespace {

TEST(LiteralTest, ReadsWhatToCypherWrites) {
  const std::vector<std::string_view> texts = {
      "42",
      "-1",
      "1.5",
      "true",
      "null",
      "'a\\'b'",
      "[1, ['x'], null]",
      "{a: 1, b: {c: []}}",
      "date('2015-07-14')",
      "duration('P1Y2M')",
  };
  for (const std::string_view text : texts) {
    EXPECT_EQ(ToCypher(ParseLiteral(text), nullptr), text) << text;
  }
}

TEST(LiteralTest, RefusesWhatIsNoLiteral) {
  for (const std::string_view text :
       {"", "Canada", "1 + 1", "$p", "n.x", "rand()", "date()", "date(x)", "date(1, 2)", "[1, x]",
        "1 2", "toUpper('a')", "date([])"}) {
    try {
      ParseLiteral(text);
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kSyntax) << text << ": " << error.what();
    }
  }
}

}  // namespace
}  // namespace verbale::query
