import {expect, test} from 'vitest';
import {latencies, slowTraffic} from '../../../src/local/behaviour/slow-traffic.ts';
import {settingsFor} from '../../../src/local/settings.ts';
import {inOrder, type Traffic} from '../../../src/local/wire/traffic.ts';

const call = (service: string, operation: string) => ({
  ...{service, operation},
  account: '000000000000',
  region: 'us-east-1',
});
const aws = settingsFor({behaviour: 'aws'});

test.each([
  ['iam', 'CreateRole', 300],
  ['dynamodb', 'CreateTable', 150],
  ['dynamodb', 'DescribeTable', 40],
  ['lambda', 'PublishLayerVersion', 1_200],
  ['lambda', 'CreateFunction', 900],
  ['lambda', 'Invoke', 0],
  ['apigateway', 'PutMethod', 450],
  ['apigateway', 'DeleteRestApi', 920],
  ['logs', 'CreateLogGroup', 125],
  ['unknown', 'Unknown', 0],
])('%s %s takes %i ms', (service, operation, ms) => {
  expect(latencies(aws)(call(service, operation))).toBe(ms);
  expect(latencies(settingsFor({behaviour: 'aws', timeScale: 0.1}))(call(service, operation))).toBeCloseTo(ms / 10);
  expect(latencies(settingsFor())(call(service, operation))).toBe(0);
});

test('a seed spreads the times within their span, the same way each time', () => {
  const times = (latencySeed: number) => {
    const latencyOf = latencies({...aws, latencySeed});
    return Array.from({length: 50}, () => latencyOf(call('iam', 'CreateRole')));
  };
  expect(times(1)).toEqual(times(1));
  expect(times(1)).not.toEqual(times(2));
  expect(new Set(times(1)).size).toBeGreaterThan(40);
  expect(Math.min(...times(1))).toBeGreaterThanOrEqual(250);
  expect(Math.max(...times(1))).toBeLessThanOrEqual(350);
});

test('the effect comes after the wait, and never for a call over its rate', async () => {
  const steps: string[] = [];
  const traffic = slowTraffic({
    latencyMs: {iam: {other: [20, 20]}},
    callRates: [{service: 'iam', tokens: 1, everyMs: 60_000, burst: 1}],
  });
  const first = traffic(call('iam', 'CreateRole'), async () => steps.push('done'));
  steps.push('sent');
  await first;
  await expect(traffic(call('iam', 'CreateRole'), async () => steps.push('twice'))).rejects.toThrow('Rate exceeded');
  expect(steps).toEqual(['sent', 'done']);
});

test('ways in order: the first sees the call first and the answer last', async () => {
  const steps: string[] = [];
  const way =
    (name: string): Traffic =>
    async (_call, perform) => {
      steps.push(`${name} before`);
      const answer = await perform();
      steps.push(`${name} after`);
      return answer;
    };
  const answer = await inOrder(way('a'), way('b'))(call('iam', 'CreateRole'), async () => 'answer');
  expect(answer).toBe('answer');
  expect(steps).toEqual(['a before', 'b before', 'b after', 'a after']);
});
