// The facts as a table. Only the rows in sight are elements, so that it stays quick with any number.

import { byId, counted, h } from "./dom";
import type { Rel } from "./model";
import type { Palette, Theme } from "./palette";
import { swatch } from "./search";
import { COLUMNS, type Column, type State } from "./state";
import { fold } from "./words";

const ROW = 37; // pixels; the style sheet says the same
const AROUND = 12; // rows above and below those in sight
const MOST_PRINTED = 5000;

const TITLES: Record<Column, string> = {
  subject: "Subject",
  type: "Relation",
  object: "Object",
  date: "Date",
  support: "Sentences",
  documents: "Documents",
};

export class Table {
  private readonly scroll = byId("table-scroll");
  private readonly body = byId("table-body");
  private readonly filter = byId<HTMLInputElement>("rows");
  private rels: Rel[] = [];
  private active = 0;
  private readonly haystacks = new Map<Rel, string>();

  constructor(
    private readonly state: State,
    private readonly palette: Palette,
    private readonly theme: () => Theme,
  ) {
    this.filter.addEventListener("input", () => {
      state.rows = this.filter.value;
      state.changed("rows");
    });
    this.scroll.addEventListener("scroll", () => this.window());
    this.scroll.addEventListener("keydown", (event) => this.key(event));
    new ResizeObserver(() => this.window()).observe(this.scroll);
    state.onChange((change) => {
      if (change === "selection") this.window();
      else this.draw();
    });
    this.draw();
  }

  draw(): void {
    if (this.state.view !== "table") return;
    if (this.filter.value !== this.state.rows) this.filter.value = this.state.rows;
    this.rels = this.sorted();
    this.active = Math.min(this.active, Math.max(this.rels.length - 1, 0));
    this.heads();
    byId("rows-count").textContent = counted(this.rels.length, "fact");
    byId("table-empty").hidden = this.rels.length > 0;
    byId("table-grid").setAttribute("aria-rowcount", String(this.rels.length + 1));
    this.window();
  }

  /** Rows for paper: all of them, up to a bound. */
  printed(): HTMLElement {
    const rels = this.sorted();
    const table = h("table", {}, h("thead", {}, h("tr", {})), h("tbody", {}));
    for (const column of COLUMNS) table.tHead!.rows[0]!.append(h("th", {}, TITLES[column]));
    for (const rel of rels.slice(0, MOST_PRINTED)) {
      const row = h("tr", {});
      for (const column of COLUMNS) row.append(h("td", {}, String(value(rel, column))));
      table.tBodies[0]!.append(row);
    }
    if (rels.length > MOST_PRINTED) {
      const rest = counted(rels.length - MOST_PRINTED, "further fact");
      table.append(h("caption", {}, `${rest} not printed: filter the table first.`));
    }
    return table;
  }

  private sorted(): Rel[] {
    const words = fold(this.state.rows).split(/\s+/).filter(Boolean);
    const rels = this.state
      .visible()
      .rels.filter((rel) => words.every((word) => this.haystack(rel).includes(word)));
    const { column, descending } = this.state.sort;
    const keys = new Map(rels.map((rel) => [rel, value(rel, column)]));
    const order = (a: Rel, b: Rel) => {
      const [x, y] = [keys.get(a)!, keys.get(b)!];
      if (x === y) return 0;
      if (x === "" || y === "") return x === "" ? 1 : -1; // what is not known comes last, always
      const less = column === "support" ? x < y : String(x).localeCompare(String(y), "en") < 0;
      return less !== descending ? -1 : 1;
    };
    return rels.sort(
      (a, b) =>
        order(a, b) ||
        a.source.name.localeCompare(b.source.name, "en") ||
        a.type.localeCompare(b.type, "en") ||
        a.target.name.localeCompare(b.target.name, "en"),
    );
  }

  private haystack(rel: Rel): string {
    let found = this.haystacks.get(rel);
    if (found === undefined) {
      const { source, target } = rel;
      const names = [source.name, ...source.aliases, target.name, ...target.aliases];
      const words = [rel.type, rel.date, ...rel.documents, ...rel.evidence.map((e) => e.sentence)];
      found = fold([...names, ...words].join("\n"));
      this.haystacks.set(rel, found);
    }
    return found;
  }

