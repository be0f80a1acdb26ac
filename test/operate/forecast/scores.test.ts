import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import type {KeptEnd} from '../../../src/lifecycle/kept-end.ts';
import {message} from '../../../src/lifecycle/message.ts';
import type {
  ClockMessage,
  EarlierMessage,
  FunctionMessage,
  SessionMessage,
  ShutdownMessage,
} from '../../../src/lifecycle/session-message.ts';
import {createSessionCore, type SessionCore} from '../../../src/operate/session/session-core.ts';
import type {SessionState} from '../../../src/operate/session/session-state.ts';
import {eventMessage, response} from '../fakes.ts';

const begin = Date.UTC(2026, 10, 21, 12);
const iso = (at: number) => new Date(at).toISOString();
const changedBefore = begin - 60_000;

let now = begin;
let core: SessionCore;
const recorded: SessionMessage[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  now = begin;
  recorded.length = 0;
});
afterEach(() => {
  core.close();
  vi.useRealTimers();
});

/** `window`: as Local; otherwise as AWS, with the published lifetimes. */
function open(window?: {minMs: number; maxMs: number}): void {
  core = createSessionCore({
    clock: () => now,
    record: one => recorded.push(one),
    ...(window && {idleWindow: window}),
  });
  core.tick();
}

const state = (): SessionState => {
  core.flush();
  return core.getState();
};

/** Invoked now, its answer 100 ms later; then the environment idles. */
function serve(id: string, more: {sequence?: number; invocation?: number; startedAt?: number} = {}): void {
  const {sequence = 1, invocation = 1, startedAt = now} = more;
  const stamp = {environmentId: id, environmentStartedAt: iso(startedAt), timestamp: iso(now)};
  core.take([eventMessage({...stamp, sequence, invocation})]);
  now += 100;
  core.take([{...response({environmentId: id, invocation}), at: iso(now)}]);
}

type End = {
  sequence?: number;
  invocation?: number;
  reason?: string;
  lastModified?: number | undefined;
  parkedMs?: number;
};

/** Its SHUTDOWN comes now, and Lambda is asked about the function. */
function end(id: string, {sequence = 2, invocation = 1, reason = 'spindown', parkedMs, ...facts}: End = {}): void {
  const stamp = {environmentId: id, timestamp: iso(now), sequence, invocation, requestId: 'N/A'};
  core.take([
    eventMessage({...stamp, eventType: 'SHUTDOWN', shutdownReason: reason, ...(parkedMs !== undefined && {parkedMs})}),
  ]);
  const {lastModified} = {lastModified: changedBefore, ...facts};
  core.take([
    message<FunctionMessage>({
      type: 'function',
      environments: [id],
      timeoutMs: 6_000,
      ...(lastModified !== undefined && {lastModified}),
    }),
  ]);
}

const scoreOf = (id: string) => state().scores.byEnvironment.get(id);

test.each([
  ['in the window', 361_000, {verdict: 'hit', cameMs: 361_000}, {hits: 1, of: 1}],
  ['early', 340_000, {verdict: 'early', cameMs: 340_000}, {hits: 0, of: 1}],
  ['late', 430_000, {verdict: 'late', cameMs: 430_000}, {hits: 0, of: 1}],
])(
  'a natural SHUTDOWN is held against what was shown when the environment began to idle: %s',
  (_, idle, score, tally) => {
    open();
    serve('a');
    // It is shown anew every second, with a window that moves on; the first one counts.
    for (let second = 0; second < idle; second += 10_000) {
      now = begin + 100 + second;
      core.tick();
    }
    now = begin + 100 + idle;
    end('a');
    expect(scoreOf('a')).toEqual({...score, earlyMs: 351_000, lateMs: 398_000});
    expect(state().scores.session).toEqual(tally);
  },
);

test('each idle period has its own forecast: that of the last one counts', () => {
  open({minMs: 18_000, maxMs: 22_000});
  serve('a');
  now += 15_000;
  serve('a', {sequence: 2, invocation: 2, startedAt: begin});
  now += 20_000;
  end('a', {sequence: 3, invocation: 2});
  expect(scoreOf('a')).toMatchObject({verdict: 'hit', cameMs: 20_000});
});

test('what had been idle before the session was opened was not forecast', () => {
  const stamp = {environmentId: 'a', environmentStartedAt: iso(begin), timestamp: iso(begin)};
  now = begin + 30_000;
  open();
  core.take([eventMessage(stamp), {...response({environmentId: 'a', invocation: 1}), at: iso(begin + 100)}]);
  now = begin + 361_000;
  end('a');
  expect(scoreOf('a')).toEqual({verdict: 'none', cameMs: 361_000});
  expect(state().scores.session).toEqual({hits: 0, of: 0});
});

