import {access, constants, readdir, stat} from 'node:fs/promises';
import type {SandboxPaths} from '../sandbox/sandbox.ts';
import type {EnvironmentSpec} from './environment.ts';

/** How a runtime is started. */
export type RuntimeCommand = {
  command: string[];
  /** It waits for one line on standard input before it touches anything of the function's. */
  gated: boolean;
};

/** Names of variables through which function or layer code could run before the gate opens. */
const earlyCode = ['AWS_LAMBDA_EXEC_WRAPPER', 'NODE_OPTIONS', 'LD_PRELOAD', 'PYTHONPATH', 'PYTHONHOME'];

/** The command of the function's runtime; nothing when `provided` finds no bootstrap. */
export async function runtimeCommand(
  spec: EnvironmentSpec,
  paths: SandboxPaths,
  python: () => Promise<string>,
): Promise<RuntimeCommand | undefined> {
  if (spec.runtime.startsWith('provided')) {
    if (await isFile(`${spec.codeFolder}/bootstrap`)) return {command: [`${paths.task}/bootstrap`], gated: false};
    if (await isFile(`${spec.layersFolder}/bootstrap`)) return {command: [`${paths.opt}/bootstrap`], gated: false};
    return undefined;
  }
  const client = spec.runtime.startsWith('python')
    ? [await python(), '-u', `${paths.runtime}/runtime-client.py`, paths.opt]
    : [paths.node, `${paths.runtime}/runtime-client.cjs`];
  const wrapper = spec.variables.AWS_LAMBDA_EXEC_WRAPPER;
  if (wrapper) return {command: [inSandbox(wrapper, paths), ...client], gated: false};
  const gated = !earlyCode.some(name => spec.variables[name]);
  return {command: gated ? [...client, '--gated'] : client, gated};
}

/** A wrapper is named by its place on Lambda, which the portable sandbox has elsewhere. */
function inSandbox(path: string, paths: SandboxPaths): string {
  if (path.startsWith('/opt/')) return paths.opt + path.slice('/opt'.length);
  if (path.startsWith('/var/task/')) return paths.task + path.slice('/var/task'.length);
  return path;
}

export type ExtensionFile = {name: string; executable: boolean};

/** Every regular file directly in `/opt/extensions`; none when the layers switch extensions off. */
export async function extensionFiles(layersFolder: string): Promise<ExtensionFile[]> {
  if (await isFile(`${layersFolder}/disable-extensions-jwigqn8j`)) return [];
  const folder = `${layersFolder}/extensions`;
  const names = (await readdir(folder).catch(() => [])).sort();
  const files = await Promise.all(
    names.map(async name => {
      if (!(await isFile(`${folder}/${name}`))) return [];
      const executable = await access(`${folder}/${name}`, constants.X_OK).then(
        () => true,
        () => false,
      );
      return [{name, executable}];
    }),
  );
  return files.flat();
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
