import {
  CreateFunction$,
  type FunctionConfiguration,
  GetFunctionConfiguration$,
  UpdateFunctionConfiguration$,
} from '@aws-sdk/client-lambda';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {functionInput, startLambda} from '../service/call.ts';
import {until} from '../service/until.ts';

let aws: Awaited<ReturnType<typeof startLambda>>;
beforeEach(async () => {
  aws = await startLambda();
});
afterEach(() => aws.end());

const create = async (LoggingConfig: object) =>
  aws.call<FunctionConfiguration>(CreateFunction$, await functionInput('f', {LoggingConfig}));
const read = () => aws.call<FunctionConfiguration>(GetFunctionConfiguration$, {FunctionName: 'f'});
const update = (LoggingConfig: object) =>
  aws.call<FunctionConfiguration>(UpdateFunctionConfiguration$, {FunctionName: 'f', LoggingConfig});
const settled = () =>
  until('settled', async () => {
    const {State, LastUpdateStatus} = await read();
    return State === 'Active' && LastUpdateStatus === 'Successful';
  });

const logGroup = '/aws/lambda/f';

test.each([
  [{}, {LogFormat: 'Text', LogGroup: logGroup}],
  [
    {LogFormat: 'Text', LogGroup: '/mine'},
    {LogFormat: 'Text', LogGroup: '/mine'},
  ],
  [{LogFormat: 'JSON'}, {LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO', LogGroup: logGroup}],
  [
    {LogFormat: 'JSON', ApplicationLogLevel: 'FATAL', SystemLogLevel: 'DEBUG', LogGroup: '/a'},
    {LogFormat: 'JSON', ApplicationLogLevel: 'FATAL', SystemLogLevel: 'DEBUG', LogGroup: '/a'},
  ],
])('creates with %j', async (given, shown) => {
  expect((await create(given)).LoggingConfig).toEqual(shown);
  expect((await read()).LoggingConfig).toEqual(shown);
});

test('an update changes what it names, and Text forgets the levels', async () => {
  await create({LogFormat: 'JSON', ApplicationLogLevel: 'WARN'});
  const steps: [object, object][] = [
    [
      {SystemLogLevel: 'WARN'},
      {LogFormat: 'JSON', ApplicationLogLevel: 'WARN', SystemLogLevel: 'WARN', LogGroup: logGroup},
    ],
    [{LogGroup: '/b'}, {LogFormat: 'JSON', ApplicationLogLevel: 'WARN', SystemLogLevel: 'WARN', LogGroup: '/b'}],
    [{LogFormat: 'Text'}, {LogFormat: 'Text', LogGroup: '/b'}],
    [{LogFormat: 'JSON'}, {LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO', LogGroup: '/b'}],
  ];
  for (const [given, shown] of steps) {
    await settled();
    expect((await update(given)).LoggingConfig).toEqual(shown);
  }
});

test.each([
  [
    {LogFormat: 'json'},
    'ValidationException',
    "Value 'json' at 'loggingConfig.logFormat' failed to satisfy constraint",
  ],
  [{LogFormat: 'JSON', ApplicationLogLevel: 'ALL'}, 'ValidationException', '[TRACE, DEBUG, INFO, WARN, ERROR, FATAL]'],
  [{LogFormat: 'JSON', SystemLogLevel: 'ERROR'}, 'ValidationException', 'enum value set: [DEBUG, INFO, WARN]'],
  [{LogGroup: 'a b'}, 'ValidationException', "'loggingConfig.logGroup'"],
  [
    {ApplicationLogLevel: 'INFO'},
    'InvalidParameterValueException',
    'LogLevel is not supported when LogFormat is set to "Text".',
  ],
  [
    {LogFormat: 'Text', SystemLogLevel: 'INFO'},
    'InvalidParameterValueException',
    'Remove LogLevel from your request or change',
  ],
])('refuses %j', async (given, code, message) => {
  const refusal = {code, message: expect.stringContaining(message)};
  await expect(create(given)).rejects.toMatchObject(refusal);
  await create({});
  await settled();
  await expect(update(given)).rejects.toMatchObject(refusal);
});
