import type {Settings} from '../../settings.ts';
import type {Batch} from './buffer.ts';
import type {Send} from './destination.ts';

export type Dropped = {droppedRecords: number; droppedBytes: number; reason: string};

const tooSlow = 'Consumer seems to have fallen behind as it has not acknowledged receipt of logs.';
const failed = 'Consumer could not be reached or refused the logs.';

/**
 * Delivers batches one after the other, in order, only while the environment is thawed. A batch that fails is tried
 * again after each of `retryMs`, then dropped; so is one that finds the queue full. Nothing waits for it.
 */
export class Outbox {
  private readonly settings: Settings['telemetry'];
  private readonly send: Send;
  /** An item that tells what was dropped, if the consumer wants to know. */
  private readonly notice: (dropped: Dropped) => string | undefined;
  private readonly queue: Batch[] = [];
  private queuedBytes = 0;
  private dropped: Dropped | undefined;
  private running: Promise<void> | undefined;
  private paused = false;
  private ending = false;
  private closed = false;
  private attempt: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  private wake: () => void = () => {};

  constructor(settings: Settings['telemetry'], send: Send, notice: (dropped: Dropped) => string | undefined) {
    this.settings = settings;
    this.send = send;
    this.notice = notice;
  }

  add(batch: Batch): void {
    if (this.closed) return;
    if (this.queuedBytes + batch.bytes > this.settings.queueLimitBytes) {
      this.drop(batch, tooSlow);
      return;
    }
    this.queue.push(batch);
    this.queuedBytes += batch.bytes;
    this.start();
  }

  /** Counts what is lost; told with the next delivery. */
  drop(batch: {items: {length: number}; bytes: number}, reason: string = tooSlow): void {
    this.dropped = {
      droppedRecords: (this.dropped?.droppedRecords ?? 0) + batch.items.length,
      droppedBytes: (this.dropped?.droppedBytes ?? 0) + batch.bytes,
      reason,
    };
  }

  /** The environment is frozen: what is under way may take as long as that lasts. */
  pause(): void {
    this.paused = true;
    clearTimeout(this.timer);
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.armTimeout();
    this.wake();
    this.start();
  }

  /** From now on nothing is tried twice; resolves when everything was delivered or dropped. */
  async drain(): Promise<void> {
    this.ending = true;
    this.wake();
    await this.running;
  }

  close(): void {
    this.closed = true;
    this.queue.length = 0;
    clearTimeout(this.timer);
    this.attempt?.abort();
    this.wake();
  }

  private start(): void {
    if (this.mayDeliver) this.running ??= this.run();
  }

  private get mayDeliver(): boolean {
    return !this.closed && !this.paused && this.queue.length > 0;
  }

  private async run(): Promise<void> {
    while (this.mayDeliver) {
      const batch = this.queue[0]!;
      const delivered = await this.deliver(batch);
      if (this.closed || delivered === undefined) break;
      this.queue.shift();
      this.queuedBytes -= batch.bytes;
      if (!delivered) this.drop(batch, failed);
    }
    this.running = undefined;
  }

  /** Whether it arrived; nothing when a freeze came between two attempts. */
  private async deliver(batch: Batch): Promise<boolean | undefined> {
    for (const waitMs of [0, ...this.settings.retryMs]) {
      if (waitMs > 0) {
        if (this.ending) return false;
        await this.sleep(waitMs);
        if (this.ending || this.closed) return false;
        if (this.paused) return undefined;
      }
      if (await this.tryOnce(batch)) return true;
      if (this.closed) return false;
    }
    return false;
  }

  private async tryOnce(batch: Batch): Promise<boolean> {
    const {dropped} = this;
    const notice = dropped && this.notice(dropped);
    this.attempt = new AbortController();
    this.armTimeout();
    const arrived = await this.send(notice ? [notice, ...batch.items] : batch.items, this.attempt.signal);
    clearTimeout(this.timer);
    this.attempt = undefined;
    if (arrived && this.dropped === dropped) this.dropped = undefined;
    else if (arrived && dropped) this.subtract(dropped);
    return arrived;
  }

  /** More was dropped while `told` was on its way. */
  private subtract(told: Dropped): void {
    this.dropped!.droppedRecords -= told.droppedRecords;
    this.dropped!.droppedBytes -= told.droppedBytes;
  }

  private armTimeout(): void {
    const {attempt} = this;
    clearTimeout(this.timer);
    if (attempt && !this.paused) this.timer = setTimeout(() => attempt.abort(), this.settings.deliveryMs);
  }

  private sleep(ms: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
