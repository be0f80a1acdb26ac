import {
  BatchWriteItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TagResourceCommand,
  TransactGetItemsCommand,
  UntagResourceCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {serveDynamodb, until} from './served.ts';

let served: Awaited<ReturnType<typeof serveDynamodb>>;
beforeAll(async () => {
  served = await serveDynamodb({ttlSweepMs: 50});
});
afterAll(() => served.close());

let tables = 0;
async function freshTable(more: Partial<CreateTableCommandInput> = {}, client = served.client): Promise<string> {
  tables += 1;
  const TableName = more.TableName ?? `table-${tables}`;
  await client.send(
    new CreateTableCommand({
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        {AttributeName: 'eventId', AttributeType: 'S'},
        {AttributeName: 'functionName', AttributeType: 'S'},
        {AttributeName: 'timestamp', AttributeType: 'S'},
      ],
      KeySchema: [{AttributeName: 'eventId', KeyType: 'HASH'}],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'timestamp-index',
          KeySchema: [
            {AttributeName: 'functionName', KeyType: 'HASH'},
            {AttributeName: 'timestamp', KeyType: 'RANGE'},
          ],
          Projection: {ProjectionType: 'ALL'},
        },
      ],
      ...more,
      TableName,
    }),
  );
  await until(
    () => client.send(new DescribeTableCommand({TableName})),
    answer => answer.Table?.TableStatus === 'ACTIVE',
  );
  return TableName;
}

const arnOf = (table: string) => `arn:aws:dynamodb:us-east-1:000000000000:table/${table}`;
const enableTtl = (TableName: string, AttributeName = 'ttl', Enabled = true) =>
  served.client.send(new UpdateTimeToLiveCommand({TableName, TimeToLiveSpecification: {AttributeName, Enabled}}));
const count = async (TableName: string) =>
  (await served.client.send(new ScanCommand({TableName, Select: 'COUNT'}))).Count ?? 0;

