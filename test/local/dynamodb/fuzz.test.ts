import {CreateTableCommand, GetItemCommand, PutItemCommand} from '@aws-sdk/client-dynamodb';
import {afterAll, beforeAll, expect, test} from 'vitest';
import {randomFrom} from '../../../src/local/behaviour/seeded-random.ts';
import {serveDynamodb} from './served.ts';

const seed = Number(process.env.LIFECYCLE_SEED ?? Date.now() % 1_000_000);
const TableName = 'events';
const Key = {id: {S: 'x'}};

const valid: Record<string, object> = {
  PutItem: {TableName, Item: {...Key, n: {N: '1'}, l: {L: [{S: 'a'}, {M: {b: {BOOL: true}}}]}, ss: {SS: ['a', 'b']}}},
  GetItem: {TableName, Key, ConsistentRead: true, ProjectionExpression: 'id, l[0]'},
  UpdateItem: {
    TableName,
    Key,
    UpdateExpression: 'SET n = n + :one',
    ExpressionAttributeValues: {':one': {N: '1'}},
    ReturnValues: 'ALL_NEW',
  },
  DeleteItem: {TableName, Key: {id: {S: 'y'}}, ConditionExpression: 'attribute_exists(id)'},
  Query: {TableName, KeyConditionExpression: 'id = :id', ExpressionAttributeValues: {':id': {S: 'x'}}, Limit: 2},
  Scan: {TableName, FilterExpression: 'n > :n', ExpressionAttributeValues: {':n': {N: '0'}}, Select: 'COUNT'},
  BatchGetItem: {RequestItems: {[TableName]: {Keys: [Key, {id: {S: 'z'}}]}}},
  BatchWriteItem: {
    RequestItems: {[TableName]: [{PutRequest: {Item: {id: {S: 'w'}}}}, {DeleteRequest: {Key: {id: {S: 'v'}}}}]},
  },
  DescribeTable: {TableName},
  ListTables: {Limit: 3},
  UpdateTimeToLive: {TableName: 'nowhere', TimeToLiveSpecification: {AttributeName: 'ttl', Enabled: true}},
  DescribeTimeToLive: {TableName},
  TagResource: {
    ResourceArn: `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`,
    Tags: [{Key: 'k', Value: 'v'}],
  },
  UntagResource: {ResourceArn: `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`, TagKeys: ['k']},
  CreateTable: {
    TableName: 'other',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
    KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
    Tags: [{Key: 'k', Value: 'v'}],
  },
  UpdateTable: {TableName: 'other', DeletionProtectionEnabled: false},
  DeleteTable: {TableName: 'other'},
};

const poison = [
  null,
  [null],
  {},
  [],
  '',
  'x'.repeat(300),
  -1,
  1e308,
  true,
  [[]],
  {S: null},
  {N: 'x'},
  {L: [null]},
  '\u0000',
  {M: {a: null}},
];

/** The body with one place replaced, removed, or doubled under a strange name; now and then broken as text. */
function mutate(body: object, random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const copy = structuredClone(body);
  const places: [Record<string, unknown>, string][] = [];
  const walk = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      places.push([value as Record<string, unknown>, key]);
      walk((value as Record<string, unknown>)[key]);
    }
  };
  walk(copy);
  const [holder, key] = pick(places);
  const kind = random();
  if (kind < 0.7) holder[key] = pick(poison);
  else if (kind < 0.8) delete holder[key];
  else if (kind < 0.9) holder[pick(['__proto__x', 'constructor', 'toString', ''])] = holder[key];
  const text = JSON.stringify(copy);
  if (kind < 0.95) return text;
  return pick([
    text.slice(0, Math.floor(random() * text.length)),
    'null',
    '[]',
    '1',
    '"x"',
    '{"__proto__":{"S":"a"}}',
    '',
  ]);
}

let served: Awaited<ReturnType<typeof serveDynamodb>>;
beforeAll(async () => {
  served = await serveDynamodb();
  await served.client.send(
    new CreateTableCommand({...(valid.CreateTable as never as {KeySchema: []; AttributeDefinitions: []}), TableName}),
  );
});
afterAll(() => served.close());

const post = (operation: string, body: string) =>
  fetch(served.endpoint, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
      'x-amz-date': '20260101T000000Z',
      authorization:
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
  });

test(`3,000 mutated requests are all answered, and the table lives on (seed ${seed})`, async () => {
  const random = randomFrom(seed);
  const names = Object.keys(valid);
  const odd: string[] = [];
  const statuses = new Map<number, number>();
  for (let round = 0; round < 150; round += 1) {
    await Promise.all(
      Array.from({length: 20}, async () => {
        const name = names[Math.floor(random() * names.length)]!;
        const body = mutate(valid[name]!, random);
        const response = await post(name, body);
        const text = await response.text();
        statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
        const fine = response.status === 200 || (response.status === 400 && JSON.parse(text).__type.includes('#'));
        if (!fine) odd.push(`${name} ${body}: ${response.status} ${text}`);
      }),
    );
  }
  expect(odd).toEqual([]);
  expect(statuses.get(200)).toBeGreaterThan(100);
  expect(statuses.get(400)).toBeGreaterThan(500);
  const stamp = String(seed);
  await served.client.send(new PutItemCommand({TableName, Item: {id: {S: 'after'}, stamp: {S: stamp}}}));
  const {Item} = await served.client.send(new GetItemCommand({TableName, Key: {id: {S: 'after'}}}));
  expect(Item?.stamp?.S).toBe(stamp);
  expect(served.notices).toEqual([]);
});

test('callers that go away in the middle of a body harm nobody', async () => {
  const {connect} = await import('node:net');
  const {port} = new URL(served.endpoint);
  await Promise.all(
    Array.from(
      {length: 20},
      () =>
        new Promise<void>(resolve => {
          const socket = connect(Number(port), '127.0.0.1', () => {
            socket.write('POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 1000\r\n\r\n{"Table', () =>
              socket.destroy(),
            );
          });
          socket.on('close', () => resolve());
        }),
    ),
  );
  expect((await post('DescribeTable', JSON.stringify({TableName}))).status).toBe(200);
});
