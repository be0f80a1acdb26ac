import {CreateLogGroupCommand} from '@aws-sdk/client-cloudwatch-logs';
import {PutItemCommand} from '@aws-sdk/client-dynamodb';
import {expect, test} from 'vitest';
import {takeInventory} from '../../src/provision/inventory.ts';
import {removalCommands} from '../../src/provision/removal-commands.ts';
import {embedded} from './embedded.ts';
import {provideBackend} from './provided-backend.ts';

const {open} = provideBackend(embedded);

test('says what a teardown deletes, with counts, and what it leaves alone', async () => {
  const stack = open();
  const {clients, names} = stack;
  expect(await takeInventory(stack.request())).toMatchObject({ours: [], foreign: []});
  await clients.logs.send(new CreateLogGroupCommand({logGroupName: names.targetLogs}));
  expect((await takeInventory(stack.request())).foreign).toEqual([
    {id: 'logs-target', title: 'Log group', name: names.targetLogs, owner: expect.stringContaining('not made by')},
  ]);
  expect((await stack.deploy({adopt: true})).ok).toBe(true);
  const key = (id: number) => ({eventId: {S: `e${id}`}, functionName: {S: 'f'}, timestamp: {S: 't'}});
  for (let id = 0; id < 3; id++) {
    await clients.dynamodb.send(new PutItemCommand({TableName: names.table, Item: key(id)}));
  }
  stack.forget();
  const {ours} = await takeInventory(stack.request());
  expect(ours.find(({id}) => id === 'table')).toMatchObject({items: 3, name: names.table});
  expect(ours.map(({id}) => id)).toEqual(expect.arrayContaining(['role', 'layer', 'api', 'target', 'authorizer']));
  expect(ours).toHaveLength(8);
  expect(stack.writes()).toEqual([]);
  expect((await takeInventory({...stack.request(), keepRole: true})).ours).toHaveLength(7);
  const commands = await removalCommands(stack.request(), ['table', 'api', 'role', 'smoke']);
  expect(commands.get('table')).toEqual([`aws dynamodb delete-table --table-name ${names.table} --region us-east-1`]);
  expect(commands.get('api')?.[0]).toMatch(/^aws apigateway delete-rest-api --rest-api-id \w{10} --region us-east-1$/);
  expect(commands.get('role')?.at(-1)).toContain('aws iam delete-role');
  expect(commands.get('smoke')).toEqual([]);
});
