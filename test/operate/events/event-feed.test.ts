import type {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {describe, expect, test} from 'vitest';
import {type LifecycleEvent, toItem} from '../../../src/lifecycle/event.ts';
import {createEventReader, followEvents} from '../../../src/operate/events/event-feed.ts';
import {awsError, eventually, fakeClient, lifecycleEvent} from '../fakes.ts';

const start = Date.parse('2026-11-21T12:00:00.000Z');
const iso = (ms: number): string => new Date(start + ms).toISOString();

/** A table of events behind Query, with a clock that the test moves, two items a page. */
function table() {
  const rows: LifecycleEvent[] = [];
  const clock = {ms: 0};
  const {client, calls} = fakeClient<DynamoDBClient>({
    Query: input => {
      const values = input.ExpressionAttributeValues as Record<string, {S: string}>;
      const matching = rows
        .filter(row => row.timestamp >= values[':from']!.S)
        .sort((a, b) => a.timestamp.localeCompare(b.timestamp));
      const first = Number((input.ExclusiveStartKey as {n?: {N: string}} | undefined)?.n?.N ?? 0);
      return {
        Items: matching.slice(first, first + 2).map(toItem),
        ...(matching.length > first + 2 && {LastEvaluatedKey: {n: {N: String(first + 2)}}}),
      };
    },
  });
  const reader = createEventReader({
    dynamodb: client,
    table: 'lambda-state-events',
    index: 'timestamp-index',
    functionName: 'lambda-target-demo',
    now: () => start + clock.ms,
    signal: new AbortController().signal,
  });
  const from = (): number => {
    const values = calls.at(-1)!.input.ExpressionAttributeValues as Record<string, {S: string}>;
    return Date.parse(values[':from']!.S) - start;
  };
  return {rows, clock, reader, calls, from};
}

const ids = (events: readonly LifecycleEvent[]): string[] => events.map(event => event.eventId);

describe('reading events', () => {
  test('begins with the whole retained window, all pages, oldest first, and gives each event once', async () => {
    const {rows, clock, reader, from} = table();
    for (let n = 5; n >= 1; n--)
      rows.push(lifecycleEvent({eventId: `e${n}`, timestamp: iso(n * 100), sequence: n, environmentStartedAt: iso(0)}));
    clock.ms = 1_000;
    expect(ids(await reader.read())).toEqual(['e1', 'e2', 'e3', 'e4', 'e5']);
    expect(from()).toBe(1_000 - 20 * 60_000);
    expect(await reader.read()).toEqual([]);
  });

  test('then asks from 10 s before the newest event only', async () => {
    const {rows, clock, reader, from} = table();
    rows.push(lifecycleEvent({timestamp: iso(60_000), environmentStartedAt: iso(59_000)}));
    clock.ms = 61_000;
    await reader.read();
    await reader.read();
    expect(from()).toBe(50_000);
  });

  test('reads the window again when a SHUTDOWN has come, so that a row written late is found and marked', async () => {
    const {rows, clock, reader} = table();
    const environmentStartedAt = iso(0);
    rows.push(lifecycleEvent({eventId: 'one', timestamp: iso(1_000), sequence: 1, environmentStartedAt}));
    rows.push(lifecycleEvent({eventId: 'three', timestamp: iso(90_000), sequence: 3, environmentStartedAt}));
    clock.ms = 91_000;
    await reader.read();
    clock.ms = 100_000;
    rows.push(
      lifecycleEvent({
        eventId: 'bye',
        eventType: 'SHUTDOWN',
        timestamp: iso(99_900),
        sequence: 4,
        environmentStartedAt,
      }),
    );
    rows.push(lifecycleEvent({eventId: 'two', timestamp: iso(5_000), sequence: 2, environmentStartedAt}));
    expect(ids(await reader.read())).toEqual(['bye']);
    const [late] = await reader.read();
    expect(late).toMatchObject({eventId: 'two', late: true});
  });

  test('looks at the window once more when the queue of an ended environment must be written', async () => {
    const {rows, clock, reader, from} = table();
    rows.push(lifecycleEvent({eventType: 'SHUTDOWN', timestamp: iso(50_000), environmentStartedAt: iso(1)}));
    clock.ms = 50_000;
    await reader.read();
    await reader.read();
    expect(from()).toBe(50_000 - 20 * 60_000);
    await reader.read();
    expect(from()).toBe(40_000);
    clock.ms = 51_500;
    await reader.read();
    expect(from()).toBe(51_500 - 20 * 60_000);
  });

  test('every 30 s while a number is missing, and no more once it has come', async () => {
    const {rows, clock, reader, from} = table();
    const environmentStartedAt = iso(0);
    rows.push(lifecycleEvent({timestamp: iso(1_000), sequence: 1, environmentStartedAt}));
    rows.push(lifecycleEvent({timestamp: iso(60_000), sequence: 3, environmentStartedAt}));
    clock.ms = 60_000;
    await reader.read();
    clock.ms = 89_999;
    await reader.read();
    expect(from()).toBe(50_000);
    rows.push(lifecycleEvent({eventId: 'two', timestamp: iso(2_000), sequence: 2, environmentStartedAt}));
    clock.ms = 90_001;
    expect(ids(await reader.read())).toEqual(['two']);
    clock.ms = 200_000;
    await reader.read();
    expect(from()).toBe(50_000);
  });

  test('does not show what the table may already have dropped, and skips what is no event', async () => {
    const {rows, clock, reader} = table();
    rows.push(lifecycleEvent({timestamp: iso(0), ttl: start / 1_000 + 10}));
    rows.push(lifecycleEvent({timestamp: 'yesterday'}));
    clock.ms = 20_000;
    expect(await reader.read()).toEqual([]);
  });

  test('events that change places by a few milliseconds are not late', async () => {
    const {rows, clock, reader} = table();
    rows.push(lifecycleEvent({timestamp: iso(1_000), environmentId: 'a', environmentStartedAt: iso(900)}));
    clock.ms = 1_100;
    await reader.read();
    rows.push(lifecycleEvent({timestamp: iso(950), environmentId: 'b', environmentStartedAt: iso(900)}));
    const [event] = await reader.read();
    expect(event).not.toHaveProperty('late');
  });
});

test('following goes on after failures, tells of them, and ends with the signal', async () => {
  const stop = new AbortController();
  const problems: unknown[] = [];
  const seen: LifecycleEvent[] = [];
  let caughtUp = 0;
  const {client} = fakeClient<DynamoDBClient>({
    Query: (_, call) => {
      if (call === 1) throw awsError('ThrottlingException');
      return {Items: [toItem(lifecycleEvent({eventId: 'only'}))]};
    },
  });
  const done = followEvents({
    dynamodb: client,
    table: 't',
    index: 'i',
    functionName: 'f',
    now: Date.now,
    signal: stop.signal,
    intervalMs: () => 1,
    onEvents: events => seen.push(...events),
    onCaughtUp: () => {
      caughtUp += 1;
    },
    onProblem: error => problems.push((error as Error | undefined)?.name),
  });
  await eventually(() => problems.length === 2, 'a problem and its end');
  stop.abort();
  await done;
  expect(problems).toEqual(['ThrottlingException', undefined]);
  expect(ids(seen)).toEqual(['only']);
  expect(caughtUp).toBe(1);
});
