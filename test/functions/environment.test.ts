import {mkdtempSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {createEnvironmentWatch, facts} from '../../src/functions/target/environment.ts';

const id = '3f6c1f0e-5d0b-4a3c-9b1e-0a1b2c3d4e5f';
const startedAt = Date.parse('2026-11-21T08:00:00.000Z');
const environmentStartedAt = '2026-11-21T08:00:00.000Z';
let folder: string;
const file = () => join(folder, 'lifecycle-environment.json');
const store = (value: unknown) => writeFileSync(file(), JSON.stringify(value));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'target-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

test('is read in the invocation, whether the extension has counted it yet or not', () => {
  let now = startedAt + 1_000;
  const observe = createEnvironmentWatch(folder, () => now);
  store({environmentId: id, environmentStartedAt, invocation: 4, lastRequestId: 'before'});
  expect(observe('first')).toEqual({environmentId: id, invocation: 5, cold: true, at: now, ageMs: 1_000});
  now += 500;
  store({environmentId: id, environmentStartedAt, invocation: 6, lastRequestId: 'second'});
  expect(observe('second')).toEqual({
    ...{environmentId: id, invocation: 6, cold: false, at: now, ageMs: 1_500, sinceLastMs: 500},
  });
});

test('without the extension it has an id of its own, counts for itself, and is as old as the process', () => {
  const observe = createEnvironmentWatch(folder);
  const first = observe('first');
  expect(first).toMatchObject({environmentId: expect.stringMatching(/^[0-9a-f-]{36}$/), invocation: 1, cold: true});
  expect(Math.abs(first.at - first.ageMs - performance.timeOrigin)).toBeLessThan(2);
  expect(observe('second')).toMatchObject({environmentId: first.environmentId, invocation: 2, cold: false});
});

test('a clock that was set back makes nothing negative', () => {
  let now = startedAt + 1_000;
  const observe = createEnvironmentWatch(folder, () => now);
  store({environmentId: id, environmentStartedAt, invocation: 1});
  observe('first');
  now = startedAt - 1_000;
  expect(observe('second')).toMatchObject({ageMs: 0, sinceLastMs: 0});
});

test.each<[string, () => void]>([
  ['not JSON', () => writeFileSync(file(), '{')],
  ['null', () => store(null)],
  [
    'an id that would break a header',
    () => store({environmentId: `${id}\r\nx: y`, environmentStartedAt, invocation: 1}),
  ],
  ['a count that is none', () => store({environmentId: id, environmentStartedAt, invocation: '1'})],
  ['a start that is none', () => store({environmentId: id, environmentStartedAt: 'noon', invocation: 1})],
  ['too long', () => store({environmentId: id, environmentStartedAt, invocation: 1, padding: 'x'.repeat(5_000)})],
  ['a link', () => symlinkSync('/etc/hostname', file())],
])('distrusts a file that is %s', (_, prepare) => {
  prepare();
  const seen = createEnvironmentWatch(folder)('first');
  expect(seen.environmentId).not.toContain(id);
  expect(seen.invocation).toBe(1);
});

test('its facts are headers; the init time on a cold start only', () => {
  const context = {awsRequestId: 'request-1', logStreamName: 'stream-1'};
  const seen = {environmentId: id, invocation: 1, cold: true, at: startedAt, ageMs: 0};
  expect(facts(seen, 42, context)).toEqual({
    'x-lifecycle-environment': id,
    'x-lifecycle-invocation': '1',
    'x-lifecycle-cold': 'true',
    'x-lifecycle-init-ms': '42',
    'x-lifecycle-log-stream': 'stream-1',
    'x-lifecycle-request-id': 'request-1',
  });
  expect(facts({...seen, invocation: 2, cold: false}, 42, context)).not.toHaveProperty('x-lifecycle-init-ms');
});
