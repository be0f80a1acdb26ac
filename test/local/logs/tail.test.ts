import {execFile, spawn, spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {createInterface} from 'node:readline';
import {promisify} from 'node:util';
import {
  CreateLogStreamCommand,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {afterEach, beforeEach, expect, it} from 'vitest';
import {randomFrom} from '../../../src/local/behaviour/seeded-random.ts';
import {until} from '../lambda/service/until.ts';
import {seedOfRun} from '../wire/mutations.ts';
import {group, serveLogs} from './logs-bench.ts';

const version = /^aws-cli\/(\d+)/.exec(spawnSync('aws', ['--version'], {encoding: 'utf8'}).stdout ?? '')?.[1];
if (version === undefined) console.log('skipped: the aws CLI is not installed');
else if (Number(version) < 2)
  console.log(`skipped: "aws logs tail" needs version 2 of the aws CLI, this is ${version}`);

let bench: Awaited<ReturnType<typeof serveLogs>>;
beforeEach(async () => {
  bench = await serveLogs();
});
afterEach(() => bench.close());

/**
 * What `aws logs tail --follow` does between two pauses: every page from the newest time on, and of the ids only
 * those of the newest time are remembered.
 */
function createTail(limit: number) {
  let startTime: number | undefined;
  let seen = new Map<string, number>();
  return async (onPage: () => Promise<unknown>): Promise<FilteredLogEvent[]> => {
    const fresh: FilteredLogEvent[] = [];
    let nextToken: string | undefined;
    do {
      const question = {logGroupName: group, interleaved: true, limit, ...(startTime !== undefined && {startTime})};
      const page = await bench.logs.send(new FilterLogEventsCommand({...question, nextToken}));
      for (const event of page.events ?? []) {
        if (seen.has(event.eventId!)) continue;
        seen.set(event.eventId!, event.timestamp!);
        fresh.push(event);
      }
      const newest = Math.max(...seen.values());
      seen = new Map([...seen].filter(([, timestamp]) => timestamp === newest));
      nextToken = page.nextToken;
      await onPage();
    } while (nextToken !== undefined);
    const [newest] = seen.values();
    startTime = newest ?? startTime;
    return fresh;
  };
}

it('gives every line once while lines of several streams share their milliseconds', async () => {
  const seed = seedOfRun();
  console.log(`LIFECYCLE_SEED=${seed}`);
  const random = randomFrom(seed);
  const written: string[] = [];
  const shown: FilteredLogEvent[] = [];
  let clock = 1_000;
  await bench.logs.send(new CreateLogStreamCommand({logGroupName: group, logStreamName: 's9'}));
  const arrive = async () => {
    if (random() < 0.5) clock += Math.floor(random() * 3);
    const stream = `s${Math.floor(random() * 4)}`;
    const lines = Array.from({length: Math.floor(random() * 9)}, (): [number, string] => {
      written.push(`line ${written.length}`);
      return [clock, written.at(-1)!];
    });
    bench.write(stream, ...lines);
  };
  const tail = createTail(5);
  for (let round = 0; round < 60; round += 1) {
    await arrive();
    // The tail's own end: what comes on the last pages is left for the next round.
    let pages = 0;
    shown.push(
      ...(await tail(async () => {
        pages += 1;
        if (pages < 4) await arrive();
      })),
    );
  }
  shown.push(...(await tail(async () => {})));
  expect(shown.map(event => event.message).sort()).toEqual(written.toSorted());
  expect(shown.map(event => event.timestamp)).toEqual(shown.map(event => event.timestamp!).toSorted((a, b) => a - b));
});

it('gives what is put late into the newest millisecond', async () => {
  const now = Date.now();
  const tail = createTail(10_000);
  const put = (logStreamName: string, message: string) =>
    bench.logs.send(
      new PutLogEventsCommand({logGroupName: group, logStreamName, logEvents: [{timestamp: now, message}]}),
    );
  for (const logStreamName of ['a', 'b']) {
    await bench.logs.send(new CreateLogStreamCommand({logGroupName: group, logStreamName}));
  }
  const shown: (string | undefined)[][] = [];
  for (const [stream, text] of [
    ['b', 'one'],
    ['a', 'two'],
    ['b', 'one'],
  ] as const) {
    await put(stream, text);
    shown.push((await tail(async () => {})).map(event => event.message));
  }
  expect(shown).toEqual([['one'], ['two'], ['one']]);
});

/** The endpoint goes on the command line: before 2.13 the aws CLI knows no variable for it. */
const env = () => ({
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
});

it.skipIf(version === undefined)('lets the aws CLI page through a group', {timeout: 60_000}, async () => {
  const now = Date.now();
  const texts = Array.from({length: 40}, (_, index) => `line ${index}`);
  for (const [index, text] of texts.entries()) bench.write(`s${index % 3}`, [now + Math.floor(index / 9), text]);
  const words = [
    '--endpoint-url',
    bench.endpoint,
    'logs',
    'filter-log-events',
    '--log-group-name',
    group,
    '--page-size',
    '7',
    '--output',
    'json',
  ];
  const pattern = ['--filter-pattern', '[label=line, number < 30]'];
  const {stdout} = await promisify(execFile)('aws', [...words, ...pattern], {env: env()});
  const {events} = JSON.parse(stdout) as {events: {message: string}[]};
  expect(events.map(event => event.message)).toEqual(texts.slice(0, 30));
});

it.skipIf(Number(version ?? 0) < 2)(
  'lets aws logs tail --follow show every line once',
  {timeout: 120_000},
  async () => {
    const words = [
      '--endpoint-url',
      bench.endpoint,
      'logs',
      'tail',
      group,
      '--follow',
      '--since',
      '1h',
      '--format',
      'short',
    ];
    bench.write('a', [Date.now(), 'line 0']);
    // Into a pipe it would keep its lines back.
    const child = spawn('aws', words, {env: {...env(), PYTHONUNBUFFERED: '1'}, stdio: ['ignore', 'pipe', 'inherit']});
    const shown: string[] = [];
    createInterface({input: child.stdout}).on('line', line => shown.push(/line \d+/.exec(line)?.[0] ?? line));
    try {
      await until('the first line', () => shown.length > 0, 60_000);
      for (const index of [1, 2, 3]) bench.write(index % 2 === 1 ? 'a' : 'b', [Date.now(), `line ${index}`]);
      await until('the lines that came later', () => shown.length >= 4, 60_000);
      expect(shown).toEqual(['line 0', 'line 1', 'line 2', 'line 3']);
    } finally {
      child.kill();
      await once(child, 'exit');
    }
  },
);
