// What bounds a statement: time, rows, memory, cancelling. A statement that is stopped leaves
// nothing behind, holds little memory on the way, and its session goes on.

#include <atomic>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "graph/error.h"
#include "graph/graph.h"
#include "query/query.h"

namespace verbale::query {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

/// The most memory that this process has had, in bytes.
std::uint64_t PeakMemory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.rfind("VmHWM:", 0) == 0) return std::stoull(line.substr(6)) * 1024;
  }
  return 0;
}

class LimitsTest : public testing::Test {
 protected:
  LimitsTest() : graph_(graph::Graph::InMemory()), session_(Session::Open(*graph_)) {}

  Limits& limits() { return session_->options().limits; }

  std::uint64_t RowsOf(const std::string& text) {
    const auto result = session_->Run(text);
    std::uint64_t rows = 0;
    while (result->Next()) ++rows;
    return rows;
  }

  /// Runs to the limit; the message says which.
  void ExpectStopped(const std::string& text, const std::string& message) {
    try {
      RowsOf(text);
      ADD_FAILURE() << text << ": was not stopped";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kLimitExceeded) << text << ": " << error.what();
      EXPECT_NE(std::string(error.what()).find(message), std::string::npos) << error.what();
    }
  }

  std::unique_ptr<graph::Graph> graph_;
  std::unique_ptr<Session> session_;
};

TEST_F(LimitsTest, TimeStopsACrossProductThatHoldsNothing) {
  RowsOf("UNWIND range(1, 10000) AS i CREATE (:N {i: i})");
  limits().timeout = milliseconds(300);
  const std::uint64_t before = PeakMemory();
  ExpectStopped("MATCH (a:N), (b:N), (c:N) RETURN count(*)", "time limit");
  ExpectStopped("MATCH (a:N), (b:N), (c:N) WHERE a.i + b.i + c.i < 0 RETURN a", "time limit");
  ExpectStopped("MATCH (a:N), (b:N), (c:N) RETURN a.i AS x ORDER BY x LIMIT 3", "time limit");
  ExpectStopped("MATCH (a:N), (b:N), (c:N) RETURN DISTINCT a.i % 2", "time limit");
  ExpectStopped("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b RETURN count(*)",
                "time limit");
  EXPECT_LT(PeakMemory() - before, 256 * kMiB);
}

TEST_F(LimitsTest, TimeStopsOneExpression) {
  limits().timeout = milliseconds(300);
  const std::uint64_t before = PeakMemory();
  ExpectStopped(
      "WITH range(1, 1000000) AS l RETURN any(x IN l WHERE none(y IN l WHERE x + y > 0)) AS a",
      "time limit");
  ExpectStopped(
      "WITH range(1, 1000000) AS l RETURN size([x IN l WHERE size([y IN l WHERE y < x]) < 0])",
      "time limit");
  ExpectStopped("WITH range(1, 1000000) AS l RETURN reduce(s = 0, x IN l | s + x + size(l[..x]))",
                "time limit");
  EXPECT_LT(PeakMemory() - before, 512 * kMiB);
}

// A chain of thirty squares, from corner to corner: 2^30 shortest paths.
TEST_F(LimitsTest, AllShortestPathsAreBounded) {
  RowsOf("UNWIND range(0, 30) AS i CREATE (:M {i: i})");
  RowsOf(
      "UNWIND range(0, 29) AS i MATCH (a:M {i: i}), (b:M {i: i + 1}) "
      "CREATE (a)-[:R]->(:L)-[:R]->(b), (a)-[:R]->(:L)-[:R]->(b)");
  const std::string all =
      "MATCH (a:M {i: 0}), (b:M {i: 30}), p = allShortestPaths((a)-[:R*]->(b)) RETURN count(p)";
  const std::uint64_t before = PeakMemory();
  limits().memory_bytes = 100 * kMiB;
  ExpectStopped(all, "memory limit");
  limits().memory_bytes = 1000 * kMiB;
  limits().timeout = milliseconds(100);
  ExpectStopped(all, "time limit");
  EXPECT_LT(PeakMemory() - before, 512 * kMiB);
}

