import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  type InputLogEvent,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {group, serveLogs} from './logs-bench.ts';

let bench: Awaited<ReturnType<typeof serveLogs>>;
beforeAll(async () => {
  bench = await serveLogs();
  await bench.logs.send(new CreateLogStreamCommand({logGroupName: group, logStreamName: 's'}));
});
afterAll(() => bench.close());

const day = 86_400_000;
const createGroup = (logGroupName: string) => () => bench.logs.send(new CreateLogGroupCommand({logGroupName}));
const createStream = (logStreamName: string) => () =>
  bench.logs.send(new CreateLogStreamCommand({logGroupName: group, logStreamName}));
const retain = (retentionInDays: number) => () =>
  bench.logs.send(new PutRetentionPolicyCommand({logGroupName: group, retentionInDays}));
const put =
  (...logEvents: InputLogEvent[]) =>
  () =>
    bench.logs.send(new PutLogEventsCommand({logGroupName: group, logStreamName: 's', logEvents}));
const filter = (more: object) => () => bench.logs.send(new FilterLogEventsCommand({logGroupName: group, ...more}));
const get = (more: object) => () =>
  bench.logs.send(new GetLogEventsCommand({logGroupName: group, logStreamName: 's', ...more}));
const event = (timestamp: number, message = 'x'): InputLogEvent => ({timestamp, message});

it.each<[string, () => Promise<unknown>, string]>([
  ['an empty group name', createGroup(''), "at 'logGroupName' failed to satisfy constraint: Member must have length"],
  ['a long group name', createGroup('x'.repeat(513)), 'Member must have length less than or equal to 512'],
  [
    'a space in a group name',
    createGroup('a b'),
    'Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+',
  ],
  ['a reserved group name', createGroup('aws/x'), 'Log groups starting with AWS/ are reserved for AWS.'],
  ['an empty stream name', createStream(''), "at 'logStreamName' failed"],
  ['a long stream name', createStream('x'.repeat(513)), 'Member must have length less than or equal to 512'],
  ['a colon in a stream name', createStream('a:b'), 'Member must satisfy regular expression pattern: [^:*]*'],
  ['a star in a stream name', createStream('a*'), 'Member must satisfy regular expression pattern: [^:*]*'],
  [
    'a retention of 2 days',
    retain(2),
    "Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [1, 3, 5,",
  ],
  ['a retention of 0 days', retain(0), "at 'retentionInDays'"],
  [
    'no events',
    put(),
    "at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to 1",
  ],
  [
    'over 10,000 events',
    put(...Array.from({length: 10_001}, (_, index) => event(index))),
    "at 'logEvents' failed to satisfy constraint: Member must have length less than or equal to 10000",
  ],
  ['a time before 1970', put(event(1), event(-1)), "Value '-1' at 'logEvents.2.member.timestamp' failed"],
  [
    'no text',
    put(event(1, '')),
    "at 'logEvents.1.member.message' failed to satisfy constraint: Member must have length",
  ],
  [
    'events out of order',
    put(event(2), event(1)),
    'Log events in a single PutLogEvents request must be in chronological order.',
  ],
  [
    'over a day',
    put(event(1), event(day + 2)),
    'The batch of log events in a single PutLogEvents request cannot span more than 24 hours.',
  ],
  ['over a megabyte', put(event(1, 'x'.repeat(1_048_551))), 'Upload too large: 1048577 bytes exceeds limit of 1048576'],
  [
    'a start before 1970',
    filter({startTime: -5}),
    "Value '-5' at 'startTime' failed to satisfy constraint: Member must have value greater than or equal to 0",
  ],
  ['an end before 1970', get({endTime: -5}), "Value '-5' at 'endTime'"],
  [
    'a limit of 0',
    filter({limit: 0}),
    "Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
  ],
  ['a limit over 10,000', filter({limit: 10_001}), 'Member must have value less than or equal to 10000'],
  ['a limit over 10,000 of one stream', get({limit: 10_001}), 'Member must have value less than or equal to 10000'],
  [
    'over 100 streams',
    filter({logStreamNames: Array.from({length: 101}, (_, index) => `s${index}`)}),
    "at 'logStreamNames' failed to satisfy constraint: Member must have length less than or equal to 100",
  ],
  ['no streams', filter({logStreamNames: []}), "at 'logStreamNames' failed"],
  ['names and a prefix', filter({logStreamNames: ['s'], logStreamNamePrefix: 's'}), 'mutually exclusive'],
  [
    'a long pattern',
    filter({filterPattern: 'x'.repeat(1_025)}),
    "at 'filterPattern' failed to satisfy constraint: Member must have length less than or equal to 1024",
  ],
  ['a pattern of nothing', filter({filterPattern: '{}'}), 'Invalid filter pattern'],
  [
    '51 groups',
    () => bench.logs.send(new DescribeLogGroupsCommand({limit: 51})),
    'Member must have value less than or equal to 50',
  ],
  [
    'an unknown order',
    () => bench.logs.send(new DescribeLogStreamsCommand({logGroupName: group, orderBy: 'Size' as 'LogStreamName'})),
    "Value 'Size' at 'orderBy' failed to satisfy constraint: Member must satisfy enum value set: [LogStreamName, LastEventTime]",
  ],
  [
    'a prefix by last event',
    () =>
      bench.logs.send(
        new DescribeLogStreamsCommand({logGroupName: group, orderBy: 'LastEventTime', logStreamNamePrefix: 's'}),
      ),
    'Cannot order by LastEventTime with a logStreamNamePrefix.',
  ],
])('refuses %s', async (_name, send, message) => {
  await expect(send()).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining(message),
    $metadata: {httpStatusCode: 400},
  });
});

it('tells what of a batch the retention does not keep', async () => {
  await retain(3)();
  const now = Date.now();
  expect(await put(event(now - 3.5 * day), event(now - 2.9 * day))()).toMatchObject({
    rejectedLogEventsInfo: {expiredLogEventEndIndex: 1},
  });
  expect(await put(event(now - 15 * day))()).toMatchObject({
    rejectedLogEventsInfo: {tooOldLogEventEndIndex: 1},
  });
});