test('what is known by its SHUTDOWN alone was not forecast', () => {
  open();
  now = begin + 400_000;
  end('a', {sequence: 1, invocation: 0, parkedMs: 360_000, lastModified: changedBefore});
  // It says when it started: just now, as far as anyone knows, and so after the last change.
  expect(scoreOf('a')).toEqual({verdict: 'none', cameMs: 360_000});
});

test.each<[string, End]>([
  ['update or deploy', {lastModified: begin + 5_000}],
  ['delete or teardown', {lastModified: undefined}],
  ['timeout', {reason: 'timeout'}],
  ['failure', {reason: 'failure'}],
])('an end by %s is neither scored nor learned as a lifetime', (_, how) => {
  open();
  serve('a');
  now += 10_000;
  end('a', how);
  expect(scoreOf('a')).toBeUndefined();
  expect(state().expectation).toMatchObject({observations: 0, earlyMs: 351_000, lateMs: 398_000});
  expect(core.ends()).toMatchObject([{environmentId: 'a', ended: false}]);
});

test('a SHUTDOWN as the embedded AWS ends, where nobody answers for the function any more, says nothing', () => {
  open({minMs: 18_000, maxMs: 22_000});
  serve('a');
  now += 3_000;
  core.take([
    eventMessage({
      ...{environmentId: 'a', timestamp: iso(now), sequence: 2, requestId: 'N/A'},
      ...{eventType: 'SHUTDOWN', shutdownReason: 'spindown'},
    }),
  ]);
  core.tick();
  expect(state().environments.list).toMatchObject([{state: 'gone'}]);
  expect(scoreOf('a')).toBeUndefined();
  expect(core.ends()).toEqual([]);
});

test('a reset says nothing, and the same environment can still teach by its last end', () => {
  open({minMs: 18_000, maxMs: 22_000});
  serve('a');
  now += 1_000;
  core.take([eventMessage({environmentId: 'a', timestamp: iso(now), sequence: 2, invocation: 2})]);
  now += 6_000;
  end('a', {sequence: 3, invocation: 2, reason: 'timeout', parkedMs: 5_900});
  now += 500;
  const again = {environmentId: 'a', timestamp: iso(now), sequence: 4, invocation: 3, generation: 2, cold: true};
  core.take([eventMessage(again)]);
  now += 100;
  core.take([{...response({environmentId: 'a', invocation: 3}), at: iso(now)}]);
  now += 20_000;
  core.take([
    eventMessage({
      ...{environmentId: 'a', timestamp: iso(now), sequence: 5, invocation: 3, generation: 2, requestId: 'N/A'},
      ...{eventType: 'SHUTDOWN', shutdownReason: 'spindown'},
    }),
    message<FunctionMessage>({type: 'function', environments: ['a'], lastModified: changedBefore}),
  ]);
  expect(core.ends()).toMatchObject([
    {generation: 1, ended: false},
    {generation: 2, ended: true, idleMs: 20_000, window: {earlyMs: 18_000, lateMs: 22_000}},
  ]);
  expect(scoreOf('a')).toMatchObject({verdict: 'hit', cameMs: 20_000});
});

test('forcing SHUTDOWN ten times does not move the window', () => {
  open();
  core.tick();
  const before = state().expectation;
  for (let round = 0; round < 10; round += 1) {
    serve(`a${round}`);
    now += 5_000;
    core.take([
      message<ShutdownMessage>({type: 'shutdown', status: 'ordered', startedAt: now, expected: [`a${round}`]}),
    ]);
    now += 400;
    end(`a${round}`, {lastModified: now - 300});
    core.tick();
  }
  expect(core.ends()).toHaveLength(10);
  expect(state().expectation).toEqual(before);
  expect(state().scores.session).toEqual({hits: 0, of: 0});
});

test('five that went by themselves replace the published lifetimes, and the sample is told', () => {
  open();
  for (const [index, idle] of [300, 310, 320, 330, 340].entries()) {
    expect(state().expectation).toMatchObject({basis: 'prior', observations: index, prior: 12});
    serve(`a${index}`);
    now += idle * 1_000;
    end(`a${index}`);
    core.tick();
  }
  expect(state().expectation).toMatchObject({basis: 'observed', observations: 5, prior: 0, medianMs: 320_000});
});