TEST_F(LimitsTest, RowsStopAResult) {
  RowsOf("UNWIND range(1, 10000) AS i CREATE (:N)");
  limits().max_rows = 1000;
  const std::uint64_t before = PeakMemory();
  const auto result = session_->Run("MATCH (a:N), (b:N), (c:N) RETURN a, b, c");
  for (int i = 0; i < 1000; ++i) ASSERT_TRUE(result->Next());
  EXPECT_THROW(result->Next(), Error);
  EXPECT_LT(PeakMemory() - before, 64 * kMiB);
  EXPECT_EQ(RowsOf("MATCH (a:N) RETURN a LIMIT 1000"), 1000u) << "as many as are allowed";
}

TEST_F(LimitsTest, MemoryStopsWhatHoldsRows) {
  limits().memory_bytes = 32 * kMiB;
  const std::uint64_t before = PeakMemory();
  const std::string rows =
      "UNWIND range(1, 2000) AS a UNWIND range(1, 2000) AS b WITH a * 10000 + b AS x ";
  ExpectStopped(rows + "RETURN size(collect(x))", "memory limit");
  ExpectStopped(rows + "RETURN x ORDER BY x", "memory limit");
  ExpectStopped(rows + "RETURN DISTINCT x", "memory limit");
  ExpectStopped(rows + "RETURN x, count(*)", "memory limit");
  ExpectStopped(rows + "CREATE (:N {x: x})", "memory limit");
  ExpectStopped("RETURN size([x IN range(1, 4000000) | x * 2])", "memory limit");
  ExpectStopped("RETURN size(range(1, 4000000))", "memory limit");
  ExpectStopped("RETURN size(reduce(s = [], x IN range(1, 2000000) | s + [x, x]))", "memory limit");
  ExpectStopped("RETURN size(reduce(s = [1], i IN range(1, 25) | s + s))", "memory limit");
  ExpectStopped("RETURN size(reduce(s = 'x', i IN range(1, 27) | s + s))", "memory limit");
  ExpectStopped(
      "UNWIND range(1, 2000) AS i "
      "RETURN size(reduce(s = toString(i % 10), j IN range(1, 17) | s + s))",
      "memory limit");
  ExpectStopped(
      "RETURN size(COLLECT { UNWIND range(1, 2000) AS a UNWIND range(1, 2000) AS b "
      "RETURN a + b })",
      "memory limit");
  EXPECT_LT(PeakMemory() - before, 512 * kMiB);
  EXPECT_EQ(RowsOf("MATCH (n) RETURN n"), 0u) << "nothing was left behind";
}

TEST_F(LimitsTest, OneValueMayNotFillTheMemory) {
  ExpectStopped("RETURN reduce(s = 'x', i IN range(1, 60) | s + s)", "bytes");
  ExpectStopped("RETURN reduce(s = 'x', i IN range(1, 60) | replace(s, 'x', 'xx'))", "bytes");
  ExpectStopped("RETURN range(1, 1000000000000)", "elements");
}

TEST_F(LimitsTest, CancellingStopsFromAnotherThread) {
  std::atomic<bool> done{false};
  std::thread other([&] {
    // Cancel means the statement that runs, which may not have begun yet.
    while (!done) {
      session_->Cancel();
      std::this_thread::sleep_for(milliseconds(1));
    }
  });
  ExpectStopped("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b CREATE (:N)",
                "cancelled");
  done = true;
  other.join();
  EXPECT_EQ(RowsOf("MATCH (n) RETURN n"), 0u);
}

TEST_F(LimitsTest, InATransactionOnlyTheStatementIsUndone) {
  session_->Begin();
  RowsOf("CREATE (:Kept)");
  limits().timeout = milliseconds(100);
  ExpectStopped("UNWIND range(1, 1000000) AS a UNWIND range(1, 1000000) AS b CREATE (:Lost)",
                "time limit");
  limits().timeout = milliseconds(0);
  session_->Commit();
  EXPECT_EQ(RowsOf("MATCH (n) RETURN n"), 1u);
}

}  // namespace
}  // namespace verbale::query
