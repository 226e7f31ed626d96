// Draws the scene on a 2D canvas, in pieces that take about equally long, so that a large drawing can
// be spread over several frames.
//
// Where a browser draws in software, many lines no wider than a pixel of the screen cost least in one
// path, but wider lines alone: their outlines are filled, and the more of them cross in a path, the
// slower that is. So lines of large graphs are a pixel wide.

import { arrowWidth, type Frame, lineWidth, onSheet, type Point, RING, Route } from "./geometry";
import { grouped } from "./model";
import { INK, type Palette, type Theme } from "./palette";
import type { Scene, SceneNode, SceneRel } from "./scene";

const PIECE = { hairlines: 64, lines: 8, discs: 16 };
const FEW_NODES = 500; // are drawn one by one, so that each lies whole over the one before
const ROUGH = 4; // a rough drawing has one line of so many
const TURN = 2 * Math.PI;

/** What is drawn on, in pixels of the page. */
export interface Sheet {
  context: CanvasRenderingContext2D;
  frame: Frame;
  /** What is in sight, from 0. */
  width: number;
  height: number;
  /** How far the sheet goes on around that. */
  margin: number;
  /** Pixels of the screen for each of the page. */
  density: number;
}

export interface LineStyle {
  colour: string;
  /** Pixels wider than the relationship is by itself. */
  more: number;
  /** Thin lines, as there are too many for wide ones. */
  many: boolean;
}

export class Painter {
  private rels: SceneRel[][] = [];
  private nodes: SceneNode[][] = [];
  private readonly route = new Route();

  constructor(
    private readonly scene: Scene,
    private readonly palette: Palette,
    private readonly theme: () => Theme,
  ) {}

  /** To be called when the scene has other nodes or relationships. */
  sort(): void {
    const { nodes, rels, many } = this.scene;
    this.rels = grouped(rels, ({ rel }) => `${rel.type} ${many ? "" : rel.support}`);
    this.nodes = nodes.length <= FEW_NODES ? nodes.map((one) => [one]) : grouped(nodes, ({ node }) => node.label);
  }

  /** All of the scene on a clean sheet, or a rough picture of it where it is large. */
  *all(sheet: Sheet, rough: boolean): Generator<void> {
    const { context, width, height, margin } = sheet;
    const { many } = this.scene;
    context.fillStyle = INK[this.theme()].paper;
    context.fillRect(-margin, -margin, width + 2 * margin, height + 2 * margin);
    for (const group of this.rels) {
      const colour = this.palette.line(group[0]!.rel.type, this.theme(), many);
      const rels = rough && many ? group.filter((_, i) => i % ROUGH === 0) : group;
      yield* this.lines(sheet, rels, { colour, more: 0, many });
    }
    for (const group of this.nodes) yield* this.discs(sheet, group);
  }

  /** Relationships of one type and with about as many sentences. */
  *lines(sheet: Sheet, rels: SceneRel[], style: LineStyle): Generator<void> {
    const { context, frame, density } = sheet;
    if (rels.length === 0) return;
    const { rel } = rels[0]!;
    const natural = lineWidth(rel, style.many, frame);
    const width = style.many ? Math.min(natural, 1 / density) : natural + style.more;
    const arrow = arrowWidth(rel, style.many, frame);
    const head = arrow && arrow + style.more;
    const hair = width * density <= 1;
    const atOnce = hair ? PIECE.hairlines : PIECE.lines;
    context.strokeStyle = context.fillStyle = style.colour;
    context.lineWidth = width;
    let drawn = 0;
    const heads: number[] = [];
    context.beginPath();
    for (const one of rels) {
      if (!this.lay(sheet, one, head)) continue;
      this.trace(context);
      if (head > 0 && this.route.kind !== "loop") this.head(heads);
      if (!hair) strokeAnew(context);
      if (++drawn % atOnce !== 0) continue;
      strokeAnew(context);
      fillHeads(context, heads);
      yield;
      // Another drawing may have used the context in between.
      context.strokeStyle = context.fillStyle = style.colour;
      context.lineWidth = width;
      context.beginPath();
    }
    strokeAnew(context);
    fillHeads(context, heads);
  }

