import {spawn} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {createInterface} from 'node:readline';

/** How a system lets a user open namespaces. */
export type NamespaceWay = {
  unshare: readonly string[];
  nsenter: readonly string[];
};

/** From the strongest to the weakest: the caller's own uid; host's `/proc`; as root without a user namespace. */
export const namespaceWays: readonly NamespaceWay[] = [
  {
    unshare: ['-U', '-c', '--keep-caps', '-mpf', '--kill-child', '--mount-proc'],
    nsenter: ['-U', '--preserve-credentials', '-m', '-p', '-F'],
  },
  {
    unshare: ['-U', '-c', '--keep-caps', '-mpf', '--kill-child'],
    nsenter: ['-U', '--preserve-credentials', '-m', '-p', '-F'],
  },
  ...(process.getuid?.() === 0
    ? [{unshare: ['-mpf', '--kill-child', '--mount-proc'], nsenter: ['-m', '-p', '-F']}]
    : []),
];

const script = 'mount -a -T "$0" && echo ready && while read -r s; do kill -"$s" -1 2>/dev/null; echo "$s"; done';
const limitMs = 1_500;

/** PID 1 of an environment's namespaces: does the mounts once, then takes orders. */
export type Holder = {
  /** Its process id on the host, for `nsenter`. */
  pid: number;
  /** Sends a signal to everything inside but itself; resolves when it has been sent, or the holder has gone. */
  order(signal: 'STOP' | 'CONT' | 'KILL'): Promise<void>;
  /** Ends it, and with it everything inside. */
  close(): Promise<void>;
};

/** Opens namespaces and mounts `fstab` in them; rejects with the system's own words when it refuses. */
export async function startHolder(way: NamespaceWay, fstab: string): Promise<Holder> {
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', '--', 'unshare', ...way.unshare, '--', 'sh', '-c', script, fstab],
    {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      cwd: '/',
      env: {PATH: process.env.PATH ?? '/usr/sbin:/usr/bin:/sbin:/bin'},
    },
  );
  child.stdin.on('error', () => {});
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => {
    complaint = (complaint + data.toString()).slice(-500);
  });
  const answers: (() => void)[] = [];
  let ready: () => void = () => {};
  const ended = new Promise<string>(resolve => {
    child.on('error', error => resolve(error.message));
    child.on('close', () => {
      for (const answer of answers.splice(0)) answer();
      resolve(complaint.trim().split('\n')[0] || 'it ended without a word');
    });
  });
  createInterface({input: child.stdout}).on('line', line => (line === 'ready' ? ready() : answers.shift()?.()));
  const close = async () => {
    child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), 500);
    await ended;
    clearTimeout(timer);
  };
  const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const started = new Promise<void>(resolve => {
    ready = resolve;
  });
  const refusal = await Promise.race([started, ended]);
  clearTimeout(timer);
  if (typeof refusal === 'string') throw new Error(refusal);
  const children = await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'latin1');
  return {
    pid: Number(children.trim().split(' ')[0]),
    order: signal =>
      new Promise(resolve => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        answers.push(resolve);
        child.stdin.write(`${signal}\n`);
      }),
    close,
  };
}
