// Where the page gets its graph from. A file carries it; a server will answer for it.

import type { GraphRecord } from "./model";

export interface Source {
  load(): Promise<GraphRecord>;
}

/** The graph that stands in the page itself, as JSON in a script element that is never run. */
export class EmbeddedSource implements Source {
  constructor(private readonly id: string) {}

  async load(): Promise<GraphRecord> {
    const record = JSON.parse(document.getElementById(this.id)?.textContent ?? "") as GraphRecord;
    if (record.format !== "verbale-page" || record.version !== 1) {
      throw new Error("this page cannot read its own graph: it was written by another version");
    }
    return record;
  }
}
