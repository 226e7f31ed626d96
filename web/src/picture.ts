// The picture on the screen: keeps what is drawn, where the reader looks and what is pointed at in
// step, frame by frame.
//
// A drawing that takes longer than a frame is made in slices on a sheet that nobody sees, while the
// one before is shown, moved and scaled to where the reader looks by now. So moving is as smooth with
// many relationships as with few; only its sharpness comes a little later. The layout runs in slices
// between the frames, too.

import { Camera } from "./camera";
import { byId } from "./dom";
import { type Box, boxOf, type Frame, type Point } from "./geometry";
import { Gestures } from "./gestures";
import { Hits } from "./hit";
import { Layer, same } from "./layer";
import { Marks, type Pointed } from "./marks";
import type { Palette, Theme } from "./palette";
import { Painter } from "./painter";
import type { Scene } from "./scene";
import type { State } from "./state";

const LARGE = 400; // relationships: more than that may take longer to draw than a frame lasts
const MARGIN = 240; // pixels that a large drawing goes on around the stage, for where it is moved to
// All others in milliseconds.
const FIRST = 40; // of layout before the first drawing: a small picture then stands at once
const LAYOUT = { resting: 28, moving: 4 }; // of layout in a frame
const SLICE = { resting: 10, moving: 6 }; // of drawing in a frame
const PART = 2; // of a slice, until it looks at the clock
const QUICK = 12; // a drawing that takes no longer is made anew for each frame
const LATE = 24; // between two frames: one was left out
const REST = 120; // without a movement: the reader looks
const SMOOTH = 180; // of a turn of the wheel

/** A drawing that is being made. */
interface Job {
  steps: Generator<void>;
  frame: Frame;
  box: Box;
  pieces: number;
  spent: number;
  done: boolean;
}

export class Picture {
  private readonly stage = byId("stage");
  private readonly tip = byId("tip");
  private readonly progress = byId<HTMLProgressElement>("settling");
  private readonly camera = new Camera();
  private readonly painter: Painter;
  private readonly marks: Marks;
  private readonly gestures: Gestures;
  private front = new Layer(this.stage, "base", true);
  private back = new Layer(this.stage, "base", true);
  private readonly names = new Layer(this.stage, "names", false);
  private readonly pointer = new Layer(this.stage, "pointer", false);
  private pointed: Pointed = null;
  private hits: Hits | null = null;

  private job: Job | null = null;
  /** Whether the scene is another than the one that is shown. */
  private changed = true;
  private version = -1; // of the scene that is drawn
  private cost = Infinity; // milliseconds of the last drawing
  private pieces = 1; // of the last drawing
  private pace = 1; // pieces a millisecond
  private late = 0; // frames in a row, though each drawing seemed quick
  private slow = false; // drawing takes longer than this program can see
  private request = 0;
  private last = 0; // when the last frame was
  private moved = 0; // when the reader last moved

  constructor(
    private readonly state: State,
    private readonly scene: Scene,
    palette: Palette,
    theme: () => Theme,
  ) {
    this.painter = new Painter(scene, palette, theme);
    this.marks = new Marks(state, scene, this.painter, palette, theme);
    this.gestures = new Gestures(this.stage, {
      drag: (dx, dy) => this.move(() => this.camera.drag(dx, dy)),
      zoom: (factor, at, smooth) =>
        this.move(() => this.camera.zoomAt(factor, at, smooth ? SMOOTH : 0)),
      click: (at, coarse) => this.click(at, coarse),
      hover: (at) => this.hover(at),
    });
    new ResizeObserver(() => this.resize()).observe(this.stage);
    state.onChange((change) => {
      if (change === "filter") this.draw();
      else if (change === "selection") this.select();
    });
    this.back.hidden = this.pointer.hidden = true;
    this.resize();
    this.draw();
  }

  /** Draws anew what is visible, and lets it settle. */
  draw(): void {
    this.scene.update();
    this.scene.settle(FIRST);
    this.scene.take();
    this.painter.sort();
    [this.slow, this.late] = [false, 0];
    byId("picture-empty").hidden = this.scene.nodes.length > 0;
    this.restyle();
    this.select();
  }