describe('tables', () => {
  test('a table with an index takes items and answers the tail query', async () => {
    const TableName = await freshTable();
    const requests = Array.from({length: 20}, (_, at) => ({
      PutRequest: {
        Item: {
          eventId: {S: `e${at}`},
          functionName: {S: 'f'},
          timestamp: {S: new Date(1_000_000 + at * 1_000).toISOString()},
          sequence: {N: String(at)},
        },
      },
    }));
    await served.client.send(new BatchWriteItemCommand({RequestItems: {[TableName]: requests}}));
    const answer = await served.client.send(
      new QueryCommand({
        TableName,
        IndexName: 'timestamp-index',
        KeyConditionExpression: 'functionName = :f AND #t > :t',
        ExpressionAttributeNames: {'#t': 'timestamp'},
        ExpressionAttributeValues: {':f': {S: 'f'}, ':t': {S: new Date(1_014_500).toISOString()}},
      }),
    );
    expect(answer.Items?.map(item => item.sequence?.N)).toEqual(['15', '16', '17', '18', '19']);
  });

  test('the ARNs of a table are those of the caller’s region', async () => {
    const elsewhere = new DynamoDBClient({
      region: 'eu-west-1',
      endpoint: served.endpoint,
      credentials: {accessKeyId: '123456789012', secretAccessKey: 'test'},
    });
    const TableName = await freshTable({}, elsewhere);
    const {Table} = await elsewhere.send(new DescribeTableCommand({TableName}));
    const arn = `arn:aws:dynamodb:eu-west-1:123456789012:table/${TableName}`;
    expect([Table?.TableArn, Table?.GlobalSecondaryIndexes?.[0]?.IndexArn]).toEqual([
      arn,
      `${arn}/index/timestamp-index`,
    ]);
    elsewhere.destroy();
  });

  test('a second creation says that the table exists', async () => {
    const TableName = await freshTable();
    await expect(freshTable({TableName})).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: `Table already exists: ${TableName}`,
    });
  });

  test('an item whose index key has another type is refused', async () => {
    const TableName = await freshTable();
    const Item = {eventId: {S: 'e'}, functionName: {S: 'f'}, timestamp: {N: '1'}};
    await expect(served.client.send(new PutItemCommand({TableName, Item}))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Type mismatch for Index Key timestamp Expected: S Actual: N'),
    });
  });

  test('deletion protection is kept, refuses the deletion and can be taken off', async () => {
    const TableName = await freshTable({DeletionProtectionEnabled: true});
    const described = await served.client.send(new DescribeTableCommand({TableName}));
    expect(described.Table?.DeletionProtectionEnabled).toBe(true);
    await expect(served.client.send(new DeleteTableCommand({TableName}))).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('protected against deletion'),
    });
    const updated = await served.client.send(new UpdateTableCommand({TableName, DeletionProtectionEnabled: false}));
    expect(updated.TableDescription?.DeletionProtectionEnabled).toBe(false);
    await served.client.send(new DeleteTableCommand({TableName}));
    const gone = () =>
      served.client.send(new DescribeTableCommand({TableName})).then(
        () => 'there',
        error => error.name,
      );
    expect(await until(gone, name => name !== 'there')).toBe('ResourceNotFoundException');
  });

  test('a new table of the same name starts without the old one’s tags and TTL', async () => {
    const TableName = await freshTable({Tags: [{Key: 'a', Value: 'b'}]});
    await enableTtl(TableName);
    await served.client.send(new DeleteTableCommand({TableName}));
    const again = () =>
      freshTable({TableName}).then(
        () => 'made',
        error => error.name,
      );
    await until(again, answer => answer === 'made');
    const ttl = await served.client.send(new DescribeTimeToLiveCommand({TableName}));
    const tags = await served.client.send(new ListTagsOfResourceCommand({ResourceArn: arnOf(TableName)}));
    expect([ttl.TimeToLiveDescription, tags.Tags]).toEqual([{TimeToLiveStatus: 'DISABLED'}, []]);
  });

  test('a table on its way in or out is busy', async () => {
    const slow = await serveDynamodb({tableDelayMs: 300});
    const TableName = 'slow';
    const create = new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
      KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}],
    });
    const ttl = new UpdateTimeToLiveCommand({
      TableName,
      TimeToLiveSpecification: {AttributeName: 'ttl', Enabled: true},
    });
    try {
      await slow.client.send(create);
      const created = 'Attempt to change a resource which is still in use: Table is being created: slow';
      await expect(slow.client.send(ttl)).rejects.toMatchObject({name: 'ResourceInUseException', message: created});
      await until(
        () => slow.client.send(new DescribeTableCommand({TableName})),
        answer => answer.Table?.TableStatus === 'ACTIVE',
      );
      await slow.client.send(ttl);
      const status = async () =>
        (await slow.client.send(new DescribeTimeToLiveCommand({TableName}))).TimeToLiveDescription?.TimeToLiveStatus;
      expect(await status()).toBe('ENABLING');
      await until(status, value => value === 'ENABLED');
      await slow.client.send(new DeleteTableCommand({TableName}));
      const deleted = 'Attempt to change a resource which is still in use: Table is being deleted: slow';
      const refused = {name: 'ResourceInUseException', message: deleted};
      await expect(slow.client.send(new DeleteTableCommand({TableName}))).rejects.toMatchObject(refused);
      await expect(slow.client.send(create)).rejects.toMatchObject(refused);
    } finally {
      await slow.close();
    }
  });
});

