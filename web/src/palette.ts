// Colours of labels and relationship types: the same, in the same order, as in the DOT export.
// Fills are light; each has a ring of its own hue that stands out from white and from black paper.

const FILLS = [
  "#cfe3f3", "#fbe3b5", "#cdeadd", "#f6d5c3", "#ead6e6",
  "#f7f3b8", "#d9e6c8", "#e3dccf", "#d4d4ee", "#e6e6e6",
  "#bdeae5", "#f8cbd8", "#eed6fb", "#c6cdd6",
];
const RINGS = [
  "#3b82b8", "#b9821b", "#2f9168", "#c4623a", "#9d5f8f",
  "#948a12", "#64862f", "#84714f", "#6363bd", "#737373",
  "#12908a", "#c2456f", "#9550bd", "#56657a",
];
const STROKES = [
  "#0060a0", "#b35900", "#007a5a", "#a8321e", "#8f4a7d", "#7a6f00", "#4a6b1f",
  "#6b5536", "#4848a0", "#555555", "#c2185b", "#00838f", "#9a6700", "#2e2e2e",
  "#7d3c98", "#1b7f3b",
];

export type Theme = "light" | "dark";

/** Colours of what is no data, for the canvas; the style sheet has the same under the same names. */
export interface Ink {
  paper: string;
  text: string;
  faint: string;
}
export const INK: Record<Theme, Ink> = {
  light: { paper: "#fbfbfa", text: "#1f2328", faint: "#e3e4e1" },
  dark: { paper: "#16181b", text: "#e8e6e1", faint: "#2b2e32" },
};

export class Palette {
  private readonly labels: Map<string, number>;
  private readonly types: Map<string, number>;

  /** Both sorted by name. */
  constructor(labels: string[], types: string[]) {
    this.labels = new Map(labels.map((label, i) => [label, i]));
    this.types = new Map(types.map((type, i) => [type, i]));
  }

  fill(label: string): string {
    return pick(FILLS, this.labels.get(label));
  }
  ring(label: string): string {
    return pick(RINGS, this.labels.get(label));
  }
  stroke(type: string, theme: Theme): string {
    const colour = pick(STROKES, this.types.get(type));
    return theme === "light" ? colour : mix(colour, "#ffffff", 0.5);
  }
  /** Of a line in the picture, paler than what is written in that colour; palest among many. */
  line(type: string, theme: Theme, many: boolean): string {
    return mix(this.stroke(type, theme), INK[theme].paper, many ? 0.68 : 0.35);
  }
}

function pick(colours: string[], index: number | undefined): string {
  return colours[(index ?? 0) % colours.length]!;
}

function channels(colour: string): [number, number, number] {
  const number = parseInt(colour.slice(1), 16);
  return [number >> 16, (number >> 8) & 0xff, number & 0xff];
}

/** From `a` (0) to `b` (1). */
export function mix(a: string, b: string, share: number): string {
  const from = channels(a);
  const to = channels(b);
  const mixed = from.map((channel, i) => Math.round(channel + (to[i]! - channel) * share));
  return "#" + mixed.map((channel) => channel.toString(16).padStart(2, "0")).join("");
}
