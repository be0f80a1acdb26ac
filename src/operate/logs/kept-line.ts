import type {LogMessage} from '../../lifecycle/message.ts';
import type {LineBlock, Texts} from './line-block.ts';

/** A line of a block, for as long as somebody looks at it. It reads as any other. */
export class KeptLine implements LogMessage {
  readonly #block: LineBlock;
  readonly #index: number;

  constructor(block: LineBlock, index: number) {
    this.#block = block;
    this.#index = index;
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
    return this.#block.source(this.#index).function;
  }
  get stream(): string {
    return this.#block.source(this.#index).stream;
  }
  get environmentId(): string {
    // The type of a message says that it is a text where it is there at all.
    return this.#block.source(this.#index).environmentId as string;
  }
  get timestamp(): number {
    return this.#block.timestamp(this.#index);
  }
  get ingestedAt(): number {
    return this.#texts[0];
  }
  get eventId(): string {
    return this.#texts[1];
  }
  get message(): string {
    return this.#texts[2];
  }
  get requestId(): string {
    return this.#texts[3] as string;
  }

  get #texts(): Texts {
    return this.#block.texts(this.#index);
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
