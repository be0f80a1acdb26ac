import {expect, test} from 'vitest';
import type {LogMessage} from '../../../../src/lifecycle/message.ts';
import type {Mark} from '../../../../src/tui/presentation/log-row.ts';
import {createLogItems, type LogSource} from '../../../../src/tui/state/lists/log-items.ts';
import {someLog} from '../../../support/fake-session.ts';

const target = 'lambda-target-demo';
const logs = Array.from({length: 6}, (_, index): LogMessage => {
  const log = someLog(index, `line ${index}`);
  return index % 3 === 2 ? {...log, function: 'lambda-authorizer-demo'} : log;
});
const mark = (after: number): Mark => ({type: 'mark', key: `mark ${after}`, at: logs[after]!.timestamp});
const shown = (source: LogSource, marks: readonly Mark[], typed = '') =>
  [...createLogItems(log => [log.message])(logs, {source, target, marks}, typed)].map(item =>
    item.type === 'mark' ? '─' : item.message.at(-1),
  );

test.each([
  ['both', [], '', '012345'],
  ['target', [], '', '0134'],
  ['authorizer', [], '', '25'],
  ['authorizer', [], '5', '5'],
  ['both', [mark(1)], '', '01─2345'],
  ['both', [mark(1), mark(1), mark(5)], '', '01──2345─'],
  ['target', [mark(2)], '[34]', '─34'],
] as const)('of %s with marks %j and filter %j', (source, marks, typed, expected) => {
  expect(shown(source, marks, typed).join('')).toBe(expected);
});

test('50,000 lines: a filter looks at each once, and then at new ones only', () => {
  let looked = 0;
  const items = createLogItems(log => {
    looked += 1;
    return [log.message];
  });
  const all = Array.from({length: 50_000}, (_, index) => someLog(index, `line ${index}`));
  const choice = {source: 'both', target, marks: [mark(1)]} as const;
  items(all, choice, '');
  expect(looked).toBe(0);
  items(all, choice, '7$');
  expect(looked).toBe(50_000);
  items(all, {...choice, marks: [mark(1), mark(2)]}, '7$');
  items([...all.slice(20), ...Array.from({length: 20}, (_, n) => someLog(50_000 + n, 'new 7'))], choice, '7$');
  expect(looked).toBe(50_020);
});

test('50,000 lines: each further letter of a text looks at the lines that were left only', () => {
  let looked = 0;
  const items = createLogItems(log => {
    looked += 1;
    return [log.message];
  });
  const all = Array.from({length: 50_000}, (_, index) => someLog(index, index % 100 === 0 ? 'spindown' : 'single'));
  const choice = {source: 'both', target, marks: []} as const;
  const typed = ['s', 'sp', 'spi', 'spin', 'sp'];
  const seen = typed.map(text => {
    looked = 0;
    return [items(all, choice, text).length, looked];
  });
  expect(seen).toEqual([
    [50_000, 50_000],
    [500, 50_000],
    [500, 500],
    [500, 500],
    [500, 0],
  ]);
});
