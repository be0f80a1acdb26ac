import {expect, test} from 'vitest';
import {parseSubscription} from '../../../../src/local/lambda/telemetry/subscription-request.ts';
import {defaultSettings} from '../../../../src/local/settings.ts';

const http = {protocol: 'HTTP', URI: 'http://sandbox.localdomain:8080/events'};
const good = {schemaVersion: '2022-07-01', types: ['platform'], destination: http};
const usual = {maxItems: 10_000, maxBytes: 262_144, timeoutMs: 1_000};
const parse = (api: 'Telemetry' | 'Logs', body: unknown) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return parseSubscription(api, Buffer.from(text), defaultSettings.telemetry);
};

const refused: [name: string, body: unknown, message: string][] = [
  ['no body', '', 'The body is not JSON'],
  ['no JSON', '{', 'The body is not JSON'],
  ['no object', '[]', 'the body: an object'],
  ['no version', {...good, schemaVersion: undefined}, 'schemaVersion: one of 2022-07-01, 2022-12-13, 2025-01-29'],
  ['a version of the other API', {...good, schemaVersion: '2021-03-18'}, 'schemaVersion'],
  ['no types', {...good, types: undefined}, 'types: a list'],
  ['empty types', {...good, types: []}, 'types: a list of at least one'],
  ['an unknown type', {...good, types: ['platform', 'all']}, 'types: one of platform, function, extension'],
  ['no destination', {...good, destination: undefined}, 'destination: an object'],
  ['an unknown protocol', {...good, destination: {...http, protocol: 'UDP'}}, 'destination.protocol'],
  ['no address', {...good, destination: {protocol: 'HTTP'}}, 'destination.URI: an http address'],
  ['https', {...good, destination: {...http, URI: 'https://sandbox:8080'}}, 'destination.URI: an http address'],
  ['another host', {...good, destination: {...http, URI: 'http://127.0.0.1:8080'}}, 'destination.URI: the host'],
  ['a host in disguise', {...good, destination: {...http, URI: 'http://sandbox:1@evil:80'}}, 'the host must be'],
  ['no port', {...good, destination: {...http, URI: 'http://sandbox/x'}}, 'destination.URI: a port'],
  ['a port in the path only', {...good, destination: {...http, URI: 'http://sandbox/x:80'}}, 'destination.URI: a port'],
  ['the reserved port', {...good, destination: {...http, URI: 'http://sandbox:9001'}}, 'port 9001 is reserved'],
  ['TCP without a port', {...good, destination: {protocol: 'TCP'}}, 'destination.port'],
  ['TCP with a text', {...good, destination: {protocol: 'TCP', port: '80'}}, 'destination.port'],
  ['TCP with port 0', {...good, destination: {protocol: 'TCP', port: 0}}, 'from 1 to 65535'],
  ['TCP with a port too high', {...good, destination: {protocol: 'TCP', port: 65_536}}, 'from 1 to 65535'],
  ['buffering that is a number', {...good, buffering: 5}, 'buffering: an object'],
  ['too few items', {...good, buffering: {maxItems: 999}}, 'buffering.maxItems: a whole number from 1000 to 10000'],
  ['too many items', {...good, buffering: {maxItems: 10_001}}, 'buffering.maxItems'],
  ['too few bytes', {...good, buffering: {maxBytes: 262_143}}, 'buffering.maxBytes: a whole number from 262144'],
  ['too many bytes', {...good, buffering: {maxBytes: 1_048_577}}, 'buffering.maxBytes'],
  ['too short a time', {...good, buffering: {timeoutMs: 24}}, 'buffering.timeoutMs: a whole number from 25 to 30000'],
  ['too long a time', {...good, buffering: {timeoutMs: 30_001}}, 'buffering.timeoutMs'],
  ['half an item', {...good, buffering: {maxItems: 1_000.5}}, 'buffering.maxItems'],
];

test.each(refused)('refuses %s', (_name, body, message) => {
  expect(parse('Telemetry', body)).toEqual(expect.stringContaining(message));
});

test.each([
  ['method', {...http, method: 'PATCH'}, 'destination.method'],
  ['encoding', {...http, encoding: 'XML'}, 'destination.encoding'],
])('the Logs API refuses an unknown %s', (_name, destination, message) => {
  expect(parse('Logs', {types: ['function'], destination})).toEqual(expect.stringContaining(message));
});

test.each([
  ['the usual buffering', 'Telemetry', good, {api: 'Telemetry', schemaVersion: '2022-07-01', buffering: usual}],
  ['no type twice', 'Telemetry', {...good, types: ['function', 'function']}, {types: ['function']}],
  [
    'the smallest buffering',
    'Telemetry',
    {...good, buffering: {maxItems: 1_000, maxBytes: 262_144, timeoutMs: 25}},
    {buffering: {maxItems: 1_000, maxBytes: 262_144, timeoutMs: 25}},
  ],
  [
    'the largest buffering',
    'Telemetry',
    {...good, buffering: {maxItems: 10_000, maxBytes: 1_048_576, timeoutMs: 30_000}},
    {buffering: {maxItems: 10_000, maxBytes: 1_048_576, timeoutMs: 30_000}},
  ],
  [
    'the short host, the usual port of HTTP and a query',
    'Telemetry',
    {...good, destination: {protocol: 'HTTP', URI: 'http://sandbox:80/a?b=1'}},
    {destination: {protocol: 'HTTP', port: 80, path: '/a?b=1', method: 'POST'}},
  ],
  ['TCP', 'Telemetry', {...good, destination: {protocol: 'TCP', port: 4243}}, {destination: {port: 4243}}],
  ['no version in the Logs API', 'Logs', {...good, schemaVersion: undefined}, {schemaVersion: '2020-08-15'}],
  [
    'method and encoding in the Logs API',
    'Logs',
    {...good, schemaVersion: '2021-03-18', destination: {...http, method: 'PUT', encoding: 'JSON'}},
    {schemaVersion: '2021-03-18', destination: {protocol: 'HTTP', port: 8080, path: '/events', method: 'PUT'}},
  ],
] as const)('takes %s', (_name, api, body, expected) => {
  expect(parse(api, body)).toMatchObject(expected);
});
