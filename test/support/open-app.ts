import {onTestFinished} from 'vitest';
import {openReplay, type Replay} from '../../src/operate/replay/open-replay.ts';
import type {SessionState} from '../../src/operate/session/session-state.ts';
import {type FakeBackend, type FakeBackendOptions, type FakeStack, fakeBackend, statusOf} from './fake-backend.ts';
import type {FakeSession} from './fake-session.ts';
import {type Driver, type DriverOptions, openDriver} from './tui-driver.tsx';

/** The address of Local, by which a backend knows its stack there. */
export const local = 'http://127.0.0.1:4566';
export const dev = {kind: 'aws', profile: 'dev', region: 'eu-west-1'} as const;
/** Local, and a profile with a deployed stack below it. */
export const localAndDev = {places: [{kind: 'local'}, dev], found: {dev: statusOf('deployed')}} as const;

/** The app, closed when the test that opened it ends. */
export async function openApp(backend: FakeBackend, options: DriverOptions = {}): Promise<Driver> {
  const app = await openDriver(backend, options);
  onTestFinished(() => app.close());
  return app;
}

/** The app in a world of this kind. */
export async function openWorld(world: FakeBackendOptions = {}, options: DriverOptions = {}) {
  const backend = fakeBackend(world);
  return {backend, app: await openApp(backend, options)};
}

type DashboardOptions = DriverOptions & {
  /** Where the stack is; on AWS it was deployed before. */
  on?: 'local' | 'aws';
  /** What its session shows instead of what fake ones show. */
  state?: Partial<SessionState>;
};

/** The dashboard of a stack on Local, which the app has just deployed, or on AWS; nothing is said below. */
export async function openDashboard({on = 'local', state, ...options}: DashboardOptions = {}) {
  const {backend, app} = await openWorld(localAndDev, options);
  await app.press(on === 'aws' ? 'j\r' : '\r');
  await app.see('1 Environments');
  const stack: FakeStack = backend.stacks.get(on === 'aws' ? 'dev' : local)!;
  const session: FakeSession = stack.session;
  if (state) session.change(state);
  quiet(app);
  return {app, backend, stack, session};
}

/** The app on a recording, both closed when the test ends. */
export async function openPlayer(path: string, speed: number, options: DriverOptions = {}) {
  const replay: Replay = await openReplay({path, speed});
  onTestFinished(() => replay.close());
  const {backend, app} = await openWorld({}, {...options, replay});
  return {app, backend, replay};
}

/** Takes what is said below away, so that the keys are seen. */
export function quiet(app: Driver): void {
  app.app.store.set({toast: undefined});
  app.app.store.flush();
}

/** What `see` takes for a screen that does not show this. */
export const without = (pattern: string): RegExp => new RegExp(`^(?![\\s\\S]*${pattern})`);
