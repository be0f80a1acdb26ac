import {execFile} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {channel} from 'node:diagnostics_channel';
import {copyFile, mkdir, mkdtemp, writeFile} from 'node:fs/promises';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {LogLine} from '../../logs/log-sink.ts';
import type {Settings} from '../../settings.ts';
import {chooseForm} from '../sandbox/choose.ts';
import {startWatchdog} from '../sandbox/watchdog.ts';
import type {EnvironmentSpec, ExecutionEnvironment, Transition} from './environment.ts';
import {LambdaEnvironment} from './execution-environment.ts';

/** What an environment tells while it lives: its log lines in AWS's order, and its changes of state. */
export type EnvironmentListener = {lines(lines: LogLine[]): void; transition(transition: Transition): void};

export type EnvironmentFactory = {
  /** Which form of isolation this system allows; decided once, by trying. */
  readonly sandbox: 'namespaces' | 'portable';
  /** Why it is not a stronger one; also told as a notice. */
  readonly sandboxReason?: string;
  /** Makes an environment in state `init`; nothing runs before its `init()`. */
  create(spec: EnvironmentSpec, on: EnvironmentListener): ExecutionEnvironment;
  /** Shuts every environment down (`spindown`), then removes what they shared. */
  close(): Promise<void>;
};

/** Tells those who count in this process, such as our tests, of each environment that is made. */
const made = channel('lifecycle-tui:environment');

/**
 * `folder`: where environments get their private folders. Not on a `noexec` mount: extensions could not be started.
 * `sandbox`: takes that form without trying.
 */
export async function createEnvironmentFactory(options: {
  settings: Settings;
  folder: string;
  onNotice?: (text: string) => void;
  sandbox?: 'namespaces' | 'portable';
}): Promise<EnvironmentFactory> {
  const {settings} = options;
  await mkdir(options.folder, {recursive: true});
  const folder = await mkdtemp(`${options.folder}/environments-`);
  await writeFile(`${folder}/package.json`, '{}\n');
  const token = randomUUID();
  const watchdog = startWatchdog(token, folder);
  const runtimeFolder = await provideRuntimes(folder);
  const host = {folder, runtimeFolder, token, onNotice: options.onNotice ?? (() => {})};
  const {form, reason} = await chooseForm(host, watchdog, options.sandbox);
  if (reason) options.onNotice?.(reason);
  let python: Promise<string> | undefined;
  const findPythonOnce = () => {
    python ??= findPython();
    return python;
  };
  const environments = new Set<LambdaEnvironment>();
  const programFolders = async (spec: EnvironmentSpec, node: string) => {
    const interpreters = spec.runtime.startsWith('python') ? [dirname(await findPythonOnce())] : [];
    return [...new Set([dirname(node), ...interpreters, '/usr/local/bin', '/usr/bin', '/bin'])];
  };

  return {
    sandbox: form.kind,
    ...(reason !== undefined && {sandboxReason: reason}),
    create: (spec, on) => {
      const environment: LambdaEnvironment = new LambdaEnvironment(
        spec,
        {settings, form, python: findPythonOnce, programFolders: paths => programFolders(spec, paths.node)},
        {
          lines: on.lines,
          transition: transition => {
            if (transition.to === 'gone') environments.delete(environment);
            on.transition(transition);
          },
        },
      );
      environments.add(environment);
      made.publish({functionName: spec.functionName});
      return environment;
    },
    close: async () => {
      await Promise.all([...environments].map(environment => environment.shutdown('spindown')));
      await watchdog.close();
    },
  };
}

/** The runtime clients, alone in a folder of their own: it becomes `/var/runtime`. */
async function provideRuntimes(folder: string): Promise<string> {
  const target = `${folder}/runtime`;
  await mkdir(target);
  const names = ['runtime-client.cjs', 'runtime-client.py', 'sandbox-names.cjs'];
  await Promise.all(
    names.map(name => copyFile(fileURLToPath(import.meta.resolve(`#built/${name}`)), `${target}/${name}`)),
  );
  return target;
}

/** The interpreter itself: version managers put scripts in its place that need the user's variables. */
function findPython(): Promise<string> {
  return new Promise(resolve => {
    execFile('python3', ['-c', 'import sys; print(sys.executable)'], (error, output) =>
      resolve(error ? 'python3' : output.trim()),
    );
  });
}