describe('time to live', () => {
  test('is off at first, on after enabling, and answers changes as DynamoDB does', async () => {
    const TableName = await freshTable();
    const describeTtl = async () =>
      (await served.client.send(new DescribeTimeToLiveCommand({TableName}))).TimeToLiveDescription;
    expect(await describeTtl()).toEqual({TimeToLiveStatus: 'DISABLED'});
    const invalid = (message: string) => ({name: 'ValidationException', message});
    await expect(enableTtl(TableName, 'ttl', false)).rejects.toMatchObject(invalid('TimeToLive is already disabled'));
    expect((await enableTtl(TableName)).TimeToLiveSpecification).toEqual({Enabled: true, AttributeName: 'ttl'});
    expect(await describeTtl()).toEqual({TimeToLiveStatus: 'ENABLED', AttributeName: 'ttl'});
    await expect(enableTtl(TableName)).rejects.toMatchObject(invalid('TimeToLive is already enabled'));
    await expect(enableTtl(TableName, 'other')).rejects.toMatchObject(
      invalid('TimeToLive is active on a different AttributeName: current AttributeName is ttl'),
    );
    await expect(enableTtl(TableName, 'ttl', false)).rejects.toMatchObject(
      invalid('Time to live has been modified multiple times within a fixed interval'),
    );
  });

  test('of a missing table is ResourceNotFoundException', async () => {
    await expect(enableTtl('nowhere')).rejects.toMatchObject({name: 'ResourceNotFoundException'});
  });

  test('expired items go, others stay: the future, no number, none, and more than five years ago', async () => {
    const TableName = await freshTable();
    const now = Math.floor(Date.now() / 1_000);
    const ttls = {
      expired: {N: String(now - 10)},
      future: {N: String(now + 600)},
      text: {S: String(now - 10)},
      ancient: {N: String(now - 6 * 365 * 86_400)},
    };
    const put = (eventId: string, ttl?: {N: string} | {S: string}) =>
      served.client.send(
        new PutItemCommand({TableName, Item: {eventId: {S: eventId}, ...(ttl ? {ttl: ttl as {N: string}} : {})}}),
      );
    await Promise.all([put('none'), ...Object.entries(ttls).map(([id, ttl]) => put(id, ttl))]);
    expect(await count(TableName)).toBe(5);
    await enableTtl(TableName);
    await until(
      () => count(TableName),
      left => left === 4,
    );
    const {Items} = await served.client.send(new ScanCommand({TableName}));
    expect(Items?.map(item => item.eventId?.S).sort()).toEqual(['ancient', 'future', 'none', 'text']);
  });
});

describe('tags', () => {
  test('given at creation are listed, added to and taken away', async () => {
    const TableName = await freshTable({Tags: [{Key: 'lifecycle-tui:managed', Value: 'true'}]});
    const ResourceArn = arnOf(TableName);
    const list = async () => (await served.client.send(new ListTagsOfResourceCommand({ResourceArn}))).Tags;
    expect(await list()).toEqual([{Key: 'lifecycle-tui:managed', Value: 'true'}]);
    await served.client.send(new TagResourceCommand({ResourceArn, Tags: [{Key: 'b', Value: '2'}]}));
    await served.client.send(new UntagResourceCommand({ResourceArn, TagKeys: ['lifecycle-tui:managed', 'none']}));
    expect(await list()).toEqual([{Key: 'b', Value: '2'}]);
  });

  test.each([
    ['a reserved key', [{Key: 'aws:x', Value: ''}]],
    ['a long key', [{Key: 'k'.repeat(129), Value: ''}]],
    ['a character outside the set', [{Key: 'a\u0007', Value: ''}]],
    ['51 tags', Array.from({length: 51}, (_, at) => ({Key: `k${at}`, Value: ''}))],
  ])('%s is refused', async (_, Tags) => {
    const TableName = await freshTable();
    await expect(
      served.client.send(new TagResourceCommand({ResourceArn: arnOf(TableName), Tags})),
    ).rejects.toMatchObject({name: 'ValidationException'});
  });

  test('of a missing table is ResourceNotFoundException', async () => {
    await expect(
      served.client.send(new ListTagsOfResourceCommand({ResourceArn: arnOf('nowhere')})),
    ).rejects.toMatchObject({name: 'ResourceNotFoundException'});
  });
});

test('small honest answers: no backups, a new account’s limits, no transactions', async () => {
  const TableName = await freshTable();
  const backups = await served.client.send(new DescribeContinuousBackupsCommand({TableName}));
  const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  expect(recovery?.PointInTimeRecoveryStatus).toBe('DISABLED');
  await expect(served.client.send(new DescribeContinuousBackupsCommand({TableName: 'nowhere'}))).rejects.toMatchObject({
    name: 'TableNotFoundException',
  });
  expect((await served.client.send(new DescribeLimitsCommand({}))).TableMaxReadCapacityUnits).toBe(40_000);
  const transaction = new TransactGetItemsCommand({TransactItems: [{Get: {TableName, Key: {eventId: {S: 'x'}}}}]});
  await expect(served.client.send(transaction)).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('TransactGetItems'),
  });
});
