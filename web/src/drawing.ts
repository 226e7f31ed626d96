// The picture as SVG, for saving and for paper. Texts are text nodes and attribute values of the DOM,
// so nothing in them can become markup.

import { h, svg } from "./dom";
import {
  arrowWidth,
  boxOf,
  type Frame,
  lineWidth,
  onSheet,
  type Point,
  RING,
  Route,
} from "./geometry";
import { FONT, HUBS, LABEL, Names, shortened } from "./labels";
import type { Graph } from "./model";
import { INK, type Palette, type Theme } from "./palette";
import type { Scene, SceneNode, SceneRel } from "./scene";

const WIDTH = 1600;
const MARGIN = 60;
const LEGEND = 200; // width kept free at the left

/** The scene with its legend. */
export function drawing(scene: Scene, graph: Graph, palette: Palette, theme: Theme): SVGElement {
  const { frame, height } = sheet(scene);
  const ink = INK[theme];
  const root = svg("svg", {
    xmlns: "http://www.w3.org/2000/svg",
    viewBox: `0 0 ${WIDTH} ${height}`,
    width: WIDTH,
    height,
    "font-family": FONT,
    "font-size": LABEL,
  });
  root.append(
    svg("title", {}, graph.title),
    svg("rect", { width: "100%", height: "100%", fill: ink.paper }),
  );
  const lines = svg("g", { fill: "none" });
  for (const one of scene.rels) {
    const colour = palette.line(one.rel.type, theme, scene.many);
    lines.append(line(one, scene.many, frame, colour));
  }
  const dots = svg("g", {});
  for (const one of scene.nodes) dots.append(dot(one, frame, palette));
  const { group, bottom } = legend(scene, palette, theme);
  root.append(lines, dots, labels(scene, frame, theme, bottom), group);
  return root;
}

function sheet(scene: Scene): { frame: Frame; height: number } {
  const { left, top, right, bottom } = boxOf(scene.nodes);
  const room = WIDTH - LEGEND - MARGIN - 120; // names stand to the right of their nodes
  const scale = room / Math.max(right - left, bottom - top, 1e-9);
  const inset = (room - (right - left) * scale) / 2;
  return {
    frame: { scale, unit: 1, x: LEGEND + inset - left * scale, y: MARGIN - top * scale },
    height: Math.max(Math.ceil((bottom - top) * scale + 2 * MARGIN), 400),
  };
}

function line({ rel, from, to, bend }: SceneRel, many: boolean, frame: Frame, colour: string): SVGElement {
  const width = lineWidth(rel, many, frame);
  const arrow = arrowWidth(rel, many, frame);
  const gap = to.size * frame.unit;
  const route = new Route().lay(onSheet(frame, from), onSheet(frame, to), bend, gap, arrow, frame);
  const group = svg("g", { stroke: colour, "stroke-width": round(width) });
  const quotes = rel.evidence.map((one) => `“${one.sentence}” (${one.document})`);
  group.append(
    svg("title", {}, [`${rel.source.name} ${rel.type} ${rel.target.name}`, ...quotes].join("\n")),
    svg("path", { d: path(route) }),
  );
  if (arrow === 0 || route.kind === "loop") return group;
  const corner = (side: number): Point => ({
    x: route.to.x + side * route.wing.x,
    y: route.to.y + side * route.wing.y,
  });
  const head = [route.tip, corner(1), corner(-1)].map(text).join("L");
  group.append(svg("path", { d: `M${head}Z`, fill: colour, stroke: "none" }));
  return group;
}

function path({ kind, from, control, to, side }: Route): string {
  if (kind === "line") return `M${text(from)}L${text(to)}`;
  if (kind === "curve") return `M${text(from)}Q${text(control)} ${text(to)}`;
  const [x, y] = [round(side.x), round(side.y)];
  return `M${text(from)}c${-x} ${y} ${x} ${y} 0 0`;
}

function dot(one: SceneNode, frame: Frame, palette: Palette): SVGElement {
  const { node } = one;
  const { x, y } = onSheet(frame, one);
  const radius = one.size * frame.unit;
  const circle = svg("circle", {
    cx: round(x),
    cy: round(y),
    r: round(radius * (1 - RING / 2)), // the ring lies on it, half of it outside
    fill: palette.fill(node.label),
    stroke: palette.ring(node.label),
    "stroke-width": round(radius * RING),
  });
  circle.append(svg("title", {}, [node.name, ...node.aliases].join("\n")));
  return circle;
}

function text({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

// The biggest first; one that would lie over another, or over the legend, is left out.
function labels(scene: Scene, frame: Frame, theme: Theme, bottom: number): SVGElement {
  const ink = INK[theme];
  const group = svg("g", {
    fill: ink.text,
    stroke: ink.paper,
    "stroke-width": 3,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  });
  const sorted = [...scene.nodes].sort((a, b) => b.size - a.size);
  const discs = sorted.map((one) => ({ ...onSheet(frame, one), size: one.size * frame.unit }));
  const names = new Names(WIDTH, LABEL, discs);
  names.keepFree({ left: 0, top: 0, right: LEGEND, bottom });
  for (const [i, { node }] of sorted.entries()) {
    const name = shortened(node.name);
    const width = name.length * LABEL * 0.55; // about as wide as it will be
    const spot = names.beside(discs[i]!, width, i < HUBS);
    if (!spot) continue;
    group.append(svg("text", { x: round(spot.x), y: round(spot.y + LABEL / 3) }, name));
  }
  return group;
}

// In the upper left corner, down to `bottom`.
function legend(
  scene: Scene,
  palette: Palette,
  theme: Theme,
): { group: SVGElement; bottom: number } {
  const group = svg("g", { fill: INK[theme].text });
  let y = 24;
  for (const label of [...new Set(scene.nodes.map((one) => one.node.label))].sort()) {
    const dot = { cx: 24, cy: y, r: 6, fill: palette.fill(label), stroke: palette.ring(label) };
    group.append(svg("circle", { ...dot, "stroke-width": 1.6 }));
    group.append(svg("text", { x: 38, y: y + LABEL / 3 }, label));
    y += 19;
  }
  y += 6;
  for (const type of [...new Set(scene.rels.map((one) => one.rel.type))].sort()) {
    const ends = { x1: 16, x2: 32, y1: y, y2: y, stroke: palette.stroke(type, theme) };
    group.append(svg("line", { ...ends, "stroke-width": 2 }));
    group.append(svg("text", { x: 38, y: y + LABEL / 3 }, type));
    y += 19;
  }
  return { group, bottom: y };
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

/** A drawing as a file. */
export function svgFile(picture: SVGElement): Blob {
  const text = new XMLSerializer().serializeToString(picture);
  return new Blob([text, "\n"], { type: "image/svg+xml" });
}

/** A drawing in pixels, twice as fine as it is large. */
export async function pngFile(picture: SVGElement): Promise<Blob> {
  const url = URL.createObjectURL(svgFile(picture));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = h("canvas", { width: 2 * image.width, height: 2 * image.height });
    canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture")))),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}
