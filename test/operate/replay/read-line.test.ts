import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {type ReadLine, readLine} from '../../../src/operate/replay/read-line.ts';
import {numbers, seed} from '../../support/seed.ts';
import {isExhaustive} from '../../support/tier.ts';

const at = '2026-11-21T12:00:00.000Z';
const read = (line: object): ReadLine => readLine(JSON.stringify({v: 1, at, ...line}));

test.each([
  [
    {
      type: 'session',
      version: '1',
      label: 'Local',
      region: 'r',
      stack: 's',
      functionName: 'f',
      authorizerName: 'a',
      local: true,
    },
  ],
  [{type: 'begin', part: 'session', apiUrl: 'http://x/', idleWindow: {minMs: 1, maxMs: 2}}],
  [{type: 'end', part: 'deploy', ok: true, ms: 400, apiUrl: 'http://x/'}],
  [{type: 'step', id: 'table', status: 'done', title: 'Table', name: 't', ms: 5, action: 'created', critical: true}],
  [{type: 'api', service: 'lambda', operation: 'Invoke', step: 'smoke', status: 200, ms: 3, attempt: 1}],
  [
    {
      ...{type: 'api', service: 'lambda', operation: 'CreateFunction', status: 201, ms: 3, attempt: 1},
      ...{input: {FunctionName: 'f', Layers: ['a'], TracingConfig: {Mode: 'Active'}}, without: ['Code', 'Environment']},
    },
  ],
  [{type: 'request', key: 1, sentAt: 2}],
  [{type: 'request', key: 1, sentAt: 2, sleepMs: 200, via: 'invoke'}],
  [{type: 'response', key: 1, status: 200, latencyMs: 9, environmentId: 'e', cold: false, invocation: 2}],
  [{type: 'log', function: 'f', stream: 's', timestamp: 1, eventId: 'e', ingestedAt: 2, message: 'm', requestId: 'r'}],
  [{type: 'notice', level: 'warning', text: 't'}],
  [{type: 'error', title: 't', details: 'd', solution: 's', next: 'n'}],
  [{type: 'result', ok: true}],
  [{type: 'clock', offsetMs: -5}],
  [{type: 'problem', text: 'p'}],
  [{type: 'problem'}],
  [{type: 'function', environments: ['e'], timeoutMs: 6_000, lastModified: 1}],
  [
    {
      type: 'earlier',
      teaches: true,
      ends: [{environmentId: 'e', generation: 1, at: 1, idleMs: 2, ended: true, source: 'report'}],
    },
  ],
  [{type: 'shutdown', status: 'ordered', startedAt: 1, expected: ['e']}],
  [{type: 'shutdown', status: 'seen', environmentId: 'e', reason: 'spindown', latencyMs: 1}],
  [{type: 'shutdown', status: 'finished'}],
])('%j', line => {
  expect(read(line)).toEqual({message: {v: 1, at, ...line}});
  expect(read({...line, unheardOf: 1})).toEqual({message: {v: 1, at, ...line}});
});

test.each([
  ['not JSON', '{"v":1', 'is no JSON'],
  ['an empty object', '{}', 'has no type'],
  ['a list', '[1]', 'is no message'],
  ['null', 'null', 'is no message'],
  ['a number', '7', 'is no message'],
  ['no version', '{"type":"log"}', 'has no version'],
  ['no time', '{"v":1,"type":"log"}', 'has no time'],
  ['a time that is none', '{"v":1,"type":"log","at":"noon"}', 'has no time'],
  ['a member missing', `{"v":1,"type":"clock","at":"${at}"}`, 'has no offsetMs that fits'],
  ['a member of another type', `{"v":1,"type":"clock","at":"${at}","offsetMs":"5"}`, 'has no offsetMs that fits'],
  ['a number beyond all dates', `{"v":1,"type":"clock","at":"${at}","offsetMs":1e300}`, 'has no offsetMs that fits'],
  ['a status unheard of', `{"v":1,"type":"shutdown","at":"${at}","status":"toString"}`, 'has no status that fits'],
  [
    'an address that is none',
    `{"v":1,"type":"begin","part":"session","at":"${at}","apiUrl":"javascript:1"}`,
    'has no apiUrl that fits',
  ],
  ['a text too long', `{"v":1,"type":"problem","at":"${at}","text":"${'x'.repeat(70_000)}"}`, 'has no text that fits'],
  [
    'a status that is no text',
    `{"v":1,"type":"shutdown","at":"${at}","status":{"toString":1}}`,
    'has no status that fits',
  ],
  ['an event without an id', `{"v":1,"type":"event","at":"${at}"}`, 'is no lifecycle event'],
])('%s', (_, line, problem) => {
  expect(readLine(line)).toEqual({problem});
});

