// extract_tool PACK FILE…: facts of the files as the public format, on stdout; for scoring while
// rules are written. extract_tool --try PACK SENTENCE [AUTHOR [LEAD_IN]]: how one sentence is read.

#include <fstream>
#include <iostream>
#include <iterator>

#include "extract/extract.h"
#include "extract/facts_jsonl.h"
#include "graph/error.h"

namespace {

using verbale::extract::Pack;
using verbale::extract::Reader;

int Try(const std::vector<std::string>& arguments) {
  const Reader reader(Pack::Load(arguments[1]));
  std::vector<verbale::extract::SentenceTrace> traces;
  reader.ReadSentence(arguments[2], arguments.size() > 3 ? arguments[3] : "Canada",
                      arguments.size() > 4 ? arguments[4] : "", traces);
  for (const auto& trace : traces) {
    std::cout << trace.sentence << "\n  " << trace.phrases << "\n";
    for (const auto& mention : trace.mentions) {
      std::cout << "  [" << mention.surface << "] " << mention.label << " " << mention.name << "\n";
    }
    for (const auto& found : trace.candidates) {
      std::cout << "  " << found.rule << ": " << found.subject << " " << found.relation << " "
                << found.object << " (" << found.object_label << ") "
                << verbale::graph::Name(found.modality) << " " << found.guard
                << (found.stopped.empty() ? "" : " STOPPED: ") << found.stopped << "\n";
    }
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  try {
    if (arguments.size() >= 3 && arguments[0] == "--try") return Try(arguments);
    if (arguments.size() < 2) return 2;
    const Reader reader(Pack::Load(arguments[0]));
    for (std::size_t i = 1; i < arguments.size(); ++i) {
      std::ifstream in(arguments[i], std::ios::binary);
      std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      const std::string name = arguments[i].substr(arguments[i].rfind('/') + 1);
      std::string out;
      verbale::extract::WriteFacts(reader.Read({name, std::move(bytes)}), out);
      std::cout << out;
    }
  } catch (const verbale::Error& error) {
    std::cerr << error.what() << "\n" << error.hint() << "\n";
    return verbale::ExitCode(error.code());
  }
  return 0;
}
