import {expect, test} from 'vitest';
import type {StepId} from '../../../src/lifecycle/message.ts';
import {timeLeft} from '../../../src/tui/presentation/time-left.ts';
import type {StepRow} from '../../../src/tui/state/app-state.ts';

const now = 1_000_000;

const row = (id: StepId, patch: Partial<StepRow> & Pick<StepRow, 'status'>): StepRow => ({
  ...{v: 1, at: new Date(now).toISOString(), type: 'step', id, title: id, name: id},
  ...patch,
});
const waiting = (id: StepId, expectedMs: number, ...waitsFor: StepId[]) =>
  row(id, {status: 'waiting', expectedMs, waitsFor});
const running = (id: StepId, expectedMs: number, forMs: number) =>
  row(id, {status: 'running', expectedMs, startedAt: now - forMs});
const done = (id: StepId, expectedMs: number, agoMs = 0) =>
  row(id, {status: 'done', expectedMs, endedAt: now - agoMs, action: 'deleted'});
const {expectedMs: _, ...unknown} = waiting('layer', 0);

test.each<[string, StepRow[], string | undefined]>([
  ['nothing is known before the steps are', [], undefined],
  ['one whose time is unknown hides them all', [waiting('table', 7_000), unknown], undefined],
  ['one that waits', [waiting('table', 7_350)], '~7 s'],
  ['one that runs', [running('table', 7_350, 4_000)], '~3 s'],
  ['never less than a second while something runs', [running('role', 630, 600)], '~1 s'],
  ['the longer of two', [running('table', 7_350, 1_000), running('layer', 1_230, 1_000)], '~6 s'],
  [
    'the longest way through the graph',
    [
      running('table', 7_000, 0),
      running('role', 1_000, 0),
      waiting('target', 8_000, 'role'),
      waiting('smoke', 2_000, 'target', 'table'),
    ],
    '~11 s',
  ],
  ['what is done does not hold up', [done('role', 600), waiting('target', 900, 'role', 'layer')], '~1 s'],
  ['a little over is still usual', [running('target', 8_000, 11_900), waiting('smoke', 2_000, 'target')], '~2 s'],
  ['and much over is said', [running('target', 8_000, 12_100), waiting('smoke', 2_000, 'target')], 'longer than usual'],
  ['a short step may take a second more', [running('role', 300, 1_250)], '~1 s'],
  [
    'not where something else takes longer still',
    [running('role', 300, 1_400), running('table', 7_000, 1_400)],
    '~6 s',
  ],
  ['all is done', [done('table', 7_000)], undefined],
  ['a circle, which there is not, ends', [waiting('role', 1_000, 'table'), waiting('table', 1_000, 'role')], '~2 s'],
])('what is left of a deployment: %s', (_, steps, words) => {
  expect(timeLeft({kind: 'deploy', steps}, now)).toBe(words);
});

test.each<[string, StepRow[], string | undefined]>([
  ['late log lines are waited for after the log group', [waiting('logs-target', 130)], '~15 s'],
  ['beside a table that goes meanwhile', [running('table', 7_400, 1_000), done('logs-target', 130, 5_000)], '~10 s'],
  ['when all else is done', [done('table', 7_400), done('logs-target', 130, 7_000)], '~8 s'],
  ['not for one that was not there', [{...done('logs-target', 130), action: 'absent'}], undefined],
  ['not on this machine', [row('logs-target', {status: 'done', endedAt: now, action: 'deleted'})], undefined],
  ['and no longer than that', [done('logs-target', 130, 15_500)], undefined],
])('what is left of a teardown: %s', (_, steps, words) => {
  expect(timeLeft({kind: 'teardown', steps}, now)).toBe(words);
});
