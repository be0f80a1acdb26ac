import {execFile} from 'node:child_process';
import {setTimeout as pause} from 'node:timers/promises';
import {promisify} from 'node:util';
import {awsCommand} from '../../src/provision/aws-command.ts';
import type {Call, Send} from './recorded.ts';

/** What a script has: commands that make one call each, and the one that waits for a table, given a DescribeTable. */
export type Shell = {send: Send; tableExists(call: Call): Promise<void>};

/** What the aws CLI takes until it sends its call, in ms. */
const startMs = 450;

/** The aws CLI without the aws CLI: a command first takes what the CLI takes to start. `timeScale` 0.01: a hundredth. */
export function shellLike(send: Send, timeScale = 1): Shell {
  const start = () => pause(startMs * timeScale);
  return {
    async send(call) {
      await start();
      return send(call);
    },
    async tableExists(call) {
      await start();
      const isActive = async () => ((await send(call)).Table as {TableStatus?: string}).TableStatus === 'ACTIVE';
      while (!(await isActive())) await pause(20_000 * timeScale);
    },
  };
}

/** The installed aws CLI, a process per call; `files` says where the uploaded bytes are. */
export function realShell(endpoint: string, files: ReadonlyMap<Uint8Array, string>): Shell {
  const env = {
    ...{PATH: process.env.PATH, HOME: process.env.HOME},
    ...{AWS_ENDPOINT_URL: endpoint, AWS_DEFAULT_REGION: 'us-east-1', AWS_PAGER: ''},
    ...{AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test'},
  };
  const run = async (call: Pick<Call, 'service' | 'operation' | 'input'>) => {
    const command = `${awsCommand(call, {files})} --output json`;
    return (await promisify(execFile)('sh', ['-c', command], {env})).stdout.trim();
  };
  return {
    async send(call) {
      const output = await run(call);
      return output === '' ? {} : (JSON.parse(output) as Record<string, unknown>);
    },
    async tableExists({input}) {
      await run({service: 'dynamodb wait', operation: 'TableExists', input});
    },
  };
}
