import {
  DeleteLogStreamCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {group, messagesOf, serveLogs} from './logs-bench.ts';

let bench: Awaited<ReturnType<typeof serveLogs>>;
beforeEach(async () => {
  bench = await serveLogs();
});
afterEach(() => bench.close());

const filter = (more: Partial<FilterLogEventsCommandInput>) =>
  bench.logs.send(new FilterLogEventsCommand({logGroupName: group, ...more}));
const get = (more: object) =>
  bench.logs.send(new GetLogEventsCommand({logGroupName: group, logStreamName: 's', ...more}));
const firstLetters = (answer: Parameters<typeof messagesOf>[0]) => messagesOf(answer)?.map(text => text?.[0]);
const badToken = {name: 'InvalidParameterException', message: 'The specified nextToken is invalid.'};

describe('FilterLogEvents', () => {
  it('refuses a token of another question, but for the size of a page', async () => {
    bench.write('a', [1, 'one'], [2, 'two'], [3, 'three']);
    const question = {startTime: 1, endTime: 9, filterPattern: '', logStreamNamePrefix: 'a', limit: 1};
    const {nextToken} = await filter(question);
    expect(messagesOf(await filter({...question, limit: 2, nextToken}))).toEqual(['two', 'three']);
    for (const changed of [{filterPattern: 'o'}, {startTime: 2}, {endTime: 8}, {logStreamNamePrefix: undefined}]) {
      await expect(filter({...question, ...changed, nextToken})).rejects.toMatchObject(badToken);
    }
  });

  it('goes backwards from the newest, whatever arrives on the way', async () => {
    const start = Date.UTC(2024, 0, 1);
    const backwards = {startFromHead: false, startTime: start, limit: 2};
    bench.write('a', [start, 'first'], [start + 2, 'third']);
    bench.write('b', [start + 1, 'second'], [start - 1, 'before']);
    const newest = await filter(backwards);
    expect(messagesOf(newest)).toEqual(['third', 'second']);
    bench.write('b', [start + 9, 'new']);
    const older = await filter({...backwards, startFromHead: true, nextToken: newest.nextToken});
    expect([messagesOf(older), older.nextToken]).toEqual([['first'], undefined]);
    await expect(filter({...backwards, startTime: start - 1})).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('ends a page at 10,000 events', async () => {
    bench.write('a', ...Array.from({length: 6_000}, (_, index): [number, string] => [index, 'a']));
    bench.write('b', ...Array.from({length: 6_000}, (_, index): [number, string] => [index, 'b']));
    const first = await filter({});
    expect([first.events?.length, first.searchedLogStreams]).toEqual([10_000, []]);
    const second = await filter({nextToken: first.nextToken});
    expect([second.events?.length, second.nextToken]).toEqual([2_000, undefined]);
  });
});

describe('GetLogEvents', () => {
  it('ends a page at a megabyte, both ways', async () => {
    for (let index = 0; index < 5; index += 1) bench.write('s', [index, `${index}${'x'.repeat(400_000)}`]);
    const newest = await get({});
    expect(firstLetters(newest)).toEqual(['3', '4']);
    expect(firstLetters(await get({nextToken: newest.nextBackwardToken}))).toEqual(['1', '2']);
    const oldest = await get({startFromHead: true});
    expect(firstLetters(oldest)).toEqual(['0', '1']);
    expect(firstLetters(await get({startFromHead: true, nextToken: oldest.nextForwardToken}))).toEqual(['2', '3']);
  });
});

describe('DescribeLogStreams', () => {
  const page = (more: object) =>
    bench.logs.send(new DescribeLogStreamsCommand({logGroupName: group, limit: 2, ...more}));
  const allNames = async (order: object, meanwhile: () => Promise<unknown>) => {
    const names: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const answer = await page({...order, nextToken});
      names.push(...(answer.logStreams ?? []).map(one => one.logStreamName));
      if (nextToken === undefined) await meanwhile();
      nextToken = answer.nextToken;
    } while (nextToken !== undefined);
    return names;
  };
  const newest = {orderBy: 'LastEventTime', descending: true};

  it('pages while streams come, go and get lines', async () => {
    for (const [index, name] of ['a', 'b', 'c', 'd', 'e'].entries()) bench.write(name, [10 + index, name]);
    bench.write('twin', [12, 'twin']);
    const change = async () => {
      await bench.logs.send(new DeleteLogStreamCommand({logGroupName: group, logStreamName: 'd'}));
      bench.write('new', [99, 'x']);
    };
    expect(await allNames(newest, change)).toEqual(['e', 'd', 'twin', 'c', 'b', 'a']);
    expect(await allNames({descending: true}, async () => {})).toEqual(['twin', 'new', 'e', 'c', 'b', 'a']);
    expect(await allNames({}, async () => bench.write('aa', [1, 'x']))).toEqual(['a', 'b', 'c', 'e', 'new', 'twin']);
  });

  it('refuses a token of another question', async () => {
    for (const name of ['a', 'b', 'c']) bench.write(name, [1, name]);
    const {nextToken} = await page(newest);
    for (const changed of [{orderBy: 'LogStreamName'}, {descending: false}]) {
      await expect(page({...newest, ...changed, nextToken})).rejects.toMatchObject(badToken);
    }
  });
});
