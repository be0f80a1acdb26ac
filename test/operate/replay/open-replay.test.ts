import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {message} from '../../../src/lifecycle/message.ts';
import type {BeginMessage, RecordedMessage, StartMessage} from '../../../src/lifecycle/recorded-message.ts';
import {openReplay} from '../../../src/operate/replay/open-replay.ts';
import type {Session} from '../../../src/operate/session/session-state.ts';
import {eventMessage, eventually, logMessage} from '../fakes.ts';
import {playToEnd} from './play-to-end.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lifecycle-replay-'));
});
afterEach(() => rm(folder, {recursive: true, force: true}));

const start = Date.UTC(2026, 10, 21, 12);
const later = (ms: number) => new Date(start + ms);
const who = {label: 'Local', region: 'us-east-1', stack: 'default', functionName: 'f', authorizerName: 'a'};
const first = message<StartMessage>({type: 'session', version: '1', ...who, local: true}, later(0));
const begin = message<BeginMessage>({type: 'begin', part: 'session', apiUrl: 'http://127.0.0.1/'}, later(0));
const line = (ms: number, text: string) => ({...logMessage({message: text}), at: later(ms).toISOString()});

async function recording(...lines: (RecordedMessage | string)[]): Promise<string> {
  const file = join(folder, 'session.ndjson');
  await writeFile(file, lines.map(one => `${typeof one === 'string' ? one : JSON.stringify(one)}\n`).join(''));
  return file;
}

/** Plays until the recording is over; the session as soon as it has begun. */
async function play(path: string, speed: number) {
  const replay = await openReplay({path, speed});
  let session: Session | undefined;
  const over = replay.play({
    onBegin: (_, begun) => {
      session = begun;
    },
    onProgress: () => {},
    onEnd: () => {},
    onChange: () => {},
  });
  await eventually(() => session, 'a session');
  return {replay, session: session!, over};
}

const texts = (session: Session) => [...session.getState().logs].map(log => log.message);

test('the shipped recording has every line in order and tells of no machine', async () => {
  const file = fileURLToPath(new URL('../../../recordings/demo.ndjson', import.meta.url));
  const {replay, session} = await playToEnd(file);
  expect(replay.unreadable()).toEqual({count: 0});
  const {environments, requestCounts, shutdown, events} = session!.getState();
  expect(requestCounts.sent).toBeGreaterThan(5);
  expect(shutdown?.seen.length).toBeGreaterThan(0);
  expect(new Set(environments.list.map(one => one.shutdown?.reason))).toContain('spindown');
  expect(events.filter(one => one.eventType === 'SHUTDOWN').length).toBeGreaterThan(3);
  const text = await readFile(file, 'utf8');
  expect(text.length).toBeLessThan(300_000);
  expect(text).not.toMatch(/\/(?:home|root|tmp|Users|work)\/[\w-]/);
});

test('the folder of a session is as good as its file', async () => {
  await recording(first);
  expect((await openReplay({path: folder, speed: 1})).start).toEqual(first);
});

test.each([
  ['nothing there', async () => join(folder, 'missing'), 'ENOENT'],
  ['a folder without a session', async () => folder, 'ENOENT'],
  ['an empty file', () => recording(), 'first line'],
  ['some other file', () => recording('{"name":"package"}'), 'first line'],
  ['the output of a command', () => recording(line(0, 'x'), first), 'first line'],
  ['a recording of a later form', () => recording({...first, v: 2 as 1}), 'first line'],
  [
    'a folder where the file should be',
    async () => {
      await mkdir(join(folder, 'session.ndjson'));
      return folder;
    },
    'It is no file',
  ],
])('%s is a usage problem that says what to do', async (_, path, details) => {
  await expect(openReplay({path: await path(), speed: 1})).rejects.toMatchObject({
    kind: 'usage',
    details: expect.stringContaining(details),
    solution: expect.stringContaining('session.ndjson'),
    next: expect.stringContaining('--replay'),
  });
});

test('what cannot be read is skipped and counted, the first by its line', async () => {
  const file = await recording(first, begin, line(1, 'one'), 'broken', line(2, 'two'), '{"v":1}', '', line(3, 'three'));
  const {replay, session} = await playToEnd(file);
  expect(texts(session!)).toEqual(['one', 'two', 'three']);
  expect(replay.unreadable()).toEqual({count: 2, first: {line: 4, problem: 'is no JSON'}});
});

