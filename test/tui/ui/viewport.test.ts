import {describe, expect, test} from 'vitest';
import {followingView, type List, moveView, viewport} from '../../../src/tui/ui/viewport.ts';

const list = (length: number, newestAt: 'top' | 'bottom' = 'bottom', from = 0): List<number> => ({
  items: Array.from({length}, (_, index) => index + from),
  keyOf: String,
  newestAt,
});

describe('newest at the bottom', () => {
  test('following shows the last rows', () => {
    expect(viewport(list(10), followingView, 3)).toEqual({items: [7, 8, 9], current: 2, above: 7, below: 0});
  });

  test('moving up first moves the mark, then the rows', () => {
    let view = moveView(list(10), followingView, -1, 3);
    expect(viewport(list(10), view, 3)).toMatchObject({items: [7, 8, 9], current: 1});
    view = moveView(list(10), view, -2, 3);
    expect(viewport(list(10), view, 3)).toMatchObject({items: [6, 7, 8], current: 0});
    expect(view.follow).toBe(false);
  });

  test('new rows and dropped old ones leave what is read where it is', () => {
    const view = moveView(list(10), followingView, -4, 3);
    const before = viewport(list(10), view, 3);
    expect(viewport(list(50), view, 3).items).toEqual(before.items);
    expect(viewport(list(40, 'bottom', 2), view, 3).items).toEqual(before.items);
  });

  test('a row that has been dropped leads to the oldest one', () => {
    const view = moveView(list(10), followingView, -9, 3);
    expect(viewport(list(10, 'bottom', 20), view, 3).items).toEqual([20, 21, 22]);
  });

  test('reaching the newest row follows again', () => {
    const view = moveView(list(10), followingView, -4, 3);
    expect(moveView(list(10), view, 3, 3).follow).toBe(false);
    expect(moveView(list(10), view, 4, 3).follow).toBe(true);
  });
});

test('newest at the top: moving down stops following, back up starts it', () => {
  const down = moveView(list(10, 'top'), followingView, 2, 3);
  expect(down.follow).toBe(false);
  expect(viewport(list(10, 'top'), down, 3)).toEqual({items: [0, 1, 2], current: 2, above: 0, below: 7});
  expect(moveView(list(10, 'top'), down, -9, 3).follow).toBe(true);
});

test.each([
  [0, 3],
  [5, 0],
  [0, 0],
])('%i rows in %i lines are no trouble', (length, height) => {
  expect(viewport(list(length), followingView, height)).toEqual({items: [], current: -1, above: 0, below: length});
  expect(moveView(list(length), followingView, -1, height)).toBeDefined();
});

test('a list of 50,000 is cut to the rows that fit', () => {
  expect(viewport(list(50_000), followingView, 13).items).toHaveLength(13);
});
