import type {Engine} from './engine.ts';
import {parseAnswer} from './json-answer.ts';
import {ask, type Input} from './request-scope.ts';
import type {NotesByTable} from './table-notes.ts';

/** DynamoDB leaves items alone whose time is further back than five years. */
const oldestSeconds = 5 * 365 * 86_400;

/** Deletes under way at once; more would delay the callers' own requests. */
const concurrency = 8;

/**
 * Deletes what has expired in all tables with TTL, and resolves to how many items that were. `now`: epoch ms.
 * AWS takes up to a few days for it; an item rewritten in the meantime with a later time stays.
 */
export async function sweepExpired(engine: Engine, tables: NotesByTable, now = Date.now()): Promise<number> {
  let deleted = 0;
  for (const [table, {timeToLive}] of tables) {
    if (timeToLive?.enabled) deleted += await sweepTable(engine, table, timeToLive.attribute, Math.floor(now / 1_000));
  }
  return deleted;
}

async function sweepTable(engine: Engine, table: string, attribute: string, seconds: number): Promise<number> {
  const described = parseAnswer(await ask(engine, 'DescribeTable', {TableName: table})) as {
    Table?: {TableStatus: string; KeySchema: {AttributeName: string}[]};
  };
  if (described.Table?.TableStatus !== 'ACTIVE') return 0;
  const keys = described.Table.KeySchema.map(key => key.AttributeName);
  const expired = {
    names: {'#ttl': attribute},
    values: {':now': {N: String(seconds)}, ':oldest': {N: String(seconds - oldestSeconds)}},
  };
  let deleted = 0;
  let from: unknown;
  do {
    const page = parseAnswer(
      await ask(engine, 'Scan', {
        TableName: table,
        FilterExpression: '#ttl < :now AND #ttl > :oldest',
        ProjectionExpression: keys.map((_, at) => `#key${at}`).join(', '),
        ExpressionAttributeNames: {...expired.names, ...Object.fromEntries(keys.map((key, at) => [`#key${at}`, key]))},
        ExpressionAttributeValues: expired.values,
        ...(from ? {ExclusiveStartKey: from} : {}),
      }),
    ) as {Items?: Input[]; LastEvaluatedKey?: unknown};
    const items = page.Items ?? [];
    for (let at = 0; at < items.length; at += concurrency) {
      const answers = await Promise.all(
        items.slice(at, at + concurrency).map(key =>
          ask(engine, 'DeleteItem', {
            TableName: table,
            Key: key,
            ConditionExpression: '#ttl < :now AND #ttl > :oldest',
            ExpressionAttributeNames: expired.names,
            ExpressionAttributeValues: expired.values,
          }),
        ),
      );
      deleted += answers.filter(answer => answer.status === 200).length;
    }
    from = page.LastEvaluatedKey;
  } while (from);
  return deleted;
}
