// Where the reader looks: at which point of the picture, and from how near. The picture as a whole is
// the measure of both, so that a window of another size, or a layout that grows, shows the same part.

import { type Box, type Frame, onSheet, type Point } from "./geometry";

const NEAREST = 50;
const FARTHEST = 0.25;
const PADDING = 40; // pixels around the whole picture
const STRAY = 0.4; // of the window: how far its middle may leave the picture
const DURATION = 240; // milliseconds of a movement
const LEAST = 1e-3; // units: a picture of one node has some extent, too
const SMALL = 900; // pixels: a narrower window has smaller nodes

/** `x`, `y`: what is in the middle, from the middle of the picture in parts of its longer side. */
interface Look extends Point {
  /** 1 shows all. */
  zoom: number;
}

export class Camera {
  private look: Look = { x: 0, y: 0, zoom: 1 };
  private journey: { from: Look; to: Look; start: number; duration: number } | null = null;
  private box: Box = { left: 0, top: 0, right: 0, bottom: 0 };
  width = 0;
  height = 0;

  resize(width: number, height: number): void {
    [this.width, this.height] = [width, height];
  }
  /** The picture that it looks at now has this extent. */
  lookAt(box: Box): void {
    this.box = box;
  }

  get zoom(): number {
    return this.look.zoom;
  }
  get moving(): boolean {
    return this.journey !== null;
  }

  /** What is in sight, on a sheet of the size of the window. */
  frame(box = this.box): Frame {
    const { x, y, zoom } = this.look;
    const scale = this.fitting(box) * zoom;
    const side = longer(box);
    return {
      scale,
      unit: Math.sqrt(zoom * Math.min(1, this.width / SMALL)),
      x: this.width / 2 - ((box.left + box.right) / 2 + x * side) * scale,
      y: this.height / 2 - ((box.top + box.bottom) / 2 + y * side) * scale,
    };
  }

  /** Nearer or farther; what is at this pixel stays there. */
  zoomAt(factor: number, at: Point, milliseconds = 0): void {
    const to = { ...(this.journey?.to ?? this.look) };
    const zoom = limited(to.zoom * factor, FARTHEST, NEAREST);
    const pixels = this.fitting(this.box) * longer(this.box);
    const grown = (1 / to.zoom - 1 / zoom) / pixels;
    to.x += (at.x - this.width / 2) * grown;
    to.y += (at.y - this.height / 2) * grown;
    this.go({ ...to, zoom }, milliseconds);
  }
  /** The same around the middle, as a key or a button does it. */
  zoomBy(factor: number): void {
    this.zoomAt(factor, { x: this.width / 2, y: this.height / 2 }, DURATION);
  }

  /** By pixels of the window: the picture goes along with the pointer. */
  drag(dx: number, dy: number): void {
    const { x, y, zoom } = this.look;
    const pixels = this.fitting(this.box) * longer(this.box) * zoom;
    this.go({ x: x - dx / pixels, y: y - dy / pixels, zoom }, 0);
  }
  /** By a step of the arrow keys: to the right and down. */
  step(dx: number, dy: number): void {
    const to = this.journey?.to ?? this.look;
    const pixels = this.fitting(this.box) * longer(this.box) * to.zoom;
    const step = (0.12 * Math.min(this.width, this.height)) / pixels;
    this.go({ ...to, x: to.x + dx * step, y: to.y + dy * step }, DURATION / 2);
  }
  fit(): void {
    this.go({ x: 0, y: 0, zoom: 1 }, DURATION);
  }

  /** Brings a point of the scene into sight, where it is not. */
  reveal(point: Point): void {
    if (this.width === 0) return;
    const { x, y } = onSheet(this.frame(), point);
    if (x > 20 && y > 20 && x < this.width - 20 && y < this.height - 20) return;
    const side = longer(this.box);
    this.go(
      {
        x: (point.x - (this.box.left + this.box.right) / 2) / side,
        y: (point.y - (this.box.top + this.box.bottom) / 2) / side,
        zoom: Math.max(this.look.zoom, 1.7),
      },
      DURATION,
    );
  }

  /** Where a movement is at this time. */
  at(now: number): void {
    if (!this.journey) return;
    const { from, to, start, duration } = this.journey;
    const time = limited((now - start) / duration, 0, 1);
    const share = 1 - (1 - time) ** 3;
    const zoom = from.zoom * (to.zoom / from.zoom) ** share;
    // With this share of the way a point that is to stay at its pixel does.
    const way = from.zoom === to.zoom ? share : (1 / zoom - 1 / from.zoom) / (1 / to.zoom - 1 / from.zoom);
    this.look = { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way, zoom };
    if (time < 1) return;
    this.look = to;
    this.journey = null;
  }

  private go(to: Look, milliseconds: number): void {
    const inside = { ...to, ...this.kept(to) };
    this.journey = null;
    if (milliseconds === 0 || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.look = inside;
    } else {
      const start = performance.now();
      this.journey = { from: this.look, to: inside, start, duration: milliseconds };
    }
  }

  // Some of the picture stays in the window.
  private kept({ x, y, zoom }: Look): Point {
    const side = longer(this.box);
    const pixels = this.fitting(this.box) * side * zoom;
    const most = (length: number, window: number) => length / side / 2 + (STRAY * window) / pixels;
    const mostX = most(this.box.right - this.box.left, this.width);
    const mostY = most(this.box.bottom - this.box.top, this.height);
    return { x: limited(x, -mostX, mostX), y: limited(y, -mostY, mostY) };
  }

  /** Pixels a unit where all is in sight. */
  private fitting({ left, top, right, bottom }: Box): number {
    const room = (pixels: number) => Math.max(pixels - 2 * Math.min(PADDING, pixels / 16), 1);
    const width = room(this.width) / Math.max(right - left, LEAST);
    const height = room(this.height) / Math.max(bottom - top, LEAST);
    return Math.min(width, height);
  }
}

function longer({ left, top, right, bottom }: Box): number {
  return Math.max(right - left, bottom - top, LEAST);
}

function limited(number: number, least: number, most: number): number {
  return Math.min(Math.max(number, least), most);
}