  /** Nodes with the same label. */
  *discs(sheet: Sheet, nodes: SceneNode[]): Generator<void> {
    const { context, frame } = sheet;
    if (nodes.length === 0) return;
    const { label } = nodes[0]!.node;
    let found: { at: Point; radius: number }[] = [];
    const draw = () => {
      context.fillStyle = this.palette.ring(label);
      fillDiscs(context, found, 1);
      context.fillStyle = this.palette.fill(label);
      fillDiscs(context, found, 1 - RING);
      found = [];
    };
    for (const one of nodes) {
      const at = onSheet(frame, one);
      const radius = one.size * frame.unit;
      if (isOutside(sheet, at, at, radius)) continue;
      found.push({ at, radius });
      if (found.length < PIECE.discs) continue;
      draw();
      yield;
    }
    if (found.length > 0) draw();
  }

  // Lays the route of a relationship; false where it is out of sight.
  private lay(sheet: Sheet, one: SceneRel, arrow: number): boolean {
    const { frame } = sheet;
    const from = onSheet(frame, one.from);
    const to = onSheet(frame, one.to);
    // A bow stands out by less than its bend, a loop by less than that.
    const out = 50 * frame.unit + Math.abs(one.bend) * Math.hypot(to.x - from.x, to.y - from.y);
    if (isOutside(sheet, from, to, out)) return false;
    this.route.lay(from, to, one.bend, one.to.size * frame.unit, arrow, frame);
    return true;
  }

  private trace(context: CanvasRenderingContext2D): void {
    const { kind, from, to, control, side } = this.route;
    context.moveTo(from.x, from.y);
    if (kind === "line") context.lineTo(to.x, to.y);
    else if (kind === "curve") context.quadraticCurveTo(control.x, control.y, to.x, to.y);
    else {
      const y = from.y + side.y;
      context.bezierCurveTo(from.x - side.x, y, from.x + side.x, y, to.x, to.y);
    }
  }

  private head(heads: number[]): void {
    const { tip, to, wing } = this.route;
    heads.push(tip.x, tip.y, to.x + wing.x, to.y + wing.y, to.x - wing.x, to.y - wing.y);
  }
}

/** Whether nothing of what is between two points, or so far from there, is on a sheet. */
export function isOutside(sheet: Sheet, a: Point, b: Point, far: number): boolean {
  const out = far + sheet.margin;
  return (
    Math.max(a.x, b.x) < -out ||
    Math.max(a.y, b.y) < -out ||
    Math.min(a.x, b.x) > sheet.width + out ||
    Math.min(a.y, b.y) > sheet.height + out
  );
}

function strokeAnew(context: CanvasRenderingContext2D): void {
  context.stroke();
  context.beginPath();
}

function fillHeads(context: CanvasRenderingContext2D, heads: number[]): void {
  if (heads.length === 0) return;
  context.beginPath();
  for (let i = 0; i < heads.length; i += 6) {
    context.moveTo(heads[i]!, heads[i + 1]!);
    context.lineTo(heads[i + 2]!, heads[i + 3]!);
    context.lineTo(heads[i + 4]!, heads[i + 5]!);
  }
  context.fill();
  heads.length = 0;
}

function fillDiscs(
  context: CanvasRenderingContext2D,
  discs: { at: Point; radius: number }[],
  share: number,
): void {
  context.beginPath();
  for (const { at, radius } of discs) {
    context.moveTo(at.x + radius * share, at.y);
    context.arc(at.x, at.y, radius * share, 0, TURN);
  }
  context.fill();
}

/** Draws to the end without a rest. */
export function finish(steps: Generator<void>): void {
  while (!steps.next().done);
}
