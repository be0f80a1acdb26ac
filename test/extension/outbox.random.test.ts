import {expect, test} from 'vitest';
import {createOutbox, type PutOutcome} from '../../src/extension/shutdown-notifier/outbox.ts';
import {lifecycleEvent} from './lifecycle-event.ts';

const seed = Number(process.env.LIFECYCLE_SEED ?? Date.now() % 1_000_000);

/** Mulberry32: small, and the same everywhere for one seed. */
function randomFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One life of up to 150 events against a table in a bad mood; returns what became of each event. */
async function live(random: () => number) {
  let clock = 0;
  const fates = new Map<number, string[]>();
  const put = (sequence: number, fate: string) => fates.set(sequence, [...(fates.get(sequence) ?? []), fate]);
  const mood = random();
  const lines: string[] = [];
  const dropped = () => lines.filter(line => line.startsWith('Dropped')).length;
  const outbox = createOutbox({
    async put(event, timeoutMs): Promise<PutOutcome> {
      await Promise.resolve();
      clock += Math.min(timeoutMs, Math.floor(random() * 200));
      if (random() < mood) {
        put(event.sequence, 'written');
        return {ok: true};
      }
      if (random() < 0.1) {
        put(event.sequence, 'refused');
        return {ok: false, reason: 'ValidationException', retry: false};
      }
      return {ok: false, reason: 'Throttling', retry: true};
    },
    log: line => lines.push(line),
    now: () => clock,
    wait: async ms => {
      clock += ms;
    },
    keep(events) {
      for (const {sequence} of events) put(sequence, 'kept');
      return true;
    },
  });
  const count = 1 + Math.floor(random() * 150);
  for (let sequence = 1; sequence < count; sequence += 1) {
    await outbox.write(lifecycleEvent({sequence}), clock + Math.floor(random() * 1_200) - 100);
    clock += Math.floor(random() * 10_000);
  }
  const last = lifecycleEvent({sequence: count, eventType: 'SHUTDOWN', shutdownReason: 'failure'});
  await outbox.close(last, clock + 1_200);
  return {count, fates, dropped: dropped()};
}

test(`every event is written, refused, kept or dropped, and only once (LIFECYCLE_SEED=${seed})`, async () => {
  const random = randomFrom(seed);
  for (let round = 0; round < 300; round += 1) {
    const {count, fates, dropped} = await live(random);
    const refused = [...fates.values()].filter(([fate]) => fate === 'refused').length;
    for (const [sequence, fate] of fates) expect(fate, `event ${sequence} of round ${round}`).toHaveLength(1);
    // What has no fate left the full queue, and a line says so.
    expect(count - fates.size, `round ${round}`).toBe(dropped - refused);
  }
});
