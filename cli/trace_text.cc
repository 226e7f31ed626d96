#include "cli/trace_text.h"

#include <algorithm>

#include <fmt/format.h>

namespace verbale::cli {
namespace {

struct Palette {
  std::string_view name, good, held, stopped, dim, reset;
};
constexpr Palette kColors = {"\x1b[36m", "\x1b[32m", "\x1b[33m", "\x1b[31m", "\x1b[2m", "\x1b[0m"};
constexpr Palette kPlain = {};

/// The sentence with each mention in brackets.
std::string Marked(const extract::SentenceTrace& trace, const Palette& paint) {
  std::vector<extract::TraceMention> mentions = trace.mentions;
  std::stable_sort(mentions.begin(), mentions.end(),
                   [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  std::string out;
  std::size_t from = 0;
  for (const auto& mention : mentions) {
    const std::size_t at = trace.sentence.find(mention.surface, from);
    if (at == std::string::npos) continue;  // Of the lead-in.
    out += trace.sentence.substr(from, at - from);
    out += fmt::format("{}[{}]{}", paint.name, mention.surface, paint.reset);
    from = at + mention.surface.size();
  }
  return out + trace.sentence.substr(from);
}

std::string CandidateLine(const extract::TraceCandidate& found, const Palette& paint) {
  const std::string fact = fmt::format("{} {} {}", found.subject.empty() ? "?" : found.subject,
                                       found.relation, found.object.empty() ? "?" : found.object);
  const std::string rule =
      fmt::format("{}rule {}, pattern {}{}", paint.dim, found.rule, found.pattern + 1, paint.reset);
  if (!found.stopped.empty()) {
    return fmt::format("  {}stopped{}      {}  {}\n               {}\n", paint.stopped, paint.reset,
                       fact, rule, found.stopped);
  }
  const bool asserted = found.modality == graph::Modality::kAsserted;
  const std::string guard = found.guard.empty() ? "" : fmt::format(": “{}”", found.guard);
  return fmt::format("  {}{}{}{:<{}}  {}  {}\n", asserted ? paint.good : paint.held,
                     graph::Name(found.modality), paint.reset, "",
                     11 - std::min<std::size_t>(11, graph::Name(found.modality).size()), fact,
                     guard.empty() ? rule : "guard" + guard + "  " + rule);
}

}  // namespace

std::string TraceText(const extract::SentenceTrace& trace, bool color) {
  const Palette& paint = color ? kColors : kPlain;
  std::string out = Marked(trace, paint) + "\n";
  for (const auto& mention : trace.mentions) {
    out +=
        fmt::format("  {}{:<12}{} {}{}\n", paint.dim, mention.label, paint.reset, mention.name,
                    mention.name == mention.surface ? "" : fmt::format(" ({})", mention.surface));
  }
  out += fmt::format("  {}phrases      {}{}\n", paint.dim, trace.phrases, paint.reset);
  if (trace.candidates.empty()) out += "  no rule matched\n";
  for (const auto& candidate : trace.candidates) out += CandidateLine(candidate, paint);
  return out;
}

}  // namespace verbale::cli
