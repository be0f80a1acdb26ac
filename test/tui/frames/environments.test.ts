import {describe, expect, test} from 'vitest';
import {isLive} from '../../../src/lifecycle/environment.ts';
import {noScores} from '../../../src/lifecycle/score.ts';
import type {SessionState} from '../../../src/operate/session/session-state.ts';
import {
  ago,
  awsEnvironments,
  awsForecasts,
  awsState,
  fakeEnvironment,
  invoked,
  longId,
  noEnvironments,
} from '../../support/fake-environments.ts';
import {frameTime, someState} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {openDashboard} from '../../support/open-app.ts';
import {large, type Size, sizeName, small, usual} from '../../support/sizes.ts';

/** The dashboard of a stack on AWS, or on Local, with this state. */
const dashboard = async (size: Size, state: SessionState, on: 'aws' | 'local' = 'aws') =>
  (await openDashboard({...size, state, on})).app;

const many = Array.from({length: 40}, (_, index) =>
  fakeEnvironment(longId(`a${String(index).padStart(5, '0')}`), {
    startedAt: ago(400 - index),
    idleSince: ago(380 - index * 9),
    invocations: 1 + (index % 7),
    activities: [invoked(1, 390 - index * 9, 4)],
  }),
);
const gone = awsEnvironments.filter(one => !isLive(one));
const late = [
  fakeEnvironment(longId('9f3c1a'), {startedAt: ago(900), idleSince: ago(450), activities: [invoked(1, 899, 3)]}),
  fakeEnvironment(longId('b07e44'), {startedAt: ago(1_200), idleSince: ago(1_000), activities: [invoked(1, 1_100, 3)]}),
];
const withList = (list: typeof many): SessionState =>
  awsState({environments: {...noEnvironments, list}, ...awsForecasts(list)});

describe.each([large, usual, small])('the environments at $columns x $rows', size => {
  const name = sizeName(size);

  test('one of everything on AWS', async () => {
    await golden(`environments-aws-${name}`, await dashboard(size, awsState()));
  });

  test('those that were forced from here, and one that was reset', async () => {
    const ordered = new Map(gone.map(({id}) => [id, ago(600)]));
    const ended = awsState({environments: {...noEnvironments, list: gone}, ...awsForecasts([]), scores: noScores});
    const app = await dashboard(size, {...ended, ordered});
    await golden(`environments-forced-${name}`, app);
    await app.press('jj\r');
    await golden(`environment-forced-${name}`, app);
  });

  test('of an old configuration, beside one of the new', async () => {
    const app = await dashboard(size, awsState({functionChanges: [ago(310)]}));
    await golden(`environments-outdated-${name}`, app);
    await app.press('j\r');
    await golden(`environment-outdated-${name}`, app);
  });

  test('none yet', async () => {
    const empty = awsState({environments: noEnvironments, ...awsForecasts([]), scores: noScores, events: [], logs: []});
    await golden(`environments-none-${name}`, await dashboard(size, empty));
  });

  test('before anything was read', async () => {
    const loading = {
      ...awsState({environments: noEnvironments, forecasts: new Map(), scores: noScores, events: [], logs: []}),
      expectation: undefined,
    };
    await golden(`environments-loading-${name}`, await dashboard(size, loading as unknown as SessionState));
  });

  test('forty, in the midst of them', async () => {
    const app = await dashboard(size, withList(many));
    await app.press('j'.repeat(20));
    await golden(`environments-many-${name}`, app);
  });

  test('only gone ones', async () => {
    await golden(`environments-gone-${name}`, await dashboard(size, withList(gone)));
  });

  test('later than anything seen', async () => {
    await golden(`environments-later-${name}`, await dashboard(size, withList(late)));
  });

  test('filtered', async () => {
    const app = await dashboard(size, awsState());
    await app.press('/spindown\r');
    await golden(`environments-filtered-${name}`, app);
  });

  test('zoomed in and in another order', async () => {
    const app = await dashboard(size, awsState());
    await app.press('---oo');
    await golden(`environments-zoomed-out-${name}`, app);
    await app.press('++++++z');
    await golden(`environments-zoomed-in-${name}`, app);
  });

  test('a reset one with a missing event in full', async () => {
    const app = await dashboard(size, awsState());
    await app.press('j\r');
    await golden(`environment-reset-${name}`, app);
  });

  test('one that was reset and has not served since, in full', async () => {
    const app = await dashboard(size, awsState());
    await app.press('Gkk\r');
    await golden(`environment-reset-since-${name}`, app);
  });

  test('one that has gone in full', async () => {
    const app = await dashboard(size, awsState());
    await app.press('Gk\r');
    await golden(`environment-gone-${name}`, app);
  });

  test('an idle one on Local in full, scrolled to its begin', async () => {
    const app = await dashboard(size, someState(), 'local');
    await app.press('\r');
    await app.press('g');
    await golden(`environment-local-${name}`, app);
  });
});

test('a thousand of them', async () => {
  const thousand = Array.from({length: 1_000}, (_, index) =>
    fakeEnvironment(longId(`b${String(index).padStart(5, '0')}`), {
      startedAt: ago(700 - index / 4),
      idleSince: ago(420 - index * 0.4),
      activities: [invoked(1, 600, 4)],
    }),
  );
  const app = await dashboard(large, withList(thousand));
  await app.press('Gz');
  await golden('environments-thousand-120x40', app);
});

test('forced SHUTDOWN counts up in the border, on the clock of AWS', async () => {
  const clockOffsetMs = 90_000;
  const seen = [{environmentId: longId('4410fa'), reason: 'spindown', latencyMs: 300}];
  const expected = [longId('4410fa'), 'b'];
  const startedAt = frameTime + clockOffsetMs - 6_000;
  const shutdown = {how: 'update' as const, waitMs: 32_000, startedAt, expected, seen, finished: false};
  const app = await dashboard(large, awsState({clockOffsetMs, shutdown}));
  expect(await app.frame()).toContain('1 of 2 gone, 6 s');
});
