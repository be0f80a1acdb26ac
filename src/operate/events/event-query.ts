import {type AttributeValue, type DynamoDBClient, QueryCommand} from '@aws-sdk/client-dynamodb';

/** The index of the table by function and time. */
export type EventIndex = {
  dynamodb: DynamoDBClient;
  table: string;
  index: string;
  functionName: string;
  signal?: AbortSignal;
};

/** The items of the function from `from` (epoch ms) on, page by page. `attributes`: only these of each; all without. */
export async function* queryEvents(
  {dynamodb, table, index, functionName, signal}: EventIndex,
  from: number,
  attributes?: readonly string[],
): AsyncGenerator<readonly Record<string, AttributeValue>[]> {
  // Some of their names are reserved words.
  const names = Object.fromEntries((attributes ?? []).map(name => [`#${name}`, name]));
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await dynamodb.send(
      new QueryCommand({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: '#function = :function AND #timestamp >= :from',
        ...(attributes && {ProjectionExpression: Object.keys(names).join(', ')}),
        ExpressionAttributeNames: {'#function': 'functionName', '#timestamp': 'timestamp', ...names},
        ExpressionAttributeValues: {':function': {S: functionName}, ':from': {S: new Date(from).toISOString()}},
        ...(start && {ExclusiveStartKey: start}),
      }),
      signal && {abortSignal: signal},
    );
    yield page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start);
}
