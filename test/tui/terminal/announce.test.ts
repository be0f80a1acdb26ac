import {expect, test} from 'vitest';
import type {Environment} from '../../../src/lifecycle/environment.ts';
import {createStore} from '../../../src/tui/state/store.ts';
import {announce} from '../../../src/tui/terminal/announce.ts';
import {rings} from '../../../src/tui/terminal/bell.ts';
import {titleOf} from '../../../src/tui/terminal/title.ts';
import {frameTime, ids, someEnvironments, someState} from '../../support/fake-session.ts';
import {someAppState} from '../../support/some-app-state.ts';

const live: Environment[] = someEnvironments.map(one => ({
  ...one,
  state: one.state === 'gone' ? ('idle' as const) : one.state,
}));
const environments = (list: readonly Environment[]) => ({...someState().environments, list});
const shutdown = {
  how: 'update' as const,
  waitMs: 30_000,
  startedAt: frameTime,
  expected: [ids[0]],
  seen: [],
  finished: false,
};

test.each([
  ['the menu', someAppState({screen: 'menu'}), 'λ lifecycle-tui'],
  ['the dashboard', someAppState({}), 'λ 1 busy · 2 idle · next ≈ 0:03'],
  ['no environment', someAppState({data: {environments: environments([])}}), 'λ 0 idle'],
  ['no answer', someAppState({data: {live: false, forecasts: new Map()}}), 'λ no answer · 1 busy · 2 idle'],
  ['the end', someAppState({screen: 'stopping'}), 'λ stopping'],
])('title of %s', (_, state, expected) => {
  expect(titleOf(state)).toBe(expected);
});

test.each([
  ['nothing', {}, {}, false],
  ['new rows', {}, {logs: []}, false],
  [
    'an environment goes by itself',
    {environments: environments(live)},
    {environments: environments(live.map((one, index) => (index === 1 ? {...one, state: 'gone' as const} : one)))},
    true,
  ],
  [
    'one goes that was told to',
    {environments: environments(live), shutdown},
    {
      environments: environments(live.map((one, index) => (index === 0 ? {...one, state: 'gone' as const} : one))),
      shutdown,
    },
    false,
  ],
  ['a forced SHUTDOWN has ended', {shutdown}, {shutdown: {...shutdown, finished: true}}, true],
  ['it ended long ago', {shutdown: {...shutdown, finished: true}}, {shutdown: {...shutdown, finished: true}}, false],
])('bell when %s', (_, before, after, expected) => {
  const first = someAppState({data: before});
  const second = {...first, dashboard: {...first.dashboard!, data: someState(after)}};
  expect(rings(first, second)).toBe(expected);
  expect(rings(someAppState({screen: 'menu'}), second), 'another session').toBe(false);
});

test('title and bell are written once a second at most, and only when there is news', () => {
  // The clock of a replay stands still here, and jumps there.
  let shown = frameTime;
  let real = 0;
  const store = createStore(someAppState({data: {environments: environments(live)}}), () => shown);
  const written: string[] = [];
  const end = announce(
    store,
    text => written.push(text),
    'ascii',
    () => 1_000_000 + real,
  );
  const commit = (shownMs: number, realMs: number) => {
    shown += shownMs;
    real += realMs;
    store.flush();
  };
  commit(0, 0);
  expect(written).toEqual(['\x1b]2;L 1 busy . 3 idle . next ~ 0:03\x1b\\']);
  commit(1_000, 400);
  expect(written, 'the same second').toHaveLength(1);
  commit(0, 600);
  expect(written.at(-1)).toBe('\x1b]2;L 1 busy . 3 idle . next ~ 0:02\x1b\\');
  const {dashboard} = store.get();
  store.set({
    dashboard: {
      ...dashboard!,
      data: {...dashboard!.data, environments: environments(live.map(one => ({...one, state: 'gone'})))},
    },
  });
  commit(0, 0);
  expect(written.slice(2), 'the bell at once').toEqual(['\x07']);
  commit(0, 1_000);
  expect(written.slice(3), 'the title a second later').toEqual(['\x1b]2;L 0 idle\x1b\\']);
  end();
  store.set({dashboard: undefined, screen: 'menu'});
  commit(5_000, 5_000);
  expect(written).toHaveLength(4);
  store.close();
});
