// The side bar: labels, relationship types and documents, each with its colour or date, how many
// there are, and a switch.

import { byId, counted, h } from "./dom";
import type { Palette, Theme } from "./palette";
import { swatch } from "./search";
import type { State } from "./state";

interface Entry {
  name: string;
  title: string;
  count: number;
  mark: HTMLElement | null;
}

export class Legend {
  private readonly labels = byId("labels");
  private readonly types = byId("types");
  private readonly documents = byId("documents");
  private readonly until = byId<HTMLInputElement>("until");
  private readonly untilText = byId("until-text");
  private readonly dates: string[];

  constructor(
    private readonly state: State,
    private readonly palette: Palette,
    private readonly theme: () => Theme,
  ) {
    const dates = state.graph.documents.map((document) => document.date).filter(Boolean);
    this.dates = [...new Set(dates)].sort();
    this.until.max = String(this.dates.length - 1);
    this.until.addEventListener("input", () => {
      const last = Number(this.until.value) === this.dates.length - 1;
      state.until = last ? "" : this.dates[Number(this.until.value)]!;
      state.changed("filter");
    });
    byId("reset").addEventListener("click", () => {
      state.reset();
      state.changed("filter");
    });
    state.onChange((change) => change === "filter" && this.draw());
    this.draw();
  }

  draw(): void {
    const { graph } = this.state;
    const labels = tally([...graph.nodes.values()].map((node) => node.label));
    const types = tally([...graph.rels.values()].map((rel) => rel.type));
    const documents = tally([...graph.rels.values()].flatMap((rel) => rel.documents));
    this.list(
      this.labels,
      this.state.withoutLabels,
      graph.labels.map((name) => ({
        name,
        title: name || "without a label",
        count: labels.get(name) ?? 0,
        mark: swatch(this.palette, name),
      })),
    );
    this.list(
      this.types,
      this.state.withoutTypes,
      graph.types.map((name) => ({
        name,
        title: name,
        count: types.get(name) ?? 0,
        mark: this.line(name),
      })),
    );
    this.list(
      this.documents,
      this.state.withoutDocuments,
      graph.documents.map(({ symbol, date }) => ({
        name: symbol,
        title: symbol,
        count: documents.get(symbol) ?? 0,
        mark: date ? h("time", { datetime: date }, date) : null,
      })),
    );
    byId("documents-part").hidden = graph.documents.length === 0;
    this.timeline();
    byId("reset").hidden = !this.state.filtered;
  }

  private timeline(): void {
    byId("timeline").hidden = this.dates.length < 2;
    const at = this.state.until ? this.dates.indexOf(this.state.until) : this.dates.length - 1;
    this.until.value = String(at < 0 ? this.dates.length - 1 : at);
    const words = this.state.until ? `until ${this.state.until}` : "at any time";
    this.untilText.textContent = words;
    this.until.setAttribute("aria-valuetext", words);
  }

  private line(type: string): HTMLElement {
    const line = h("span", { class: "stroke", "aria-hidden": "true" });
    line.style.background = this.palette.stroke(type, this.theme());
    return line;
  }

  // Rows are kept when only their state changes, so that the focus stays where it is.
  private list(place: HTMLElement, without: Set<string>, entries: Entry[]): void {
    const names = entries.map((entry) => entry.name);
    const focused = [...place.children].findIndex((row) => row.contains(document.activeElement));
    const inOnly = document.activeElement?.classList.contains("only") ?? false;
    place.replaceChildren(...entries.map((entry) => this.row(entry, without, names)));
    if (focused < 0) return;
    place.children[focused]?.querySelector<HTMLElement>(inOnly ? ".only" : "input")?.focus();
  }

  private row(entry: Entry, without: Set<string>, names: string[]): HTMLElement {
    const box = h("input", {
      type: "checkbox",
      onchange: () => this.state.toggle(without, entry.name),
    });
    box.checked = !without.has(entry.name);
    const only = () => this.state.only(without, names, entry.name);
    return h(
      "li",
      { class: box.checked ? null : "off" },
      h(
        "label",
        {},
        box,
        entry.mark,
        h("span", { class: "name" }, entry.title),
        h("span", { class: "count" }, entry.count.toLocaleString("en")),
      ),
      names.length > 1
        ? h(
            "button",
            {
              type: "button",
              class: "only",
              title: `Only ${entry.title}`,
              "aria-label": `Only ${entry.title}`,
              onclick: only,
            },
            "only",
          )
        : null,
    );
  }
}

function tally(names: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** "12 nodes, 34 facts" of what is shown. */
export function drawTotals(nodes: number, rels: number): void {
  byId("totals").textContent = `${counted(nodes, "node")} · ${counted(rels, "fact")}`;
}
