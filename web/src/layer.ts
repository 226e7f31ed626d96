// A canvas over the whole stage. What is drawn on it can be shown moved and scaled until there is
// time to draw it anew: the browser does that without drawing anything.

import { h } from "./dom";
import type { Frame } from "./geometry";
import type { Sheet } from "./painter";

const FINEST = 2; // pixels of the screen for each of the page, at most

// Drawing is put off by browsers until it is seen; copying a pixel of it has it done. A copy that is
// not done either holds the whole canvas as it was, which the next line drawn on it then has to copy;
// so that is copied, too. Both are large enough to be kept where the canvas is, with a graphics card
// or without.
const probes = [0, 1].map(() => h("canvas", { width: 256, height: 256 }).getContext("2d")!);

interface Size {
  width: number;
  height: number;
}

export class Layer {
  readonly canvas: HTMLCanvasElement;
  /** Where the scene stood when this was drawn. */
  frame: Frame | null = null;
  private readonly context: CanvasRenderingContext2D;

  constructor(stage: HTMLElement, name: string, opaque: boolean) {
    this.canvas = h("canvas", { class: name });
    this.context = this.canvas.getContext("2d", { alpha: !opaque })!;
    stage.append(this.canvas);
  }

  /** Makes it ready to be drawn on, without what was on it; `margin`: so far beyond the stage. */
  begin({ width, height }: Size, frame: Frame, margin = 0): Sheet {
    const { canvas, context } = this;
    const { style } = canvas;
    const density = Math.min(window.devicePixelRatio || 1, FINEST);
    const whole = (pixels: number) => Math.round((pixels + 2 * margin) * density);
    if (canvas.width !== whole(width) || canvas.height !== whole(height)) {
      [canvas.width, canvas.height] = [whole(width), whole(height)];
      [style.width, style.height] = [`${width + 2 * margin}px`, `${height + 2 * margin}px`];
    }
    style.left = style.top = `${-margin}px`;
    style.transformOrigin = `${margin}px ${margin}px`; // the corner of the stage
    context.setTransform(density, 0, 0, density, margin * density, margin * density);
    context.clearRect(0, 0, width, height);
    this.frame = frame;
    return { context, frame, width, height, margin, density };
  }

  /** Has the browser do now what was asked for. */
  flush(): void {
    let { canvas } = this;
    for (const probe of probes) {
      probe.drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1);
      canvas = probe.canvas;
    }
  }

  /** Shows it as if it were drawn for this frame. */
  show(frame: Frame): void {
    if (!this.frame) return;
    const scale = frame.scale / this.frame.scale;
    const x = frame.x - this.frame.x * scale;
    const y = frame.y - this.frame.y * scale;
    const moved = same(frame, this.frame) ? "none" : `matrix(${scale}, 0, 0, ${scale}, ${x}, ${y})`;
    if (this.canvas.style.transform !== moved) this.canvas.style.transform = moved;
  }

  /** A canvas that is not shown takes no time between the frames, either. */
  set hidden(hidden: boolean) {
    this.canvas.style.display = hidden ? "none" : "";
  }
}

export function same(a: Frame, b: Frame | null): boolean {
  return b !== null && a.scale === b.scale && a.x === b.x && a.y === b.y && a.unit === b.unit;
}
