import type {
  CreateTableCommandInput,
  GlobalSecondaryIndex,
  KeySchemaElement,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import {stackTags, toTagList} from '../../aws/tags.ts';
import type {Context} from '../context.ts';

export const tableKey: KeySchemaElement[] = [{AttributeName: 'eventId', KeyType: 'HASH'}];
const indexKey: KeySchemaElement[] = [
  {AttributeName: 'functionName', KeyType: 'HASH'},
  {AttributeName: 'timestamp', KeyType: 'RANGE'},
];
// The events write ISO texts: declared as a number, every write would be refused.
export const attributes = ['eventId', 'functionName', 'timestamp'].map(
  AttributeName => ({AttributeName, AttributeType: 'S'}) as const,
);

export function index({names}: Context): GlobalSecondaryIndex {
  return {IndexName: names.index, KeySchema: indexKey, Projection: {ProjectionType: 'ALL'}};
}

/** What CreateTable is asked for. */
export function definition(context: Context): CreateTableCommandInput {
  return {
    TableName: context.names.table,
    AttributeDefinitions: attributes,
    KeySchema: tableKey,
    GlobalSecondaryIndexes: [index(context)],
    BillingMode: 'PAY_PER_REQUEST',
    Tags: toTagList(stackTags(context.names.stack, 'table')),
  };
}

export function hasKey(schema: readonly KeySchemaElement[] | undefined, wanted: readonly KeySchemaElement[]): boolean {
  const text = (each: KeySchemaElement) => `${each.KeyType} ${each.AttributeName}`;
  return (schema ?? []).map(text).sort().join() === wanted.map(text).sort().join();
}

export function keyText(schema: readonly KeySchemaElement[] | undefined): string {
  return (schema ?? []).map(each => `${each.AttributeName} ${each.KeyType}`).join(', ');
}

/** The index's key with the types of its attributes, for people. */
export function indexText(table: Pick<TableDescription, 'AttributeDefinitions' | 'GlobalSecondaryIndexes'>): string {
  const found = table.GlobalSecondaryIndexes?.find(each => each.IndexName === 'timestamp-index');
  const typeOf = (name: string | undefined) =>
    table.AttributeDefinitions?.find(each => each.AttributeName === name)?.AttributeType;
  const key = (found?.KeySchema ?? []).map(each => `${each.AttributeName} ${typeOf(each.AttributeName)}`);
  return [...key, ...(found?.Projection?.ProjectionType ? [found.Projection.ProjectionType] : [])].join(', ');
}

/** Whether the index is there with its keys as texts; any other attribute of a key is a number that events do not have. */
export function indexIsRight(live: TableDescription): boolean {
  const found = live.GlobalSecondaryIndexes?.find(each => each.IndexName === 'timestamp-index');
  const isText = (live.AttributeDefinitions ?? []).every(each => each.AttributeType === 'S');
  return isText && hasKey(found?.KeySchema, indexKey) && found?.Projection?.ProjectionType === 'ALL';
}
