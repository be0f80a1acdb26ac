import {expect, test} from 'vitest';
import type {CommandContext} from '../../src/cli/command-context.ts';
import {confirm} from '../../src/cli/confirm.ts';
import {createOutput} from '../../src/cli/output.ts';
import type {Connection} from '../../src/operate/connect.ts';

function setUp(options: CommandContext['options'], endpoint?: string) {
  let written = '';
  const stream = {
    write: (text: string) => {
      written += text;
      return true;
    },
  } as never;
  const calls: string[] = [];
  const sts = {
    config: {},
    send: async (command: {constructor: {name: string}}) => {
      calls.push(command.constructor.name);
      return {Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/alice'};
    },
  };
  const context: CommandContext = {
    options,
    output: createOutput({json: false, color: false, stdout: stream, stderr: stream}),
    environment: {},
    signal: new AbortController().signal,
  };
  // Any other client is missing: a call to it would throw.
  const connection = {
    target: {label: 'dev', region: 'eu-west-1', ...(endpoint !== undefined && {endpoint})},
    clients: {sts},
    names: {stack: 'alice'},
  } as unknown as Connection;
  return {context, connection, calls, written: () => written};
}

test('on AWS without a terminal --yes is needed, and only STS is called before', async () => {
  const {context, connection, calls, written} = setUp({});
  await expect(confirm(context, connection, 'Deploy?')).rejects.toMatchObject({kind: 'usage'});
  expect(calls).toEqual(['GetCallerIdentityCommand']);
  expect(written()).toContain('Account 123456789012 · dev · eu-west-1 · stack alice');
});

test('--yes answers, and still says where', async () => {
  const {context, connection, written} = setUp({yes: true});
  await confirm(context, connection, 'Deploy?');
  expect(written()).toContain('eu-west-1');
});

test('on a loopback endpoint nothing is asked and nobody is called', async () => {
  const {context, connection, calls} = setUp({}, 'http://127.0.0.1:4566');
  await confirm(context, connection, 'Deploy?');
  expect(calls).toEqual([]);
});
