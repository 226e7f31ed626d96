// Where the nodes stand: repulsion between all, springs along relationships, a pull to the middle.
//
// Repulsion is summed over a quadtree, so a step costs n log n. Forces are those of ForceAtlas2
// (Jacomy et al. 2014): bodies weigh as much as they have relationships, so hubs get room, and a
// spring is the weaker the busier its ends are, so a hub does not swallow what hangs on it. Each step
// moves a body by no more than a temperature that falls from step to step (Fruchterman and Reingold
// 1991), which ends it after a fixed number of steps. Everything starts from a spiral in the order
// given: the same graph gets the same picture.

import { QuadTree } from "./quadtree";

const OPENING = 0.9; // a cell seen under a smaller angle counts as one body
const REPULSION = 1.2;
const GRAVITY = 0.06;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

export interface LayoutInput {
  count: number;
  /** Pairs of body numbers. */
  springs: [number, number][];
  /** Positions to start from, x0, y0, x1, …; NaN where there is none yet. */
  start?: Float64Array;
}

export class ForceLayout {
  readonly x: Float64Array;
  readonly y: Float64Array;
  private readonly fx: Float64Array;
  private readonly fy: Float64Array;
  private readonly mass: Float64Array;
  private readonly springs: Int32Array;
  private readonly strength: Float64Array;
  private readonly tree: QuadTree;
  private readonly steps: number;
  private readonly heat: number;
  private done = 0;

  constructor(input: LayoutInput) {
    const n = input.count;
    this.x = new Float64Array(n);
    this.y = new Float64Array(n);
    this.fx = new Float64Array(n);
    this.fy = new Float64Array(n);
    this.mass = new Float64Array(n).fill(1);
    this.springs = new Int32Array(2 * input.springs.length);
    this.strength = new Float64Array(input.springs.length);
    this.tree = new QuadTree(n);
    input.springs.forEach(([a, b], i) => {
      this.springs[2 * i] = a;
      this.springs[2 * i + 1] = b;
      this.mass[a]! += 1;
      this.mass[b]! += 1;
    });
    for (let i = 0; i < this.strength.length; ++i) {
      const busier = Math.max(this.mass[this.springs[2 * i]!]!, this.mass[this.springs[2 * i + 1]!]!);
      this.strength[i] = 1 / Math.sqrt(busier);
    }
    const fresh = this.place(input.start);
    // A picture that was there already only makes room for what is new.
    this.heat = Math.sqrt(n) * (fresh === n ? 1.5 : 0.3);
    this.steps = fresh === n ? 320 : 140;
  }

  get finished(): boolean {
    return this.done >= this.steps;
  }
  /** From 0 to 1. */
  get progress(): number {
    return this.done / this.steps;
  }

  step(): void {
    const cold = 1 - this.done / this.steps;
    this.fx.fill(0);
    this.fy.fill(0);
    this.tree.build(this.x, this.y, this.mass, OPENING);
    this.tree.repel(10 * REPULSION, this.fx, this.fy);
    this.pull();
    this.move(this.heat * cold * cold + 0.01);
    ++this.done;
  }

  /** How many bodies had no place yet. */
  private place(start: Float64Array | undefined): number {
    let fresh = 0;
    for (let i = 0; i < this.x.length; ++i) {
      const x = start ? start[2 * i]! : NaN;
      if (Number.isNaN(x)) {
        const radius = 4 * Math.sqrt(i + 0.5);
        this.x[i] = radius * Math.cos(i * GOLDEN_ANGLE);
        this.y[i] = radius * Math.sin(i * GOLDEN_ANGLE);
        ++fresh;
      } else {
        this.x[i] = x;
        this.y[i] = start![2 * i + 1]!;
      }
    }
    return fresh;
  }

  private pull(): void {
    const { x, y, fx, fy, springs, strength, mass } = this;
    for (let i = 0; i < strength.length; ++i) {
      const a = springs[2 * i]!;
      const b = springs[2 * i + 1]!;
      const dx = (x[b]! - x[a]!) * strength[i]!;
      const dy = (y[b]! - y[a]!) * strength[i]!;
      fx[a]! += dx;
      fy[a]! += dy;
      fx[b]! -= dx;
      fy[b]! -= dy;
    }
    for (let i = 0; i < x.length; ++i) {
      fx[i]! -= GRAVITY * mass[i]! * x[i]!;
      fy[i]! -= GRAVITY * mass[i]! * y[i]!;
    }
  }

  private move(limit: number): void {
    for (let i = 0; i < this.x.length; ++i) {
      const dx = this.fx[i]! / this.mass[i]!;
      const dy = this.fy[i]! / this.mass[i]!;
      const length = Math.sqrt(dx * dx + dy * dy);
      const scale = length > limit ? limit / length : 1;
      this.x[i]! += dx * scale * 0.8;
      this.y[i]! += dy * scale * 0.8;
    }
  }
}
