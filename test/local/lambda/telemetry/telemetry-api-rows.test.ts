import {afterEach, expect, test} from 'vitest';
import {hollowEnvironment} from '../environment/hollow.ts';
import {eventually} from '../environment/lambda-bench.ts';
import {type ApiAnswer, register} from '../environment/speak-for.ts';

type Hollow = Awaited<ReturnType<typeof hollowEnvironment>>;

const opened: Hollow[] = [];
afterEach(() => Promise.all(opened.splice(0).map(hollow => hollow.close())));

const paths = {Telemetry: '/2022-07-01/telemetry', Logs: '/2020-08-15/logs'};
type Api = keyof typeof paths;

/** An environment with a registered extension, and its calls of one of the APIs. */
async function subscriber(api: Api) {
  const environment = await hollowEnvironment();
  opened.push(environment);
  const id = await register(environment, 'inside', []);
  const put = (as: string | undefined, body: unknown, through: Api = api) =>
    environment.call('PUT', paths[through], {
      headers: {'Content-Type': 'application/json', ...(as !== undefined && {'Lambda-Extension-Identifier': as})},
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return {...environment, id, put};
}

const destination = {protocol: 'HTTP', URI: 'http://sandbox.localdomain:9999/inbox'};
const wanted = {
  Telemetry: {schemaVersion: '2022-07-01', types: ['platform', 'function', 'extension'], destination},
  Logs: {schemaVersion: '2021-03-18', types: ['platform', 'function'], destination},
};
const logsForm = {...destination, method: 'PUT', encoding: 'JSON'};
const stranger = '00000000-0000-4000-8000-000000000000';

/** One of each kind; what else is invalid is asserted where requests are parsed. */
const invalid: [what: string, change: object | string][] = [
  ['no JSON', '{'],
  ['an unknown schema version', {schemaVersion: '2019-01-01'}],
  ['no types', {types: undefined}],
  ['no destination', {destination: undefined}],
  ['a buffering out of its range', {buffering: {timeoutMs: 24}}],
  ['a host other than the environment', {destination: {...destination, URI: 'http://example.com:9999'}}],
  ['no port', {destination: {...destination, URI: 'http://sandbox.localdomain/inbox'}}],
];
const ways = [
  ['Telemetry', 'ValidationError'],
  ['Logs', 'Logs.ValidationError'],
] as const;
test.each(ways)('the %s API refuses each invalid request as %s', async (api, errorType) => {
  const {put, id, lines} = await subscriber(api);
  for (const [what, change] of invalid) {
    const answer = await put(id, typeof change === 'string' ? change : {...wanted[api], ...change});
    expect({what, ...answer}).toMatchObject({what, status: 400, errorType, errorMessage: expect.stringMatching(/./)});
  }
  expect(lines.filter(line => /^(TELEMETRY|LOGS)\t/.test(line))).toEqual([]);
});

const valid: [api: Api, what: string, change: object][] = [
  ['Telemetry', 'the usual', {}],
  ['Telemetry', 'schema 2022-12-13', {schemaVersion: '2022-12-13'}],
  ['Telemetry', 'schema 2025-01-29', {schemaVersion: '2025-01-29'}],
  ['Telemetry', 'the short host name', {destination: {...destination, URI: 'http://sandbox:9999'}}],
  ['Telemetry', 'TCP', {destination: {protocol: 'TCP', port: 9999}}],
  ['Logs', 'the usual', {}],
  ['Logs', 'schema 2020-08-15', {schemaVersion: '2020-08-15'}],
  ['Logs', 'no schema version', {schemaVersion: undefined}],
  ['Logs', 'a method and an encoding', {destination: logsForm}],
];
test.each(valid)('the %s API takes %s', async (api, _what, change) => {
  const {put, id} = await subscriber(api);
  const answer = await put(id, {...wanted[api], ...change});
  expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([200, '"OK"', 'application/json']);
});

const closed = (api: Api) => ({
  status: 403,
  errorType: `${api}.SubscriptionClosed`,
  errorMessage: `${api} API subscription is closed already`,
});

/** What else may be wrong with a call, and what it is told. */
const rows: [situation: string, expected: (api: Api) => object, act: (api: Api) => Promise<ApiAnswer>][] = [
  [
    'a call without an identifier',
    () => ({status: 403, errorType: 'Extension.MissingExtensionIdentifier'}),
    async api => (await subscriber(api)).put(undefined, wanted[api]),
  ],
  [
    'an identifier that is no UUID',
    () => ({status: 403, errorType: 'Extension.InvalidExtensionIdentifier'}),
    async api => (await subscriber(api)).put('x', wanted[api]),
  ],
  [
    'an unknown identifier, whatever the body',
    () => ({
      status: 403,
      errorType: 'Extension.UnknownExtensionIdentifier',
      errorMessage: `Unknown extension ${stranger}`,
    }),
    async api => (await subscriber(api)).put(stranger, '{'),
  ],
  [
    'a subscription after the end of init',
    closed,
    async api => {
      const {put, id, extensionNext, next, init} = await subscriber(api);
      void extensionNext(id);
      void next();
      await init;
      return put(id, wanted[api]);
    },
  ],
  [
    'an invalid subscription after the end of init',
    closed,
    async api => {
      const {put, id, extensionNext, next, init} = await subscriber(api);
      void extensionNext(id);
      void next();
      await init;
      return put(id, {});
    },
  ],
  [
    'a second subscription',
    () => ({status: 200, text: '"OK"'}),
    async api => {
      const {put, id} = await subscriber(api);
      await put(id, wanted[api]);
      return put(id, {...wanted[api], types: ['function']});
    },
  ],
  [
    'a subscription to both APIs',
    api => ({
      status: 400,
      errorType: api === 'Telemetry' ? 'ValidationError' : 'Logs.ValidationError',
      errorMessage: `inside has subscribed through the ${api === 'Telemetry' ? 'Logs' : 'Telemetry'} API already`,
    }),
    async api => {
      const {put, id} = await subscriber(api);
      const other = api === 'Telemetry' ? 'Logs' : 'Telemetry';
      expect((await put(id, wanted[other], other)).status).toBe(200);
      return put(id, wanted[api]);
    },
  ],
];
for (const api of ['Telemetry', 'Logs'] as const) {
  test.each(rows)(`the ${api} API answers %s`, async (_situation, expected, act) => {
    expect(await act(api)).toMatchObject(expected(api));
  });
}

test('a second subscription changes nothing, and is written once', async () => {
  const {put, id, lines} = await subscriber('Telemetry');
  await put(id, {...wanted.Telemetry, types: ['platform']});
  await put(id, wanted.Telemetry);
  const written = () => lines.filter(line => line.startsWith('TELEMETRY'));
  await eventually(() => written().length > 0, 'the line is written');
  expect(written()).toEqual(['TELEMETRY\tName: inside\tState: Subscribed\tTypes: [Platform]']);
});
