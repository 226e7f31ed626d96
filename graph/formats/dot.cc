// DOT for Graphviz: one cluster a label, colours by label and by relationship type, a legend, the
// sentences as tooltips (SVG shows them). Nodes and edges stand in order of names, so that a
// picture stays the same picture when a fact is added. A few relationships are drawn from left to
// right with their types on them; many would make that a very tall column, so they are spread over
// the page by force (sfdp), and the legend tells the types apart.

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <tuple>

#include <fmt/format.h>

#include "graph/formats/parts.h"

namespace verbale::graph::formats {
namespace {

// Fills (light enough for black text) and strokes (dark enough for white paper); told apart by
// people with the usual colour deficiencies. After Okabe and Ito (2008), lightened and darkened.
// The page has the same (web/src/palette.ts).
constexpr std::array<const char*, 14> kFills = {
    "#cfe3f3", "#fbe3b5", "#cdeadd", "#f6d5c3", "#ead6e6", "#f7f3b8", "#d9e6c8",
    "#e3dccf", "#d4d4ee", "#e6e6e6", "#bdeae5", "#f8cbd8", "#eed6fb", "#c6cdd6"};
constexpr std::array<const char*, 16> kStrokes = {
    "#0060a0", "#b35900", "#007a5a", "#a8321e", "#8f4a7d", "#7a6f00", "#4a6b1f", "#6b5536",
    "#4848a0", "#555555", "#c2185b", "#00838f", "#9a6700", "#2e2e2e", "#7d3c98", "#1b7f3b"};
// So many relationships and fewer carry their types on a drawing from left to right.
constexpr std::size_t kFewEdges = 25;
// Beyond that, leading edges around nodes takes Graphviz minutes: they become straight lines.
constexpr std::size_t kManyEdges = 600;

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : CleanText(text)) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c == '\r' || c == '\t' ? ' ' : c;
    }
  }
  return out + "\"";
}

// A label broken into lines of about `width` characters, so that boxes stay narrow.
std::string Wrapped(const std::string& text, std::size_t width) {
  std::string out;
  std::size_t line = 0;
  for (const char c : text) {
    if (c == ' ' && line >= width) {
      out += '\n';
      line = 0;
    } else {
      out += c;
      ++line;
    }
  }
  return out;
}

struct Edge {
  std::string source, type, target;  // names, for the order
  RelRef rel;
  RelEnds ends;
};

