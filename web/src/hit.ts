// What is under the pointer. Nodes and pieces of relationships stand in the cells of a grid over the
// scene, so that only a few are measured, however many there are.

import {
  along,
  bowed,
  type Box,
  boxOf,
  distance,
  type Frame,
  onSheet,
  PIECES,
  type Point,
  Route,
} from "./geometry";
import type { Scene, SceneNode, SceneRel } from "./scene";

/** Pixels around a node, or beside a line, that still mean it. */
const ROOM = { fine: { node: 2, rel: 6 }, coarse: { node: 10, rel: 14 } };

const MOST_CELLS = 64; // along a side
const AT_ONCE = 100; // relationships between two looks at the clock

/** Items by the cells that they touch. */
class Grid<T> {
  private readonly side: number; // cells
  private readonly cell: number; // units of the scene
  private readonly cells: (T[] | undefined)[];

  constructor(
    private readonly box: Box,
    items: number,
  ) {
    this.side = Math.min(Math.max(Math.ceil(Math.sqrt(items)), 1), MOST_CELLS);
    this.cells = new Array<T[] | undefined>(this.side * this.side);
    this.cell = Math.max(box.right - box.left, box.bottom - box.top, 1e-3) / this.side;
  }

  put(item: T, at: Point): void {
    const key = this.column(at.x) * this.side + this.row(at.y);
    const found = this.cells[key];
    if (!found) this.cells[key] = [item];
    else if (found[found.length - 1] !== item) found.push(item);
  }

  /** Points along a line, no farther apart than a cell is wide. */
  putLine(item: T, a: Point, b: Point): void {
    const steps = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / this.cell) || 1;
    const at = { x: 0, y: 0 };
    for (let i = 0; i <= steps; ++i) {
      at.x = a.x + ((b.x - a.x) * i) / steps;
      at.y = a.y + ((b.y - a.y) * i) / steps;
      this.put(item, at);
    }
  }

  /** Items that may be within `reach` of a point; one may come more than once. */
  *around({ x, y }: Point, reach: number): Generator<T> {
    const far = reach + this.cell / 2; // so far a line may be from the next of its points
    for (let column = this.column(x - far); column <= this.column(x + far); ++column) {
      for (let row = this.row(y - far); row <= this.row(y + far); ++row) {
        yield* this.cells[column * this.side + row] ?? [];
      }
    }
  }

  private column(x: number): number {
    return this.index(x - this.box.left);
  }
  private row(y: number): number {
    return this.index(y - this.box.top);
  }
  private index(from: number): number {
    return Math.min(Math.max(Math.floor(from / this.cell), 0), this.side - 1);
  }
}

/** The scene as it stood when this was made. */
export class Hits {
  private readonly nodes: Grid<SceneNode>;
  private readonly grid: Grid<SceneRel>;
  private readonly rels: SceneRel[];
  private readonly loops: SceneRel[] = [];
  private readonly largest: number;
  private prepared = 0;

  constructor(scene: Scene) {
    const box = boxOf(scene.nodes);
    this.nodes = new Grid(box, scene.nodes.length);
    this.grid = new Grid(box, scene.nodes.length);
    this.rels = scene.rels;
    this.largest = scene.nodes.reduce((most, one) => Math.max(most, one.size), 0);
    for (const one of scene.nodes) this.nodes.put(one, one);
  }

  get ready(): boolean {
    return this.prepared >= this.rels.length;
  }

  /** Goes on putting relationships in their cells for about so many milliseconds. */
  prepare(milliseconds: number): void {
    const end = performance.now() + milliseconds;
    while (!this.ready && performance.now() < end) {
      const stop = Math.min(this.prepared + AT_ONCE, this.rels.length);
      while (this.prepared < stop) this.put(this.rels[this.prepared++]!);
    }
  }

  private put(one: SceneRel): void {
    if (one.from === one.to) this.loops.push(one);
    else forEachPiece(one, (a, b) => this.grid.putLine(one, a, b));
  }

  /** The node at a pixel of the sheet, the nearest one where several are. */
  node(frame: Frame, at: Point, coarse: boolean): SceneNode | null {
    const room = (coarse ? ROOM.coarse : ROOM.fine).node;
    const reach = (this.largest * frame.unit + room) / frame.scale;
    let found: SceneNode | null = null;
    let least = Infinity;
    for (const one of this.nodes.around(offSheet(frame, at), reach)) {
      const { x, y } = onSheet(frame, one);
      const off = Math.hypot(at.x - x, at.y - y);
      // Of nodes that cover each other the one is meant whose middle is nearest.
      if (off <= one.size * frame.unit + room && off < least) [found, least] = [one, off];
    }
    return found;
  }

  /** The relationship at a pixel, the nearest one where several are. */
  rel(frame: Frame, at: Point, coarse: boolean): SceneRel | null {
    this.prepare(Infinity);
    const room = (coarse ? ROOM.coarse : ROOM.fine).rel;
    const place = offSheet(frame, at);
    let found: SceneRel | null = null;
    let least = room;
    for (const one of this.grid.around(place, room / frame.scale)) {
      const off = lineDistance(one, place) * frame.scale;
      if (off < least) [found, least] = [one, off];
    }
    for (const one of this.loops) {
      const off = loopDistance(one, frame, at);
      if (off < least) [found, least] = [one, off];
    }
    return found;
  }
}

function offSheet(frame: Frame, { x, y }: Point): Point {
  return { x: (x - frame.x) / frame.scale, y: (y - frame.y) / frame.scale };
}

/** A line as straight pieces: one, or where it bows out several. */
function forEachPiece({ from, to, bend }: SceneRel, visit: (a: Point, b: Point) => void): void {
  if (bend === 0) return visit(from, to);
  const control = bowed(from, to, bend, { x: 0, y: 0 });
  let a: Point = from;
  for (let i = 1; i <= PIECES; ++i) {
    const b = along(from, control, to, i / PIECES, { x: 0, y: 0 });
    visit(a, b);
    a = b;
  }
}

function lineDistance(one: SceneRel, { x, y }: Point): number {
  let least = Infinity;
  forEachPiece(one, (a, b) => (least = Math.min(least, distance(x, y, a, b))));
  return least;
}

function loopDistance({ from, to }: SceneRel, frame: Frame, { x, y }: Point): number {
  const gap = to.size * frame.unit;
  const route = new Route().lay(onSheet(frame, from), onSheet(frame, to), 0, gap, 0, frame);
  let least = Infinity;
  let a = route.from;
  for (let i = 1; i <= 2 * PIECES; ++i) {
    const b = route.onLoop(i / (2 * PIECES));
    least = Math.min(least, distance(x, y, a, b));
    a = b;
  }
  return least;
}
