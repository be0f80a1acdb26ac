import {expect} from 'vitest';
import {ndjson, runCli} from './run-cli.ts';

/** Runs a command on an endpoint, expects it to succeed, and gives what it printed. */
export async function cliOn(endpoint: string, ...words: string[]): Promise<string> {
  const {stdout, stderr, code} = await runCli([...words, '--endpoint-url', endpoint]);
  expect(`${code} ${stderr}`).toMatch(/^0/);
  return stdout;
}

/** What `status` says of the stack there, and how it has drifted. */
export async function statusOn(endpoint: string) {
  const found = ndjson(await cliOn(endpoint, 'status', '--json')).at(-1)!;
  const drift = (found.resources as {drift?: string}[]).flatMap(each => each.drift ?? []);
  return {state: found.state, drift};
}
