import {readSync} from 'node:fs';
import {RuntimeApiClient} from './api-client.ts';
import type {ApiConnection} from './api-connection.ts';
import {logError, patchConsole} from './console-lines.ts';
import {DirectConnection} from './direct-connection.ts';
import {describeError} from './error-object.ts';
import {runLoop} from './invoke-loop.ts';
import {loadHandler} from './load-handler.ts';
import {refuseStreaming} from './response-streaming.ts';

/** The Node.js runtime: loads the handler named in `_HANDLER` and serves the Runtime API until it is ended. */
async function main(): Promise<void> {
  const gated = process.argv.includes('--gated');
  if (gated) waitAtGate();
  const client = new RuntimeApiClient(await connectionTo(process.env.AWS_LAMBDA_RUNTIME_API!, gated));
  patchConsole();
  refuseStreaming();
  process.argv.splice(1, process.argv.length);
  const failInit = async (label: string, error: unknown, exitCode: number) => {
    logError(label, error);
    await client.initError(describeError(error)).catch(() => {});
    process.exit(exitCode);
  };
  const onException = (error: unknown) => void failInit('Uncaught Exception', error, 129);
  process.on('uncaughtException', onException);
  try {
    const handler = await loadHandler(process.env.LAMBDA_TASK_ROOT!, process.env._HANDLER!);
    process.off('uncaughtException', onException);
    await runLoop(client, handler);
  } catch (error) {
    await failInit('Init Error', error, 1);
  }
}

/** `api`: `host:port`. Without the gate, code of the function's may have run before, and named a proxy. */
async function connectionTo(api: string, gated: boolean): Promise<ApiConnection> {
  const [host = '', port] = api.split(':');
  if (gated) return new DirectConnection(host, Number(port));
  const {HttpConnection} = await import('./http-connection.ts');
  return new HttpConnection(host, Number(port));
}

/** Blocks until every extension has registered; at the end of input there is nothing to start for. */
function waitAtGate(): void {
  if (readSync(0, Buffer.alloc(1)) === 0) process.exit(0);
}

void main();
