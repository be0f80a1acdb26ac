import {describe, test} from 'vitest';
import type {RequestRow, SessionState, ShutdownProgress} from '../../../src/operate/session/session-state.ts';
import {figuresOf, frameTime, ids, someEnvironments, someState} from '../../support/fake-session.ts';
import {golden} from '../../support/golden.ts';
import {openDashboard, quiet} from '../../support/open-app.ts';
import {large, type Size, sizeName, small, usual} from '../../support/sizes.ts';
import type {Driver} from '../../support/tui-driver.tsx';

async function dashboard(size: Size, state: Partial<SessionState>, readOnly = false) {
  const opened = await openDashboard({...size, state, readOnly, on: readOnly ? 'aws' : 'local'});
  await opened.app.press('2');
  return opened;
}

/** Nothing that passes is in a golden frame. */
async function settled(name: string, app: Driver) {
  quiet(app);
  await golden(name, app);
}

function requested(requests: readonly RequestRow[]): Partial<SessionState> {
  const answered = requests.filter(({status}) => status !== undefined);
  const requestCounts = {
    sent: requests.length,
    underWay: requests.length - answered.length,
    failed: answered.filter(({error}) => error !== undefined).length,
    cold: requests.filter(({cold}) => cold).length,
  };
  return {requests, requestCounts, ...figuresOf(requests)};
}

const steady: readonly RequestRow[] = Array.from({length: 120}, (_, n): RequestRow => {
  const sentAt = frameTime - 24_000 + n * 200;
  const latencyMs = 900 + ((n * 37) % 160);
  const ahead = Math.min(n, 4);
  const common = {key: n, sentAt, ahead};
  if (sentAt + latencyMs > frameTime) return common;
  const cold = n < 5;
  return {...common, status: 200, latencyMs, cold, invocation: 1 + Math.floor(n / 5), environmentId: ids[n % 4]!};
});

const failed = (key: number, status: number, error: string, latencyMs: number): RequestRow => ({
  key,
  sentAt: frameTime - 20_000 + key * 1_000,
  ahead: 0,
  status,
  latencyMs,
  error,
});
const failures: readonly RequestRow[] = [
  failed(1, 429, 'HTTP 429', 12),
  failed(2, 502, 'HTTP 502', 6_021),
  failed(3, 504, 'HTTP 504', 29_003),
  failed(4, 403, 'HTTP 403', 41),
  failed(5, 200, 'RequestId: 3f0c9d52 Error: Task timed out after 6.00 seconds', 6_004),
  failed(6, 0, 'connect ECONNREFUSED 127.0.0.1:4566', 3),
  failed(7, 0, 'cancelled', 120),
];

const burst: readonly RequestRow[] = [1, 2, 3].map(key => ({key, sentAt: frameTime - 400, ahead: key - 1}));

const forced: ShutdownProgress = {
  how: 'update',
  waitMs: 32_000,
  startedAt: frameTime - 6_000,
  expected: ids,
  seen: [
    {environmentId: ids[0], reason: 'spindown', latencyMs: 412},
    {environmentId: ids[1], reason: 'spindown', latencyMs: 455},
    {environmentId: ids[2], reason: 'spindown', latencyMs: 1_920},
  ],
  finished: false,
};
const all = {
  ...forced,
  seen: [...forced.seen, {environmentId: ids[3], reason: 'spindown', latencyMs: 501}],
  finished: true,
};

describe.each([large, usual])('$columns x $rows', size => {
  const name = sizeName(size);

  test('nothing sent yet', async () => {
    const {app} = await dashboard(size, requested([]));
    await settled(`requests-empty-${name}`, app);
  });

  test('a burst under way', async () => {
    const {app} = await dashboard(size, requested(burst));
    await settled(`requests-under-way-${name}`, app);
  });

  test('busy with a rate', async () => {
    const {app, session} = await dashboard(size, requested(steady));
    await app.press('rrr');
    session.runs.at(-1)!.onProgress!({sent: 120, answered: 116, skipped: 12, failed: 0, cold: 5});
    await app.see('12 not sent');
    await settled(`requests-rate-${name}`, app);
  });

  test('errors in words', async () => {
    const {app} = await dashboard(size, requested(failures));
    await settled(`requests-errors-${name}`, app);
  });

  test('filtered', async () => {
    const {app} = await dashboard(size, requested([...steady.slice(0, 30), ...failures]));
    await app.press('/');
    await app.press('cold|timed');
    await app.press('\r');
    await settled(`requests-filtered-${name}`, app);
  });

  test('zoomed, with why each start was cold', async () => {
    const {app} = await dashboard(size, {...requested(steady.slice(0, 12)), functionChanges: [frameTime - 23_000]});
    await app.press('z');
    await settled(`requests-zoomed-${name}`, app);
  });

  test('the plan, with what is wrong in it', async () => {
    const {app} = await dashboard(size, requested(steady.slice(0, 12)));
    await app.press('B');
    await app.press('\x150');
    await app.press('\t\t\t25');
    await app.press('\r');
    await app.see('must be');
    await settled(`plan-errors-${name}`, app);
  });

  test('the ways to force SHUTDOWN', async () => {
    const {app} = await dashboard(size, {});
    await app.press('X');
    await app.press('j');
    await settled(`shutdown-ways-${name}`, app);
  });

  test('forced SHUTDOWN under way', async () => {
    const {app} = await dashboard(size, {shutdown: forced});
    await app.press('1');
    await settled(`shutdown-under-way-${name}`, app);
  });

  test('all SHUTDOWNs have come', async () => {
    const gone = someEnvironments.map(one => ({
      ...one,
      state: 'gone' as const,
      shutdown: {at: frameTime - 5_500, reason: 'spindown'},
    }));
    const {app} = await dashboard(size, {shutdown: all, environments: {...someState().environments, list: gone}});
    await app.press('X');
    await settled(`shutdown-finished-${name}`, app);
  });

  test('some were reset and serve again, one is missing', async () => {
    const again = someEnvironments.map((one, index) => (index === 0 ? {...one, generation: 2} : one));
    const seen = [
      {environmentId: ids[0], reason: 'timeout', latencyMs: 6_041},
      {environmentId: ids[3], reason: 'timeout', latencyMs: 6_102},
    ];
    const expected = [ids[0], ids[1], ids[3]];
    const shutdown: ShutdownProgress = {...forced, how: 'timeout', waitMs: 30_000, expected, seen, finished: true};
    const {app} = await dashboard(size, {shutdown, environments: {...someState().environments, list: again}});
    await app.press('X');
    await settled(`shutdown-missing-${name}`, app);
  });

  test('read-only: the keys that send are off', async () => {
    const {app} = await dashboard(size, {}, true);
    await app.press('X');
    await golden(`shutdown-read-only-${name}`, app);
  });

  test('asked on AWS, with account, region and function', async () => {
    const {app} = await openDashboard({...size, on: 'aws'});
    await app.press('Xj');
    await app.press('\r');
    await app.see('by timeout?');
    await settled(`ask-shutdown-${name}`, app);
  });
});

describe('60 x 16', () => {
  test('busy with a rate', async () => {
    const {app} = await dashboard(small, requested(steady));
    await settled('requests-60x16', app);
  });

  test('the ways to force SHUTDOWN', async () => {
    const {app} = await dashboard(small, {shutdown: all});
    await app.press('X');
    await settled('shutdown-ways-60x16', app);
  });
});
