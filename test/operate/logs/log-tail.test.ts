import type {CloudWatchLogsClient, FilteredLogEvent} from '@aws-sdk/client-cloudwatch-logs';
import {expect, test} from 'vitest';
import {createLogReader} from '../../../src/operate/logs/log-tail.ts';
import {awsError, fakeClient} from '../fakes.ts';

const line = (eventId: string, timestamp: number, message = eventId): FilteredLogEvent => ({
  eventId,
  timestamp,
  ingestionTime: timestamp + 5,
  message: `${message}\n`,
  logStreamName: 's',
});

function readerOf(answer: (input: Record<string, unknown>, call: number) => unknown) {
  const {client, calls} = fakeClient<CloudWatchLogsClient>({FilterLogEvents: answer});
  const {signal} = new AbortController();
  const options = {logs: client, functionName: 'f', group: '/aws/lambda/f', since: 1_000, overlapMs: 30_000, signal};
  return {reader: createLogReader(options), calls};
}

test('follows the token to the end, over empty pages, and sorts by time', async () => {
  const pages = [
    {events: [line('c', 3_000)], nextToken: '1'},
    {events: [], nextToken: '2'},
    {events: [line('a', 1_000), line('b', 2_000)]},
  ];
  const {reader, calls} = readerOf((_, call) => pages[call - 1]);
  expect((await reader.read()).map(one => one.message)).toEqual(['a', 'b', 'c']);
  expect(calls.map(call => call.input.nextToken)).toEqual([undefined, '1', '2']);
});

test('overlaps by 30 s, never before the start, and gives a line once', async () => {
  const {reader, calls} = readerOf((_, call) =>
    call === 1
      ? {events: [line('a', 100_000)]}
      : {events: [line('old', 75_000), line('a', 100_000), line('b', 101_000)]},
  );
  await reader.read();
  expect((await reader.read()).map(one => one.eventId)).toEqual(['old', 'b']);
  expect(await reader.read()).toEqual([]);
  expect(calls.map(call => call.input.startTime)).toEqual([1_000, 70_000, 71_000]);
});

test('a missing group has no lines yet; any other error is passed on', async () => {
  const {reader} = readerOf((_, call) => {
    throw awsError(call === 1 ? 'ResourceNotFoundException' : 'AccessDeniedException');
  });
  expect(await reader.read()).toEqual([]);
  await expect(reader.read()).rejects.toThrow('AccessDenied');
});

test.each([
  ['START RequestId: 7e8a3f10-0000-4000-8000-000000000001 Version: $LATEST', '7e8a3f10-0000-4000-8000-000000000001'],
  [
    'REPORT RequestId: 7e8a3f10-0000-4000-8000-000000000001\tDuration: 1.00 ms\t',
    '7e8a3f10-0000-4000-8000-000000000001',
  ],
  ['I say START RequestId: 7e8a3f10-0000-4000-8000-000000000001', undefined],
  ['Target function invoked', undefined],
])('%s has request id %s', async (text, requestId) => {
  const {reader} = readerOf(() => ({events: [line('a', 2_000, text)]}));
  const [found] = await reader.read();
  expect(found?.requestId).toBe(requestId);
  expect(found?.message).toBe(text);
});
