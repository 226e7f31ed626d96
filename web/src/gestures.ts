// Pointer, fingers and wheel on the stage, told as what they mean. Pixels count from its corner.

import type { Point } from "./geometry";

/** Who is told. `coarse` is a finger, which needs room around what it means. */
export interface Pointing {
  drag(dx: number, dy: number): void;
  zoom(factor: number, at: Point, smooth: boolean): void;
  click(at: Point, coarse: boolean): void;
  hover(at: Point | null): void;
}

const STILL = { mouse: 4, touch: 10 }; // pixels that a click may move
const AGAIN = { milliseconds: 320, pixels: 20 }; // between two clicks that are one double click
const DOUBLE = 2; // how much nearer a double click comes
const NOTCH = 50; // pixels: a wheel with notches scrolls more at once, a trackpad less
const LINE = 20; // pixels, where a browser counts lines
const MOST_WHEEL = 240;

export class Gestures {
  private readonly pressed = new Map<number, Point>();
  private start: Point = { x: 0, y: 0 };
  /** Whether what is pressed may still become a click. */
  private still = false;
  private clicked: { at: Point; time: number } | null = null;

  constructor(
    private readonly stage: HTMLElement,
    private readonly target: Pointing,
  ) {
    const on = <K extends keyof HTMLElementEventMap>(
      type: K,
      listener: (event: HTMLElementEventMap[K]) => void,
    ) => stage.addEventListener(type, listener, { passive: false });
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.up(event));
    on("pointercancel", (event) => this.release(event));
    on("pointerleave", () => this.target.hover(null));
    on("wheel", (event) => this.wheel(event));
  }

  /** Whether something is dragged or pinched. */
  get busy(): boolean {
    return this.pressed.size > 0 && !this.still;
  }

  private place(event: MouseEvent): Point {
    const { left, top } = this.stage.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.stage.setPointerCapture(event.pointerId);
    const at = this.place(event);
    this.still = this.pressed.size === 0;
    this.start = at;
    this.pressed.set(event.pointerId, at);
    this.target.hover(null);
  }

  private move(event: PointerEvent): void {
    const at = this.place(event);
    const before = this.pressed.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") this.target.hover(at);
      return;
    }
    const allowed = event.pointerType === "touch" ? STILL.touch : STILL.mouse;
    if (this.still && Math.hypot(at.x - this.start.x, at.y - this.start.y) <= allowed) return;
    this.still = false;
    this.pressed.set(event.pointerId, at);
    const other = [...this.pressed].find(([id]) => id !== event.pointerId)?.[1];
    if (other) this.pinch(before, at, other);
    else this.target.drag(at.x - before.x, at.y - before.y);
  }

  // One finger moved, the other stays: what is between them stays between them.
  private pinch(before: Point, at: Point, other: Point): void {
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    const apart = (one: Point) => Math.max(Math.hypot(one.x - other.x, one.y - other.y), 1);
    this.target.drag((at.x - before.x) / 2, (at.y - before.y) / 2);
    this.target.zoom(apart(at) / apart(before), middle, false);
  }

  private up(event: PointerEvent): void {
    const at = this.pressed.get(event.pointerId);
    const clicked = this.still;
    this.release(event);
    if (!at || !clicked) return;
    const before = this.clicked;
    const time = performance.now();
    const near = before && Math.hypot(at.x - before.at.x, at.y - before.at.y) < AGAIN.pixels;
    if (near && time - before.time < AGAIN.milliseconds) {
      this.clicked = null;
      this.target.zoom(DOUBLE, at, true);
    } else {
      this.clicked = { at, time };
      this.target.click(at, event.pointerType === "touch");
    }
  }

  private release(event: PointerEvent): void {
    this.pressed.delete(event.pointerId);
    this.still = false;
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
    const way = Math.max(-MOST_WHEEL, Math.min(event.deltaY * unit, MOST_WHEEL));
    // A trackpad tells a pinch as a wheel with the control key, in small steps.
    const factor = Math.exp(-way * (event.ctrlKey ? 0.01 : 0.0025));
    this.target.zoom(factor, this.place(event), Math.abs(way) >= NOTCH);
  }
}
