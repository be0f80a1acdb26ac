import {afterEach, expect, test} from 'vitest';
import {type HollowPlan, hollowEnvironment} from './hollow.ts';
import {eventually} from './lambda-bench.ts';
import {type ApiAnswer, register} from './speak-for.ts';

type Hollow = Awaited<ReturnType<typeof hollowEnvironment>>;

const opened: Hollow[] = [];
afterEach(() => Promise.all(opened.splice(0).map(hollow => hollow.close())));

/** With a file `outside` in `/opt/extensions`, and room for three extensions. */
async function hollow(plan: HollowPlan = {}): Promise<Hollow> {
  const environment = await hollowEnvironment({
    layers: {'extensions/outside!': ''},
    settings: {maxExtensions: 3, shutdownBudgetMs: {external: 100, internal: 100, none: 0}},
    ...plan,
  });
  opened.push(environment);
  return environment;
}

/** With an extension that has registered for both events. */
async function registered(plan: HollowPlan = {}) {
  const environment = await hollow(plan);
  return {...environment, id: await register(environment, 'outside', ['INVOKE', 'SHUTDOWN'])};
}

/** Where extension and runtime wait for the first event. */
async function ready(plan: HollowPlan = {}) {
  const environment = await registered(plan);
  const parked = environment.extensionNext(environment.id);
  await eventually(() => environment.processes.length === 2, 'the runtime starts');
  const event = environment.next();
  await environment.init;
  return {...environment, parked, event};
}

/** Where the extension has got an event. */
async function invoked(plan: HollowPlan = {}) {
  const environment = await ready(plan);
  const answer = environment.invoke({}).catch(() => undefined);
  await environment.parked;
  return {...environment, answer};
}

const refused = (errorType: string, errorMessage: string | RegExp) => ({
  status: 403,
  errorType,
  errorMessage: typeof errorMessage === 'string' ? errorMessage : expect.stringMatching(errorMessage),
});
const refusedStep = (from: string, to: string, name = 'outside') =>
  refused(
    'Extension.InvalidExtensionState',
    `State transition from ${from} to ${to} failed for extension ${name}. Error: State transition is not allowed`,
  );
const accepted = {status: 202, text: '{"status":"OK"}\n'};
const stranger = '00000000-0000-4000-8000-000000000000';

const registrations: [situation: string, name: string | undefined, body: string | undefined, expected: object][] = [
  ['without a name', undefined, '{}', refused('Extension.InvalidExtensionName', 'Empty extension name')],
  ['with an empty name', '', '{}', refused('Extension.InvalidExtensionName', 'Empty extension name')],
  ['without a body', 'outside', undefined, refused('InvalidRequestFormat', 'EOF')],
  ['with a body that is no JSON', 'outside', 'no', refused('InvalidRequestFormat', /JSON/)],
  ['with a body that is no object', 'outside', '[]', refused('InvalidRequestFormat', /object/)],
  ['with events that are no list', 'outside', '{"events":"INVOKE"}', refused('InvalidRequestFormat', /events/)],
  ['in the old form', 'outside', '{"configurationKeys":[]}', refused('InvalidRequestFormat', /configurationKeys/)],
  [
    'for an unknown event',
    'outside',
    '{"events":["INVOKE","FOO"]}',
    refused('Extension.InvalidEventType', 'FOO: ErrorInvalidEventType'),
  ],
  [
    'for SHUTDOWN by a name without a file',
    'inside',
    '{"events":["SHUTDOWN"]}',
    refused('Extension.InvalidEventType', 'SHUTDOWN: ShutdownEventNotSupportedForInternalExtension'),
  ],
  ['for no event', 'outside', '{"events":[]}', {status: 200}],
  ['without events', 'outside', '{}', {status: 200}],
  ['for INVOKE by a name without a file', 'inside', '{"events":["INVOKE"]}', {status: 200}],
];
test.each(registrations)('registering %s', async (_situation, name, body, expected) => {
  expect(await (await hollow()).registerAs(name, body)).toMatchObject(expected);
});

