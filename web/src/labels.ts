// Names on a picture: short enough, and none over another.

import type { Box } from "./geometry";

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif";
/** Pixels: how high a name is written. */
export const LABEL = 13;

const CELL = 64;
const MOST = 42; // characters
/** So many nodes, those with the most relationships, get their names before others get room. */
export const HUBS = 24;

export function shortened(name: string): string {
  const characters = [...name];
  return characters.length <= MOST ? name : characters.slice(0, MOST - 2).join("") + "…";
}

export interface Spot {
  /** Where the text begins, at half its height. */
  x: number;
  y: number;
}

export interface Disc extends Spot {
  size: number;
}

interface Place extends Box {
  /** Of a node, over which a name may lie where it must. */
  node: boolean;
}

/** Where names stand beside nodes: none over another, and over nodes only where it must be. */
export class Names {
  private readonly cells = new Map<number, Place[]>();

  /** `room`: how wide the picture is; `height` of a line. */
  constructor(
    private readonly room: number,
    private readonly height: number,
    nodes: Iterable<Disc>,
  ) {
    for (const { x, y, size } of nodes) {
      const box = { left: x - size, top: y - size, right: x + size, bottom: y + size };
      this.put({ ...box, node: true });
    }
  }

  /** Where no name may stand. */
  keepFree(box: Box): void {
    this.put({ ...box, node: false });
  }

  /**
   * A place for a name of this width: right, left, below or above; null where there is none. Where
   * the name is `needed` it may cover nodes.
   */
  beside(at: Disc, width: number, needed: boolean): Spot | null {
    const far = at.size + 4;
    const low = at.size + this.height / 2 + 1;
    const spots = [
      { x: at.x + far, y: at.y },
      { x: at.x - far - width, y: at.y },
      { x: at.x - width / 2, y: at.y + low },
      { x: at.x - width / 2, y: at.y - low },
    ].filter((spot) => spot.x >= 0 && spot.x + width <= this.room);
    const spot =
      spots.find((one) => this.isFree(this.box(one, width), false)) ??
      (needed ? spots.find((one) => this.isFree(this.box(one, width), true)) : undefined);
    if (!spot) return null;
    this.put(this.box(spot, width));
    return spot;
  }

  private box({ x, y }: Spot, width: number): Place {
    const half = this.height / 2;
    return { left: x, top: y - half, right: x + width, bottom: y + half, node: false };
  }

  private isFree(box: Place, overNodes: boolean): boolean {
    return this.touched(box).every((cell) =>
      (this.cells.get(cell) ?? []).every(
        (other) =>
          (overNodes && other.node) ||
          other.left >= box.right ||
          box.left >= other.right ||
          other.top >= box.bottom ||
          box.top >= other.bottom,
      ),
    );
  }

  private put(box: Place): void {
    for (const cell of this.touched(box)) {
      const boxes = this.cells.get(cell);
      if (boxes) boxes.push(box);
      else this.cells.set(cell, [box]);
    }
  }

  private touched(box: Box): number[] {
    const cells: number[] = [];
    for (let x = Math.floor(box.left / CELL); x <= Math.floor(box.right / CELL); ++x) {
      for (let y = Math.floor(box.top / CELL); y <= Math.floor(box.bottom / CELL); ++y) {
        cells.push(x * 65536 + y);
      }
    }
    return cells;
  }
}
