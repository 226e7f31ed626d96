// The page: reads the graph, makes the views, and ties keys and buttons to the one state.

import { Details } from "./details";
import { byId, h, save } from "./dom";
import { drawing, pngFile, svgFile } from "./drawing";
import { drawTotals, Legend } from "./legend";
import { Graph } from "./model";
import { Palette, type Theme } from "./palette";
import { Picture } from "./picture";
import { Scene } from "./scene";
import { searchField } from "./search";
import { EmbeddedSource, type Source } from "./source";
import { State, type ViewName } from "./state";
import { Table } from "./table";

class App {
  private readonly state: State;
  private readonly palette: Palette;
  private readonly scene: Scene;
  private readonly legend: Legend;
  private readonly details: Details;
  private readonly table: Table;
  private readonly picture: Picture;
  private theme: Theme;

  constructor(private readonly graph: Graph) {
    this.theme = firstTheme();
    this.dress();
    document.title = graph.title;
    byId("title").textContent = graph.title;
    this.state = new State(graph);
    this.state.fromHash(location.hash.slice(1));
    this.palette = new Palette(graph.labels, graph.types);
    this.scene = new Scene(this.state);
    const theme = () => this.theme;
    searchField(this.state, this.palette);
    this.legend = new Legend(this.state, this.palette, theme);
    this.showView();
    this.table = new Table(this.state, this.palette, theme);
    this.picture = new Picture(this.state, this.scene, this.palette, theme);
    this.details = new Details(this.state, this.palette, theme);
    this.drawTotals();
    this.state.onChange((change) => {
      if (change === "view") this.showView();
      if (change === "filter") this.drawTotals();
    });
    this.listen();
  }

  private drawTotals(): void {
    const { nodes, rels } = this.state.visible();
    drawTotals(nodes.size, rels.length);
  }

  private drawing(theme: Theme): SVGElement {
    this.scene.settle(Infinity);
    return drawing(this.scene, this.graph, this.palette, theme);
  }

  private showView(): void {
    const { view } = this.state;
    document.body.dataset["view"] = view;
    for (const name of ["picture", "table"] as ViewName[]) {
      byId(`${name}-view`).hidden = name !== view;
      byId(`to-${name}`).setAttribute("aria-pressed", String(name === view));
    }
  }

  private dress(): void {
    document.documentElement.dataset["theme"] = this.theme;
    byId("theme").setAttribute("aria-pressed", String(this.theme === "dark"));
  }

  private listen(): void {
    const on = (id: string, action: () => void) => byId(id).addEventListener("click", action);
    on("to-picture", () => this.state.show("picture"));
    on("to-table", () => this.state.show("table"));
    on("theme", () => this.switchTheme());
    on("fit", () => this.picture.fit());
    on("zoom-in", () => this.picture.zoom(1.5));
    on("zoom-out", () => this.picture.zoom(1 / 1.5));
    on("filters", () => this.showFilters(!document.body.classList.contains("with-filters")));
    on("filters-close", () => this.showFilters(false));
    on("help", () => byId<HTMLDialogElement>("keys").showModal());
    on("keys-close", () => byId<HTMLDialogElement>("keys").close());
    on("save-svg", () => save(this.fileName("svg"), svgFile(this.drawing(this.theme))));
    on("save-png", () => {
      void pngFile(this.drawing(this.theme)).then((file) => save(this.fileName("png"), file));
    });
    on("print", () => window.print());
    for (const item of document.querySelectorAll("#save-menu button")) {
      item.addEventListener("click", () => byId("save-menu").removeAttribute("open"));
    }
    document.addEventListener("click", (event) => {
      const menu = byId("save-menu");
      if (!menu.contains(event.target as Node)) menu.removeAttribute("open");
    });
    window.addEventListener("beforeprint", () => this.fillPaper());
    window.addEventListener("afterprint", () => byId("paper").replaceChildren());
    window.addEventListener("hashchange", () => this.follow());
    document.addEventListener("keydown", (event) => this.key(event));
  }

  // Somebody edited the address, or went back.
  private follow(): void {
    if (location.hash.slice(1) === this.state.toHash()) return;
    this.state.fromHash(location.hash.slice(1));
    for (const change of ["filter", "view", "rows", "selection"] as const) {
      this.state.changed(change);
    }
  }

  private switchTheme(): void {
    this.theme = this.theme === "dark" ? "light" : "dark";
    keepTheme(this.theme);
    this.dress();
    this.legend.draw();
    this.details.draw();
    this.table.draw();
    this.picture.restyle();
  }

  private showFilters(show: boolean): void {
    document.body.classList.toggle("with-filters", show);
    byId("filters").setAttribute("aria-expanded", String(show));
  }

  private fillPaper(): void {
    const content =
      this.state.view === "table" ? this.table.printed() : this.drawing("light");
    byId("paper").replaceChildren(h("h1", {}, this.graph.title), content);
  }

  private fileName(ending: string): string {
    const name = this.graph.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
    return `${name || "graph"}.${ending}`;
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (event.key === "Escape") return this.back();
    if (target.matches("input, textarea, select, dialog *")) return;
    const onStage = target.id === "stage" || target === document.body;
    const action = KEYS[event.key] ?? (onStage ? STAGE_KEYS[event.key] : undefined);
    if (!action) return;
    event.preventDefault();
    action(this.state, this.picture);
  }

  private back(): void {
    if (document.body.classList.contains("with-filters")) this.showFilters(false);
    else if (this.state.selection) this.state.select(null);
  }
}

type Action = (state: State, picture: Picture) => void;

const KEYS: Record<string, Action> = {
  "/": () => byId("search").focus(),
  g: (state) => state.show("picture"),
  t: (state) => state.show("table"),
  "?": () => byId<HTMLDialogElement>("keys").showModal(),
};

const STAGE_KEYS: Record<string, Action> = {
  "+": (_, picture) => picture.zoom(1.5),
  "=": (_, picture) => picture.zoom(1.5),
  "-": (_, picture) => picture.zoom(1 / 1.5),
  "0": (_, picture) => picture.fit(),
  ArrowLeft: (_, picture) => picture.pan(-1, 0),
  ArrowRight: (_, picture) => picture.pan(1, 0),
  ArrowUp: (_, picture) => picture.pan(0, -1),
  ArrowDown: (_, picture) => picture.pan(0, 1),
};

const THEME_KEY = "verbale-theme";

function firstTheme(): Theme {
  try {
    const kept = localStorage.getItem(THEME_KEY);
    if (kept === "light" || kept === "dark") return kept;
  } catch {
    // A file may have no storage.
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function keepTheme(theme: Theme): void {
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Then it holds until the page is closed.
  }
}

async function start(source: Source): Promise<void> {
  try {
    new App(new Graph(await source.load()));
    document.body.dataset["ready"] = "true";
  } catch (error) {
    byId("failure").hidden = false;
    byId("failure").textContent = `This page cannot be shown: ${(error as Error).message}`;
    throw error;
  }
}

void start(new EmbeddedSource("graph"));
