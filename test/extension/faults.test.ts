import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {createServer, type ServerResponse} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {startExtension, unpackExtension} from './extension-process.ts';
import {listen, readText} from './listening.ts';
import {startPlatform} from './platform.ts';
import {type Reply, startTableServer, tableSecret} from './table-server.ts';

const preload = fileURLToPath(new URL('lookup-preload.cjs', import.meta.url));

let layer: Awaited<ReturnType<typeof unpackExtension>>;
beforeAll(async () => {
  layer = await unpackExtension();
});
afterAll(() => layer.remove());

type HookReply = 'ok' | 'fail' | 'redirect' | 'hang' | 'drop' | 'endless' | 'slow';

const answers: Record<HookReply, (response: ServerResponse) => unknown> = {
  ok: response => response.end(),
  fail: response => response.writeHead(503).end('{"broken":'),
  redirect: response => response.writeHead(302, {location: 'http://127.0.0.1:1/'}).end(),
  hang: () => undefined,
  drop: response => response.socket?.resetAndDestroy(),
  endless: response => response.writeHead(200).write('x'.repeat(100_000)),
  slow: response => setTimeout(() => response.writeHead(202).end(), 200),
};

/** `leadsTo`: what becomes of looking up the name of both; 127.0.0.2 is an address where nobody listens. */
type Faults = {leadsTo?: string; table?: Reply; hook?: HookReply};

async function setUp({leadsTo = '127.0.0.1', table = 'ok', hook = 'ok'}: Faults) {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  const [platform, tableServer] = await Promise.all([startPlatform(), startTableServer()]);
  const hookServer = await listen(
    createServer((request, response) => {
      void readText(request).then(() => answers[hook](response));
    }),
  );
  const lookups = join(folder, 'lookups.json');
  const pointTo = (name: string) => writeFile(lookups, JSON.stringify({localhost: name}));
  tableServer.reply = table;
  await pointTo(leadsTo);
  const start = (variables: Record<string, string> = {}) =>
    startExtension(layer.file, {
      NODE_OPTIONS: `--require ${preload}`,
      LOOKUPS: lookups,
      TMPDIR: folder,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${platform.port}`,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: tableSecret,
      AWS_ENDPOINT_URL_DYNAMODB: `http://localhost:${tableServer.port}`,
      LIFECYCLE_TABLE: 'events',
      LIFECYCLE_WEBHOOK_URL: `http://localhost:${hookServer.port}/secret`,
      ...variables,
    });
  const close = async () => {
    await Promise.all([platform, tableServer, hookServer].map(server => server.close()));
    await rm(folder, {recursive: true, force: true});
  };
  const heal = async () => {
    tableServer.reply = 'ok';
    await pointTo('127.0.0.1');
  };
  return {platform, tableServer, start, heal, close};
}

/** What the table's side says of its own event, undefined: written; and the webhook's. */
type Row = [string, Faults, string | undefined, string];
const rows: Row[] = [
  ['refused', {leadsTo: '127.0.0.2'}, 'ECONNREFUSED', 'ECONNREFUSED'],
  ['reset', {table: 'drop', hook: 'drop'}, 'ECONNRESET', 'ECONNRESET'],
  ['throttled, redirected', {table: 'throttle', hook: 'redirect'}, 'Throttling', 'HTTP 302 (redirects are refused)'],
  ['5xx', {table: 'fail', hook: 'fail'}, 'InternalServerError', 'HTTP 503'],
  ['hanging', {table: 'hang', hook: 'hang'}, 'timeout', 'timeout'],
  ['slow', {table: 'slow', hook: 'slow'}, undefined, 'Sent 202'],
  ['wrong JSON, an endless answer', {table: 'wrong', hook: 'endless'}, 'answer is not JSON', 'Sent 200'],
  ['no such name', {leadsTo: 'ENOTFOUND'}, 'ENOTFOUND', 'ENOTFOUND'],
  ['no resolver', {leadsTo: 'EAI_AGAIN'}, 'EAI_AGAIN', 'EAI_AGAIN'],
  ['a name that never resolves', {leadsTo: 'hang'}, 'timeout', 'timeout'],
  ['only the webhook hangs', {hook: 'hang'}, undefined, 'timeout'],
];

