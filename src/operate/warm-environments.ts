import {type AttributeValue, type DynamoDBClient, QueryCommand} from '@aws-sdk/client-dynamodb';
import {retainedWindowMs} from './event-feed.ts';

/**
 * How many environments have an event in the retained window and no SHUTDOWN after it: seen, not gone. Whether they still
 * live nobody can ask. Reads the index only, three attributes of each row.
 */
export async function countWarm(source: {
  dynamodb: DynamoDBClient;
  table: string;
  index: string;
  functionName: string;
  signal?: AbortSignal;
}): Promise<number> {
  const {dynamodb, table, index, functionName, signal} = source;
  const from = new Date(Date.now() - retainedWindowMs).toISOString();
  const newest = new Map<string, {sequence: number; gone: boolean}>();
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: '#function = :function AND #timestamp >= :from',
        ProjectionExpression: 'environmentId, eventType, #sequence',
        ExpressionAttributeNames: {'#function': 'functionName', '#timestamp': 'timestamp', '#sequence': 'sequence'},
        ExpressionAttributeValues: {':function': {S: functionName}, ':from': {S: from}},
        ...(start && {ExclusiveStartKey: start}),
      }),
      signal && {abortSignal: signal},
    );
    for (const {environmentId, eventType, sequence} of page.Items ?? []) {
      if (environmentId?.S === undefined) continue;
      const event = {sequence: Number(sequence?.N ?? 0), gone: eventType?.S === 'SHUTDOWN'};
      const known = newest.get(environmentId.S);
      if (!known || event.sequence >= known.sequence) newest.set(environmentId.S, event);
    }
    start = page.LastEvaluatedKey;
  } while (start);
  return [...newest.values()].filter(({gone}) => !gone).length;
}
