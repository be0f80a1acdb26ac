import {QueryCommand} from '@aws-sdk/client-dynamodb';
import {describeError} from '../../aws/errors.ts';
import {Problem} from '../../aws/problem.ts';
import {until} from '../../aws/until.ts';
import {apiUrl} from '../api-url.ts';
import type {Context} from '../context.ts';
import type {ResourceNode, Tell} from '../resource-node.ts';
import {untilActive} from './function.ts';

/** Both functions take invocations, the API answers 200, and the extension's event is in the table. Nothing is changed. */
export const smoke: ResourceNode = {
  id: 'smoke',
  title: 'Smoke test',
  name: () => 'GET /hello',
  needs: ['permissions', 'table'],
  removeAfter: [],
  read: async () => {},
  inspect: async () => ({state: 'present'}),
  async ensure(context, tell) {
    await Promise.all([untilActive(context, 'target', tell), untilActive(context, 'authorizer', tell)]);
    if (!context.options?.smoke) return 'skipped';
    const answeredAt = await answers(context, tell);
    await eventArrives(context, new Date(answeredAt - 10_000).toISOString(), tell);
    return 'unchanged';
  },
  remove: async () => 'absent',
};

/**
 * A fresh stage answers 403, 404 or 500 for some seconds, until routes and permissions are everywhere. Gives the time of
 * the first 200, epoch ms by AWS's clock.
 */
async function answers(context: Context, tell: Tell): Promise<number> {
  const url = apiUrl(context.target, context.made.api!.id, context.names);
  const {authToken} = context.options ?? {};
  let last = 'no answer';
  const probe = async () => {
    try {
      const signal = AbortSignal.timeout(15_000);
      const response = await fetch(url, {signal, headers: authToken === undefined ? {} : {Authorization: authToken}});
      const body = await response.text();
      if (response.status === 200) return Date.parse(response.headers.get('date') ?? '') || Date.now();
      last = `${response.status} ${body.slice(0, 200)}`;
    } catch (error) {
      const {cause} = error as Error;
      last = describeError(cause ?? error);
    }
    tell(`GET ${url}: ${last}`);
    return undefined;
  };
  try {
    return await until(probe, {
      what: `200 from ${url}`,
      timeoutMs: 30_000,
      schedule: [250, 500, 1_000],
      signal: context.signal,
    });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem('failed', error.title, {details: `It last answered ${last}`, cause: error});
  }
}

async function eventArrives(context: Context, since: string, tell: Tell): Promise<void> {
  tell('waiting for its event in the table');
  const {clients, names} = context;
  const query = new QueryCommand({
    TableName: names.table,
    IndexName: names.index,
    KeyConditionExpression: 'functionName = :function AND #timestamp > :since',
    ExpressionAttributeNames: {'#timestamp': 'timestamp'},
    ExpressionAttributeValues: {':function': {S: names.target}, ':since': {S: since}},
    Limit: 1,
  });
  const probe = async () => ((await clients.dynamodb.send(query)).Count ?? 0) > 0 || undefined;
  const what = `an event of ${names.target} in the table ${names.table}`;
  await until(probe, {what, timeoutMs: 20_000, schedule: [100, 250, 500], signal: context.signal});
}
