import {AsyncLocalStorage} from 'node:async_hooks';
import {StandardRetryStrategy} from '@smithy/core/retry';
import type {RetryErrorInfo, StandardRetryToken} from '@smithy/types';
import {willRetry} from './retry-notice.ts';

const failure = new AsyncLocalStorage<RetryErrorInfo>();

const longestPauseMs = 20_000;

/** Full jitter over a doubling pause, as the SDK has it, told as it begins. `base` is set by the SDK before each use. */
function toldBackoff() {
  let base = 100;
  return {
    setDelayBase(ms: number): void {
      base = ms;
    },
    computeNextBackoffDelay(attempt: number): number {
      const delay = Math.floor(Math.random() * Math.min(base * 2 ** attempt, longestPauseMs));
      const info = failure.getStore();
      if (info) willRetry(info.error, pauseOf(info, delay));
      return delay;
    },
  };
}

/** As the SDK heeds a Retry-After header: at most 5 s beyond its own pause. */
function pauseOf({retryAfterHint}: RetryErrorInfo, delay: number): number {
  if (!retryAfterHint) return delay;
  return Math.max(delay, Math.min(retryAfterHint.getTime() - Date.now(), delay + 5_000));
}

/** The SDK's standard retries, each told of beforehand. */
export class ToldRetryStrategy extends StandardRetryStrategy {
  constructor(maxAttempts: number) {
    super({maxAttempts, backoff: toldBackoff()});
  }

  override refreshRetryTokenForRetry(token: StandardRetryToken, info: RetryErrorInfo): Promise<StandardRetryToken> {
    return failure.run(info, () => super.refreshRetryTokenForRetry(token, info));
  }
}
