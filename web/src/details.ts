// The panel at the side: the facts of a node, or the sentences of a relationship.

import { byId, counted, h } from "./dom";
import { grouped, otherEnd, text, type Evidence, type Node, type Rel } from "./model";
import type { Palette, Theme } from "./palette";
import { swatch } from "./search";
import type { State } from "./state";
import { places } from "./words";

// Shown elsewhere in the panel, or of no use to a reader.
const NODE_KEYS = new Set(["name", "aliases"]);
const REL_KEYS = new Set(["count", "first_stated", "last_stated", "conflict"]);
const FEW = 60;

export class Details {
  private readonly panel = byId("details");
  private readonly body = byId("details-body");
  /** Groups of facts that the reader asked to see whole, of the node that is shown. */
  private readonly whole = new Set<string>();
  private shown: Node | Rel | null = null;

  constructor(
    private readonly state: State,
    private readonly palette: Palette,
    private readonly theme: () => Theme,
  ) {
    byId("details-close").addEventListener("click", () => state.select(null));
    state.onChange((change) => {
      if (change === "selection" || change === "filter") this.draw();
    });
    this.draw();
  }

  draw(): void {
    const selection = this.state.selection;
    this.panel.hidden = selection === null;
    document.body.classList.toggle("with-details", selection !== null);
    if (!selection) return;
    const thing = selection.kind === "node" ? selection.node : selection.rel;
    const again = thing === this.shown;
    if (!again) this.whole.clear();
    this.shown = thing;
    this.body.replaceChildren(
      ...(selection.kind === "node" ? this.node(selection.node) : this.rel(selection.rel)),
    );
    if (!again) this.body.scrollTop = 0;
  }

  private node(node: Node): HTMLElement[] {
    const { rels } = this.state.visible();
    const seen = new Set(rels);
    const facts = node.rels.filter((rel) => seen.has(rel));
    const filtered = node.rels.length - facts.length;
    const parts: HTMLElement[] = [
      h("p", { class: "kind" }, swatch(this.palette, node.label), node.labels.join(" · ") || "node"),
      h("h2", {}, node.name),
    ];
    if (node.aliases.length > 0) {
      parts.push(h("p", { class: "aliases" }, "Also: " + node.aliases.join(" · ")));
    }
    parts.push(...this.properties(node.properties, NODE_KEYS));
    for (const [title, group] of byType(facts, node)) parts.push(this.group(title, group, node));
    if (facts.length === 0) parts.push(h("p", { class: "empty" }, "No facts with these filters."));
    if (filtered > 0) {
      const hidden = `${counted(filtered, "further fact")} hidden by the filters.`;
      parts.push(h("p", { class: "note" }, hidden));
    }
    return parts;
  }

  private group(title: string, rels: Rel[], node: Node): HTMLElement {
    const out = rels[0]!.source === node;
    const type = rels[0]!.type;
    const cut = rels.length > FEW && !this.whole.has(title);
    const list = h("ul", { class: "facts" });
    for (const rel of cut ? rels.slice(0, FEW) : rels) {
      const other = otherEnd(rel, node);
      list.append(
        h(
          "li",
          {},
          h(
            "button",
            { type: "button", onclick: () => this.state.select({ kind: "rel", rel }) },
            swatch(this.palette, other.label),
            h("span", { class: "name" }, other.name),
            rel.date ? h("span", { class: "date" }, rel.date) : null,
            h("span", { class: "support", title: counted(rel.support, "sentence") }, times(rel)),
          ),
        ),
      );
    }
    const heading = h("h3", {}, out ? this.type(type) : null, out ? null : this.type(type, "from"));
    heading.append(h("span", { class: "count" }, String(rels.length)));
    const section = h("section", {}, heading, list);
    if (cut) {
      const all = () => {
        this.whole.add(title);
        this.draw();
      };
      const label = `Show all ${rels.length}`;
      section.append(h("button", { type: "button", class: "plain", onclick: all }, label));
    }
    return section;
  }

