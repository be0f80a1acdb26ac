import type {LifecycleEvent} from '../../lifecycle/event.ts';
import type {Clock} from './clock.ts';

/**
 * `reason` is one word for a log line. `retry`: whether the same write may succeed within moments (throttled, cut off),
 * at a later event (not allowed yet), or never (invalid).
 */
export type PutOutcome = {ok: true} | {ok: false; reason: string; retry: 'now' | 'later' | 'never'};
export type Put = (event: LifecycleEvent, timeoutMs: number) => Promise<PutOutcome>;

type OutboxOptions = {
  put: Put;
  log: (line: string) => void;
  clock: Clock;
  /** From 0 to 1: spreads the retries of many environments. */
  random: () => number;
  /** What the generations before left over, oldest first. */
  leftOver: readonly LifecycleEvent[];
  /** Keeps what is queued where a next generation finds it; false when that is not possible. */
  keep: (events: readonly LifecycleEvent[]) => boolean;
};

/** Writes events to the table and keeps those that could not be written. Never rejects. `endsAt` is by `clock.elapsed`. */
export type Outbox = {
  /** Writes one event, then what is queued, until `endsAt` or a failure that does not pass. */
  write(event: LifecycleEvent, endsAt: number): Promise<void>;
  /**
   * The same for the last event, trying again within the time. After a spindown nothing of the environment remains, and
   * what is left over is dropped; after any other end it is kept for the next generation.
   */
  close(event: LifecycleEvent, endsAt: number): Promise<void>;
};

type Entry = {event: LifecycleEvent; reason?: string | undefined};
type Result = 'written' | 'now' | 'later' | 'never';

const capacity = 100;
/** For one write; what is left of the budget is for another try on another socket. */
const attemptLimitMs = 700;
/** How many queued items are written at a time. */
const lanes = 4;
/** Before each attempt, at most; at least half of it. */
const pausesMs = [0, 100, 300];

export function createOutbox({put, log, clock, random, leftOver, keep}: OutboxOptions): Outbox {
  let queue: Entry[] = leftOver.map(event => ({event}));
  let stored = queue.length > 0;
  let droppedCount = 0;
  trim();

  async function attempt(entry: Entry, endsAt: number): Promise<Result> {
    const timeoutMs = Math.min(attemptLimitMs, endsAt - clock.elapsed());
    if (timeoutMs <= 0) {
      entry.reason ??= 'no time left';
      return 'later';
    }
    entry.event = {...entry.event, writtenAt: new Date(clock.now()).toISOString()};
    const outcome = await putSafely(entry.event, timeoutMs);
    if (outcome.ok) return 'written';
    entry.reason = outcome.reason;
    return outcome.retry;
  }

  async function putSafely(event: LifecycleEvent, timeoutMs: number): Promise<PutOutcome> {
    try {
      return await put(event, timeoutMs);
    } catch (error) {
      return {ok: false, reason: error instanceof Error ? error.name : 'unknown', retry: 'later'};
    }
  }

  async function writeOwn(entry: Entry, endsAt: number): Promise<Result> {
    const result = await attempt(entry, endsAt);
    if (result === 'written') log(`Wrote to DynamoDB: ${entry.event.eventType}`);
    if (result === 'never') drop(entry);
    return result;
  }

  /** False when too little time is left for it. */
  async function pause(ms: number, endsAt: number): Promise<boolean> {
    const jittered = ms * (0.5 + random() / 2);
    if (jittered >= endsAt - clock.elapsed()) return false;
    if (jittered > 0) await clock.wait(jittered);
    return true;
  }

  /** Oldest first. What fails keeps its place, and stops the rest: the table would answer them the same. */
  async function flush(endsAt: number): Promise<void> {
    const waiting = [...queue];
    const settled = new Set<Entry>();
    let failed = false;
    async function lane(): Promise<void> {
      for (let entry = waiting.shift(); entry && !failed; entry = waiting.shift()) {
        const result = await attempt(entry, endsAt);
        if (result === 'now' || result === 'later') failed = true;
        else settled.add(entry);
        if (result === 'written') log(`Retried: ${entry.event.eventType}`);
        if (result === 'never') drop(entry);
      }
    }
    await Promise.all(Array.from({length: lanes}, lane));
    queue = queue.filter(entry => !settled.has(entry));
    store();
  }

  function hold({event, reason}: Entry): void {
    log(`Queued: ${event.eventType} (${reason ?? 'no time left'})`);
  }

  function drop({event, reason}: Entry): void {
    droppedCount += 1;
    log(`Dropped: ${event.eventType} (${reason ?? 'no time left'})`);
  }

  function trim(): void {
    for (const entry of queue.splice(0, queue.length - capacity)) drop({...entry, reason: 'queue full'});
  }

  /** Nothing is written, or removed, while all goes well. */
  function store(): boolean {
    if (queue.length === 0 && !stored) return true;
    const kept = keep(queue.map(entry => entry.event));
    if (kept) stored = queue.length > 0;
    return kept;
  }

  async function write(event: LifecycleEvent, endsAt: number): Promise<void> {
    const own: Entry = {event};
    // While others wait, the table has been refusing for longer: one try, or each invocation of an outage is busy for all of its budget.
    const pauses = queue.length === 0 ? pausesMs : pausesMs.slice(0, 1);
    let result: Result = 'now';
    for (const ms of pauses) if (result === 'now' && (await pause(ms, endsAt))) result = await writeOwn(own, endsAt);
    if (result === 'written' || result === 'never') await flush(endsAt);
    else {
      hold(own);
      queue.push(own);
      trim();
      store();
    }
  }

  async function close(event: LifecycleEvent, endsAt: number): Promise<void> {
    const own: Entry = {event};
    let done = false;
    for (const ms of pausesMs) {
      if (!(await pause(ms, endsAt))) break;
      if (!done) done = ['written', 'never'].includes(await writeOwn(own, endsAt));
      if (done) await flush(endsAt);
      if (done && queue.length === 0) break;
    }
    if (!done) queue.push(own);
    const remains = event.shutdownReason !== 'spindown' && store();
    for (const entry of queue) (remains ? hold : drop)({...entry, reason: entry.reason ?? own.reason});
    if (droppedCount > 0) log(`Dropped in all: ${droppedCount}`);
  }

  return {write, close};
}
