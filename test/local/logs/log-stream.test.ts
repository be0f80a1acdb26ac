import {expect, it} from 'vitest';
import {LogStream} from '../../../src/local/logs/log-stream.ts';

const timesOf = (stream: LogStream) => stream.events.map(event => event.timestamp);

it('keeps events in the order of their time, then of their arrival', () => {
  const stream = new LogStream('s', 0);
  for (const [time, text] of [
    [5, 'a'],
    [3, 'b'],
    [5, 'c'],
    [9, 'd'],
    [4, 'e'],
  ] as const)
    stream.add(time, text, 10);
  expect(stream.events.map(event => event.message)).toEqual(['b', 'e', 'a', 'c', 'd']);
  const ids = stream.events.map(event => event.id);
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(5);
  expect(ids.every(id => /^\d{56}$/.test(id))).toBe(true);
});

it('finds the events from a time on, as looking at all of them would', () => {
  const stream = new LogStream('s', 0);
  for (const time of [1, 3, 3, 3, 7, 9]) stream.add(time, 'x', time);
  for (const from of [0, 1, 2, 3, 4, 7, 8, 9, 10]) {
    expect(stream.eventsFrom(from)).toEqual(stream.events.filter(event => event.timestamp >= from));
  }
});

it('lets the oldest go above 20,000 events', () => {
  const stream = new LogStream('s', 0);
  for (let time = 1; time <= 45_000; time += 1) stream.add(time, 'x', time);
  expect(stream.events.length).toBe(20_000);
  expect([timesOf(stream)[0], timesOf(stream).at(-1)]).toEqual([25_001, 45_000]);
  stream.add(30_000.7, 'late', 45_001);
  expect(stream.events.filter(event => event.message === 'late')).toMatchObject([{timestamp: 30_000}]);
  expect(timesOf(stream)).toEqual([...timesOf(stream)].sort((a, b) => a - b));
});

it('lets the oldest go above 8 MB', () => {
  const stream = new LogStream('s', 0);
  for (let time = 1; time <= 20; time += 1) stream.add(time, 'é'.repeat(500_000), time);
  expect(timesOf(stream)).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
  expect(stream.bytes).toBe(8 * (1_000_000 + 26));
});

it('takes a time before 1970 for 1970', () => {
  const stream = new LogStream('s', 0);
  stream.add(-5, 'x', 1);
  expect(timesOf(stream)).toEqual([0]);
});
