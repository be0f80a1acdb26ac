import type {LifecycleEvent} from '../../lifecycle/event.ts';

/** `reason` is one word for a log line; `retry`: the same write may succeed later. */
export type PutOutcome = {ok: true} | {ok: false; reason: string; retry: boolean};
export type Put = (event: LifecycleEvent, timeoutMs: number) => Promise<PutOutcome>;

type OutboxOptions = {
  put: Put;
  log: (line: string) => void;
  /** Wall clock, epoch ms. */
  now: () => number;
  wait: (ms: number) => Promise<void>;
  /** What the generation before left over, oldest first. */
  leftOver?: readonly LifecycleEvent[];
  /** Keeps events for the next generation; false when that is not possible. */
  keep: (events: readonly LifecycleEvent[]) => boolean;
};

/** Writes events to the table and keeps those that could not be written. Never rejects. */
export type Outbox = {
  /** Writes one event, then what is queued, until `endsAt` (epoch ms) or the first failure. */
  write(event: LifecycleEvent, endsAt: number): Promise<void>;
  /**
   * The same for the last event, trying again within the time. After a spindown nothing of the environment remains, and
   * what is left over is dropped; after any other end it is kept for the next generation.
   */
  close(event: LifecycleEvent, endsAt: number): Promise<void>;
};

type Entry = {event: LifecycleEvent; reason?: string | undefined};

const capacity = 100;
/** For one write; what is left of the budget is for another try on another socket. */
const attemptLimitMs = 700;
/** How many queued items are written at a time. */
const lanes = 4;
const pausesMs = [0, 100, 300];

export function createOutbox({put, log, now, wait, leftOver = [], keep}: OutboxOptions): Outbox {
  let queue: Entry[] = leftOver.map(event => ({event}));

  async function attempt(entry: Entry, endsAt: number): Promise<'written' | 'refused' | 'failed'> {
    const timeoutMs = Math.min(attemptLimitMs, endsAt - now());
    if (timeoutMs <= 0) {
      entry.reason ??= 'no time left';
      return 'failed';
    }
    entry.event = {...entry.event, writtenAt: new Date(now()).toISOString()};
    const outcome = await put(entry.event, timeoutMs);
    if (outcome.ok) return 'written';
    entry.reason = outcome.reason;
    return outcome.retry ? 'failed' : 'refused';
  }

  async function writeOwn(entry: Entry, endsAt: number): Promise<boolean> {
    const result = await attempt(entry, endsAt);
    if (result === 'written') log(`Wrote to DynamoDB: ${entry.event.eventType}`);
    if (result === 'refused') drop(entry);
    return result !== 'failed';
  }

  /** Oldest first. What fails keeps its place, and stops the rest: the table would answer them the same. */
  async function flush(endsAt: number): Promise<void> {
    const waiting = [...queue];
    const settled = new Set<Entry>();
    let failed = false;
    async function lane(): Promise<void> {
      for (let entry = waiting.shift(); entry && !failed; entry = waiting.shift()) {
        const result = await attempt(entry, endsAt);
        if (result === 'failed') failed = true;
        else settled.add(entry);
        if (result === 'written') log(`Retried: ${entry.event.eventType}`);
        if (result === 'refused') drop(entry);
      }
    }
    await Promise.all(Array.from({length: Math.min(lanes, waiting.length)}, lane));
    queue = queue.filter(entry => !settled.has(entry));
  }

  function hold({event, reason}: Entry): void {
    log(`Queued: ${event.eventType} (${reason ?? 'no time left'})`);
  }

  function drop({event, reason}: Entry): void {
    log(`Dropped: ${event.eventType} (${reason ?? 'no time left'})`);
  }

  async function write(event: LifecycleEvent, endsAt: number): Promise<void> {
    const own: Entry = {event};
    if (await writeOwn(own, endsAt)) return flush(endsAt);
    hold(own);
    queue.push(own);
    for (const entry of queue.splice(0, queue.length - capacity)) drop({...entry, reason: 'queue full'});
  }

  async function close(event: LifecycleEvent, endsAt: number): Promise<void> {
    const own: Entry = {event};
    let done = false;
    for (const pause of pausesMs) {
      if (pause >= endsAt - now()) break;
      if (pause > 0) await wait(pause);
      done ||= await writeOwn(own, endsAt);
      if (done) await flush(endsAt);
      if (done && queue.length === 0) return;
    }
    const rest = done ? queue : [...queue, own];
    const kept = event.shutdownReason !== 'spindown' && keep(rest.map(entry => entry.event));
    for (const entry of rest) (kept ? hold : drop)({...entry, reason: entry.reason ?? own.reason});
  }

  return {write, close};
}
