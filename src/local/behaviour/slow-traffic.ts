import {setTimeout as wait} from 'node:timers/promises';
import type {Span} from '../like-aws.ts';
import type {Settings} from '../settings.ts';
import type {PassingCall, Traffic} from '../wire/traffic.ts';
import {CallBuckets} from './call-buckets.ts';
import {randomFrom} from './seeded-random.ts';

type Latency = Pick<Settings, 'latencyMs' | 'latencySeed'>;

/** What each call takes, in ms: the middle of its span, or with a seed the same spread of times in every run. */
export function latencies({latencyMs, latencySeed}: Latency): (call: PassingCall) => number {
  const random = latencySeed === undefined ? () => 0.5 : randomFrom(latencySeed);
  return ({service, operation}) => {
    const known = latencyMs[service];
    const [least, most]: Span = known?.[operation] ?? known?.other ?? [0, 0];
    return least + (most - least) * random();
  };
}

/** Holds every call up for what it takes on AWS, once it is within its rates; the effect comes at the end of the wait. */
export function slowTraffic(settings: Latency & Pick<Settings, 'callRates'>): Traffic {
  const buckets = new CallBuckets(settings.callRates);
  const latencyOf = latencies(settings);
  return async (call, perform) => {
    buckets.take(call, performance.now());
    const ms = latencyOf(call);
    if (ms > 0) await wait(ms);
    return perform();
  };
}
