import {readFileSync} from 'node:fs';
import {rm} from 'node:fs/promises';
import {constants} from 'node:os';
import {type Holder, type NamespaceWay, startHolder} from './holder.ts';
import {provideMounts} from './namespace-folders.ts';
import {
  type Exit,
  type Launch,
  type Sandbox,
  type SandboxedProcess,
  type SandboxForm,
  type SandboxHost,
  tokenVariable,
} from './sandbox.ts';
import {signalGroup, spawnProcess} from './spawn-process.ts';

/** How long the wrappers may take to tell that what they held has gone, in ms. */
const wrapperGraceMs = 500;

const paths = {task: '/var/task', opt: '/opt', tmp: '/tmp', runtime: '/var/runtime', node: '/var/lang/bin/node'};

/**
 * The plain parent of every process inside: it stays in the host's PID namespace, so that it can tell the exit code
 * (128 + n for signal n, and then the shell says which one), and outlives a SIGTERM to the group without handing the
 * ignoring on.
 */
const wrapper =
  'exec 9>&2 2>&3 3>&-; trap : TERM INT HUP; ulimit -n 1024; cd "$0" && (exec 2>&9 9>&-; unset OLDPWD SHLVL; exec "$@"); exit $?';

/** One user, mount and PID namespace per environment: `/opt`, `/var/task` and `/tmp` are where Lambda has them. */
export function namespaceForm(host: SandboxHost, way: NamespaceWay): SandboxForm {
  return {
    kind: 'namespaces',
    addresses: loopbackAddresses,
    open: async request => {
      const folder = `${host.folder}/${request.id}`;
      const fstab = await provideMounts({...request, folder, runtimeFolder: host.runtimeFolder});
      const holder = await startHolder(way, fstab);
      return openNamespaces({folder, holder, way, token: `${host.token}-${request.id}`});
    },
  };
}

/** An address of its own for each environment, so that fixed ports do not clash between them. */
function* loopbackAddresses() {
  const first = (process.pid * 251) % 65_024;
  for (let step = 0; step < 65_024; step += 1) {
    const number = (first + nextAddress++) % 65_024;
    yield {host: `127.77.${Math.floor(number / 254)}.${(number % 254) + 1}`, port: 9001};
  }
}

let nextAddress = 0;

function openNamespaces(options: {folder: string; holder: Holder; way: NamespaceWay; token: string}): Sandbox {
  const {folder, holder, way, token} = options;
  const processes = new Set<SandboxedProcess>();
  const enter = ['setpriv', '--pdeathsig', 'KILL', '--', 'nsenter', '-t', String(holder.pid), ...way.nsenter, '--'];

  const start = (launch: Launch): SandboxedProcess => {
    const started = spawnProcess([...enter, 'sh', '-c', wrapper, launch.cwd, ...launch.command], {
      cwd: '/',
      variables: {...launch.variables, [tokenVariable]: token},
      onLine: launch.onLine,
      gated: launch.gated ?? false,
      readExit: readWrapperExit,
    });
    const inside: SandboxedProcess = {
      ...started,
      get running() {
        return started.running;
      },
      signal: signal => (signal === 'SIGKILL' ? killInside(started) : started.signal(signal)),
    };
    processes.add(inside);
    void inside.exited.then(() => processes.delete(inside));
    return inside;
  };
  const wrappersEnd = async () => {
    const ends = Promise.all([...processes].map(process => process.exited));
    const timer = setTimeout(() => {
      for (const {pid} of processes) signalGroup(pid, 'SIGKILL');
    }, wrapperGraceMs);
    await ends;
    clearTimeout(timer);
  };
  return {
    paths,
    start,
    freeze: () => void holder.order('STOP'),
    thaw: () => holder.order('CONT'),
    killAll: async () => {
      await holder.order('KILL');
      await wrappersEnd();
    },
    remove: async () => {
      await holder.close();
      await wrappersEnd();
      await rm(folder, {recursive: true, force: true});
    },
  };
}

/**
 * Only what the wrapper holds: without its wrapper a killed process stays a zombie until the system's init gets to
 * it, and until then its namespace cannot end.
 */
function killInside(wrapper: SandboxedProcess): void {
  try {
    const children = readFileSync(`/proc/${wrapper.pid}/task/${wrapper.pid}/children`, 'latin1').trim();
    if (children === '') wrapper.signal('SIGKILL');
    else for (const child of children.split(' ')) process.kill(Number(child), 'SIGKILL');
  } catch {
    wrapper.signal('SIGKILL');
  }
}

/** A code over 128 may also be the process's own; shells say nothing of two signals, which no code is taken for. */
function readWrapperExit(exit: Exit, said: string): Exit {
  if (!('code' in exit) || exit.code <= 128) return exit;
  const name = Object.entries(constants.signals).find(([, number]) => number === exit.code - 128)?.[0];
  return name && (said !== '' || name === 'SIGINT' || name === 'SIGPIPE') ? {signal: name} : exit;
}
