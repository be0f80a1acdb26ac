import {RowsByPlace} from './rows.ts';

const chunkBits = 9;
const chunkLength = 1 << chunkBits;

/**
 * A long list that is never mutated and shares what it can with the list it was made from. An array of 50,000 rows that
 * is copied with each few rows that come leaves megabytes a second behind; of this one the last 512 are copied at most.
 */
export class ChunkedList<T> extends RowsByPlace<T> {
  readonly length: number;
  /** All full, but the last one. */
  readonly #chunks: readonly (readonly T[])[];
  /** Rows of the first chunk that are no longer in the list. */
  readonly #left: number;

  private constructor(chunks: readonly (readonly T[])[], left: number, length: number) {
    super();
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
    const length = Math.max(0, this.length - start);
    return new ChunkedList(this.#chunks.slice(place >> chunkBits), place % chunkLength, length);
  }

  /** Each row as `change` gives it, asked in order; what stays the same is shared. */
  changed(change: (row: T) => T): ChunkedList<T> {
    const chunks = this.#chunks.map((chunk, at) => {
      const rows = chunk.map((row, index) => (at === 0 && index < this.#left ? row : change(row)));
      return rows.every((row, index) => row === chunk[index]) ? chunk : rows;
    });
    return new ChunkedList(chunks, this.#left, this.length);
  }

  protected row(place: number): T {
    const inChunks = this.#left + place;
    return this.#chunks[inChunks >> chunkBits]![inChunks % chunkLength]!;
  }
}
