import {describe, expect, test} from 'vitest';
import {createOutbox, type PutOutcome} from '../../src/extension/shutdown-notifier/outbox.ts';
import {lifecycleEvent} from './lifecycle-event.ts';

const throttled: PutOutcome = {ok: false, reason: 'Throttling', retry: 'now'};
const invalid: PutOutcome = {ok: false, reason: 'ValidationException', retry: 'never'};
const denied: PutOutcome = {ok: false, reason: 'AccessDeniedException', retry: 'later'};
const ok: PutOutcome = {ok: true};

/** A table that answers from a list, a clock that moves by what puts and waits take, and what was said and tried. */
function setUp({tookMs = 10, canKeep = true}: {tookMs?: number; canKeep?: boolean} = {}) {
  let clock = 1_000_000;
  const lines: string[] = [];
  const tried: number[] = [];
  const limits: number[] = [];
  const written: number[] = [];
  const kept: number[] = [];
  const script: {answers: PutOutcome[]; otherwise: PutOutcome} = {answers: [], otherwise: ok};
  const outbox = createOutbox({
    async put(event, timeoutMs) {
      tried.push(event.sequence);
      limits.push(timeoutMs);
      await Promise.resolve();
      clock += Math.min(tookMs, timeoutMs);
      const outcome = script.answers.shift() ?? script.otherwise;
      if (outcome.ok) written.push(event.sequence);
      return outcome;
    },
    log: line => lines.push(line),
    clock: {
      now: () => clock,
      elapsed: () => clock,
      async wait(ms) {
        clock += ms;
      },
    },
    random: () => 1,
    leftOver: [],
    keep(events) {
      if (canKeep) kept.splice(0, kept.length, ...events.map(event => event.sequence));
      return canKeep;
    },
  });
  return {outbox, kept, lines, tried, limits, written, script, now: () => clock};
}

const invoke = (sequence: number) => lifecycleEvent({sequence});
const last = (sequence: number, shutdownReason = 'spindown') =>
  lifecycleEvent({sequence, eventType: 'SHUTDOWN', shutdownReason});

