import type {DynamoDBClient} from '@aws-sdk/client-dynamodb';
import {expect, test} from 'vitest';
import {toItem} from '../../../src/lifecycle/event.ts';
import {countWarm} from '../../../src/operate/events/warm-environments.ts';
import {fakeClient, lifecycleEvent} from '../fakes.ts';

const shutdown = (environmentId: string, sequence: number) =>
  lifecycleEvent({environmentId, sequence, eventType: 'SHUTDOWN', shutdownReason: 'spindown'});
const invoke = (environmentId: string, sequence: number) => lifecycleEvent({environmentId, sequence});

test.each([
  ['nothing', [], 0],
  ['two that serve', [invoke('a', 1), invoke('b', 1), invoke('a', 2)], 2],
  ['one that has gone', [invoke('a', 1), invoke('b', 1), shutdown('a', 2)], 1],
  ['its SHUTDOWN came first, late rows after it', [shutdown('a', 3), invoke('a', 1), invoke('a', 2)], 0],
  ['one that went on after a reset', [invoke('a', 1), shutdown('a', 2), invoke('a', 3)], 1],
])('%s', async (_, events, warm) => {
  const {client, calls} = fakeClient<DynamoDBClient>({
    Query: (_, call) => ({
      Items: call === 1 ? events.slice(0, 1).map(toItem) : events.slice(1).map(toItem),
      ...(call === 1 && {LastEvaluatedKey: {eventId: {S: 'x'}}}),
    }),
  });
  const found = await countWarm({dynamodb: client, table: 'events', index: 'index', functionName: 'target'});
  expect(found).toBe(warm);
  expect(calls.map(({input}) => input.IndexName)).toEqual(['index', 'index']);
});
