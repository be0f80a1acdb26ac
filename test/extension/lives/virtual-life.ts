import {type Generation, startGeneration} from '../../../src/extension/shutdown-notifier/generation.ts';
import type {PutOutcome} from '../../../src/extension/shutdown-notifier/outbox.ts';
import type {ExtensionEvent} from '../../../src/extension/shutdown-notifier/recorder.ts';
import type {Storage} from '../../../src/extension/shutdown-notifier/storage.ts';
import type {LifecycleEvent} from '../../../src/lifecycle/event.ts';
import type {Delivered, Life} from './life.ts';
import {virtualTime} from './virtual-time.ts';

const budgetMs = {INVOKE: 1_000, SHUTDOWN: 1_200};
const failures: PutOutcome[] = [
  {ok: false, reason: 'Throttling', retry: 'now'},
  {ok: false, reason: 'InternalServerError', retry: 'now'},
  {ok: false, reason: 'ECONNREFUSED', retry: 'now'},
  {ok: false, reason: 'AccessDeniedException', retry: 'later'},
];

/** One environment from its first start to its end, all of it but processes and sockets. Throws what is wrong on the way. */
export async function liveVirtually(random: () => number): Promise<Life> {
  const chance = (probability: number) => random() < probability;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const time = virtualTime();
  const diskTrouble = chance(0.15);
  const withWebhook = chance(0.3);
  const life: Life = {
    ...{delivered: [], table: new Map(), lines: [], onDisk: new Set()},
    ...{uncertain: diskTrouble, diskTrouble},
  };
  /** How likely a write succeeds, drawn anew now and then. */
  let mood = random();
  let diskFull = false;
  const disk: {environment?: string; queue?: string} = {};
  const tried: LifecycleEvent[] = [];

  async function put(event: LifecycleEvent, timeoutMs: number): Promise<PutOutcome> {
    tried.push(event);
    if (timeoutMs <= 0) throw new Error('a write without time');
    const tookMs = Math.min(timeoutMs, random() * (chance(0.1) ? 900 : 60));
    const good = random() < mood;
    const odd = random();
    await time.wait(tookMs / 2);
    if (chance(0.03)) time.set((random() - 0.5) * 7_200_000);
    if (!good && odd < 0.05) throw new TypeError('of the transport');
    if (!good && odd < 0.1) return {ok: false, reason: 'ValidationException', retry: 'never'};
    if (!good && odd > 0.8) {
      if (odd > 0.9) {
        life.uncertain = true;
        life.table.set(event.eventId, event);
      }
      await time.wait(timeoutMs - tookMs / 2);
      return {ok: false, reason: 'timeout', retry: 'now'};
    }
    if (good) life.table.set(event.eventId, event);
    await time.wait(tookMs / 2);
    return good ? {ok: true} : pick(failures);
  }

  async function notify(_: object, timeoutMs: number): Promise<number> {
    if (chance(0.2)) throw new Error('ENOTFOUND');
    await time.wait(chance(0.2) ? timeoutMs : Math.min(timeoutMs, random() * 100));
    if (chance(0.2)) throw new Error('timeout');
    return 200;
  }

  let ids = 0;
  function start(): Generation & {kill(): void} {
    let alive = true;
    const lines: string[] = [];
    life.lines.push(lines);
    const storage: Storage = {
      readEnvironment: () => disk.environment && JSON.parse(disk.environment),
      saveEnvironment(environment) {
        if (alive && !diskFull) disk.environment = JSON.stringify(environment);
      },
      readQueue: environmentId =>
        (JSON.parse(disk.queue ?? '[]') as LifecycleEvent[]).filter(event => event.environmentId === environmentId),
      keepQueue(events) {
        if (events.length > 100) throw new Error(`${events.length} events in /tmp`);
        if (diskFull) return false;
        if (alive) disk.queue = JSON.stringify(events);
        return true;
      },
    };
    const generation = startGeneration({
      identity: {functionName: 'stand-in', functionVersion: '$LATEST', initType: 'on-demand'},
      ...{ttlSeconds: 60, storage, put, clock: time, random},
      ...(withWebhook && {notify}),
      log: line => alive && lines.push(line),
      newId: () => `id-${ids++}`,
    });
    generation.parked();
    return {
      ...generation,
      kill() {
        alive = false;
        time.forget();
      },
    };
  }

  let extension = start();
  let generation = 1;
  let invocation = 0;
  let lastRequestId: string | undefined;

  function reset(): void {
    time.freeze(random() * 5_000);
    extension = start();
    generation += 1;
    lastRequestId = undefined;
  }

  /** False when the extension was killed on the way. */
  async function deliver(event: ExtensionEvent, killAfterMs: number): Promise<boolean> {
    const invoked = event.eventType === 'INVOKE';
    if (invoked) invocation += 1;
    const entry: Delivered = {
      ...{eventType: event.eventType, requestId: invoked ? event.requestId : 'N/A'},
      ...{timestamp: new Date(time.now()).toISOString(), generation, invocation},
      ...(invoked ? {cold: lastRequestId === undefined} : lastRequestId !== undefined && {lastRequestId}),
      killed: false,
    };
    life.delivered.push(entry);
    if (invoked) lastRequestId = event.requestId;
    tried.length = 0;
    diskFull = diskTrouble && chance(0.4);
    const startedAt = time.elapsed();
    const work = extension.handle(event);
    const ended = await time.run(work, startedAt + killAfterMs);
    if (!ended) {
      entry.killed = true;
      extension.kill();
      return false;
    }
    await work;
    const tookMs = time.elapsed() - startedAt;
    if (tookMs > budgetMs[event.eventType] + 1) throw new Error(`${event.eventType} took ${tookMs} ms`);
    judgeOrder(tried, event);
    extension.parked();
    return true;
  }

  const count = chance(0.02) ? 130 : Math.floor(random() * 14);
  if (count === 130) mood = 0.01;
  for (let number = 1; number <= count; number += 1) {
    if (count < 130 && chance(0.3)) mood = pick([0, 0.3, 0.9, 1]);
    if (chance(0.05)) time.set((random() - 0.5) * 7_200_000);
    const killAfterMs = chance(diskTrouble ? 0 : 0.06) ? random() * 400 : Number.POSITIVE_INFINITY;
    const deadlineMs = time.now() + (chance(0.2) ? random() * 1_500 - 200 : 6_000);
    const survived = await deliver({eventType: 'INVOKE', requestId: `request-${number}`, deadlineMs}, killAfterMs);
    time.freeze(random() * 400_000);
    if (!survived) {
      reset();
    } else if (chance(diskTrouble ? 0 : 0.03)) {
      extension.kill();
      reset();
    } else if (chance(0.15)) {
      const shutdownReason = pick(['timeout', 'failure']);
      await deliver({eventType: 'SHUTDOWN', shutdownReason, deadlineMs: time.now() + 1_700}, killAfterMs);
      extension.kill();
      reset();
    }
  }
  if (chance(0.1) && !diskTrouble) {
    extension.kill();
    for (const event of JSON.parse(disk.queue ?? '[]') as LifecycleEvent[]) life.onDisk.add(event.eventId);
  } else {
    const deadlineMs = time.now() + pick([1_700, 1_700, 900, -1_000_000]);
    await deliver({eventType: 'SHUTDOWN', shutdownReason: 'spindown', deadlineMs}, Number.POSITIVE_INFINITY);
  }
  return life;
}

/** Its own event first, then the queue from the oldest on; one that is tried again is no news. */
function judgeOrder(tried: readonly LifecycleEvent[], event: ExtensionEvent): void {
  const order = [...new Set(tried.map(({sequence}) => sequence))];
  const [own, ...queued] = order;
  if (own === undefined) return;
  if (tried[0]?.eventType !== event.eventType || queued.some(sequence => sequence > own)) {
    throw new Error(`order of writes at ${event.eventType}: ${order}`);
  }
  const sorted = [...queued].sort((a, b) => a - b);
  if (queued.join() !== sorted.join()) throw new Error(`order of the queue: ${queued}`);
}
