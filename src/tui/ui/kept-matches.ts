import {leadingRows, type Rows} from '../../operate/rows.ts';

/**
 * The rows of a list that a test lets through, kept from one time to the next: only rows that were not there before are
 * tested. For lists that grow at their end and lose rows at their start; where something changed in between, everything
 * from there on is tested again. Lists are never mutated.
 */
export function createKeptMatches<Row>(test: (row: Row) => boolean, first: Kept<Row> = nothing): KeptMatches<Row> {
  let last = first;
  return {
    of(source) {
      if (last.source !== source) last = continued(last, source, test);
      return last.rows;
    },
    narrowed: stricter => createKeptMatches(stricter, narrowed(last, stricter)),
  };
}

export type KeptMatches<Row> = {
  of(source: Rows<Row>): readonly Row[];
  /** Those of a test that lets through no row which this one does not: only the rows of this one are tested. */
  narrowed(stricter: (row: Row) => boolean): KeptMatches<Row>;
};

/** `at` has the place of each row in the source, counted from the first row there ever was; `dropped` were before the source's first. */
type Kept<Row> = {source: Rows<Row>; rows: readonly Row[]; at: readonly number[]; dropped: number};

const nothing: Kept<never> = {source: [], rows: [], at: [], dropped: 0};

function narrowed<Row>(last: Kept<Row>, test: (row: Row) => boolean): Kept<Row> {
  const rows: Row[] = [];
  const at: number[] = [];
  for (const [index, row] of last.rows.entries()) {
    if (!test(row)) continue;
    rows.push(row);
    at.push(last.at[index]!);
  }
  return {...last, rows, at};
}

function continued<Row>(last: Kept<Row>, source: Rows<Row>, test: (row: Row) => boolean): Kept<Row> {
  const [before, now] = [keysOf(last.source), keysOf(source)];
  const isFirst = (key: unknown) => key === now.at(0);
  const shift = now.length === 0 ? -1 : before.findIndex(isFirst);
  const same = shift < 0 ? 0 : commonLength(before, shift, now);
  const dropped = last.dropped + Math.max(0, shift);
  const first = leadingRows(last.at, at => at < dropped);
  const end = leadingRows(last.at, at => at < dropped + same);
  const rows = last.rows.slice(first, end);
  const at = last.at.slice(first, end);
  for (let index = same; index < source.length; index++) {
    const row = source.at(index)!;
    if (!test(row)) continue;
    rows.push(row);
    at.push(dropped + index);
  }
  return {source, rows, at, dropped};
}

/** A row is the same one if its key is, or if it is the very same. */
const keysOf = (rows: Rows<unknown>): Rows<unknown> => rows.rowKeys ?? rows;

function commonLength(before: Rows<unknown>, shift: number, now: Rows<unknown>): number {
  const most = Math.min(before.length - shift, now.length);
  let length = 0;
  while (length < most && before.at(length + shift) === now.at(length)) length += 1;
  return length;
}
