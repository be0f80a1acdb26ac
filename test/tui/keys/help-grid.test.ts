import {describe, expect, test} from 'vitest';
import {helpColumns} from '../../../src/tui/keys/binding.ts';
import {bindings} from '../../../src/tui/keys/bindings.ts';
import {type HelpCell, helpBindings, helpGrid, whyOff} from '../../../src/tui/keys/help-grid.ts';
import {someAppState} from '../../support/some-app-state.ts';

const listed = bindings.filter(({help, group}) => help !== undefined && group !== 'REPLAY');
const ids = (cells: readonly HelpCell[]) => cells.flatMap(cell => (cell && 'binding' in cell ? [cell.binding.id] : []));

describe.each([1, 2, 3, 4])('%d columns', columns => {
  const grid = helpGrid(helpBindings({}, ''), columns);

  test('hold every key once', () => {
    expect(ids(grid.flat()).sort()).toEqual(listed.map(({id}) => id).sort());
    expect(grid.length).toBeLessThanOrEqual(columns);
  });

  test('neither begin with a gap nor end with the name of a group', () => {
    for (const column of grid) {
      expect(column[0]).toBeDefined();
      expect(column.at(-1)).not.toHaveProperty('heading');
    }
  });
});

test('the columns are read in the order in which arrows go', () => {
  const found = helpBindings({}, '');
  expect(ids(helpGrid(found, helpColumns.length).flat())).toEqual(found.map(({id}) => id));
  expect(ids(helpGrid(found, 2).flat())).toEqual(found.map(({id}) => id));
});

test.each([
  ['x', ['shutdown']],
  ['colour', ['theme']],
  ['⌃z', ['suspend']],
  ['nothing of that kind', []],
])('%j finds %j', (search, found) => {
  expect(helpBindings({}, search).map(({id}) => id)).toEqual(expect.arrayContaining(found));
  if (found.length === 0) expect(helpBindings({}, search)).toEqual([]);
});

test('keys of a replay are listed only while one is played', () => {
  expect(helpBindings({}, '').some(({group}) => group === 'REPLAY')).toBe(false);
  const replay = {speed: 1, playing: true, ended: false};
  expect(helpBindings({replay}, '').some(({group}) => group === 'REPLAY')).toBe(true);
});

test('a key is off because it means nothing here, or for a reason of its own', () => {
  const of = (id: string) => bindings.find(one => one.id === id)!;
  expect(whyOff(of('fire'), someAppState({}))).toBeUndefined();
  expect(whyOff(of('fire'), someAppState({readOnly: true}))).toContain('--read-only');
  expect(whyOff(of('open'), someAppState({}))).toBe('does nothing here');
});
