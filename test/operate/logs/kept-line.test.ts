import {describe, expect, test} from 'vitest';
import {KeptLine, plainLine} from '../../../src/operate/logs/kept-line.ts';
import {createKeptLines} from '../../../src/operate/logs/kept-lines.ts';
import {numbers, seed} from '../../support/seed.ts';
import {logMessage} from '../fakes.ts';

const line = (n: number, more = {}) =>
  logMessage({
    ...{
      function: 'f',
      stream: `stream-${n % 3}`,
      eventId: `event-${n}`,
      message: `line ${n} \u{1f680} "quoted" \ud800`,
    },
    ...{
      timestamp: 1_795_000_000_000 + n,
      ingestedAt: 1_795_000_000_500 + n,
      at: new Date(1_795_000_000_500 + n).toISOString(),
    },
    ...more,
  });
const limits = {lines: 10_000, characters: 1e9};

describe('a line that is packed', () => {
  const given = Array.from({length: 6_000}, (_, n) => line(n, n % 7 === 0 ? {requestId: `request-${n}`} : {}));
  const kept = createKeptLines(limits).add(given);

  test('reads as it did', () => {
    for (const n of [0, 1, 7, 511, 512, 5_119, 5_120, 5_631, 5_632, 5_999])
      expect(plainLine(kept.at(n)!)).toEqual(given[n]);
  });

  test('has the key that it had before', () => {
    const lines = createKeptLines(limits);
    const before = lines.add(given.slice(0, 100));
    const after = lines.add(given.slice(100));
    expect(after.rowKeys!.slice(0, 100)).toEqual(before.rowKeys!.slice());
    expect(plainLine(before.at(3)!)).toEqual(given[3]);
  });

  test('reads the same whatever the order in which lines are looked at', () => {
    console.log(`seed ${seed}`);
    const random = numbers(seed);
    for (let round = 0; round < 2_000; round++) {
      const n = Math.floor(random() * given.length);
      expect(kept.at(n)!.message).toBe(given[n]!.message);
      expect(kept.at(n)!.requestId).toBe(given[n]!.requestId);
    }
  });
});

test('a stream that is joined late gives all its lines their environment, packed ones too', () => {
  const lines = createKeptLines(limits);
  const given = Array.from({length: 4_000}, (_, n) => line(n));
  const before = lines.add(given);
  lines.join(new Set(['stream-1']), () => 'environment');
  const after = lines.add([line(4_000)]);
  // Whoever knows lines by their keys sees which ones have changed.
  const changed = [...after.rowKeys!].map((key, n) => key !== before.rowKeys!.at(n));
  for (const [n, one] of [...after].entries()) {
    expect(one.environmentId).toBe(n % 3 === 1 && n < 4_000 ? 'environment' : undefined);
    expect(one.eventId).toBe(`event-${n}`);
    expect(changed[n]).toBe(n % 3 === 1 || n === 4_000);
  }
  expect([...before].every(one => one.environmentId === undefined)).toBe(true);
});

test('a list that was given out stays readable when its lines are no longer kept', () => {
  const lines = createKeptLines({lines: 1_000, characters: 1e9});
  const before = lines.add(Array.from({length: 1_000}, (_, n) => line(n)));
  for (let round = 1; round < 10; round++) lines.add(Array.from({length: 1_000}, (_, n) => line(round * 1_000 + n)));
  expect([...before].map(one => one.message)).toEqual(Array.from({length: 1_000}, (_, n) => line(n).message));
});

test('what is packed counts with its length, so that long lines go', () => {
  const lines = createKeptLines({lines: 10_000, characters: 30_000});
  let kept = lines.add(Array.from({length: 3_000}, (_, n) => line(n, {message: 'x'.repeat(10)})));
  expect(kept).toHaveLength(3_000);
  kept = lines.add([line(3_000, {message: 'y'.repeat(1_000)})]);
  expect(kept).toHaveLength(2_901);
  expect(kept.at(0)).toBeInstanceOf(KeptLine);
});
