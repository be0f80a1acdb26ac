import type {LogLine} from '../../logs/log-sink.ts';

/** Passes lines on in batches of one turn of the event loop, and keeps those of a running invocation for its tail. */
export class LogWriter {
  private readonly send: (lines: LogLine[]) => void;
  private batch: LogLine[] = [];
  private tail: LogLine[] | undefined;

  constructor(send: (lines: LogLine[]) => void) {
    this.send = send;
  }

  write(message: string): void {
    const line = {timestamp: Date.now(), message};
    if (this.batch.length === 0) queueMicrotask(() => this.flush());
    this.batch.push(line);
    this.tail?.push(line);
  }

  startTail(): void {
    this.tail = [];
  }

  endTail(): LogLine[] {
    this.flush();
    const lines = this.tail ?? [];
    this.tail = undefined;
    return lines;
  }

  flush(): void {
    const lines = this.batch;
    this.batch = [];
    if (lines.length > 0) this.send(lines);
  }
}