  private type(type: string, direction?: "from"): HTMLElement {
    const chip = h("span", { class: "type" }, direction ? `← ${type}` : `${type} →`);
    chip.style.color = this.palette.stroke(type, this.theme());
    return chip;
  }

  private rel(rel: Rel): HTMLElement[] {
    const end = (node: Node) =>
      h(
        "button",
        {
          type: "button",
          class: "end",
          onclick: () => this.state.select({ kind: "node", node }),
        },
        swatch(this.palette, node.label),
        node.name,
      );
    const shown = rel.evidence.filter((one) => this.state.passes(one.document, one.date));
    const parts: HTMLElement[] = [
      h("p", { class: "kind" }, "Relationship"),
      h("h2", { class: "fact" }, end(rel.source), this.type(rel.type), end(rel.target)),
      ...this.conflict(rel),
      ...this.properties(rel.properties, REL_KEYS),
    ];
    if (rel.evidence.length === 0) {
      parts.push(h("p", { class: "empty" }, this.without(rel)));
      return parts;
    }
    parts.push(h("h3", {}, counted(shown.length, "sentence")));
    for (const one of shown) parts.push(this.sentence(one, rel));
    const filtered = rel.evidence.length - shown.length;
    if (filtered > 0) {
      parts.push(h("p", { class: "note" }, `${counted(filtered, "more")} in documents not shown.`));
    }
    return parts;
  }

  private without(rel: Rel): string {
    return rel.support > 0
      ? `${counted(rel.support, "sentence")}, left out of this file.`
      : "Written by hand: no document states it.";
  }

  private conflict(rel: Rel): HTMLElement[] {
    const conflict = rel.properties["conflict"];
    if (!conflict) return [];
    return [h("p", { class: "conflict" }, `The sentences disagree on: ${text(conflict)}.`)];
  }

  private sentence(one: Evidence, rel: Rel): HTMLElement {
    const quote = h("blockquote", {});
    const names = [rel.source, rel.target].flatMap((node) => [node.name, ...node.aliases]);
    let at = 0;
    for (const [from, to] of places(one.sentence, names)) {
      quote.append(one.sentence.slice(at, from), h("mark", {}, one.sentence.slice(from, to)));
      at = to;
    }
    quote.append(one.sentence.slice(at));
    const record = this.state.graph.document(one.document);
    const place = `${one.path || one.document}, bytes ${one.start} to ${one.end}`;
    return h(
      "figure",
      { class: "evidence" },
      quote,
      h(
        "figcaption",
        {},
        h("span", { class: "document", title: record?.title || null }, one.document),
        one.section ? h("span", { class: "section" }, one.section) : null,
        one.date ? h("time", { datetime: one.date }, one.date) : null,
        h("span", { class: "rule", title: `Read by this rule at ${place}` }, one.rule),
      ),
    );
  }

  private properties(properties: Rel["properties"], known: Set<string>): HTMLElement[] {
    const list = h("dl", {});
    for (const [key, value] of Object.entries(properties)) {
      if (known.has(key) || value === null) continue;
      list.append(h("dt", {}, key), h("dd", {}, text(value)));
    }
    return list.children.length > 0 ? [list] : [];
  }
}

function times(rel: Rel): string {
  return rel.support > 1 ? `×${rel.support}` : "";
}

/** Facts of a node by type and direction: its own first, then those of others about it. */
function byType(rels: Rel[], node: Node): [string, Rel[]][] {
  const title = (rel: Rel) => (rel.source === node ? "1 " : "2 ") + rel.type;
  const name = (rel: Rel) => otherEnd(rel, node).name;
  const groups = grouped(rels, title);
  for (const group of groups) group.sort((a, b) => (name(a) < name(b) ? -1 : 1));
  return groups
    .map((group): [string, Rel[]] => [title(group[0]!), group])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
