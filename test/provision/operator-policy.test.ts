import {readdirSync, readFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {expect, test} from 'vitest';
import {operatorStatement} from '../../src/assets/operator-policy.ts';
import {stackNames} from '../../src/aws/names.ts';
import {explainFailure} from '../../src/provision/explain.ts';
import {policyForOperator} from '../../src/provision/operator-policy.ts';

type Statement = {Sid: string; Action: string[]; Resource: string | string[]};

const identity = {account: '123456789012', arn: 'arn:aws:iam::123456789012:user/me', partition: 'aws'};
const names = stackNames('alice', 'eu-central-1');
const {Statement} = policyForOperator({identity, names}) as {Statement: Statement[]};
const allowed = new Set(Statement.flatMap(statement => statement.Action));

/** Every `XCommand` that these rooms take from an SDK client, as `service:X`. */
function commandsUsed(): string[] {
  const source = resolve(import.meta.dirname, '../../src');
  const files = ['aws', 'provision', 'operate'].flatMap(room =>
    readdirSync(join(source, room), {recursive: true, encoding: 'utf8'})
      .filter(file => file.endsWith('.ts'))
      .map(file => join(source, room, file)),
  );
  const found = new Set<string>();
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const [, names = '', client] of text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([a-z-]+)'/g)) {
      for (const [, name] of names.matchAll(/\b(\w+)Command\b/g)) found.add(`${client}:${name}`);
    }
  }
  return [...found].sort();
}

/** Where the action has another name than the call. */
const actionOf: Record<string, string> = {'lambda:Invoke': 'lambda:InvokeFunction'};

test('every call has its permission, and no permission is without a call', () => {
  const commands = commandsUsed();
  expect(commands.length).toBeGreaterThan(40);
  const needed = commands
    .filter(command => !command.startsWith('api-gateway:'))
    .map(command => actionOf[command] ?? command.replace('cloudwatch-logs:', 'logs:'));
  expect(needed.filter(action => !allowed.has(action))).toEqual([]);
  // Passing the role and tagging a function at creation are checked without a call of their own; GetFunction reads tags.
  const implied = ['iam:PassRole', 'lambda:ListTags', 'dynamodb:TagResource', 'logs:TagResource', 'lambda:TagResource'];
  const unused = [...allowed].filter(
    action => !needed.includes(action) && !implied.includes(action) && !action.startsWith('apigateway:'),
  );
  expect(unused).toEqual([]);
});

test('account, region and names are filled in, and wildcards are where nothing else is possible', () => {
  const resources = Object.fromEntries(Statement.map(({Sid, Resource}) => [Sid, [Resource].flat()]));
  expect(resources.Role).toEqual(['arn:aws:iam::123456789012:role/alice-lambda-shutdown-demo-role-eu-central-1']);
  expect(resources.Table?.[0]).toBe('arn:aws:dynamodb:eu-central-1:123456789012:table/alice-lambda-state-events');
  expect(Statement.filter(({Resource}) => Resource === '*').map(({Sid}) => Sid)).toEqual(['WithoutResource']);
});

test('it fits a managed policy of 6,144 characters', () => {
  expect(JSON.stringify({Version: '2012-10-17', Statement}).length).toBeLessThan(6_144);
});

test('for every call the statement that allows it is known', () => {
  const sids = new Set(Statement.map(({Sid}) => Sid));
  for (const command of commandsUsed()) {
    const action = command.replace('api-gateway:', 'apigateway:').replace('cloudwatch-logs:', 'logs:');
    expect(sids, action).toContain(operatorStatement(action));
  }
});

test.each([
  ['User: arn:x is not authorized to perform: lambda:PublishLayerVersion on resource: arn:y', 'Layer'],
  ['User: arn:x is not authorized to perform: iam:PassRole on resource: arn:y', 'PassOnlyToLambda'],
  ['User: arn:x is not authorized to perform: apigateway:POST on resource: arn:aws:apigateway:r::/restapis', 'ApiList'],
  ['User: arn:x is not authorized to perform: apigateway:PATCH on resource: arn:aws:apigateway:r::/restapis/1', 'Api'],
  ['User: arn:x is not authorized to perform: apigateway:PUT on resource: arn:aws:apigateway:r::/tags/x', 'ApiTags'],
])('%s', (text, sid) => {
  const problem = explainFailure(Object.assign(new Error(text), {name: 'AccessDeniedException'}), 'It failed');
  expect(problem.solution).toContain(`The statement ${sid} of the policy`);
  expect(problem.next).toBe('npx lifecycle-tui policy');
});
