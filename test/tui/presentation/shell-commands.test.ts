import {execFileSync} from 'node:child_process';
import {expect, test} from 'vitest';
import {awsCommandOf, curlCommand, invokeCommand} from '../../../src/tui/presentation/shell-commands.ts';

/** The words that sh makes of a command. */
const words = (command: string, env = {}) =>
  execFileSync('/bin/sh', ['-c', `set -- ${command}; for word do printf '%s\\n' "$word"; done`], {
    env,
    encoding: 'utf8',
  })
    .trimEnd()
    .split('\n');

test('a request again, with its sleep, and the token from the shell', () => {
  const command = curlCommand('https://abc.execute-api.eu-west-1.amazonaws.com/prod/hello', 1_000);
  expect(words(command, {LIFECYCLE_AUTH_TOKEN: 's p'})).toEqual([
    'curl',
    '-sS',
    '-i',
    '-H',
    'Authorization: Bearer s p',
    'https://abc.execute-api.eu-west-1.amazonaws.com/prod/hello?sleepMs=1000',
  ]);
});

test('an address that would be words of its own stays one', () => {
  const url = "http://127.0.0.1:1/a'$(touch x)?a=1&b=`c`";
  expect(words(curlCommand(url)).at(-1)).toBe(new URL(url).href);
});

test('a direct Invoke again, with its sleep', () => {
  expect(words(invokeCommand('lambda-target-demo', {region: 'eu-west-1', profile: 'dev'}, 200))).toEqual([
    ...['aws', 'lambda', 'invoke', '--function-name', 'lambda-target-demo'],
    ...['--cli-binary-format', 'raw-in-base64-out', '--payload', '{"sleepMs":200}'],
    ...['--region', 'eu-west-1', '--profile', 'dev', '/dev/stdout'],
  ]);
});

test.each([
  [
    {service: 'dynamodb', operation: 'CreateTable'},
    {region: 'eu-west-1', profile: 'my dev'},
    "aws dynamodb create-table --region eu-west-1 --profile 'my dev'",
  ],
  [
    {service: 'apigateway', operation: 'PutIntegrationResponse'},
    {region: 'us-east-1', endpoint: 'http://127.0.0.1:4566'},
    'aws apigateway put-integration-response --region us-east-1 --endpoint-url http://127.0.0.1:4566',
  ],
  [
    {service: 'logs', operation: 'FilterLogEvents', input: {logGroupName: '/aws/lambda/a b', interleaved: true}},
    {region: 'us-east-1'},
    "aws logs filter-log-events --log-group-name '/aws/lambda/a b' --interleaved --region us-east-1",
  ],
])('%j is %s', (call, place, expected) => {
  expect(awsCommandOf(call, place)).toEqual({text: expected, what: 'the aws command'});
});

test('a command says which options it lacks', () => {
  const input = {FunctionName: 'demo', Layers: ['arn:aws:lambda:x']};
  const call = {service: 'lambda', operation: 'UpdateFunctionConfiguration', input, without: ['Environment']};
  const {text, what} = awsCommandOf(call, {region: 'us-east-1'});
  expect(words(text).slice(3)).toEqual([
    ...['--function-name', 'demo', '--layers', '["arn:aws:lambda:x"]', '--region', 'us-east-1'],
  ]);
  expect(what).toBe('the aws command, without its --environment');
});
