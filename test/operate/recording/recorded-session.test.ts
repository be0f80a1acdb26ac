import {mkdtemp, readFile, rm, stat} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import type {LifecycleEvent} from '../../../src/lifecycle/event.ts';
import {message} from '../../../src/lifecycle/message.ts';
import type {BeginMessage, EndMessage} from '../../../src/lifecycle/recorded-message.ts';
import {plainLine} from '../../../src/operate/logs/kept-line.ts';
import {createRecorder} from '../../../src/operate/recording/recorder.ts';
import {openSession} from '../../../src/operate/session/open-session.ts';
import type {Session, SessionState} from '../../../src/operate/session/session-state.ts';
import {type FakeEndpoint, openFakeEndpoint} from '../fake-endpoint.ts';
import {eventually, lifecycleEvent} from '../fakes.ts';
import {playToEnd} from '../replay/play-to-end.ts';

let root: string;
let world: FakeEndpoint;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'lifecycle-sessions-'));
  world = await openFakeEndpoint();
});
afterEach(async () => {
  world.close();
  await rm(root, {recursive: true, force: true});
});

const recorded = {
  label: 'Local',
  region: 'us-east-1',
  stack: 'default',
  functionName: 'lambda-target-demo',
  authorizerName: 'lambda-authorizer-demo',
  local: true,
};
const idleWindow = {minMs: 18_000, maxMs: 22_000};

/** Opens a session that is recorded; `close` ends both and gives the folder. */
async function openRecorded(): Promise<{session: Session; close: () => Promise<string>; notices: string[]}> {
  const notices: string[] = [];
  const recorder = createRecorder({root, version: '0.0.0', onNotice: text => notices.push(text)});
  const recording = recorder.begin(recorded);
  recording.write(message<BeginMessage>({type: 'begin', part: 'session', apiUrl: 'http://127.0.0.1/', idleWindow}));
  const session = await openSession({
    ...world.session,
    idleWindow,
    record: recording.write,
    onVariables: recording.hideVariables,
  });
  return {
    session,
    notices,
    close: async () => {
      await session.close();
      recording.write(message<EndMessage>({type: 'end', part: 'session'}));
      await recording.close();
      return recording.place().folder!;
    },
  };
}

const requestId = (n: number) => `7e8a3f10-0000-4000-8000-00000000000${n}`;
const invoke = (environmentId: string, n: number, given: Partial<LifecycleEvent> = {}) =>
  lifecycleEvent({environmentId, requestId: requestId(n), ...given});
const spindown = (environmentId: string) =>
  lifecycleEvent({
    environmentId,
    eventType: 'SHUTDOWN',
    shutdownReason: 'spindown',
    sequence: 2,
    requestId: 'N/A',
    parkedMs: 19_000,
  });
const line = (eventId: string, logStreamName: string, text: string) => ({
  eventId,
  timestamp: Date.now(),
  message: text,
  logStreamName,
});
const report = (n: number) =>
  `REPORT RequestId: ${requestId(n)}\tDuration: 9.50 ms\tBilled Duration: 10 ms\tMemory Size: 256 MB\tMax Memory Used: 70 MB`;

/** What must be the same; the order of a map is none. */
const lasting = ({environments, forecasts, logs, ...state}: SessionState) => ({
  ...state,
  logs: [...logs].map(plainLine).map(({at: _, ...log}) => log),
  list: environments.list,
  forecasts: Object.fromEntries(forecasts),
});

test('a recorded session ends in the state that the live one had', async () => {
  const {session, close} = await openRecorded();
  const {getState} = session;
  world.rows.push(invoke('env-1', 1), invoke('env-2', 2), invoke('env-3', 3));
  world.lines.push(
    line('0', 's-1', 'INIT_START Runtime Version: nodejs:24.v18'),
    line('1', 's-1', `START RequestId: ${requestId(1)} Version: $LATEST`),
    line('2', 's-1', report(1)),
    line('3', 's-2', report(2)),
    line('4', 's-2', 'unjoined \x1b[31mred\x1b[0m ☃'),
  );
  await session.fire({count: 3, concurrency: 2});
  await eventually(() => getState().forecasts.size === 2, 'two forecasts');
  world.rows.push(spindown('env-1'));
  await eventually(() => getState().environments.list.some(one => one.state === 'gone'), 'a SHUTDOWN');
  world.failing = true;
  await eventually(() => !getState().live, 'a failure');
  world.failing = false;
  await eventually(() => getState().live, 'the recovery');
  world.onUpdate = () => world.rows.push(spindown('env-3'));
  await session.forceShutdown({how: 'update', waitMs: 300});
  const folder = await close();
  const live = getState();

  const {replay, session: replayed} = await playToEnd(folder);
  expect(replay.start).toMatchObject({...recorded, version: '0.0.0'});
  expect(replay.unreadable()).toEqual({count: 0});
  expect(replay.state()).toMatchObject({ended: true});
  expect(live.environments.list.map(one => one.state)).toEqual(['gone', 'idle', 'gone']);
  expect(live.shutdown).toMatchObject({finished: true, seen: [{environmentId: 'env-3'}]});
  expect(live.requests).toHaveLength(3);
  expect(lasting(replayed!.getState())).toEqual(lasting(live));
});

test('beside it lie plain log lines and the events, and only this user may read them', async () => {
  const {session, close} = await openRecorded();
  world.rows.push(invoke('env-1', 1));
  world.lines.push(
    line('1', 's-1', `START RequestId: ${requestId(1)} Version: $LATEST`),
    line('2', 's-1', 'a\x1b[2Jb\nc'),
  );
  await eventually(() => session.getState().logs.length === 2 && session.getState().events.length === 1, 'both');
  const folder = await close();
  const logs = await readFile(join(folder, 'logs.txt'), 'utf8');
  expect(logs.trimEnd().split('\n').at(-1)).toMatch(/^\d{4}-.*Z lambda-target-demo \S+ a·b⏎c$/);
  const [event] = (await readFile(join(folder, 'events.ndjson'), 'utf8')).trimEnd().split('\n');
  expect(JSON.parse(event!)).toMatchObject({type: 'event', environmentId: 'env-1', eventType: 'INVOKE'});
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  for (const name of ['session.ndjson', 'logs.txt', 'events.ndjson']) {
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  }
});

test('what the function has as webhook and token is not in the files', async () => {
  world.variables = {
    LIFECYCLE_WEBHOOK_URL: 'https://chat.example.com/services/T00/B00/xyzzy',
    LIFECYCLE_AUTH_TOKEN: 'correct-horse-battery',
  };
  const {session, close} = await openRecorded();
  await eventually(() => session.getState().api.length > 0, 'the function to be read');
  world.lines.push(line('1', 's-1', 'POST https://chat.example.com/services/T00/B00/xyzzy as correct-horse-battery'));
  await eventually(() => session.getState().logs.length === 1, 'the line');
  expect(session.getState().logs.at(0)!.message).toContain('xyzzy');
  const folder = await close();
  for (const name of ['session.ndjson', 'logs.txt']) {
    const text = await readFile(join(folder, name), 'utf8');
    expect(text).toContain('POST https://chat.example.com/*** as ***');
    expect(text).not.toMatch(/xyzzy|horse/);
  }
});
