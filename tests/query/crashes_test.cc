// Inputs that the parser once failed on, or that look like ones: each file of tests/crashes/.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/fuzz/parse_check.h"

namespace verbale::query {
namespace {

TEST(CrashesTest, EachInputParsesOrIsAnError) {
  std::size_t files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(VERBALE_SOURCE_DIR "/tests/crashes")) {
    std::ifstream in(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    EXPECT_TRUE(PrintsToItself(text.str())) << entry.path();
    ++files;
  }
  EXPECT_GT(files, 0u);
}

}  // namespace
}  // namespace verbale::query
