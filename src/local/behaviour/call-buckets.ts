import type {CallRate} from '../like-aws.ts';
import {ServiceError} from '../wire/service.ts';
import type {PassingCall} from '../wire/traffic.ts';

type Bucket = {tokens: number; at: number};

/** The token buckets of all rates, apart for every account and region. */
export class CallBuckets {
  readonly #rates: readonly CallRate[];
  readonly #buckets = new Map<string, Bucket>();

  constructor(rates: readonly CallRate[]) {
    this.#rates = rates;
  }

  /** Takes a token of every rate that counts the call, or of none and throws what the service answers. `now` in ms. */
  take(call: PassingCall, now: number): void {
    const filled = this.#rates.flatMap((rate, index) =>
      counts(rate, call) ? [this.#fill(rate, index, call, now)] : [],
    );
    if (filled.some(({tokens}) => tokens < 1)) throw throttled(call.service);
    for (const bucket of filled) bucket.tokens -= 1;
  }

  #fill({tokens, everyMs, burst}: CallRate, index: number, {account, region}: PassingCall, now: number): Bucket {
    const key = `${index} ${account} ${region}`;
    const bucket = this.#buckets.get(key) ?? {tokens: burst, at: now};
    bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / everyMs) * tokens);
    bucket.at = now;
    this.#buckets.set(key, bucket);
    return bucket;
  }
}

const counts = ({service, operations, except}: CallRate, call: PassingCall): boolean =>
  service === call.service &&
  (operations?.includes(call.operation) ?? true) &&
  !(except?.includes(call.operation) ?? false);

function throttled(service: string): ServiceError {
  if (service === 'apigateway') return new ServiceError('TooManyRequestsException', 'Too Many Requests', 429);
  if (service !== 'lambda') return new ServiceError('ThrottlingException', 'Rate exceeded');
  return new ServiceError('TooManyRequestsException', 'Rate exceeded', 429, {
    Reason: 'CallerRateLimitExceeded',
    Type: 'User',
  });
}