  /** Draws anew with the colours of another theme. */
  restyle(): void {
    [this.job, this.changed] = [null, true];
    this.hover(null);
    this.schedule();
  }

  fit(): void {
    this.move(() => this.camera.fit());
  }
  zoom(factor: number): void {
    this.move(() => this.camera.zoomBy(factor));
  }
  /** By a step to the right and down. */
  pan(dx: number, dy: number): void {
    this.move(() => this.camera.step(dx, dy));
  }

  private move(how: () => void): void {
    how();
    this.moved = performance.now();
    this.hover(null);
    this.schedule();
  }

  // Also when the picture comes into sight, or a panel opens beside it.
  private resize(): void {
    const hidden = !this.inSight;
    this.camera.resize(this.stage.clientWidth, this.stage.clientHeight);
    if (hidden) this.changed = true; // nothing was drawn meanwhile
    this.schedule();
  }

  /** Whether a drawing fits in a frame. */
  private get quick(): boolean {
    return this.cost <= QUICK && !this.slow;
  }

  private get inSight(): boolean {
    return this.camera.width > 0 && this.camera.height > 0;
  }

  private select(): void {
    this.marks.choose();
    this.stage.classList.toggle("chosen", this.marks.chosen);
    const { selection } = this.state;
    const node = selection?.kind === "node" ? this.scene.find(selection.node) : undefined;
    if (node) this.camera.reveal(node);
    if (this.names.frame && this.inSight) this.drawNames(this.names.frame);
    this.schedule();
  }

  private schedule(): void {
    this.request ||= requestAnimationFrame((now) => this.tick(now));
  }

  private tick(now: number): void {
    const between = now - this.last;
    this.last = now;
    this.request = 0;
    const moving = this.camera.moving || this.gestures.busy || now - this.moved < REST;
    this.camera.at(now);
    if (this.scene.settling) this.scene.settle(moving ? LAYOUT.moving : LAYOUT.resting);
    else this.watch(between);
    if (this.scene.settling || this.scene.version !== this.version) this.changed = true;
    if (this.inSight) this.show(moving);
    const busy = this.scene.settling || (this.inSight && !this.isDrawn());
    this.tell(busy);
    if (busy) this.schedule();
    else if (this.inSight && !this.hits?.ready) this.prepare();
  }

  /** Whether what is to be seen now is seen, and sharp. */
  private isDrawn(): boolean {
    if (this.changed || this.job || this.camera.moving) return false;
    return same(this.camera.frame(), this.front.frame);
  }

  // What the first click or hover needs, while nothing else is to be done.
  private prepare(): void {
    this.hits ??= new Hits(this.scene);
    this.hits.prepare(SLICE.resting);
    this.schedule();
  }

  private tell(busy: boolean): void {
    const said = this.stage.getAttribute("aria-busy");
    if (said !== String(busy)) this.stage.setAttribute("aria-busy", String(busy));
    this.progress.hidden = !this.scene.settling;
    if (this.scene.settling) this.progress.value = this.scene.progress;
  }

  // A graphics card draws after this program has gone on: frames that are late again and again
  // though each was drawn in no time tell that it takes long.
  private watch(between: number): void {
    const whole = !this.job && this.cost <= QUICK && this.camera.moving;
    this.late = whole && between > LATE ? this.late + 1 : 0;
    if (this.late >= 4) this.slow = true;
  }

  private show(moving: boolean): void {
    const stale = (frame: Frame | null, box?: Box) => !same(this.camera.frame(box), frame);
    if (this.job && !moving && stale(this.job.frame, this.job.box)) this.job = null;
    if (!this.job && (this.changed || stale(this.front.frame))) this.begin();
    // Names come in a frame of their own, unless all is quick.
    const { quick } = this;
    const slice = quick ? 2 * QUICK : moving ? SLICE.moving : SLICE.resting;
    if (this.job?.done) this.finish(this.job);
    else if (this.job) this.work(this.job, slice);
    if (quick && this.job?.done) this.finish(this.job);
    const frame = this.camera.frame();
    for (const layer of [this.front, this.names]) layer.show(frame);
  }

