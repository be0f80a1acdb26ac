import {describe, expect, test} from 'vitest';
import {ChunkedList} from '../../src/operate/chunked-list.ts';
import type {Rows} from '../../src/operate/rows.ts';
import {numbers, seed} from '../support/seed.ts';

const upTo = (length: number) => Array.from({length}, (_, index) => index);

/** Everything that is asked of a list, of one and of an array. */
function expectSame(list: Rows<number>, rows: readonly number[]) {
  expect(list.length).toBe(rows.length);
  expect([...list]).toEqual(rows);
  for (const index of [0, 1, 511, 512, 513, rows.length - 1, rows.length, -1, -2, -rows.length, -rows.length - 1]) {
    expect(list.at(index), `at ${index}`).toBe(rows.at(index));
  }
  for (const [start, end] of [[], [1], [-3], [500, 600], [5, 2], [-10, -2], [0, 1e6], [1e6], [-1e6, 3]]) {
    expect(list.slice(start, end), `from ${start} to ${end}`).toEqual(rows.slice(start, end));
  }
  const middle = rows[rows.length >> 1] ?? -1;
  expect(list.findIndex(row => row > middle)).toBe(rows.findIndex(row => row > middle));
  expect(list.findLast(row => row % 7 === 0)).toBe(rows.findLast(row => row % 7 === 0));
}

test.each([0, 1, 511, 512, 513, 1_024, 1_500])('%i rows are as they are in an array', length => {
  expectSame(ChunkedList.of(upTo(length)), upTo(length));
});

describe('a list that grows and loses rows', () => {
  test('is what an array would be, and so are the lists that it was made from', () => {
    console.log(`seed ${seed}`);
    const random = numbers(seed);
    const whole = (below: number) => Math.floor(random() * below);
    let list = ChunkedList.of<number>([]);
    let rows: readonly number[] = [];
    const earlier: {list: Rows<number>; rows: readonly number[]}[] = [];
    for (let round = 0; round < 120; round++) {
      const added = upTo(whole(3) === 0 ? whole(1_200) : whole(6)).map(row => row + round * 10_000);
      const end = rows.length - (whole(4) === 0 ? whole(Math.min(rows.length, 700)) : 0);
      const start = whole(3) === 0 ? whole(900) : 0;
      list = list.upTo(end, added).from(start);
      rows = [...rows.slice(0, end), ...added].slice(start);
      earlier.push({list, rows});
    }
    for (const one of earlier) expectSame(one.list, one.rows);
  });

  test('is changed row by row', () => {
    const list = ChunkedList.of(upTo(2_000)).from(700);
    const change = (row: number) => (row === 900 ? -1 : row);
    expectSame(list.changed(change), upTo(2_000).slice(700).map(change));
    expectSame(list, upTo(2_000).slice(700));
  });
});
