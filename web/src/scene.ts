// What is drawn, before anybody draws it: visible nodes with place and size, visible relationships
// with their bend. The canvas, the saved SVG and the printed picture all draw this.

import { MANY } from "./geometry";
import { ForceLayout } from "./layout";
import { grouped, type Node, type Rel } from "./model";
import type { State } from "./state";

export interface SceneNode {
  node: Node;
  x: number;
  y: number;
  /** Radius in pixels where the whole picture is in sight. */
  size: number;
}

export interface SceneRel {
  rel: Rel;
  from: SceneNode;
  to: SceneNode;
  /** 0 straight; else how far it bows out, in parts of its length. */
  bend: number;
}

export class Scene {
  nodes: SceneNode[] = [];
  rels: SceneRel[] = [];
  /** Grows whenever nodes may stand elsewhere than before. */
  version = 0;
  private layout: ForceLayout | null = null;
  private readonly places = new Map<Node, [number, number]>();
  private byNode = new Map<Node, SceneNode>();
  private shape = "";

  constructor(private readonly state: State) {}

  /** Takes over what is visible now. */
  update(): void {
    this.take();
    const { nodes, rels } = this.state.visible();
    const degrees = new Map<Node, number>();
    for (const { source, target } of rels) {
      degrees.set(source, (degrees.get(source) ?? 0) + 1);
      degrees.set(target, (degrees.get(target) ?? 0) + 1);
    }
    const busy = (node: Node) => degrees.get(node) ?? 0;
    // Hubs first: the spiral from which a layout starts has them in its middle.
    const order = [...nodes].sort((a, b) => busy(b) - busy(a) || (a.id < b.id ? -1 : 1));
    const scale = Math.min(1, 1.4 * Math.pow(Math.max(order.length, 1) / 100, -0.3));
    this.nodes = order.map((node) => ({
      node,
      x: 0,
      y: 0,
      size: scale * Math.min(4.5 + 1.8 * Math.sqrt(busy(node)), 20),
    }));
    this.byNode = new Map(this.nodes.map((one) => [one.node, one]));
    this.rels = bent(rels, this.byNode);
    this.begin();
  }

  /** Where a node stands; undefined where it is not to be seen. */
  find(node: Node): SceneNode | undefined {
    return this.byNode.get(node);
  }

  /** Whether there are too many relationships for wide lines. */
  get many(): boolean {
    return this.rels.length > MANY;
  }

  get settling(): boolean {
    return this.layout !== null;
  }
  get progress(): number {
    return this.layout?.progress ?? 1;
  }

  /** Goes on with the layout for about so many milliseconds; the nodes stand there after take(). */
  settle(milliseconds: number): void {
    if (!this.layout) return;
    const end = performance.now() + milliseconds;
    do this.layout.step();
    while (!this.layout.finished && performance.now() < end);
    if (!this.layout.finished) return;
    this.take();
    this.layout = null;
  }

  /** Puts the nodes where the layout has them by now. */
  take(): void {
    const { layout } = this;
    if (!layout) return;
    ++this.version;
    this.nodes.forEach((one, i) => {
      one.x = layout.x[i]!;
      one.y = layout.y[i]!;
      this.places.set(one.node, [one.x, one.y]);
    });
  }

  private begin(): void {
    const numbers = new Map(this.nodes.map(({ node }, i) => [node, i]));
    const shape = [...numbers.keys()].map((node) => node.id).join() + "|" + this.rels.length;
    const same = shape === this.shape;
    this.shape = shape;
    const start = new Float64Array(2 * this.nodes.length).fill(NaN);
    let known = 0;
    this.nodes.forEach(({ node }, i) => {
      const place = this.places.get(node);
      if (!place) return;
      start.set(place, 2 * i);
      ++known;
    });
    const springs = this.rels.map(({ rel }): [number, number] => [
      numbers.get(rel.source)!,
      numbers.get(rel.target)!,
    ]);
    // What is only taken away leaves the rest where it stands.
    const still = known > 0 && known === this.nodes.length && !this.layout;
    if (same || still) {
      this.nodes.forEach((one) => ([one.x, one.y] = this.places.get(one.node)!));
      return;
    }
    this.layout = new ForceLayout({ count: this.nodes.length, springs, start });
    this.take();
  }
}

// Relationships between the same two nodes are fanned out.
function bent(rels: Rel[], ends: Map<Node, SceneNode>): SceneRel[] {
  const pairs = grouped(rels, ({ source: { id: a }, target: { id: b } }) =>
    a < b ? `${a} ${b}` : `${b} ${a}`,
  );
  const scene: SceneRel[] = [];
  for (const pair of pairs) {
    pair.forEach((rel, i) => {
      const offset = i - (pair.length - 1) / 2;
      const side = rel.source.id < rel.target.id ? 1 : -1;
      const [from, to] = [ends.get(rel.source)!, ends.get(rel.target)!];
      scene.push({ rel, from, to, bend: offset * side * 0.3 });
    });
  }
  return scene;
}
