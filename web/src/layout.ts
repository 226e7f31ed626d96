// Where the nodes stand: repulsion between all, springs along relationships, a pull to the middle.
//
// Repulsion is summed over a quadtree (Barnes and Hut 1986): a far cell counts as one body, so a
// step costs n log n. Forces are those of ForceAtlas2 (Jacomy et al. 2014): bodies weigh as much as
// they have relationships, so hubs get room, and a spring is the weaker the busier its ends are, so
// a hub does not swallow what hangs on it. Each step moves a body by no more than a temperature that
// falls from step to step (Fruchterman and Reingold 1991), which ends it after a fixed number of
// steps. Everything starts from a spiral in the order given: the same graph gets the same picture.

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
    this.tree.build(this.x, this.y, this.mass);
    this.repel();
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

  private repel(): void {
    for (let i = 0; i < this.x.length; ++i) {
      this.tree.force(this.x[i]!, this.y[i]!, OPENING);
      const charge = 10 * REPULSION * this.mass[i]!;
      this.fx[i]! += this.tree.fx * charge;
      this.fy[i]! += this.tree.fy * charge;
    }
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

/** Cells of a square, in flat arrays that are used again for every step. */
class QuadTree {
  fx = 0;
  fy = 0;
  private capacity: number;
  private child: Int32Array; // four a cell: -1 nothing, below -1 body -(i + 2), else cell
  private mass: Float64Array;
  private cx: Float64Array;
  private cy: Float64Array;
  private size: Float64Array;
  private cells = 0;
  private readonly stack = new Int32Array(512);
  private x!: Float64Array;
  private y!: Float64Array;
  private weight!: Float64Array;

  constructor(bodies: number) {
    this.capacity = 4 * bodies + 64;
    this.child = new Int32Array(4 * this.capacity);
    this.mass = new Float64Array(this.capacity);
    this.cx = new Float64Array(this.capacity);
    this.cy = new Float64Array(this.capacity);
    this.size = new Float64Array(this.capacity);
  }

  build(x: Float64Array, y: Float64Array, weight: Float64Array): void {
    this.x = x;
    this.y = y;
    this.weight = weight;
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < x.length; ++i) {
      low = Math.min(low, x[i]!, y[i]!);
      high = Math.max(high, x[i]!, y[i]!);
    }
    this.cells = 0;
    this.cell(Math.max(high - low, 1e-9) * 1.0001);
    for (let i = 0; i < x.length; ++i) this.insert(i, low, low);
    for (let cell = 0; cell < this.cells; ++cell) {
      this.cx[cell]! /= this.mass[cell]!;
      this.cy[cell]! /= this.mass[cell]!;
    }
  }

  private cell(size: number): number {
    const cell = this.cells++;
    this.child.fill(-1, 4 * cell, 4 * cell + 4);
    this.mass[cell] = this.cx[cell] = this.cy[cell] = 0;
    this.size[cell] = size;
    return cell;
  }

  private add(cell: number, body: number): void {
    const weight = this.weight[body]!;
    this.mass[cell]! += weight;
    this.cx[cell]! += weight * this.x[body]!;
    this.cy[cell]! += weight * this.y[body]!;
  }

  private insert(body: number, left: number, top: number): void {
    let cell = 0;
    for (;;) {
      this.add(cell, body);
      const half = this.size[cell]! / 2;
      const east = this.x[body]! >= left + half ? 1 : 0;
      const south = this.y[body]! >= top + half ? 1 : 0;
      const slot = 4 * cell + east + 2 * south;
      const found = this.child[slot]!;
      if (found === -1) {
        this.child[slot] = -(body + 2);
        return;
      }
      left += east * half;
      top += south * half;
      if (found < -1) {
        // Bodies on one spot share the fate of the first: the cell weighs both.
        if (half < 1e-6 || this.cells + 1 >= this.capacity) return;
        const inner = this.cell(half);
        this.child[slot] = inner;
        const other = -found - 2;
        this.add(inner, other);
        const e = this.x[other]! >= left + half / 2 ? 1 : 0;
        const s = this.y[other]! >= top + half / 2 ? 1 : 0;
        this.child[4 * inner + e + 2 * s] = found;
        cell = inner;
      } else {
        cell = found;
      }
    }
  }

  /** The repulsion that a body of weight 1 feels at a place, into fx and fy. */
  force(px: number, py: number, opening: number): void {
    const { stack, child, cx, cy, mass, size } = this;
    let top = 0;
    let fx = 0;
    let fy = 0;
    stack[top++] = 0;
    while (top > 0) {
      const cell = stack[--top]!;
      const dx = px - cx[cell]!;
      const dy = py - cy[cell]!;
      const distance = dx * dx + dy * dy;
      if (size[cell]! * size[cell]! < opening * opening * distance) {
        fx += (dx / distance) * mass[cell]!;
        fy += (dy / distance) * mass[cell]!;
        continue;
      }
      for (let slot = 4 * cell; slot < 4 * cell + 4; ++slot) {
        const found = child[slot]!;
        if (found >= 0) {
          stack[top++] = found;
        } else if (found < -1) {
          const body = -found - 2;
          const bx = px - this.x[body]!;
          const by = py - this.y[body]!;
          const near = bx * bx + by * by;
          if (near > 1e-12) {
            fx += (bx / Math.max(near, 0.01)) * this.weight[body]!;
            fy += (by / Math.max(near, 0.01)) * this.weight[body]!;
          }
        }
      }
    }
    this.fx = fx;
    this.fy = fy;
  }
}
