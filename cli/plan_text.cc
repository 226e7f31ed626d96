#include "cli/plan_text.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "cli/width.h"

namespace verbale::cli {
namespace {

// One operator, and how far it is indented.
struct Line {
  const query::PlanNode* node;
  std::size_t depth;

  std::string Text() const {
    const std::string arguments = node->arguments.empty() ? "" : " " + node->arguments;
    return std::string(2 * depth, ' ') + node->name + OneLine(arguments);
  }
};

// Top down, inputs from the left; without recursion, as plans grow with what people write.
std::vector<Line> Lines(const query::PlanNode& plan) {
  std::vector<Line> lines;
  std::vector<Line> open = {{&plan, 0}};
  while (!open.empty()) {
    const Line line = open.back();
    open.pop_back();
    lines.push_back(line);
    const auto& children = line.node->children;
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
      open.push_back({&*child, line.depth + 1});
    }
  }
  return lines;
}

}  // namespace

std::string PlanText(const query::PlanNode& plan) {
  const std::vector<Line> lines = Lines(plan);
  constexpr std::size_t kWidest = 72;  // longer ones push their numbers to the right
  std::size_t width = 8;
  bool profiled = false;
  for (const Line& line : lines) {
    width = std::max(width, std::min(DisplayWidth(line.Text()), kWidest));
    profiled = profiled || line.node->rows;
  }
  std::string out = fmt::format("{:<{}}  {:>10}", "operator", width, "estimated");
  out += profiled ? fmt::format("{:>12}{:>10}\n", "rows", "ms") : "\n";
  for (const Line& line : lines) {
    const std::string text = line.Text();
    out += text + std::string(width - std::min(width, DisplayWidth(text)), ' ');
    out += fmt::format("  {:>10.0f}", line.node->estimated_rows);
    if (profiled) {
      out += fmt::format("{:>12}", line.node->rows.value_or(0));
      out +=
          fmt::format("{:>10.3f}", static_cast<double>(line.node->nanoseconds.value_or(0)) / 1e6);
    }
    out += "\n";
  }
  return out;
}

}  // namespace verbale::cli
