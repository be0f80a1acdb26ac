import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';

export const launcher = fileURLToPath(new URL('../../bin/lifecycle-tui.js', import.meta.url));

export type Ended = {code: number | null; stdout: string; stderr: string};
export type Running = {
  child: ChildProcessWithoutNullStreams;
  /** All of stdout so far. */
  stdout(): string;
  /** Resolves once stdout matches; rejects when the process ends or 20 s pass before. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
};

/** Variables of the host that would change what a command does are taken out. */
function cleanEnvironment(more: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|FORCE_COLOR|NO_COLOR|LIFECYCLE_)/.test(name));
  return {...Object.fromEntries(kept), AWS_EC2_METADATA_DISABLED: 'true', ...more};
}

/** Starts the built command as a user does. */
export function startCli(args: readonly string[], environment: Record<string, string> = {}): Running {
  const child = spawn(process.execPath, [launcher, ...args], {env: cleanEnvironment(environment)});
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => {});
  const ended = new Promise<Ended>(resolve => {
    child.once('close', code => resolve({code, stdout, stderr}));
  });
  const said = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const fail = (why: string): void => reject(new Error(`${why} before ${pattern}\n${stdout}\n${stderr}`));
      const timer = setTimeout(() => fail('20 s passed'), 20_000);
      const look = (): void => {
        const match = pattern.exec(stdout);
        if (!match) return;
        clearTimeout(timer);
        child.stdout.off('data', look);
        resolve(match);
      };
      child.stdout.on('data', look);
      look();
      void ended.then(() => {
        clearTimeout(timer);
        fail('It ended');
      });
    });
  return {child, stdout: () => stdout, said, ended};
}

/** Runs a command to its end, with nothing on stdin. */
export function runCli(args: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const {child, ended} = startCli(args, environment);
  child.stdin.end();
  return ended;
}

/** The embedded AWS as its own command, until `stop`. */
export async function serveLocal(
  environment: Record<string, string> = {},
): Promise<{endpoint: string; local: Running; stop(): Promise<Ended>}> {
  const local = startCli(['local', '--port', '0', '--json', '--idle', '60s'], environment);
  await local.said(/"ready"/);
  const endpoint = String(ndjson(local.stdout())[0]!.endpoint);
  return {
    endpoint,
    local,
    stop() {
      local.child.stdin.end('stop\n');
      return local.ended;
    },
  };
}

export function ndjson(text: string): Record<string, unknown>[] {
  return text
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
}
