import {expect, test} from 'vitest';
import type {LogMessage} from '../../../src/lifecycle/message.ts';
import {addInOrder} from '../../../src/operate/in-order.ts';
import {plainLine} from '../../../src/operate/logs/kept-line.ts';
import {createKeptLines} from '../../../src/operate/logs/kept-lines.ts';
import {numbers, seed} from '../../support/seed.ts';
import {logMessage} from '../fakes.ts';

const line = (timestamp: number, characters = 1) => logMessage({timestamp, message: 'x'.repeat(characters)});
const times = (lines: Iterable<{timestamp: number}>) => [...lines].map(({timestamp}) => timestamp);

test('the newest lines are kept, in order of their time', () => {
  const kept = createKeptLines({lines: 3, characters: 1_000});
  let lines = kept.add([line(3), line(1)]);
  expect(times(lines)).toEqual([1, 3]);
  lines = kept.add([line(2), line(4)]);
  expect(times(lines)).toEqual([2, 3, 4]);
  expect(times(kept.add([line(1)]))).toEqual([2, 3, 4]);
});

test('of long lines fewer are kept, but always the newest', () => {
  const kept = createKeptLines({lines: 10, characters: 100});
  let lines = kept.add([line(1, 40), line(2, 40), line(3, 10)]);
  lines = kept.add([line(4, 40)]);
  expect(times(lines)).toEqual([2, 3, 4]);
  lines = kept.add([line(5, 500)]);
  expect(times(lines)).toEqual([5]);
  lines = kept.add([line(6, 10), line(7, 10)]);
  expect(times(lines)).toEqual([6, 7]);
});

test('whatever comes, no more characters are kept than may be', () => {
  const kept = createKeptLines({lines: 50, characters: 1_000});
  let lines: LogMessage[] = [];
  for (let round = 0; round < 300; round++) {
    lines = [...kept.add([line(round * 2, (round * 37) % 90), line(round * 2 - 7, (round * 11) % 50)])];
    expect(lines.length).toBeLessThanOrEqual(50);
    expect(lines.reduce((sum, {message}) => sum + message.length, 0)).toBeLessThanOrEqual(1_000);
  }
  expect(lines.length).toBeGreaterThan(5);
});

test('lines that come in any order, go and are joined are what an array of them would be', () => {
  console.log(`seed ${seed}`);
  const random = numbers(seed);
  const whole = (below: number) => Math.floor(random() * below);
  const kept = createKeptLines({lines: 700, characters: 40_000});
  const joined = new Map<string, string>();
  let model: readonly LogMessage[] = [];
  for (let round = 0; round < 150; round++) {
    const added = Array.from({length: whole(3) === 0 ? whole(400) : whole(9)}, (_, n) =>
      logMessage({
        ...{timestamp: round * 10 + whole(40), stream: `stream-${whole(6)}`, eventId: `${round}-${n}`},
        ...{message: 'x'.repeat(whole(120)), at: '1970-01-01T00:00:01.000Z', ingestedAt: 1_000},
      }),
    );
    model = addInOrder(model, added, one => one.timestamp, 700);
    let characters = model.reduce((sum, one) => sum + one.message.length, 0);
    while (characters > 40_000) {
      characters -= model[0]!.message.length;
      model = model.slice(1);
    }
    let lines = kept.add(added);
    if (round % 20 === 7) {
      const stream = `stream-${whole(6)}`;
      joined.set(stream, `environment-${round}`);
      lines = kept.join(new Set([stream]), name => joined.get(name));
      model = model.map(one => (one.stream === stream ? {...one, environmentId: `environment-${round}`} : one));
    }
    expect([...lines].map(plainLine)).toEqual(model.map(plainLine));
  }
});
