import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DeleteRetentionPolicyCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
  type InputLogEvent,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  StartLiveTailCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import type {LogSink} from '../../../src/local/logs/log-sink.ts';
import {createLogs} from '../../../src/local/logs/service.ts';
import {startWireServer, type WireServer} from '../../../src/local/wire/server.ts';
import {clientConfig} from '../wire/served.ts';

const group = '/aws/lambda/target';
const arn = `arn:aws:logs:us-east-1:000000000000:log-group:${group}`;

let server: WireServer;
let sink: LogSink;
const caller = {account: '000000000000', region: 'us-east-1'};
let logs: CloudWatchLogsClient;
const faults: unknown[] = [];

beforeEach(async () => {
  const made = createLogs();
  sink = made.sink;
  server = await startWireServer({port: 0, services: [made.service], onFault: fault => faults.push(fault)});
  logs = new CloudWatchLogsClient({...clientConfig(server.endpoint), disableHostPrefix: true});
  await logs.send(new CreateLogGroupCommand({logGroupName: group, tags: {stack: 'default'}}));
});
afterEach(async () => {
  await server.close();
  expect(faults.splice(0)).toEqual([]);
});

const write = (stream: string, ...lines: [number, string][]) =>
  sink.write(
    lines.map(([timestamp, message]) => ({timestamp, message})),
    {...caller, group, stream, mayCreateGroup: false},
  );
const filter = (more: Partial<FilterLogEventsCommandInput> = {}) =>
  logs.send(new FilterLogEventsCommand({logGroupName: group, ...more}));
const messages = (answer: {events?: {message?: string | undefined}[] | undefined}) =>
  answer.events?.map(event => event.message);

