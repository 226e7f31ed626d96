// The nodes, relationships and paths of a result as a graph, in a format of graph/formats.

#include <ostream>
#include <streambuf>

#include "cli/gather.h"
#include "cli/rows/printer.h"

namespace verbale::cli {
namespace {

// A C stream as C++ streams want it; the C stream does the buffering.
class FileBuffer : public std::streambuf {
 public:
  explicit FileBuffer(std::FILE* out) : out_(out) {}

 protected:
  int_type overflow(int_type c) override {
    return traits_type::eq_int_type(c, traits_type::eof()) ? 0 : std::fputc(c, out_);
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    return static_cast<std::streamsize>(std::fwrite(text, 1, static_cast<std::size_t>(size), out_));
  }

 private:
  std::FILE* out_;
};

class GraphPrinter : public Printer {
 public:
  explicit GraphPrinter(const PrintTo& to) : to_(to), gatherer_(to.result.view()) {}

  void Row(std::span<const graph::Value> row) override {
    for (const graph::Value& value : row) gatherer_.Add(value);
  }

  void End() override {
    graph::FormatOptions format;
    format.format = graph::FormatFromName(to_.options.mode);
    gatherer_.NoteNothing();
    format.selection = &gatherer_.selection();
    FileBuffer buffer(to_.out);
    std::ostream out(&buffer);
    graph::WriteFormat(to_.result.view(), format, out);
  }

 private:
  const PrintTo to_;
  Gatherer gatherer_;
};

}  // namespace

std::unique_ptr<Printer> MakeGraph(const PrintTo& to) { return std::make_unique<GraphPrinter>(to); }

}  // namespace verbale::cli
