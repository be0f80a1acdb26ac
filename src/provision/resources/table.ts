import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  ListTagsOfResourceCommand,
  type TableDescription,
  TagResourceCommand,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {describeError, orAbsent} from '../../aws/errors.ts';
import {Problem} from '../../aws/problem.ts';
import {fromTagList, stackTags, toTagList} from '../../aws/tags.ts';
import {until} from '../../aws/until.ts';
import {tableArn} from '../arns.ts';
import {awsCommand} from '../aws-command.ts';
import {type Context, perRun, type Run} from '../context.ts';
import {wantedFound} from '../first-difference.ts';
import {inspectTagged, type ResourceNode, type Tell} from '../resource-node.ts';
import {attributes, definition, hasKey, index, indexIsRight, indexText, keyText, tableKey} from './table-shape.ts';

const readTable = perRun(async run => {
  const {clients, names} = run;
  const [described, ttl] = await Promise.all([
    describe(run),
    orAbsent(clients.dynamodb.send(new DescribeTimeToLiveCommand({TableName: names.table}))),
  ]);
  if (!described) return undefined;
  const tags = await orAbsent(clients.dynamodb.send(new ListTagsOfResourceCommand({ResourceArn: described.TableArn})));
  const {TimeToLiveStatus: status, AttributeName: attribute} = ttl?.TimeToLiveDescription ?? {};
  const expires = attribute === 'ttl' && (status === 'ENABLED' || status === 'ENABLING');
  const expiry = attribute === undefined || attribute === 'ttl' ? status?.toLowerCase() : `by ${attribute}`;
  return {table: described, tags: fromTagList(tags?.Tags), expires, expiry};
});

/** The event table: one item per lifecycle event, an index by function and time, items that expire. */
export const table: ResourceNode = {
  id: 'table',
  title: 'DynamoDB table',
  name: names => names.table,
  needs: [],
  removeAfter: [],
  read: readTable,
  async inspect(context) {
    const live = await readTable(context);
    if (!live || live.table.TableStatus === 'DELETING') return {state: 'absent'};
    return inspectTagged(context, 'table', live.tags, () => [
      ...(hasKey(live.table.KeySchema, tableKey)
        ? []
        : [`key: ${wantedFound(keyText(tableKey), keyText(live.table.KeySchema))}`]),
      ...(indexIsRight(live.table)
        ? []
        : [`index timestamp-index: ${wantedFound(indexText(definition(context)), indexText(live.table))}`]),
      ...(live.expires ? [] : [`expiry by ttl: ${wantedFound('enabled', live.expiry)}`]),
    ]);
  },
  adopt(context) {
    const Tags = toTagList(stackTags(context.names.stack, 'table'));
    return context.clients.dynamodb.send(new TagResourceCommand({ResourceArn: tableArn(context), Tags}));
  },
  async ensure(context, tell) {
    const live = await readTable(context);
    if (!live || live.table.TableStatus === 'DELETING') {
      await untilGone(context, live?.table, tell);
      await context.clients.dynamodb.send(new CreateTableCommand(definition(context)));
      await untilActive(context, tell);
      await expireItems(context);
      return 'created';
    }
    if (!hasKey(live.table.KeySchema, tableKey)) throw unlikeOurs(context);
    const isRight = indexIsRight(live.table);
    if (!isRight) await replaceIndex(context, live.table, tell);
    else if (live.table.TableStatus !== 'ACTIVE') await untilActive(context, tell);
    if (!live.expires) await expireItems(context);
    return isRight && live.expires ? 'unchanged' : 'updated';
  },
  async remove(context, tell) {
    const live = await readTable(context);
    if (!live) return 'absent';
    if (live.table.TableStatus !== 'DELETING') {
      await orAbsent(context.clients.dynamodb.send(new DeleteTableCommand({TableName: context.names.table})));
    }
    await untilGone(context, live.table, tell);
    return 'deleted';
  },
};

async function describe({clients, names}: Run): Promise<TableDescription | undefined> {
  return (await orAbsent(clients.dynamodb.send(new DescribeTableCommand({TableName: names.table}))))?.Table;
}

