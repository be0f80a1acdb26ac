import {deflateRawSync, inflateRawSync} from 'node:zlib';
import type {LogMessage} from '../../lifecycle/message.ts';

/** Who wrote a line: one for all lines of a stream. */
export type LineSource = Pick<LogMessage, 'function' | 'stream' | 'environmentId'>;

/** What is its own. */
type Own = Pick<LogMessage, 'timestamp' | 'ingestedAt' | 'eventId' | 'message' | 'requestId'>;
type Texts = [eventId: string, message: string, requestId?: string];

/** Lines that are packed together: their texts as one compressed piece, their times and lengths as they are. */
type Block = {timestamps: Float64Array; ingestedAts: Float64Array; lengths: Uint32Array; packed: Buffer};

/** Blocks whose texts were looked at last: what is scrolled through or searched is taken apart once. */
const opened = new Map<Block, readonly Texts[]>();
const mostOpened = 8;

/**
 * A log line that can be packed away: a session keeps tens of thousands that are rarely looked at, and as objects of their
 * own they would take more room than all of the app. It stays the same line, and reads as any other.
 */
export class KeptLine implements LogMessage {
  #source: LineSource;
  #held: Own | Block;
  #index = -1;

  constructor(source: LineSource, held: Own | Block, index = -1) {
    this.#source = source;
    this.#held = held;
    this.#index = index;
  }

  /** Packs lines in place. */
  static pack(lines: readonly KeptLine[]): void {
    const texts = lines.map(
      ({eventId, message, requestId}): Texts =>
        requestId === undefined ? [eventId, message] : [eventId, message, requestId],
    );
    const block: Block = {
      timestamps: Float64Array.from(lines, line => line.timestamp),
      ingestedAts: Float64Array.from(lines, line => line.ingestedAt),
      lengths: Uint32Array.from(lines, ({length}) => length),
      packed: Buffer.from(deflateRawSync(JSON.stringify(texts), {level: 1})),
    };
    for (const [index, line] of lines.entries()) {
      line.#held = block;
      line.#index = index;
    }
  }

  /** The same line, as of another source: its stream has been joined with an environment. */
  from(source: LineSource): KeptLine {
    return new KeptLine(source, this.#held, this.#index);
  }

  get v(): 1 {
    return 1;
  }
  get type(): 'log' {
    return 'log';
  }
  get at(): string {
    return new Date(this.ingestedAt).toISOString();
  }
  get function(): string {
    return this.#source.function;
  }
  get stream(): string {
    return this.#source.stream;
  }
  get environmentId(): string {
    // The type of a message says that it is a text where it is there at all.
    return this.#source.environmentId as string;
  }
  get timestamp(): number {
    return 'packed' in this.#held ? this.#held.timestamps[this.#index]! : this.#held.timestamp;
  }
  get ingestedAt(): number {
    return 'packed' in this.#held ? this.#held.ingestedAts[this.#index]! : this.#held.ingestedAt;
  }
  /** Characters of its message. */
  get length(): number {
    return 'packed' in this.#held ? this.#held.lengths[this.#index]! : this.#held.message.length;
  }
  get eventId(): string {
    return 'packed' in this.#held ? this.#texts(this.#held)[0] : this.#held.eventId;
  }
  get message(): string {
    return 'packed' in this.#held ? this.#texts(this.#held)[1] : this.#held.message;
  }
  get requestId(): string {
    return ('packed' in this.#held ? this.#texts(this.#held)[2] : this.#held.requestId) as string;
  }

  #texts(block: Block): Texts {
    let texts = opened.get(block);
    if (!texts) {
      if (opened.size >= mostOpened) opened.delete(opened.keys().next().value!);
      texts = JSON.parse(inflateRawSync(block.packed).toString()) as Texts[];
      opened.set(block, texts);
    }
    return texts[this.#index]!;
  }
}

/** All members of a line as an object of their own. */
export function plainLine(line: LogMessage): LogMessage {
  const {v, at, type, stream, timestamp, eventId, ingestedAt, message, requestId, environmentId} = line;
  return {
    ...{v, at, type, function: line.function, stream, timestamp, eventId, ingestedAt, message},
    ...(requestId !== undefined && {requestId}),
    ...(environmentId !== undefined && {environmentId}),
  };
}