describe('groups', () => {
  it('shows what was made', async () => {
    await logs.send(new PutRetentionPolicyCommand({logGroupName: group, retentionInDays: 1}));
    const {logGroups, nextToken} = await logs.send(new DescribeLogGroupsCommand({logGroupNamePrefix: '/aws/lambda/t'}));
    expect(logGroups).toEqual([
      {
        logGroupName: group,
        arn: `${arn}:*`,
        logGroupArn: arn,
        creationTime: expect.any(Number),
        retentionInDays: 1,
        metricFilterCount: 0,
        storedBytes: 0,
        logGroupClass: 'STANDARD',
      },
    ]);
    expect(nextToken).toBeUndefined();
    await logs.send(new DeleteRetentionPolicyCommand({logGroupName: group}));
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups?.[0]).not.toHaveProperty('retentionInDays');
  });

  it('refuses to make one twice and to delete one that is not there', async () => {
    await expect(logs.send(new CreateLogGroupCommand({logGroupName: group}))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
      message: 'The specified log group already exists',
      $metadata: {httpStatusCode: 400},
    });
    await logs.send(new DeleteLogGroupCommand({logGroupName: group}));
    await expect(logs.send(new DeleteLogGroupCommand({logGroupName: group}))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
    });
  });

  it.each(['', 'a b', 'aws/x', 'x'.repeat(513)])('refuses the name "%s"', async logGroupName => {
    await expect(logs.send(new CreateLogGroupCommand({logGroupName}))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it.each([0, 2, 15, 1.5, 9999])('refuses a retention of %s days', async retentionInDays => {
    await expect(
      logs.send(new PutRetentionPolicyCommand({logGroupName: group, retentionInDays})),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('finds by part of a name, and pages', async () => {
    for (const logGroupName of ['/a/Target', '/b', '/c']) await logs.send(new CreateLogGroupCommand({logGroupName}));
    const found = await logs.send(new DescribeLogGroupsCommand({logGroupNamePattern: 'target'}));
    expect(found.logGroups?.map(one => one.logGroupName)).toEqual(['/a/Target', group]);
    const first = await logs.send(new DescribeLogGroupsCommand({limit: 3}));
    expect(first.logGroups).toHaveLength(3);
    const second = await logs.send(new DescribeLogGroupsCommand({limit: 3, nextToken: first.nextToken}));
    expect([second.logGroups?.map(one => one.logGroupName), second.nextToken]).toEqual([['/c'], undefined]);
    await expect(logs.send(new DescribeLogGroupsCommand({nextToken: 'x'}))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(logs.send(new DescribeLogGroupsCommand({limit: 51}))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('keeps tags, by ARN with or without its star', async () => {
    await logs.send(new TagResourceCommand({resourceArn: arn, tags: {a: '1', b: ''}}));
    await logs.send(new UntagResourceCommand({resourceArn: `${arn}:*`, tagKeys: ['stack', 'absent']}));
    expect((await logs.send(new ListTagsForResourceCommand({resourceArn: arn}))).tags).toEqual({a: '1', b: ''});
    await expect(logs.send(new ListTagsForResourceCommand({resourceArn: `${arn}x`}))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(logs.send(new TagResourceCommand({resourceArn: arn, tags: {'aws:x': ''}}))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('streams', () => {
  it('makes, lists by name and by last event, and deletes', async () => {
    const logGroupName = group;
    for (const logStreamName of ['b', 'a']) await logs.send(new CreateLogStreamCommand({logGroupName, logStreamName}));
    await expect(logs.send(new CreateLogStreamCommand({logGroupName, logStreamName: 'a'}))).rejects.toMatchObject({
      name: 'ResourceAlreadyExistsException',
    });
    await expect(logs.send(new CreateLogStreamCommand({logGroupName, logStreamName: 'a:b'}))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    write('a', [5, 'x'], [7, 'y']);
    const named = async (more: object) =>
      (await logs.send(new DescribeLogStreamsCommand({logGroupName, ...more}))).logStreams?.map(
        one => one.logStreamName,
      );
    expect(await named({})).toEqual(['a', 'b']);
    expect(await named({logStreamNamePrefix: 'b'})).toEqual(['b']);
    expect(await named({orderBy: 'LastEventTime', descending: true, limit: 1})).toEqual(['a']);
    const {logStreams} = await logs.send(new DescribeLogStreamsCommand({logGroupIdentifier: arn}));
    expect(logStreams?.[0]).toMatchObject({firstEventTimestamp: 5, lastEventTimestamp: 7, arn: `${arn}:log-stream:a`});
    expect(logStreams?.[1]).not.toHaveProperty('lastEventTimestamp');
    await expect(named({orderBy: 'LastEventTime', logStreamNamePrefix: 'a'})).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await logs.send(new DeleteLogStreamCommand({logGroupName, logStreamName: 'b'}));
    expect(await named({})).toEqual(['a']);
  });
});

describe('PutLogEvents', () => {
  const put = (logEvents: InputLogEvent[], logStreamName = 's') =>
    logs.send(new PutLogEventsCommand({logGroupName: group, logStreamName, logEvents}));
  beforeEach(() => logs.send(new CreateLogStreamCommand({logGroupName: group, logStreamName: 's'})));

  it('keeps what comes, and names what is too old or too far ahead', async () => {
    const now = Date.now();
    const hour = 3_600_000;
    const answer = await put([
      {timestamp: now - 1, message: 'one'},
      {timestamp: now, message: 'zwei\nZeilen ✓'},
      {timestamp: now + 3 * hour, message: 'future'},
    ]);
    expect(answer.rejectedLogEventsInfo).toEqual({tooNewLogEventStartIndex: 2});
    expect((await put([{timestamp: now - 15 * 24 * hour, message: 'past'}])).rejectedLogEventsInfo).toEqual({
      tooOldLogEventEndIndex: 1,
    });
    expect(messages(await filter())).toEqual(['one', 'zwei\nZeilen ✓']);
  });

  it.each([
    ['an empty batch', []],
    [
      'a wrong order',
      [
        {timestamp: 2, message: 'x'},
        {timestamp: 1, message: 'y'},
      ],
    ],
    ['an empty message', [{timestamp: 1, message: ''}]],
    ['over a megabyte', [{timestamp: 1, message: 'x'.repeat(1_048_600)}]],
    [
      'over a day',
      [
        {timestamp: 1, message: 'x'},
        {timestamp: 86_400_002, message: 'y'},
      ],
    ],
  ])('refuses %s', async (_, events) => {
    await expect(put(events)).rejects.toMatchObject({name: 'InvalidParameterException'});
  });

  it('needs its group and stream', async () => {
    await expect(put([{timestamp: 1, message: 'x'}], 'absent')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log stream does not exist.',
    });
  });

  it('names what is missing inside a list', async () => {
    await expect(put([{timestamp: 1} as InputLogEvent])).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining("at 'logEvents.1.member.message'"),
    });
  });
});

describe('FilterLogEvents', () => {
  it('joins streams in ascending order with inclusive bounds and stable ids', async () => {
    write('b', [10, 'b10'], [30, 'b30']);
    write('a', [20, 'a20'], [40, 'a40']);
    write('b', [15, 'late']);
    const all = await filter();
    expect(messages(all)).toEqual(['b10', 'late', 'a20', 'b30', 'a40']);
    expect(all.nextToken).toBeUndefined();
    expect(all.events?.[2]).toEqual({
      logStreamName: 'a',
      timestamp: 20,
      message: 'a20',
      ingestionTime: expect.any(Number),
      eventId: expect.stringMatching(/^\d{56}$/),
    });
    const again = await filter({startTime: 20, endTime: 30});
    expect(again.events).toEqual(all.events?.slice(2, 4));
  });

  it('pages without loss or doubles, and the last page has no token', async () => {
    const expected: string[] = [];
    for (let index = 0; index < 25; index += 1) {
      // Times that several lines share are where pages go wrong.
      write(`s${index % 3}`, [1_000 + Math.floor(index / 7), `line ${index}`]);
      expected.push(`line ${index}`);
    }
    const found: (string | undefined)[] = [];
    let nextToken: string | undefined;
    let pages = 0;
    do {
      const page = await filter({limit: 5, nextToken});
      found.push(...(messages(page) ?? []));
      nextToken = page.nextToken;
      pages += 1;
    } while (nextToken !== undefined);
    expect([found, pages]).toEqual([expected, 5]);
    await expect(filter({nextToken: 'nonsense'})).rejects.toMatchObject({name: 'InvalidParameterException'});
  });

  it('ends a page at a megabyte', async () => {
    for (let index = 0; index < 3; index += 1) write('s', [index, `${index}${'x'.repeat(600_000)}`]);
    const first = await filter();
    expect(first.events).toHaveLength(1);
    const second = await filter({nextToken: first.nextToken});
    expect(second.events?.[0]?.message?.[0]).toBe('1');
  });

  it('chooses by pattern, stream names and prefix', async () => {
    write('2026/a', [1, 'START x'], [2, 'Event: SHUTDOWN']);
    write('2025/b', [3, 'Event: INVOKE']);
    expect(messages(await filter({filterPattern: '"Event:" -INVOKE'}))).toEqual(['Event: SHUTDOWN']);
    expect(messages(await filter({logStreamNamePrefix: '2025/'}))).toEqual(['Event: INVOKE']);
    expect(messages(await filter({logStreamNames: ['2026/a', '2026/a']}))).toEqual(['START x', 'Event: SHUTDOWN']);
    expect(messages(await filter({logGroupName: undefined, logGroupIdentifier: arn, filterPattern: 'START'}))).toEqual([
      'START x',
    ]);
    await expect(filter({logStreamNames: ['absent']})).rejects.toMatchObject({name: 'ResourceNotFoundException'});
    await expect(filter({logStreamNames: ['2026/a'], logStreamNamePrefix: '2'})).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(filter({filterPattern: '{ $.a = }'})).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid filter pattern',
    });
    await expect(filter({logGroupIdentifier: arn})).rejects.toMatchObject({name: 'InvalidParameterException'});
  });
});

describe('GetLogEvents', () => {
  const get = (more: object) => logs.send(new GetLogEventsCommand({logGroupName: group, logStreamName: 's', ...more}));

  it('gives the newest by default, the oldest from the head, and pages both ways', async () => {
    write('s', ...[1, 2, 3, 4, 5].map(time => [time, `line ${time}`] as [number, string]));
    const newest = await get({limit: 2});
    expect(messages(newest)).toEqual(['line 4', 'line 5']);
    expect(messages(await get({limit: 2, nextToken: newest.nextBackwardToken}))).toEqual(['line 2', 'line 3']);
    const oldest = await get({limit: 2, startFromHead: true});
    expect(messages(oldest)).toEqual(['line 1', 'line 2']);
    expect(messages(await get({nextToken: oldest.nextForwardToken}))).toEqual(['line 3', 'line 4', 'line 5']);
    // The end is known by the same token coming back, and following it later finds what is new.
    const end = await get({nextToken: newest.nextForwardToken});
    expect([messages(end), end.nextForwardToken]).toEqual([[], newest.nextForwardToken]);
    write('s', [6, 'line 6']);
    expect(messages(await get({nextToken: end.nextForwardToken}))).toEqual(['line 6']);
  });

  it('takes the start in and leaves the end out', async () => {
    write('s', [1, 'one'], [2, 'two'], [3, 'three']);
    expect(messages(await get({startTime: 2, endTime: 3}))).toEqual(['two']);
    await expect(get({nextToken: 'x'})).rejects.toMatchObject({name: 'InvalidParameterException'});
    await expect(get({logStreamName: 'absent'})).rejects.toMatchObject({name: 'ResourceNotFoundException'});
  });
});

describe('the sink', () => {
  const line = [{timestamp: 1, message: 'x'}];
  it('makes a missing group only when it may', async () => {
    sink.write(line, {...caller, group: 'denied', stream: 's', mayCreateGroup: false});
    sink.write(line, {...caller, group: 'made', stream: 's', mayCreateGroup: true});
    const {logGroups} = await logs.send(new DescribeLogGroupsCommand({}));
    expect(logGroups?.map(one => one.logGroupName)).toEqual([group, 'made']);
    expect(logGroups?.[1]).not.toHaveProperty('retentionInDays');
    expect(logGroups?.[1]?.storedBytes).toBe(27);
  });
});

it('answers 501 to StartLiveTail', async () => {
  const tail = new StartLiveTailCommand({logGroupIdentifiers: [arn]});
  await expect(logs.send(tail)).rejects.toMatchObject({$metadata: {httpStatusCode: 501}});
});