test('messages come at the recorded pace times the speed, and the clock stands still at the end', async () => {
  const file = await recording(
    first,
    begin,
    line(0, 'now'),
    line(60_000, 'in a minute'),
    line(3_600_000, 'in an hour'),
  );
  const {replay, session, over} = await play(file, 1_000);
  await eventually(() => texts(session).includes('now'), 'the first');
  expect(texts(session)).toEqual(['now']);
  await eventually(() => texts(session).includes('in a minute'), 'the second');
  expect(replay.now()).toBeGreaterThanOrEqual(start + 60_000);
  expect(replay.now()).toBeLessThan(start + 3_600_000);
  await replay.seek(start + 3_600_000);
  await over;
  expect(replay.state()).toEqual({speed: 1_000, playing: false, ended: true});
  expect(replay.now()).toBe(start + 3_600_000);
});

test('what is sought between two messages is shown at that very moment, however fast it plays', async () => {
  const file = await recording(first, begin, line(0, 'now'), line(60_000, 'in a minute'), line(7_200_000, 'later'));
  const {replay, session} = await play(file, 1_000);
  await replay.seek(start + 3_600_000);
  expect(texts(session)).toEqual(['now', 'in a minute']);
  expect(replay.now()).toBe(start + 3_600_000);
});

test('paused it tells nothing more, a step tells one message', async () => {
  const file = await recording(first, begin, line(0, 'one'), line(5, 'two'), line(9_000, 'three'));
  const {replay, session, over} = await play(file, 0.1);
  await eventually(() => texts(session).length >= 1, 'the first');
  replay.toggle();
  const told = texts(session).length;
  for (let step = told; step < 3; step += 1) {
    replay.step();
    await eventually(() => texts(session).length > step, 'a step');
  }
  expect(replay.now()).toBe(start + 9_000);
  await over;
});

test('a clock set back while recording holds nothing up', async () => {
  const file = await recording(first, begin, line(5_000, 'one'), line(-600_000, 'two'), line(5_001, 'three'));
  const {session, over} = await play(file, 1_000);
  await over;
  expect(texts(session)).toEqual(['one', 'two', 'three']);
});

test('closing ends it wherever it is', async () => {
  const file = await recording(first, begin, line(0, 'one'), line(1e9, 'in eleven days'));
  const {replay, session, over} = await play(file, 1);
  await eventually(() => texts(session).length === 1, 'the first');
  replay.close();
  await over;
  expect(texts(session)).toEqual(['one']);
});

test('the speed goes up and down in steps, from 0.1 to 1000', async () => {
  const replay = await openReplay({path: await recording(first), speed: 7});
  replay.faster();
  expect(replay.state().speed).toBe(10);
  for (let n = 0; n < 20; n += 1) replay.slower();
  expect(replay.state().speed).toBe(0.1);
  for (let n = 0; n < 20; n += 1) replay.faster();
  expect(replay.state().speed).toBe(1_000);
});

test('sessions one after the other know nothing of each other', async () => {
  const file = await recording(first, begin, line(0, 'one'), begin, line(1, 'two'));
  const {session} = await playToEnd(file);
  expect(texts(session!)).toEqual(['two']);
});

test('a thousand environments with their events and lines are loaded while the screen goes on', async () => {
  const lines: RecordedMessage[] = [first, begin];
  for (let n = 0; n < 2_000; n += 1) {
    const requestId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
    const at = later(n * 10).toISOString();
    const invocation = Math.floor(n / 1_000) + 1;
    lines.push({
      ...eventMessage({environmentId: `e${n % 1_000}`, sequence: invocation, invocation, requestId, timestamp: at}),
      at,
    });
    const report = `REPORT RequestId: ${requestId}\tDuration: 1 ms\tBilled Duration: 1 ms`;
    lines.push({...logMessage({message: report, timestamp: start + n * 10 + 1, requestId}), at});
  }
  const file = await recording(...lines);
  let turns = 0;
  const turn = setInterval(() => {
    turns += 1;
  }, 1);
  const {session} = await playToEnd(file);
  clearInterval(turn);
  const {environments, events, forecasts} = session!.getState();
  expect(environments.list).toHaveLength(1_000);
  expect(environments.list.every(one => one.state === 'idle' && one.invocations === 2)).toBe(true);
  expect(events).toHaveLength(2_000);
  expect(forecasts.size).toBe(1_000);
  expect(turns).toBeGreaterThan(10);
});
