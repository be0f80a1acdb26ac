import {AsyncLocalStorage} from 'node:async_hooks';
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {InitializeMiddleware} from '@smithy/types';

/** What calls are made for. `tell` hears what a call waits for before it is sent. */
export type Step = {id: string; signal?: AbortSignal | undefined; tell?: (detail: string) => void};

type Scope = Step & {calls: Set<Promise<unknown>>};
const scope = new AsyncLocalStorage<Scope>();

/**
 * Names the step in the ApiCalls made inside `run`. Once its signal is aborted no further call starts there; one that is
 * under way is let finish, also when another one beside it has failed: the step has not ended before.
 */
export async function withStep<T>(step: Step, run: () => Promise<T>): Promise<T> {
  const calls: Scope['calls'] = new Set();
  try {
    return await scope.run({...step, calls}, run);
  } finally {
    while (calls.size > 0) {
      await Promise.allSettled(calls);
      // What waited for these calls may begin others.
      await nextTurn();
    }
  }
}

/** The step that calls are being made for. */
export function currentStep(): Step | undefined {
  return scope.getStore();
}

/** Refuses to begin a call in a step that was stopped, and lets the step know of those it begins. */
// biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
export const stopMiddleware: InitializeMiddleware<any, any> = next => args => {
  const store = scope.getStore();
  store?.signal?.throwIfAborted();
  const call = next(args);
  store?.calls.add(call);
  const forget = () => store?.calls.delete(call);
  call.then(forget, forget);
  return call;
};
