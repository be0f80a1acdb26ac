import {setTimeout as wait} from 'node:timers/promises';
import type {Span} from '../like-aws.ts';
import type {Settings} from '../settings.ts';
import type {PassingCall, Traffic} from '../wire/traffic.ts';
import {CallBuckets} from './call-buckets.ts';
import {randomFrom} from './seeded-random.ts';

/** Holds every call up for what it takes on AWS, once it is within its rates; the effect comes at the end of the wait. */
export function slowTraffic({
  latencyMs,
  latencySeed,
  callRates,
}: Pick<Settings, 'latencyMs' | 'latencySeed' | 'callRates'>): Traffic {
  const buckets = new CallBuckets(callRates);
  const random = latencySeed === undefined ? () => 0.5 : randomFrom(latencySeed);
  const latencyOf = ({service, operation}: PassingCall): number => {
    const latencies = latencyMs[service];
    const [least, most]: Span = latencies?.[operation] ?? latencies?.other ?? [0, 0];
    return least + (most - least) * random();
  };
  return async (call, perform) => {
    buckets.take(call, performance.now());
    const ms = latencyOf(call);
    if (ms > 0) await wait(ms);
    return perform();
  };
}
