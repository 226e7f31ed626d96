// The search field: finds nodes by name and alias, as a combobox (WAI-ARIA 1.2).

import { byId, h } from "./dom";
import type { Graph, Node } from "./model";
import type { Palette } from "./palette";
import type { State } from "./state";
import { fold, match } from "./words";

const MOST = 12;

interface Hit {
  node: Node;
  /** The alias that was found; "" where it was the name. */
  alias: string;
  score: number;
}

/** Nodes that `query` finds, best first. */
export class Index {
  private readonly entries: { node: Node; folded: string; alias: string }[] = [];

  constructor(graph: Graph) {
    for (const node of graph.nodes.values()) {
      this.entries.push({ node, folded: fold(node.name), alias: "" });
      for (const alias of node.aliases) {
        this.entries.push({ node, folded: fold(alias), alias });
      }
    }
  }

  find(query: string): Hit[] {
    const folded = fold(query.trim());
    if (!folded) return [];
    const best = new Map<Node, Hit>();
    for (const { node, folded: name, alias } of this.entries) {
      const score = 2 * match(folded, name) - (alias ? 1 : 0);
      if (score > 0 && score > (best.get(node)?.score ?? 0)) best.set(node, { node, alias, score });
    }
    return [...best.values()].sort(
      (a, b) =>
        b.score - a.score ||
        b.node.rels.length - a.node.rels.length ||
        (a.node.name < b.node.name ? -1 : 1),
    );
  }
}

export function searchField(state: State, palette: Palette): void {
  const input = byId<HTMLInputElement>("search");
  const list = byId("hits");
  const index = new Index(state.graph);
  let hits: Hit[] = [];
  let active = -1;

  const choose = (hit: Hit | undefined) => {
    if (!hit) return;
    input.value = "";
    input.blur();
    if (state.withoutLabels.delete(hit.node.label)) state.changed("filter");
    state.select({ kind: "node", node: hit.node });
    byId("details-body").focus();
  };
  const close = () => {
    hits = [];
    active = -1;
    list.replaceChildren();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (next: number) => {
    active = hits.length === 0 ? -1 : (next + hits.length) % hits.length;
    [...list.children].forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
    input.setAttribute("aria-activedescendant", `hit-${active}`);
    list.children[active]?.scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    const found = index.find(input.value);
    hits = found.slice(0, MOST);
    active = -1;
    list.hidden = input.value.trim() === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    list.replaceChildren(...hits.map(row));
    if (hits.length === 0) list.append(h("p", { class: "empty" }, "No name or alias like this."));
    else mark(0);
    if (found.length > MOST) {
      list.append(h("p", { class: "more" }, `${found.length - MOST} more; type on to narrow down`));
    }
  };
  const row = (hit: Hit, i: number) =>
    h(
      "div",
      {
        class: "hit",
        id: `hit-${i}`,
        role: "option",
        onmousedown: (event) => event.preventDefault(), // the field keeps the focus until the click
        onclick: () => choose(hit),
      },
      swatch(palette, hit.node.label),
      h("span", { class: "name" }, hit.node.name),
      hit.alias ? h("span", { class: "alias" }, hit.alias) : null,
      h("span", { class: "label" }, hit.node.label),
    );

  input.addEventListener("input", open);
  input.addEventListener("focus", () => input.value.trim() && open());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(active + 1);
    else if (event.key === "ArrowUp") mark(active - 1);
    else if (event.key === "Enter") choose(hits[active]);
    else if (event.key === "Escape" && input.value) {
      input.value = "";
      close();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/** The dot in the colour of a label. */
export function swatch(palette: Palette, label: string): HTMLElement {
  const dot = h("span", { class: "swatch", "aria-hidden": "true" });
  dot.style.background = palette.fill(label);
  dot.style.borderColor = palette.ring(label);
  return dot;
}
