import {ServiceError} from '../../wire/service.ts';

/** What a function may use: its own reservation, or what the account has left for all without one. */
export type ConcurrencyLimit =
  | {kind: 'reserved'; limit: number}
  | {kind: 'unreserved'; limit: number /** Shares it with every other caller of the same scope. */; scope: string};

/** Counts the events being served, from acceptance to the end of the invoke phase (extensions included). */
export class Concurrency {
  readonly #byFunction = new Map<string, number>();
  readonly #byScope = new Map<string, number>();

  /** Gives what must be called once at the end. Throws TooManyRequestsException with AWS's reason when the limit is reached. */
  enter(functionArn: string, allowed: ConcurrencyLimit): () => void {
    const inUse = allowed.kind === 'reserved' ? this.#byFunction.get(functionArn) : this.#byScope.get(allowed.scope);
    if ((inUse ?? 0) >= allowed.limit) throw tooMany(allowed.kind);
    const counters: [Map<string, number>, string][] = [[this.#byFunction, functionArn]];
    if (allowed.kind === 'unreserved') counters.push([this.#byScope, allowed.scope]);
    for (const [map, key] of counters) change(map, key, 1);
    return () => {
      for (const [map, key] of counters) change(map, key, -1);
    };
  }
}

function change(map: Map<string, number>, key: string, by: number): void {
  const now = (map.get(key) ?? 0) + by;
  if (now === 0) map.delete(key);
  else map.set(key, now);
}

function tooMany(kind: ConcurrencyLimit['kind']): ServiceError {
  const reason =
    kind === 'reserved' ? 'ReservedFunctionConcurrentInvocationLimitExceeded' : 'ConcurrentInvocationLimitExceeded';
  return new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429, {Reason: reason, Type: 'User'});
}
