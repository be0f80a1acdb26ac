import type {LogMessage} from '../../lifecycle/message.ts';
import type {LineBlock} from './line-block.ts';

/** Who wrote a line: one for all lines of a stream. */
export type LineSource = Pick<LogMessage, 'function' | 'stream' | 'environmentId'>;

/**
 * A log line whose texts are kept elsewhere: a session keeps tens of thousands that are rarely looked at, and as they come
 * they would take more room than all of the app. It reads as any other.
 */
export class KeptLine implements LogMessage {
  readonly #source: LineSource;
  readonly #block: LineBlock;
  readonly #index: number;

  constructor(source: LineSource, block: LineBlock, index: number) {
    this.#source = source;
    this.#block = block;
    this.#index = index;
  }

  /** The same line, as of another source: its stream has been joined with an environment. */
  from(source: LineSource): KeptLine {
    return new KeptLine(source, this.#block, this.#index);
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
    return this.#block.timestamp(this.#index);
  }
  /** Characters of its message. */
  get length(): number {
    return this.#block.length(this.#index);
  }
  get ingestedAt(): number {
    return this.#block.texts(this.#index)[0];
  }
  get eventId(): string {
    return this.#block.texts(this.#index)[1];
  }
  get message(): string {
    return this.#block.texts(this.#index)[2];
  }
  get requestId(): string {
    return this.#block.texts(this.#index)[3] as string;
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
