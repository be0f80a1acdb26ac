import {deflateRawSync, inflateRawSync} from 'node:zlib';
import type {LogMessage} from '../../lifecycle/message.ts';

export const linesPerBlock = 512;
/** Lines may have a megabyte each: a block of such ones is packed sooner. */
const bytesPerBlock = 1_000_000;

/** Who wrote a line. */
export type LineSource = Pick<LogMessage, 'function' | 'stream' | 'environmentId'>;

/** What a line says, as far as it is rarely looked at. */
export type Texts = readonly [ingestedAt: number, eventId: string, message: string, requestId?: string];

/** Where lines are written before they are packed: one for all blocks of a session, one after the other. */
export type Scratch = {bytes: Buffer};

/** Blocks that were looked at last: what is scrolled through or searched is taken apart once. */
const opened = new Map<LineBlock, readonly Texts[]>();
const mostOpened = 3;

/**
 * Log lines in the order in which they came, written down outside of the heap: first as they are, and compressed once the
 * block is full. As objects of their own they would take more room than all of the app, and leave holes where they were.
 */
export class LineBlock {
  readonly #timestamps = new Float64Array(linesPerBlock);
  /** Characters of each message. */
  readonly #lengths = new Uint32Array(linesPerBlock);
  readonly #sources: LineSource[] = [];
  readonly #sourceOf = new Uint16Array(linesPerBlock);
  #count = 0;
  #written: {scratch: Scratch; ends: number[]} | undefined;
  #packed: Buffer | undefined;

  constructor(scratch: Scratch) {
    this.#written = {scratch, ends: [0]};
  }

  /** Nothing can be added. */
  get isFull(): boolean {
    return this.#packed !== undefined;
  }

  /** Epoch ms. */
  timestamp(index: number): number {
    return this.#timestamps[index]!;
  }

  length(index: number): number {
    return this.#lengths[index]!;
  }

  source(index: number): LineSource {
    return this.#sources[this.#sourceOf[index]!]!;
  }

  /** Writes a line down; its index. */
  add(source: LineSource, timestamp: number, texts: Texts): number {
    const index = this.#count;
    this.#timestamps[index] = timestamp;
    this.#lengths[index] = texts[2].length;
    this.#sourceOf[index] = this.#sourceIndex(source);
    this.#count += 1;
    const {scratch, ends} = this.#written!;
    const begin = ends.at(-1)!;
    const text = `${JSON.stringify(texts)},`;
    const needed = begin + Buffer.byteLength(text);
    const {length} = scratch.bytes;
    if (needed > length) scratch.bytes = Buffer.concat([scratch.bytes], Math.max(needed, 2 * length));
    ends.push(begin + scratch.bytes.write(text, begin));
    if (this.#count === linesPerBlock || ends.at(-1)! > bytesPerBlock) this.#pack();
    return index;
  }

  texts(index: number): Texts {
    if (this.#written) {
      const {scratch, ends} = this.#written;
      return JSON.parse(scratch.bytes.toString('utf8', ends[index]!, ends[index + 1]! - 1)) as Texts;
    }
    let texts = opened.get(this);
    if (!texts) {
      if (opened.size >= mostOpened) opened.delete(opened.keys().next().value!);
      texts = JSON.parse(`[${inflateRawSync(this.#packed!).toString().slice(0, -1)}]`) as Texts[];
      opened.set(this, texts);
    }
    return texts[index]!;
  }

  /** Each line brings copies of the same few names: they are kept once. */
  #sourceIndex({function: name, stream, environmentId}: LineSource): number {
    const index = this.#sources.findLastIndex(
      one => one.stream === stream && one.function === name && one.environmentId === environmentId,
    );
    if (index >= 0) return index;
    return this.#sources.push({function: name, stream, ...(environmentId !== undefined && {environmentId})}) - 1;
  }

  #pack(): void {
    const {scratch, ends} = this.#written!;
    // What zlib gives is a piece of something larger.
    this.#packed = Buffer.from(deflateRawSync(scratch.bytes.subarray(0, ends.at(-1)), {level: 1}));
    this.#written = undefined;
  }
}