  private begin(): void {
    if (this.changed) {
      this.scene.take();
      this.version = this.scene.version;
      this.hits = null;
    }
    const box = boxOf(this.scene.nodes);
    const frame = this.camera.frame(box);
    const large = this.scene.rels.length > LARGE && !this.scene.settling;
    const margin = large ? Math.min(this.camera.width / 4, MARGIN) : 0;
    const sheet = this.back.begin(this.camera, frame, margin);
    const steps = this.painter.all(sheet, this.scene.settling);
    this.job = { steps, frame, box, pieces: 0, spent: 0, done: false };
    this.changed = false;
  }

  // What a piece costs depends on where the reader looks, so the clock is read a few times.
  private work(job: Job, milliseconds: number): void {
    const start = performance.now();
    // What cannot be measured is at least cut in parts.
    const most = this.slow ? this.pieces / 8 : Infinity;
    let begun = start;
    let total = 0;
    do {
      let drawn = 0;
      do job.done = job.steps.next().done === true;
      while (++drawn < Math.min(this.pace * PART, most) && !job.done);
      this.back.flush();
      const now = performance.now();
      const pace = drawn / Math.max(now - begun, 0.1);
      this.pace = Math.min(pace, (this.pace + pace) / 2);
      begun = now;
      total += drawn;
    } while (!job.done && total < most && begun - start < milliseconds - PART);
    job.pieces += total;
    job.spent += begun - start;
  }

  private finish(job: Job): void {
    this.job = null;
    const start = performance.now();
    [this.front, this.back] = [this.back, this.front];
    this.camera.lookAt(job.box);
    this.drawNames(job.frame);
    this.front.hidden = false;
    this.back.hidden = true;
    this.cost = job.spent + performance.now() - start;
    this.pieces = job.pieces;
  }

  private drawNames(frame: Frame): void {
    this.marks.draw(this.names.begin(this.camera, frame));
    this.names.flush();
  }

  private click(at: Point, coarse: boolean): void {
    const found = this.pick(at, coarse);
    if (!found) {
      if (this.state.selection) this.state.select(null);
    } else if ("node" in found) {
      this.state.select({ kind: "node", node: found.node.node });
    } else {
      this.state.select({ kind: "rel", rel: found.rel.rel });
    }
  }

  private pick(at: Point, coarse: boolean): Pointed {
    this.hits ??= new Hits(this.scene);
    const frame = this.camera.frame();
    const node = this.hits.node(frame, at, coarse);
    if (node) return { node };
    const rel = this.hits.rel(frame, at, coarse);
    return rel && { rel };
  }

  private hover(at: Point | null): void {
    const before = this.pointed;
    const free = at && this.inSight && !this.camera.moving;
    this.pointed = free ? this.pick(at, false) : null;
    this.stage.classList.toggle("pointing", this.pointed !== null);
    const rel = this.pointed && "rel" in this.pointed ? this.pointed.rel.rel : null;
    this.tip.hidden = rel === null;
    if (rel && at) {
      this.tip.textContent = `${rel.source.name} ${rel.type} ${rel.target.name}`;
      const room = this.stage.clientWidth - this.tip.offsetWidth - 8;
      this.tip.style.left = `${Math.max(8, Math.min(at.x + 12, room))}px`;
      this.tip.style.top = `${at.y + 16}px`;
    }
    if (thing(before) === thing(this.pointed)) return;
    this.pointer.hidden = this.pointed === null;
    if (!this.pointed) return;
    this.marks.drawPointed(this.pointer.begin(this.camera, this.camera.frame()), this.pointed);
  }
}

function thing(pointed: Pointed): object | null {
  if (!pointed) return null;
  return "node" in pointed ? pointed.node : pointed.rel;
}
