import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {DynamoDBClient, ScanCommand} from '@aws-sdk/client-dynamodb';
import {beforeEach, expect, test} from 'vitest';
import {processTree, stillRunning} from '../../src/cli/process-tree.ts';
import {temporaryFolder} from '../support/temporary-folder.ts';
import {openTerminalApp, type TerminalApp} from './terminal-app.ts';

let home: string;
beforeEach(async () => {
  home = await temporaryFolder('lifecycle-home');
});

async function shutdownItems(endpoint: string): Promise<{environmentId: string; reason: string}[]> {
  const credentials = {accessKeyId: '000000000000', secretAccessKey: 'local'};
  const client = new DynamoDBClient({endpoint, region: 'us-east-1', credentials});
  try {
    const {Items = []} = await client.send(new ScanCommand({TableName: 'lambda-state-events'}));
    return Items.filter(item => item.eventType?.S === 'SHUTDOWN').map(item => ({
      environmentId: item.environmentId?.S ?? '',
      reason: item.shutdownReason?.S ?? '',
    }));
  } finally {
    client.destroy();
  }
}

/** Every line that the app has recorded of its one session. */
async function sessionRecording(folder: string): Promise<Record<string, unknown>[]> {
  const root = join(folder, '.local', 'state', 'lifecycle-tui');
  const [session] = (await readdir(root)).filter(name => /^\d{4}-/.test(name));
  const text = await readFile(join(root, session ?? '', 'session.ndjson'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
}

/** What the rows of the first pane count down to, by environment. */
function countdowns(frame: string): Map<string, number> {
  const rows = [...frame.matchAll(/([0-9a-f]{6})(?: ↻)?\s+○ idle.*?in (\d+)m (\d\d)s/g)];
  return new Map(rows.map(([, id, minutes, seconds]) => [id!, Number(minutes) * 60 + Number(seconds)]));
}

/** The normal screen is back, the cursor shows, and the modes that were switched on are off. */
function expectCleanTerminal(terminal: TerminalApp): void {
  expect(terminal.screen.buffer.active.type).toBe('normal');
  const output = terminal.output();
  expect(output.lastIndexOf('\x1b[?25h')).toBeGreaterThan(output.lastIndexOf('\x1b[?25l'));
  expect(output.lastIndexOf('\x1b[?1049l')).toBeGreaterThan(output.lastIndexOf('\x1b[?1049h'));
  expect(terminal.screen.modes.bracketedPasteMode).toBe(false);
}

test('the whole story on Local: deploy, three environments, countdowns, forced SHUTDOWN, teardown, quit', async () => {
  const app = openTerminalApp({env: {HOME: home}});
  await app.see('this machine');
  app.press('\r');
  const opened = await app.see('1 Environments', 45_000);
  const endpoint = /http:\/\/127\.0\.0\.1:\d+/.exec(opened)?.[0];
  expect(endpoint, 'the app shows its endpoint').toBeDefined();

  app.press('b');
  const three = await app.see(frame => countdowns(frame).size === 3, 30_000);
  expect(three).toContain('3 live');
  const first = countdowns(three);
  await app.see(frame => {
    const now = countdowns(frame);
    return [...first].every(([id, seconds]) => (now.get(id) ?? seconds) < seconds);
  });

  const environments = [...first.keys()];
  app.press('X');
  await app.see('hangs until the function times out');
  app.press('jj\r');
  await app.see(/3 of 3 environments reset in/, 20_000);
  app.press('b');
  await app.see(frame => countdowns(frame).size === 3, 30_000);
  app.press('X');
  const chooser = await app.see('by crash');
  const again = /((?: [0-9a-f]{6}){3}) serve again as generation 2/.exec(chooser)?.[1]?.trim().split(' ');
  expect(new Set(again)).toEqual(new Set(environments));
  app.press('\x1b');
  await app.see(frame => !frame.includes('hangs until'));
  app.press('x');
  const gone = await app.see(
    frame => environments.every(id => new RegExp(`${id}\\s+SHUTDOWN\\s+reason spindown`).test(frame)),
    20_000,
  );
  expect(gone).toContain('0 live');
  await app.see(/WEBHOOK\s+⇧ SHUTDOWN\s+delivered/);
  const items = await shutdownItems(endpoint!);
  expect(items.map(({reason}) => reason).sort()).toEqual([...Array(3).fill('failure'), ...Array(3).fill('spindown')]);
  expect(new Set(items.map(({environmentId}) => environmentId.slice(0, 6)))).toEqual(new Set(environments));

  const processes = await processTree(app.pid);
  expect(processes.length).toBeGreaterThan(1);
  app.press('T');
  await app.see(/Press . to delete/);
  app.press('\r');
  await app.see('done in', 30_000);
  app.press('\r');
  await app.see('nothing to clean up');
  app.press('q');
  expect(await app.exited).toBe(0);
  await app.frame();
  expectCleanTerminal(app);
  expect(await stillRunning(processes, 5_000)).toEqual([]);

  const recording = await sessionRecording(home);
  const delivered = recording.filter(line => line.type === 'delivery');
  for (const {environmentId} of items) {
    expect(delivered).toContainEqual(expect.objectContaining({environmentId, eventType: 'SHUTDOWN', status: 204}));
  }
  expect(JSON.stringify(recording)).not.toMatch(/127\.0\.0\.1:\d+\/[0-9a-f]{48}/);
});

test('quitting with a live environment gives it its SHUTDOWN and leaves no process', async () => {
  const app = openTerminalApp({env: {HOME: home}, columns: 80, rows: 24});
  await app.see('this machine');
  app.press('\r');
  await app.see('1 Environments', 45_000);
  app.press('i');
  await app.see('1 live', 30_000);
  const processes = await processTree(app.pid);
  app.press('q');
  expect(await app.exited).toBe(0);
  await app.frame();
  expect(app.output()).toContain('stopping');
  const [, folder] = /Session: (\S+) {2}\(lifecycle-tui --replay \1\)/.exec(app.output()) ?? [];
  const recorded = await readdir(folder?.replace(/^~/, home) ?? 'nowhere');
  expect(recorded).toEqual(['events.ndjson', 'logs.txt', 'session.ndjson']);
  expectCleanTerminal(app);
  expect(await stillRunning(processes, 5_000)).toEqual([]);
});

test.each([
  ['ctrl-c', 130, (terminal: TerminalApp): void => terminal.press('\x03')],
  ['SIGTERM', 143, (terminal: TerminalApp): boolean => process.kill(terminal.pid, 'SIGTERM')],
  ['SIGHUP', 129, (terminal: TerminalApp): boolean => process.kill(terminal.pid, 'SIGHUP')],
  ['q', 0, (terminal: TerminalApp): void => terminal.press('q')],
] as const)('%s on the menu ends with %i and a clean terminal', async (_, code, end) => {
  const app = openTerminalApp({env: {HOME: home}});
  await app.see('Where shall the demo run?');
  end(app);
  expect(await app.exited).toBe(code);
  await app.frame();
  expectCleanTerminal(app);
});
