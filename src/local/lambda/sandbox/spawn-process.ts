import {type ChildProcess, type StdioOptions, spawn} from 'node:child_process';
import {readLines} from './line-reader.ts';
import type {Exit, SandboxedProcess} from './sandbox.ts';

/** A daemon may hold the output open after its parent has gone; then nobody waits longer than this for the end of it. */
const outputGraceMs = 100;

/** Starts `command` at the head of a process group of its own, with its output read line by line. */
export function spawnProcess(
  command: readonly string[],
  options: {
    cwd: string;
    variables: Readonly<Record<string, string>>;
    onLine(line: string): void;
    gated: boolean;
    /** What the child gets as file descriptors from 3 on. */
    more?: readonly NonNullable<ChildProcess['stdin']>[];
    /** How the exit code of a wrapper reads, with what it said of it on the next file descriptor. */
    readExit?: (exit: Exit, said: string) => Exit;
  },
): SandboxedProcess {
  const {more = [], readExit} = options;
  const stdio: StdioOptions = [options.gated ? 'pipe' : 'ignore', 'pipe', 'pipe', ...more];
  if (readExit) stdio.push('pipe');
  const child = spawn(command[0]!, command.slice(1), {
    cwd: options.cwd,
    env: options.variables,
    stdio,
    detached: true,
  });
  child.stdin?.on('error', () => {});
  readLines(child.stdout!, options.onLine);
  readLines(child.stderr!, options.onLine);
  let said = '';
  if (readExit) {
    child.stdio[stdio.length - 1]?.on('data', (data: Buffer) => {
      said += data.toString();
    });
  }
  let running = true;
  const exited = endOf(child).then(exit => {
    running = false;
    return readExit?.(exit, said) ?? exit;
  });
  return {
    pid: child.pid ?? 0,
    exited,
    get running() {
      return running;
    },
    signal: signal => signalGroup(child.pid, signal),
    release: () => child.stdin?.end('\n'),
  };
}

/** Sends a signal to a process group; one that has gone is no error. */
export function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (!leader) return;
  try {
    process.kill(-leader, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function endOf(child: ChildProcess): Promise<Exit> {
  return new Promise(resolve => {
    child.on('error', () => resolve({code: 127}));
    child.on('exit', (code, signal) => {
      const exit = signal === null ? {code: code!} : {signal};
      const timer = setTimeout(() => resolve(exit), outputGraceMs);
      child.on('close', () => {
        clearTimeout(timer);
        resolve(exit);
      });
    });
  });
}
