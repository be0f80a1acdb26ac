import {expect, test} from 'vitest';
import {createKeptMatches} from '../../../src/tui/ui/kept-matches.ts';
import {numbers, seed} from '../../support/seed.ts';

type Row = {n: number};
const row = (n: number): Row => ({n});
const even = ({n}: Row) => n % 2 === 0;

/** Counts what is tested. */
function counting() {
  let looked = 0;
  const look = (test: (one: Row) => boolean) => (one: Row) => {
    looked += 1;
    return test(one);
  };
  const matches = createKeptMatches(look(even));
  return {
    of(rows: readonly Row[]) {
      looked = 0;
      return matches.of(rows).map(({n}) => n);
    },
    looked: () => looked,
    narrowed: (test: (one: Row) => boolean) => matches.narrowed(look(test)),
  };
}

test('only new rows are tested, also when old ones have gone', () => {
  const kept = counting();
  const rows = Array.from({length: 50_000}, (_, n) => row(n));
  expect(kept.of(rows)).toHaveLength(25_000);
  expect(kept.looked()).toBe(50_000);
  kept.of(rows);
  expect(kept.looked()).toBe(0);
  const later = [...rows.slice(40), ...Array.from({length: 40}, (_, n) => row(50_000 + n))];
  const found = kept.of(later);
  expect(kept.looked()).toBe(40);
  expect(found).toHaveLength(25_000);
  expect([found[0], found.at(-1)]).toEqual([40, 50_038]);
});

test('a row that comes late, or that has changed, is tested with those behind it only', () => {
  const kept = counting();
  const rows = Array.from({length: 100}, (_, n) => row(n));
  kept.of(rows);
  const late = [...rows.slice(0, 90), row(1_000), ...rows.slice(90)];
  expect(kept.of(late)).toContain(1_000);
  expect(kept.looked()).toBe(11);
});

test('whatever happens to a list, the rows are those of a filter', () => {
  const random = numbers();
  const kept = counting();
  let rows: Row[] = [];
  let next = 0;
  for (let round = 0; round < 400; round++) {
    const kind = Math.floor(random() * 5);
    const many = Math.floor(random() * 6);
    if (kind === 0) rows = rows.slice(many);
    else if (kind === 1) rows = rows.toSpliced(Math.floor(random() * rows.length), 0, row(next++));
    else if (kind === 2) rows = rows.map(one => (random() < 0.1 ? row(one.n + 1) : one));
    else if (kind === 3 && random() < 0.1) rows = [];
    else rows = [...rows.slice(many), ...Array.from({length: many + 1}, () => row(next++))];
    expect(kept.of(rows), `LIFECYCLE_SEED=${seed}`).toEqual(rows.filter(even).map(({n}) => n));
  }
});

test('a stricter test looks at the rows that were left, and then at new ones', () => {
  const kept = counting();
  const rows = Array.from({length: 1_000}, (_, n) => row(n));
  kept.of(rows);
  const stricter = kept.narrowed(({n}) => n % 10 === 0);
  expect(kept.looked()).toBe(1_500);
  expect(stricter.of(rows)).toHaveLength(100);
  expect(stricter.of([...rows.slice(5), row(1_000), row(1_001)])).toHaveLength(100);
  expect(kept.looked()).toBe(1_502);
});
