import {expect, test} from 'vitest';
import type {Call} from '../../../src/local/apigateway/data/call.ts';
import {admits, type Buckets} from '../../../src/local/apigateway/data/throttle.ts';

type Limits = Record<string, [rate: number, burst: number]>;

function callTo(path: string, limits: Limits): Call {
  const settings = Object.entries(limits).map(([key, [throttlingRateLimit, throttlingBurstLimit]]) => [
    key,
    {throttlingRateLimit, throttlingBurstLimit},
  ]);
  return {
    api: {id: 'api'},
    stage: {stageName: 'prod', methodSettings: new Map(settings as [])},
    resource: {path},
    method: {httpMethod: 'GET'},
  } as unknown as Call;
}

test.each<[string, Limits, number[], boolean[]]>([
  ['no limit lets all pass', {}, [0, 0, 0], [true, true, true]],
  ['a burst of 2, then nothing', {'*/*': [1, 2]}, [0, 0, 0], [true, true, false]],
  ['a token comes back after 1/rate s', {'*/*': [2, 1]}, [0, 400, 500, 900, 1_000], [true, false, true, false, true]],
  ['no more than the burst is saved up', {'*/*': [10, 1]}, [0, 60_000, 60_000], [true, true, false]],
  ['the method’s own limit comes first', {'*/*': [0, 0], '~1hello/GET': [1, 1]}, [0, 0], [true, false]],
  ['a burst of 0 lets nothing pass', {'*/*': [5, 0]}, [0, 1_000], [false, false]],
  ['a clock set back takes nothing away', {'*/*': [1, 2]}, [5_000, 0, 0], [true, true, false]],
])('%s', (_, limits, times, admitted) => {
  const buckets: Buckets = new Map();
  expect(times.map(at => admits(buckets, callTo('/hello', limits), at))).toEqual(admitted);
});

test('methods have buckets of their own', () => {
  const buckets: Buckets = new Map();
  const limits: Limits = {'*/*': [1, 1]};
  const paths = ['/a', '/b', '/a'];
  expect(paths.map(path => admits(buckets, callTo(path, limits), 0))).toEqual([true, true, false]);
});
