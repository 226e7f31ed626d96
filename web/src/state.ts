// What the reader chose: the one truth that all views draw, and its form in the address, so that a
// link opens the page as it was.

import type { Graph, Node, Rel } from "./model";

export type ViewName = "picture" | "table";
export type Column = "subject" | "type" | "object" | "date" | "support" | "documents";
export type Selection = { kind: "node"; node: Node } | { kind: "rel"; rel: Rel } | null;

export const COLUMNS: Column[] = ["subject", "type", "object", "date", "support", "documents"];

/** What changed, so that views do no more than they must. */
export type Change = "filter" | "selection" | "view" | "rows";
type Listener = (change: Change) => void;

export class State {
  view: ViewName = "picture";
  selection: Selection = null;
  readonly withoutLabels = new Set<string>();
  readonly withoutTypes = new Set<string>();
  readonly withoutDocuments = new Set<string>();
  /** Only what documents up to this date state; "" for all. */
  until = "";
  rows = "";
  sort: { column: Column; descending: boolean } = { column: "subject", descending: false };

  private readonly listeners: Listener[] = [];
  private readonly unfiltered: string;

  constructor(readonly graph: Graph) {
    this.reset();
    this.unfiltered = this.filterHash();
  }

  /** As the page opens. */
  reset(): void {
    const provenance = this.graph.provenance();
    replace(this.withoutLabels, provenance.labels);
    replace(this.withoutTypes, provenance.types);
    this.withoutDocuments.clear();
    this.until = "";
  }

  onChange(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Tells the views, and writes the address. */
  changed(change: Change): void {
    for (const listener of this.listeners) listener(change);
    const hash = this.toHash();
    if (hash !== location.hash.slice(1)) history.replaceState(null, "", `#${hash}`);
  }

  select(selection: Selection): void {
    this.selection = selection;
    this.changed("selection");
  }

  show(view: ViewName): void {
    if (this.view === view) return;
    this.view = view;
    this.changed("view");
  }

  toggle(set: Set<string>, name: string): void {
    if (!set.delete(name)) set.add(name);
    this.changed("filter");
  }

  /** Of `names` only this one; all of them where it is the only one already. */
  only(set: Set<string>, names: string[], name: string): void {
    const alone = !set.has(name) && names.every((other) => other === name || set.has(other));
    replace(set, alone ? [] : names.filter((other) => other !== name));
    this.changed("filter");
  }

  /** Whether something is hidden or shown that is not when the page opens. */
  get filtered(): boolean {
    return this.filterHash() !== this.unfiltered;
  }

  // A relationship passes where one of the chosen documents states it, or none does at all, because
  // a person wrote it.
  private stated(rel: Rel): boolean {
    if (this.withoutTypes.has(rel.type)) return false;
    if (rel.documents.length === 0) return true;
    return rel.evidence.some((one) => this.passes(one.document, one.date));
  }

  /** Whether a piece of evidence of this document and date is shown. */
  passes(document: string, date: string): boolean {
    if (this.withoutDocuments.has(document)) return false;
    return this.until === "" || (this.graph.document(document)?.date || date) <= this.until;
  }

  /** Nodes and relationships that are to be seen. */
  visible(): { nodes: Set<Node>; rels: Rel[] } {
    const nodes = new Set<Node>();
    for (const node of this.graph.nodes.values()) {
      if (node.rels.length === 0 && !this.withoutLabels.has(node.label)) nodes.add(node);
    }
    const rels: Rel[] = [];
    for (const rel of this.graph.rels.values()) {
      if (!this.stated(rel)) continue;
      const source = !this.withoutLabels.has(rel.source.label);
      const target = !this.withoutLabels.has(rel.target.label);
      if (source) nodes.add(rel.source);
      if (target) nodes.add(rel.target);
      if (source && target) rels.push(rel);
    }
    return { nodes, rels };
  }

  toHash(): string {
    const parts = new URLSearchParams(this.filtered ? this.filterHash() : "");
    if (this.view !== "picture") parts.set("view", this.view);
    if (this.selection?.kind === "node") parts.set("node", this.selection.node.id);
    if (this.selection?.kind === "rel") parts.set("rel", this.selection.rel.id);
    if (this.rows) parts.set("rows", this.rows);
    const { column, descending } = this.sort;
    if (column !== "subject" || descending) parts.set("sort", (descending ? "-" : "") + column);
    return parts.toString();
  }

  private filterHash(): string {
    const parts = new URLSearchParams();
    const put = (name: string, set: Set<string>) => {
      for (const value of [...set].sort()) parts.append(name, value);
    };
    put("without-label", this.withoutLabels);
    put("without-type", this.withoutTypes);
    put("without-document", this.withoutDocuments);
    if (this.until) parts.set("until", this.until);
    const all = parts.toString();
    return all || "all=";
  }

  /** Reads an address; what it names and the graph has not is left out. */
  fromHash(hash: string): void {
    const parts = new URLSearchParams(hash);
    const filters = ["without-label", "without-type", "without-document", "until", "all"];
    this.reset();
    if (filters.some((name) => parts.has(name))) {
      replace(this.withoutLabels, parts.getAll("without-label"));
      replace(this.withoutTypes, parts.getAll("without-type"));
      replace(this.withoutDocuments, parts.getAll("without-document"));
      this.until = parts.get("until") ?? "";
    }
    this.view = parts.get("view") === "table" ? "table" : "picture";
    this.rows = parts.get("rows") ?? "";
    const sort = parts.get("sort") ?? "subject";
    const column = COLUMNS.find((name) => name === sort.replace(/^-/, "")) ?? "subject";
    this.sort = { column, descending: sort.startsWith("-") };
    const node = this.graph.nodes.get(parts.get("node") ?? "");
    const rel = this.graph.rels.get(parts.get("rel") ?? "");
    this.selection = node ? { kind: "node", node } : rel ? { kind: "rel", rel } : null;
  }
}

function replace(set: Set<string>, names: string[]): void {
  set.clear();
  for (const name of names) set.add(name);
}