async function expireItems({clients, names}: Context): Promise<void> {
  const specification = {Enabled: true, AttributeName: 'ttl'};
  try {
    await clients.dynamodb.send(
      new UpdateTimeToLiveCommand({TableName: names.table, TimeToLiveSpecification: specification}),
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/TimeToLive is already enabled/i.test(message)) return;
    throw /different AttributeName|within a fixed interval/i.test(message) ? expiryProblem(names.table, error) : error;
  }
}

/** An index cannot be changed: it is dropped and made again, which leaves the items alone. */
async function replaceIndex(context: Context, live: TableDescription, tell: Tell): Promise<void> {
  const {clients, names} = context;
  await untilActive(context, tell);
  if (live.GlobalSecondaryIndexes?.some(each => each.IndexName === names.index)) {
    tell('dropping the index');
    await clients.dynamodb.send(
      new UpdateTableCommand({
        TableName: names.table,
        GlobalSecondaryIndexUpdates: [{Delete: {IndexName: names.index}}],
      }),
    );
    await untilActive(context, tell);
  }
  tell('making the index');
  await clients.dynamodb.send(
    new UpdateTableCommand({
      TableName: names.table,
      AttributeDefinitions: attributes,
      GlobalSecondaryIndexUpdates: [{Create: index(context)}],
    }),
  );
  await untilActive(context, tell);
}

const schedule = [50, 100, 200] as const;
/** A table that was just made may be unknown to some of DynamoDB for a moment. */
const unseenMs = 5_000;

async function untilActive(context: Context, tell: Tell): Promise<void> {
  tell('waiting for ACTIVE');
  let absentSince: number | undefined = performance.now();
  const isActive = async () => {
    const live = await describe(context);
    if (live) absentSince = undefined;
    else if (absentSince === undefined || performance.now() - absentSince > unseenMs) throw deletedMeanwhile(context);
    if (live?.TableStatus !== 'ACTIVE') return undefined;
    return (live.GlobalSecondaryIndexes ?? []).every(each => (each.IndexStatus ?? 'ACTIVE') === 'ACTIVE') || undefined;
  };
  const what = `the table ${context.names.table} to be ACTIVE`;
  await until(isActive, {what, timeoutMs: 600_000, schedule, signal: context.signal});
}

async function untilGone(context: Context, live: TableDescription | undefined, tell: Tell): Promise<void> {
  if (!live) return;
  tell('waiting until it is gone');
  const isGone = async () => ((await describe(context)) ? undefined : true);
  const what = `the table ${context.names.table} to be gone`;
  await until(isGone, {what, timeoutMs: 120_000, schedule, signal: context.signal});
}

/** DynamoDB takes one change of it in about an hour, and switching to another attribute is two. */
function expiryProblem(table: string, error: unknown): Problem {
  const off = awsCommand({
    service: 'dynamodb',
    operation: 'UpdateTimeToLive',
    input: {TableName: table, TimeToLiveSpecification: {Enabled: false, AttributeName: expiringBy(error) ?? 'ttl'}},
  });
  return new Problem('failed', `The expiry of the table ${table} cannot be changed now`, {
    details: describeError(error),
    solution:
      'DynamoDB takes one change in about an hour. Where another attribute expires items, switch that off first.',
    next: expiringBy(error) === undefined ? 'npx lifecycle-tui deploy' : off,
    cause: error,
  });
}

function expiringBy(error: unknown): string | undefined {
  return /current AttributeName is (\S+)/.exec(describeError(error))?.[1];
}

/** As DynamoDB says it of a table that is not there, so that the step is tried again. */
function deletedMeanwhile({names}: Context): Problem {
  const cause = Object.assign(new Error('Requested resource not found'), {name: 'ResourceNotFoundException'});
  return new Problem('failed', `The table ${names.table} was deleted while it was being made`, {
    details: 'Somebody else tears this stack down, or deletes the table by hand.',
    next: 'npx lifecycle-tui deploy',
    cause,
  });
}

function unlikeOurs({names}: Context): Problem {
  return new Problem('failed', `The table ${names.table} has another key`, {
    details: 'The key of a table cannot be changed',
    solution: 'Tear the stack down, which deletes the events in it, and deploy again.',
    next: 'npx lifecycle-tui teardown',
  });
}
