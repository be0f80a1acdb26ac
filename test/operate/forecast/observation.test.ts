import {expect, test} from 'vitest';
import type {Environment} from '../../../src/lifecycle/environment.ts';
import {type Asked, observeEnd, observeIdle} from '../../../src/operate/forecast/observation.ts';

/** Started at 1,000, idle since 5,000, gone at 25,000. */
const gone: Environment = {
  id: 'a',
  functionName: 'f',
  startedAt: 1_000,
  state: 'gone',
  generation: 1,
  initType: 'on-demand',
  proactive: false,
  invocations: 1,
  idleSince: 5_000,
  idleSource: 'report',
  missing: 0,
  sequence: {first: 1, last: 2, seen: 2},
  shutdown: {at: 25_000, reason: 'spindown', idleMs: 20_000},
  activities: [],
};
const endedBy = (reason: string): Environment => ({...gone, shutdown: {at: 25_000, reason, idleMs: 20_000}});

test.each<[string, Environment, Asked, ReturnType<typeof observeEnd>]>([
  ['nothing asked for it', gone, {lastModified: 500}, {idleMs: 20_000, ended: true, source: 'report'}],
  [
    'the function was changed while it was idle',
    gone,
    {lastModified: 12_000},
    {idleMs: 7_000, ended: false, source: 'report'},
  ],
  [
    'it was changed before the idle time',
    gone,
    {lastModified: 3_000},
    {idleMs: 20_000, ended: false, source: 'report'},
  ],
  ['it was changed after it had gone: who can tell what ended it', gone, {lastModified: 60_000}, undefined],
  [
    'forced from here, and changed once more since',
    gone,
    {lastModified: 60_000, forcedAt: 9_000},
    {idleMs: 4_000, ended: false, source: 'report'},
  ],
  ['the function is gone', gone, {}, {idleMs: 20_000, ended: false, source: 'report'}],
  ['forced from here', gone, {lastModified: 9_100, forcedAt: 9_000}, {idleMs: 4_000, ended: false, source: 'report'}],
  ['timeout', endedBy('timeout'), {lastModified: 500}, {idleMs: 20_000, ended: false, source: 'report'}],
  [
    'failure by our order',
    endedBy('failure'),
    {lastModified: 500, forcedAt: 24_000},
    {idleMs: 19_000, ended: false, source: 'report'},
  ],
  [
    'an order for an earlier environment',
    gone,
    {lastModified: 500, forcedAt: 600},
    {idleMs: 20_000, ended: true, source: 'report'},
  ],
])('%s', (_, environment, asked, expected) => {
  expect(observeEnd(environment, asked)).toEqual(expected);
});

test.each(['report', 'response', 'parked', 'timeout'] as const)('the source %s of the idle time is kept', source => {
  expect(observeEnd({...gone, idleSource: source}, {lastModified: 500})).toMatchObject({source});
});

test('an environment that was reset by an order, and later went by itself, is a lifetime', () => {
  expect(observeEnd({...gone, generation: 2}, {lastModified: 500, forcedAt: 3_000})).toMatchObject({ended: true});
});

test('without a begin of the idle time nothing is said', () => {
  const {idleSince: _, ...unknown} = gone;
  expect(observeEnd({...unknown, shutdown: {at: 25_000, reason: 'spindown'}}, {lastModified: 500})).toBeUndefined();
});

test('an idle environment says that it lasts longer', () => {
  expect(observeIdle({...gone, state: 'idle'}, 9_000)).toEqual({idleMs: 4_000, ended: false});
  expect(observeIdle(gone, 9_000)).toBeUndefined();
});
