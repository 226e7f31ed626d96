// Where things stand on a sheet, be it the screen, paper or a file. Canvas and SVG draw by this, and
// clicks are told by it, so that none of them differs from the others.

import type { Rel } from "./model";

export interface Point {
  x: number;
  y: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How a sheet shows the scene: so many pixels a unit, from where its origin stands. */
export interface Frame extends Point {
  scale: number;
  /** By which radii and lines grow: less than `scale`, so that nearer does not only mean bigger. */
  unit: number;
}

/** More relationships are thin and pale, or they would cover each other and the nodes. */
export const MANY = 2000;
/** In pieces of so many straight lines bent relationships are measured. */
export const PIECES = 8;

/** How wide the ring of a node is, in parts of its radius. */
export const RING = 0.22;

const ARROW_LENGTH = 4; // of an arrowhead, in widths of its line
const ARROW_WIDTH = 1.5; // to either side
const THIN = 0.8; // pixels
const ARROWS_OF_MANY = 1.6; // `unit` from which thin lines have arrowheads
const LOOP = 14; // pixels that a loop stands out of its node, about

export function boxOf(points: Iterable<Point>): Box {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box.left <= box.right ? box : { left: 0, top: 0, right: 0, bottom: 0 };
}

export function onSheet({ scale, x, y }: Frame, point: Point): Point {
  return { x: x + point.x * scale, y: y + point.y * scale };
}

/** Pixels: of many relationships the same from near and far, else the more sentences, the wider. */
export function lineWidth(rel: Rel, many: boolean, { unit }: Frame): number {
  return many ? THIN : unit * Math.min(1.8 + 0.4 * Math.log2(Math.max(rel.support, 1)), 4);
}

/** How wide a line is to its arrowhead; 0 where there is no room for one. */
export function arrowWidth(rel: Rel, many: boolean, frame: Frame): number {
  if (!many) return lineWidth(rel, many, frame);
  return frame.unit < ARROWS_OF_MANY ? 0 : THIN * frame.unit;
}

/** The line of a relationship on a sheet; one object is laid again and again. */
export class Route {
  kind: "line" | "curve" | "loop" = "line";
  from: Point = { x: 0, y: 0 };
  /** Of a curve. */
  control: Point = { x: 0, y: 0 };
  /** Where the line ends: behind the arrowhead, if it has one. */
  to: Point = { x: 0, y: 0 };
  /** Of the arrowhead: its point, and from `to` to its corners. */
  tip: Point = { x: 0, y: 0 };
  wing: Point = { x: 0, y: 0 };
  /** Of a loop, whose other control point is its mirror image. */
  side: Point = { x: 0, y: 0 };

  /**
   * From a centre to a centre; `gap` is the radius of the node there, `width` that of the line to its
   * arrowhead, 0 where it has none.
   */
  lay(from: Point, to: Point, bend: number, gap: number, width: number, frame: Frame): this {
    set(this.from, from.x, from.y);
    if (from.x === to.x && from.y === to.y) {
      this.kind = "loop";
      const reach = 1.4 * (gap + LOOP * frame.unit);
      set(this.side, 0.6 * reach, -reach);
      set(this.to, to.x, to.y);
      return this;
    }
    this.kind = bend === 0 ? "line" : "curve";
    const middle = bowed(from, to, bend, this.control);
    const length = Math.hypot(to.x - middle.x, to.y - middle.y) || 1;
    const x = (to.x - middle.x) / length;
    const y = (to.y - middle.y) / length;
    set(this.tip, to.x - x * gap, to.y - y * gap);
    if (width === 0) {
      set(this.to, to.x, to.y);
      return this;
    }
    const arrow = ARROW_LENGTH * width;
    set(this.to, this.tip.x - x * arrow, this.tip.y - y * arrow);
    set(this.wing, -y * ARROW_WIDTH * width, x * ARROW_WIDTH * width);
    return this;
  }

  /** Half way between the centres. */
  middle(): Point {
    if (this.kind === "loop") return this.onLoop(0.5);
    const { from, to, control } = this;
    return along(from, control, to, 0.5, { x: 0, y: 0 });
  }

  /** A point of a loop, from 0 to 1. */
  onLoop(at: number): Point {
    const [second, third] = [3 * at * (1 - at) * (1 - at), 3 * at * at * (1 - at)];
    const x = this.from.x + this.side.x * (third - second);
    return { x, y: this.from.y + this.side.y * (second + third) };
  }
}

function set(point: Point, x: number, y: number): void {
  point.x = x;
  point.y = y;
}

/** The control point of a line that bows out by `bend` of its length, into `control`. */
export function bowed(from: Point, to: Point, bend: number, control: Point): Point {
  control.x = (from.x + to.x) / 2 + (to.y - from.y) * bend;
  control.y = (from.y + to.y) / 2 - (to.x - from.x) * bend;
  return control;
}

/** A point of the curve, from 0 to 1; into `point`. */
export function along(from: Point, control: Point, to: Point, at: number, point: Point): Point {
  const [a, b, c] = [(1 - at) * (1 - at), 2 * at * (1 - at), at * at];
  point.x = a * from.x + b * control.x + c * to.x;
  point.y = a * from.y + b * control.y + c * to.y;
  return point;
}

/** How far a point is from the line between two others. */
export function distance(x: number, y: number, a: Point, b: Point): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const squared = dx * dx + dy * dy;
  const at = squared === 0 ? 0 : ((x - a.x) * dx + (y - a.y) * dy) / squared;
  const near = Math.min(Math.max(at, 0), 1);
  return Math.hypot(x - a.x - near * dx, y - a.y - near * dy);
}
