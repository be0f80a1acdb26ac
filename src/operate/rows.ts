/** What a long list has in common with an array that nobody writes to. */
export interface Rows<T> extends Iterable<T> {
  readonly length: number;
  at(index: number): T | undefined;
  slice(start?: number, end?: number): T[];
  findIndex(test: (row: T) => unknown): number;
  findLast(test: (row: T) => unknown): T | undefined;
  /** What tells the rows from one another, where a row is made anew each time that it is asked for. */
  readonly rowKeys?: Rows<unknown>;
}

/** How many rows at the beginning pass a test that, from the first one that fails on, all fail. Asks few of them. */
export function leadingRows<T>(rows: Pick<Rows<T>, 'length' | 'at'>, passes: (row: T) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (passes(rows.at(middle)!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows of which each is found by its place. */
export abstract class RowsByPlace<T> implements Rows<T> {
  abstract readonly length: number;
  /** The row at a place from 0 to below the length. */
  protected abstract row(place: number): T;

  at(index: number): T | undefined {
    const place = index < 0 ? this.length + index : index;
    return place >= 0 && place < this.length ? this.row(place) : undefined;
  }

  slice(start = 0, end = this.length): T[] {
    const inside = (index: number) => Math.max(0, Math.min(index < 0 ? this.length + index : index, this.length));
    const first = inside(start);
    return Array.from({length: Math.max(0, inside(end) - first)}, (_, index) => this.row(first + index));
  }

  findIndex(test: (row: T) => unknown): number {
    for (let place = 0; place < this.length; place++) if (test(this.row(place))) return place;
    return -1;
  }

  findLast(test: (row: T) => unknown): T | undefined {
    for (let place = this.length - 1; place >= 0; place--) {
      const row = this.row(place);
      if (test(row)) return row;
    }
    return undefined;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let place = 0; place < this.length; place++) yield this.row(place);
  }
}
