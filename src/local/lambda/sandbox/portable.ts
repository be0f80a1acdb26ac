import {mkdir, rm} from 'node:fs/promises';
import {PortableFolders} from './portable-folders.ts';
import type {Launch, Sandbox, SandboxedProcess, SandboxForm, SandboxHost} from './sandbox.ts';
import {tokenVariable} from './sandbox.ts';
import {spawnProcess} from './spawn-process.ts';
import {killByToken} from './token-scan.ts';
import type {Watchdog} from './watchdog.ts';

/** Announces itself to the watchdog before it becomes the program: what has not done so yet keeps the pipe open. */
const register = 'echo "+$$" >&3; exec 3>&-; ulimit -n 1024; unset SHLVL; exec "$@"';

/** Folders through variables and paths, processes as groups under the watchdog: works wherever there is a `sh`. */
export function portableForm(host: SandboxHost, watchdog: Watchdog): SandboxForm {
  const folders = new PortableFolders(host.folder, host.onNotice);
  return {
    kind: 'portable',
    *addresses() {
      yield {host: '127.0.0.1', port: 0};
    },
    open: async ({id, codeFolder, layersFolder}) => {
      const folder = `${host.folder}/${id}`;
      const tmp = `${folder}/tmp`;
      await mkdir(tmp, {recursive: true});
      const provided = await folders.provide({task: codeFolder, opt: layersFolder});
      const paths = {
        ...provided,
        tmp,
        runtime: host.runtimeFolder,
        node: process.execPath,
      };
      return openPortable({folder, token: `${host.token}-${id}`, paths, watchdog});
    },
  };
}

function openPortable(options: {folder: string; token: string; paths: Sandbox['paths']; watchdog: Watchdog}): Sandbox {
  const {folder, token, paths, watchdog} = options;
  const processes = new Set<SandboxedProcess>();

  const start = (launch: Launch): SandboxedProcess => {
    const started = spawnProcess(['sh', '-c', register, 'sh', ...launch.command], {
      cwd: launch.cwd,
      variables: {...launch.variables, [tokenVariable]: token},
      onLine: launch.onLine,
      gated: launch.gated ?? false,
      more: [watchdog.pipe],
    });
    processes.add(started);
    void started.exited.then(() => {
      processes.delete(started);
      // What it left in its group goes now, while the number is still surely ours.
      started.signal('SIGKILL');
      watchdog.forget(started.pid);
    });
    return started;
  };
  const signalAll = (signal: NodeJS.Signals) => {
    for (const process of processes) process.signal(signal);
  };
  const killAll = async () => {
    const left = [...processes];
    signalAll('SIGKILL');
    await Promise.all(left.map(process => process.exited));
    await killByToken(token);
  };
  return {
    paths,
    start,
    freeze: () => signalAll('SIGSTOP'),
    thaw: async () => signalAll('SIGCONT'),
    killAll,
    remove: async () => {
      await killAll();
      await rm(folder, {recursive: true, force: true});
    },
  };
}
