import type {Buffering} from './subscription-request.ts';

/** Events as JSON, with their size. */
export type Batch = {items: string[]; bytes: number};

/** Collects events until there are enough items or bytes, or the first of them has waited long enough. */
export class EventBuffer {
  private readonly limits: Buffering;
  private readonly onBatch: (batch: Batch) => void;
  private batch: Batch = {items: [], bytes: 0};
  private timer: NodeJS.Timeout | undefined;

  constructor(limits: Buffering, onBatch: (batch: Batch) => void) {
    this.limits = limits;
    this.onBatch = onBatch;
  }

  add(item: string): void {
    this.batch.items.push(item);
    this.batch.bytes += Buffer.byteLength(item);
    this.timer ??= setTimeout(() => this.flush(), this.limits.timeoutMs);
    if (this.batch.items.length >= this.limits.maxItems || this.batch.bytes >= this.limits.maxBytes) this.flush();
  }

  /** Hands over what there is, if anything. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const {batch} = this;
    this.batch = {items: [], bytes: 0};
    if (batch.items.length > 0) this.onBatch(batch);
  }

  /** Forgets what there is. */
  close(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.batch = {items: [], bytes: 0};
  }
}
