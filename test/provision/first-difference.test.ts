import {expect, test} from 'vitest';
import {firstDifference} from '../../src/provision/first-difference.ts';

test.each<[unknown, unknown, string | undefined]>([
  [{a: 1, b: [2]}, {b: [2], a: 1}, undefined],
  [6, 30, 'wanted 6, found 30'],
  [{a: {b: ['x']}}, {a: {b: ['y']}}, 'a.b[0]: wanted x, found y'],
  [{a: 1}, {a: 1, more: true}, 'more: wanted none, found true'],
  [{a: [1, 2]}, {a: [1]}, 'a[1]: wanted 2, found none'],
  [{a: ['x']}, {a: 'x'}, 'a: wanted ["x"], found x'],
  [{a: 1}, undefined, 'wanted {"a":1}, found none'],
])('%j and %j', (wanted, found, difference) => expect(firstDifference(wanted, found)).toBe(difference));
