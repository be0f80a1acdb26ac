import {expect, test} from 'vitest';
import {addInOrder} from '../../src/operate/in-order.ts';

const at = (time: number, name = '') => ({time, name});
const add = (list: readonly {time: number; name: string}[], ...added: {time: number; name: string}[]) =>
  addInOrder(list, added, one => one.time, 5);

test.each([
  ['to an empty list', [], [1, 2], [1, 2]],
  ['nothing', [1, 2], [], [1, 2]],
  ['newer ones', [1, 2], [3, 4], [1, 2, 3, 4]],
  ['a late one', [1, 3], [2], [1, 2, 3]],
  ['several out of order', [4, 8], [9, 1, 5], [1, 4, 5, 8, 9]],
  ['more than are kept', [1, 2, 3, 4], [5, 6, 0], [2, 3, 4, 5, 6]],
])('adding %s', (_, list, added, expected) => {
  expect(
    add(
      list.map(time => at(time)),
      ...added.map(time => at(time)),
    ).map(one => one.time),
  ).toEqual(expected);
});

test('the same time keeps the order of arrival', () => {
  expect(add([at(1, 'a'), at(2, 'b')], at(2, 'c'), at(1, 'd')).map(one => one.name)).toEqual(['a', 'd', 'b', 'c']);
});
