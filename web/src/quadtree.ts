// Repulsion between all bodies in n log n (Barnes and Hut 1986): a far cell counts as one body.
//
// Bodies are sorted by the Morton code of their place, the bits of x and y interleaved, so that the
// bodies of a cell are neighbours. Cells then stand in the order of a walk through the tree, each
// with the number of the next cell that is no part of it: a walk is a loop that reads arrays from
// front to back, and needs no stack. A cell with one quadrant in use is left out for that quadrant.

const BITS = 16; // of a code, for each axis
const BODIES = 2 ** 20; // a code and a body's number share the 53 bits of a float
const LEAST = 0.01; // squared distance: what lies nearer repels no more than this

export class QuadTree {
  private readonly sorted: Float64Array; // code * BODIES + body
  private readonly codes: Uint32Array;
  private readonly order: Int32Array;
  private readonly mass: Float64Array;
  private readonly cx: Float64Array;
  private readonly cy: Float64Array;
  private readonly near: Float64Array; // squared distance up to which the cell is opened
  private readonly next: Int32Array;
  private cells = 0;
  private x!: Float64Array;
  private y!: Float64Array;
  private weight!: Float64Array;
  private reach = 0;

  constructor(private readonly bodies: number) {
    if (bodies > BODIES) throw new Error(`a layout takes ${BODIES} nodes at most`);
    const most = 2 * bodies + 1;
    this.sorted = new Float64Array(bodies);
    this.codes = new Uint32Array(bodies);
    this.order = new Int32Array(bodies);
    this.mass = new Float64Array(most);
    this.cx = new Float64Array(most);
    this.cy = new Float64Array(most);
    this.near = new Float64Array(most);
    this.next = new Int32Array(most);
  }

  /** `opening`: a cell counts as one body where it is seen under a smaller angle. */
  build(x: Float64Array, y: Float64Array, weight: Float64Array, opening: number): void {
    [this.x, this.y, this.weight] = [x, y, weight];
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < this.bodies; ++i) {
      low = Math.min(low, x[i]!, y[i]!);
      high = Math.max(high, x[i]!, y[i]!);
    }
    const size = Math.max(high - low, 1e-9) * 1.0001;
    this.reach = size / opening;
    this.sort(low, 2 ** BITS / size);
    this.cells = 0;
    if (this.bodies > 0) this.cell(0, this.bodies, BITS - 1);
  }

  /** Adds to fx and fy what the bodies do to each other, each times its own `charge`. */
  repel(charge: number, fx: Float64Array, fy: Float64Array): void {
    const { x, y, weight, cx, cy, mass, near, next, cells } = this;
    for (const body of this.order) {
      const px = x[body]!;
      const py = y[body]!;
      let sumX = 0;
      let sumY = 0;
      for (let cell = 0; cell < cells; ) {
        const dx = px - cx[cell]!;
        const dy = py - cy[cell]!;
        const distance = dx * dx + dy * dy;
        if (distance < near[cell]!) {
          ++cell;
          continue;
        }
        const force = mass[cell]! / (distance > LEAST ? distance : LEAST);
        sumX += dx * force;
        sumY += dy * force;
        cell = next[cell]!;
      }
      fx[body]! += sumX * charge * weight[body]!;
      fy[body]! += sumY * charge * weight[body]!;
    }
  }

  private sort(low: number, scale: number): void {
    const { x, y, sorted, codes, order } = this;
    for (let i = 0; i < this.bodies; ++i) {
      const code = spread((x[i]! - low) * scale) + 2 * spread((y[i]! - low) * scale);
      sorted[i] = code * BODIES + i;
    }
    sorted.sort();
    for (let i = 0; i < this.bodies; ++i) {
      codes[i] = Math.floor(sorted[i]! / BODIES);
      order[i] = sorted[i]! % BODIES;
    }
  }

  // The cell of the bodies from `begin` up to `end`, whose codes agree above two bits at `level`;
  // no deeper than the codes have levels.
  private cell(begin: number, end: number, level: number): void {
    const first = this.codes[begin]!;
    const last = this.codes[end - 1]!;
    while (level >= 0 && digit(first, level) === digit(last, level)) --level;
    const cell = this.cells++;
    if (level < 0) return this.leaf(cell, begin, end);
    for (let i = begin; i < end; ) {
      const quadrant = digit(this.codes[i]!, level);
      let stop = i + 1;
      while (stop < end && digit(this.codes[stop]!, level) === quadrant) ++stop;
      this.cell(i, stop, level - 1);
      i = stop;
    }
    const side = this.reach / 2 ** (BITS - 1 - level);
    this.near[cell] = side * side;
    this.next[cell] = this.cells;
    this.weigh(cell);
  }

  // One body, or several with the same code.
  private leaf(cell: number, begin: number, end: number): void {
    let mass = 0;
    let x = 0;
    let y = 0;
    for (let i = begin; i < end; ++i) {
      const body = this.order[i]!;
      const weight = this.weight[body]!;
      mass += weight;
      x += weight * this.x[body]!;
      y += weight * this.y[body]!;
    }
    this.mass[cell] = mass;
    this.cx[cell] = x / mass;
    this.cy[cell] = y / mass;
    this.near[cell] = 0;
    this.next[cell] = cell + 1;
  }

  private weigh(cell: number): void {
    let mass = 0;
    let x = 0;
    let y = 0;
    for (let part = cell + 1; part < this.cells; part = this.next[part]!) {
      mass += this.mass[part]!;
      x += this.mass[part]! * this.cx[part]!;
      y += this.mass[part]! * this.cy[part]!;
    }
    this.mass[cell] = mass;
    this.cx[cell] = x / mass;
    this.cy[cell] = y / mass;
  }
}

function digit(code: number, level: number): number {
  return (code >>> (2 * level)) & 3;
}

/** 16 bits with a zero before each. */
function spread(number: number): number {
  let bits = number & 0xffff;
  bits = (bits | (bits << 8)) & 0x00ff00ff;
  bits = (bits | (bits << 4)) & 0x0f0f0f0f;
  bits = (bits | (bits << 2)) & 0x33333333;
  return (bits | (bits << 1)) & 0x55555555;
}