describe('write', () => {
  test.each<[string, PutOutcome[], number, string[]]>([
    ['throttled: tried again within the time', [throttled, throttled, ok], 3, ['Wrote to DynamoDB: INVOKE']],
    ['throttled for longer: queued', [throttled, throttled, throttled], 3, ['Queued: INVOKE (Throttling)']],
    ['not allowed: moments change nothing', [denied], 1, ['Queued: INVOKE (AccessDeniedException)']],
    ['throttled, then invalid', [throttled, invalid], 2, ['Dropped: INVOKE (ValidationException)']],
  ])('%s', async (_, answers, attempts, expected) => {
    const {outbox, script, tried, lines, now} = setUp();
    script.answers = answers;
    await outbox.write(invoke(1), now() + 1_000);
    expect(tried).toHaveLength(attempts);
    expect(lines).toEqual(expected);
  });

  test('while others wait there is one try an event: an outage does not make every invocation longer', async () => {
    const {outbox, script, tried, now} = setUp();
    script.otherwise = throttled;
    for (const sequence of [1, 2, 3]) await outbox.write(invoke(sequence), now() + 1_000);
    expect(tried).toEqual([1, 1, 1, 2, 3]);
  });

  test('what is queued is where a next generation finds it, until it is written', async () => {
    const {outbox, script, kept, now} = setUp();
    script.answers = [denied, denied];
    for (const sequence of [1, 2]) await outbox.write(invoke(sequence), now() + 1_000);
    expect(kept).toEqual([1, 2]);
    await outbox.write(invoke(3), now() + 1_000);
    expect(kept).toEqual([]);
  });

  test('an exception of the transport is a failure like others', async () => {
    const lines: string[] = [];
    const outbox = createOutbox({
      put: () => {
        throw new TypeError('what\nnow');
      },
      log: line => lines.push(line),
      clock: {now: () => 0, elapsed: () => 0, wait: async () => undefined},
      random: () => 1,
      leftOver: [],
      keep: () => false,
    });
    await outbox.write(invoke(1), 1_000);
    expect(lines).toEqual(['Queued: INVOKE (TypeError)']);
  });

  test('a failure stops the round: the queue is not tried on a table that just refused', async () => {
    const {outbox, script, tried, now} = setUp();
    script.otherwise = denied;
    for (const sequence of [1, 2, 3]) await outbox.write(invoke(sequence), now() + 1_000);
    expect(tried).toEqual([1, 2, 3]);
  });

  test('the same in the queue: what is under way ends, no more is begun', async () => {
    const {outbox, script, tried, now} = setUp();
    script.answers = [...Array(20).fill(denied), ok];
    script.otherwise = denied;
    for (let sequence = 1; sequence <= 21; sequence += 1) await outbox.write(invoke(sequence), now() + 1_000);
    expect(tried.slice(20)).toEqual([21, 1, 2, 3, 4]);
  });

  test('after a success all of the queue goes out, oldest first', async () => {
    const {outbox, script, tried, lines, now} = setUp();
    script.answers = Array(6).fill(denied);
    for (let sequence = 1; sequence <= 6; sequence += 1) await outbox.write(invoke(sequence), now() + 1_000);
    lines.length = 0;
    tried.length = 0;
    await outbox.write(invoke(7), now() + 1_000);
    expect(tried).toEqual([7, 1, 2, 3, 4, 5, 6]);
    expect(lines).toEqual(['Wrote to DynamoDB: INVOKE', ...Array(6).fill('Retried: INVOKE')]);
  });

  test('what fails again stays queued, once, and is written later', async () => {
    const {outbox, script, written, now} = setUp();
    script.answers = [denied, denied, ok, ok, denied];
    for (const sequence of [1, 2, 3, 4]) await outbox.write(invoke(sequence), now() + 1_000);
    expect([...written].sort()).toEqual([1, 2, 3, 4]);
  });

  test('at most 100 wait; the oldest is given up, and said so', async () => {
    const {outbox, script, lines, written, now} = setUp({tookMs: 1});
    script.otherwise = denied;
    for (let sequence = 1; sequence <= 102; sequence += 1) await outbox.write(invoke(sequence), now() + 1_000);
    expect(lines.filter(line => line === 'Dropped: INVOKE (queue full)')).toHaveLength(2);
    script.otherwise = ok;
    await outbox.write(invoke(103), now() + 1_000);
    expect(written.sort((a, b) => a - b)).toEqual(Array.from({length: 101}, (_, index) => index + 3));
  });

  test('an invalid item is dropped and does not hold up the others', async () => {
    const {outbox, script, lines, written, now} = setUp();
    script.answers = [denied, denied, ok, invalid, ok];
    for (const sequence of [1, 2, 3]) await outbox.write(invoke(sequence), now() + 1_000);
    expect(written).toEqual([3, 2]);
    expect(lines).toContain('Dropped: INVOKE (ValidationException)');
  });

  test.each([
    ['no time left: queued untried', -5, [], ['Queued: INVOKE (no time left)']],
    ['little time: all of it', 300, [300], ['Wrote to DynamoDB: INVOKE']],
    ['much time: the limit of one write', 5_000, [700], ['Wrote to DynamoDB: INVOKE']],
  ])('%s', async (_, leftMs, expectedLimits, expectedLines) => {
    const {outbox, limits, lines, now} = setUp();
    await outbox.write(invoke(1), now() + leftMs);
    expect(limits).toEqual(expectedLimits);
    expect(lines).toEqual(expectedLines);
  });

  test('each attempt carries its own writtenAt, all the same event', async () => {
    const seen: {eventId: string; writtenAt: string}[] = [];
    let clock = 0;
    const outbox = createOutbox({
      async put({eventId, writtenAt}) {
        seen.push({eventId, writtenAt});
        clock += 1_000;
        return seen.length === 1 ? denied : ok;
      },
      log: () => undefined,
      clock: {now: () => clock, elapsed: () => clock, wait: async () => undefined},
      random: () => 1,
      leftOver: [],
      keep: () => false,
    });
    await outbox.write(lifecycleEvent({eventId: 'first'}), 10_000);
    await outbox.write(lifecycleEvent({eventId: 'second'}), 10_000);
    expect(seen).toEqual([
      {eventId: 'first', writtenAt: '1970-01-01T00:00:00.000Z'},
      {eventId: 'second', writtenAt: '1970-01-01T00:00:01.000Z'},
      {eventId: 'first', writtenAt: '1970-01-01T00:00:02.000Z'},
    ]);
  });
});

