import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {classifyError} from '../aws/errors.ts';
import {Problem} from '../aws/problem.ts';
import {retry, until} from '../aws/until.ts';
import type {LifecycleEvent} from '../lifecycle/event.ts';
import {pause} from './pause.ts';
import type {ShutdownOutcome, ShutdownRequest} from './session/session-state.ts';

/** Written by force SHUTDOWN only; what it holds does not matter, only that it changes. */
const generationVariable = 'LIFECYCLE_GENERATION';

export type ForceShutdownOptions = {
  lambda: LambdaClient;
  functionName: string;
  request: ShutdownRequest;
  /** Ids of the environments that are to go: all live ones for `update`, the idle ones for `timeout` and `crash`. */
  expected: readonly string[];
  /** AWS's clock minus ours, ms. */
  clockOffsetMs: () => number;
  /** Subscribes to events as they arrive. Returns the unsubscriber. */
  onEvent: (listener: (event: LifecycleEvent) => void) => () => void;
  onSeen?: (seen: ShutdownOutcome['shutdowns'][number]) => void;
  signal?: AbortSignal;
  /** Ends the waiting, not the order. */
  giveUp?: AbortSignal;
};

/**
 * Makes Lambda end the environments and waits for the SHUTDOWN event of each. `update` changes a variable of the
 * function, so that AWS replaces every environment; `timeout` and `crash` send as many concurrent direct Invokes as
 * environments are expected, and each ends one at once. `latencyMs` runs from the order to the environment's own event.
 * Missing are those that did not tell within the wait: on AWS that can take as long as an ordinary idle time.
 */
export async function forceShutdown(options: ForceShutdownOptions): Promise<ShutdownOutcome> {
  const {request, expected, clockOffsetMs, onEvent, onSeen, signal, giveUp} = options;
  const shutdowns: ShutdownOutcome['shutdowns'] = [];
  const missing = new Set(expected);
  const orderedAt = Date.now();
  const complete = new AbortController();
  const unsubscribe = onEvent(event => {
    const at = Date.parse(event.timestamp) - clockOffsetMs();
    // The whole window is read again and again: an event from before the order is not its effect.
    if (event.eventType !== 'SHUTDOWN' || (at < orderedAt - 1_000 && !missing.has(event.environmentId))) return;
    // One that was reset serves again, and has a SHUTDOWN of its own later.
    if (shutdowns.some(({environmentId}) => environmentId === event.environmentId)) return;
    const seen = {
      environmentId: event.environmentId,
      reason: event.shutdownReason,
      latencyMs: Math.max(0, at - orderedAt),
    };
    shutdowns.push(seen);
    missing.delete(event.environmentId);
    onSeen?.(seen);
    if (missing.size === 0) complete.abort();
  });
  const wait = async (): Promise<void> => {
    await order(options);
    const ends = [signal, giveUp, complete.signal].filter(one => one !== undefined);
    if (missing.size > 0) await pause(request.waitMs, AbortSignal.any(ends));
  };
  try {
    await Promise.race([wait(), ...(giveUp ? [aborted(giveUp)] : [])]);
  } finally {
    unsubscribe();
  }
  return {ok: missing.size === 0, shutdowns, missing: [...missing]};
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), {once: true});
  });
}

async function order(options: ForceShutdownOptions): Promise<void> {
  const {lambda, functionName, request, expected, signal} = options;
  if (request.how === 'update') {
    await changeGeneration(lambda, functionName, signal);
    return;
  }
  const payload = new TextEncoder().encode(JSON.stringify(request.how === 'timeout' ? {hang: true} : {crash: true}));
  // All at once: an Invoke that comes after another has ended would reach the environment that was just reset.
  const answers = await Promise.all(
    expected.map(() =>
      lambda.send(
        new InvokeCommand({FunctionName: functionName, Payload: payload}),
        signal ? {abortSignal: signal} : {},
      ),
    ),
  );
  const survived = answers.filter(answer => answer.FunctionError === undefined).length;
  if (survived > 0) {
    throw new Problem('failed', `${survived} of ${answers.length} invocations ended normally`, {
      details: `The function does not honour ${new TextDecoder().decode(payload)} in a direct Invoke.`,
      solution: 'Deploy again, so that the function is the one of this version.',
      next: 'npx lifecycle-tui deploy',
    });
  }
}

/**
 * Gives the function a variable with a new value. The call replaces the whole map, so it is read and merged first, and
 * the revision guards against a change in between; after a conflict everything is read again.
 */
async function changeGeneration(lambda: LambdaClient, functionName: string, signal?: AbortSignal): Promise<void> {
  const configuration = () => lambda.send(new GetFunctionConfigurationCommand({FunctionName: functionName}));
  await retry(
    async () => {
      const {Environment, RevisionId} = await configuration();
      await lambda.send(
        new UpdateFunctionConfigurationCommand({
          FunctionName: functionName,
          Environment: {Variables: {...Environment?.Variables, [generationVariable]: new Date().toISOString()}},
          ...(RevisionId !== undefined && {RevisionId}),
        }),
      );
    },
    {
      what: 'another change of the function to end',
      timeoutMs: 60_000,
      schedule: [250, 500, 1_000, 2_000],
      signal,
      again: error => classifyError(error) === 'busy',
    },
  );
  await until(
    async () => {
      const {LastUpdateStatus, LastUpdateStatusReason} = await configuration();
      if (LastUpdateStatus === 'Failed') {
        throw new Problem('failed', 'Lambda could not apply the change', {
          details: LastUpdateStatusReason ?? 'no reason given',
        });
      }
      return LastUpdateStatus === 'InProgress' ? undefined : true;
    },
    {what: 'the change of the function to be applied', timeoutMs: 60_000, schedule: [100, 250, 500, 1_000], signal},
  );
}