test.each([
  ['a type of a later version', {type: 'weather', sky: 'blue'}],
  ['a name that objects have anyway', {type: 'constructor'}],
  ['a form of a later version', {v: 2, type: 'log'}],
])('%s is skipped without a word', (_, line) => {
  expect(read(line)).toEqual({unknown: true});
});

test('times are the same instant in one form', () => {
  expect(read({type: 'problem', at: '2026-11-21T13:00:00+01:00'})).toEqual({message: {v: 1, at, type: 'problem'}});
});

test('whatever a line of the shipped recording is turned into, it is read, skipped or refused, never thrown', async () => {
  const next = numbers();
  const pick = (below: number) => Math.floor(next() * below);
  const file = new URL('../../../recordings/demo.ndjson', import.meta.url);
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  const values: unknown[] = [
    null,
    true,
    '',
    'x'.repeat(3_000),
    -1,
    1e308,
    5e-324,
    [],
    [[]],
    {},
    {toString: 1},
    '\u0000',
    at,
    'done',
  ];
  const spoilt = (line: string): string => {
    const given = JSON.parse(line) as Record<string, unknown>;
    const names = Object.keys(given);
    const name = names[pick(names.length)]!;
    switch (pick(5)) {
      case 0:
        return line.slice(0, pick(line.length));
      case 1:
        return line.slice(0, pick(line.length)) + String.fromCharCode(pick(300)) + line.slice(pick(line.length));
      case 2:
        delete given[name];
        return JSON.stringify(given);
      case 3:
        return JSON.stringify({...given, [name]: given[names[pick(names.length)]!]});
      default:
        return JSON.stringify({...given, [name]: values[pick(values.length)]});
    }
  };
  for (let round = 0; round < (isExhaustive ? 200_000 : 4_000); round += 1) {
    const line = spoilt(lines[pick(lines.length)]!);
    const result = readLine(line);
    if (!('message' in result)) continue;
    const {message} = result;
    const facts = `LIFECYCLE_SEED=${seed} ${line}`;
    expect(message.v, facts).toBe(1);
    expect(new Date(message.at).toISOString(), facts).toBe(message.at);
    for (const value of Object.values(message)) {
      if (typeof value === 'number') expect(Math.abs(value), facts).toBeLessThanOrEqual(8.64e15);
    }
  }
});

test.each([
  ['service', {service: 'lambda; reboot'}],
  ['operation', {operation: '$(reboot)'}],
  ['without', {without: ['a b']}],
  ['input', {input: {'a; reboot': 1}}],
  ['input', {input: {name: 'esc \x1b[201~'}}],
  ['input', {input: {name: ['two\nlines']}}],
  ['input', {input: {name: 'C1 \x9b'}}],
  ['input', {input: {name: 'x'.repeat(40_000)}}],
  ['input', {input: 'text'}],
])('a call whose %s is not to be copied is not read: %j', (member, patch) => {
  const call = {type: 'api', service: 'lambda', operation: 'Invoke', status: 200, ms: 3, attempt: 1};
  expect(read({...call, ...patch})).toEqual({problem: `has no ${member} that fits`});
});
