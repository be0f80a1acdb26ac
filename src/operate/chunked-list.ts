/** What a long list has in common with an array that nobody writes to. */
export interface Rows<T> extends Iterable<T> {
  readonly length: number;
  at(index: number): T | undefined;
  slice(start?: number, end?: number): T[];
  indexOf(row: T): number;
  findIndex(test: (row: T) => unknown): number;
  findLast(test: (row: T) => unknown): T | undefined;
}

const chunkBits = 9;
const chunkLength = 1 << chunkBits;

/**
 * A long list that is never mutated and shares what it can with the list it was made from. An array of 50,000 rows that
 * is copied with each few rows that come leaves megabytes a second behind; of this one the last 512 are copied at most.
 */
export class ChunkedList<T> implements Rows<T> {
  readonly length: number;
  /** All full, but the last one. */
  readonly #chunks: readonly (readonly T[])[];
  /** Rows of the first chunk that are no longer in the list. */
  readonly #left: number;

  private constructor(chunks: readonly (readonly T[])[], left: number, length: number) {
    this.#chunks = chunks;
    this.#left = left;
    this.length = length;
  }

  static of<T>(rows: readonly T[]): ChunkedList<T> {
    return new ChunkedList<T>([], 0, 0).upTo(0, rows);
  }

  /** Its first `end` rows, and `added` after them. */
  upTo(end: number, added: readonly T[]): ChunkedList<T> {
    const place = end + this.#left;
    const whole = place >> chunkBits;
    const chunks = this.#chunks.slice(0, whole);
    const rest = [...(this.#chunks[whole]?.slice(0, place % chunkLength) ?? []), ...added];
    for (let at = 0; at < rest.length; at += chunkLength) chunks.push(rest.slice(at, at + chunkLength));
    return new ChunkedList(chunks, this.#left, end + added.length);
  }

  /** All but its first `start` rows. */
  from(start: number): ChunkedList<T> {
    const place = this.#left + Math.min(start, this.length);
    return new ChunkedList(
      this.#chunks.slice(place >> chunkBits),
      place % chunkLength,
      Math.max(0, this.length - start),
    );
  }

  /** Each row as `change` gives it; what stays the same is shared. */
  changed(change: (row: T) => T): ChunkedList<T> {
    const chunks = this.#chunks.map(chunk => {
      const rows = chunk.map(change);
      return rows.every((row, index) => row === chunk[index]) ? chunk : rows;
    });
    return new ChunkedList(chunks, this.#left, this.length);
  }

  at(index: number): T | undefined {
    const place = this.#left + (index < 0 ? this.length + index : index);
    if (place < this.#left || index >= this.length) return undefined;
    return this.#chunks[place >> chunkBits]?.[place % chunkLength];
  }

  slice(start = 0, end = this.length): T[] {
    const inside = (index: number) => Math.max(0, Math.min(index < 0 ? this.length + index : index, this.length));
    const [first, behind] = [inside(start), inside(end)];
    return Array.from({length: Math.max(0, behind - first)}, (_, index) => this.at(first + index)!);
  }

  findIndex(test: (row: T) => unknown): number {
    for (let index = 0; index < this.length; index++) if (test(this.at(index)!)) return index;
    return -1;
  }

  indexOf(row: T): number {
    for (let index = 0; index < this.length; index++) if (this.at(index) === row) return index;
    return -1;
  }

  findLast(test: (row: T) => unknown): T | undefined {
    for (let index = this.length - 1; index >= 0; index--) if (test(this.at(index)!)) return this.at(index);
    return undefined;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (let index = 0; index < this.length; index++) yield this.at(index)!;
  }
}
