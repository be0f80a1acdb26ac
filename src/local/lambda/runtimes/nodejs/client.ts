import {readSync} from 'node:fs';
import {RuntimeApiClient} from './api-client.ts';
import {logError, patchConsole} from './console-lines.ts';
import {describeError} from './error-object.ts';
import {runLoop} from './invoke-loop.ts';
import {loadHandler} from './load-handler.ts';
import {refuseStreaming} from './response-streaming.ts';

/** The Node.js runtime: loads the handler named in `_HANDLER` and serves the Runtime API until it is ended. */
async function main(): Promise<void> {
  if (process.argv.includes('--gated')) waitAtGate();
  const client = new RuntimeApiClient(process.env.AWS_LAMBDA_RUNTIME_API!);
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

/** Blocks until every extension has registered; at the end of input there is nothing to start for. */
function waitAtGate(): void {
  if (readSync(0, Buffer.alloc(1)) === 0) process.exit(0);
}

void main();