class Writer {
 public:
  Writer(const View& view, const FormatOptions& options, std::ostream& out)
      : view_(view), options_(options), out_(out), contents_(Collect(view, options.selection)) {
    for (const NodeRef node : contents_.nodes) {
      const auto labels = LabelsOf(view, node.no);
      by_label_[labels.empty() ? "" : labels.front()].emplace_back(NameOf(view, node), node);
    }
    for (auto& [label, nodes] : by_label_) {
      fill_.emplace(label, kFills[fill_.size() % kFills.size()]);
      std::sort(nodes.begin(), nodes.end(), [](const auto& a, const auto& b) {
        return std::tie(a.first, a.second.id) < std::tie(b.first, b.second.id);
      });
    }
    for (const RelRef rel : contents_.rels) {
      const RelEnds ends = view.Ends(rel.no);
      edges_.push_back({NameOf(view, {ends.source, view.Id(ends.source)}),
                        std::string(view.catalog().TypeName(ends.type)),
                        NameOf(view, {ends.target, view.Id(ends.target)}), rel, ends});
    }
    std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) {
      return std::tie(a.source, a.type, a.target, a.rel.id) <
             std::tie(b.source, b.type, b.target, b.rel.id);
    });
    for (const Edge& edge : edges_) {
      stroke_.emplace(edge.type, nullptr);
      ++degrees_[edge.ends.source], ++degrees_[edge.ends.target];
    }
    std::size_t next = 0;
    for (auto& [type, colour] : stroke_) colour = kStrokes[next++ % kStrokes.size()];
  }

  void Write() {
    out_ << "digraph " << Quoted(options_.title.empty() ? "verbale" : options_.title) << " {\n"
         << "  charset=\"UTF-8\"; " << LayoutOptions() << '\n'
         << "  fontname=\"Helvetica\"; fontsize=16; outputorder=edgesfirst;\n"
         << "  node [shape=box, style=\"rounded,filled\", penwidth=0.6, color=\"#666666\", "
            "fontname=\"Helvetica\", "
            "fontsize=12, height=0.3, margin=\"0.12,0.05\"];\n"
         << "  edge [penwidth=1.1, arrowsize=0.6, fontname=\"Helvetica\", fontsize=10];\n";
    WriteClusters();
    WriteEdges();
    WriteLegend();
    out_ << "}\n";
  }

 private:
  std::string LayoutOptions() const {
    if (edges_.size() <= kFewEdges) {
      return "rankdir=LR; ranksep=1.6; nodesep=0.12; splines=true; newrank=true;";
    }
    return std::string(
               "layout=sfdp; start=1; K=0.9; repulsiveforce=1.6; overlap=prism; "
               "overlap_scaling=-4; sep=\"+6\"; splines=") +
           (edges_.size() <= kManyEdges ? "true;" : "line;");
  }

  // The more relationships a node has, the larger its name.
  int FontSize(NodeRef node) const {
    const auto found = degrees_.find(node.no);
    const std::size_t degree = found == degrees_.end() ? 0 : found->second;
    return degree >= 12 ? 18 : degree >= 6 ? 15 : 12;
  }

  void WriteClusters() {
    for (const auto& [label, nodes] : by_label_) {
      out_ << "  subgraph " << Quoted("cluster_" + label) << " {\n    label=" << Quoted(label)
           << "; style=\"rounded\"; color=\"#bbbbbb\"; fontcolor=\"#444444\";\n";
      for (const auto& [name, node] : nodes) {
        constexpr std::size_t kLine = 22;
        out_ << "    " << Id(node) << " [label=" << Quoted(Wrapped(name, kLine)) << ", fillcolor=\""
             << fill_.at(label) << "\", fontsize=" << FontSize(node)
             << ", tooltip=" << Quoted(Tooltip(node)) << "];\n";
      }
      out_ << "  }\n";
    }
  }

  std::string Tooltip(NodeRef node) const {
    std::string tooltip = NameOf(view_, node);
    const auto aliases = view_.catalog().FindKey("aliases");
    const Value also = aliases ? view_.Property(node.no, *aliases) : Value();
    return also.is_null() ? tooltip : tooltip + "\n" + PlainText(also);
  }

  void WriteEdges() {
    for (const Edge& edge : edges_) {
      const char* colour = stroke_.at(edge.type);
      out_ << "  " << Id({edge.ends.source, view_.Id(edge.ends.source)}) << " -> "
           << Id({edge.ends.target, view_.Id(edge.ends.target)}) << " [id=\"" << Id(edge.rel)
           << "\", color=\"" << colour << "\"";
      if (edges_.size() <= kFewEdges) {
        out_ << ", fontcolor=\"" << colour << "\", label=" << Quoted(edge.type);
      }
      std::string tooltip = fmt::format("{} {} {}", edge.source, edge.type, edge.target);
      if (options_.evidence) {
        const std::string quotes = EvidenceText(view_.Evidence(edge.rel.no));
        if (!quotes.empty()) tooltip += "\n" + quotes;
      }
      out_ << ", tooltip=" << Quoted(tooltip) << "];\n";
    }
  }

  void WriteLegend() {
    if (contents_.nodes.empty()) return;
    out_ << "  subgraph cluster_legend_of_types {\n    label=\"\"; style=invis; rank=sink;\n"
         << "    legend [shape=plain, style=\"\", label=<<table border=\"0\" cellborder=\"0\" "
            "cellspacing=\"2\">";
    for (const auto& [label, colour] : fill_) {
      out_ << "<tr><td bgcolor=\"" << colour << "\" width=\"24\"> </td><td align=\"left\">"
           << XmlText(label) << "</td></tr>";
    }
    for (const auto& [type, colour] : stroke_) {
      out_ << "<tr><td align=\"right\"><font color=\"" << colour
           << "\">▬▶</font></td><td align=\"left\">" << XmlText(type) << "</td></tr>";
    }
    out_ << "</table>>];\n  }\n";
  }

  const View& view_;
  const FormatOptions& options_;
  std::ostream& out_;
  const Contents contents_;
  std::map<std::string, std::vector<std::pair<std::string, NodeRef>>> by_label_;
  std::map<std::string, const char*> fill_;
  std::map<std::string, const char*> stroke_;
  std::vector<Edge> edges_;
  std::map<NodeNo, std::size_t> degrees_;
};

}  // namespace

void WriteDot(const View& view, const FormatOptions& options, std::ostream& out) {
  Writer(view, options, out).Write();
}

}  // namespace verbale::graph::formats
