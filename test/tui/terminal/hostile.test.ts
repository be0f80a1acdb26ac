import {expect, test} from 'vitest';
import type {SessionState} from '../../../src/operate/session/session-state.ts';
import {bindings} from '../../../src/tui/keys/bindings.ts';
import {fakeBackend, statusOf} from '../../support/fake-backend.ts';
import {fakeSession, frameTime, ids, someEvent, someLog, someState} from '../../support/fake-session.ts';
import {openApp} from '../../support/open-app.ts';
import {large, type Size, small, usual} from '../../support/sizes.ts';
import type {Driver} from '../../support/tui-driver.tsx';
import {attacks, everyAttack, hostile} from './attacks.ts';
import {expectUntouched, watch} from './untouched.ts';

/** Members that say what a thing is or when it was: the readers let nothing else through there. */
const kept = new Set([
  ...['v', 'type', 'at', 'state', 'kind', 'level', 'eventType', 'timestamp', 'writtenAt', 'environmentStartedAt'],
  ...['initType', 'idleSource', 'basis', 'status', 'action', 'source'],
]);

function hostileState(): SessionState {
  const at = new Date(frameTime).toISOString();
  const logs = [
    ...Object.entries(attacks).map(([name, attack], index) => someLog(index, `${name} ${attack} end`, ids[index % 4])),
    someLog(98, 'x'.repeat(1_000_000)),
    someLog(99, everyAttack.repeat(3_000)),
  ];
  const plain = someState({
    logs,
    events: Array.from({length: 8}, (_, index) =>
      someEvent(index, index % 2 === 0 ? {eventType: 'SHUTDOWN', shutdownReason: 'spindown'} : {}),
    ),
    api: [
      {v: 1, type: 'api', at, service: 'lambda', operation: 'Invoke', status: 400, error: 'Refused', ms: 9, attempt: 1},
    ],
    deliveries: [
      {
        ...{v: 1, type: 'delivery', at, eventId: 'event-1', eventType: 'INVOKE', environmentId: ids[0]},
        ...{requestId: 'r', status: 200, bytes: 9},
      },
    ],
    notices: [{v: 1, type: 'notice', at, level: 'warning', text: 'notice'}],
    shutdown: {how: 'update', waitMs: 10_000, startedAt: frameTime, expected: [ids[0]], seen: [], finished: false},
    live: false,
    problem: 'problem',
  });
  return hostile(plain, everyAttack, kept);
}

/** A world whose every name and text comes from somebody who means harm. */
function hostileBackend(options: Parameters<typeof fakeBackend>[0] = {}) {
  const profile = `dev${everyAttack}`;
  const problem = hostile({title: 'a', details: 'b', solution: 'c', next: 'd'}, everyAttack, kept);
  const backend = fakeBackend({
    places: [
      {kind: 'local'},
      {kind: 'endpoint', url: `http://127.0.0.1/${everyAttack}`},
      {kind: 'aws', profile, region: 'eu-west-1'},
      {kind: 'aws', profile: `x${everyAttack}`, region: 'eu-west-1'},
    ],
    found: {
      [profile]: hostile(statusOf('deployed'), everyAttack, new Set([...kept, 'id'])),
      [`x${everyAttack}`]: Object.assign(new Error('expired'), problem),
    },
    ...options,
  });
  const {connect} = backend;
  backend.connect = async place => {
    const stack = await connect(place);
    const {deploy, teardown} = stack;
    const state = hostileState();
    return Object.assign(stack, {
      ...hostile({label: 'a', region: 'b', stack: 'c', functionName: 'd'}, everyAttack, kept),
      deploy: (order: Parameters<typeof deploy>[0]) =>
        deploy({...order, emit: one => order.emit(hostile(one, everyAttack, new Set([...kept, 'id', 'step'])))}),
      teardown: (order: Parameters<typeof teardown>[0]) =>
        teardown({...order, emit: one => order.emit(hostile(one, everyAttack, new Set([...kept, 'id', 'step'])))}),
      openSession: async () => fakeSession(state),
    });
  };
  return backend;
}

/** The first key of each binding that does not leave. */
const leaving = new Set(['quit', 'interrupt', 'suspend', 'stop', 'back', 'teardown', 'deploy', 'toMenu']);
const keys = [...new Set(bindings.filter(({id}) => !leaving.has(id)).map(binding => binding.keys[0]!))];
const bytesOf: Record<string, string> = {
  ...{enter: '\r', tab: '\t', 'shift+tab': '\x1b[Z', up: '\x1b[A', down: '\x1b[B', left: '\x1b[D', right: '\x1b[C'},
  ...{'ctrl+u': '\x15', 'ctrl+d': '\x04', space: ' ', pageup: '\x1b[5~', pagedown: '\x1b[6~', home: '\x1b[H'},
};

async function closeOverlays(driver: Driver): Promise<void> {
  for (let tries = 0; tries < 5; tries += 1) {
    const {overlay, dashboard} = driver.app.store.get();
    if (!overlay && !dashboard?.filtering) return;
    driver.app.press('esc');
  }
}

const paste = (text: string) => `\x1b[200~${text}\x1b[201~`;

/** Presses each key in these panes, types what is hostile wherever something can be typed, and looks after each. */
async function walk(size: Size, panesOf: (key: number) => readonly string[]): Promise<void> {
  const app = await openApp(hostileBackend(), size);
  const done = watch(app);
  app.written();
  await expectUntouched(app, done, 'menu');
  await app.press('\r');
  await app.see('Environments');
  await expectUntouched(app, done, 'dashboard');
  for (const [index, key] of keys.entries()) {
    for (const pane of panesOf(index)) {
      await app.press(pane);
      await app.press(bytesOf[key] ?? key);
      await expectUntouched(app, done, `pane ${pane}, key ${key}`);
      if (app.app.store.get().overlay || app.app.store.get().dashboard?.filtering) {
        await app.press(`${paste(everyAttack)}\x1b[B`);
        await expectUntouched(app, done, `pane ${pane}, key ${key}, then hostile text pasted`);
      }
      await closeOverlays(app);
      expect(app.app.store.get().screen, `after ${key}`).toBe('dashboard');
    }
  }
}

const panes = ['1', '2', '3', '4'];
test('no string of a session reaches the terminal: every key in one of the panes', async () => {
  await walk(large, index => [panes[index % panes.length]!]);
}, 60_000);

test.each([usual, small])(
  'no string of a session reaches the terminal: every pane at $columns x $rows',
  async size => {
    const some = keys.indexOf('enter');
    await walk(size, index => (index === some ? panes : []));
  },
  60_000,
);

test('nor one of a target, a deployment, a teardown or a question', async () => {
  for (const fails of [false, true]) {
    const app = await openApp(hostileBackend({fails}), large);
    const done = watch(app);
    app.written();
    for (const row of [0, 1, 2, 3]) {
      await expectUntouched(app, done, `menu, row ${row}`);
      for (const key of ['D', 'T', 'p', '?']) {
        await app.press(key);
        await expectUntouched(app, done, `menu, row ${row}, ${key}`);
        await app.press(paste(everyAttack));
        await expectUntouched(app, done, `menu, row ${row}, ${key}, then hostile text pasted`);
        await closeOverlays(app);
        const {screen} = app.app.store.get();
        if (screen === 'progress') {
          await app.see(/done in|failed after|Environments/);
          await expectUntouched(app, done, `progress of row ${row}`);
        }
        for (let tries = 0; tries < 5 && app.app.store.get().screen !== 'menu'; tries += 1) await app.press('\x1b');
      }
      await app.press('j');
    }
  }
});