  private heads(): void {
    const { column: by, descending } = this.state.sort;
    const place = byId("table-head");
    const focused = [...place.children].findIndex((cell) => cell.contains(document.activeElement));
    place.replaceChildren(
      ...COLUMNS.map((column) =>
        h(
          "div",
          {
            role: "columnheader",
            class: `cell ${column}`,
            "aria-sort": column !== by ? "none" : descending ? "descending" : "ascending",
          },
          h(
            "button",
            {
              type: "button",
              onclick: () => {
                this.state.sort = { column, descending: column === by && !descending };
                this.state.changed("rows");
              },
            },
            TITLES[column],
            h("span", { class: "arrow", "aria-hidden": "true" }, descending ? "↓" : "↑"),
          ),
        ),
      ),
    );
    if (focused >= 0) place.children[focused]!.querySelector("button")!.focus();
  }

  private window(): void {
    if (this.state.view !== "table") return;
    const first = Math.max(0, Math.floor(this.scroll.scrollTop / ROW) - AROUND);
    const count = Math.ceil(this.scroll.clientHeight / ROW) + 2 * AROUND;
    const rows = this.rels.slice(first, first + count);
    const focused = this.body.contains(document.activeElement);
    this.body.style.height = `${this.rels.length * ROW}px`;
    this.body.replaceChildren(...rows.map((rel, i) => this.row(rel, first + i)));
    if (focused) this.focus(false);
  }

  private row(rel: Rel, index: number): HTMLElement {
    const selection = this.state.selection;
    const chosen = selection?.kind === "rel" && selection.rel === rel;
    const type = h("span", { class: "type" }, rel.type);
    type.style.color = this.palette.stroke(rel.type, this.theme());
    const cells: Record<Column, (Node | string)[]> = {
      subject: [swatch(this.palette, rel.source.label), rel.source.name],
      type: [type],
      object: [swatch(this.palette, rel.target.label), rel.target.name],
      date: [rel.date],
      support: [String(rel.support || "")],
      documents: [rel.documents.join(", ")],
    };
    const row = h(
      "div",
      {
        class: "row",
        role: "row",
        tabindex: index === this.active ? 0 : -1,
        "aria-rowindex": index + 2,
        "aria-selected": String(chosen),
        "data-id": rel.id,
        onclick: () => {
          this.active = index;
          this.state.select({ kind: "rel", rel });
          this.focus(false);
        },
      },
    );
    row.style.top = `${index * ROW}px`;
    for (const column of COLUMNS) {
      const cell = h("div", { role: "gridcell", class: `cell ${column}` });
      cell.append(...cells[column]);
      if (column === "subject" || column === "object" || column === "documents") {
        cell.title = String(value(rel, column));
      }
      row.append(cell);
    }
    return row;
  }

  private focus(scroll: boolean): void {
    const top = this.active * ROW;
    const head = byId("table-head").offsetHeight;
    if (scroll && top < this.scroll.scrollTop) this.scroll.scrollTop = top;
    const low = top + ROW + head - this.scroll.clientHeight;
    if (scroll && low > this.scroll.scrollTop) this.scroll.scrollTop = low;
    if (scroll) this.window();
    const rel = this.rels[this.active];
    if (!rel) return;
    const row = this.body.querySelector<HTMLElement>(`[data-id="${CSS.escape(rel.id)}"]`);
    row?.focus({ preventScroll: true });
  }

  private key(event: KeyboardEvent): void {
    if (!this.body.contains(document.activeElement)) return;
    const page = Math.max(1, Math.floor(this.scroll.clientHeight / ROW) - 2);
    const last = this.rels.length - 1;
    const steps: Record<string, number> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + page,
      PageUp: this.active - page,
      Home: 0,
      End: last,
    };
    const rel = this.rels[this.active];
    if (event.key === "Enter" || event.key === " ") {
      if (rel) this.state.select({ kind: "rel", rel });
    } else if (event.key in steps) {
      this.active = Math.min(Math.max(steps[event.key]!, 0), Math.max(last, 0));
      this.focus(true);
    } else {
      return;
    }
    event.preventDefault();
  }
}

function value(rel: Rel, column: Column): string | number {
  switch (column) {
    case "subject":
      return rel.source.name;
    case "type":
      return rel.type;
    case "object":
      return rel.target.name;
    case "date":
      return rel.date;
    case "support":
      return rel.support;
    case "documents":
      return rel.documents.join(", ");
  }
}
