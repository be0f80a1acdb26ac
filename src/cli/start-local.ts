import {spawn} from 'node:child_process';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';
import {Problem} from '../aws/problem.ts';
import type {LocalProcess, StartLocal} from '../operate/local-process.ts';

const startLimitMs = 20_000;
/** Every environment gets its SHUTDOWN, 2 s at most each, several at a time. */
const stopLimitMs = 15_000;
const keptErrorCharacters = 4_000;

type Ready = Pick<LocalProcess, 'endpoint' | 'pid' | 'sandbox' | 'idleWindow'> & {
  /** Where the process keeps all that it writes; removed at its end. */
  folder: string;
};
export type StartedLocal = LocalProcess & Ready;

/**
 * Starts the embedded AWS as a detached child process, so that neither process takes the other down; it ends on the word
 * `stop` or when its stdin closes, which also happens when this process is killed.
 */
export async function startLocal({idleMs, onNotice}: Parameters<StartLocal>[0]): Promise<StartedLocal> {
  const entry = fileURLToPath(import.meta.resolve('#built/cli.js'));
  const idle = idleMs === undefined ? [] : ['--idle', `${idleMs}ms`];
  const child = spawn(process.execPath, [entry, 'local', '--port', '0', '--json', ...idle], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-keptErrorCharacters);
  });
  // A child that died takes no more words.
  child.stdin.on('error', () => {});
  const exited = new Promise<void>(resolve => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const kill = (signal: NodeJS.Signals): void => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  };
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      child.stdin.end('stop\n');
      const limit = setTimeout(() => kill('SIGKILL'), stopLimitMs);
      await exited;
      clearTimeout(limit);
    })();
    return stopping;
  };

  const ready = new Promise<Ready>((resolve, reject) => {
    const fail = (title: string): void => {
      kill('SIGKILL');
      reject(new Problem('failed', title, {...(errors.trim() !== '' && {details: errors.trim()})}));
    };
    const limit = setTimeout(
      () => fail(`The embedded AWS did not start within ${startLimitMs / 1_000} s`),
      startLimitMs,
    );
    child.once('error', error => fail(`The embedded AWS could not be started: ${error.message}`));
    child.once('close', () => fail('The embedded AWS ended while starting'));
    // Lines are read to the end: a full pipe would hold the child up.
    createInterface({input: child.stdout}).on('line', line => {
      const said = readLine(line);
      if (said?.type === 'notice' && typeof said.text === 'string') onNotice?.(said.text);
      if (said?.type !== 'ready') return;
      clearTimeout(limit);
      resolve(said as unknown as Ready);
    });
    void exited.then(() => clearTimeout(limit));
  });
  const {endpoint, pid, sandbox, idleWindow, folder} = await ready;
  return {endpoint, pid, sandbox, idleWindow, folder, exited, stop};
}

function readLine(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
