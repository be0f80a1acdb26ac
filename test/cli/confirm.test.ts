import {expect, test} from 'vitest';
import type {CommandContext} from '../../src/cli/command-context.ts';
import {confirm, looksLikeProduction} from '../../src/cli/confirm.ts';
import {createOutput} from '../../src/cli/output.ts';
import type {Connection} from '../../src/operate/session/connect.ts';

function setUp(options: CommandContext['options'], endpoint?: string, alias?: string | Error, arn = 'user/alice') {
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
      return {Account: '123456789012', Arn: `arn:aws:iam::123456789012:${arn}`};
    },
  };
  const iam = {
    send: async () => {
      if (alias instanceof Error) throw alias;
      return {AccountAliases: alias === undefined ? [] : [alias]};
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
    clients: {sts, iam},
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

test.each([
  ['prod', true],
  ['acme-production', true],
  ['live_eu', true],
  ['product-team', false],
  ['delivery', false],
  ['olive-dev', false],
])('the alias %s', (alias, careful) => expect(looksLikeProduction(alias)).toBe(careful));

test('in production --yes needs the account by name', async () => {
  const {context, connection} = setUp({yes: true}, undefined, 'acme-prod');
  await expect(confirm(context, connection, 'Deploy?')).rejects.toMatchObject({
    kind: 'usage',
    next: '--yes --account 123456789012',
  });
  const named = setUp({yes: true, account: '123456789012'}, undefined, 'acme-prod');
  await confirm(named.context, named.connection, 'Deploy?', {cost: 'nothing'});
  expect(named.written()).toContain('Cost    nothing');
});

test('another account than the named one is refused', async () => {
  const {context, connection} = setUp({yes: true, account: '210987654321'});
  await expect(confirm(context, connection, 'Deploy?')).rejects.toMatchObject({kind: 'usage'});
});

test('an alias that may not be read is no obstacle, and root is warned', async () => {
  const denied = Object.assign(new Error('no'), {name: 'AccessDenied'});
  const {context, connection, written} = setUp({yes: true}, undefined, denied, 'root');
  await confirm(context, connection, 'Deploy?');
  expect(written()).toContain('root credentials');
});
