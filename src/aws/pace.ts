import type {FinalizeRequestMiddleware} from '@smithy/types';
import {classifyError} from './errors.ts';
import {operationOf} from './operation.ts';
import {currentStep} from './step-scope.ts';
import {TokenBucket} from './token-bucket.ts';
import {pause} from './until.ts';

type Limit = {burst: number; everyMs: number; what: string};

/**
 * What API Gateway takes from one account in one region: quotas that nobody can have raised, as its limits page lists them.
 * A regional API, like ours, may be created ten times as often as an edge-optimised one.
 */
const limits: Readonly<Record<string, Limit>> = {
  CreateRestApi: {burst: 1, everyMs: 3_000, what: 'one new API per 3 s'},
  DeleteRestApi: {burst: 1, everyMs: 30_000, what: 'one deletion per 30 s'},
  CreateDeployment: {burst: 1, everyMs: 5_000, what: 'one deployment per 5 s'},
  CreateResource: {burst: 5, everyMs: 200, what: '5 new resources per second'},
  GetResources: {burst: 5, everyMs: 400, what: '5 listings of resources per 2 s'},
};
const everything: Limit = {burst: 40, everyMs: 100, what: '10 calls per second'};

/** A clock to wait by, in ms. */
type Clock = {now(): number; pause(ms: number, signal?: AbortSignal): Promise<void>};

const systemClock: Clock = {now: () => performance.now(), pause};

/** Sends a call of an operation when it is its turn in that place (an account in a region). */
export type Pace = <T>(place: string, operation: string, send: () => Promise<T>) => Promise<T>;

/**
 * Keeps calls of API Gateway to its limits, so that none is refused for its rate unless others call too. A call that waits
 * tells its step what for, with a countdown, and is not sent when the step is stopped. `scale` multiplies all intervals.
 */
export function createPace({clock = systemClock, scale = 1}: {clock?: Clock; scale?: number} = {}): Pace {
  const known = new Map<string, TokenBucket>();
  const bucketOf = (name: string, {burst, everyMs}: Limit): TokenBucket => {
    const bucket = known.get(name) ?? new TokenBucket(burst, everyMs * scale);
    known.set(name, bucket);
    return bucket;
  };
  return async (place, operation, send) => {
    const own = limits[operation];
    const turns = [
      ...(own ? [{...own, bucket: bucketOf(`${place} ${operation}`, own)}] : []),
      {...everything, bucket: bucketOf(place, everything)},
    ];
    await takeTurn(turns, clock);
    let isCounted = true;
    try {
      return await send();
    } catch (error) {
      // A call that was refused for its rate does not count.
      isCounted = classifyError(error) !== 'throttled';
      throw error;
    } finally {
      for (const {bucket} of turns) {
        if (isCounted) bucket.answered(clock.now());
        else bucket.giveBack();
      }
    }
  };
}

async function takeTurn(turns: readonly {bucket: TokenBucket; what: string}[], clock: Clock): Promise<void> {
  const {signal, tell} = currentStep() ?? {};
  for (;;) {
    const waits = turns.map(({bucket, what}) => ({what, ms: bucket.waitMs(clock.now())}));
    const longest = waits.reduce((a, b) => (b.ms > a.ms ? b : a));
    if (longest.ms <= 0) break;
    if (longest.ms >= 1_000) tell?.(`API Gateway takes ${longest.what}: ${Math.ceil(longest.ms / 1_000)} s`);
    await clock.pause(longest.ms % 1_000 || 1_000, signal);
  }
  // In the same turn of the event loop as the look: nobody else may take them in between.
  for (const {bucket} of turns) bucket.take(clock.now());
}

/** The pace of this process: whatever it does in one account and region, side by side or one after the other. */
export const ownPace = createPace();

/** `place` says which account and region the calls are for. */
// biome-ignore lint/suspicious/noExplicitAny: one middleware for the commands of every client
export function paceMiddleware(pace: Pace, place: () => Promise<string>): FinalizeRequestMiddleware<any, any> {
  return (next, context) => async args => pace(await place(), operationOf(context), () => next(args));
}
