import {expect, test} from 'vitest';
import type {Environment} from '../../../src/lifecycle/environment.ts';
import type {RequestRow} from '../../../src/operate/session/session-state.ts';
import {whyCold} from '../../../src/tui/presentation/why-cold.ts';
import {someEnvironments} from '../../support/fake-session.ts';

const live = (id: string, startedAt: number): Environment => ({...someEnvironments[0]!, id, startedAt});
const gone = (id: string, startedAt: number, at: number): Environment => ({
  ...live(id, startedAt),
  state: 'gone',
  shutdown: {at, reason: 'spindown'},
});
const row: RequestRow = {
  key: 1,
  sentAt: 100_000,
  ahead: 0,
  status: 200,
  cold: true,
  environmentId: 'own',
  invocation: 1,
};
const own = live('own', 100_050);

type Case = [string, Partial<RequestRow>, Environment[], number[], string, string];
const cases: Case[] = [
  ['nothing was there', {}, [own], [], 'first', 'first request'],
  ['nothing was there after a deployment', {}, [own], [99_000], 'first', 'first request'],
  ['what was there had gone', {}, [gone('a', 1, 50_000), own], [], 'none', 'no environment was left'],
  ['one was there', {}, [live('a', 1)], [], '1 busy', 'the one environment busy'],
  ['two were there', {}, [live('a', 1), gone('b', 1, 100_001)], [], '2 busy', 'all 2 environments busy'],
  ['others started later', {}, [live('a', 100_001)], [], 'first', 'first request'],
  ['two of a burst went ahead', {ahead: 2}, [own], [], '2 busy', 'all 2 environments busy'],
  ['more went ahead than are there', {ahead: 3}, [live('a', 1)], [], '3 busy', 'all 3 environments busy'],
  ['a change was 3 s before', {}, [gone('a', 1, 98_000)], [97_000], 'change', 'configuration changed 3s ago'],
  ['the old one still idles', {}, [live('a', 1)], [97_000], 'change', 'configuration changed 3s ago'],
  ['the newest change counts', {}, [live('a', 1)], [10_000, 98_000], 'change', 'configuration changed 2s ago'],
  [
    'one started after the change',
    {},
    [live('a', 98_000), live('b', 1)],
    [97_000],
    '1 busy',
    'the one environment busy',
  ],
  [
    'those that came after the change have gone too',
    {},
    [gone('a', 1, 97_500), gone('b', 97_600, 99_000)],
    [97_000],
    'none',
    'no environment was left',
  ],
  [
    'another change came later',
    {},
    [gone('a', 1, 98_000)],
    [97_000, 200_000],
    'change',
    'configuration changed 3s ago',
  ],
  ['the old one went before the change', {}, [gone('a', 1, 50_000)], [97_000], 'none', 'no environment was left'],
  ['the change came after it', {}, [live('a', 1)], [100_001], '1 busy', 'the one environment busy'],
  [
    'its environment had served before',
    {invocation: 2},
    [live('own', 1)],
    [],
    'reset',
    'after reset: same environment, new generation',
  ],
  [
    'it was reset after a change',
    {invocation: 9},
    [live('own', 1)],
    [99_000],
    'reset',
    'after reset: same environment, new generation',
  ],
];

test.each(cases)('when %s', (_, patch, environments, changes, brief, words) => {
  expect(whyCold({...row, ...patch}, {environments, changes})).toEqual({brief, words});
  expect(brief.length).toBeLessThanOrEqual(6);
});

test('warm and unanswered requests are not explained', () => {
  const nothing = {environments: [], changes: []};
  expect(whyCold({...row, cold: false}, nothing)).toBeUndefined();
  expect(whyCold({key: 2, sentAt: 1, ahead: 0}, nothing)).toBeUndefined();
});
