import {DescribeLogGroupsCommand} from '@aws-sdk/client-cloudwatch-logs';
import {ScanCommand} from '@aws-sdk/client-dynamodb';
import {orAbsent} from '../aws/errors.ts';
import type {StepId} from '../lifecycle/message.ts';
import type {Context, ProvisionRequest} from './context.ts';
import {explainFailure} from './explain.ts';
import {inspectAll} from './inspect-all.ts';
import {resources} from './nodes.ts';
import {beginRun} from './open-context.ts';

/** `items` of the table, counted up to 10,000 (`more`: there are more); `bytes` stored by a log group. */
type InventoryRow = {id: StepId; title: string; name: string; items?: number; more?: true; bytes?: number};

export type Inventory = {
  account: string;
  /** What a teardown deletes. */
  ours: InventoryRow[];
  /** What it leaves alone, with whose it is. */
  foreign: {id: StepId; title: string; name: string; owner: string}[];
};

const countedItems = 10_000;

/** What a teardown would delete and what not. Reads only. Throws a Problem when it cannot be looked at. */
export async function takeInventory(
  request: Omit<ProvisionRequest, 'emit'> & {keepRole?: boolean},
): Promise<Inventory> {
  const nodes = resources.filter(({id}) => id !== 'permissions' && !(id === 'role' && request.keepRole));
  const {assets: _, ...where} = request;
  const {context, found} = await inspectAll(beginRun(where), nodes);
  const rows = found.map(({node, inspection}) => ({
    inspection,
    row: {id: node.id, title: node.title, name: node.name(request.names)},
  }));
  try {
    const ours = rows.filter(({inspection}) => inspection.state === 'present').map(({row}) => measured(context, row));
    return {
      account: context.identity.account,
      ours: await Promise.all(ours),
      foreign: rows.flatMap(({inspection, row}) =>
        inspection.state === 'foreign' ? [{...row, owner: inspection.owner}] : [],
      ),
    };
  } catch (error) {
    throw explainFailure(error, 'What would be deleted cannot be counted', request.target.profile);
  }
}

async function measured(context: Context, row: InventoryRow): Promise<InventoryRow> {
  if (row.id === 'table') return {...row, ...(await countItems(context))};
  if (!row.id.startsWith('logs-')) return row;
  const {logs} = context.clients;
  const {logGroups} = await logs.send(new DescribeLogGroupsCommand({logGroupNamePrefix: row.name}));
  const bytes = logGroups?.find(each => each.logGroupName === row.name)?.storedBytes;
  return {...row, ...(bytes !== undefined && {bytes})};
}

async function countItems({clients, names, signal}: Context): Promise<{items: number; more?: true}> {
  let items = 0;
  let next: Record<string, unknown> | undefined;
  do {
    signal?.throwIfAborted();
    const input = {TableName: names.table, Select: 'COUNT' as const, Limit: countedItems - items};
    const start = next && {ExclusiveStartKey: next as never};
    const page = await orAbsent(clients.dynamodb.send(new ScanCommand({...input, ...start})));
    items += page?.Count ?? 0;
    next = page?.LastEvaluatedKey;
  } while (next && items < countedItems);
  return next ? {items, more: true} : {items};
}
