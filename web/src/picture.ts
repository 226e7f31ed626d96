// The picture on the screen: sigma draws the scene with WebGL, and tells what is pointed at.

import { createEdgeCurveProgram } from "@sigma/edge-curve";
import { createNodeBorderProgram } from "@sigma/node-border";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { createEdgeArrowProgram } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData } from "sigma/types";

import { byId } from "./dom";
import { type Disc, HUBS, Names, shortened } from "./labels";
import type { Node, Rel } from "./model";
import { INK, mix, type Palette, type Theme } from "./palette";
import type { Scene } from "./scene";
import type { State } from "./state";

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';
const FEW_RELS = 40; // so many and fewer carry their types
const ARROW = { lengthToThicknessRatio: 4, widenessToThicknessRatio: 3 };
const FRAME = 14; // milliseconds of layout between two frames, at least
const LONGEST = 400; // and at most
const SLOW = 60; // milliseconds for a frame that nobody calls smooth
const LABEL = 13;
const LEAST_LABELLED = 3.5; // pixels of radius
const MOST_LABELS = 160;

interface NodeStyle {
  x: number;
  y: number;
  size: number;
  label: string;
  color: string;
  ring: string;
}

interface EdgeStyle {
  size: number;
  type: string;
  label: string;
  color: string;
  curvature: number;
}