describe('close', () => {
  async function withQueue(count: number, options = {}) {
    const parts = setUp(options);
    parts.script.answers = Array(count).fill(denied);
    for (let sequence = 1; sequence <= count; sequence += 1)
      await parts.outbox.write(invoke(sequence), parts.now() + 1_000);
    parts.lines.length = 0;
    parts.tried.length = 0;
    return parts;
  }

  test('its own event first, then the queue, and no wait when all went well', async () => {
    const {outbox, tried, lines, now} = await withQueue(2);
    const startedAt = now();
    await outbox.close(last(3), startedAt + 1_200);
    expect(tried).toEqual([3, 1, 2]);
    expect(lines).toEqual(['Wrote to DynamoDB: SHUTDOWN', 'Retried: INVOKE', 'Retried: INVOKE']);
    expect(now() - startedAt).toBe(30);
  });

  test('a throttle is tried again within the time', async () => {
    const {outbox, script, lines, written, now} = await withQueue(1);
    script.answers = [throttled, ok, throttled, ok];
    await outbox.close(last(2), now() + 1_200);
    expect(written).toEqual([2, 1]);
    expect(lines).toEqual(['Wrote to DynamoDB: SHUTDOWN', 'Retried: INVOKE']);
  });

  test.each([
    ['spindown', true, 'Dropped', [1, 2]],
    ['timeout', true, 'Queued', [1, 2, 3]],
    ['failure', true, 'Queued', [1, 2, 3]],
    ['failure', false, 'Dropped', []],
  ])('what cannot be written after %s (a place to keep it: %s) is %s', async (reason, canKeep, word, expected) => {
    const {outbox, script, lines, kept, now} = await withQueue(2, {canKeep});
    script.otherwise = throttled;
    await outbox.close(last(3, reason), now() + 1_200);
    expect(lines).toEqual([
      `${word}: INVOKE (AccessDeniedException)`,
      `${word}: INVOKE (AccessDeniedException)`,
      `${word}: SHUTDOWN (Throttling)`,
      ...(word === 'Dropped' ? ['Dropped in all: 3'] : []),
    ]);
    expect(kept).toEqual(expected);
  });

  test.each([1_200, 350, 50, 0, -100])('never starts a put or a wait past its end (%i ms left)', async leftMs => {
    const {outbox, script, limits, now} = await withQueue(3);
    script.otherwise = throttled;
    limits.length = 0;
    const endsAt = now() + leftMs;
    await outbox.close(last(4), endsAt);
    expect(now()).toBeLessThanOrEqual(Math.max(endsAt, endsAt - leftMs));
    for (const limit of limits) expect(limit).toBeGreaterThan(0);
  });

  test('an invalid last event is dropped once, the queue still goes out', async () => {
    const {outbox, script, lines, written, now} = await withQueue(1);
    script.answers = [invalid];
    await outbox.close(last(2), now() + 1_200);
    expect(written).toEqual([1]);
    expect(lines).toEqual(['Dropped: SHUTDOWN (ValidationException)', 'Retried: INVOKE', 'Dropped in all: 1']);
  });
});