test.each([
  [undefined, {}],
  ['accountId', {accountId: '000000000000'}],
  ['x, accountId', {accountId: '000000000000'}],
  ['tracing', {}],
])('registering with the accepted features %s tells of the function', async (features, more) => {
  const headers = features === undefined ? undefined : {'Lambda-Extension-Accept-Feature': features};
  const answer = await (await hollow()).registerAs('outside', '{"events":["INVOKE","SHUTDOWN"]}', headers);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(answer.headers.get('lambda-extension-identifier')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  const told = {functionName: 'demo', functionVersion: '$LATEST', handler: 'index.handler'};
  expect(JSON.parse(answer.text)).toEqual({...told, ...more});
});

/** What an extension does, and what it is told at the end of it. */
const rows: [situation: string, expected: object, act: () => Promise<ApiAnswer>][] = [
  [
    'registering twice',
    refusedStep('Registered', 'Registered'),
    async () => (await registered()).registerAs('outside', '{}'),
  ],
  [
    'registering again once it waits',
    refusedStep('Ready', 'Registered'),
    async () => (await ready()).registerAs('outside', '{}'),
  ],
  [
    'a name without a file that is taken',
    refusedStep('Registered', 'Registered', 'inside'),
    async () => {
      const environment = await hollow();
      await register(environment, 'inside', []);
      return environment.registerAs('inside', '{}');
    },
  ],
  [
    'one more than there may be',
    refused('Extension.TooManyExtensions', 'Extension limit (3) reached'),
    async () => {
      const environment = await registered();
      await register(environment, 'second', []);
      await register(environment, 'third', []);
      return environment.registerAs('fourth', '{}');
    },
  ],
  [
    "a new name after the runtime's first next",
    refused('Extension.RegistrationClosed', 'Extension registration closed already'),
    async () => (await ready()).registerAs('inside', '{}'),
  ],
  [
    'next without an identifier',
    refused('Extension.MissingExtensionIdentifier', /Lambda-Extension-Identifier/),
    async () => (await hollow()).extensionNext(undefined),
  ],
  [
    'next with an identifier that is no UUID',
    refused('Extension.InvalidExtensionIdentifier', /Lambda-Extension-Identifier/),
    async () => (await hollow()).extensionNext('outside'),
  ],
  [
    'next with an unknown identifier',
    refused('Extension.UnknownExtensionIdentifier', `Unknown extension ${stranger}`),
    async () => (await hollow()).extensionNext(stranger),
  ],
  [
    'next with an identifier from before a reset',
    refused('Extension.UnknownExtensionIdentifier', /^Unknown extension /),
    async () => {
      const environment = await ready();
      environment.process('runtime').end({code: 1});
      await eventually(() => environment.transitions.at(-1)?.reason === 'failure', 'the reset');
      environment.process('outside').end({code: 0});
      await eventually(() => environment.environment.state === 'ready', 'the end of the reset');
      void environment.invoke({}).catch(() => {});
      await eventually(() => environment.processes.length === 3, 'the extension starts again');
      return environment.extensionNext(environment.id);
    },
  ],
  [
    'next while one waits',
    refusedStep('Ready', 'Ready'),
    async () => {
      const {extensionNext, id} = await ready();
      return extensionNext(id);
    },
  ],
  ...(['init', 'exit'] as const).flatMap((kind): typeof rows => {
    const state = kind === 'init' ? 'InitError' : 'ExitError';
    const report = async (type: string | undefined, times = 1) => {
      const environment = await registered();
      for (let time = 1; time < times; time += 1) await environment.extensionError(environment.id, kind, type);
      return {...environment, answer: await environment.extensionError(environment.id, kind, type)};
    };
    return [
      [
        `${kind}/error without an identifier`,
        refused('Extension.MissingExtensionIdentifier', /./),
        async () => (await hollow()).extensionError(undefined, kind, 'Extension.Any'),
      ],
      [
        `${kind}/error with an identifier that is no UUID`,
        refused('Extension.InvalidExtensionIdentifier', /./),
        async () => (await hollow()).extensionError('outside', kind, 'Extension.Any'),
      ],
      [
        `${kind}/error with an unknown identifier`,
        refused('Extension.UnknownExtensionIdentifier', /./),
        async () => (await hollow()).extensionError(stranger, kind, 'Extension.Any'),
      ],
      [
        `${kind}/error without a type`,
        refused('Extension.MissingHeader', /Lambda-Extension-Function-Error-Type/),
        async () => (await report(undefined)).answer,
      ],
      [`${kind}/error with any type`, accepted, async () => (await report('anything')).answer],
      [`${kind}/error repeated`, accepted, async () => (await report('Extension.Any', 2)).answer],
      [
        `next after ${kind}/error`,
        refusedStep(state, 'Ready'),
        async () => {
          const {extensionNext, id} = await report('Extension.Any');
          return extensionNext(id);
        },
      ],
    ];
  }),
  [
    'init/error after the first next',
    refusedStep('Ready', 'InitError'),
    async () => {
      const {extensionError, id} = await ready();
      return extensionError(id, 'init', 'Extension.Any');
    },
  ],
  [
    'init/error with an event at work',
    refusedStep('Running', 'InitError'),
    async () => {
      const {extensionError, id} = await invoked();
      return extensionError(id, 'init', 'Extension.Any');
    },
  ],
  [
    'exit/error while it waits',
    accepted,
    async () => {
      const {extensionError, id} = await ready();
      return extensionError(id, 'exit', 'Extension.Any');
    },
  ],
  [
    'exit/error with an event at work',
    accepted,
    async () => {
      const {extensionError, id} = await invoked();
      return extensionError(id, 'exit', 'Extension.Any');
    },
  ],
];
test.each(rows)('the Extensions API answers %s', async (_situation, expected, act) => {
  expect(await act()).toMatchObject(expected);
});

test('INVOKE tells which request and until when, SHUTDOWN why and until when', async () => {
  const {parked, event, respond, next, extensionNext, id, environment, answer, spec, process, transitions} =
    await invoked({settings: {shutdownBudgetMs: {external: 5_000, internal: 0, none: 0}}});
  const invoke = await parked;
  expect(invoke.headers.get('content-type')).toBe('application/json');
  expect(invoke.headers.get('lambda-extension-event-identifier')).toMatch(/^[0-9a-f-]{36}$/);
  const requestId = (await event).headers.get('lambda-runtime-aws-request-id')!;
  expect(JSON.parse(invoke.text)).toEqual({
    eventType: 'INVOKE',
    deadlineMs: Number((await event).headers.get('lambda-runtime-deadline-ms')),
    requestId,
    invokedFunctionArn: spec.functionArn,
    tracing: {type: 'X-Amzn-Trace-Id', value: 'Root=1-5759e988-bd862e3fe1be46a994272793'},
  });
  await respond(requestId, '1');
  void next();
  const last = extensionNext(id);
  await answer;
  const ended = environment.shutdown('spindown');
  const shutdown = await last;
  expect([shutdown.status, shutdown.headers.get('content-type')]).toEqual([200, 'application/json']);
  expect(shutdown.headers.get('lambda-extension-event-identifier')).toBeNull();
  const at = transitions.find(({to}) => to === 'shutting-down')!.at;
  const told = JSON.parse(shutdown.text) as {deadlineMs: number};
  expect(told).toEqual({eventType: 'SHUTDOWN', shutdownReason: 'spindown', deadlineMs: expect.any(Number)});
  expect(Math.abs(told.deadlineMs - Date.parse(at) - 5_000)).toBeLessThan(1_000);
  process('outside').end({code: 0});
  await ended;
});

test('INVOKE of an event without a trace has no tracing', async () => {
  const {parked, invoke} = await ready();
  void invoke({}, {traceId: ''}).catch(() => {});
  expect(JSON.parse((await parked).text)).not.toHaveProperty('tracing');
});

test('a report does nothing by itself: the environment fails when the process ends', async () => {
  const {extensionError, id, process, environment, lines, init} = await registered();
  await extensionError(id, 'init', 'Extension.First');
  await extensionError(id, 'init', 'Extension.Second');
  expect(environment.state).toBe('init');
  process('outside').end({code: 0});
  await init;
  expect(lines.slice(1)).toEqual([
    'EXTENSION\tName: outside\tState: InitError\tEvents: [INVOKE, SHUTDOWN]\tError Type: Extension.First',
    expect.stringMatching(/^INIT_REPORT .*\tPhase: init\tStatus: error\tError Type: Extension.InitError$/),
  ]);
});
