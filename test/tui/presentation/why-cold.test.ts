import {expect, test} from 'vitest';
import type {Environment} from '../../../src/lifecycle/environment.ts';
import {whyCold} from '../../../src/tui/presentation/why-cold.ts';
import {someEnvironments} from '../../support/fake-session.ts';

const live = (id: string, startedAt: number): Environment => ({...someEnvironments[0]!, id, startedAt});
const gone = (id: string, startedAt: number, at: number): Environment => ({
  ...live(id, startedAt),
  state: 'gone',
  shutdown: {at, reason: 'spindown'},
});
const row = {key: 1, sentAt: 100_000, status: 200, cold: true, environmentId: 'own'};
const forced = {startedAt: 97_000, expected: [], seen: [], finished: true};

test.each([
  ['nothing was there', [live('own', 100_050)], undefined, 'first request'],
  ['what was there had gone', [gone('a', 1, 50_000), live('own', 100_050)], undefined, 'no environment was left'],
  ['one was there', [live('a', 1), live('own', 100_050)], undefined, 'the one environment was busy'],
  ['two were there', [live('a', 1), gone('b', 1, 100_001)], undefined, 'all 2 environments were busy'],
  ['others started later', [live('a', 100_001)], undefined, 'first request'],
  ['a change was 3 s before', [gone('a', 1, 98_000)], forced, 'configuration changed 3s ago'],
  ['a change came after it', [live('a', 1)], {...forced, startedAt: 100_001}, 'the one environment was busy'],
  ['a change was long ago', [live('a', 1)], {...forced, startedAt: 10_000}, 'the one environment was busy'],
])('when %s', (_, environments, shutdown, expected) => {
  expect(whyCold(row, environments, shutdown)).toBe(expected);
});

test('warm and unanswered requests are not explained', () => {
  expect(whyCold({...row, cold: false}, [], undefined)).toBeUndefined();
  expect(whyCold({key: 2, sentAt: 1}, [], undefined)).toBeUndefined();
});
