import {expect, test} from 'vitest';
import {buildTimeline, expectedPath, type StepTiming} from '../../src/provision/timeline.ts';

const step = (id: string, startMs: number, ms: number, needs: string[] = [], told: StepTiming['told'] = []) => ({
  id,
  startMs,
  ms,
  needs,
  told,
});

test.each<[string, StepTiming[], string[], number]>([
  ['nothing', [], [], 0],
  ['one', [step('a', 0, 5)], ['a'], 5],
  ['the longer of two ways', [step('a', 0, 5), step('b', 0, 9), step('c', 9, 2, ['a', 'b'])], ['b', 'c'], 11],
  ['the look before all', [step('look', 0, 3), step('a', 3, 5), step('b', 3, 1, [])], ['look', 'a'], 8],
  ['a step that waited for its turn', [step('a', 0, 4), step('b', 4, 4)], ['a', 'b'], 8],
  ['the end that nothing needs', [step('a', 0, 4), step('b', 4, 1, ['a']), step('c', 0, 30)], ['c'], 30],
])('the critical path: %s', (_, steps, path, ms) => {
  const {timeline, criticalPathMs} = buildTimeline(steps);
  expect(timeline.filter(({critical}) => critical).map(({id}) => id)).toEqual(path);
  expect(criticalPathMs).toBe(ms);
});

test('what was waited for lasts until something else is told, or to the end', () => {
  const told = [
    {atMs: 1_000, detail: 'role propagation: not yet visible to Lambda, next try in 0.3 s'},
    {atMs: 1_250, detail: 'role propagation: not yet visible to Lambda, next try in 0.5 s'},
    {atMs: 8_900, detail: 'waiting for lambda-target-demo to be Active'},
  ];
  const {timeline} = buildTimeline([step('target', 900, 9_100, [], told)]);
  expect(timeline[0]?.waits).toEqual([
    {what: 'role propagation', ms: 7_900},
    {what: 'waiting for lambda-target-demo to be Active', ms: 1_100},
  ]);
});

test('the expected path goes by the estimates', () => {
  const task = (id: string, estimateMs: number, ...needs: string[]) => ({id, estimateMs, needs});
  const tasks = [task('role', 9), task('table', 8), task('f', 3, 'role'), task('smoke', 2, 'f', 'table')];
  expect([...expectedPath(tasks)]).toEqual(['smoke', 'f', 'role']);
  expect([...expectedPath([])]).toEqual([]);
});
