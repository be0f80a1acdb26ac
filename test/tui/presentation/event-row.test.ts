import {expect, test} from 'vitest';
import {noScores, scoreOf} from '../../../src/lifecycle/score.ts';
import {eventFacts} from '../../../src/tui/presentation/event-facts.ts';
import {eventRow} from '../../../src/tui/presentation/event-row.ts';
import {lineText} from '../../../src/tui/ui/line.ts';
import {readFilter} from '../../../src/tui/ui/matches.ts';
import {awsState, fakeEnvironment, invoked, noEnvironments} from '../../support/fake-environments.ts';
import {ids, someEvent} from '../../support/fake-session.ts';

const window = {earlyMs: 352_000, lateMs: 397_000};
const shutdown = someEvent(6, {eventType: 'SHUTDOWN', shutdownReason: 'spindown', parkedMs: 361_000});
const cold = someEvent(1, {cold: true, requestId: invoked(1, 9, 1).requestId!});

test.each([
  [
    'a natural end with its score',
    shutdown,
    {score: scoreOf(window, 361_000)},
    '12:04:06  9f3c1a  SHUTDOWN  spindown  expected 5:52–6:37, came 6:01 ✓',
  ],
  [
    'one that nothing was forecast for',
    shutdown,
    {score: scoreOf(undefined, 361_000)},
    '12:04:06  9f3c1a  SHUTDOWN  spindown  idle 6:01, nothing forecast',
  ],
  ['one that is not scored', shutdown, {}, '12:04:06  9f3c1a  SHUTDOWN  reason spindown  idle 6m 01s'],
  [
    'one that was forced from here',
    shutdown,
    {asked: 'forced' as const},
    '12:04:06  9f3c1a  SHUTDOWN  reason spindown  idle 6m 01s  forced',
  ],
  [
    'a reset: what the extension measured is the invocation that hung',
    {...shutdown, shutdownReason: 'timeout'},
    {},
    '12:04:06  9f3c1a  SHUTDOWN  reason timeout',
  ],
  ['a cold start with its init', cold, {initMs: 318.4}, '12:03:41  9f3c1a  INVOKE    #1   cold  init 318 ms'],
  ['a cold start before its REPORT', cold, {}, '12:03:41  9f3c1a  INVOKE    #1   cold'],
])('%s', (_, event, facts, words) => {
  expect(lineText(eventRow(event, false, facts, {search: readFilter(''), left: 0})).trim()).toBe(words);
});

test('the session knows the init of the very invocation, and the score of natural ends only', () => {
  const list = [fakeEnvironment(ids[0], {activities: [{...invoked(1, 9, 1), initMs: 318}]})];
  const scores = {...awsState().scores, byEnvironment: new Map([[ids[0], scoreOf(window, 361_000)]])};
  const state = awsState({environments: {...noEnvironments, list}, scores});
  expect(eventFacts(state, cold)).toEqual({initMs: 318});
  expect(eventFacts(state, {...cold, requestId: 'another'})).toEqual({});
  expect(eventFacts(state, {...cold, cold: false})).toEqual({});
  expect(eventFacts(state, shutdown)).toMatchObject({score: {verdict: 'hit'}});
  expect(eventFacts(state, {...shutdown, shutdownReason: 'timeout'})).toEqual({});
  const orderedAt = (ms: number) => ({...state, scores: noScores, ordered: new Map([[ids[0], ms]])});
  expect(eventFacts(orderedAt(Date.parse(shutdown.timestamp) - 400), shutdown)).toEqual({asked: 'forced'});
  expect(eventFacts(orderedAt(Date.parse(shutdown.timestamp) + 1), shutdown)).toEqual({});
});
