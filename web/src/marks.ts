// What lies over the drawing: names, what is chosen with its neighbours, and what the pointer is on.
// The drawing under it stays as it is, paler where something is chosen.

import { type Point, onSheet, Route } from "./geometry";
import { type Disc, FONT, HUBS, LABEL, Names, shortened } from "./labels";
import { grouped } from "./model";
import { INK, type Palette, type Theme } from "./palette";
import { finish, isOutside, type Painter, type Sheet } from "./painter";
import type { Scene, SceneNode, SceneRel } from "./scene";
import type { State } from "./state";

const FEW_RELS = 40; // so many and fewer carry their types
const MANY_CHOSEN = 500;
const TYPE = 11; // pixels
const LEAST_LABELLED = 3.5; // pixels of radius
const MOST_LABELS = 160;
const WIDE = 900; // pixels: in a narrower picture fewer names may cover nodes

export type Pointed = { node: SceneNode } | { rel: SceneRel } | null;

export class Marks {
  private nodes = new Set<SceneNode>();
  private rels: SceneRel[] = [];
  private readonly route = new Route();

  constructor(
    private readonly state: State,
    private readonly scene: Scene,
    private readonly painter: Painter,
    private readonly palette: Palette,
    private readonly theme: () => Theme,
  ) {}

  /** To be called when the selection or the scene is another. */
  choose(): void {
    const { selection } = this.state;
    this.nodes.clear();
    this.rels = [];
    if (!selection) return;
    if (selection.kind === "node") {
      const { node } = selection;
      this.rels = this.scene.rels.filter(({ rel }) => rel.source === node || rel.target === node);
      const alone = this.scene.find(node);
      if (alone) this.nodes.add(alone);
    } else {
      this.rels = this.scene.rels.filter(({ rel }) => rel === selection.rel);
    }
    for (const { from, to } of this.rels) this.nodes.add(from).add(to);
  }

  /** Whether something that is chosen can be seen. */
  get chosen(): boolean {
    return this.nodes.size > 0;
  }

  draw(sheet: Sheet): void {
    if (this.chosen) this.drawChosen(sheet);
    this.drawTypes(sheet);
    this.drawNames(sheet);
  }

  drawPointed(sheet: Sheet, pointed: Pointed): void {
    if (!pointed) return;
    if ("rel" in pointed) {
      const { from, to } = pointed.rel;
      this.strong(sheet, [pointed.rel], false);
      for (const one of [from, to]) finish(this.painter.discs(sheet, [one]));
      return;
    }
    const { node } = pointed;
    finish(this.painter.discs(sheet, [node]));
    this.ring(sheet, node);
    const at = onSheet(sheet.frame, node);
    sheet.context.font = `600 ${LABEL}px ${FONT}`;
    const name = shortened(node.node.name);
    const width = sheet.context.measureText(name).width;
    const spot = new Names(sheet.width, LABEL, []).beside({ ...at, size: node.size * sheet.frame.unit }, width, true);
    if (spot) this.write(sheet, name, spot);
  }

  private drawChosen(sheet: Sheet): void {
    const { selection } = this.state;
    this.strong(sheet, this.rels, this.rels.length > MANY_CHOSEN);
    for (const one of this.nodes) finish(this.painter.discs(sheet, [one]));
    const node = selection?.kind === "node" ? this.scene.find(selection.node) : undefined;
    if (node) finish(this.painter.discs(sheet, [node]));
    if (node) this.ring(sheet, node);
  }

  private strong(sheet: Sheet, rels: SceneRel[], many: boolean): void {
    for (const group of grouped(rels, ({ rel }) => `${rel.type} ${rel.support}`)) {
      const colour = this.palette.stroke(group[0]!.rel.type, this.theme());
      finish(this.painter.lines(sheet, group, { colour, more: many ? 0 : 1, many }));
    }
  }

  private ring({ context, frame }: Sheet, one: SceneNode): void {
    const { x, y } = onSheet(frame, one);
    context.beginPath();
    context.arc(x, y, one.size * frame.unit + 2.5, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = INK[this.theme()].text;
    context.stroke();
  }

  // The types of a few relationships, along their lines.
  private drawTypes(sheet: Sheet): void {
    const few = this.scene.rels.length <= FEW_RELS;
    const all = this.chosen ? this.rels : this.scene.rels;
    if (!few && !(this.chosen && this.rels.length === 1)) return;
    const { context, frame } = sheet;
    context.font = `${TYPE}px ${FONT}`;
    context.textAlign = "center";
    for (const { rel, from, to, bend } of all) {
      const { kind, ...route } = this.route.lay(onSheet(frame, from), onSheet(frame, to), bend, to.size * frame.unit, 0, frame);
      const room = Math.hypot(route.to.x - route.from.x, route.to.y - route.from.y);
      const ends = (from.size + to.size) * frame.unit;
      if (kind !== "loop" && context.measureText(rel.type).width > room - ends) continue;
      const middle = this.route.middle();
      let angle = Math.atan2(route.to.y - route.from.y, route.to.x - route.from.x);
      if (angle > Math.PI / 2) angle -= Math.PI;
      else if (angle < -Math.PI / 2) angle += Math.PI;
      context.save();
      context.translate(middle.x, middle.y);
      context.rotate(angle);
      this.write(sheet, rel.type, { x: 0, y: 0 });
      context.restore();
    }
    context.textAlign = "start";
  }

  // Of what is chosen, else from hubs to leaves.
  private drawNames(sheet: Sheet): void {
    const { context, frame, width } = sheet;
    context.font = `${LABEL}px ${FONT}`;
    const discs: Disc[] = [];
    const named: (Disc & { name: string })[] = [];
    for (const one of this.scene.nodes) {
      const near = this.nodes.has(one);
      const at = onSheet(frame, one);
      const size = one.size * frame.unit;
      if (isOutside(sheet, at, at, size)) continue;
      const disc = { ...at, name: shortened(one.node.name), size };
      if (this.chosen ? near : size >= LEAST_LABELLED) named.push(disc);
      if (!this.chosen || near) discs.push(disc);
    }
    const names = new Names(width, LABEL, discs);
    const needed = HUBS * Math.min(1, width / WIDE);
    for (const [i, one] of named.slice(0, MOST_LABELS).entries()) {
      const spot = names.beside(one, context.measureText(one.name).width, i < needed);
      if (spot) this.write(sheet, one.name, spot);
    }
  }

  // Text on paper: an outline in its colour keeps it readable over lines.
  private write({ context }: Sheet, name: string, { x, y }: Point): void {
    const ink = INK[this.theme()];
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = ink.paper;
    context.strokeText(name, x, y + LABEL / 3);
    context.fillStyle = ink.text;
    context.fillText(name, x, y + LABEL / 3);
  }
}
