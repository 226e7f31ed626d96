// The graph as the page holds it: what a source delivers, with the indexes that views need.

export type Scalar = string | number | boolean | null;
export type PropertyValue = Scalar | Scalar[];
export type Properties = Readonly<Record<string, PropertyValue>>;

/** One sentence that proves a relationship. */
export interface Evidence {
  document: string;
  section: string;
  date: string;
  sentence: string;
  rule: string;
  path: string;
  start: number;
  end: number;
}

export interface DocumentRecord {
  symbol: string;
  title: string;
  date: string;
}

export interface NodeRecord {
  id: string;
  name: string;
  labels: string[];
  properties: Properties;
}

export interface RelRecord {
  id: string;
  type: string;
  source: string;
  target: string;
  support: number;
  properties: Properties;
  evidence: Evidence[];
}

/** What a source delivers (docs/formats.md). */
export interface GraphRecord {
  format: "verbale-page";
  version: 1;
  title: string;
  documents: DocumentRecord[];
  nodes: NodeRecord[];
  relationships: RelRecord[];
}

export interface Node extends NodeRecord {
  /** The first label, by which it is coloured; "" where it has none. */
  label: string;
  aliases: string[];
  rels: Rel[];
}

export interface Rel extends Omit<RelRecord, "source" | "target"> {
  source: Node;
  target: Node;
  /** Symbols of the documents that state it, in order of evidence. */
  documents: string[];
  /** When it happened: the property `date`, as text; "" where it has none. */
  date: string;
}

/** Labels and types of what the reading of documents adds by itself (docs/data-model.md). */
const PROVENANCE = new Set(["Document", "Reply"]);

export class Graph {
  readonly title: string;
  readonly documents: DocumentRecord[];
  readonly nodes = new Map<string, Node>();
  readonly rels = new Map<string, Rel>();
  /** Sorted by name. */
  readonly labels: string[];
  readonly types: string[];
  private readonly bySymbol: Map<string, DocumentRecord>;

  constructor(record: GraphRecord) {
    this.title = record.title;
    for (const node of record.nodes) {
      const aliases = node.properties["aliases"];
      this.nodes.set(node.id, {
        ...node,
        label: node.labels[0] ?? "",
        aliases: Array.isArray(aliases) ? aliases.map(String) : [],
        rels: [],
      });
    }
    for (const rel of record.relationships) this.add(rel);
    this.documents = withUndeclared(record.documents, this.rels.values());
    this.bySymbol = new Map(this.documents.map((document) => [document.symbol, document]));
    this.labels = sortedSet([...this.nodes.values()].map((node) => node.label));
    this.types = sortedSet([...this.rels.values()].map((rel) => rel.type));
  }

  document(symbol: string): DocumentRecord | undefined {
    return this.bySymbol.get(symbol);
  }

  private add(record: RelRecord): void {
    const source = this.nodes.get(record.source);
    const target = this.nodes.get(record.target);
    if (!source || !target) return;
    const date = record.properties["date"];
    const rel: Rel = {
      ...record,
      source,
      target,
      documents: [...new Set(record.evidence.map((one) => one.document))],
      date: date === undefined || date === null ? "" : String(date),
    };
    this.rels.set(rel.id, rel);
    source.rels.push(rel);
    if (target !== source) target.rels.push(rel);
  }

  /**
   * Labels and types that a first look is better without: documents, replies, and what ties them to
   * the rest. Empty where nothing else would be left.
   */
  provenance(): { labels: string[]; types: string[] } {
    const bound = (rel: Rel) => PROVENANCE.has(rel.source.label) || PROVENANCE.has(rel.target.label);
    const free = new Set<string>();
    for (const rel of this.rels.values()) if (!bound(rel)) free.add(rel.type);
    if (free.size === 0) return { labels: [], types: [] };
    return {
      labels: this.labels.filter((label) => PROVENANCE.has(label)),
      types: this.types.filter((type) => !free.has(type)),
    };
  }
}

function sortedSet(names: string[]): string[] {
  return [...new Set(names)].sort((a, b) => (a < b ? -1 : 1));
}

/**
 * Documents by date, then symbol; those that only evidence names come along. One without a date has
 * that of its last statement.
 */
function withUndeclared(declared: DocumentRecord[], rels: Iterable<Rel>): DocumentRecord[] {
  const known = new Map(declared.map((document) => [document.symbol, document]));
  const last = new Map<string, string>();
  for (const rel of rels) {
    for (const { document: symbol, date } of rel.evidence) {
      if (!known.has(symbol)) known.set(symbol, { symbol, title: "", date: "" });
      if (date > (last.get(symbol) ?? "")) last.set(symbol, date);
    }
  }
  for (const [symbol, document] of known) {
    if (!document.date) known.set(symbol, { ...document, date: last.get(symbol) ?? "" });
  }
  const key = (document: DocumentRecord) => `${document.date || "9999"}\u0000${document.symbol}`;
  return [...known.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The other end of a relationship. */
export function otherEnd(rel: Rel, node: Node): Node {
  return rel.source === node ? rel.target : rel.source;
}

/** A value as people read it. */
export function text(value: PropertyValue): string {
  if (Array.isArray(value)) return value.map(text).join(", ");
  return value === null ? "" : String(value);
}

/** Things with the same key, groups in order of first appearance. */
export function grouped<T>(things: T[], key: (thing: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(key(thing));
    if (group) group.push(thing);
    else groups.set(key(thing), [thing]);
  }
  return [...groups.values()];
}
