// The picture as SVG, for saving, for paper, and where there is no WebGL. Texts are text nodes and
// attribute values of the DOM, so nothing in them can become markup.

import { h, svg } from "./dom";
import { HUBS, Names, shortened } from "./labels";
import type { Graph, Node, Rel } from "./model";
import { INK, type Palette, type Theme } from "./palette";
import type { Scene, SceneNode } from "./scene";

const WIDTH = 1600;
const MARGIN = 60;
const LEGEND = 200; // width kept free at the left
const LABEL = 13;
const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";

interface Point {
  x: number;
  y: number;
}

/** The scene with its legend. */
export function drawing(scene: Scene, graph: Graph, palette: Palette, theme: Theme): SVGElement {
  const { place, height } = frame(scene);
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
  const places = new Map(scene.nodes.map((one) => [one.node, { at: place(one), size: one.size }]));
  const lines = svg("g", { fill: "none", "stroke-opacity": 0.55 });
  for (const { rel, bend } of scene.rels) {
    const from = places.get(rel.source)!.at;
    const to = places.get(rel.target)!;
    lines.append(line(rel, from, to.at, bend, to.size, palette.stroke(rel.type, theme)));
  }
  const dots = svg("g", { "stroke-width": 1.6 });
  for (const { node, size } of scene.nodes) {
    const { at } = places.get(node)!;
    const fill = palette.fill(node.label);
    const attributes = { cx: round(at.x), cy: round(at.y), r: round(size), fill };
    const circle = svg("circle", { ...attributes, stroke: palette.ring(node.label) });
    circle.append(svg("title", {}, [node.name, ...node.aliases].join("\n")));
    dots.append(circle);
  }
  root.append(lines, dots, labels(scene, places, theme), legend(scene, palette, theme));
  return root;
}

function frame(scene: Scene): { place: (at: Point) => Point; height: number } {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of scene.nodes) {
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
  }
  if (scene.nodes.length === 0) [left, right, top, bottom] = [0, 1, 0, 1];
  const room = WIDTH - LEGEND - MARGIN - 120; // names stand to the right of their nodes
  const scale = room / Math.max(right - left, bottom - top, 1e-9);
  const height = Math.ceil((bottom - top) * scale + 2 * MARGIN);
  const inset = (room - (right - left) * scale) / 2;
  return {
    place: ({ x, y }) => ({
      x: LEGEND + inset + (x - left) * scale,
      y: MARGIN + (y - top) * scale,
    }),
    height: Math.max(height, 400),
  };
}

function line(
  rel: Rel,
  from: Point,
  to: Point,
  bend: number,
  gap: number,
  colour: string,
): SVGElement {
  const group = svg("g", { stroke: colour });
  const quotes = rel.evidence.map((one) => `“${one.sentence}” (${one.document})`);
  group.append(
    svg("title", {}, [`${rel.source.name} ${rel.type} ${rel.target.name}`, ...quotes].join("\n")),
  );
  if (rel.source === rel.target) {
    const { x, y } = from;
    const loop = `M${round(x)} ${round(y)}c-24 -44 24 -44 0 0`;
    group.append(svg("path", { d: loop }));
    return group;
  }
  const middle = {
    x: (from.x + to.x) / 2 + (to.y - from.y) * bend,
    y: (from.y + to.y) / 2 - (to.x - from.x) * bend,
  };
  const length = Math.hypot(to.x - middle.x, to.y - middle.y) || 1;
  const along = { x: (to.x - middle.x) / length, y: (to.y - middle.y) / length };
  const tip = { x: to.x - along.x * gap, y: to.y - along.y * gap };
  const foot = { x: tip.x - along.x * 7, y: tip.y - along.y * 7 };
  const wing = { x: -along.y * 2.6, y: along.x * 2.6 };
  const point = ({ x, y }: Point) => `${round(x)} ${round(y)}`;
  const curve = bend === 0 ? `L${point(foot)}` : `Q${point(middle)} ${point(foot)}`;
  const arrow = [
    tip,
    { x: foot.x + wing.x, y: foot.y + wing.y },
    { x: foot.x - wing.x, y: foot.y - wing.y },
  ];
  group.append(
    svg("path", { d: `M${point(from)}${curve}` }),
    svg("path", { d: `M${arrow.map(point).join("L")}Z`, fill: colour, stroke: "none" }),
  );
  return group;
}

// The biggest first; one that would lie over another is left out.
function labels(
  scene: Scene,
  places: Map<Node, { at: Point; size: number }>,
  theme: Theme,
): SVGElement {
  const ink = INK[theme];
  const group = svg("g", {
    fill: ink.text,
    stroke: ink.paper,
    "stroke-width": 3,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
  });
  const discs = [...places.values()].map(({ at, size }) => ({ ...at, size }));
  const names = new Names(WIDTH, LABEL, discs);
  const sorted: SceneNode[] = [...scene.nodes].sort((a, b) => b.size - a.size);
  for (const [i, { node }] of sorted.entries()) {
    const { at, size } = places.get(node)!;
    const name = shortened(node.name);
    const width = name.length * LABEL * 0.55; // about as wide as it will be
    const spot = names.beside({ ...at, size }, width, i < HUBS);
    if (!spot) continue;
    group.append(svg("text", { x: round(spot.x), y: round(spot.y + LABEL / 3) }, name));
  }
  return group;
}

function legend(scene: Scene, palette: Palette, theme: Theme): SVGElement {
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
  return group;
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
