import {mkdtemp, readdir, readFile, rm, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from 'vitest';
import {toItem} from '../../../src/lifecycle/event.ts';
import {saveEvents} from '../../../src/operate/events/save-events.ts';
import {serveDynamodb} from '../../local/dynamodb/served.ts';
import {awsError, fakeClient, lifecycleEvent} from '../fakes.ts';

const table = 'lambda-state-events';
let served: Awaited<ReturnType<typeof serveDynamodb>>;
let folder: string;

beforeAll(async () => {
  served = await serveDynamodb();
  await served.client.send(
    new CreateTableCommand({
      TableName: table,
      KeySchema: [{AttributeName: 'eventId', KeyType: 'HASH'}],
      AttributeDefinitions: [{AttributeName: 'eventId', AttributeType: 'S'}],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
});
afterAll(() => served.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'save-events-'));
});
afterEach(() => rm(folder, {recursive: true}));

async function put(items: Record<string, AttributeValue>[]) {
  for (let at = 0; at < items.length; at += 25) {
    const batch = items.slice(at, at + 25).map(Item => ({PutRequest: {Item}}));
    await served.client.send(new BatchWriteItemCommand({RequestItems: {[table]: batch}}));
  }
}

test('writes every item of a table of several pages, and overwrites nothing', async () => {
  const events = Array.from({length: 60}, (_, index) => lifecycleEvent({eventId: `event ${index}`}));
  // A page ends at 1 MB.
  const padding = {S: 'x'.repeat(40_000)};
  await put(events.map(event => ({...toItem(event), padding})));
  const odd: Record<string, AttributeValue> = {
    eventId: {S: 'odd \x1b[2J'},
    large: {N: '12345678901234567890'},
    list: {L: [{N: '1'}, {NULL: true}, {M: {a: {SS: ['b']}}}]},
    bytes: {B: new Uint8Array([1, 2])},
  };
  await put([odd]);
  const wanted = join(folder, 'lifecycle-events-20261120.ndjson');
  await writeFile(wanted, 'mine');
  const counts: number[] = [];

  const saved = await saveEvents({
    dynamodb: served.client,
    table,
    file: wanted,
    onProgress: items => counts.push(items),
  });

  expect(saved).toEqual({file: join(folder, 'lifecycle-events-20261120-2.ndjson'), items: 61});
  expect(counts.length).toBeGreaterThan(1);
  expect(await readFile(wanted, 'utf8')).toBe('mine');
  expect((await stat(saved.file)).mode & 0o777).toBe(0o600);
  const text = await readFile(saved.file, 'utf8');
  expect(text).not.toContain('\x1b');
  const lines = text.trimEnd().split('\n');
  const items = new Map(lines.map(line => [JSON.parse(line).eventId, JSON.parse(line)]));
  for (const event of events) expect(items.get(event.eventId)).toEqual({...event, padding: padding.S});
  expect(items.get(odd.eventId!.S)).toEqual({
    eventId: 'odd \x1b[2J',
    large: '12345678901234567890',
    list: [1, null, {a: ['b']}],
    bytes: 'AQI=',
  });
});

test('a page that fails leaves no file behind', async () => {
  const {client} = fakeClient<DynamoDBClient>({
    Scan: (_, call) => {
      if (call > 1) throw awsError('ThrottlingException');
      return {Items: [{eventId: {S: 'a'}}], LastEvaluatedKey: {eventId: {S: 'a'}}};
    },
  });
  const file = join(folder, 'events.ndjson');
  await expect(saveEvents({dynamodb: client, table, file})).rejects.toThrow('ThrottlingException');
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that cannot be written to is told before anything is read', async () => {
  const {client, calls} = fakeClient<DynamoDBClient>({Scan: () => ({Items: []})});
  await expect(saveEvents({dynamodb: client, table, file: join(folder, 'none', 'events.ndjson')})).rejects.toThrow(
    'ENOENT',
  );
  expect(calls).toEqual([]);
});
