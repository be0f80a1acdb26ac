import {setTimeout as pause} from 'node:timers/promises';
import {waitUntilTableExists, waitUntilTableNotExists} from '@aws-sdk/client-dynamodb';
import {waitUntilFunctionActiveV2} from '@aws-sdk/client-lambda';
import {deployTasks} from '../../src/provision/deploy-tasks.ts';
import {type Outcome, runGraph} from '../../src/provision/engine.ts';
import {getUntilAnswered} from './answered.ts';
import {type Call, withIds} from './recorded.ts';
import type {Removal} from './removal.ts';
import {sdkSender, type stockClients} from './stock-clients.ts';

type Options = {clients: ReturnType<typeof stockClients>; url(apiId: string): string; timeScale?: number};

/**
 * Our graph as it is usually run: every step as soon as it can, with the SDK's waiters as they come, a role that Lambda does
 * not yet see tried again with doubled pauses, and nothing looked at before.
 */
export async function deployByWaiters(
  calls: readonly Call[],
  {clients, url, timeScale = 1}: Options,
): Promise<{ms: number; apiId: string}> {
  const started = performance.now();
  const plain = sdkSender(clients);
  const {send, idOf} = withIds(async call => {
    const {TableName, FunctionName} = call.input as {TableName: string; FunctionName: string};
    if (call.operation === 'DescribeTable') {
      await waitUntilTableExists({client: clients.dynamodb, ...waiting(20, timeScale)}, {TableName});
    } else if (call.operation === 'GetFunctionConfiguration') {
      await waitUntilFunctionActiveV2({client: clients.lambda, ...waiting(1, timeScale)}, {FunctionName});
    } else if (call.operation === 'CreateFunction') {
      return untilRoleIsSeen(() => plain(call), 1_000 * timeScale);
    } else return plain(call);
    return {};
  });
  const outcomes = await runGraph(
    deployTasks({smoke: true}).map(task => ({
      ...task,
      run: async () => {
        for (const call of calls) if (call.step === task.id) await send(call);
        if (task.id === 'smoke') await getUntilAnswered(url(idOf('api')), 1_000 * timeScale);
      },
    })),
    {afterFailure: 'stop'},
  );
  throwFailures(outcomes);
  return {ms: performance.now() - started, apiId: idOf('api')};
}

/** Everything at once that can be, until the waiter says that the table is gone. */
export async function removeByWaiters(
  removals: readonly Removal[],
  {clients, timeScale = 1}: Pick<Options, 'clients' | 'timeScale'>,
): Promise<{ms: number; acceptedMs: number}> {
  const started = performance.now();
  const send = sdkSender(clients);
  let acceptedMs = 0;
  const outcomes = await runGraph(
    removals.map(({id, needs, calls}) => ({
      ...{id, needs, estimateMs: 1_000},
      run: async () => {
        for (const call of calls) await send(call);
        acceptedMs = performance.now() - started;
        if (id !== 'table') return;
        await waitUntilTableNotExists(
          {client: clients.dynamodb, ...waiting(20, timeScale)},
          {TableName: calls[0]!.input.TableName as string},
        );
      },
    })),
    {afterFailure: 'stop'},
  );
  throwFailures(outcomes);
  return {ms: performance.now() - started, acceptedMs};
}

/** A waiter as it comes, with its usual least delay in seconds; only a scaled one is told. */
function waiting(minDelay: number, timeScale: number) {
  const scaled = {minDelay: minDelay * timeScale, maxDelay: 120 * timeScale};
  return {maxWaitTime: 300, ...(timeScale !== 1 && scaled)};
}

async function untilRoleIsSeen<T>(create: () => Promise<T>, firstPauseMs: number): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('cannot be assumed') || pauseMs > 32_000) throw error;
      await pause(pauseMs);
    }
  }
}

function throwFailures(outcomes: ReadonlyMap<string, Outcome<unknown>>): void {
  for (const outcome of outcomes.values()) if (outcome.status === 'failed') throw outcome.error;
}
