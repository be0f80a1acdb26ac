import {spawn} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import type {EnvironmentSpec} from '../../../../src/local/lambda/environment/environment.ts';
import type {Exit} from '../../../../src/local/lambda/sandbox/sandbox.ts';
import {type HollowPlan, type HollowProcess, hollowEnvironment} from '../environment/hollow.ts';

const built = fileURLToPath(new URL('.', import.meta.resolve('#built/runtime-client.cjs')));

/**
 * The built runtime client, or a bootstrap, as a plain child process that speaks to the real Runtime API of an
 * environment without a sandbox. `output` is all it has written.
 */
export async function clientProcess(plan: HollowPlan) {
  let output = '';
  const environment = await hollowEnvironment({
    ...plan,
    onStart: (runtime, spec) => {
      run(runtime, spec, text => {
        output += text;
      });
    },
  });
  await environment.init;
  return {...environment, output: () => output};
}

function run(runtime: HollowProcess, spec: EnvironmentSpec, onOutput: (text: string) => void): void {
  const here = (text: string) =>
    text
      .replaceAll('/var/runtime/', built)
      .replaceAll('/var/task', spec.codeFolder)
      .replaceAll('/opt', spec.layersFolder);
  const [program = '', ...words] = runtime.command.filter(word => word !== '--gated');
  const variables = Object.entries(runtime.variables).map(([name, value]) => [name, here(value)]);
  const child = spawn(program === 'node' ? process.execPath : here(program), words.map(here), {
    cwd: spec.codeFolder,
    env: {...Object.fromEntries(variables), PATH: process.env.PATH},
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', onOutput);
  child.once('close', (code, signal) => runtime.end((code === null ? {signal: signal!} : {code}) satisfies Exit));
  void runtime.exited.then(() => child.kill('SIGKILL'));
}