/** The lines of one event, without what differs from run to run, in order per side. */
function outcomes(lines: readonly string[], type: string): {table: string[]; hook: string[]} {
  const own = lines.filter(line => line.includes(`: ${type}`) && !line.startsWith('Event'));
  const isHook = (line: string) => /^(?:Sending|Sent|Webhook)/.test(line);
  return {
    table: own.filter(line => !isHook(line)),
    hook: own.filter(isHook).map(line => line.replace(/ in \d+ ms$/, '')),
  };
}

const hookLines = (type: string, outcome: string) => [
  `Sending: ${type}`,
  outcome.startsWith('Sent ') ? `Sent: ${type} ${outcome.slice(5)}` : `Webhook failed: ${type} ${outcome}`,
];

describe.concurrent('table and webhook fail in INVOKE, at SHUTDOWN and after a reset', () => {
  test.each(rows)('%s', {timeout: 30_000}, async (_, faults, reason, hookOutcome) => {
    const {platform, tableServer, start, heal, close} = await setUp(faults);
    const first = start();
    let second: typeof first | undefined;
    try {
      await platform.invoke('request-1');
      const invoked = outcomes(first.lines(), 'INVOKE');
      expect(invoked.table).toEqual([reason ? `Queued: INVOKE (${reason})` : 'Wrote to DynamoDB: INVOKE']);
      expect(invoked.hook).toEqual(hookLines('INVOKE', hookOutcome));
      // Beside each other, not one after the other.
      const [written, unanswered] = ['Wrote to DynamoDB: INVOKE', 'Webhook failed: INVOKE timeout'];
      const both = first.lines().filter(line => line === written || line === unanswered);
      expect(both[0] === unanswered && both.includes(written)).toBe(false);

      await platform.shutdown('timeout');
      expect((await first.ended).code).toBe(0);
      const closed = outcomes(first.lines(), 'SHUTDOWN');
      expect(closed.table).toEqual([reason ? `Queued: SHUTDOWN (${reason})` : 'Wrote to DynamoDB: SHUTDOWN']);
      expect(closed.hook).toEqual(hookLines('SHUTDOWN', hookOutcome));

      second = start();
      await platform.invoke('request-2');
      const again = outcomes(second.lines(), 'INVOKE');
      expect(again.table).toEqual([reason ? `Queued: INVOKE (${reason})` : 'Wrote to DynamoDB: INVOKE']);
      expect(again.hook).toEqual(hookLines('INVOKE', hookOutcome));

      await heal();
      await platform.shutdown('spindown');
      expect((await second.ended).code).toBe(0);
      expect(outcomes(second.lines(), 'SHUTDOWN').table.slice(-1)[0]).toMatch(
        /^(?:Wrote to DynamoDB|Retried): SHUTDOWN$/,
      );
      const events = tableServer.puts.map(({event}) => event);
      const [earliest, ...others] = events.map(({sequence}) => sequence);
      // The queue goes out on several connections, so their order at the server is nobody's.
      expect([earliest, ...others.sort()]).toEqual(reason ? [4, 1, 2, 3] : [1, 2, 3, 4]);
      expect(new Set(events.map(({eventId}) => eventId)).size).toBe(4);
      expect([...first.lines(), ...second.lines()].join('\n')).not.toContain('secret');
    } finally {
      for (const extension of [first, second]) {
        extension?.child.kill('SIGKILL');
        await extension?.ended;
      }
      await close();
    }
  });
});

test('nothing can be kept in /tmp: it says what is lost, and goes on', async () => {
  const {platform, tableServer, start, close} = await setUp({table: 'throttle'});
  const extension = start({TMPDIR: '/proc/self/no-such-folder', LIFECYCLE_WEBHOOK_URL: ''});
  try {
    await platform.invoke('request-1');
    tableServer.reply = 'ok';
    await platform.invoke('request-2');
    tableServer.reply = 'throttle';
    await platform.invoke('request-3');
    await platform.shutdown('failure');
    expect((await extension.ended).code).toBe(0);
    expect(tableServer.puts.map(({event}) => event.sequence)).toEqual([2, 1]);
    expect(extension.lines().slice(-3)).toEqual([
      'Dropped: INVOKE (Throttling)',
      'Dropped: SHUTDOWN (Throttling)',
      'Dropped in all: 2',
    ]);
  } finally {
    extension.child.kill('SIGKILL');
    await extension.ended;
    await close();
  }
});