/** False where the browser has no WebGL 2, which sigma needs. */
export function canDraw(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

export class Picture {
  private readonly graph = new MultiDirectedGraph();
  private readonly sigma: Sigma;
  private readonly stage = byId("stage");
  private readonly tip = byId("tip");
  private readonly progress = byId<HTMLProgressElement>("settling");
  private readonly near = new Set<Node>();
  private hovered: Rel | null = null;
  private frame = 0;

  constructor(
    private readonly state: State,
    private readonly scene: Scene,
    private readonly palette: Palette,
    private readonly theme: () => Theme,
  ) {
    this.sigma = new Sigma(this.graph, this.stage, {
      allowInvalidContainer: true,
      enableEdgeEvents: true,
      zIndex: true,
      stagePadding: 40,
      labelFont: FONT,
      labelSize: LABEL,
      renderLabels: false, // labels() does
      edgeLabelFont: FONT,
      edgeLabelSize: 11,
      minEdgeThickness: 0.8,
      minCameraRatio: 0.02,
      maxCameraRatio: 4,
      defaultEdgeType: "straight",
      defaultNodeType: "ringed",
      nodeProgramClasses: {
        ringed: createNodeBorderProgram({
          borders: [
            { size: { value: 0.22 }, color: { attribute: "ring" } },
            { size: { fill: true }, color: { attribute: "color" } },
          ],
        }),
      },
      edgeProgramClasses: {
        straight: createEdgeArrowProgram(ARROW),
        bent: createEdgeCurveProgram({ arrowHead: { extremity: "target", ...ARROW } }),
      },
      nodeReducer: (id, style) => this.nodeStyle(id, style as NodeStyle),
      edgeReducer: (id, style) => this.edgeStyle(id, style as EdgeStyle),
      defaultDrawNodeHover: (context, data) => this.hoverLabel(context, data),
    });
    this.listen();
    new ResizeObserver(() => this.resize()).observe(this.stage);
    state.onChange((change) => {
      if (change === "filter") this.draw();
      else if (change === "selection") this.highlight();
    });
    this.draw();
  }

  /** Draws anew what is visible, and lets it settle. */
  draw(): void {
    this.scene.update();
    if (this.scene.settling) this.scene.settle(250);
    this.rebuild();
    this.settle();
  }

  /** Colours anew, for another theme. */
  restyle(): void {
    this.rebuild();
  }

  fit(): void {
    void this.sigma.getCamera().animatedReset({ duration: this.duration() });
  }
  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    void camera.animate({ ratio: camera.ratio / factor }, { duration: this.duration() });
  }
  pan(dx: number, dy: number): void {
    const camera = this.sigma.getCamera();
    const step = 0.12 * camera.ratio;
    const to = { x: camera.x + dx * step, y: camera.y + dy * step };
    void camera.animate(to, { duration: this.duration() / 2 });
  }

  private duration(): number {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 240;
  }

  private rebuild(): void {
    const theme = this.theme();
    const ink = INK[theme];
    this.sigma.setSetting("labelColor", { color: ink.text });
    this.sigma.setSetting("edgeLabelColor", { color: ink.text });
    this.graph.clear();
    // A small picture has small nodes.
    const scale = Math.sqrt(Math.min(1, (this.stage.clientWidth || 900) / 900));
    for (const { node, x, y, size } of this.scene.nodes) {
      this.graph.addNode(node.id, {
        x,
        y: -y,
        size: scale * size,
        label: node.name,
        color: this.palette.fill(node.label),
        ring: this.palette.ring(node.label),
      });
    }
    const many = this.scene.rels.length > 2000;
    for (const { rel, bend } of this.scene.rels) {
      this.graph.addDirectedEdgeWithKey(rel.id, rel.source.id, rel.target.id, {
        size: many ? 0.8 : Math.min(1.8 + 0.4 * Math.log2(Math.max(rel.support, 1)), 4),
        type: bend === 0 ? "straight" : "bent",
        curvature: bend,
        label: rel.type,
        color: mix(this.palette.stroke(rel.type, theme), ink.paper, many ? 0.68 : 0.35),
      });
    }
    byId("picture-empty").hidden = this.scene.nodes.length > 0;
    this.highlight();
  }

  // Layout between two frames, until it stands still: as long as drawing one takes, so that neither
  // waits for the other, whatever the machine.
  private settle(budget = FRAME): void {
    cancelAnimationFrame(this.frame);
    this.stage.setAttribute("aria-busy", String(this.scene.settling));
    this.progress.hidden = !this.scene.settling;
    this.progress.value = this.scene.progress;
    if (!this.scene.settling) {
      // Where drawing all is slow, moving shows the nodes alone.
      this.sigma.setSetting("hideEdgesOnMove", budget > SLOW);
      return;
    }
    const drawn = performance.now();
    this.frame = requestAnimationFrame(() => {
      const drawing = performance.now() - drawn;
      this.scene.settle(budget);
      const places = new Map(this.scene.nodes.map((one) => [one.node.id, one]));
      this.graph.updateEachNodeAttributes((id, style) => {
        const one = places.get(id)!;
        return { ...style, x: one.x, y: -one.y };
      });
      this.settle(Math.min(Math.max(drawing, FRAME), LONGEST));
    });
  }

  private highlight(): void {
    const { selection } = this.state;
    this.near.clear();
    if (selection?.kind === "node") {
      this.near.add(selection.node);
      for (const { rel } of this.scene.rels) {
        if (rel.source === selection.node) this.near.add(rel.target);
        else if (rel.target === selection.node) this.near.add(rel.source);
      }
    } else if (selection?.kind === "rel") {
      this.near.add(selection.rel.source).add(selection.rel.target);
    }
    const few = this.scene.rels.length <= FEW_RELS;
    this.sigma.setSetting("renderEdgeLabels", few || selection?.kind === "rel");
    this.sigma.refresh();
    this.reveal();
  }

  // What is chosen comes into sight, where it is not.
  private reveal(): void {
    const id = this.state.selection?.kind === "node" ? this.state.selection.node.id : null;
    const data = id ? this.sigma.getNodeDisplayData(id) : undefined;
    if (!data) return;
    const at = this.sigma.framedGraphToViewport(data);
    const { width, height } = this.sigma.getDimensions();
    const inside = at.x > 60 && at.y > 40 && at.x < width - 60 && at.y < height - 40;
    if (inside || width === 0) return;
    const camera = this.sigma.getCamera();
    const ratio = Math.min(camera.ratio, 0.6);
    void camera.animate({ x: data.x, y: data.y, ratio }, { duration: this.duration() });
  }

  // Also when the picture comes into sight, or a panel opens beside it.
  private resize(): void {
    if (this.stage.clientWidth === 0) return;
    this.sigma.resize();
    this.sigma.refresh();
  }

  private nodeStyle(id: string, style: NodeStyle): Partial<NodeDisplayData> & { ring?: string } {
    const { selection } = this.state;
    if (!selection) return style;
    const node = this.state.graph.nodes.get(id)!;
    if (this.near.has(node)) {
      const chosen = selection.kind === "rel" || selection.node === node;
      return { ...style, zIndex: chosen ? 3 : 2 };
    }
    const { paper, faint } = INK[this.theme()];
    return { ...style, color: mix(style.color, paper, 0.75), ring: faint, zIndex: 0 };
  }

  private edgeStyle(id: string, style: EdgeStyle): Partial<EdgeDisplayData> {
    const { selection } = this.state;
    const rel = this.state.graph.rels.get(id)!;
    const strong = { color: this.palette.stroke(rel.type, this.theme()), size: style.size + 1 };
    if (rel === this.hovered) return { ...style, ...strong, zIndex: 3 };
    if (!selection) return style;
    const chosen =
      selection.kind === "rel"
        ? selection.rel === rel
        : selection.node === rel.source || selection.node === rel.target;
    if (chosen) return { ...style, ...strong, zIndex: 2, forceLabel: true };
    return { ...style, color: INK[this.theme()].faint, label: "", zIndex: 0 };
  }

  // Names after each frame: of what is chosen, else from hubs to leaves.
  private labels(): void {
    const context = this.sigma.getCanvases()["labels"]!.getContext("2d")!;
    context.font = `${LABEL}px ${FONT}`;
    const { width, height } = this.sigma.getDimensions();
    const discs: Disc[] = [];
    const named: (Disc & { name: string })[] = [];
    const chosen = this.state.selection !== null;
    for (const { node } of this.scene.nodes) {
      const data = this.sigma.getNodeDisplayData(node.id);
      if (!data) continue;
      const at = this.sigma.framedGraphToViewport(data);
      const size = this.sigma.scaleSize(data.size);
      if (at.x < -size || at.y < -size || at.x > width + size || at.y > height + size) continue;
      const one = { name: shortened(node.name), x: at.x, y: at.y, size };
      if (chosen ? this.near.has(node) : size >= LEAST_LABELLED) named.push(one);
      if (!chosen || this.near.has(node)) discs.push(one);
    }
    const names = new Names(width, LABEL, discs);
    for (const [i, one] of named.slice(0, MOST_LABELS).entries()) {
      const spot = names.beside(one, context.measureText(one.name).width, i < HUBS);
      if (spot) this.write(context, one.name, spot.x, spot.y);
    }
  }

  private hoverLabel(
    context: CanvasRenderingContext2D,
    data: { x: number; y: number; size: number; label: string | null },
  ): void {
    context.font = `600 ${LABEL}px ${FONT}`;
    this.write(context, data.label ?? "", data.x + data.size + 4, data.y);
  }

  // Text on paper: an outline in its colour keeps it readable over lines.
  private write(context: CanvasRenderingContext2D, name: string, x: number, y: number): void {
    const ink = INK[this.theme()];
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = ink.paper;
    context.strokeText(name, x, y + LABEL / 3);
    context.fillStyle = ink.text;
    context.fillText(name, x, y + LABEL / 3);
  }

  private listen(): void {
    const { state, sigma } = this;
    sigma.on("afterRender", () => this.labels());
    sigma.on("clickNode", ({ node }) => {
      state.select({ kind: "node", node: state.graph.nodes.get(node)! });
    });
    sigma.on("clickEdge", ({ edge }) => {
      state.select({ kind: "rel", rel: state.graph.rels.get(edge)! });
    });
    sigma.on("clickStage", () => state.selection && state.select(null));
    sigma.on("enterNode", () => this.stage.classList.add("pointing"));
    sigma.on("leaveNode", () => this.stage.classList.remove("pointing"));
    sigma.on("enterEdge", ({ edge, event }) => {
      this.hover(state.graph.rels.get(edge)!, event.x, event.y);
    });
    sigma.on("leaveEdge", () => this.hover(null, 0, 0));
  }

  private hover(rel: Rel | null, x: number, y: number): void {
    const before = this.hovered;
    this.hovered = rel;
    this.stage.classList.toggle("pointing", rel !== null);
    this.tip.hidden = rel === null;
    const edges = [before, rel].flatMap((one) => (one && this.graph.hasEdge(one.id) ? one.id : []));
    this.sigma.refresh({ partialGraph: { edges }, skipIndexation: true });
    if (!rel) return;
    this.tip.textContent = `${rel.source.name} ${rel.type} ${rel.target.name}`;
    const room = this.stage.clientWidth - this.tip.offsetWidth - 8;
    this.tip.style.left = `${Math.max(8, Math.min(x + 12, room))}px`;
    this.tip.style.top = `${y + 16}px`;
  }
}