test('a response is dated by our clock, and counts on that of the events', () => {
  open();
  core.take([message<ClockMessage>({type: 'clock', offsetMs: 90_000})]);
  const aws = now + 90_000;
  core.take([eventMessage({environmentId: 'a', environmentStartedAt: iso(aws), timestamp: iso(aws)})]);
  now += 200;
  core.take([{...response({environmentId: 'a', invocation: 1}), at: iso(now)}]);
  expect(state().environments.list).toMatchObject([{state: 'idle', idleSince: aws + 200, idleSource: 'response'}]);
  // A replay folds the same messages again: what is recorded is what came.
  expect(recorded.at(-1)).toMatchObject({type: 'response', at: iso(now)});
});

const keptEnd = (index: number, idleMs: number, more: Partial<KeptEnd> = {}): KeptEnd => ({
  environmentId: `old-${index}`,
  generation: 1,
  at: begin - 86_400_000 + index,
  idleMs,
  ended: true,
  source: 'report',
  ...more,
});
const window = {earlyMs: 351_000, lateMs: 398_000};
const earlier = [
  ...[355, 356, 357, 358].map((seconds, index) => keptEnd(index, seconds * 1_000, {window})),
  keptEnd(4, 300_000, {window}),
  keptEnd(5, 359_000),
  keptEnd(6, 4_000, {ended: false}),
];
const recall = (teaches: boolean) => core.take([message<EarlierMessage>({type: 'earlier', ends: earlier, teaches})]);

test('earlier runs in the same account teach, and their score is carried on', () => {
  open();
  recall(true);
  core.tick();
  expect(state().expectation).toMatchObject({basis: 'observed', observations: 6, prior: 0, medianMs: 356_000});
  expect(state().scores).toMatchObject({session: {hits: 0, of: 0}, all: {hits: 4, of: 5}});
});

test('where the window is a setting they only have their score', () => {
  open({minMs: 18_000, maxMs: 22_000});
  recall(false);
  core.tick();
  expect(state().expectation).toMatchObject({basis: 'prior', observations: 0, prior: 11});
  expect(state().scores.all).toEqual({hits: 4, of: 5});
});

test.each([true, false])(
  'an end that an earlier run has kept counts once, as that run saw it; known first: %s',
  first => {
    open();
    if (first) recall(true);
    now = begin + 1_000;
    const stamp = {environmentStartedAt: iso(begin - 600_000), timestamp: iso(now)};
    core.take([
      eventMessage({
        ...stamp,
        environmentId: 'old-0',
        eventType: 'SHUTDOWN',
        shutdownReason: 'spindown',
        parkedMs: 355_000,
      }),
      // Changed since: seen now for the first time it would say nothing.
      message<FunctionMessage>({type: 'function', environments: ['old-0'], lastModified: begin}),
    ]);
    if (!first) recall(true);
    core.tick();
    expect(state().expectation).toMatchObject({observations: 6});
    expect(scoreOf('old-0')).toMatchObject({verdict: 'hit', cameMs: 355_000});
    expect(state().scores).toMatchObject({session: {hits: 0, of: 0}, all: {hits: 4, of: 5}});
  },
);

test('who comes back to Local after a change finds the window as it was left', () => {
  const local = {minMs: 18_000, maxMs: 22_000};
  open(local);
  const started = now;
  const lifetimes = [18_000, 19_000, 19_500, 20_000, 22_000, 20_500];
  for (const [index, idle] of lifetimes.entries()) {
    serve(`a${index}`);
    now += idle;
    end(`a${index}`);
    now += 1_000;
  }
  core.tick();
  const left = state();
  const kept = core.ends();
  core.close();

  // The table still holds their events, and the function has been changed in between.
  now += 30_000;
  open(local);
  core.take([message<EarlierMessage>({type: 'earlier', ends: kept, teaches: false})]);
  let at = started;
  for (const [index, idle] of lifetimes.entries()) {
    const stamp = {environmentId: `a${index}`, environmentStartedAt: iso(at)};
    const sequence = {sequence: 2, requestId: 'N/A', parkedMs: idle};
    core.take([
      eventMessage({...stamp, timestamp: iso(at)}),
      {...response({environmentId: `a${index}`, invocation: 1}), at: iso(at + 100)},
      eventMessage({
        ...stamp,
        ...sequence,
        ...{timestamp: iso(at + 100 + idle), eventType: 'SHUTDOWN', shutdownReason: 'spindown'},
      }),
    ]);
    at += 1_100 + idle;
  }
  const environments = lifetimes.map((_, index) => `a${index}`);
  core.take([message<FunctionMessage>({type: 'function', environments, lastModified: now - 5_000})]);
  core.tick();
  expect(state().expectation).toEqual(left.expectation);
  expect(state().scores.all).toEqual(left.scores.all);
});
