import {describe, expect, test} from 'vitest';
import {
  currentIndex,
  followed,
  followingView,
  type List,
  moveView,
  newRows,
  viewport,
} from '../../../src/tui/ui/viewport.ts';
import {numbers, seed} from '../../support/seed.ts';

const list = (length: number, newestAt: 'top' | 'bottom' = 'bottom', from = 0): List<number> => ({
  items: Array.from({length}, (_, index) => index + from),
  keyOf: String,
  newestAt,
});

describe('newest at the bottom', () => {
  test('following shows the last rows', () => {
    expect(viewport(list(10), followingView, 3)).toEqual({items: [7, 8, 9], current: 2, cut: 0, above: 7, below: 0});
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
  expect(viewport(list(10, 'top'), down, 3)).toEqual({items: [0, 1, 2], current: 2, cut: 0, above: 0, below: 7});
  expect(moveView(list(10, 'top'), down, -9, 3).follow).toBe(true);
});

test.each([
  [0, 3],
  [5, 0],
  [0, 0],
])('%i rows in %i lines are no trouble', (length, height) => {
  expect(viewport(list(length), followingView, height)).toEqual({
    items: [],
    current: -1,
    cut: 0,
    above: 0,
    below: length,
  });
  expect(moveView(list(length), followingView, -1, height)).toBeDefined();
});

test('a list of 50,000 is cut to the rows that fit', () => {
  expect(viewport(list(50_000), followingView, 13).items).toHaveLength(13);
});

describe('rows over several lines', () => {
  /** Row 3 takes three lines, every other one a single line. */
  const linesOf = (item: number) => (item === 3 ? 3 : 1);

  test('following, the last lines are seen, the first row perhaps in part', () => {
    expect(viewport(list(6), followingView, 4, linesOf)).toEqual({
      items: [3, 4, 5],
      current: 2,
      cut: 1,
      above: 3,
      below: 0,
    });
  });

  test('the current row is seen as a whole', () => {
    const up = moveView(list(6), followingView, -2, 4, linesOf);
    const shown = viewport(list(6), up, 4, linesOf);
    expect(shown.items[shown.current]).toBe(3);
    expect(shown.cut).toBe(0);
    const top = moveView(list(6), up, -3, 4, linesOf);
    expect(viewport(list(6), top, 4, linesOf)).toEqual({items: [0, 1, 2, 3], current: 0, cut: 0, above: 0, below: 2});
  });

  test('wherever one goes, no line of the pane is left empty', () => {
    let view = followingView;
    for (const by of [-1, -1, -1, 1, -2, 3, -9, 2, 2, 2]) {
      view = moveView(list(9), view, by, 4, linesOf);
      const {items, current, cut} = viewport(list(9), view, 4, linesOf);
      const lines = items.reduce((sum, item) => sum + linesOf(item), 0) - cut;
      expect(lines).toBeGreaterThanOrEqual(4);
      expect(current).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('a list with an order', () => {
  let looked = 0;
  const ordered = (from: number, length: number, newestAt: 'top' | 'bottom' = 'bottom'): List<number> => {
    const ascending = Array.from({length}, (_, index) => from + index);
    return {
      items: newestAt === 'bottom' ? ascending : ascending.reverse(),
      keyOf(item) {
        looked += 1;
        return String(item);
      },
      orderOf: Number,
      newestAt,
    };
  };

  test('the current row among 50,000 is found without looking at them', () => {
    const view = moveView(ordered(0, 50_000), followingView, -20_000, 10);
    looked = 0;
    expect(currentIndex(ordered(0, 50_000), view)).toBe(29_999);
    expect(looked).toBeLessThan(3);
  });

  test('where the current row has gone, the one next to it is current', () => {
    const all = ordered(0, 100);
    const view = moveView(all, followingView, -50, 10);
    const thirds = {...all, items: [...all.items].filter(item => item % 3 === 0)};
    expect(thirds.items[currentIndex(thirds, view)]).toBe(51);
    expect(currentIndex(ordered(80, 20), view)).toBe(0);
  });

  test.each(['top', 'bottom'] as const)(
    'new rows are counted from where following stopped, newest at the %s',
    newestAt => {
      const away = newestAt === 'bottom' ? -3 : 3;
      const view = moveView(ordered(0, 100, newestAt), followingView, away, 10);
      expect(newRows(ordered(0, 100, newestAt), view)).toBe(0);
      expect(newRows(ordered(0, 112, newestAt), view)).toBe(12);
      expect(newRows(ordered(105, 7, newestAt), view)).toBe(7);
      expect(newRows(ordered(0, 112, newestAt), followed(view))).toBe(0);
    },
  );
});

test('whatever is done to a list, the current row is seen as a whole and no line is wasted', () => {
  const random = numbers();
  const below = (end: number) => Math.floor(random() * end);
  for (let round = 0; round < 300; round++) {
    const newestAt = random() < 0.5 ? 'top' : 'bottom';
    const height = 1 + below(8);
    const linesOf = (item: number) => 1 + ((item * 7) % 3 === 0 ? Math.min(height - 1, item % 5) : 0);
    let [from, to] = [0, below(20)];
    let view = followingView;
    for (let step = 0; step < 20; step++) {
      if (random() < 0.4) to += below(5);
      if (random() < 0.3) from = Math.min(to, from + below(6));
      const ascending = Array.from({length: to - from}, (_, index) => from + index);
      const items = newestAt === 'bottom' ? ascending : ascending.reverse();
      const rows: List<number> = {items, keyOf: String, orderOf: Number, newestAt};
      view = random() < 0.1 ? followed(view) : moveView(rows, view, below(9) - 4, height, linesOf);
      const shown = viewport(rows, view, height, linesOf);
      const about = `${JSON.stringify({items, view, height, shown})}, LIFECYCLE_SEED=${seed}`;
      if (items.length === 0) continue;
      const lines = shown.items.flatMap(item => Array.from({length: linesOf(item)}, () => item));
      const onScreen = lines.slice(shown.cut, shown.cut + height);
      const all = items.reduce((sum, item) => sum + linesOf(item), 0);
      expect(onScreen.length, about).toBe(Math.min(height, all));
      const current = shown.items[shown.current]!;
      expect(onScreen.filter(item => item === current).length, about).toBe(linesOf(current));
      expect(shown.above + shown.items.length + shown.below, about).toBe(items.length);
      expect(newRows(rows, view), about).toBeLessThanOrEqual(items.length);
    }
  }
});

describe('rows that came since following stopped', () => {
  const timed = (items: readonly number[], all = items): List<number> => ({
    items,
    keyOf: String,
    orderOf: time => Math.floor(time),
    newest: () => all.at(-1),
    newestAt: 'bottom',
  });
  const all = [1, 2, 3, 4, 5.1, 5.2];

  test.each<[string, readonly number[], readonly number[], number]>([
    ['none, where a filter hid the newest and is cleared', [1, 3], all, 0],
    ['none, where a filter is inverted', [2, 5.2], [1, 3, 4, 5.1], 0],
    ['only what is newer than all that there was', [1, 3], [...all, 6, 7], 2],
    ['only those that are shown', [1, 3], [1, 3, 7], 1],
  ])('%s', (_, then, now, fresh) => {
    const view = moveView(timed(then, all), followingView, -1, 3);
    expect(newRows(timed(now, all), view)).toBe(fresh);
  });

  test("the user's own rows are none", () => {
    const view = moveView(timed(all), followingView, -1, 3);
    const marked = {...timed([...all, 6.5, 7, 8.5]), own: [6, 8]};
    expect(newRows(marked, view)).toBe(1);
  });
});
